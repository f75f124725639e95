"""A purge proves itself; with any one of its steps switched off it fails, by the class's name."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from rufgate.govern import proof, retention
from rufgate.govern.plan import plan_for_reports
from rufgate.govern.proof import Proof, repeat
from rufgate.govern.purge import Purge
from rufgate.govern.receipts import Result, receipts
from rufgate.govern.retention import NotScrubbed, NotVerified, apply_retention
from rufgate.govern.tombstones import Tombstones
from rufgate.govern.verify import verify_store
from rufgate.store import schema, scrub
from rufgate.store.audit import Audit
from rufgate.store.audit_entries import Action, Actor
from rufgate.store.audit_verify import verify
from rufgate.store.engine import open_store, reading
from rufgate.store.field_classes import FieldClass
from rufgate.store.reports import ReportStore
from tests.store.full_report import RECEIVED, sanitized

KEY = bytes(32)
LATER = RECEIVED + timedelta(days=800)
DELETED = [c for c in FieldClass if c is not FieldClass.AUDIT]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "rufgate.db"


@pytest.fixture
def engine(store_url):
    engine = open_store(store_url)
    yield engine
    engine.dispose()


@pytest.fixture
def audit(engine):
    return Audit(engine, KEY, lambda: datetime(2026, 4, 1, tzinfo=UTC))


@pytest.fixture
def purge(engine, audit, tmp_path):
    return Purge(engine, audit, Tombstones(tmp_path / "tombstones.log", KEY, lambda: LATER))


def proven(engine):
    """Of the rows alone, where the server's files are not ours to search."""
    return Result.VERIFIED if engine.dialect.name == "sqlite" else Result.ROWS_ONLY


def record(engine, count=3, **how):
    for number in range(count):
        ReportStore(engine).record(sanitized("one", fingerprint=f"fingerprint-{number}", **how))


def rows(engine):
    """All rows but those of the audit log."""
    with reading(engine) as connection:
        return {
            table.name: found
            for table in schema.metadata.sorted_tables
            if table is not schema.audit_entries
            and (found := connection.execute(select(table)).all())
        }


def test_a_purge_that_is_cut_short_is_finished_and_proven_by_the_next(engine, audit):
    record(engine)
    steps = iter(range(9))

    def rest():
        if next(steps, None) is None:
            raise retention.CutShort

    with pytest.raises(retention.CutShort):
        apply_retention(engine, (), LATER, Proof(engine, audit), rest)
    left = rows(engine)
    assert left
    apply_retention(engine, (), LATER, Proof(engine, audit))
    repeat(engine, audit)
    assert rows(engine) == {}
    assert {receipt.result for receipt in receipts(engine)} == {proven(engine)}


def test_each_class_is_planted_deleted_and_not_found(engine, audit):
    """All classes of reports are taken one after the other, as their days come."""
    record(engine)
    seen = set()
    for days in sorted({7, 14, 30, 90, 180, 395, 730}):
        apply_retention(engine, (), RECEIVED + timedelta(days=days), Proof(engine, audit))
    assert rows(engine) == {}
    for receipt in receipts(engine):
        assert receipt.result is proven(engine)
        assert receipt.classes
        assert set(receipt.rules) >= {c.value for c in receipt.classes}
        seen |= set(receipt.classes)
    assert seen == set(DELETED)
    assert verify(engine, KEY).bad is None


def test_the_log_does_not_hold_what_is_searched_for(engine, audit, path):
    record(engine)
    apply_retention(engine, (), LATER, Proof(engine, audit))
    held = b"".join(file.read_bytes() for file in path.parent.iterdir())
    for receipt in receipts(engine):
        for sentinel in receipt.sentinels:
            assert not any(needle in held for needle in sentinel.needles)


def test_sentinels_count_for_nothing_and_no_list_shows_them(engine, audit):
    record(engine)
    counted = {}

    class Looks(Proof):
        def plant(self, plan):
            planted = super().plant(plan)
            counted["listed"] = len(ReportStore(engine).list())
            counted["rows"] = len(rows(engine)["reports"])
            return planted

    counts = apply_retention(engine, (), RECEIVED + timedelta(days=30), Looks(engine, audit))
    assert (counted["listed"], counted["rows"] > 3) == (3, True)
    assert (counts[FieldClass.TEXT], counts[FieldClass.COPY]) == (3, 3)
    assert len(rows(engine)["reports"]) == 3


class Steps:
    """The steps of a purge, each of which can be left out."""

    def __init__(self, monkeypatch, engine):
        self.set = monkeypatch.setattr
        self.engine = engine

    def no_secure_delete(self):
        with self.engine.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA secure_delete=OFF")

    def no_checkpoint(self):
        self.set(scrub, "_empty_log", lambda driver, turns: True)

    def no_vacuum(self):
        self.set(scrub, "give_back", lambda driver, turns: None)

    def no_scrub(self):
        self.set(retention, "compact", lambda engine: True)
        self.set(proof, "compact", lambda engine: True)

    def no_deletion_of(self, field_class):
        real = retention._change

        def change(connection, work, which):
            if self.current is field_class:
                return 0
            return real(connection, work, which)

        def step(engine, entry, keys, witness):
            self.current = entry.rule.field_class
            return real_step(engine, entry, keys, witness)

        real_step = retention._step
        self.set(retention, "_change", change)
        self.set(retention, "_step", step)


@pytest.fixture
def steps(monkeypatch, engine):
    monkeypatch.setattr(proof, "_PAUSE_S", 0.01)
    return Steps(monkeypatch, engine)


@pytest.mark.parametrize(
    ("step", "named"),
    [
        ("no_secure_delete", "in the database file"),  # of what, is chance
        ("no_checkpoint", "copy in the .*write-ahead log"),
        ("no_vacuum", "vacuum: freed pages"),
        ("no_scrub", "copy in the .*write-ahead log"),
    ],
)
def test_without_any_one_step_the_purge_is_not_verified(path, engine, audit, steps, step, named):
    record(engine, 30)
    getattr(steps, step)()
    with pytest.raises(NotVerified, match=named) as told:
        apply_retention(engine, (), RECEIVED + timedelta(days=30), Proof(engine, audit))
    (receipt, *_) = receipts(engine)
    assert receipt.result is Result.FAILED
    assert str(receipt.id) in str(told.value)


@pytest.mark.parametrize("field_class", DELETED)
def test_a_class_that_is_not_deleted_is_named(engine, audit, purge, steps, field_class):
    record(engine)
    steps.no_deletion_of(field_class)
    ids = [line.id for line in ReportStore(engine).list()]
    plan = plan_for_reports(engine, ids, field_class, "delete", LATER)
    with pytest.raises(NotVerified, match=f"{field_class.value} in the ") as told:
        purge.carry_out(plan, Actor.OPERATOR, Action.RETENTION_APPLIED)
    found = verify_store(engine, audit)  # the sentinel is still there: so it is later, too
    assert [set(classes) for classes in found.found.values()] == [{field_class.value}]
    assert not found.is_clean
    others = {c.value for c in DELETED} - {field_class.value}
    assert not [name for name in others if f"{name} in the" in str(told.value)]


def test_what_another_row_still_holds_is_no_find(engine, purge):
    record(engine)
    (one, *_) = ReportStore(engine).list()
    plan = plan_for_reports(engine, [one.id], FieldClass.SUBJECT, "delete", LATER)
    purge.carry_out(plan, Actor.OPERATOR, Action.RETENTION_APPLIED)
    assert [r.result for r in receipts(engine)] == [proven(engine)]


def test_a_reader_leaves_it_unverified_and_the_next_run_repeats_it(engine, audit, path):
    record(engine)
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM reports").fetchall()
    with pytest.raises(NotScrubbed):
        apply_retention(engine, (), LATER, Proof(engine, audit))
    assert {r.result for r in receipts(engine)} == {Result.UNVERIFIED}
    reader.execute("ROLLBACK")
    reader.close()
    repeat(engine, audit)
    assert {r.result for r in receipts(engine)} == {Result.VERIFIED}


class Crash(BaseException):
    pass


@pytest.mark.parametrize("where", ["_step", "_scrub"])
def test_a_crash_leaves_a_receipt_unverified_and_it_is_repeated(engine, audit, monkeypatch, where):
    record(engine)

    def crash(*arguments):
        raise Crash

    real = getattr(retention, where)
    monkeypatch.setattr(retention, where, crash)
    with pytest.raises(Crash):
        apply_retention(engine, (), LATER, Proof(engine, audit))
    monkeypatch.setattr(retention, where, real)
    assert {r.result for r in receipts(engine)} == {Result.UNVERIFIED}
    repeat(engine, audit)
    assert {r.result for r in receipts(engine)} == {proven(engine)}
    assert len(ReportStore(engine).list()) == (3 if where == "_step" else 0)


def test_steps_get_smaller_where_one_held_the_lock_for_long():
    assert retention._next_size(50, 0.2) == 25
    assert retention._next_size(10, 0.2) == 10
    assert retention._next_size(6, 0.001) == 12
    assert retention._next_size(50, 0.001) == 50
    assert retention._next_size(20, 0.01) == 20
