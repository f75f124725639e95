"""What redaction by structure took away from a report: how often, by which rule, in which part.

In:  the parsed report, and its view.
Out: ``RedactionCount`` for headers, feedback fields and attachments. Those of subject and text come
     with their redaction, by recognizers.
SECURITY: our own words and numbers only; not even the name of a dropped field, which may be chosen.
FAILS: never.

The words that stand in a recognizer's place: ``no_rule`` (nobody has said that the field may pass),
``tier`` (it passes at a higher one), ``grammar`` (its value is none that may pass), ``pseudonym``,
``number`` (only how many there were), ``rebuilt`` (a part of the value is left), ``stub``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from rufgate.sanitize.fields import decode_words
from rufgate.sanitize.headers import PERSON_FIELDS, is_known_field
from rufgate.sanitize.parsed import Feedback, Original, ParsedReport, RawHeader
from rufgate.sanitize.raw import RawText
from rufgate.sanitize.sanitized import (
    RedactionCount,
    SanitizedReport,
    SanitizedText,
    Tier,
    TokenRole,
)

_TOKEN: Final = re.compile(r"(?<!\w)p\d{1,9}-[a-z2-7]{24}(?!\w)")
_GROUP: Final = re.compile(r"\b(\d{1,9}) (?:recipients?|more):;")
_LOOSE: Final = re.compile(r"[\s<>\"]+")
_ID_FIELDS: Final = frozenset({"message-id", "references", "in-reply-to", "resent-message-id"})
_FREE_TEXT: Final = "subject"
_SINGLE: Final = (
    "feedback_type", "user_agent", "reporting_mta", "auth_failure", "delivery_result",
    "identity_alignment", "dkim_domain", "dkim_selector", "dkim_identity", "dkim_selector_dns",
    "original_mail_from", "original_envelope_id",
)  # fmt: skip
_IDS: Final = frozenset({"original_envelope_id"})

Removed = Iterable[tuple[str, str, int]]  # what, by which rule, how often


def structural_counts(
    parsed: ParsedReport, report: SanitizedReport, *, names: int
) -> tuple[RedactionCount, ...]:
    """Everything that ``report`` does not show of ``parsed`` outside of its free text.

    ``names`` is how many display names the header has: all go.
    """
    original = parsed.original or Original()
    headers = (("person", "pseudonym", names), *_from_headers(original.headers, report))
    return (
        *_counts("headers", headers),
        *_counts("feedback", _from_feedback(parsed.feedback, report)),
        *_counts("attachments", _from_attachments(original)),
    )


def _counts(part: str, removed: Removed) -> Iterator[RedactionCount]:
    sums: Counter[tuple[str, str]] = Counter()
    for entity, rule, times in removed:
        sums[entity, rule] += times
    for (entity, rule), count in sorted(sums.items()):
        if count > 0:
            yield RedactionCount(
                entity=SanitizedText(entity),
                recognizer=SanitizedText(rule),
                part=SanitizedText(part),
                count=count,
            )


def _from_headers(headers: Iterable[RawHeader], report: SanitizedReport) -> Removed:
    raw: dict[str, list[str]] = {}
    for header in headers:
        raw.setdefault(header.name.reveal().strip().lower(), []).append(header.value.reveal())
    shown: dict[str, list[str]] = {}
    for kept in report.headers:
        shown.setdefault(str(kept.name).lower(), []).append(str(kept.value))
    for name, values in raw.items():
        if name != _FREE_TEXT:
            yield from _from_field(name, values, shown.get(name, []), report.tier)


def _from_field(name: str, raw: list[str], shown: list[str], tier: Tier) -> Removed:
    if not is_known_field(name):
        yield "field", "no_rule", len(raw)
        return
    missing = "grammar" if is_known_field(name, tier) else "tier"
    yield "field", missing, len(raw) - len(shown)
    entity = "message_id" if name in _ID_FIELDS else "address"
    tokens = sum(len(_TOKEN.findall(value)) for value in shown)
    yield entity, "pseudonym", tokens
    yield "address", "number", sum(int(n) for value in shown for n in _GROUP.findall(value))
    if name not in PERSON_FIELDS and not tokens:
        whole = {_loose(decode_words(value)) for value in raw}
        yield "value", "rebuilt", sum(_loose(value) not in whole for value in shown)


def _from_feedback(feedback: Feedback, report: SanitizedReport) -> Removed:
    yield "field", "no_rule", feedback.unknown_fields
    for name in _SINGLE:
        yield from _from_single(name, getattr(feedback, name), getattr(report, name))
    recipients = len(feedback.original_rcpt_to)
    by_token = any(token.role is TokenRole.RECIPIENT for token in report.tokens)
    yield "address", "pseudonym" if by_token else "number", recipients
    yield from _from_listed(len(feedback.reported_domains), int(report.reported_domain is not None))
    yield from _from_listed(len(feedback.spf_dns), len(report.spf_dns))
    yield from _from_listed(len(feedback.reported_uris), len(report.reported_uris))
    uris = zip(feedback.reported_uris, report.reported_uris, strict=False)
    yield "value", "rebuilt", sum(raw.reveal() != str(shown) for raw, shown in uris)
    yield from _from_results(feedback, report)
    if feedback.source_ip is not None:
        yield from _from_single("source_ip", RawText(feedback.source_ip), report.source_ip)


def _from_single(name: str, raw: RawText | None, shown: SanitizedText | None) -> Removed:
    if raw is None or not raw.reveal().strip():
        return
    if shown is None:
        yield "field", "grammar", 1
    elif tokens := len(_TOKEN.findall(str(shown))):
        yield "envelope_id" if name in _IDS else "address", "pseudonym", tokens
    elif _loose(raw.reveal()) != _loose(str(shown)):
        yield "value", "rebuilt", 1


def _from_listed(stated: int, shown: int) -> Removed:
    yield "field", "grammar", max(0, stated - shown)


def _from_results(feedback: Feedback, report: SanitizedReport) -> Removed:
    stated = sum(len(result.properties) for result in feedback.auth_results)
    values = [str(value) for result in report.auth_results for _, value in result.properties]
    yield "field", "grammar", max(0, len(feedback.auth_results) - len(report.auth_results))
    yield "value", "grammar", max(0, stated - len(values))
    yield "address", "pseudonym", sum(len(_TOKEN.findall(value)) for value in values)


def _from_attachments(original: Original) -> Removed:
    yield "attachment", "stub", len(original.attachments)
    yield "file_name", "stub", sum(bool(item.filename.reveal()) for item in original.attachments)


def _loose(text: str) -> str:
    """Without what changes nothing: case, white space, quotes and angle brackets."""
    return _LOOSE.sub("", text).lower()
