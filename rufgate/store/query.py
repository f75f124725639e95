"""What readers ask of the stored reports: one layer for command line, API and pages.

In:  ``Filter``, ``Scope``, an order, a cursor.
Out: pages of reports, sources, counts over time: redacted values only.
SECURITY: every question carries a scope. A cursor holds where a page ended, nothing else, and is
     bound to the question: it widens no scope.
FAILS: ``FilterProblem`` for a cursor of another question; ``StoreUnavailable``.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Final, final
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Engine, and_, false, func, or_, select

from rufgate.store.engine import reading
from rufgate.store.filters import EVERYTHING, Filter, FilterProblem, Scope, visible
from rufgate.store.reports import details, summaries
from rufgate.store.schema import reports
from rufgate.store.stored import StoredDetail, StoredReport


class CursorProblem(FilterProblem):
    """The cursor is none of ours, or of another question."""


_MOST_SEEN: Final = 2**63
MOST_PER_PAGE: Final = 100_000
_AT_ONCE: Final = 500  # SQLite binds a limited number of values to a statement
_NO_CURSOR: Final = "that page cannot be found: begin again without a cursor"


class Order(StrEnum):
    """How pages are sorted."""

    NEWEST = "newest"
    OLDEST = "oldest"
    MOST_SEEN = "most_seen"


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """Some reports, and how to ask for the next; None at the end."""

    reports: tuple[StoredReport, ...]
    cursor: str | None


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A host that sent in a domain's name."""

    domain: str | None  # of From, else the reported one
    source_ip: str | None
    reports: int
    seen: int  # messages answered 250, at least
    reporters: int
    first: date
    last: date
    newest: UUID  # a report of it, to open

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "domain": self.domain,
            "source_ip": self.source_ip,
            "reports": self.reports,
            "seen": self.seen,
            "reporters": self.reporters,
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "newest": str(self.newest),
        }


class Query:
    """Questions to one store, within one scope."""

    def __init__(self, engine: Engine, scope: Scope = EVERYTHING) -> None:
        self._engine = engine
        self._scope = scope

    def page(
        self,
        asked: Filter,
        *,
        order: Order = Order.NEWEST,
        cursor: str | None = None,
        limit: int = 50,
    ) -> Page:
        """Up to ``limit`` reports behind ``cursor``."""
        size = max(1, min(limit, MOST_PER_PAGE))
        where = self._where(asked)
        if cursor is not None:
            where = and_(where, _behind(order, _open_cursor(cursor, order, asked)))
        ids = select(_id).where(where).order_by(*_ORDERS[order]).limit(size + 1)
        query = select(reports).where(_id.in_(ids)).order_by(*_ORDERS[order])
        with reading(self._engine) as connection:
            found = summaries(connection, query)
        is_more = len(found) > size
        page = found[:size]
        return Page(reports=page, cursor=_make_cursor(page[-1], order, asked) if is_more else None)

    def detail(self, report_id: UUID) -> StoredDetail | None:
        """All that is kept of one report; None where it is not there or may not be seen."""
        query = select(reports).where(reports.c.id == report_id, visible(self._scope))
        with reading(self._engine) as connection:
            return next(iter(details(connection, query)), None)

    def total(self, asked: Filter) -> tuple[int, int]:
        """How many reports, and how many messages they stand for (``seen``)."""
        query = select(func.count(), func.coalesce(func.sum(reports.c.seen), 0))
        with reading(self._engine) as connection:
            count, seen = connection.execute(query.where(self._where(asked))).one()
        return count, int(seen)

    def sources(self, asked: Filter, *, limit: int = 50, offset: int = 0) -> tuple[Source, ...]:
        """Who sent, by domain and address, the busiest first."""
        domain = func.coalesce(reports.c.from_domain, reports.c.reported_domain).label("domain")
        seen = func.sum(reports.c.seen).label("seen")
        # Of a period alone, the rest is counted for those found: faster over a year.
        is_later = asked.is_by_day and limit <= _AT_ONCE
        query = (
            select(domain, reports.c.source_ip, seen, *(() if is_later else _TOLD))
            .where(self._where(asked))
            .group_by(domain, reports.c.source_ip)
            .order_by(seen.desc(), domain, reports.c.source_ip)
            .limit(max(1, min(limit, MOST_PER_PAGE)))
            .offset(max(0, offset))
        )  # fmt: skip
        with reading(self._engine) as connection:
            rows: Sequence[Mapping[Any, Any]] = connection.execute(query).mappings().all()
            rows = self._told_of(connection, asked, rows) if is_later else rows
            newest = self._newest_of(connection, asked, rows)
            return tuple(
                Source(**row, newest=newest[row["domain"], row["source_ip"]]) for row in rows
            )

    def over_time(self, asked: Filter, by: str | None = None) -> list[dict[str, Any]]:
        """Messages a day, the oldest first; with ``by`` (a column of ``GROUPS``) for each value."""
        return self.counts(asked, by)[2]

    def counts(self, asked: Filter, by: str | None) -> tuple[int, int, list[dict[str, Any]]]:
        """``total`` and ``over_time`` in one look."""
        groups = [_day] + ([GROUPS[by]] if by is not None else [])
        query = select(*groups, func.sum(_seen), func.count()).where(self._where(asked))
        with reading(self._engine) as connection:
            rows = connection.execute(query.group_by(*groups).order_by(*groups)).all()
        named = ["day", *([by] if by else []), "seen"]
        days = [dict(zip(named, row[:-1], strict=True)) for row in rows]
        plain = [{**day, "day": day["day"].isoformat()} for day in days]
        return sum(row[-1] for row in rows), sum(day["seen"] for day in days), plain

    def _where(self, asked: Filter) -> ColumnElement[bool]:
        return and_(visible(self._scope), asked.condition(self._engine.dialect.name))

    def _told_of(
        self, connection: Connection, asked: Filter, sources: Sequence[Mapping[Any, Any]]
    ) -> list[Mapping[Any, Any]]:
        """With what is counted of each beside its messages; the index of sources holds all that."""
        domain = func.coalesce(reports.c.from_domain, reports.c.reported_domain).label("domain")
        groups = (domain, reports.c.source_ip)
        theirs = _is_one_of({one["source_ip"] for one in sources})
        query = select(*groups, *_TOLD).where(self._where(asked), theirs).group_by(*groups)
        told = {
            (row["domain"], row["source_ip"]): row for row in connection.execute(query).mappings()
        }
        return [{**one, **told[one["domain"], one["source_ip"]]} for one in sources]

    def _newest_of(
        self, connection: Connection, asked: Filter, sources: Sequence[Mapping[Any, Any]]
    ) -> dict[tuple[str | None, str | None], UUID]:
        """The newest report of each, found on the days on which the last of them came."""
        domain = func.coalesce(reports.c.from_domain, reports.c.reported_domain).label("domain")
        groups, found = (domain, reports.c.source_ip), dict[Any, UUID]()
        newest = func.row_number().over(partition_by=groups, order_by=_ORDERS[Order.NEWEST])
        for start in range(0, len(sources), _AT_ONCE):
            some = sources[start : start + _AT_ONCE]
            theirs = _is_one_of({one["source_ip"] for one in some})
            mine = and_(self._where(asked), _day.in_({one["last"] for one in some}), theirs)
            ranked = select(*groups, _id, newest.label("place")).where(mine).subquery()
            rows = connection.execute(select(ranked).where(ranked.c.place == 1))
            found |= {(row.domain, row.source_ip): row.id for row in rows}
        return found


def _is_one_of(addresses: set[str | None]) -> ColumnElement[bool]:
    unknown = reports.c.source_ip.is_(None) if None in addresses else false()
    return or_(unknown, reports.c.source_ip.in_(addresses - {None}))


_TOLD: Final = (
    func.count().label("reports"),
    func.count(reports.c.reporter_domain.distinct()).label("reporters"),
    func.min(reports.c.received_on).label("first"),
    func.max(reports.c.received_on).label("last"),
)
"""Of a source, beside its messages."""

GROUPS: Final = {
    "failure": reports.c.auth_failure,
    "delivery": reports.c.delivery_result,
    "domain": reports.c.owner_domain,
    "kind": reports.c.kind,
    "guess": reports.c.guess,
    "dmarc": reports.c.dmarc,
}
"""By what counts over time may be told apart."""

_day, _time, _id, _seen = (
    reports.c.received_on, reports.c.received_at, reports.c.id, reports.c.seen,
)  # fmt: skip
# A time that was forgotten comes last in its day, as SQLite has NULL by itself.
_ORDERS: Final[Mapping[Order, Sequence[ColumnElement[Any]]]] = {
    Order.NEWEST: (_day.desc(), _time.desc().nulls_last(), _id),
    Order.OLDEST: (_day, _time.nulls_last(), _id),
    Order.MOST_SEEN: (_seen.desc(), _day.desc(), _id),
}


@dataclass(frozen=True, slots=True)
class _End:
    """Where a page ended."""

    seen: int
    day: date
    time: datetime | None
    id: UUID


def _behind(order: Order, end: _End) -> ColumnElement[bool]:
    """Rows after ``end``, in that order."""
    same_day, later_id = _day == end.day, _id > end.id
    if order is Order.MOST_SEEN:
        same = and_(_seen == end.seen, or_(_day < end.day, and_(same_day, later_id)))
        return or_(_seen < end.seen, same)
    if end.time is None:
        rest = and_(_time.is_(None), later_id)
    else:
        further = _time < end.time if order is Order.NEWEST else _time > end.time
        rest = or_(further, _time.is_(None), and_(_time == end.time, later_id))
    if order is Order.NEWEST:
        return and_(_day <= end.day, or_(_day < end.day, rest))  # a bound that an index can use
    return and_(_day >= end.day, or_(_day > end.day, rest))


def _make_cursor(last: StoredReport, order: Order, asked: Filter) -> str:
    at = last.received_at
    time = at.isoformat() if isinstance(at, datetime) else None
    day = at.astimezone(UTC).date() if isinstance(at, datetime) else at
    place = [last.seen, day.isoformat(), time, str(last.id), order.value, asked.names]
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def _open_cursor(cursor: str, order: Order, asked: Filter) -> _End:
    try:
        padded = cursor.encode() + b"=" * (-len(cursor) % 4)
        seen, day, time, id_, of_order, names = json.loads(base64.urlsafe_b64decode(padded))
        if (of_order, names) != (order.value, asked.names):
            raise CursorProblem(_NO_CURSOR)
        moment = datetime.fromisoformat(time) if time is not None else None
        if (moment is not None and moment.tzinfo is None) or not 0 <= int(seen) < _MOST_SEEN:
            raise CursorProblem(_NO_CURSOR)
        place = moment and moment.astimezone(UTC)
        return _End(int(seen), date.fromisoformat(day), place, UUID(id_))
    except (ValueError, TypeError, AttributeError, binascii.Error, RecursionError, OverflowError):
        raise CursorProblem(_NO_CURSOR) from None
