"""The same store on PostgreSQL: types, claims, races and retention by the same code."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from rufgate.govern import retention
from rufgate.govern.proof import Proof
from rufgate.govern.receipts import Result, receipts
from rufgate.govern.retention import NotVerified, apply_retention
from rufgate.govern.verify import verify_store
from rufgate.store import schema
from rufgate.store.audit import Audit
from rufgate.store.engine import open_store
from rufgate.store.gates import Gates
from rufgate.store.outbox import CopyState, Outbox
from rufgate.store.repair import newest, repair
from rufgate.store.reports import Recorded, ReportStore
from tests.store.full_report import RECEIVED, sanitized, text

LEASE = timedelta(seconds=60)


@pytest.fixture
def url(postgres):
    url = postgres.database()
    yield url
    postgres.give_back(url)


@pytest.fixture
def engine(url):
    engine = open_store(url)
    yield engine
    engine.dispose()


def test_the_migration_gives_the_declared_tables(engine):
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), schema.metadata) == []


def test_of_the_same_report_from_many_sessions_at_once_one_is_new(engine):
    store, outcomes, ready = ReportStore(engine), [], threading.Barrier(5)

    def send():
        ready.wait()
        outcomes.append(store.record(sanitized("one")))

    threads = [threading.Thread(target=send) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count(Recorded.NEW) == 1
    assert store.list()[0].seen == 5
    assert len(Outbox(engine).list()) == 1


def test_a_report_comes_back_as_it_was_recorded(engine):
    given = sanitized("one")
    ReportStore(engine).record(given)
    detail = ReportStore(engine).show(given.report.id)
    assert detail is not None
    assert detail.summary.received_at == RECEIVED
    assert detail.summary.auth_results[0].properties["smtp.remote-ip"] == "2001:db8::77"
    assert len(detail.headers) == len(given.report.headers)


def test_text_that_postgresql_refuses_is_stored_all_the_same(engine):
    given = sanitized()
    bad = text("a\0\udcff")
    given = replace(given, report=replace(given.report, text=bad, reported_uris=(bad,)))
    assert ReportStore(engine).record(given) is Recorded.NEW


def test_claimers_never_share_a_copy(engine):
    ReportStore(engine).record(sanitized(*(f"analyst{n}" for n in range(20))))
    outbox = Outbox(engine)

    def take(_):
        taken = []
        while items := outbox.claim(RECEIVED, LEASE, 2):
            taken.extend(item.id for item in items)
        return taken

    with ThreadPoolExecutor(4) as pool:
        taken = [copy_id for ids in pool.map(take, range(4)) for copy_id in ids]
    assert len(taken) == len(set(taken)) == 20
    outbox.settle_delivered(taken[0], RECEIVED)
    assert outbox.counts() == {CopyState.DELIVERED: 1, CopyState.CLAIMED: 19}


def test_retention_empties_step_by_step_and_ends_with_nothing(engine):
    store = ReportStore(engine)
    store.record(sanitized("one"))
    changed = {
        days: {
            field_class.value
            for field_class, count in apply_retention(
                engine, (), RECEIVED + timedelta(days=days)
            ).items()
            if count
        }
        for days in (1, 8, 31, 91, 200, 400, 731)
    }
    assert changed == {
        1: set(),
        8: {"copy"},
        31: {"address", "subject", "text", "fingerprint"},
        91: {"time", "header"},
        200: {"pseudonym", "attachment"},
        400: {"domain", "account"},
        731: {"facts"},
    }
    assert store.list() == ()


def test_one_canary_at_a_time_and_a_gate_is_never_sure_to_be_alone(engine, url):
    other = open_store(url)
    ours, theirs = Gates(engine), Gates(other)
    for gates in (ours, theirs):
        gates.enter()
        assert not gates.alone
        gates.settle()
    assert not repair(engine, ours, RECEIVED).anything
    with ours.canary_turn() as is_ours:
        assert is_ours
        with theirs.canary_turn() as is_theirs:
            assert not is_theirs
    with theirs.canary_turn() as is_theirs:
        assert is_theirs
    theirs.leave()
    other.dispose()
    assert newest(engine) is None


def test_a_lock_of_a_session_that_died_is_nobodys(engine, url):
    other = open_store(url)
    turn = Gates(other).canary_turn()
    assert turn.__enter__()
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
        )
    with Gates(engine).canary_turn() as is_ours:
        assert is_ours
    turn.__exit__(None, None, None)
    other.dispose()


def test_a_purge_is_verified_by_queries_and_says_so(engine):
    audit = Audit(engine, bytes(32), lambda: RECEIVED + timedelta(days=800))
    for number in range(3):
        ReportStore(engine).record(sanitized("one", fingerprint=f"purged-{number}"))
    known = {receipt.id for receipt in receipts(engine)}
    for days in (7, 30, 90, 180, 800):
        apply_retention(engine, (), RECEIVED + timedelta(days=days), Proof(engine, audit))
    assert ReportStore(engine).count() == 0
    new = [receipt for receipt in receipts(engine) if receipt.id not in known]
    assert {receipt.result for receipt in new} == {Result.ROWS_ONLY}
    found = verify_store(engine, audit)
    assert found.is_clean
    assert "cannot show" in (found.remark or "")
    assert {found.result(receipt) for receipt in new} == {"rows_only"}


def test_a_class_that_is_not_deleted_is_named(engine, monkeypatch):
    audit = Audit(engine, bytes(32), lambda: RECEIVED)
    ReportStore(engine).record(sanitized("one", fingerprint="not-purged"))
    monkeypatch.setattr(retention, "_change", lambda *of: 0)
    with pytest.raises(NotVerified, match="text in the rows"):
        apply_retention(engine, (), RECEIVED + timedelta(days=40), Proof(engine, audit))
    monkeypatch.undo()
    apply_retention(engine, (), RECEIVED + timedelta(days=40), Proof(engine, audit))
    assert verify_store(engine, audit).is_clean
