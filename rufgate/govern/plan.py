"""What retention would do at a moment: which rows, by class, rule and table, with a digest.

In:  the store, rules, the time.
Out: ``Plan``; nothing is changed. One consistent view of the store.
SECURITY: the digest covers rules and row keys, never a value; keys are random.
FAILS: ``StoreUnavailable``.

A row stands under each class that takes something of it. Classes come in their order, ``facts``
last: with a report's own row goes all that still belongs to it.

A legal hold keeps reports from deletion. Their direct identifiers (``time``, ``address``) are
coarsened all the same, also where a rule says delete, unless the hold stops that, too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    Select,
    Table,
    and_,
    false,
    func,
    not_,
    or_,
    select,
    true,
    union,
)

from rufgate.govern import coarsen
from rufgate.govern.audit_retention import Pruning, pruning_at
from rufgate.govern.plan_keys import Key, Keys
from rufgate.govern.rules import Action, RetentionRule, assigned, older_than, with_built_in
from rufgate.store.engine import reading
from rufgate.store.field_classes import FieldClass
from rufgate.store.holds import belongs_to_held, is_any_in_force, is_held
from rufgate.store.own_reports import SENTINELS_BEFORE
from rufgate.store.pace import Rest, no_rest
from rufgate.store.schema import canary_reports, canary_runs, metadata, reports

ORDER: Final = (*(c for c in FieldClass if c is not FieldClass.FACTS), FieldClass.FACTS)

_IDENTIFIERS: Final = (FieldClass.TIME, FieldClass.ADDRESS)  # have a coarser form
_KEYS_AT_ONCE: Final = 100
_IDS_PER_QUERY: Final = 500  # SQLite binds a limited number of values to a statement

Rewrite = Callable[[Mapping[str, Any]], Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Work:
    """What one action has to do to one table for one class."""

    table: Table
    columns: tuple[Column[Any], ...]  # to be emptied or coarsened
    whole_rows: bool
    action: Action
    coarsens: bool = False  # for a rule that coarsens, also where only dropping does that
    at: datetime | None = None  # the moment by which holds count; None: no hold reaches it
    rewrite: Rewrite | None = None  # decides by the row what is to stand in it

    def is_free(self) -> ColumnElement[bool]:
        """Whether no hold keeps a row from it, in a statement about the table alone."""
        if self.at is None:
            return true()
        return not_(belongs_to_held(self.table, self.at, coarsening=self.coarsens))

    def holds(self, dialect: str) -> ColumnElement[bool]:
        """Whether a row still has something to do."""
        if self.rewrite is not None:
            return true()
        if self.whole_rows:
            return _not_needed(self.table)
        if self.action == "delete":
            return or_(*(column.is_not(None) for column in self.columns))
        return or_(*(coarsen.finer(column, dialect) for column in self.columns))


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """A work, and on which reports it may be done and on which a hold forbids it."""

    work: Work
    may: ColumnElement[bool]
    kept: ColumnElement[bool]


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanEntry:
    """The rows of one table that one rule takes, or takes something of."""

    rule: RetentionRule
    work: Work
    keys: Sequence[Key]  # primary keys, sorted

    def as_json(self) -> dict[str, Any]:
        """Plain values; ``keys`` are the rows."""
        return {
            "class": self.rule.field_class.value,
            "domain": self.rule.domain,
            "reporter": self.rule.reporter,
            "days": self.rule.days,
            "action": "coarsen" if self.work.coarsens else "delete",
            "table": self.work.table.name,
            "rows": len(self.keys),
            "keys": [[str(part) for part in key] for key in self.keys],
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """All that is due at ``at``."""

    at: datetime
    entries: tuple[PlanEntry, ...]
    pruning: Pruning | None = None  # of the audit log, which goes by whole months
    held: int = 0  # reports of which a hold keeps what would go else

    @property
    def digest(self) -> str:
        """The same for the same rows under the same rules, whenever it was made."""
        lines = (json.dumps(entry, sort_keys=True) for entry in self._listed())
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        told = {"at": self.at.isoformat(), "digest": self.digest, "held": self.held}
        return {**told, "entries": self._listed()}

    def _listed(self) -> list[dict[str, Any]]:
        pruned = [self.pruning.as_json()] if self.pruning else []
        return [*(entry.as_json() for entry in self.entries), *pruned]


def make_plan(
    engine: Engine,
    rules: Iterable[RetentionRule],
    at: datetime,
    at_most: int | None = None,
    rest: Rest = no_rest,
) -> Plan:
    """What ``rules`` and the built-in ones demand at ``at``; ``at_most`` rows an entry.

    Where it is so bounded, neither the audit log nor what holds keep is counted.
    """
    entries, kept, rules = [], [], tuple(rules)
    with reading(engine) as connection:
        for rule, share, which in covered(rules, engine.dialect.name, at):
            table = share.work.table
            due = and_(which, _aged(table, at - timedelta(days=rule.days)))
            keys = _keys(connection, table, and_(due, share.may), at_most, rest)
            if keys:
                entries.append(PlanEntry(rule=rule, work=share.work, keys=keys))
            if is_of_reports(table):
                kept.append(_reports_of(table, and_(due, share.kept)))
        held = 0 if at_most else _count_held(connection, kept, at)
        pruning = None if at_most else pruning_at(connection, rules, at)
    return Plan(at=at, entries=tuple(entries), pruning=pruning, held=held)


def plan_for_reports(
    engine: Engine,
    report_ids: Iterable[UUID],
    field_class: FieldClass,
    action: Action,
    at: datetime,
) -> Plan:
    """What forgetting one class of these reports takes, whatever their age.

    ``facts`` takes the reports whole, with their copies.
    """
    rule = RetentionRule(field_class=field_class, days=0, action=action)
    wanted = sorted(set(report_ids))
    entries, held = [], set[UUID]()
    with reading(engine) as connection:
        is_any = is_any_in_force(connection, at)
        for share in shares(field_class, action, at):
            table, keys = share.work.table, list[Key]()
            for start in range(0, len(wanted), _IDS_PER_QUERY):
                some = reports.c.id.in_(wanted[start : start + _IDS_PER_QUERY])
                which = and_(some, share.work.holds(engine.dialect.name))
                keys += _keys(connection, table, and_(which, share.may), None)
                if is_any:
                    kept = _reports_of(table, and_(which, share.kept))
                    held.update(connection.execute(kept).scalars())
            if keys:
                entries.append(PlanEntry(rule=rule, work=share.work, keys=Keys(sorted(keys))))
    return Plan(at=at, entries=tuple(entries), held=len(held))


def covered(
    rules: Iterable[RetentionRule], dialect: str, at: datetime
) -> Iterator[tuple[RetentionRule, Share, ColumnElement[bool]]]:
    """Each rule with each of its tables, and the rows on which it still has something to do.

    A find of the canary that nobody has acknowledged is under no rule: it stops forwarding.
    """
    all_rules = with_built_in(rules)
    for field_class in ORDER:
        own = [rule for rule in all_rules if rule.field_class is field_class]
        for rule, theirs in assigned(own):
            for share in shares(field_class, rule.action, at):
                yield rule, share, and_(theirs, share.work.holds(dialect))
        general = next(rule for rule in own if rule.domain == rule.reporter == "*")
        for table in _tables(of_reports=False):
            # A chain is pruned by ``Audit.prune``, so that it still verifies.
            if table.info["row_class"] is field_class and "chained" not in table.info:
                share = Share(work=_whole(table), may=true(), kept=false())
                yield general, share, share.work.holds(dialect)


def shares(field_class: FieldClass, action: Action, at: datetime) -> Iterator[Share]:
    """What an action has to do for a class, on the reports that no hold keeps from it."""
    for work in works(field_class, action, at):
        kept = is_held(at, coarsening=work.coarsens)
        yield Share(work=work, may=not_(kept), kept=kept)
    if action == "delete" and field_class in _IDENTIFIERS:
        may = and_(is_held(at), not_(is_held(at, coarsening=True)))
        for work in works(field_class, "coarsen", at):
            if not work.whole_rows:
                yield Share(work=work, may=may, kept=false())


def works(field_class: FieldClass, action: Action, at: datetime | None = None) -> list[Work]:
    """The tables of reports in which something is of ``field_class``."""
    found = []
    for table in _tables_of_reports(field_class):
        columns = tuple(c for c in table.c if c.nullable and c.info["field_class"] is field_class)
        if table.info["row_class"] is field_class or field_class is FieldClass.FACTS:
            work = _whole(table)
        elif columns:
            work = Work(table=table, columns=columns, whole_rows=False, action=action)
        else:
            continue
        found.append(replace(work, coarsens=action == "coarsen", at=at))
    return found


def is_of_reports(table: Table) -> bool:
    """Whether its rows belong to reports and are as old as they are."""
    return "aged_by" not in table.info


def _whole(table: Table) -> Work:
    return Work(table=table, columns=(), whole_rows=True, action="delete")


def _tables_of_reports(field_class: FieldClass) -> list[Table]:
    # With a report's facts goes all that belongs to it, and that first: else the database takes it
    # along, neither counted nor searched for. Last, what says that a report is the gate's own.
    tables = _tables(of_reports=True)
    if field_class is FieldClass.FACTS:
        return [*(t for t in reversed(tables) if t is not canary_reports), canary_reports]
    return tables


def _tables(*, of_reports: bool) -> list[Table]:
    return [table for table in metadata.sorted_tables if is_of_reports(table) is of_reports]


def _not_needed(table: Table) -> ColumnElement[bool]:
    if table is canary_runs:
        return or_(table.c.found.is_(None), table.c.acknowledged_at.is_not(None))
    return true()


def _aged(table: Table, cutoff: datetime) -> ColumnElement[bool]:
    if is_of_reports(table):
        return older_than(cutoff)
    return table.c[table.info["aged_by"]].between(SENTINELS_BEFORE, cutoff)


def _reports_of(table: Table, which: ColumnElement[bool]) -> Select[Any]:
    """The ids of the reports whose rows of ``table`` are ``which``."""
    if table is reports:
        return select(reports.c.id).where(which)
    return select(reports.c.id).join(table, table.c.report_id == reports.c.id).where(which)


def _count_held(connection: Connection, kept: Iterable[Select[Any]], at: datetime) -> int:
    """How many reports these are, each counted once."""
    if not is_any_in_force(connection, at):
        return 0
    found = union(*kept).subquery()
    return connection.execute(select(func.count()).select_from(found)).scalar_one()


def _keys(
    connection: Connection,
    table: Table,
    which: ColumnElement[bool],
    at_most: int | None,
    rest: Rest = no_rest,
) -> Keys:
    key: Sequence[Column[Any]] = tuple(table.primary_key.columns)
    query = select(*key).where(which).order_by(*key).limit(at_most)
    if table is not reports and is_of_reports(table):
        query = query.join(reports, table.c.report_id == reports.c.id)
    found = Keys()
    for rows in connection.execute(query).partitions(_KEYS_AT_ONCE):
        found.extend(rows)
        rest()
    return found
