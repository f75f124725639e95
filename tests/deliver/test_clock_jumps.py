"""The wall clock jumps while copies wait and leases run: nothing is stuck, nothing goes out twice.

Real store, real worker; the clocks are arguments.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from rufgate.deliver.courier import Deferred, Delivered
from rufgate.deliver.steady import SteadyClock
from rufgate.deliver.worker import DeliveryWorker, WorkerPlan
from rufgate.store.engine import open_store
from rufgate.store.outbox import LONGEST_WAIT, CopyState, Outbox
from rufgate.store.reports import ReportStore
from tests.deliver.test_worker import Log
from tests.store.full_report import RECEIVED, sanitized

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LEASE = timedelta(seconds=60)
SOON = timedelta(minutes=2)  # longer than the first interval


class Times:
    """A wall clock that can be set, and a counter that cannot."""

    def __init__(self) -> None:
        self.wall, self.count = RECEIVED, 0.0

    def pass_by(self, time: timedelta) -> None:
        self.wall += time
        self.count += time.total_seconds()


class Courier:
    """Counts, and ends as it is told."""

    def __init__(self) -> None:
        self.end: Deferred | Delivered = Delivered()
        self.tried: list[bytes] = []

    async def send(self, item):
        self.tried.append(item.address)
        return self.end


class Desk:
    """A worker of one gate on a store."""

    def __init__(self, engine, times: Times) -> None:
        self.courier = Courier()
        self.worker = DeliveryWorker(
            Outbox(engine),
            self.courier,
            address_of=lambda name: f"{name}@soc.example",
            clock=SteadyClock(lambda: times.wall, lambda: times.count),
            chance=lambda: 1.0,
            log=Log(),
            plan=WorkerPlan(lease=LEASE),
        )

    async def drain(self) -> int:
        return await self.worker.drain()


@pytest.fixture
def engine(tmp_path):
    engine = open_store(f"sqlite:///{tmp_path / 'rufgate.db'}")
    yield engine
    engine.dispose()


@pytest.fixture
def times():
    return Times()


def record(engine, count: int, times: Times) -> None:
    for number in range(count):
        report = sanitized("one", fingerprint=str(number), received_at=times.wall)
        ReportStore(engine).record(report)


async def test_an_hour_back_holds_no_copy_up(engine, times):
    """Neither one that waits for its next attempt, nor one that has not been tried yet."""
    desk = Desk(engine, times)
    record(engine, 1, times)
    desk.courier.end = Deferred("connect")
    assert await desk.drain() == 1
    ReportStore(engine).record(sanitized("two", fingerprint="two", received_at=times.wall))
    times.wall -= HOUR
    desk.courier.end = Delivered()
    times.pass_by(SOON)
    assert await desk.drain() == 2
    assert Outbox(engine).counts() == {CopyState.DELIVERED: 2}


async def test_a_gate_that_starts_after_the_jump_waits_no_longer_than_the_longest_interval(
    engine, times
):
    desk = Desk(engine, times)
    record(engine, 20, times)
    desk.courier.end = Deferred("connect")
    for _ in range(8):  # the intervals grow
        times.pass_by(LONGEST_WAIT)
        await desk.drain()
    times.wall -= DAY
    late = Desk(engine, times)
    assert await late.drain() == 20  # by a clock that was ahead, so due
    assert await late.drain() == 0


async def test_a_lease_of_a_clock_that_was_ahead_is_not_waited_for(engine, times):
    record(engine, 1, times)
    Outbox(engine).claim(times.wall, LEASE, 1)  # its holder dies
    times.wall -= DAY
    assert await Desk(engine, times).drain() == 1


async def test_clocks_that_differ_a_little_take_nothing_from_each_other(engine, times):
    record(engine, 1, times)
    Outbox(engine).claim(times.wall, LEASE, 1)  # by a host whose clock is ahead
    times.wall -= timedelta(minutes=5)
    assert await Desk(engine, times).drain() == 0


async def test_a_day_forward_sends_each_copy_once(engine, times):
    """All that wait are due at once, and each is tried once more; then the intervals hold again."""
    desk = Desk(engine, times)
    record(engine, 30, times)
    desk.courier.end = Deferred("connect")
    assert await desk.drain() == 30
    times.wall += DAY
    assert await desk.drain() == 30
    assert await desk.drain() == 0
    times.wall -= DAY
    desk.courier.end = Delivered()
    assert await desk.drain() == 30  # set by the clock that was ahead
    assert await desk.drain() == 0
    assert len(desk.courier.tried) == 90
    assert Outbox(engine).counts() == {CopyState.DELIVERED: 30}


async def test_a_day_forward_while_two_gates_send_repeats_what_is_under_way_at_most(engine, times):
    """The other gate takes it for abandoned: at-least-once, four copies, no storm."""
    record(engine, 30, times)
    slow, other = Desk(engine, times), Desk(engine, times)
    gone_on = asyncio.Event()
    send = slow.courier.send

    async def held(item):
        await gone_on.wait()
        return await send(item)

    slow.courier.send = held
    sending = asyncio.create_task(slow.drain())
    while Outbox(engine).counts().get(CopyState.CLAIMED) != 4:  # noqa: ASYNC110 - a row has no event
        await asyncio.sleep(0.01)
    times.wall += DAY
    assert await other.drain() == 30
    gone_on.set()
    await sending
    assert len(other.courier.tried) + len(slow.courier.tried) <= 34
    assert Outbox(engine).counts() == {CopyState.DELIVERED: 30}


def test_the_steady_clock_follows_forward_and_not_back(times):
    clock = SteadyClock(lambda: times.wall, lambda: times.count)
    times.pass_by(HOUR)
    assert clock() == RECEIVED + HOUR
    times.wall -= HOUR
    times.count += 60
    assert clock() == RECEIVED + HOUR + timedelta(minutes=1)
    times.wall += DAY
    assert clock() == RECEIVED + DAY
    times.wall -= DAY
    assert clock() == RECEIVED  # further back than the longest wait: the leap forward was the error
