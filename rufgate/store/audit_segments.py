"""The months of the audit log: which are due, and the signed heads of those that are gone.

In:  a connection, the ``audit`` key, the days of the rule.
Out: a ``Segment`` for each month that was deleted: its number of entries, its last MAC, a seal.
SECURITY: a seal binds a head to all heads before it, so that none can be made up, changed or left
     out without the key. A head holds no action and no detail.
FAILS: ``StoreUnavailable``.

A segment is a calendar month (UTC), and goes whole: from the first entry that is there up to the
first one of a later month. By the order of entries, so that a clock that jumped leaves no gap.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Engine, func, select

from rufgate.store.audit_entries import GENESIS, moment_text
from rufgate.store.audit_stored import raw_rows
from rufgate.store.audit_tables import audit_entries, audit_segments
from rufgate.store.engine import reading

_FORM: Final = "rufgate-segment-1"
_NUMBERS: Final = ("first", "last", "count")
_COLUMNS: Final = ("first", "month", "last", "count", "mac", "pruned_at", "seal")


@dataclass(frozen=True, kw_only=True, slots=True)
class Segment:
    """The head of a month that is gone."""

    first: int
    month: str  # 2026-10
    last: int
    count: int
    mac: str  # of the last entry that went
    pruned_at: str
    seal: str = ""

    def sealed_by(self, key: bytes, before: str) -> str:
        """The seal it must have behind ``before``, that of the month before it."""
        said = [self.first, self.month, self.last, self.count, self.mac, self.pruned_at]
        canonical = json.dumps([_FORM, before, *said], separators=(",", ":"))
        return hmac.digest(key, canonical.encode(), "sha256").hex()

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {name: getattr(self, name) for name in _COLUMNS if name != "seal"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """The oldest month that is past its rule: its entries ``first`` to ``last``."""

    month: str
    first: int
    last: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Prunable:
    """What pruning would take now."""

    entries: int
    last: int | None  # the sequence of the last that would go
    oldest: datetime | None  # of all entries, due or not


def prunable(source: Engine | Connection, days: int, now: datetime) -> Prunable:
    """How many entries stand in months that are past their ``days``, all of them."""
    if isinstance(source, Engine):
        with reading(source) as connection:
            return prunable(connection, days, now)
    entries = audit_entries.c
    ends = select(func.min(entries.sequence), func.max(entries.sequence), func.min(entries.at))
    first, newest, oldest = source.execute(ends).one()
    if first is None:
        return Prunable(entries=0, last=None, oldest=None)
    bound = _first_since(source, month_of_cutoff(days, now)) or newest + 1
    count = max(bound - first, 0)
    return Prunable(entries=count, last=bound - 1 if count else None, oldest=oldest)


def due_segment(connection: Connection, days: int, now: datetime) -> Due | None:
    """The oldest month, where it is past its ``days``."""
    found = prunable(connection, days, now)
    if found.last is None:
        return None
    entries = audit_entries.c
    first, at = connection.execute(
        select(entries.sequence, entries.at).order_by(entries.sequence).limit(1)
    ).one()
    begins = _month_start(at)
    after = _first_since(connection, _next_month(begins)) or found.last + 1
    return Due(month=f"{begins:%Y-%m}", first=first, last=min(after - 1, found.last))


def extent(connection: Connection) -> tuple[int, datetime | None, datetime | None]:
    """How many entries there are, when the oldest was written, and when its month is over."""
    query = select(func.count(), func.min(audit_entries.c.at))
    count, oldest = connection.execute(query).one()
    return count, oldest, None if oldest is None else _next_month(_month_start(oldest))


def month_of_cutoff(days: int, now: datetime) -> datetime:
    """The start of the oldest month that stays: some of it is still within its ``days``.

    The month that is under way always stays, also with 0 days on its last day.
    """
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return _month_start(min(today, today - timedelta(days=days - 1)))


def month_bounds(month: str) -> tuple[datetime, datetime]:
    """Start of ``month`` (2026-10) and of the next; ``ValueError`` for what is none."""
    begins = datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC)
    return begins, _next_month(begins)


def segments(connection: Connection) -> Iterator[Segment | None]:
    """The months that are gone, the oldest first; None for one that cannot be read."""
    for row in raw_rows(connection, audit_segments, _COLUMNS, order=audit_segments.c.first):
        values: dict[str, Any] = dict(zip(_COLUMNS, row, strict=True))
        if not all(values[name].isascii() and values[name].isdigit() for name in _NUMBERS):
            yield None
            continue
        values |= {name: int(values[name][:19]) for name in _NUMBERS}
        yield Segment(**values)


def advance(connection: Connection, key: bytes, gone: Segment) -> Segment:
    """Note that ``gone`` went, a month of its own or more of the newest one; its head now."""
    columns = audit_segments.c
    newest = select(columns.first, columns.month, columns.seal).order_by(columns.first.desc())
    rows = connection.execute(newest.limit(2)).all()
    if rows and rows[0].month == gone.month:
        first = rows[0].first
        connection.execute(audit_segments.delete().where(columns.first == first))
        count = gone.last - first + 1
        gone = Segment(first=first, month=gone.month, last=gone.last, count=count, mac=gone.mac,
                       pruned_at=gone.pruned_at)  # fmt: skip
        rows = rows[1:]
    seal = gone.sealed_by(key, rows[0].seal if rows else GENESIS)
    row = {name: getattr(gone, name) for name in _COLUMNS}
    row |= {"pruned_at": datetime.fromisoformat(gone.pruned_at), "seal": seal}
    connection.execute(audit_segments.insert(), row)
    return gone


def segment_of(due: Due, last: int, mac: str, now: datetime) -> Segment:
    """The head of what of ``due`` goes up to ``last``."""
    count = last - due.first + 1
    return Segment(first=due.first, month=due.month, last=last, count=count, mac=mac,
                   pruned_at=moment_text(now))  # fmt: skip


def _first_since(connection: Connection, at: datetime) -> int | None:
    entries = audit_entries.c
    young = select(func.min(entries.sequence)).where(entries.at >= at)
    found: int | None = connection.execute(young).scalar_one_or_none()
    return found


def _month_start(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _next_month(begins: datetime) -> datetime:
    return _month_start(begins + timedelta(days=31))
