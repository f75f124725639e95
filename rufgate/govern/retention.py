"""Carries out retention: what is due by its field class is emptied or deleted, then scrubbed.

In:  rules and the time, or a plan made of them.
Out: how many rows changed, by class.
SECURITY: a column without a class cannot exist (a test walks the schema), so nothing is forgotten
     to be forgotten. Afterwards freed pages and the write-ahead log are emptied, so that the
     bytes leave the disk too.
FAILS: ``StoreUnavailable``; what is done stays done and the next run goes on.

Coarsening leaves what ``coarsen.py`` makes of a value. Pseudonyms have no coarser form and are
dropped; so is what has an age of its own.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Protocol

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    RowMapping,
    and_,
    bindparam,
    delete,
    select,
    tuple_,
    update,
)

from rufgate.govern import coarsen
from rufgate.govern.plan import Plan, PlanEntry, Work, make_plan
from rufgate.govern.plan_keys import Key
from rufgate.govern.rules import RetentionRule
from rufgate.store.engine import StoreUnavailable, writing
from rufgate.store.field_classes import FieldClass
from rufgate.store.pace import Rest, no_rest
from rufgate.store.schema import report_headers
from rufgate.store.scrub import LONG_STEP_S, PAUSE_PER_STEP, checkpoint, compact

_ROWS_PER_STEP: Final = 50  # a short transaction: reports go on coming in
_STEPS_PER_CHECKPOINT: Final = 8
_FEWEST_ROWS: Final = 10  # a step costs something by itself: fewer rows would hardly shorten it
_PLANNED_AT_ONCE: Final = 20_000  # rows of a table under a rule: bounds memory


class NotScrubbed(StoreUnavailable):
    """Everything due is deleted, but a reader kept the log from being emptied; run it again."""

    def __init__(self, counts: Mapping[FieldClass, int]) -> None:
        super().__init__("a reader holds the write-ahead log")
        self.counts: Final = counts  # what was deleted all the same


class NotVerified(StoreUnavailable):
    """What was purged is still in a file; ``str()`` names classes, files and receipt."""

    def __init__(self, message: str, counts: Mapping[FieldClass, int]) -> None:
        super().__init__(message)
        self.counts: Final = counts  # what was deleted all the same


class CutShort(Exception):  # noqa: N818 - an outcome: the gate stops, and the next run goes on
    """Raised by what rests between the steps; what is done stays done, as after a crash."""


class Witness(Protocol):
    """What proves that a purge takes what it says (``proof.py``)."""

    def plant(self, plan: Plan) -> Mapping[int, Key]:
        """Sentinels; by the number of the entry, the key that is to go with it."""

    def saw(self, field_class: FieldClass, row: RowMapping, columns: Sequence[Column[Any]]) -> None:
        """What is about to be deleted."""

    def wants(self, field_class: FieldClass) -> bool:
        """Whether it has not seen enough of a class."""

    def settle(self, counts: Mapping[FieldClass, int], *, is_scrubbed: bool) -> None:
        """The purge is over: search."""


def apply_retention(
    engine: Engine,
    rules: Iterable[RetentionRule],
    now: datetime,
    witness: Witness | None = None,
    rest: Rest = no_rest,
) -> dict[FieldClass, int]:
    """Plan and apply until nothing is due at ``now``; changed rows by class.

    One plan may not be the end: a header without its address falls to another class. ``rest`` is
    called between small steps.
    """
    counts: Counter[FieldClass] = Counter(dict.fromkeys(FieldClass, 0))
    rules = tuple(rules)
    while (plan := make_plan(engine, rules, now, _PLANNED_AT_ONCE, rest)).entries:
        changed = _carry_out(engine, plan, witness, rest)
        counts.update(changed)
        if not sum(changed.values()):
            break
    _scrub(engine, counts, witness)
    return dict(counts)


def apply_plan(
    engine: Engine, plan: Plan, witness: Witness | None = None
) -> Mapping[FieldClass, int]:
    """Do exactly what ``plan`` lists; changed rows by class."""
    counts = _carry_out(engine, plan, witness)
    _scrub(engine, counts, witness)
    return counts


def _carry_out(
    engine: Engine, plan: Plan, witness: Witness | None, rest: Rest = no_rest
) -> Counter[FieldClass]:
    counts: Counter[FieldClass] = Counter()
    planted = witness.plant(plan) if witness else {}
    size, steps = _ROWS_PER_STEP, 0
    for number, entry in enumerate(plan.entries):
        if number in planted:  # by itself, so that it is not counted: it may have gone already
            _step(engine, entry, [planted[number]], witness)
        done = 0
        while keys := entry.keys[done : done + size]:
            done += len(keys)
            changed, held_s = _step(engine, entry, keys, witness)
            counts[entry.rule.field_class] += changed
            steps += 1
            if steps % _STEPS_PER_CHECKPOINT == 0:
                checkpoint(engine)
            size = _next_size(size, held_s)
            time.sleep(PAUSE_PER_STEP * held_s)
            rest()
    return counts


def _next_size(size: int, held_s: float) -> int:
    """Smaller steps after one that held the lock for long, larger ones again after a short one."""
    if held_s > LONG_STEP_S:
        return max(_FEWEST_ROWS, size // 2)
    return min(_ROWS_PER_STEP, size * 2) if held_s < LONG_STEP_S / 4 else size


def _scrub(engine: Engine, counts: Mapping[FieldClass, int], witness: Witness | None) -> None:
    is_scrubbed = compact(engine)
    if witness:
        witness.settle(counts, is_scrubbed=is_scrubbed)
    if not is_scrubbed:
        raise NotScrubbed(counts)


def _step(
    engine: Engine, entry: PlanEntry, keys: Sequence[Key], witness: Witness | None
) -> tuple[int, float]:
    """One short transaction; how many rows it changed, and how long it held the lock.

    A row may have gone meanwhile.
    """
    work, table = entry.work, entry.work.table
    # Whoever set a hold since the plan was made is heard.
    left = and_(work.holds(engine.dialect.name), work.is_free())
    which = and_(tuple_(*table.primary_key.columns).in_(keys), left)
    with writing(engine, patient=True, lasting=False) as connection:
        began = time.monotonic()
        # What is rewritten may stay in part.
        if witness and work.rewrite is None and witness.wants(entry.rule.field_class):
            columns = tuple(table.c) if work.whole_rows else work.columns
            for row in connection.execute(select(table).where(which)).mappings():
                witness.saw(entry.rule.field_class, row, columns)
        changed = _change(connection, work, which)
    return changed, time.monotonic() - began


def _change(connection: Connection, work: Work, which: ColumnElement[bool]) -> int:
    if work.whole_rows:
        return connection.execute(delete(work.table).where(which)).rowcount
    if work.rewrite is not None:
        return _rewrite(connection, work, which)
    if work.action == "delete":
        change = update(work.table).values(_emptied(work.columns))
        return connection.execute(change.where(which)).rowcount
    return _coarsen(connection, work, which)


def _rewrite(connection: Connection, work: Work, which: ColumnElement[bool]) -> int:
    """Row by row, by what stands in each; how many changed."""
    key = tuple(work.table.primary_key.columns)
    changed = 0
    for row in connection.execute(select(work.table).where(which)).mappings().all():
        if work.rewrite and (values := work.rewrite({c.name: row[c] for c in work.table.c})):
            this = and_(*(column == row[column] for column in key))
            changed += connection.execute(update(work.table).where(this).values(**values)).rowcount
    return changed


def _coarsen(connection: Connection, work: Work, which: ColumnElement[bool]) -> int:
    """Row by row, since what becomes of text is decided outside SQL; one statement for many."""
    table, key = work.table, tuple(work.table.primary_key.columns)
    rows = connection.execute(select(table).where(which)).mappings().all()
    this = and_(*(column == bindparam(f"is_{column.name}") for column in key))
    alike: defaultdict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        values = _coarser(work, row)
        keyed = {f"is_{column.name}": row[column] for column in key}
        alike[tuple(values)].append(keyed | {f"to_{name}": value for name, value in values.items()})
    for names, given in alike.items():
        values = {name: bindparam(f"to_{name}") for name in names}
        connection.execute(update(table).where(this).values(values), given)
    return len(rows)


def _coarser(work: Work, row: RowMapping) -> dict[str, Any]:
    """What is to stand in the row; a line moves to the column of the class it now belongs to."""
    values = _emptied(column for column in work.columns if column.info.get("coarse") is None)
    for column in work.columns:
        form, value = column.info.get("coarse"), row[column]
        if value is None or form is None:
            continue
        if form == coarsen.DAY:
            values[column.name] = coarsen.day(value)
        elif form == coarsen.NETWORK:
            values[column.name] = coarsen.network(value)
        else:
            values |= _moved(column, value)
    return values


def _moved(column: Column[Any], value: str) -> dict[str, str | None]:
    """A header's value, coarser, in the column of what is now its most delicate part."""
    if column is report_headers.c.address_value:
        coarser = coarsen.line_without_addresses(value)
        kept = "time_value" if coarser and coarsen.holds_clock(coarser) else "value"
    else:
        coarser, kept = coarsen.line_without_clock(value), "value"
    return {column.name: None, kept: coarser}


def _emptied(columns: Iterable[Column[Any]]) -> dict[str, Any]:
    """NULL in each, and what the schema says must then stand beside it."""
    values: dict[str, Any] = {}
    for column in columns:
        values |= {column.name: None, **column.info.get("when_emptied", {})}
    return values
