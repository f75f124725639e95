"""The plan lists what goes, row for row, and changes nothing."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from rufgate.govern.plan import is_of_reports, make_plan, plan_for_reports, works
from rufgate.govern.retention import apply_plan
from rufgate.govern.rules import RetentionRule
from rufgate.store import schema
from rufgate.store.engine import open_store, reading
from rufgate.store.field_classes import FieldClass
from rufgate.store.reports import ReportStore
from tests.store.full_report import RECEIVED, sanitized


@pytest.fixture
def engine(store_url):
    engine = open_store(store_url)
    store = ReportStore(engine)
    for number in range(4):
        day = RECEIVED + timedelta(days=number)
        store.record(sanitized("one", fingerprint=f"f{number}", received_at=day))
    yield engine
    engine.dispose()


def contents(engine):
    """Each row of the store by table and key."""
    with reading(engine) as connection:
        return {
            (table.name, tuple(row[c] for c in table.primary_key.columns)): dict(row)
            for table in schema.metadata.sorted_tables
            for row in connection.execute(select(table)).mappings()
        }


@pytest.mark.parametrize("days", [0, 8, 15, 31, 91, 181, 396, 731, 732])
def test_exactly_the_rows_of_the_plan_change(engine, days):
    before = contents(engine)
    # headers outlive the report's own row: they go with it, and the plan must say so
    rules = (RetentionRule(field_class=FieldClass.HEADER, days=2000),)
    plan = make_plan(engine, rules, RECEIVED + timedelta(days=days, hours=1))
    assert contents(engine) == before
    listed = {(entry.work.table.name, key) for entry in plan.entries for key in entry.keys}
    apply_plan(engine, plan)
    after = contents(engine)
    assert {place for place in before if after.get(place) != before[place]} == listed


class Watching:
    """Sees what a purge takes, and plants nothing."""

    def __init__(self):
        self.seen = Counter()

    def plant(self, plan):
        return {}

    def wants(self, field_class):
        return True

    def saw(self, field_class, row, columns):
        self.seen[field_class, columns[0].table.name] += 1

    def settle(self, counts, *, is_scrubbed):
        """Nothing to search for."""


def test_rows_that_go_with_a_report_are_counted_and_seen_as_the_plan_lists_them(engine):
    chosen = [report.id for report in ReportStore(engine).list(10)[:3]]
    plan = plan_for_reports(engine, chosen, FieldClass.FACTS, "delete", RECEIVED)
    watching = Watching()
    counts = apply_plan(engine, plan, watching)
    listed = {(FieldClass.FACTS, e.work.table.name): len(e.keys) for e in plan.entries}
    assert {"reports", "report_tokens", "report_headers"} <= {name for _, name in listed}
    assert watching.seen == listed
    assert counts == {FieldClass.FACTS: sum(listed.values())}


def test_a_report_of_the_gates_own_is_never_shown_while_it_goes():
    tables = [work.table.name for work in works(FieldClass.FACTS, "delete")]
    assert tables[-2:] == ["reports", "canary_reports"]
    assert set(tables) == {
        table.name for table in schema.metadata.sorted_tables if is_of_reports(table)
    }


def test_the_digest_is_of_the_rows_and_not_of_the_moment(engine):
    at = RECEIVED + timedelta(days=31, hours=1)
    plan = make_plan(engine, (), at)
    assert make_plan(engine, (), at + timedelta(minutes=5)).digest == plan.digest
    assert make_plan(engine, (), at + timedelta(days=1)).digest != plan.digest


def test_a_plan_for_some_reports_takes_that_class_of_them_alone(engine):
    stored = ReportStore(engine).list(10)
    chosen = {stored[0].id, stored[2].id}
    plan = plan_for_reports(engine, chosen, FieldClass.SUBJECT, "delete", RECEIVED)
    assert {UUID(str(key[0])) for entry in plan.entries for key in entry.keys} == chosen
    apply_plan(engine, plan)
    with reading(engine) as connection:
        rows = connection.execute(select(schema.reports.c.id, schema.reports.c.subject)).all()
    assert {row.id for row in rows if row.subject is None} == chosen


@pytest.mark.quick_on_both
def test_a_plan_for_whole_reports_takes_all_that_belongs_to_them(engine):
    gone = ReportStore(engine).list(10)[1].id
    before = contents(engine)
    apply_plan(engine, plan_for_reports(engine, [gone], FieldClass.FACTS, "delete", RECEIVED))
    after = contents(engine)
    assert {key for key in before if key not in after} == {
        key for key, row in before.items() if gone in (row.get("id"), row.get("report_id"))
    }
    assert not plan_for_reports(engine, [gone], FieldClass.FACTS, "delete", RECEIVED).entries
