"""What a start puts right after a kill, and that it takes no report into a damaged file."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest

from rufgate.store.canary import CanaryRuns, RunState
from rufgate.store.engine import StoreDamaged, open_store
from rufgate.store.gates import Gates
from rufgate.store.outbox import CopyState, Outbox
from rufgate.store.repair import Repaired, check, repair
from rufgate.store.reports import ReportStore
from tests.store.full_report import RECEIVED, sanitized

NOW, LEASE = RECEIVED, timedelta(seconds=60)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "rufgate.db"


@pytest.fixture
def engine(path):
    engine = open_store(f"sqlite:///{path}")
    yield engine
    engine.dispose()


@pytest.fixture
def gates(engine):
    gates = Gates(engine)
    gates.enter()
    yield gates
    gates.leave()


def test_claims_of_the_dead_are_due_at_once(engine, gates):
    ReportStore(engine).record(sanitized("one", "two"))
    outbox = Outbox(engine)
    assert len(outbox.claim(NOW, LEASE, 1)) == 1

    assert repair(engine, gates, NOW) == Repaired(claims=1)

    assert len(outbox.claim(NOW, LEASE, 10)) == 2


def test_what_waits_for_its_time_or_for_somebody_is_left_alone(engine, gates):
    ReportStore(engine).record(sanitized("one", "two", "three"))
    outbox = Outbox(engine)
    later, parked, sent = outbox.claim(NOW, LEASE, 3)
    outbox.defer(later.id, NOW + LEASE, NOW, "dns", claim=later.claim)
    outbox.park(parked.id, NOW, "5.1.1", claim=parked.claim)
    outbox.settle_delivered(sent.id, NOW)

    assert not repair(engine, gates, NOW).anything

    assert outbox.claim(NOW, LEASE, 10) == ()
    assert outbox.counts() == {
        CopyState.PENDING: 1, CopyState.PARKED: 1, CopyState.DELIVERED: 1,
    }  # fmt: skip


def test_with_another_gate_alive_nothing_is_touched(engine, gates):
    ReportStore(engine).record(sanitized("one"))
    Outbox(engine).claim(NOW, LEASE, 1)
    gates.alone = False

    assert repair(engine, gates, NOW) == Repaired()

    assert Outbox(engine).counts() == {CopyState.CLAIMED: 1}


def test_a_canary_that_was_cut_short_is_gone_with_its_run(engine, gates, path):
    ReportStore(engine, canary=True).record(sanitized("=canary-text"))
    run = CanaryRuns(engine).begin(NOW)

    assert repair(engine, gates, NOW) == Repaired(canary_reports=1, canary_runs=1)

    assert CanaryRuns(engine).show(run).state is RunState.FAILED
    files = (file for file in path.parent.iterdir() if file.is_file())
    assert not any(b"mark-copy" in file.read_bytes() for file in files)


def test_a_file_is_checked_after_a_kill_alone(engine, gates):
    assert not repair(engine, gates, NOW).checked
    gates.was_killed = True
    assert repair(engine, gates, NOW).checked


def test_a_check_that_takes_too_long_is_given_up(engine):
    for number in range(200):
        ReportStore(engine).record(sanitized(f"analyst{number}", fingerprint=str(number)))
    assert not check(engine, at_most_s=-1, steps=100)
    assert check(engine, steps=100)


def test_a_damaged_file_is_found(engine, gates, path):
    for number in range(50):
        ReportStore(engine).record(sanitized("one", fingerprint=str(number)))
    engine.dispose()
    whole = path.read_bytes()
    torn = bytearray(whole)
    for page in range(2, len(whole) // 4096, 3):  # each page begins with what kind it is of
        torn[page * 4096 : page * 4096 + 64] = os.urandom(64)
    path.write_bytes(torn)
    gates.was_killed = True
    with pytest.raises(StoreDamaged, match="restore it from a backup"):
        repair(open_store(f"sqlite:///{path}"), gates, NOW)


def test_what_is_no_database_is_said_so(path):
    path.write_bytes(b"x" * 8192)
    with pytest.raises(StoreDamaged, match="is no database"):
        open_store(f"sqlite:///{path}")
