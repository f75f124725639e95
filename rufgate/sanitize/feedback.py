"""The fields of a feedback report (RFC 5965 section 3, RFC 6591 section 3, RFC 6692, RFC 9991).

In:  the decoded bytes of part 2, ``\\n`` line ends, in whatever state they came.
Out: ``Feedback``, and flags for what was odd.
SECURITY: every value is an unverified claim (RFC 5965 section 8.2). Of a field that may stand once
     the first counts; DKIM-Canonicalized-* hold a whole mail in base64 and are not read.
FAILS: ``LimitExceeded`` past ``Limits``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from rufgate.sanitize.auth_results import parse_auth_results
from rufgate.sanitize.fields import decode_bytes, parse_date, parse_ip
from rufgate.sanitize.mime import LimitExceeded
from rufgate.sanitize.parsed import LOOP_FIELD, Feedback, RawAuthResult
from rufgate.sanitize.policy import Limits
from rufgate.sanitize.raw import RawText
from rufgate.sanitize.sanitized import Flag, Reason

_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
_ONCE: Final = frozenset(
    [
        "feedback-type",
        "user-agent",
        "version",
        "original-envelope-id",
        "original-mail-from",
        "arrival-date",
        "received-date",
        "reporting-mta",
        "source-ip",
        "source-port",
        "incidents",
        "auth-failure",
        "delivery-result",
        "identity-alignment",
        "dkim-domain",
        "dkim-identity",
        "dkim-selector",
        "dkim-selector-dns",
    ]
)
_REPEATED: Final = frozenset(
    [
        "original-rcpt-to",
        "authentication-results",
        "reported-domain",
        "reported-uri",
        "spf-dns",
        LOOP_FIELD,
    ]
)
_COMMENT = re.compile(r"\([^()]*\)")
_MAX_INCIDENTS = 4_294_967_295  # RFC 5965 section 3.2: 32 bits
_MAX_AUTH_RESULTS = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadFeedback:
    """What part 2 says. ``is_empty``: it has no field that RFC 5965 or its successors know."""

    feedback: Feedback
    flags: frozenset[Flag]
    is_empty: bool


def read_feedback(content: bytes, limits: Limits, near: datetime) -> ReadFeedback:
    """``content`` read as part 2; ``near`` decides between two meanings of a time zone."""
    once: dict[str, str] = {}
    repeated: dict[str, list[str]] = {}
    flags: set[Flag] = set()
    unknown = 0
    for name, value in _fields(content, limits):
        if name in _REPEATED:
            repeated.setdefault(name, []).append(value)
        elif name not in _ONCE:
            unknown += 1
        elif name in once:
            flags.add(Flag.DUPLICATE_FIELD)
        else:
            once[name] = value
    feedback = _feedback(once, repeated, flags, unknown, near)
    return ReadFeedback(
        feedback=feedback,
        flags=frozenset(flags),
        is_empty=not once and not repeated.keys() - {LOOP_FIELD},
    )


def looks_like_feedback(content: bytes) -> bool:
    """Whether ``content`` states a Feedback-Type among its first lines, as only part 2 does."""
    head = content[:4096].lower()
    return head.startswith(b"feedback-type:") or b"\nfeedback-type:" in head


def _fields(content: bytes, limits: Limits) -> Iterator[tuple[str, str]]:
    """Fields as they come; blank lines and lines of no shape between them are passed over."""
    name, lines, size, count = "", list[bytes](), 0, 0
    for line in _lines(content):
        start = _FIELD.match(line)
        if line[:1] in (b" ", b"\t") and name:
            size += len(line)
            lines.append(line)
        elif start:
            if name:
                yield name, _joined(lines)
            name, lines, size = start[1].decode("ascii").lower(), [line[start.end() :]], len(line)
            count += 1
        if name.startswith("dkim-canonicalized-"):
            size, lines = 0, []
        if size > limits.field_bytes or count > limits.feedback_fields:
            raise LimitExceeded(Reason.FIELD_LIMIT)
    if name:
        yield name, _joined(lines)


def _lines(content: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(content):
        stop = content.find(b"\n", at)
        stop = len(content) if stop < 0 else stop
        yield content[at:stop]
        at = stop + 1


def _joined(lines: Sequence[bytes]) -> str:
    value = decode_bytes(b" ".join(line.strip() for line in lines), None)
    return value.replace("\x00", "").strip()


def _feedback(
    once: Mapping[str, str],
    repeated: Mapping[str, Sequence[str]],
    flags: set[Flag],
    unknown: int,
    near: datetime,
) -> Feedback:
    word = _getter(once, without_comments=True)
    whole = _getter(once, without_comments=False)
    return Feedback(
        feedback_type=word("feedback-type"),
        user_agent=whole("user-agent"),
        version=word("version"),
        original_envelope_id=whole("original-envelope-id"),
        original_mail_from=_mail_from(once),
        original_rcpt_to=_raw(repeated, "original-rcpt-to"),
        arrival_at=_arrival(once, flags, near),
        reporting_mta=whole("reporting-mta"),
        source_ip=_source_ip(once, flags),
        source_port=_number(once.get("source-port"), 65_535),
        incidents=_incidents(once, flags),
        auth_results=_auth_results(repeated),
        reported_domains=_raw(repeated, "reported-domain"),
        reported_uris=_raw(repeated, "reported-uri"),
        auth_failure=word("auth-failure"),
        delivery_result=word("delivery-result"),
        identity_alignment=word("identity-alignment"),
        dkim_domain=word("dkim-domain"),
        dkim_identity=whole("dkim-identity"),
        dkim_selector=word("dkim-selector"),
        dkim_selector_dns=whole("dkim-selector-dns"),
        spf_dns=_raw(repeated, "spf-dns"),
        loop_marks=_raw(repeated, LOOP_FIELD),
        unknown_fields=unknown,
    )


def _getter(once: Mapping[str, str], *, without_comments: bool) -> Callable[[str], RawText | None]:
    def get(name: str) -> RawText | None:
        value = once.get(name, "")
        value = _COMMENT.sub(" ", value).strip() if without_comments else value
        return RawText(value) if value else None

    return get


def _mail_from(once: Mapping[str, str]) -> RawText | None:
    """An empty value stands for the null sender (Symantec and LinkedIn send it so)."""
    value = once.get("original-mail-from")
    return None if value is None else RawText(value)


def _raw(repeated: Mapping[str, Sequence[str]], name: str) -> tuple[RawText, ...]:
    return tuple(RawText(value) for value in repeated.get(name, ()) if value)


def _arrival(once: Mapping[str, str], flags: set[Flag], near: datetime) -> datetime | None:
    """Arrival-Date, or its old name; both at once are malformed (RFC 5965 section 3.2)."""
    stated = [once[name] for name in ("arrival-date", "received-date") if name in once]
    if len(stated) > 1:
        flags.add(Flag.BOTH_DATES)
    dates = [parse_date(value, near) for value in stated]
    if None in dates:
        flags.add(Flag.BAD_DATE)
    return next(filter(None, dates), None)


def _source_ip(once: Mapping[str, str], flags: set[Flag]) -> str | None:
    value = once.get("source-ip", "")
    found = parse_ip(value)
    if value and found is None:
        flags.add(Flag.BAD_SOURCE_IP)
    return found


def _incidents(once: Mapping[str, str], flags: set[Flag]) -> int | None:
    value = once.get("incidents")
    found = _number(value, _MAX_INCIDENTS)
    if value and found is None:
        flags.add(Flag.BAD_INCIDENTS)
    return found


def _number(value: str | None, largest: int) -> int | None:
    digits = _COMMENT.sub(" ", value or "").strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 10):
        return None
    return int(digits) if int(digits) <= largest else None


def _auth_results(repeated: Mapping[str, Sequence[str]]) -> tuple[RawAuthResult, ...]:
    values = repeated.get("authentication-results", ())
    found = [result for value in values for result in parse_auth_results(value)]
    return tuple(found[:_MAX_AUTH_RESULTS])
