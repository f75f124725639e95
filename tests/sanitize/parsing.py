"""What the tests of parsing share: one clock, and short ways to look at the result."""

from __future__ import annotations

from datetime import UTC, datetime

from rufgate.sanitize.parse import parse
from rufgate.sanitize.parsed import Malformed, ParsedReport
from rufgate.sanitize.policy import Limits
from rufgate.sanitize.raw import RawMessage, RawText

RECEIVED_AT = datetime(2026, 11, 3, 9, 15, 4, tzinfo=UTC)


def read_any(content: bytes, limits: Limits | None = None) -> ParsedReport | Malformed:
    """``content`` parsed as if it had just come in."""
    return parse(RawMessage(content, received_at=RECEIVED_AT), limits or Limits())


def read(content: bytes, limits: Limits | None = None) -> ParsedReport:
    """The same, where it is within the limits."""
    found = read_any(content, limits)
    assert isinstance(found, ParsedReport), found.reason
    return found


def text(raw: RawText | None) -> str | None:
    return None if raw is None else raw.reveal()


def body(found: ParsedReport) -> str | None:
    """The original's readable text."""
    assert found.original is not None
    return text(found.original.text)


def header(found: ParsedReport, name: str) -> list[str]:
    """The values of the original's fields of that name."""
    headers = found.original.headers if found.original else ()
    return [one.value.reveal() for one in headers if one.name.reveal().lower() == name.lower()]


def results(found: ParsedReport) -> list[str]:
    return [f"{one.method.reveal()}={one.result.reveal()}" for one in found.feedback.auth_results]
