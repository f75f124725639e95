"""Background work rests for longer than it computes, and by what it computed."""

from __future__ import annotations

import time

from rufgate.store.pace import Pace


def compute(seconds):
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


def test_it_rests_for_as_long_as_its_share_demands():
    pace, began = Pace(share=0.2), time.monotonic()
    for _ in range(50):
        compute(0.001)
        pace.rest()
    assert time.monotonic() - began >= 4 * 0.045  # the last slice may not have been full


def test_what_it_waited_for_is_not_counted():
    pace = Pace(share=0.01)
    time.sleep(0.1)
    began = time.thread_time(), time.monotonic()
    pace.rest()
    assert time.monotonic() - began[1] < 5
    compute(0.005)
    pace.rest()
    assert time.monotonic() - began[1] >= 0.49
