"""The running gate reads what it recorded, and does not look through all reports for it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import event, select, text

from rufgate import gate_review
from rufgate.gate_review import GateReview
from rufgate.review.reviewer import Reviewer
from rufgate.store import schema
from rufgate.store.engine import StoreUnavailable, open_store, reading
from rufgate.store.reports import ReportStore
from rufgate.store.reviews import Reviews
from rufgate.store.storms import StormKeys, StormRules
from tests.receive.gates import Log
from tests.store.full_report import full_report, sanitized

KEY = b"k" * 32
LIMITS = StormRules(after=20, rows_per_hour=1000, rows_per_sender=250, bytes_per_hour=10**9)


class _Log(Log):
    warning = Log.info


class _Reviewer(Reviewer):
    """Counts how often it has looked through all reports."""

    looked_through = 0

    def run(self, *given, **more):
        done = super().run(*given, **more)
        self.looked_through += 1
        return done


@pytest.fixture
def engine(tmp_path):
    engine = open_store(f"sqlite:///{tmp_path / 'rufgate.db'}")
    yield engine
    engine.dispose()


def record(engine):
    report = full_report(report_id=uuid4(), fingerprint=uuid4().hex)
    keys = StormKeys(storm=uuid4().hex, sender="s")
    ReportStore(engine, rules=LIMITS).record(replace(sanitized(), report=report, copies=()), keys)
    return report.id


def read_by_now(engine):
    with reading(engine) as connection:
        return set(connection.execute(select(schema.reviews.c.report_id)).scalars())


async def until(condition):
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 - the database tells nobody
            await asyncio.sleep(0.02)


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(gate_review, "_AT_MOST_EVERY_S", 0.02)


async def running(review):
    stopping = asyncio.Event()
    return stopping, asyncio.create_task(review.run(stopping))


async def test_it_reads_what_it_is_told_of_and_at_its_start_all(engine, quick):
    before = record(engine)
    reviewer = _Reviewer(Reviews(engine), KEY)
    review = GateReview(reviewer, _Log())
    stopping, task = await running(review)
    await until(lambda: reviewer.looked_through == 1)
    assert read_by_now(engine) == {before}
    others, mine = record(engine), record(engine)
    review.recorded(mine)
    await until(lambda: mine in read_by_now(engine))
    assert others not in read_by_now(engine)
    assert reviewer.looked_through == 1
    stopping.set()
    await task


async def test_after_trouble_and_where_too_many_wait_it_looks_through_all(
    engine, quick, monkeypatch
):
    reviewer, log = _Reviewer(Reviews(engine), KEY), _Log()
    review = GateReview(reviewer, log)
    stopping, task = await running(review)
    await until(lambda: reviewer.looked_through == 1)
    lost = record(engine)
    with monkeypatch.context() as broken:

        def fail(*_, **__):
            raise StoreUnavailable("the store cannot be used now")

        broken.setattr(reviewer, "run_among", fail)
        review.recorded(lost)
        await until(lambda: log.lines)
    assert log.lines == [("review_failed", {"error_type": "StoreUnavailable"})]
    mine = record(engine)
    review.recorded(mine)
    await until(lambda: read_by_now(engine) == {lost, mine})
    await until(lambda: reviewer.looked_through == 2)
    monkeypatch.setattr(gate_review, "_MOST_NOTED", 1)
    many = {record(engine) for _ in range(3)}
    for one in many:
        review.recorded(one)
    await until(lambda: many <= read_by_now(engine))
    await until(lambda: reviewer.looked_through == 3)
    stopping.set()
    await task


def test_campaigns_that_another_gate_began_are_known(engine):
    one, other = (Reviewer(Reviews(engine), KEY) for _ in range(2))
    same = full_report()
    for reviewer in (one, other, one):
        report = replace(same, id=uuid4(), fingerprint=None)
        ReportStore(engine).record(replace(sanitized(), report=report, copies=()))
        assert reviewer.run_among([report.id]) == 1
    with reading(engine) as connection:
        assert len(set(connection.execute(select(schema.reports.c.campaign_id)).scalars())) == 1


def test_what_a_report_costs_does_not_grow_with_the_store(engine):
    """No statement between a report and its verdict walks through a table that grows with them."""
    reviewer = Reviewer(Reviews(engine), KEY)
    record(engine)
    reviewer.run()
    reviewer._shapes_until = float("inf")  # read once in a while, bounded by the time they take
    said = []
    event.listen(engine, "before_cursor_execute", lambda *a: said.append((a[2], a[3], a[5])))
    assert reviewer.run_among([record(engine)]) == 1
    plans = {}
    with engine.connect() as connection:
        for statement, values, is_many in list(said):
            if statement.partition(" ")[0] in {"SELECT", "UPDATE", "DELETE", "INSERT"}:
                first = values[0] if is_many else values
                rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", first)
                plans[statement] = [row[3] for row in rows]
    walks = {step for plan in plans.values() for step in plan if step.startswith("SCAN")}
    assert len(plans) > 10
    assert {step.split()[1] for step in walks} <= {"canary_reports", "CONSTANT"}, walks


def test_to_look_through_all_is_what_the_test_above_would_see(engine):
    with engine.connect() as connection:
        plan = connection.execute(text("EXPLAIN QUERY PLAN SELECT id FROM reports WHERE seen = 2"))
        assert [row[3].split()[:2] for row in plan] == [["SCAN", "reports"]]
