"""Writers of one process take turns: what somebody waits for goes before a purge."""

from __future__ import annotations

import threading
import time

import pytest

from rufgate.store import turns as module
from rufgate.store.turns import Turns


@pytest.fixture
def turns():
    return Turns()


def waiting(target):
    thread = threading.Thread(target=target)
    thread.start()
    time.sleep(0.05)  # it is at the door
    return thread


def test_one_at_a_time(turns):
    inside, most = [], []

    def write():
        for _ in range(50):
            with turns.take():
                inside.append(1)
                most.append(len(inside))
                time.sleep(0.0002)
                inside.pop()

    threads = [threading.Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(most) == 1
    assert len(most) == 300


def test_the_hurried_go_before_the_patient(turns):
    order = []

    def go(name, *, patient):
        with turns.take(patient=patient):
            order.append(name)

    with turns.take():
        threads = [
            waiting(lambda: go("purge", patient=True)),
            waiting(lambda: go("report", patient=False)),
            waiting(lambda: go("another report", patient=False)),
        ]
    for thread in threads:
        thread.join()
    assert order[-1] == "purge"


def test_the_patient_do_not_starve(turns, monkeypatch):
    monkeypatch.setattr(module, "_PATIENCE_S", 0.1)
    over, done = threading.Event(), threading.Event()

    def hurry():
        while not over.is_set():
            with turns.take():
                time.sleep(0.005)

    def purge():
        with turns.take(patient=True):
            done.set()

    threads = [threading.Thread(target=hurry) for _ in range(4)]
    threads.append(threading.Thread(target=purge))
    for thread in threads:
        thread.start()
    assert done.wait(10)
    over.set()
    for thread in threads:
        thread.join()


def test_who_waits_too_long_goes_on_and_takes_no_turn_from_others(turns, monkeypatch):
    monkeypatch.setattr(module, "_LONGEST_S", 0.1)
    with turns.take():
        thread = waiting(lambda: _once(turns))
        thread.join(5)
        assert not thread.is_alive()
        late = waiting(lambda: _once(turns))
    late.join(5)
    with turns.take():
        pass


def _once(turns):
    with turns.take():
        pass


def test_a_writer_that_fails_gives_its_turn_back(turns):
    with pytest.raises(ZeroDivisionError), turns.take():
        raise ZeroDivisionError
    with turns.take():
        pass
