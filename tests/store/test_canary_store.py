"""The canary in the store: kept apart from reports, gone afterwards, and the stop it leaves."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from rufgate.govern.retention import apply_retention
from rufgate.govern.rules import RetentionRule
from rufgate.store import schema
from rufgate.store.canary import CanaryRuns, RunState, forget_own_reports
from rufgate.store.engine import open_store, reading
from rufgate.store.field_classes import FieldClass
from rufgate.store.outbox import CopyState, Outbox
from rufgate.store.reports import Recorded, ReportStore
from rufgate.store.scrub import compact
from tests.store.behind import held_in
from tests.store.full_report import RECEIVED, sanitized

NOW = RECEIVED + timedelta(minutes=1)
LEASE = timedelta(seconds=60)


@pytest.fixture
def engine(store_url):
    engine = open_store(store_url)
    yield engine
    engine.dispose()


@pytest.fixture
def runs(engine):
    return CanaryRuns(engine)


def rows(engine, table) -> int:
    with reading(engine) as connection:
        return len(connection.execute(select(table)).all())


def found(runs, *places: str, now=NOW):
    run = runs.begin(now)
    runs.finish(run, now, RunState.FOUND, found=places or ("a name in the outbox",))
    return run


def test_it_is_in_no_list_and_no_count(engine):
    ordinary, own = sanitized("desk"), sanitized("=canary", fingerprint="other")
    ReportStore(engine).record(ordinary)
    ReportStore(engine, canary=True).record(own)
    assert rows(engine, schema.reports) == 2
    store = ReportStore(engine)
    assert [report.id for report in store.list()] == [ordinary.report.id]
    assert store.count() == 1
    assert store.show(own.report.id) is None
    assert store.show(ordinary.report.id) is not None
    assert [entry.report_id for entry in Outbox(engine).list()] == [ordinary.report.id]
    assert Outbox(engine).counts() == {CopyState.PENDING: 1}


def test_whoever_serves_analysts_neither_sends_nor_drops_its_copies(engine):
    ReportStore(engine, canary=True).record(sanitized("=canary"))
    (copy,) = Outbox(engine, canary=True).list()
    others = Outbox(engine)
    assert others.claim(NOW, LEASE, 10) == ()
    assert others.retry([copy.id]) == 0
    assert others.drop([copy.id], NOW) == (0, 0)
    assert len(Outbox(engine, canary=True).claim(NOW, LEASE, 10)) == 1


def test_a_copy_of_it_is_a_report_of_its_own(engine):
    """Else it would be counted on a row that is about to be deleted, and be lost with it."""
    own, copied = sanitized(), sanitized()
    assert own.report.fingerprint == copied.report.fingerprint
    ReportStore(engine, canary=True).record(own)
    assert ReportStore(engine).record(copied) is Recorded.NEW
    forget_own_reports(engine)
    (left,) = ReportStore(engine).list()
    assert (left.id, left.seen) == (copied.report.id, 1)


def test_once_forgotten_nothing_of_it_is_in_the_store(engine):
    ordinary, own = sanitized("desk"), sanitized("=canary", fingerprint="other")
    ReportStore(engine, canary=True).record(own)
    ReportStore(engine).record(ordinary)
    assert any(id_ in held_in(engine) for id_ in forms(own))
    assert forget_own_reports(engine) == 1
    assert compact(engine)
    held = held_in(engine)
    assert not any(id_ in held for id_ in forms(own))
    assert any(id_ in held for id_ in forms(ordinary))
    for table in schema.metadata.sorted_tables:
        if "report_id" in table.c:
            with reading(engine) as connection:
                ids = set(connection.execute(select(table.c.report_id)).scalars())
            assert ids <= {ordinary.report.id}, table.name


def forms(given) -> tuple[bytes, bytes]:
    return given.report.id.hex.encode(), str(given.report.id).encode()


@pytest.mark.quick_on_both
def test_a_find_stops_forwarding_until_it_is_acknowledged(store_url, engine, runs):
    ReportStore(engine).record(sanitized("desk"))
    found(runs)
    assert runs.status().is_stopped
    assert Outbox(engine).claim(NOW, LEASE, 10) == ()
    again = open_store(store_url)  # as after a restart
    assert Outbox(again).claim(NOW, LEASE, 10) == ()
    assert CanaryRuns(again).acknowledge(NOW, "the rule is mended") == 1
    again.dispose()
    assert not runs.status().is_stopped
    assert len(Outbox(engine).claim(NOW, LEASE, 10)) == 1
    assert runs.acknowledge(NOW, None) == 0


def test_the_canarys_own_copies_go_on_while_forwarding_is_stopped(engine, runs):
    found(runs)
    ReportStore(engine, canary=True).record(sanitized("=canary"))
    assert len(Outbox(engine, canary=True).claim(NOW, LEASE, 10)) == 1


@pytest.mark.parametrize("state", [state for state in RunState if state is not RunState.FOUND])
def test_only_a_find_stops_forwarding(engine, runs, state):
    runs.finish(runs.begin(NOW), NOW, state, trouble="connect")
    assert not runs.status().is_stopped


def test_a_pass_does_not_lift_the_stop(engine, runs):
    found(runs, "a name in the outbox")
    later = NOW + timedelta(hours=1)
    runs.finish(runs.begin(later), later, RunState.PASSED)
    status = runs.status()
    assert status.is_stopped
    assert status.passed_at == later
    assert status.last is not None
    assert status.last.state is RunState.PASSED
    assert status.as_json()["finds"][0]["found"] == ["a name in the outbox"]


def test_a_request_is_taken_once(engine, runs):
    asked = runs.request(NOW)
    assert not runs.show(asked).has_ended
    assert runs.take() == asked
    assert runs.take() is None
    assert not runs.withdraw(asked)
    runs.finish(asked, NOW, RunState.PASSED)
    assert runs.show(asked).has_ended


def test_a_request_that_nobody_took_can_be_withdrawn(engine, runs):
    asked = runs.request(NOW)
    assert runs.withdraw(asked)
    assert runs.take() is None
    assert runs.show(asked) is None
    assert runs.show(uuid4()) is None


def test_what_was_under_way_at_a_kill_is_told_as_failed(engine, runs):
    run, asked = runs.begin(NOW), runs.request(NOW)
    runs.interrupt(NOW)
    assert (runs.show(run).state, runs.show(run).trouble) == (RunState.FAILED, "interrupted")
    assert runs.take() == asked


def test_old_runs_are_forgotten_but_finds_and_the_last_good_one_stay(engine, runs):
    find = found(runs)
    runs.finish(runs.begin(NOW), NOW, RunState.PASSED)
    for hour in range(1, 60):
        then = NOW + timedelta(hours=hour)
        runs.finish(runs.begin(then), then, RunState.FAILED, trouble="connect")
    assert rows(engine, schema.canary_runs) < 30
    assert runs.show(find) is not None
    assert runs.status().passed_at == NOW


def test_retention_forgets_finds_by_their_own_age_but_never_an_open_one(engine, runs):
    old, other = found(runs), found(runs)
    runs.acknowledge(NOW, "seen")
    open_find = found(runs)
    rules = [RetentionRule(field_class=FieldClass.AUDIT, days=30)]
    apply_retention(engine, rules, NOW + timedelta(days=29))
    assert runs.show(old)
    counts = apply_retention(engine, rules, NOW + timedelta(days=31))
    assert counts[FieldClass.AUDIT] == 2
    assert runs.show(old) is None
    assert runs.show(other) is None
    assert runs.show(open_find) is not None
    assert runs.status().is_stopped
