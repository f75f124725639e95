"""Forgets again what tombstones list and a restored backup brought back.

In:  a store, the list, the audit log, the folder of keys.
Out: ``Replayed``: how many tombstones were held against the store, how many rows changed.
SECURITY: before the listener opens and before a command reads rows. A legal hold keeps nothing
     from it: what is listed had been decided, and the holds of a backup may be over.
FAILS: ``TombstonesDamaged``, ``KeyIsBack``: the gate is not to start; ``StoreUnavailable``.

A mark in the database says up to which line it is done; a backup has the mark of its own time. So
an undisturbed start looks at no row. What a crash left undone stands behind the mark, too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, cast
from uuid import UUID

from sqlalchemy import Engine, select

from rufgate.govern.burial import Burial
from rufgate.govern.plan import Plan, PlanEntry, Work, works
from rufgate.govern.proof import Proof
from rufgate.govern.retention import NotScrubbed, NotVerified, apply_plan
from rufgate.govern.rules import Action, RetentionRule
from rufgate.govern.tombstones import KEY, START, Mark, Tombstone, Tombstones, TombstonesUnavailable
from rufgate.store.audit_entries import Action as Entered
from rufgate.store.audit_entries import Actor
from rufgate.store.engine import reading
from rufgate.store.epochs import note_destroyed
from rufgate.store.field_classes import FieldClass
from rufgate.store.schema import reports
from rufgate.store.tombstone_marks import Place, newest_mark, note_mark, noted_end

_IDS_PER_QUERY: Final = 500


class KeyIsBack(Exception):  # noqa: N818 - an answer for the operator, not a bug
    """A key that was destroyed is there again; ``str()`` names it and says what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Replayed:
    """What was held against the store. ``lost``: lines that the audit log tells of alone."""

    lines: int = 0
    rows: int = 0
    lost: int = 0


def replay(
    engine: Engine, burial: Burial, keys: Path, now: datetime, noted: tuple[int, str] | None = None
) -> Replayed:
    """All of the list is checked; what this store has not yet forgotten of it goes.

    ``noted`` is how long the list was by the log of a store that this one replaces.
    """
    stones, end = burial.tombstones.read()
    no_key_is_back(stones, keys)
    lost = max(_lost(noted_end(engine), stones), _lost(noted, stones))
    for stone in stones:  # a restored backup may be older than the destruction
        if stone.field_class == KEY:
            number = int(stone.id.removeprefix("epoch-"))
            note_destroyed(engine, number, datetime.fromisoformat(stone.at))
    if lost:
        said = {"count": lost, "last": end.lines, "mac": end.mac}
        burial.audit.append(Actor.SERVICE, Entered.TOMBSTONES_LOST, **said)
    since = _since(engine, burial.tombstones)
    rows = _forget(engine, burial, stones[since.lines :], end, now)
    return Replayed(lines=end.lines - since.lines, rows=rows, lost=lost)


def catch_up(engine: Engine, burial: Burial, now: datetime) -> Replayed:
    """What is new in the list, for a command that is about to read rows."""
    since = _since(engine, burial.tombstones)
    stones, end = burial.tombstones.read(since)
    rows = _forget(engine, burial, stones, end, now)
    return Replayed(lines=len(stones), rows=rows)


def lost_lines(engine: Engine, tombstones: Tombstones) -> int:
    """How many lines the audit log tells of and the list lacks."""
    return _lost(noted_end(engine), tombstones.entries())


def no_key_is_back(stones: Iterable[Tombstone], keys: Path) -> None:
    """Raise ``KeyIsBack`` where a listed key exists."""
    for stone in stones:
        path = keys / stone.id
        if stone.field_class == KEY and path.exists():
            raise KeyIsBack(
                f"key {path} was destroyed on {stone.at[:10]} and is there again: run "
                f"`rufgate keys destroy {stone.id.removeprefix('epoch-')}`, and "
                "find out which backup of keys still holds it"
            )


def _since(engine: Engine, tombstones: Tombstones) -> Mark:
    """Up to where this store is done; the start where the list is another one."""
    place = newest_mark(engine)
    mark = Mark(**place._asdict()) if place else START
    return mark if tombstones.holds(mark) else START


def _lost(noted: tuple[int, str] | None, stones: Sequence[Tombstone]) -> int:
    if noted is None or noted[0] == 0:
        return 0
    last, mac = noted
    if last <= len(stones) and stones[last - 1].mac == mac:
        return 0
    return max(last - len(stones), 1)


def _forget(
    engine: Engine, burial: Burial, stones: Sequence[Tombstone], end: Mark, now: datetime
) -> int:
    """Rows that changed. Where bytes could not be scrubbed the next replay tries it again."""
    if not stones:
        return 0
    scrubbed = True
    try:
        proof = Proof(engine, burial.audit)
        changed = Counter(apply_plan(engine, _plan(engine, stones, now), proof))
    except (NotScrubbed, NotVerified) as trouble:
        scrubbed, changed = False, Counter(trouble.counts)
    if changed.total():
        burial.audit.append(Actor.SERVICE, Entered.TOMBSTONES_REPLAYED, count=changed.total())
    if scrubbed:
        note_mark(engine, Place(lines=end.lines, size=end.size, mac=end.mac), now)
    return changed.total()


def _plan(engine: Engine, stones: Iterable[Tombstone], now: datetime) -> Plan:
    """What is there again of what they list."""
    listed: dict[tuple[FieldClass, Action], list[UUID]] = defaultdict(list)
    for stone in stones:
        if stone.field_class != KEY:
            listed[_what(stone)].append(UUID(stone.id))
    entries = [
        PlanEntry(
            rule=RetentionRule(field_class=field_class, days=0, action=action), work=work, keys=keys
        )
        for (field_class, action), ids in listed.items()
        for work in works(field_class, action)
        if (keys := tuple(_keys(engine, work, ids)))
    ]
    return Plan(at=now, entries=tuple(entries))


def _what(stone: Tombstone) -> tuple[FieldClass, Action]:
    if stone.action not in {"delete", "coarsen"} or stone.field_class not in set(FieldClass):
        raise TombstonesUnavailable("tombstones were written by another version of rufgate")
    return FieldClass(stone.field_class), cast("Action", stone.action)


def _keys(engine: Engine, work: Work, ids: Sequence[UUID]) -> list[tuple[object, ...]]:
    """Primary keys of these reports' rows on which there is still something to do."""
    table = work.table
    query = select(*table.primary_key.columns).where(work.holds(engine.dialect.name))
    whose = reports.c.id if table is reports else table.c.report_id
    found: list[tuple[object, ...]] = []
    with reading(engine) as connection:
        for start in range(0, len(ids), _IDS_PER_QUERY):
            some = query.where(whose.in_(ids[start : start + _IDS_PER_QUERY]))
            found += [tuple(row) for row in connection.execute(some)]
    return found
