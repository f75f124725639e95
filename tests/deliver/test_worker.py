"""The delivery loop: real store, real SMTP peers, a clock of our own."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from datetime import timedelta

import pytest

from rufgate.deliver.backoff import Backoff
from rufgate.deliver.courier import Deferred, Delivered, Refused, RelayConfig, SmtpCourier
from rufgate.deliver.worker import DeliveryWorker, WorkerPlan
from rufgate.store.engine import StoreUnavailable, open_store
from rufgate.store.outbox import CopyState, Outbox
from rufgate.store.reports import ReportStore
from rufgate.store.scrub import compact
from tests.deliver.peers import Sink, smtp_peer
from tests.store.full_report import RECEIVED, sanitized


class Clock:
    def __init__(self):
        self.now = RECEIVED

    def __call__(self):
        return self.now


class Log:
    """Remembers all, as text, so that a test can look for what must not be there."""

    def __init__(self):
        self.lines = []

    def info(self, event, **keys):
        self.lines.append((event, keys))

    warning = info

    @property
    def events(self):
        return [event for event, _ in self.lines]


class ScriptedCourier:
    """Ends as told, in turn; the last end is kept. An exception is raised."""

    def __init__(self, *ends):
        self.ends, self.sent = list(ends), []

    async def send(self, item):
        self.sent.append(item.address)
        end = self.ends.pop(0) if len(self.ends) > 1 else self.ends[0]
        if isinstance(end, BaseException):
            raise end
        return end


ADDRESSES = {"one": "one@soc.example", "two": "two@soc.example"}


class Setting:
    """A store with a worker on it."""

    def __init__(self, path, courier, **plan):
        self.url = f"sqlite:///{path}"
        self.engine = open_store(self.url)
        self.outbox = Outbox(self.engine)
        self.clock, self.log = Clock(), Log()
        self.worker = DeliveryWorker(
            self.outbox,
            courier,
            address_of=ADDRESSES.get,
            clock=self.clock,
            chance=lambda: 1.0,
            log=self.log,
            plan=WorkerPlan(**plan),
        )

    def record(self, *analysts, **how):
        ReportStore(self.engine).record(sanitized(*analysts, **how))

    def states(self):
        return {entry.analyst: entry.state for entry in self.outbox.list()}


@pytest.fixture
def setting(tmp_path):
    made = []

    def make(courier, **plan):
        made.append(Setting(tmp_path / "rufgate.db", courier, **plan))
        return made[-1]

    yield make
    for one in made:
        one.engine.dispose()


def relay(peer: Sink) -> SmtpCourier:
    config = RelayConfig(hostname="gate.example", relay=f"127.0.0.1:{peer.port}", tls="none")
    return SmtpCourier(config)


@contextlib.asynccontextmanager
async def running(worker):
    stop = asyncio.Event()
    task = asyncio.create_task(worker.run(stop))
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait_for(task, 10)


async def until(condition, seconds=10.0):
    for _ in range(int(seconds / 0.02)):
        if condition():
            return
        await asyncio.sleep(0.02)
    pytest.fail("did not happen in time")


async def test_each_analyst_gets_a_copy_in_a_transaction_of_its_own(setting, tmp_path):
    async with smtp_peer() as peer:
        here = setting(relay(peer))
        here.record("one", "two")
        assert await here.worker.drain() == 2
    assert sorted(mail.recipients for mail in peer.mails) == [
        ["one@soc.example"],
        ["two@soc.example"],
    ]
    assert here.states() == {"one": CopyState.DELIVERED, "two": CopyState.DELIVERED}
    assert compact(here.engine)
    assert b"mark-copy" not in (tmp_path / "rufgate.db").read_bytes()


async def test_a_temporary_refusal_is_tried_again_when_due(setting):
    async with smtp_peer(Sink(answers={"RCPT": "451 4.7.1 later"})) as peer:
        here = setting(relay(peer))
        here.record("one")
        await here.worker.drain()
        assert here.states() == {"one": CopyState.PENDING}
        assert here.outbox.list()[0].reason == "4.7.1"
        del peer.answers["RCPT"]
        here.clock.now += timedelta(seconds=59)
        assert await here.worker.drain() == 0
        here.clock.now += timedelta(seconds=1)
        assert await here.worker.drain() == 1
    assert here.states() == {"one": CopyState.DELIVERED}
    assert len(peer.mails) == 1


async def test_a_permanent_refusal_is_parked_and_the_others_go_on(setting):
    async with smtp_peer(Sink(answers={"RCPT": "550 5.1.1 who is one@soc.example"})) as peer:
        here = setting(relay(peer))
        here.record("one")
        await here.worker.drain()
        here.clock.now += timedelta(days=1)
        assert await here.worker.drain() == 0
    (entry,) = here.outbox.list()
    assert (entry.state, entry.reason) == (CopyState.PARKED, "5.1.1")
    assert "soc.example" not in str(here.log.lines)


async def test_after_five_days_a_deferred_copy_is_parked(setting):
    here = setting(ScriptedCourier(Deferred("connect")))
    here.record("one")
    tries = 0
    while here.states() == {"one": CopyState.PENDING}:
        tries += await here.worker.drain()
        here.clock.now += timedelta(hours=2)
    assert here.outbox.list()[0].reason == "connect"
    assert timedelta(days=5) <= here.clock.now - RECEIVED < timedelta(days=6)
    assert 50 < tries < 80


async def test_an_analyst_who_is_no_longer_configured_is_parked_unsent(setting):
    courier = ScriptedCourier(Delivered())
    here = setting(courier)
    here.record("gone")
    await here.worker.drain()
    (entry,) = here.outbox.list()
    assert (entry.state, entry.reason) == (CopyState.PARKED, "no_such_analyst")
    assert courier.sent == []


async def test_a_courier_that_fails_unexpectedly_defers_without_its_words(setting):
    here = setting(ScriptedCourier(ValueError("secret alice@example.com"), Delivered()))
    here.record("one")
    await here.worker.drain()
    assert here.states() == {"one": CopyState.PENDING}
    assert "alice" not in str(here.log.lines)
    assert ("courier_failed", "ValueError") in [
        (event, keys.get("error")) for event, keys in here.log.lines
    ]
    here.clock.now += timedelta(minutes=2)
    await here.worker.drain()
    assert here.states() == {"one": CopyState.DELIVERED}


async def test_a_recorded_report_wakes_the_sleeping_loop(setting):
    courier = ScriptedCourier(Delivered())
    here = setting(courier, poll_s=60.0)
    async with running(here.worker):
        await asyncio.sleep(0.1)
        here.record("one")
        here.worker.wake()
        await until(lambda: courier.sent)


async def test_without_a_wake_up_the_poll_finds_it(setting):
    courier = ScriptedCourier(Delivered())
    here = setting(courier, poll_s=0.05)
    async with running(here.worker):
        await asyncio.sleep(0.1)
        here.record("one")
        await until(lambda: courier.sent)


async def test_the_loop_survives_a_store_that_is_away(setting):
    courier = ScriptedCourier(Delivered())
    here = setting(courier, poll_s=0.05)
    blocker = here.engine.raw_connection()
    here.record("one")
    with here.engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA busy_timeout=20")
        other = blocker.driver_connection
        other.execute("BEGIN IMMEDIATE")
    async with running(here.worker):
        await until(lambda: "outbox_unavailable" in here.log.events)
        other.execute("ROLLBACK")
        await until(lambda: courier.sent)
    blocker.close()


async def test_stopping_finishes_what_is_being_sent(setting):
    async with smtp_peer(Sink(delay_s=0.5)) as peer:
        here = setting(relay(peer), poll_s=60.0)
        here.record("one")
        async with running(here.worker):
            await until(lambda: peer.sessions)
        assert here.states() == {"one": CopyState.DELIVERED}


async def test_a_slow_delivery_keeps_its_lease(setting):
    """Sending takes longer than the lease; a second worker must not send it too."""
    async with smtp_peer(Sink(delay_s=1.0)) as peer:
        here = setting(relay(peer), lease=timedelta(seconds=0.3))
        here.record("one")
        drained = asyncio.create_task(here.worker.drain())
        for _ in range(9):
            await asyncio.sleep(0.1)
            here.clock.now += timedelta(seconds=0.1)
            assert here.outbox.claim(here.clock.now, timedelta(seconds=60), 1) == ()
        await drained
    assert len(peer.mails) == 1


async def test_a_worker_killed_while_sending_loses_nothing(setting):
    """kill -9 between DATA and the answer: the copy goes out again after the lease."""
    async with smtp_peer(Sink(delay_s=30.0)) as slow, smtp_peer() as peer:
        here = setting(relay(peer))
        here.record("one")
        victim = await asyncio.create_subprocess_exec(
            sys.executable, "-c", VICTIM, here.url, str(slow.port)
        )
        await until(lambda: here.states() == {"one": CopyState.CLAIMED} and slow.sessions, 30)
        victim.kill()
        await victim.wait()
        assert await here.worker.drain() == 0
        here.clock.now += timedelta(seconds=61)
        assert await here.worker.drain() == 1
    assert len(peer.mails) == 1
    assert here.states() == {"one": CopyState.DELIVERED}


VICTIM = """
import asyncio, logging, sys
from datetime import datetime, UTC
from rufgate.deliver.courier import RelayConfig, SmtpCourier
from rufgate.deliver.worker import DeliveryWorker
from rufgate.store.engine import open_store
from rufgate.store.outbox import Outbox

class Log:
    def info(self, event, **keys): pass
    warning = info

config = RelayConfig(hostname="gate.example", relay=f"127.0.0.1:{sys.argv[2]}", tls="none")
worker = DeliveryWorker(
    Outbox(open_store(sys.argv[1])), SmtpCourier(config), address_of=lambda name: "one@soc.example",
    clock=lambda: datetime(2026, 3, 10, 12, 0, tzinfo=UTC), chance=lambda: 0.5, log=Log())
asyncio.run(worker.drain())
"""


async def test_two_workers_share_an_outbox_without_sending_twice(setting):
    async with smtp_peer() as peer:
        first, second = setting(relay(peer)), setting(relay(peer))
        for number in range(12):
            first.record("one", "two", fingerprint=f"f{number}")
        counts = await asyncio.gather(first.worker.drain(), second.worker.drain())
    assert sum(counts) == 24
    assert len(peer.mails) == 24


async def test_every_refusal_kind_has_its_state(setting):
    here = setting(ScriptedCourier(Refused("5.7.1"), Deferred("tls"), Delivered()), at_once=1)
    for number in range(3):
        here.record(
            "one", fingerprint=f"f{number}", received_at=RECEIVED + timedelta(seconds=number)
        )
    here.clock.now += timedelta(seconds=5)
    await here.worker.drain()
    assert sorted(entry.state for entry in here.outbox.list()) == [
        CopyState.DELIVERED,
        CopyState.PARKED,
        CopyState.PENDING,
    ]
    assert here.log.events.count("copy_parked") == 1


def test_the_schedule_can_be_shortened_for_a_demonstration():
    plan = WorkerPlan(backoff=Backoff(first=timedelta(seconds=1)))
    assert plan.backoff.first == timedelta(seconds=1)
    assert plan.lease == timedelta(seconds=60)


async def test_a_store_that_fails_after_sending_is_asked_again_and_the_copy_goes_out_once(setting):
    courier = ScriptedCourier(Delivered())
    here = setting(courier, settle_again_s=0.01)
    here.record("one")
    settle, fails = here.outbox.settle_delivered, iter(range(3))

    def failing(*given):
        if next(fails, None) is not None:
            raise StoreUnavailable
        settle(*given)

    here.outbox.settle_delivered = failing
    async with running(here.worker):
        await until(lambda: here.states()["one"] is CopyState.DELIVERED)
    assert courier.sent == ["one@soc.example"]
    assert here.log.events.count("copy_not_settled") == 3


async def test_a_worker_that_is_stopped_does_not_wait_for_a_store_that_fails(setting):
    here = setting(ScriptedCourier(Delivered()), settle_again_s=0.01)
    here.record("one")

    def failing(*given):
        raise StoreUnavailable

    here.outbox.settle_delivered = failing
    async with running(here.worker):
        await until(lambda: "copy_not_settled" in here.log.events)
    assert here.states()["one"] is CopyState.CLAIMED  # its lease brings it back
