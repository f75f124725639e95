"""What is PostgreSQL's alone; all else is tested by the suites of both engines."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event, func, select

from rufgate.govern import retention
from rufgate.govern.proof import Proof
from rufgate.govern.receipts import Result, receipts
from rufgate.govern.retention import NotVerified, apply_retention
from rufgate.govern.verify import verify_store
from rufgate.store import schema
from rufgate.store.audit import Audit
from rufgate.store.engine import StoreBusy, StoreUnavailable, open_store, reading, writing
from rufgate.store.gates import Gates
from rufgate.store.repair import newest, repair
from rufgate.store.reports import ReportStore
from rufgate.store.scrub import compact_wholly, vacuum_server
from rufgate.store.storms import StormKeys, StormRules
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


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("synchronous_commit", "on"),  # the server of the tests has it off
        ("lock_timeout", "5s"),
        ("statement_timeout", "1min"),
        ("idle_in_transaction_session_timeout", "2min"),
        ("TimeZone", "UTC"),
    ],
)
def test_every_connection_has_the_settings_that_the_promises_rest_on(engine, setting, value):
    with engine.connect() as first, engine.connect() as second:
        for connection in (first, second):
            assert connection.exec_driver_sql(f"SHOW {setting}").scalar() == value


def test_a_vacuum_leaves_the_bounds_as_they_were(engine):
    vacuum_server(engine)
    compact_wholly(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SHOW statement_timeout").scalar() == "1min"


def test_who_reads_sees_one_moment_and_changes_nothing(engine):
    """The chain of the audit log is verified while others append to it and prune it."""
    store = ReportStore(engine)
    store.record(sanitized("one"))
    count = select(func.count()).select_from(schema.reports)
    with reading(engine) as connection:
        assert connection.execute(count).scalar() == 1
        store.record(sanitized("one", fingerprint="another"))
        assert connection.execute(count).scalar() == 1
    with reading(engine) as connection:
        assert connection.execute(count).scalar() == 2
    with pytest.raises(StoreUnavailable), reading(engine) as connection:
        connection.execute(schema.reports.delete())


def test_a_transaction_that_met_another_is_said_to_be_worth_another_try(engine):
    """Two that lock two rows in either order: one goes on."""
    for name in ("one", "two"):
        ReportStore(engine).record(sanitized("desk", fingerprint=name))
    ids, met, ready = [r.id for r in ReportStore(engine).list()], [], threading.Barrier(2)

    def change(order):
        try:
            with writing(engine, shared=True) as connection:
                for number, report_id in enumerate(order):
                    this = schema.reports.c.id == report_id
                    connection.execute(schema.reports.update().where(this).values(seen=number))
                    if not number:
                        ready.wait(10)
        except StoreBusy:
            met.append(1)

    threads = [threading.Thread(target=change, args=(order,)) for order in (ids, ids[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert met == [1]


def test_the_hour_is_counted_in_no_transaction_of_a_report(engine):
    """The hour's row is locked until the commit, and each report of each gate needs it."""
    store = ReportStore(engine, rules=StormRules(rows_per_hour=100, rows_per_sender=50))
    said: list[str] = []
    event.listen(
        engine, "before_cursor_execute", lambda *given: said.append(" ".join(given[2].split()[:3]))
    )
    for number in range(2):
        del said[:]
        keys = StormKeys(storm=f"key {number}", sender="sender")
        store.record(sanitized("desk", fingerprint=f"n{number}"), keys)
    counting = {"UPDATE intake_hours SET", "UPDATE intake_senders SET"}
    assert not [one for one in said if one in counting]
    with reading(engine) as connection:
        assert connection.execute(select(schema.intake_hours.c.made)).scalar_one() == 2


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
