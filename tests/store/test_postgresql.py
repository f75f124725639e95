"""What is PostgreSQL's alone; all else is tested by the suites of both engines."""

from __future__ import annotations

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
from rufgate.store.repair import newest, repair
from rufgate.store.reports import ReportStore
from tests.store.full_report import RECEIVED, sanitized

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


@pytest.mark.long
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


@pytest.mark.long
def test_a_class_that_is_not_deleted_is_named(engine, monkeypatch):
    audit = Audit(engine, bytes(32), lambda: RECEIVED)
    ReportStore(engine).record(sanitized("one", fingerprint="not-purged"))
    monkeypatch.setattr(retention, "_change", lambda *of: 0)
    with pytest.raises(NotVerified, match="text in the rows"):
        apply_retention(engine, (), RECEIVED + timedelta(days=40), Proof(engine, audit))
    monkeypatch.undo()
    apply_retention(engine, (), RECEIVED + timedelta(days=40), Proof(engine, audit))
    assert verify_store(engine, audit).is_clean
