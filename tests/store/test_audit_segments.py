"""Months of the audit log go whole, and leave a head by which the chain still verifies."""

from __future__ import annotations

import sqlite3
import threading
from datetime import UTC, datetime, timedelta

import pytest

from rufgate.govern.audit_retention import prune_audit
from rufgate.govern.retention import apply_retention
from rufgate.govern.rules import RetentionRule
from rufgate.store import audit as audit_module
from rufgate.store.audit import Audit, Head
from rufgate.store.audit_entries import GENESIS, details_text
from rufgate.store.audit_segments import prunable
from rufgate.store.audit_stored import newest
from rufgate.store.audit_verify import Misfit, verify
from rufgate.store.engine import open_store
from rufgate.store.field_classes import FieldClass
from tests.store.audit_log import KEY, Clock, write
from tests.store.behind import tamper

SEPTEMBER = datetime(2026, 9, 5, 10, 30, tzinfo=UTC)
OCTOBER = datetime(2026, 10, 1, 0, 0, tzinfo=UTC)
NOVEMBER = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "rufgate.db"


@pytest.fixture
def engine(store_url):
    engine = open_store(store_url)
    yield engine
    engine.dispose()


@pytest.fixture
def clock():
    return Clock(SEPTEMBER)


@pytest.fixture
def audit(engine, clock):
    return Audit(engine, KEY, clock)


def three_months(audit: Audit, clock: Clock) -> list[Head]:
    """5 entries in September, 3 in October, 2 in November."""
    heads = []
    for month, count in ((SEPTEMBER, 5), (OCTOBER, 3), (NOVEMBER, 2)):
        clock.now = month
        heads.append(write(audit, count))
    return heads


def found(engine, noted: Head | None = None):
    verdict = verify(engine, KEY, noted)
    return verdict.bad, verdict.why


def test_a_month_goes_on_the_day_of_its_last_entry_and_not_before(engine, audit, clock):
    three_months(audit, clock)
    for day, entries, last in (
        (datetime(2026, 10, 29, 23, 59, tzinfo=UTC), 0, None),
        (datetime(2026, 10, 30, 0, 0, tzinfo=UTC), 5, 5),  # 30 September was 30 days ago
        (datetime(2026, 11, 29, 23, 59, tzinfo=UTC), 5, 5),
        (datetime(2026, 11, 30, 0, 0, tzinfo=UTC), 8, 8),
    ):
        due = prunable(engine, 30, day)
        assert (due.entries, due.last, due.oldest) == (entries, last, SEPTEMBER), day
    clock.now = datetime(2026, 10, 29, 23, 59, tzinfo=UTC)
    assert audit.prune(30) == 0
    clock.now = datetime(2026, 11, 30, 0, 0, tzinfo=UTC)
    assert audit.prune(30) == 8
    assert prunable(engine, 30, clock.now).oldest == NOVEMBER


def test_the_month_under_way_stays_whatever_the_rule(engine, audit, clock):
    """Or pruning would prune its own word of it, without end."""
    three_months(audit, clock)
    clock.now = datetime(2026, 11, 30, 23, 0, tzinfo=UTC)
    assert audit.prune(0) == 8
    assert audit.prune(0) == 0
    assert audit.prune(0, NOVEMBER + timedelta(days=400)) == 0, "a moment to come counts as now"
    assert found(engine) == (None, None)


def test_nothing_is_due_of_an_empty_log(engine, audit):
    due = prunable(engine, 1, NOVEMBER)
    assert (due.entries, due.last, due.oldest) == (0, None, None)
    assert audit.prune(1) == 0


def test_each_month_leaves_a_head_and_the_chain_verifies(engine, audit, clock):
    september, october, november = three_months(audit, clock)
    clock.now = NOVEMBER + timedelta(days=5)
    assert prune_audit(audit, [RetentionRule(field_class=FieldClass.AUDIT, days=30)]) == 8
    verdict = verify(engine, KEY, november)
    assert (verdict.bad, verdict.first, verdict.head.sequence) == (None, 9, 12)
    assert [(s.month, s.first, s.last, s.count, s.mac) for s in verdict.gone] == [
        ("2026-09", 1, 5, 5, september.mac),
        ("2026-10", 6, 8, 3, october.mac),
    ]
    entered = [entry.as_json() for entry in newest(engine, 2)]
    assert [(entry["action"], entry["details"]["month"]) for entry in entered] == [
        ("audit_pruned", "2026-10"), ("audit_pruned", "2026-09"),
    ]  # fmt: skip
    assert found(engine, september) == (None, None), "the last of a month is known by its head"
    assert found(engine, Head(sequence=5, mac=GENESIS)) == (5, Misfit.REPLACED)
    assert found(engine, Head(sequence=4, mac=GENESIS)) == (4, Misfit.HEAD_PRUNED)


def test_a_log_of_which_all_is_due_goes_whole_and_goes_on(engine, audit, clock):
    for years in range(1, 5):
        clock.now = SEPTEMBER + timedelta(days=2400 * years)
        write(audit, 3)
        clock.now += timedelta(days=1200)
        assert audit.prune(1095) >= 3
        assert found(engine) == (None, None)
    assert {entry.action for entry in newest(engine, 10)} == {"audit_pruned"}


def test_the_chain_verifies_between_the_steps_of_a_large_month(engine, audit, clock, monkeypatch):
    """Each step is a transaction of its own: a gate may be killed after any."""
    heads = three_months(audit, clock)
    clock.now = NOVEMBER
    monkeypatch.setattr(audit_module, "_PRUNED_AT_ONCE", 2)
    step, left = audit._prune_some, []

    def once(connection, due):
        monkeypatch.setattr(audit, "_prune_some", killed)
        return step(connection, due)

    def killed(_connection, _due):
        raise KeyboardInterrupt

    for _ in range(2):
        monkeypatch.setattr(audit, "_prune_some", once)
        with pytest.raises(KeyboardInterrupt):
            audit.prune(30)
        verdict = verify(engine, KEY, heads[-1])
        assert verdict.bad is None
        left.append((verdict.first, verdict.gone[0].count, len(verdict.gone)))
    assert left == [(3, 2, 1), (5, 4, 1)]
    monkeypatch.setattr(audit, "_prune_some", step)
    assert audit.prune(30) == 1
    verdict = verify(engine, KEY, heads[-1])
    assert (verdict.bad, [(s.month, s.count) for s in verdict.gone]) == (None, [("2026-09", 5)])
    assert newest(engine, 1)[0].said["count"] == 5
    assert [entry.action for entry in newest(engine, 9)].count("audit_pruned") == 1


@pytest.mark.parametrize(
    ("statement", "bad", "why"),
    [
        ("DELETE FROM audit_segments", 1, Misfit.MISSING),
        ("DELETE FROM audit_segments WHERE first = 1", 1, Misfit.MISSING),
        ("DELETE FROM audit_segments WHERE first = 6", 6, Misfit.MISSING),
        ("UPDATE audit_segments SET month = '2026-08' WHERE first = 6", 6, Misfit.MONTH_CHANGED),
        ("UPDATE audit_segments SET count = 2 WHERE first = 6", 6, Misfit.MONTH_CHANGED),
        ("UPDATE audit_segments SET count = 'x' WHERE first = 6", 6, Misfit.MONTH_CHANGED),
        ("UPDATE audit_segments SET last = 9 WHERE first = 6", 6, Misfit.MONTH_CHANGED),
        ("UPDATE audit_segments SET mac = upper(mac) WHERE first = 1", 1, Misfit.MONTH_CHANGED),
        ("UPDATE audit_segments SET seal = x'ff' WHERE first = 1", 1, Misfit.MONTH_CHANGED),
        ("UPDATE audit_segments SET pruned_at = 'x' WHERE first = 1", 1, Misfit.MONTH_CHANGED),
        (
            "INSERT INTO audit_segments SELECT 9, month, 10, 2, mac, pruned_at, seal "  # noqa: ISC004
            "FROM audit_segments WHERE first = 6",
            9, Misfit.MONTH_CHANGED,
        ),
        ("DELETE FROM audit_entries WHERE sequence = 9", 9, Misfit.MISSING),
        ("DELETE FROM audit_entries WHERE sequence <= 10", 9, Misfit.MISSING),
    ],
)  # fmt: skip
def test_what_is_done_to_the_heads_of_months_is_named(
    path, engine, audit, clock, statement, bad, why
):
    three_months(audit, clock)
    clock.now = NOVEMBER + timedelta(days=5)
    audit.prune(30)
    tamper(engine, statement)
    assert found(engine) == (bad, why)


def test_a_genuine_head_of_another_history_is_named(path, engine, audit, clock, tmp_path):
    """As after a log was cut off and went on: same key, same place, another past."""
    other = open_store(f"sqlite:///{tmp_path / 'other.db'}")
    there = Audit(other, KEY, clock)
    clock.now = SEPTEMBER - timedelta(minutes=1)
    write(there, 1)
    clock.now = SEPTEMBER
    write(there, 4)
    three_months(audit, clock)
    clock.now = NOVEMBER + timedelta(days=5)
    audit.prune(30)
    there.prune(30)
    other.dispose()
    with sqlite3.connect(tmp_path / "other.db") as connection:
        row = connection.execute("SELECT * FROM audit_segments").fetchone()
    connection.close()
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM audit_segments WHERE first = 1")
        connection.execute("INSERT INTO audit_segments VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    connection.close()
    assert found(engine) == (6, Misfit.MONTH_CHANGED)


def test_each_flipped_bit_of_a_head_is_named(path, engine, audit, clock):
    three_months(audit, clock)
    clock.now = NOVEMBER + timedelta(days=5)
    audit.prune(30)
    columns = "month", "mac", "pruned_at", "seal"
    with sqlite3.connect(path) as connection:
        query = f"SELECT {', '.join(columns)} FROM audit_segments WHERE first = 6"
        stored = connection.execute(query).fetchone()
        for column, value in zip(columns, stored, strict=True):
            put = f"UPDATE audit_segments SET {column} = CAST(? AS TEXT) WHERE first = 6"
            for place in range(len(value)):
                flipped = bytearray(value.encode())
                flipped[place] ^= 1 << (place % 8)
                connection.execute(put, (bytes(flipped),))
                connection.commit()
                assert found(engine) == (6, Misfit.MONTH_CHANGED), (column, place)
            connection.execute(put, (value.encode(),))
            connection.commit()
        for column in ("first", "last", "count"):
            connection.execute(f"UPDATE audit_segments SET {column} = {column} + 1 WHERE first = 6")
            connection.commit()
            bad, why = found(engine)
            assert bad == 6, column
            assert why in {Misfit.MONTH_CHANGED, Misfit.MISSING}, column
            row = "first > 5" if column == "first" else "first = 6"
            connection.execute(f"UPDATE audit_segments SET {column} = {column} - 1 WHERE {row}")
            connection.commit()
    connection.close()
    assert found(engine) == (None, None)


def test_pruned_entries_that_come_back_are_named(path, engine, audit, clock):
    three_months(audit, clock)
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT * FROM audit_entries WHERE sequence <= 5").fetchall()
    connection.close()
    clock.now = NOVEMBER
    audit.prune(30)
    put_back = "INSERT INTO audit_entries VALUES (?, ?, ?, ?, ?, ?)"
    with sqlite3.connect(path) as connection:
        connection.executemany(put_back, rows[1:])
    assert found(engine) == (2, Misfit.MISPLACED)
    with sqlite3.connect(path) as connection:
        connection.execute(put_back, rows[0])
        connection.execute("DELETE FROM audit_segments")
    connection.close()
    assert found(engine) == (1, Misfit.MISPLACED), "the log tells that they went"


def test_a_forged_word_of_pruning_is_named(engine, audit):
    write(audit, 5)
    said = details_text({"first": 1, "last": 3, "count": 3, "mac": "0" * 64, "month": "2026-09"})
    tamper(
        engine,
        "DELETE FROM audit_entries WHERE sequence <= 3",
        "INSERT INTO audit_entries SELECT 6, at, 'service', 'audit_pruned', "
        f"'{said}', mac FROM audit_entries WHERE sequence = 5",
        "INSERT INTO audit_segments SELECT 1, '2026-09', 3, 3, mac, at, mac FROM audit_entries "
        "WHERE sequence = 5",
    )
    assert found(engine) == (1, Misfit.MONTH_CHANGED)


def test_a_wrong_clock_leaves_no_gap(engine, audit, clock):
    clock.now = NOVEMBER
    write(audit, 2)
    clock.now = SEPTEMBER - timedelta(days=3000)
    write(audit, 2)
    clock.now = NOVEMBER
    assert audit.prune(1095) == 0, "older ones behind a young one wait for it"
    clock.now = NOVEMBER + timedelta(days=5000)
    assert audit.prune(1095) == 4
    assert found(engine) == (None, None)


def test_retention_of_reports_leaves_the_log_alone(engine, audit, clock):
    write(audit, 2)
    clock.now = NOVEMBER
    rule = RetentionRule(field_class=FieldClass.AUDIT, days=1)
    assert apply_retention(engine, [rule], NOVEMBER)[FieldClass.AUDIT] == 0
    assert prunable(engine, rule.days, NOVEMBER).entries == 2
    assert prune_audit(audit, [rule]) == 2
    assert found(engine) == (None, None)
    assert apply_retention(engine, [rule], NOVEMBER + timedelta(days=9000))[FieldClass.AUDIT] == 0
    assert len(verify(engine, KEY).gone) == 1


@pytest.mark.quick_on_both
def test_gates_that_prune_and_write_at_once_keep_one_chain(engine, audit, clock, store_url):
    clock.now = SEPTEMBER
    write(audit, 40)
    clock.now = OCTOBER
    write(audit, 20)
    clock.now = NOVEMBER + timedelta(days=5)
    others = [open_store(store_url) for _ in range(4)]
    audits = [Audit(one, KEY, clock) for one in others]
    pruned: list[int] = []
    work = [
        threading.Thread(target=lambda: pruned.append(audits[0].prune(30))),
        threading.Thread(target=lambda: pruned.append(audits[1].prune(30))),
        threading.Thread(target=write, args=(audits[2], 15)),
        threading.Thread(target=write, args=(audits[3], 15)),
    ]
    for thread in work:
        thread.start()
    for thread in work:
        thread.join()
    for other in others:
        other.dispose()
    verdict = verify(engine, KEY)
    assert (verdict.bad, sum(pruned)) == (None, 60)
    assert [(part.month, part.count) for part in verdict.gone] == [("2026-09", 40), ("2026-10", 20)]
    assert verdict.head.sequence == 60 + 30 + 2
