"""The retention rules in force, and what each of them covers now.

In:  the store, rules.
Out: a ``RuleState`` for each rule, the built-in ones included.
SECURITY: counts and days only.
FAILS: ``StoreUnavailable``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Table, and_, func, not_, select

from rufgate.govern.audit_retention import audit_rule
from rufgate.govern.plan import covered, is_of_reports
from rufgate.govern.rules import RetentionRule, with_built_in
from rufgate.store.audit_segments import extent
from rufgate.store.engine import reading
from rufgate.store.field_classes import FieldClass
from rufgate.store.holds import is_any_in_force
from rufgate.store.own_reports import SENTINELS_BEFORE, own_reports
from rufgate.store.schema import reports


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleState:
    """A rule, and the rows on which it still has something to do, due or not.

    ``held`` are the rows of which a legal hold keeps something that would go else.
    """

    rule: RetentionRule
    is_built_in: bool
    rows: int = 0
    held: int = 0
    oldest: date | None = None
    next_due: date | None = None  # of the oldest; a day in the past: at the next run

    def is_overdue(self, today: date) -> bool:
        """Whether somebody should have looked at the rule before ``today``."""
        return self.rule.review_by is not None and self.rule.review_by < today

    def as_json(self, today: date) -> dict[str, Any]:
        """Plain values."""
        rule = self.rule
        return {
            "class": rule.field_class.value,
            "domain": rule.domain,
            "reporter": rule.reporter,
            "days": rule.days,
            "action": rule.action,
            "owner": rule.owner,
            "reason": rule.reason,
            "review_by": _iso(rule.review_by),
            "review_overdue": self.is_overdue(today),
            "built_in": self.is_built_in,
            "rows": self.rows,
            "held": self.held,
            "oldest": _iso(self.oldest),
            "next_due": _iso(self.next_due),
        }


def matrix(engine: Engine, rules: Iterable[RetentionRule], at: datetime) -> tuple[RuleState, ...]:
    """By class, then as the file has them; under the holds in force at ``at``."""
    given = tuple(rules)
    rows, held = Counter[RetentionRule](), Counter[RetentionRule]()
    oldest: dict[RetentionRule, list[date]] = defaultdict(list)
    due: dict[RetentionRule, list[date]] = defaultdict(list)
    with reading(engine) as connection:
        is_any_held = is_any_in_force(connection, at)
        for rule, share, which in covered(given, engine.dialect.name, at):
            table = share.work.table
            count, day = _extent(connection, table, and_(which, share.may))
            rows[rule] += count
            if day is not None:
                oldest[rule].append(day)
                due[rule].append(day + timedelta(days=rule.days))
            if is_any_held:
                held[rule] += _extent(connection, table, and_(which, share.kept))[0]
        count, written, over = extent(connection)
        if written is not None and over is not None:
            rule = audit_rule(given)  # its entries go by whole months
            rows[rule] += count
            oldest[rule].append(written.astimezone(UTC).date())
            due[rule].append(over.date() + timedelta(days=rule.days - 1))
    classes = list(FieldClass)
    in_order = sorted(with_built_in(given), key=lambda rule: classes.index(rule.field_class))
    return tuple(
        RuleState(
            rule=rule,
            is_built_in=rule not in given,
            rows=rows[rule],
            held=held[rule],
            oldest=min(oldest[rule], default=None),
            next_due=min(due[rule], default=None),
        )
        for rule in in_order
    )


def _extent(
    connection: Connection, table: Table, which: ColumnElement[bool]
) -> tuple[int, date | None]:
    """How many rows, and the day of the oldest; the gate's own reports are not shown."""
    if not is_of_reports(table):
        age = table.c[table.info["aged_by"]]
        count, moment = connection.execute(
            select(func.count(), func.min(age)).where(which, age >= SENTINELS_BEFORE)
        ).one()
        return count, _day(moment)
    not_own = not_(reports.c.id.in_(own_reports()))
    query = select(func.count(), func.min(reports.c.received_on)).where(which, not_own)
    if table is not reports:
        query = query.select_from(table.join(reports, table.c.report_id == reports.c.id))
    count, day = connection.execute(query).one()
    return count, day


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.astimezone(UTC).date()


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
