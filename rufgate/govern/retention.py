"""Carries out retention: what is due by its field class is emptied or deleted, then scrubbed.

In:  rules, the time; the schema says which column is of which class.
Out: how many rows changed, by class.
SECURITY: a column without a class cannot exist (a test walks the schema), so nothing is forgotten
     to be forgotten. Afterwards freed pages and the write-ahead log are emptied, so that the
     bytes leave the disk too.
FAILS: ``StoreUnavailable``; what is done stays done and the next run goes on.

Ages count from ``received_at``, and from the day in ``received_on`` once the time is forgotten.
Until coarsening is built, ``coarsen`` empties the column.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, Literal
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    Table,
    and_,
    delete,
    false,
    func,
    not_,
    or_,
    select,
    true,
    update,
)

from rufgate.store.engine import StoreUnavailable, compact, writing
from rufgate.store.field_classes import FieldClass
from rufgate.store.schema import canary_runs, metadata, reports

_REPORTS_PER_STEP: Final = 200  # a short transaction: reports go on coming in


@dataclass(frozen=True, kw_only=True, slots=True)
class RetentionRule:
    """A ``[[retention]]`` entry. ``domain`` is the report's owner's, or ``"*"``."""

    field_class: FieldClass
    days: int
    action: Literal["delete", "coarsen"] = "delete"
    domain: str = "*"  # a name stands for itself and its subdomains
    reporter: str = "*"
    owner: str = "unassigned"
    reason: str = ""
    review_by: date | None = None

    @property
    def rank(self) -> tuple[int, int, int]:
        """Greater is more specific: domain and reporter, domain, reporter, all; longer names."""
        named = 2 * (self.domain != "*") + (self.reporter != "*")
        return (named, len(self.domain), len(self.reporter))


_BUILT_IN_DAYS: Final = {
    FieldClass.FACTS: 730,
    FieldClass.TIME: 90,
    FieldClass.ADDRESS: 30,
    FieldClass.DOMAIN: 395,
    FieldClass.PSEUDONYM: 180,
    FieldClass.HEADER: 90,
    FieldClass.SUBJECT: 30,
    FieldClass.TEXT: 30,
    FieldClass.ATTACHMENT: 180,
    FieldClass.COPY: 7,
    FieldClass.FINGERPRINT: 14,
    FieldClass.ACCOUNT: 395,
    FieldClass.AUDIT: 1095,
}
_COARSENED: Final = {FieldClass.TIME, FieldClass.ADDRESS}

BUILT_IN_RULES: Final = tuple(
    RetentionRule(
        field_class=field_class,
        days=days,
        action="coarsen" if field_class in _COARSENED else "delete",
    )
    for field_class, days in _BUILT_IN_DAYS.items()
)


class NotScrubbed(StoreUnavailable):
    """Everything due is deleted, but a reader kept the log from being emptied; run it again."""


def with_built_in(rules: Iterable[RetentionRule]) -> tuple[RetentionRule, ...]:
    """``rules``, and the built-in rule wherever they leave a class without one for all reports."""
    given = tuple(rules)
    covered = {rule.field_class for rule in given if rule.domain == rule.reporter == "*"}
    return given + tuple(rule for rule in BUILT_IN_RULES if rule.field_class not in covered)


def apply_retention(
    engine: Engine, rules: Iterable[RetentionRule], now: datetime
) -> dict[FieldClass, int]:
    """Do what ``rules`` and the built-in rules demand at ``now``; changed rows by class."""
    all_rules = with_built_in(rules)
    counts = {}
    for field_class in FieldClass:
        own = [rule for rule in all_rules if rule.field_class is field_class]
        counts[field_class] = _apply(engine, field_class, due(own, now))
        counts[field_class] += _apply_own_age(engine, field_class, _general_cutoff(own, now))
    if not compact(engine):
        raise NotScrubbed("a reader holds the write-ahead log")
    return counts


def lapsing(rules: Iterable[RetentionRule]) -> tuple[RetentionRule, ...]:
    """Rules by reporter that reach further than the reporter's domain itself is kept.

    They cannot be kept as written (by then nobody knows whose report it was): the check of the
    configuration refuses them.
    """
    all_rules = with_built_in(rules)
    return tuple(
        rule
        for rule in all_rules
        if rule.reporter != "*"
        and rule.field_class is not FieldClass.DOMAIN
        and any(
            other.field_class is FieldClass.DOMAIN
            and other.reporter in {"*", rule.reporter}
            and (other.domain in {"*", rule.domain} or rule.domain == "*")
            and other.days < rule.days
            for other in all_rules
        )
    )


def due(rules: Sequence[RetentionRule], now: datetime) -> ColumnElement[bool]:
    """Which reports are due under rules of one class; for each report its most specific rule."""
    cases = []
    claimed: ColumnElement[bool] = false()
    for rule in sorted(rules, key=lambda rule: rule.rank, reverse=True):
        matches = _matches(rule)
        cases.append(and_(matches, not_(claimed), _older_than(now - timedelta(days=rule.days))))
        claimed = or_(claimed, matches)
    return or_(false(), *cases)


def _apply(engine: Engine, field_class: FieldClass, is_due: ColumnElement[bool]) -> int:
    """Empty or delete what is of ``field_class``, a few reports at a time."""
    changed = 0
    for table in _tables(of_reports=True):
        while step := _step(engine, table, field_class, is_due):
            changed += step
    return changed


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


def _step(
    engine: Engine, table: Table, field_class: FieldClass, is_due: ColumnElement[bool]
) -> int:
    """One short transaction; how many rows it changed."""
    columns = [c for c in table.c if c.nullable and c.info["field_class"] is field_class]
    whole_rows = table.info["row_class"] is field_class
    if not (whole_rows or columns):
        return 0
    holds = true() if whole_rows else or_(*(column.is_not(None) for column in columns))
    with writing(engine) as connection:
        ids = _due_ids(connection, table, and_(is_due, holds))
        if not ids:
            return 0
        which = and_(_report_id(table).in_(ids), holds)
        change = delete(table) if whole_rows else update(table).values(_emptied(columns))
        return connection.execute(change.where(which)).rowcount


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


def _older_than(cutoff: datetime) -> ColumnElement[bool]:
    by_day = and_(
        reports.c.received_at.is_(None), reports.c.received_on <= cutoff.astimezone(UTC).date()
    )
    return or_(reports.c.received_at <= cutoff, by_day)


def _matches(rule: RetentionRule) -> ColumnElement[bool]:
    return and_(
        _under(reports.c.owner_domain, rule.domain),
        _under(reports.c.reporter_domain, rule.reporter),
    )


def _under(column: Column[Any], name: str) -> ColumnElement[bool]:
    """Whether the column holds ``name`` or a subdomain of it; never NULL, which NOT cannot turn."""
    if name == "*":
        return true()
    value, wanted = func.coalesce(column, ""), name.lower().rstrip(".")
    return or_(value == wanted, value.endswith(f".{wanted}", autoescape=True))
