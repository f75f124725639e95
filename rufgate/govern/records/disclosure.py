"""Which reporters send more of people's mail than is needed, from what is stored of their reports.

In:  the store, ``Facts``, the first day (UTC).
Out: plain values: counts by the reporter's domain.
SECURITY: counts, days and domains of reporters; no value of a report.
FAILS: ``StoreUnavailable``.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final, final

from sqlalchemy import (
    ColumnElement,
    Engine,
    Text,
    and_,
    case,
    cast,
    exists,
    func,
    not_,
    or_,
    select,
)

from rufgate.govern.records.facts import Facts
from rufgate.sanitize.domains import organizational
from rufgate.sanitize.sanitized import Flag, Kind
from rufgate.store.engine import reading
from rufgate.store.own_reports import own_reports
from rufgate.store.schema import attachments, reports

NOT_TOLD: Final = (
    "reports that came before this version was installed do not tell of recipients",
    "attachments are counted for as long as [[retention]] keeps their rows",
    "a recipient's address that is hidden by a short token counts as one that is not",
)


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Disclosed:
    """What one reporter sent; numbers of reports, but for ``longest_text`` (characters)."""

    reporter: str | None
    reports: int
    with_text: int
    longest_text: int
    with_attachments: int
    with_recipients: int
    first: date
    last: date

    @property
    def is_too_much(self) -> bool:
        """Whether there is something to ask for."""
        return bool(self.with_text or self.with_attachments or self.with_recipients)

    def with_(self, other: Disclosed) -> Disclosed:
        """Of two hosts of one reporter."""
        return Disclosed(
            reporter=self.reporter,
            reports=self.reports + other.reports,
            with_text=self.with_text + other.with_text,
            longest_text=max(self.longest_text, other.longest_text),
            with_attachments=self.with_attachments + other.with_attachments,
            with_recipients=self.with_recipients + other.with_recipients,
            first=min(self.first, other.first),
            last=max(self.last, other.last),
        )


def disclosure(engine: Engine, facts: Facts, since: date | None) -> dict[str, Any]:
    """The record."""
    rows = [asdict(one) for one in disclosed(engine, since)]
    days = ("first", "last")
    return {
        "record": "what reporters disclose beyond need (RFC 6590, RFC 9991)",
        **facts.heading,
        "since": None if since is None else since.isoformat(),
        "reporters": [{**row, **{day: row[day].isoformat() for day in days}} for row in rows],
        "not_told": list(NOT_TOLD),
    }


def disclosed(engine: Engine, since: date | None = None) -> tuple[Disclosed, ...]:
    """By the reporter's organizational domain, whoever sent most first."""
    has_text = or_(reports.c.text_chars > 0, reports.c.text_omitted.is_not(None))
    is_named = cast(reports.c.flags, Text).contains(f'"{Flag.RECIPIENT_NAMED.value}"')
    is_attached = exists().where(attachments.c.report_id == reports.c.id)
    query = (
        select(
            reports.c.reporter_domain.label("reporter"),
            func.count().label("reports"),
            _count(has_text).label("with_text"),
            func.coalesce(func.max(reports.c.text_chars), 0).label("longest_text"),
            _count(is_attached).label("with_attachments"),
            _count(is_named).label("with_recipients"),
            func.min(reports.c.received_on).label("first"),
            func.max(reports.c.received_on).label("last"),
        )
        .where(
            reports.c.kind == Kind.AUTH_FAILURE.value,
            not_(reports.c.id.in_(own_reports())),
            and_(True, *(() if since is None else (reports.c.received_on >= since,))),
        )
        .group_by(reports.c.reporter_domain)
    )
    found: dict[str, Disclosed] = {}
    with reading(engine) as connection:
        for row in connection.execute(query).mappings():
            host = row["reporter"]
            one = Disclosed(**{**row, "reporter": None if host is None else organizational(host)})
            known = found.get(one.reporter or "")
            found[one.reporter or ""] = one if known is None else known.with_(one)
    return tuple(sorted(found.values(), key=lambda one: (-one.reports, one.reporter or "")))


def _count(condition: ColumnElement[bool]) -> Any:  # noqa: ANN401 - an SQL function
    return func.sum(case((condition, 1), else_=0))
