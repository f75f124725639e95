"""When each epoch's key was in use, so that a period can be named after its key is gone.

In:  the numbers of the keys that exist; a time.
Out: rows of ``epochs``; what stored reports and tokens were made under each.
FAILS: ``StoreUnavailable``.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Final

from sqlalchemy import Connection, Engine, Table, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from rufgate.store.engine import reading, writing
from rufgate.store.epoch_tables import epochs
from rufgate.store.schema import attachments, report_tokens, reports

_KEY_ID: Final = re.compile(r"p[1-9][0-9]{0,8}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Epoch:
    """One period. ``reports`` and ``tokens`` are those that stored rows still hold."""

    number: int
    began_on: date
    ended_on: date | None
    destroyed_on: date | None
    reports: int = 0
    tokens: int = 0


def note_epochs(engine: Engine, existing: Collection[int], now: datetime) -> None:
    """A row for each key and for each epoch of a report; all but the newest have ended.

    An installation that is older than the table has used its first key since its oldest report.
    """
    try:
        with writing(engine) as connection:
            _note(connection, existing, now)
    except IntegrityError:  # another gate has just done it
        return


def note_destroyed(engine: Engine, number: int, now: datetime) -> None:
    """Its key is gone for good; the first day on which that was so stays."""
    with writing(engine) as connection:
        connection.execute(
            update(epochs)
            .where(epochs.c.number == number)
            .where(epochs.c.destroyed_on.is_(None))
            .values(destroyed_on=_day(now), last_needed_at=now)
        )


def known_epochs(engine: Engine) -> tuple[Epoch, ...]:
    """All that have a row, the oldest first."""
    columns = [column for column in epochs.c if column.name != "last_needed_at"]
    with reading(engine) as connection:
        rows = connection.execute(select(*columns).order_by(epochs.c.number)).all()
        of_reports = _by_epoch(connection, reports)
        tokens, digests = (_by_epoch(connection, table) for table in (report_tokens, attachments))
    return tuple(
        Epoch(
            **row._asdict(),
            reports=of_reports.get(row.number, 0),
            tokens=tokens.get(row.number, 0) + digests.get(row.number, 0),
        )
        for row in rows
    )


def _note(connection: Connection, existing: Collection[int], now: datetime) -> None:
    known = set(connection.execute(select(epochs.c.number)).scalars())
    oldest = _oldest_days(connection)
    needed = {*existing, *oldest}
    for number in sorted(needed - known):
        values = {
            "number": number,
            "began_on": oldest.get(number, _day(now)),
            "last_needed_at": now,
        }
        connection.execute(insert(epochs), values)
    if needed:
        touched = update(epochs).where(epochs.c.number.in_(needed))
        connection.execute(touched.values(last_needed_at=now))
    began = connection.execute(
        select(epochs.c.number, epochs.c.began_on, epochs.c.ended_on).order_by(epochs.c.number)
    ).all()
    for row, following in pairwise(began):
        if row.ended_on is None:
            this = update(epochs).where(epochs.c.number == row.number)
            connection.execute(this.values(ended_on=max(row.began_on, following.began_on)))


def _oldest_days(connection: Connection) -> dict[int, date]:
    query = select(reports.c.key_id, func.min(reports.c.received_on)).group_by(reports.c.key_id)
    found = connection.execute(query).all()
    return {number: day for key_id, day in found if (number := _number(key_id))}


def _by_epoch(connection: Connection, table: Table) -> dict[int, int]:
    query = select(table.c.key_id, func.count()).where(table.c.key_id.is_not(None))
    rows = connection.execute(query.group_by(table.c.key_id))
    return {number: count for key_id, count in rows if (number := _number(key_id))}


def _number(key_id: str) -> int | None:
    return int(key_id[1:]) if _KEY_ID.fullmatch(key_id) else None


def _day(now: datetime) -> date:
    return now.astimezone(UTC).date()
