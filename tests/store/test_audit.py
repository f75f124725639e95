"""The audit log keeps one chain, and each kind of tampering is named."""

from __future__ import annotations

import hashlib
import hmac
import json
import multiprocessing
import shutil
import sqlite3
import threading
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from rufgate.store.audit import Audit, Head, head_of
from rufgate.store.audit_entries import GENESIS, Action, Actor, details_text, mac_of
from rufgate.store.audit_stored import newest, open_copy
from rufgate.store.audit_verify import Misfit, verify
from rufgate.store.engine import StoreUnavailable, open_store, writing
from tests.store.audit_log import KEY, Clock, write
from tests.store.behind import tamper

OTHER_KEY = bytes(32)
NOW = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)


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
    return Clock(NOW)


@pytest.fixture
def audit(engine, clock):
    return Audit(engine, KEY, clock)


def found(engine, noted: Head | None = None, key: bytes = KEY):
    verdict = verify(engine, key, noted)
    return verdict.bad, verdict.why


def test_an_empty_log_is_whole(engine):
    assert verify(engine, KEY).as_json() == {
        "valid": True, "entries": 0, "first": None, "head": None, "bad": None, "why": None,
        "gone": [],
    }  # fmt: skip
    assert head_of(engine) is None
    assert found(engine, Head(sequence=1, mac=GENESIS)) == (1, Misfit.CUT_OFF)


def test_entries_are_numbered_and_whole(engine, audit):
    first = audit.append(Actor.SERVICE, Action.GATE_STARTED, version="0.1.0", policy="0a" * 8)
    last = write(audit, 4)
    assert (first.sequence, last.sequence) == (1, 5)
    assert head_of(engine) == last
    verdict = verify(engine, KEY, last)
    assert (verdict.bad, verdict.entries, verdict.first, verdict.head) == (None, 5, 1, last)
    assert found(engine, first) == (None, None)
    oldest = newest(engine, 10)[-1].as_json()
    assert oldest.pop("mac") == first.mac
    assert oldest == {
        "sequence": 1, "at": "2026-11-25T10:30:00.000000+00:00", "actor": "service",
        "action": "gate_started", "details": {"version": "0.1.0", "policy": "0a" * 8},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "bad", "why"),
    [
        ("SET actor = 'service' WHERE sequence = 3", 3, Misfit.CHANGED),
        ("SET action = 'gate_stopped' WHERE sequence = 3", 3, Misfit.CHANGED),
        ("SET at = '2026-11-25 10:30:00.000001' WHERE sequence = 3", 3, Misfit.CHANGED),
        ("SET at = '2026-11-25!10:30:00.000000' WHERE sequence = 3", 3, Misfit.CHANGED),
        ("SET at = 5 WHERE sequence = 3", 3, Misfit.CHANGED),
        ("SET details = '{}' WHERE sequence = 3", 3, Misfit.CHANGED),
        ("SET details = CAST(x'ff' AS TEXT) WHERE sequence = 3", 3, Misfit.CHANGED),
        ("SET mac = upper(mac) WHERE sequence = 3", 3, Misfit.CHANGED),
        ("SET mac = x'00' WHERE sequence = 3", 3, Misfit.CHANGED),
        ("SET sequence = 99 WHERE sequence = 6", 6, Misfit.MISSING),
        ("SET sequence = 'six' WHERE sequence = 6", 0, Misfit.MISPLACED),
        ("SET sequence = -1 WHERE sequence = 6", 0, Misfit.MISPLACED),
    ],
)
def test_a_changed_field_is_named(path, engine, audit, change, bad, why):
    write(audit, 6)
    tamper(engine, f"UPDATE audit_entries {change}")
    assert found(engine) == (bad, why)


def test_each_flipped_bit_of_an_entry_is_named(path, engine, audit):
    """Also those that make it no UTF-8, another spelling of the same time, another case."""
    write(audit, 3)
    columns = "at", "actor", "action", "details", "mac"
    with sqlite3.connect(path) as connection:
        query = f"SELECT {', '.join(columns)} FROM audit_entries WHERE sequence = 2"
        stored = connection.execute(query).fetchone()
        for column, value in zip(columns, stored, strict=True):
            for place in range(len(value)):
                flipped = bytearray(value.encode())
                flipped[place] ^= 1 << (place % 8)
                put = f"UPDATE audit_entries SET {column} = CAST(? AS TEXT) WHERE sequence = 2"
                connection.execute(put, (bytes(flipped),))
                connection.commit()
                assert found(engine) == (2, Misfit.CHANGED), (column, place)
            put = f"UPDATE audit_entries SET {column} = ? WHERE sequence = 2"
            connection.execute(put, (value,))
            connection.commit()
    connection.close()
    assert found(engine) == (None, None)


@pytest.mark.quick_on_both
def test_deleted_entries_are_named(engine, audit):
    head = write(audit, 6)
    tamper(engine, "DELETE FROM audit_entries WHERE sequence IN (3, 4)")
    assert found(engine) == (3, Misfit.MISSING)
    tamper(engine, "DELETE FROM audit_entries WHERE sequence <= 4")
    assert found(engine) == (1, Misfit.MISSING)
    tamper(engine, "DELETE FROM audit_entries")
    assert found(engine, head) == (1, Misfit.CUT_OFF)


def test_closing_the_gap_does_not_hide_a_deletion(engine, audit):
    write(audit, 6)
    tamper(
        engine,
        "DELETE FROM audit_entries WHERE sequence = 3",
        "UPDATE audit_entries SET sequence = sequence - 1 WHERE sequence > 3",
    )
    assert found(engine) == (3, Misfit.CHANGED)


def test_a_cut_off_end_shows_by_the_noted_head(engine, audit):
    head = write(audit, 6)
    tamper(engine, "DELETE FROM audit_entries WHERE sequence > 4")
    assert found(engine) == (None, None), "without a head nothing can tell"
    assert found(engine, head) == (5, Misfit.CUT_OFF)
    write(audit, 3)  # the gate goes on from the cut
    assert found(engine) == (None, None)
    assert found(engine, head) == (6, Misfit.REPLACED)


def test_an_entry_of_a_cut_off_end_does_not_fit_into_the_new_one(path, engine, audit):
    """It is genuine and in its place: only its word of what came before is another."""
    write(audit, 6)
    with sqlite3.connect(path) as connection:
        row = connection.execute("SELECT * FROM audit_entries WHERE sequence = 5").fetchone()
        connection.execute("DELETE FROM audit_entries WHERE sequence > 3")
    connection.close()
    write(audit, 3)
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM audit_entries WHERE sequence = 5")
        connection.execute("INSERT INTO audit_entries VALUES (?, ?, ?, ?, ?, ?)", row)
    connection.close()
    assert found(engine) == (5, Misfit.CHANGED)


@pytest.mark.parametrize("copied", [1, 3, 6])
def test_an_entry_put_between_two_is_named(engine, audit, copied):
    """Room is made for it by moving all that follow."""
    write(audit, 6)
    tamper(
        engine,
        "UPDATE audit_entries SET sequence = -(sequence + 1) WHERE sequence > 3",
        "UPDATE audit_entries SET sequence = -sequence WHERE sequence < 0",
        "INSERT INTO audit_entries SELECT 4, at, actor, action, details, mac FROM audit_entries "
        f"WHERE sequence = {copied if copied < 4 else copied + 1}",
    )
    assert found(engine) == (4, Misfit.CHANGED)


def test_swapped_entries_are_named(engine, audit):
    write(audit, 6)
    tamper(
        engine,
        "UPDATE audit_entries SET sequence = 100 WHERE sequence = 2",
        "UPDATE audit_entries SET sequence = 2 WHERE sequence = 5",
        "UPDATE audit_entries SET sequence = 5 WHERE sequence = 100",
    )
    assert found(engine) == (2, Misfit.CHANGED)


def test_an_entry_made_with_another_key_is_named(engine, audit, clock):
    write(audit, 3)
    write(Audit(engine, OTHER_KEY, clock), 1)
    write(audit, 2)
    assert found(engine) == (4, Misfit.CHANGED)
    assert found(engine, key=OTHER_KEY) == (1, Misfit.CHANGED)


def test_a_copy_is_verified_and_left_as_it_is(tmp_path, path, engine, audit):
    head = write(audit, 4)
    folder = tmp_path / "copy"
    folder.mkdir()
    copy = folder / "a copy?.db"
    with sqlite3.connect(path) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    source.close()
    target.close()
    before = copy.read_bytes()
    assert found(open_copy(copy), head) == (None, None)
    tamper(engine, "DELETE FROM audit_entries")
    assert found(open_copy(copy), head) == (None, None)
    assert [file.name for file in folder.iterdir()] == [copy.name]
    assert copy.read_bytes() == before
    with sqlite3.connect(copy) as connection:
        connection.execute("DELETE FROM audit_entries WHERE sequence = 4")
    connection.close()
    assert found(open_copy(copy), head) == (4, Misfit.CUT_OFF)
    with pytest.raises(StoreUnavailable):
        open_copy(folder / "none.db")


def test_a_copy_with_its_log_is_read_with_it(tmp_path, path, engine, audit):
    head = write(audit, 4)
    folder = tmp_path / "copy"
    folder.mkdir()
    for file in tmp_path.glob("rufgate.db*"):
        shutil.copy(file, folder)
    assert (folder / "rufgate.db-wal").stat().st_size
    copy = open_copy(folder / "rufgate.db")
    assert found(copy, head) == (None, None)
    copy.dispose()


# -- many writers --


@pytest.mark.quick_on_both
def test_threads_keep_one_chain(engine, store_url, clock):
    others = [open_store(store_url) for _ in range(2)]
    audits = [Audit(one, KEY, clock) for one in (engine, engine, *others)]
    threads = [threading.Thread(target=write, args=(audit, 15)) for audit in audits]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for other in others:
        other.dispose()
    verdict = verify(engine, KEY)
    assert (verdict.bad, verdict.entries) == (None, 60)


def _process(url: str) -> None:
    write(Audit(open_store(url), KEY, Clock(NOW)), 12)


def test_eight_processes_keep_one_chain(engine, store_url):
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=_process, args=(store_url,)) for _ in range(8)]
    engine.dispose()  # no connection goes over a fork
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 8
    verdict = verify(engine, KEY)
    assert (verdict.bad, verdict.entries) == (None, 96)


@pytest.mark.quick_on_both
def test_an_entry_goes_with_its_transaction(engine, audit):
    def drop_and_fail() -> None:
        said = {"count": 1, "asked": 1}
        with writing(engine) as connection:
            audit.append_within(connection, Actor.OPERATOR, Action.COPIES_DROPPED, **said)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        drop_and_fail()
    assert head_of(engine) is None


# -- nothing personal --


@pytest.mark.parametrize(
    "details",
    [
        {"subject": "x"},
        {"count": "alice@example.org"},
        {"count": True},
        {"count": -1},
        {"version": "alice@example.org"},
        {"version": "Alice"},
        {"policy": "addr_0123456789ab"},
        {"filters": ["alice@example.org"]},
        {"filters": "limit"},
        {"counts": {"alice": 1}},
        {"counts": {"text": "alice"}},
        {"report": "alice"},
        {"mac": "192.0.2.7"},
        {"mac": None},
    ],
)
def test_nothing_but_counts_codes_and_ids_fits_in(engine, audit, details):
    with pytest.raises(ValueError, match="not for the audit log") as caught:
        audit.append(Actor.OPERATOR, Action.REPORTS_LISTED, **details)
    assert "alice" not in str(caught.value).lower()
    assert head_of(engine) is None


def test_what_belongs_there_fits_in():
    run = uuid4()
    said = details_text({"run": run, "counts": {"text": 3}, "version": "0+source", "count": 0})
    assert json.loads(said) == {
        "run": str(run), "counts": {"text": 3}, "version": "0+source", "count": 0,
    }  # fmt: skip


def test_the_mac_is_the_documented_one():
    """Computed by hand, so that an old log verifies with a later version."""
    fields = ("2026-11-25T10:30:00.000000+00:00", "service", "gate_stopped", "{}")
    told = ",".join(f'"{field}"' for field in fields)
    signed = f'["rufgate-audit-1","{"0" * 64}",1,{told}]'
    by_hand = "e71c71c109634484cb73fa34e80533ed8f438f93fc94f02b6ec7fa356b583035"
    assert hmac.new(KEY, signed.encode(), hashlib.sha256).hexdigest() == by_hand
    assert mac_of(KEY, GENESIS, 1, fields) == by_hand
