"""Puts together what can be said to a data subject: classes, until when, recipients, purposes.

In:  the reports found, the retention rules.
Out: an ``Answer``.
SECURITY: reads by report id; of a report only what ``subject_answer`` names.
FAILS: ``StoreUnavailable``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, Engine, and_, select

from rufgate.govern.plan import covered, is_of_reports
from rufgate.govern.rules import RetentionRule
from rufgate.govern.subject_answer import Answer, CopyOf, Kept, ReportHeld
from rufgate.govern.subjects import Found
from rufgate.store.engine import reading
from rufgate.store.field_classes import FieldClass
from rufgate.store.holds import held_among
from rufgate.store.schema import metadata, outbox, reports

_IDS_PER_QUERY: Final = 500


def answer_of(engine: Engine, found: Found, rules: Iterable[RetentionRule], at: datetime) -> Answer:
    """What is held, as ``found`` found it."""
    ids, rules = sorted(found.places), tuple(rules)
    held: list[ReportHeld] = []
    with reading(engine) as connection:
        for start in range(0, len(ids), _IDS_PER_QUERY):
            held += _held(connection, found, ids[start : start + _IDS_PER_QUERY], rules, at)
    held.sort(key=lambda report: (report.received_on, report.id))
    classes = {kept.field_class for report in held for kept in report.kept}
    return Answer(
        day=at.date(),
        reports=tuple(held),
        not_identifiable=found.lost,
        purposes=tuple(_purposes(classes)),
    )


def _held(
    connection: Connection,
    found: Found,
    ids: list[UUID],
    rules: tuple[RetentionRule, ...],
    at: datetime,
) -> Iterator[ReportHeld]:
    kept, copies = _rules_over(connection, ids, rules, at), _copies(connection, ids)
    on_hold = held_among(connection, ids, at)
    for row in connection.execute(select(reports).where(reports.c.id.in_(ids))).mappings():
        yield ReportHeld(
            id=row["id"],
            received_on=row["received_on"],
            reporter=row["reporter_domain"],
            domain=row["owner_domain"],
            tier=row["tier"],
            roles=tuple(sorted(found.places[row["id"]])),
            kept=tuple(
                Kept(
                    field_class=rule.field_class.value,
                    until=row["received_on"] + timedelta(days=rule.days),
                    then=rule.action,
                )
                for rule in sorted(kept.get(row["id"], ()), key=_order)
            ),
            copies=tuple(copies.get(row["id"], ())),
            on_hold=row["id"] in on_hold,
        )


def _rules_over(
    connection: Connection, ids: list[UUID], rules: tuple[RetentionRule, ...], at: datetime
) -> dict[UUID, set[RetentionRule]]:
    """The rules that still have something to take of each report."""
    over: dict[UUID, set[RetentionRule]] = {}
    for rule, share, which in covered(rules, connection.dialect.name, at):
        table = share.work.table
        if not is_of_reports(table):
            continue
        query = select(reports.c.id).where(and_(reports.c.id.in_(ids), which)).distinct()
        if table is not reports:
            query = query.select_from(table.join(reports, table.c.report_id == reports.c.id))
        for report_id in connection.execute(query).scalars():
            over.setdefault(report_id, set()).add(rule)
    return over


def _copies(connection: Connection, ids: list[UUID]) -> dict[UUID, list[CopyOf]]:
    found: dict[UUID, list[CopyOf]] = {}
    query = select(outbox.c.report_id, outbox.c.analyst, outbox.c.state)
    for report_id, analyst, state in connection.execute(
        query.where(outbox.c.report_id.in_(ids)).order_by(outbox.c.analyst, outbox.c.id)
    ):
        found.setdefault(report_id, []).append(CopyOf(recipient=analyst, state=state))
    return found


def _purposes(classes: Collection[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """For each class the purposes that the schema names."""
    for field_class in FieldClass:
        if field_class.value in classes:
            yield (
                field_class.value,
                tuple(
                    dict.fromkeys(
                        column.info["purpose"]
                        for table in metadata.sorted_tables
                        if is_of_reports(table)
                        for column in table.columns
                        if column.info["field_class"] is field_class
                    )
                ),
            )


def _order(rule: RetentionRule) -> int:
    return list(FieldClass).index(rule.field_class)
