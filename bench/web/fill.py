"""A store of many reports for the measurements: forty domains, mailings, hosts that come once."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, insert

from rufgate.review.reviewer import VERSION
from rufgate.sanitize.sanitized import (
    Kind,
    Sanitized,
    SanitizedAuthResult,
    SanitizedHeader,
    SanitizedMessage,
    SanitizedReport,
    SanitizedText,
    Tier,
)
from rufgate.store.engine import writing
from rufgate.store.rows import rows_of
from rufgate.store.schema import audit_entries, outbox, reports, reviews

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
DAYS = 365
LARGE, SMALL = "d0.example", "d39.example"  # a quarter of all reports, and one in two hundred
_DOMAINS = tuple(f"d{number}.example" for number in range(40))
_SHARES = tuple(1 / (number + 1) for number in range(40))
_GUESSES = ("spoof", "own_system", "third_party", "forwarded", "unclear")
_AT_ONCE = 2000


def fill(engine: Engine, count: int) -> None:
    """The same ``count`` reports each time, most of their copies delivered, and a log as long."""
    chance = random.Random(7)
    for start in range(0, count, _AT_ONCE):
        rows: dict[Any, list[dict[str, Any]]] = {reviews: [], audit_entries: []}
        for number in range(start, min(start + _AT_ONCE, count)):
            given, read = _made(number, chance)
            for table, values in rows_of(given):
                rows.setdefault(table, []).extend(dict(value) for value in values)
            rows[reports][-1].update({name: read.pop(name) for name in _OF_REPORT})
            rows[reviews].append(read)
            rows[audit_entries].append(_entry(number, chance))
        for copy in rows[outbox][len(rows[outbox]) // 50 :]:
            copy.update({"state": "delivered", "content": None, "settled_at": NOW, "due_at": None})
        with writing(engine) as connection:
            for table in (reports, *(table for table in rows if table is not reports)):
                if rows[table]:
                    connection.execute(insert(table), rows[table])


_OF_REPORT = ("guess", "dmarc", "campaign_id")


def _text(value: str) -> SanitizedText:
    return SanitizedText(value)


def _made(number: int, chance: random.Random) -> tuple[Sanitized, dict[str, Any]]:
    """A report, and what was made of it."""
    (owner,) = chance.choices(_DOMAINS, _SHARES)
    campaign = int(chance.expovariate(1 / 300))
    source = f"{chance.choice(('192.0.2', '198.51.100', '203.0.113'))}.{chance.randrange(250)}"
    if chance.random() < 0.2:  # a host that comes once or twice
        source = f"10.{chance.randrange(9)}.{chance.randrange(250)}.{chance.randrange(250)}"
    at = NOW - timedelta(days=chance.randrange(DAYS), seconds=chance.randrange(40_000))
    id_ = UUID(int=chance.getrandbits(128), version=4)
    results = [(method, chance.choice(("pass", "fail", "fail"))) for method in ("spf", "dkim")]
    report = SanitizedReport(
        id=id_, received_at=at, size_bytes=4000, kind=Kind.AUTH_FAILURE, tier=Tier.TEXT,
        policy=_text("p"), engine=_text("1"), key_id=_text("p1"), fingerprint=_text(f"f{number}"),
        owner_domain=_text(owner), from_domain=_text(owner), reported_domain=_text(owner),
        reporter_domain=_text(f"reporter{chance.randrange(12)}.example"), source_ip=_text(source),
        auth_failure=_text("dmarc"), delivery_result=_text("reject"),
        subject=_text(f"invoice number {campaign} of [PERSON 1]"), text=_text("Please pay. " * 40),
        headers=tuple(SanitizedHeader(name=_text(name), value=_text("x" * 40))
                      for name in ("From", "To", "Subject", "Date", "Message-ID")),
        auth_results=tuple(
            SanitizedAuthResult(authserv=_text("mx"), method=_text(method), result=_text(result),
                                properties=((_text("x"), _text(owner)),))
            for method, result in (*results, ("dmarc", "fail"))),
    )  # fmt: skip
    copies = () if number % 2 else (
        SanitizedMessage(report_id=id_, analyst=_text("soc"), tier=Tier.TEXT,
                         message_id=_text(f"<{number}@x.example>"), content=b"x" * 500),
    )  # fmt: skip
    read = {
        "report_id": id_, "version": VERSION, "rule": "nothing_passed",
        "guess": chance.choice(_GUESSES), "sureness": "possible", "dmarc": "failed",
        "campaign_id": UUID(int=campaign + 1), "shape": None,
    }  # fmt: skip
    return Sanitized(report=report, copies=copies), read


def _entry(number: int, chance: random.Random) -> dict[str, Any]:
    """An entry of the audit log that nobody verifies."""
    return {
        "sequence": number + 1, "at": NOW - timedelta(seconds=60 * (200_000 - number)),
        "actor": "analyst", "action": chance.choice(("reports_listed", "report_shown")),
        "details": '{"count":50,"filters":["limit"]}', "mac": "0" * 64,
    }  # fmt: skip
