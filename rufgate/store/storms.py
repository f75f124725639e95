"""Storms: how many rows reports may make, decided in the transaction that records them.

In:  a sanitized report, its storm key (a keyed digest), the rules.
Out: its rows; or it counts in ``seen`` of the storm's row, or of the hour's overflow row.
SECURITY: the counters live in the store, so that several gates agree and a restart forgets
     nothing. A key is a digest made with a secret: it cannot be turned back into names.
FAILS: ``OutboxFull`` where copies would wait past the bound; nothing was recorded then.

The sum of ``seen`` over all rows is the number of messages that were answered 250, but for those
that were dropped since collecting for their domain is over (``drops.py``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, RowMapping, Table, insert, literal, select, update

from rufgate.sanitize.sanitized import Kind, Sanitized, SanitizedReport
from rufgate.store.engine import StoreBusy, StoreFull
from rufgate.store.hours import Hour, see_again
from rufgate.store.inserts import Inserts
from rufgate.store.rows import Row, rows_of
from rufgate.store.schema import outbox, storms

_REPORT_OVERHEAD: Final = 500  # bytes: its counter, and its share of each index
_ROW_OVERHEAD: Final = 120  # bytes of one row beside its values: its key twice, its lengths
_PAGE: Final = 4096
_SPILLS: Final = 1000  # bytes from which a row may go on in pages of its own, the last not full
_REPORTS: Final = frozenset({Kind.AUTH_FAILURE, Kind.ARF_OTHER, Kind.COMPLAINT})
_OTHERS_WINDOW: Final = timedelta(days=1)
_OPEN: Final = ("pending", "claimed")


class Recorded(Enum):
    """What became of a report handed to the store."""

    NEW = "new"
    DUPLICATE = "duplicate"  # counted in ``seen``; nothing is sent
    COLLAPSED = "collapsed"  # counted on its storm's row
    OVERFLOWED = "overflowed"  # counted on the hour's row of everything past the bound


class OutboxFull(StoreFull):
    """As many copies wait as may; the reporter's queue holds what comes now."""


@dataclass(frozen=True, kw_only=True, slots=True)
class StormKeys:
    """By what a report is like others, and who sent it: keyed digests."""

    storm: str
    sender: str


@dataclass(frozen=True, kw_only=True, slots=True)
class StormRules:
    """When reports stop making rows; 0 is no limit, for ``forward_every`` no copies."""

    after: int = 0  # rows of one key within ``window``
    window: timedelta = timedelta(hours=1)
    rows_per_hour: int = 0  # rows, and copies of collapsed reports, of all keys
    rows_per_sender: int = 0  # of the hour's, for one network or authenticated reporter
    bytes_per_hour: int = 0
    forward_every: int = 0  # of collapsed reports, every so many-th is still forwarded
    max_waiting: int = 0  # copies


def record_within(
    inserts: Inserts, sanitized: Sanitized, keys: StormKeys, rules: StormRules
) -> Recorded:
    """Record ``sanitized`` as its storm and the hour allow."""
    connection = inserts.connection
    report, now = sanitized.report, sanitized.report.received_at
    query = _of_key(keys.storm)
    if inserts.shares is None:
        query = query.with_for_update()
    storm = connection.execute(query).mappings().first()
    current = storm if storm is not None and not _is_over(storm, report, rules) else None
    hour = Hour(inserts, now, keys.sender, rules)
    if current is not None and rules.after and current["came"] >= rules.after:
        _collapse(inserts, sanitized, _locked(inserts, current), hour, rules)
        return Recorded.COLLAPSED
    rows = rows_of(sanitized)
    size = _bytes_of(rows)
    if not hour.take(size):
        hour.overflow(report)
        return Recorded.OVERFLOWED
    if sanitized.copies and not _has_room(inserts, rules.max_waiting):
        hour.give_back(size)
        raise OutboxFull("as many copies wait as may")
    inserts.add(rows)
    if current is not None:
        if inserts.shares is not None:
            inserts.flush()  # first: what is counted on is locked until the commit
            current = _locked(inserts, current)
        if rules.after and current["came"] >= rules.after:
            hour.give_back(size)
            raise StoreBusy("others made the last rows of this storm")
        _count(connection, current, now)
        return Recorded.NEW
    if storm is not None:
        _end(connection, storm)
    first = {"report_id": report.id, "storm_key": keys.storm, "began_at": now, "last_at": now}
    connection.execute(insert(storms), {**first, "came": 1, "collapsed": 0})
    return Recorded.NEW


def storm_of(connection: Connection, report_id: UUID) -> Mapping[str, Any] | None:
    """What collapsed into the row of ``report_id``; None where nothing did."""
    columns = (storms.c.began_at, storms.c.last_at, storms.c.collapsed)
    query = select(*columns).where(storms.c.report_id == report_id, storms.c.collapsed > 0)
    row = connection.execute(query).mappings().first()
    return None if row is None else dict(row)


def _of_key(key: str) -> Any:  # noqa: ANN401 - SQLAlchemy's own type of a row says nothing
    return select(storms).where(storms.c.storm_key == key)


def _locked(inserts: Inserts, storm: RowMapping) -> RowMapping:
    """The row as it is now, for others to wait for; it is locked already where nobody shares it."""
    if inserts.shares is None:
        return storm
    this = select(storms).where(
        storms.c.report_id == storm["report_id"], storms.c.storm_key == storm["storm_key"]
    )
    row = inserts.connection.execute(this.with_for_update()).mappings().first()
    if row is None:
        raise StoreBusy("the storm has ended meanwhile")
    return row


def _is_over(storm: RowMapping, report: SanitizedReport, rules: StormRules) -> bool:
    """Whether the window has passed; a clock that jumped either way opens a new one."""
    window = rules.window if report.kind in _REPORTS else _OTHERS_WINDOW
    began: datetime | None = storm["began_at"]
    return began is None or abs(report.received_at - began) >= window


def _collapse(
    inserts: Inserts,
    sanitized: Sanitized,
    storm: RowMapping,
    hour: Hour,
    rules: StormRules,
) -> None:
    """Count on the storm's row; every n-th still goes to the analysts while there is room."""
    connection = inserts.connection
    see_again(connection, storm["report_id"])
    collapsed = _count(connection, storm, sanitized.report.received_at, collapsed=1)
    if not (sanitized.copies and rules.forward_every and collapsed % rules.forward_every == 0):
        return
    copies: list[Row] = [
        {**row, "report_id": storm["report_id"]}
        for table, rows in rows_of(sanitized)
        if table is outbox
        for row in rows
    ]
    has_room = _has_room(inserts, rules.max_waiting)
    if has_room and hour.take(_bytes_of([(outbox, copies)])):
        inserts.add([(outbox, copies)])


def _count(connection: Connection, storm: RowMapping, now: datetime, *, collapsed: int = 0) -> int:
    """One more of this key; how many have collapsed by now."""
    total: int = storm["collapsed"] + collapsed
    last = storm["last_at"]
    connection.execute(
        update(storms)
        .where(storms.c.report_id == storm["report_id"])
        .values(
            came=storm["came"] + 1,
            collapsed=total,
            last_at=now if last is None else max(now, last),
        )
    )
    return total


def _end(connection: Connection, storm: RowMapping) -> None:
    """The window is over: the key is free for the next; what collapsed stays on record."""
    which = storms.c.report_id == storm["report_id"]
    if storm["collapsed"]:
        connection.execute(update(storms).where(which).values(storm_key=None))
    else:
        connection.execute(storms.delete().where(which))


def _has_room(inserts: Inserts, max_waiting: int) -> bool:
    """Whether fewer copies than ``max_waiting`` wait; looks at no more index entries than that."""
    if not max_waiting:
        return True
    if (room := max_waiting - inserts.copies) <= 0:
        return False
    last = select(literal(1)).where(outbox.c.state.in_(_OPEN)).offset(room - 1).limit(1)
    return inserts.connection.execute(last).first() is None


def _bytes_of(rows: list[tuple[Table, list[Row]]]) -> int:
    """How many bytes ``rows`` take in the file: never less than they do, seldom twice as many."""
    sizes = [sum(map(_size, row.values())) for _, values in rows for row in values]
    spilled = sum(size >= _SPILLS for size in sizes)
    return _REPORT_OVERHEAD + sum(sizes) + _ROW_OVERHEAD * len(sizes) + _PAGE * spilled


def _size(value: object) -> int:
    match value:
        case str():
            return len(value.encode("utf-8", "surrogatepass"))
        case bytes():
            return len(value)
        case list():
            return sum(_size(item) + 4 for item in value)
        case None:
            return 1
    return 16
