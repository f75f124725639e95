"""What a period disclosed: for the notification of a breach (UK GDPR and GDPR Article 33(3)).

In:  the store, ``Facts``, the first and the last day (UTC).
Out: plain values: who received which tier, counts by class, which policies.
SECURITY: counts, days, names of analysts; no value of a report.
FAILS: ``StoreUnavailable``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, and_, func, not_, or_, select

from rufgate.govern.plan import is_of_reports
from rufgate.govern.records.facts import CATEGORIES, Facts
from rufgate.store.audit_tables import audit_entries
from rufgate.store.engine import reading
from rufgate.store.field_classes import FieldClass
from rufgate.store.own_reports import own_reports
from rufgate.store.schema import metadata, outbox, reports


def breach(engine: Engine, facts: Facts, first: date, last: date) -> dict[str, Any]:
    """Both days are part of the period."""
    start = datetime.combine(first, time(), UTC)
    end = datetime.combine(last, time.max, UTC)
    with reading(engine) as connection:
        return {
            "record": "what a period disclosed (Article 33)",
            **facts.heading,
            "from": first.isoformat(),
            "to": last.isoformat(),
            "stored": _stored(connection, first, last),
            "delivered": _delivered(connection, start, end),
            "waiting_then_or_now": _waiting(connection, first, last),
            "read": _read(connection, start, end),
            "not_told": [
                "what was stored in the period and has been forgotten since",
                "copies whose delivery time has been coarsened count by their day",
            ],
        }


def _stored(connection: Connection, first: date, last: date) -> dict[str, Any]:
    received = and_(
        reports.c.received_on.between(first, last), not_(reports.c.id.in_(own_reports()))
    )
    count, seen = connection.execute(
        select(func.count(), func.coalesce(func.sum(reports.c.seen), 0)).where(received)
    ).one()
    # A stricter policy may have been applied to a row since it was made.
    governing = func.coalesce(reports.c.policy_applied, reports.c.policy).label("policy")
    groups = (governing, reports.c.engine, reports.c.tier)
    grouped = select(*groups, func.count()).where(received).group_by(*groups)
    return {
        "reports": count,
        "messages": int(seen),
        "policies": [
            {"policy": policy, "version": engine, "tier": tier, "reports": number}
            for policy, engine, tier, number in connection.execute(grouped.order_by(*groups))
        ],
        "classes": [
            {"class": name.value, "what": what, "reports": _holding(connection, name, received)}
            for name, what in CATEGORIES.items()
            if name is not FieldClass.AUDIT
        ],
    }


def _holding(connection: Connection, field_class: FieldClass, received: ColumnElement[bool]) -> int:
    """How many of these reports still hold something of the class."""
    held: list[ColumnElement[bool]] = []
    for table in metadata.sorted_tables:
        if not is_of_reports(table):
            continue
        columns = [c for c in table.c if c.info["field_class"] is field_class]
        if not columns:
            continue
        there = or_(*(column.is_not(None) for column in columns))
        if table is reports:
            held.append(there)
        else:
            held.append(reports.c.id.in_(select(table.c.report_id).where(there)))
    if not held:
        return 0
    query = select(func.count()).select_from(reports).where(received, or_(*held))
    return connection.execute(query).scalar_one()


def _delivered(connection: Connection, start: datetime, end: datetime) -> list[dict[str, Any]]:
    """Copies that left in the period, by analyst and tier."""
    left = and_(
        outbox.c.state == "delivered", outbox.c.settled_at >= start, outbox.c.settled_at <= end
    )
    return _copies(connection, left)


def _waiting(connection: Connection, first: date, last: date) -> list[dict[str, Any]]:
    """Copies of reports of the period that have not left: they lay in the database."""
    ids = select(reports.c.id).where(reports.c.received_on.between(first, last))
    held = and_(outbox.c.report_id.in_(ids), outbox.c.content.is_not(None))
    return _copies(connection, held)


def _copies(connection: Connection, which: ColumnElement[bool]) -> list[dict[str, Any]]:
    columns = (outbox.c.analyst, outbox.c.tier)
    mine = and_(which, not_(outbox.c.report_id.in_(own_reports())))
    query = select(*columns, func.count(), func.count(outbox.c.report_id.distinct())).where(mine)
    return [
        {"recipient": analyst, "tier": tier, "copies": copies, "reports": number}
        for analyst, tier, copies, number in connection.execute(
            query.group_by(*columns).order_by(*columns)
        )
    ]


def _read(connection: Connection, start: datetime, end: datetime) -> list[dict[str, Any]]:
    """What was looked at or exported, by the audit log: in which role, how often."""
    columns = (audit_entries.c.actor, audit_entries.c.action)
    within = and_(audit_entries.c.at >= start, audit_entries.c.at <= end)
    query = select(*columns, func.count()).where(within, audit_entries.c.action.in_(_LOOKS))
    rows = connection.execute(query.group_by(*columns).order_by(*columns))
    return [{"role": actor, "action": action, "times": times} for actor, action, times in rows]


_LOOKS: Iterable[str] = (
    "reports_listed", "report_shown", "reports_exported", "reports_counted", "campaigns_listed",
    "sources_listed", "copies_listed", "subject_searched", "subject_erased",
    "store_backed_up",
)  # fmt: skip
