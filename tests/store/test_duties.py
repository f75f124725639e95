"""What one of several gates does: it is one, it ends with its process, another takes over."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading

import pytest

from rufgate.store.duties import Duties, duties_of
from rufgate.store.engine import StoreUnavailable, open_store
from rufgate.store.postgres import Lock
from tests.postgres import Server

HOLDER = """
import sys, time
from rufgate.store.duties import duties_of
from rufgate.store.engine import open_store
engine = open_store(sys.argv[1])
print(duties_of(engine).is_mine(), flush=True)
time.sleep(60)
"""
ENDS_SESSIONS = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"


@pytest.fixture
def url(postgres: Server):
    url = postgres.database()
    yield url
    postgres.give_back(url)


@pytest.fixture
def engine(url):
    engine = open_store(url)
    yield engine
    duties_of(engine).leave()
    engine.dispose()


def test_of_several_gates_one_has_the_duties_and_a_clean_end_passes_them_on(engine):
    gates = [Duties(engine) for _ in range(3)]
    assert [gate.is_mine() for gate in gates] == [True, False, False]
    assert [gate.is_mine() for gate in gates] == [True, False, False]
    gates[0].leave()
    assert [gate.is_mine() for gate in reversed(gates)] == [True, False, False]
    gates[2].leave()


def test_they_end_with_their_process(engine, url):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, url], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout.readline() == "True\n"
    assert not duties_of(engine).is_mine()
    holder.send_signal(signal.SIGKILL)
    holder.communicate()
    for _ in range(100):  # the server notices by the end of the connection
        if duties_of(engine).is_mine():
            break
        threading.Event().wait(0.05)
    assert duties_of(engine).is_mine()


def test_who_lost_its_connection_has_them_no_longer(engine):
    one, other = Duties(engine), Duties(engine)
    assert one.is_mine()
    with engine.begin() as connection:
        connection.exec_driver_sql(ENDS_SESSIONS)
    assert other.is_mine()
    assert not one.is_mine()
    other.leave()
    assert one.is_mine()
    one.leave()


def test_a_turn_is_one_s_at_a_time_and_apart_from_the_duties(engine):
    one, other = Duties(engine), Duties(engine)
    assert one.is_mine()
    with other.turn(Lock.REVIEW) as is_others:
        assert is_others
        with one.turn(Lock.REVIEW) as is_ones:
            assert not is_ones
    with one.turn(Lock.REVIEW) as is_ones:
        assert is_ones
    one.leave()


def test_no_connection_is_left_behind(engine):
    for _ in range(40):  # more than the pool has
        gate = Duties(engine)
        assert gate.is_mine()
        with gate.turn(Lock.REVIEW) as is_mine:
            assert is_mine
        gate.leave()
    assert engine.pool.checkedout() == 0


def test_where_the_server_cannot_be_asked_nobody_is_the_one(postgres):
    gone = open_store(url := postgres.database())
    postgres.drop(url)
    with pytest.raises(StoreUnavailable):
        Duties(gone).is_mine()
    gone.dispose()


def test_on_sqlite_each_gate_does_them(tmp_path):
    engine = open_store(f"sqlite:///{tmp_path / 'rufgate.db'}")
    one, other = Duties(engine), Duties(engine)
    with one.turn(Lock.REVIEW) as first, other.turn(Lock.REVIEW) as second:
        assert first
        assert second
    assert one.is_mine()
    assert other.is_mine()
    engine.dispose()
