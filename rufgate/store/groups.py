"""Reports that wait at the same moment are recorded in one transaction: one commit, one sync.

In:  entries, taken once the transaction is open, so that who comes while it waits is in it too.
Out: for each entry what became of it, after the commit.
SECURITY: takes sanitized types only.
FAILS: never. What fails is an entry's own outcome; where the commit fails it is everybody's.

First all go in without further ado. Should one not fit (a constraint, a full outbox), the
transaction is rolled back and begun anew, with a savepoint around each, so that its neighbours do
not suffer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from rufgate.sanitize.sanitized import Sanitized
from rufgate.store.engine import StoreBusy, StoreFull, StoreUnavailable, translated, writing
from rufgate.store.inserts import Inserts
from rufgate.store.storms import OutboxFull, Recorded, StormKeys

LARGEST: Final = 32
"""So many reports share a transaction: more gain nothing, and others want to write, too."""


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One report that is to be recorded."""

    sanitized: Sanitized
    keys: StormKeys | None


_MET_ANOTHER: Final = (IntegrityError, StoreBusy)  # which a transaction of one's own may not
Outcome = Recorded | Exception
Take = Callable[[], Sequence[Entry]]
RecordOne = Callable[[Inserts, Entry], Recorded]


@dataclass(slots=True)
class _Group:
    """What was taken, and how far it came."""

    entries: Sequence[Entry] = ()
    is_filled: bool = False


def record_group(
    engine: Engine, take: Take, one: RecordOne, alone: Callable[[Entry], Recorded]
) -> list[tuple[Entry, Outcome]]:
    """Record what ``take`` gives; ``alone`` is for what meets the same report of another gate."""
    group = _Group()
    try:
        outcomes = _together(engine, take, one, group)
    except Exception as error:  # noqa: BLE001 - one entry's fault, of whatever kind, is not all's
        entries = group.entries or take()
        if group.is_filled or not group.entries or _is_everybodys(error):
            outcomes = [error for _ in entries]
        else:
            outcomes = _each_apart(engine, entries, one)
        group.entries = entries
    return [
        (
            entry,
            _again(alone, entry) if isinstance(outcome, IntegrityError | StoreBusy) else outcome,
        )
        for entry, outcome in zip(group.entries, outcomes, strict=True)
    ]


def _together(engine: Engine, take: Take, one: RecordOne, group: _Group) -> Sequence[Outcome]:
    with writing(engine, shared=True) as connection:
        group.entries = take()
        inserts = Inserts(connection)
        outcomes = [one(inserts, entry) for entry in group.entries]
        inserts.flush()
        group.is_filled = True
    return outcomes


def _is_everybodys(error: Exception) -> bool:
    return isinstance(error, StoreFull) and not isinstance(error, OutboxFull)


def _each_apart(engine: Engine, entries: Sequence[Entry], one: RecordOne) -> Sequence[Outcome]:
    try:
        with writing(engine, shared=True) as connection:
            return [_within_savepoint(connection, entry, one) for entry in entries]
    except Exception as error:  # noqa: BLE001 - the transaction's own end: nothing was recorded
        return [error for _ in entries]


def _within_savepoint(connection: Connection, entry: Entry, one: RecordOne) -> Outcome:
    savepoint = connection.begin_nested()
    try:
        with translated():
            inserts = Inserts(connection)
            recorded = one(inserts, entry)
            inserts.flush()
            savepoint.commit()
    except Exception as error:  # noqa: BLE001 - as above
        savepoint.rollback()  # raises where the database has given up the whole transaction
        return error
    return recorded


def _again(alone: Callable[[Entry], Recorded], entry: Entry) -> Outcome:
    try:
        return alone(entry)
    except StoreUnavailable as error:
        return error
