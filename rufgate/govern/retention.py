"""Carries out retention: what is due by its field class is emptied or deleted, then scrubbed.

In:  rules, the time; the schema says which column is of which class.
Out: how many rows changed, by class.
SECURITY: a column without a class cannot exist (a test walks the schema), so nothing is forgotten
     to be forgotten. Afterwards freed pages and the write-ahead log are emptied, so that the
     bytes leave the disk too.
FAILS: ``StoreUnavailable``; what is done stays done and the next run goes on.

Coarsening leaves what ``coarsen.py`` makes of a value. Pseudonyms have no coarser form and are
dropped; so is what has an age of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    RowMapping,
    Table,
    and_,
    delete,
    or_,
    select,
    true,
    update,
)

from rufgate.govern import coarsen
from rufgate.govern.rules import Action, RetentionRule, due, with_built_in
from rufgate.store.engine import StoreUnavailable, compact, writing
from rufgate.store.field_classes import FieldClass
from rufgate.store.schema import canary_runs, metadata, report_headers, reports

_REPORTS_PER_STEP: Final = 200  # a short transaction: reports go on coming in


class NotScrubbed(StoreUnavailable):
    """Everything due is deleted, but a reader kept the log from being emptied; run it again."""


def apply_retention(
    engine: Engine, rules: Iterable[RetentionRule], now: datetime
) -> dict[FieldClass, int]:
    """Do what ``rules`` and the built-in rules demand at ``now``; changed rows by class."""
    all_rules = with_built_in(rules)
    counts = {}
    for field_class in FieldClass:
        own = [rule for rule in all_rules if rule.field_class is field_class]
        counts[field_class] = _apply(engine, field_class, "delete", due(own, now))
        counts[field_class] += _apply(engine, field_class, "coarsen", due(own, now, "coarsen"))
        counts[field_class] += _apply_own_age(engine, field_class, _general_cutoff(own, now))
    if not compact(engine):
        raise NotScrubbed("a reader holds the write-ahead log")
    return counts


@dataclass(frozen=True, kw_only=True, slots=True)
class _Work:
    """What one action has to do to one table for one class."""

    table: Table
    columns: tuple[Column[Any], ...]  # to be emptied or coarsened
    whole_rows: bool
    action: Action

    def holds(self, dialect: str) -> ColumnElement[bool]:
        """Whether a row still has something to do."""
        if self.whole_rows:
            return true()
        if self.action == "delete":
            return or_(*(column.is_not(None) for column in self.columns))
        return or_(*(coarsen.finer(column, dialect) for column in self.columns))


def _apply(
    engine: Engine, field_class: FieldClass, action: Action, is_due: ColumnElement[bool]
) -> int:
    """Empty, coarsen or delete what is of ``field_class``, a few reports at a time."""
    changed = 0
    for work in _works(field_class, action):
        while step := _step(engine, work, is_due):
            changed += step
    return changed


def _works(field_class: FieldClass, action: Action) -> list[_Work]:
    """The tables of reports in which something is of ``field_class``."""
    found = []
    for table in _tables(of_reports=True):
        columns = [c for c in table.c if c.nullable and c.info["field_class"] is field_class]
        whole_rows = table.info["row_class"] is field_class
        if whole_rows or columns:
            work = _Work(table=table, columns=tuple(columns), whole_rows=whole_rows, action=action)
            found.append(work)
    return found


def _apply_own_age(engine: Engine, field_class: FieldClass, cutoff: datetime) -> int:
    """Delete rows that belong to no report and are older than ``cutoff``.

    A find of the canary that nobody has acknowledged stays: it is what stops forwarding.
    """
    changed = 0
    for table in _tables(of_reports=False):
        if table.info["row_class"] is not field_class:
            continue
        old = table.c[table.info["aged_by"]] <= cutoff
        if table is canary_runs:
            old = and_(old, or_(table.c.found.is_(None), table.c.acknowledged_at.is_not(None)))
        with writing(engine) as connection:
            changed += connection.execute(delete(table).where(old)).rowcount
    return changed


def _general_cutoff(rules: Sequence[RetentionRule], now: datetime) -> datetime:
    """By the rule for all reports; there is always one (``with_built_in``)."""
    days = next(rule.days for rule in rules if rule.domain == rule.reporter == "*")
    return now - timedelta(days=days)


def _tables(*, of_reports: bool) -> list[Table]:
    return [table for table in metadata.sorted_tables if ("aged_by" in table.info) != of_reports]


def _step(engine: Engine, work: _Work, is_due: ColumnElement[bool]) -> int:
    """One short transaction; how many rows it changed."""
    table, holds = work.table, work.holds(engine.dialect.name)
    with writing(engine) as connection:
        ids = _due_ids(connection, table, and_(is_due, holds))
        if not ids:
            return 0
        which = and_(_report_id(table).in_(ids), holds)
        if work.whole_rows:
            return connection.execute(delete(table).where(which)).rowcount
        if work.action == "delete":
            change = update(table).values(_emptied(work.columns))
            return connection.execute(change.where(which)).rowcount
        return _coarsen(connection, work, which)


def _coarsen(connection: Connection, work: _Work, which: ColumnElement[bool]) -> int:
    """Row by row, since what becomes of text is decided outside SQL."""
    table, key = work.table, tuple(work.table.primary_key.columns)
    rows = connection.execute(select(table).where(which)).mappings().all()
    for row in rows:
        this = and_(*(column == row[column] for column in key))
        connection.execute(update(table).where(this).values(_coarser(work, row)))
    return len(rows)


def _coarser(work: _Work, row: RowMapping) -> dict[str, Any]:
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


def _due_ids(connection: Connection, table: Table, which: ColumnElement[bool]) -> Sequence[UUID]:
    """Some reports that are due and still hold something in ``table``."""
    query = select(reports.c.id).where(which).limit(_REPORTS_PER_STEP)
    if table is not reports:
        query = query.join(table, table.c.report_id == reports.c.id).distinct()
    return connection.execute(query).scalars().all()


def _report_id(table: Table) -> Column[UUID]:
    return table.c.id if table is reports else table.c.report_id


def _emptied(columns: Iterable[Column[Any]]) -> dict[str, Any]:
    """NULL in each, and what the schema says must then stand beside it."""
    values: dict[str, Any] = {}
    for column in columns:
        values |= {column.name: None, **column.info.get("when_emptied", {})}
    return values
