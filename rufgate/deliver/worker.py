"""Claims copies, sends them, settles them: the loop that empties the outbox.

In:  the outbox, a courier, a clock, chance; ``address_of`` names an analyst's address now,
     ``destination_of`` whose servers take copies for an address.
Out: settled copies; ``log`` gets ids, codes and counts, ``on_settled`` each copy and the end of
     a try: ``delivered``, ``deferred`` or ``parked``. It is called in a thread.
SECURITY: neither content nor address nor a remote word is logged.
FAILS: an exception leaves the copy claimed or puts it back; the loop goes on. A store that fails
     after a copy was sent is asked again until it has noted that, or the copy would go out twice.
     A worker that dies stops extending its leases, and another takes the copies up.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Literal, Protocol

from rufgate.deliver.backoff import Backoff
from rufgate.deliver.courier import Courier, Deferred, Delivered, OutboundCopy, Outcome, Refused
from rufgate.store.engine import StoreUnavailable
from rufgate.store.outbox import Outbox, OutboxItem


class Log(Protocol):
    """The part of a structlog logger that is used here."""

    def info(self, event: str, **keys: object) -> object:
        """Something went as it should."""
        ...

    def warning(self, event: str, **keys: object) -> object:
        """Something wants attention."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkerPlan:
    """How the loop paces itself. A lease is extended thrice in its time while a copy is sent."""

    lease: timedelta = timedelta(seconds=60)
    poll_s: float = 5.0
    settle_again_s: float = 1.0  # while the store cannot note what became of a copy
    at_once: int = 4  # to one destination
    in_all: int = 64
    backoff: Backoff = field(default_factory=Backoff)


def _ignore(_item: OutboxItem, _result: str) -> None:
    """Nobody counts."""


def _one_for_all(_address: str) -> str:
    """All copies go to one server."""
    return ""


@dataclass(slots=True)
class _Lane:
    """What is under way to one destination: those beyond its places wait, under their leases."""

    places: asyncio.Semaphore
    count: int = 0
    analysts: set[str] = field(default_factory=set)


class DeliveryWorker:
    """One loop; several may run, in one process or in many.

    Each destination has its own places, so that a slow one holds up nobody else's copies.
    """

    def __init__(  # noqa: PLR0913 - the parts it is wired from, each named at the call
        self,
        outbox: Outbox,
        courier: Courier,
        *,
        address_of: Callable[[str], str | None],
        clock: Callable[[], datetime],
        chance: Callable[[], float],
        log: Log,
        on_settled: Callable[[OutboxItem, str], None] = _ignore,
        destination_of: Callable[[str], str] = _one_for_all,
        plan: WorkerPlan = WorkerPlan(),
    ) -> None:
        self._outbox = outbox
        self._courier = courier
        self._address_of = address_of
        self._clock = clock
        self._chance = chance
        self._log = log
        self._on_settled = on_settled
        self._destination_of = destination_of
        self._plan = plan
        self._woken = asyncio.Event()
        self._lanes: dict[str, _Lane] = {}
        self._under_way: dict[asyncio.Task[None], OutboxItem] = {}
        self._endings = 0
        self._may_be_more = False
        self._is_stopping = False

    def wake(self) -> None:
        """There is something to send: do not wait for the next poll. Call it in the loop."""
        self._woken.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop`` is set; what is being sent then is finished."""
        stopping = asyncio.ensure_future(stop.wait())
        stopping.add_done_callback(self._on_stop)
        async with self._leases():
            try:
                while not stop.is_set():
                    if not await self._top_up():
                        await self._idle(stopping)
                if self._under_way:
                    await asyncio.wait(self._under_way)
            finally:
                stopping.cancel()

    async def drain(self) -> int:
        """Send what is due now, once; how many copies were tried."""
        tried = 0
        async with self._leases():
            while (claimed := await self._top_up()) or self._under_way or self._may_be_more:
                tried += claimed
                if not claimed and self._under_way:
                    await asyncio.wait(self._under_way, return_when=asyncio.FIRST_COMPLETED)
        return tried

    async def _top_up(self) -> int:
        """Claim some more copies and start them; how many."""
        self._woken.clear()
        plan, full, ended = self._plan, self._full(), self._endings
        if len(self._under_way) >= plan.in_all:
            return 0
        try:
            items = await asyncio.to_thread(
                self._outbox.claim, self._clock(), plan.lease, plan.at_once, but=full
            )
        except Exception as error:  # noqa: BLE001 - outermost loop: the leases bring the copies back
            self._say(error)
            self._may_be_more = False  # as far as we know: the next poll asks again
            return 0
        self._may_be_more = bool(full) or len(items) == plan.at_once
        if full and ended != self._endings:  # a place became free while we asked without it
            self._woken.set()
        for item in items:
            self._start(item)
        return len(items)

    def _full(self) -> set[str]:
        """The analysts at whose destination as many copies are under way as may be."""
        lanes = (lane for lane in self._lanes.values() if lane.count >= self._plan.at_once)
        return {analyst for lane in lanes for analyst in lane.analysts}

    def _start(self, item: OutboxItem) -> None:
        address = self._address_of(item.analyst) if item.analyst else None
        name = self._destination_of(address) if address else ""
        lane = self._lanes.setdefault(name, _Lane(asyncio.Semaphore(self._plan.at_once)))
        lane.count += 1
        if item.analyst:
            lane.analysts.add(item.analyst)
        task = asyncio.create_task(self._through(lane, item, address))
        self._under_way[task] = item
        task.add_done_callback(partial(self._ended, name))

    async def _through(self, lane: _Lane, item: OutboxItem, address: str | None) -> None:
        async with lane.places:
            await self._deliver(item, address)

    def _ended(self, name: str, task: asyncio.Task[None]) -> None:
        del self._under_way[task]
        lane = self._lanes[name]
        lane.count -= 1
        self._endings += 1
        if self._may_be_more:
            self._woken.set()
        if not lane.count:
            del self._lanes[name]
        if not task.cancelled() and (error := task.exception()) is not None:
            self._say(error)

    def _say(self, error: BaseException) -> None:
        kind = type(error).__name__
        if isinstance(error, StoreUnavailable):
            self._log.warning("outbox_unavailable", error=kind)
        else:
            self._log.warning("delivery_failed", error=kind)

    @asynccontextmanager
    async def _leases(self) -> AsyncIterator[None]:
        """The leases of what is under way are held; who is cancelled lets go of all of it."""
        keeper = asyncio.ensure_future(self._keep())
        try:
            yield
        finally:
            keeper.cancel()
            for task in self._under_way:
                task.cancel()

    async def _keep(self) -> None:
        """Sending takes its time (RFC 5321 section 4.5.3.2: minutes)."""
        while True:
            await asyncio.sleep(self._plan.lease.total_seconds() / 3)
            items = list(self._under_way.values())
            with suppress(StoreUnavailable):  # the next third of the lease is another chance
                await asyncio.to_thread(self._outbox.extend, items, self._clock(), self._plan.lease)

    async def _deliver(self, item: OutboxItem, address: str | None) -> None:
        outcome = await self._send(item, address)
        while True:
            try:
                await asyncio.to_thread(self._settle, item, outcome)
            except StoreUnavailable as error:
                if self._is_stopping:
                    raise
                self._log.warning("copy_not_settled", copy=str(item.id), error=type(error).__name__)
                await asyncio.sleep(self._plan.settle_again_s)
            else:
                return

    def _on_stop(self, _stopping: object) -> None:
        self._is_stopping = True

    async def _send(self, item: OutboxItem, address: str | None) -> Outcome:
        if address is None:
            return Refused("no_such_analyst")
        try:
            return await self._courier.send(OutboundCopy(address=address, content=item.content))
        except Exception as error:  # noqa: BLE001 - outermost loop: re-queue, whatever it was
            self._log.warning("courier_failed", copy=str(item.id), error=type(error).__name__)
            return Deferred("internal")

    def _settle(self, item: OutboxItem, outcome: Outcome) -> None:
        now = self._clock()
        match outcome:
            case Delivered():
                self._outbox.settle_delivered(item.id, now)
                self._on_settled(item, "delivered")
                self._log.info("copy_delivered", copy=str(item.id), attempts=item.attempts)
            case Refused(reason):
                self._park(item, now, reason)
            case Deferred(reason):
                self._defer(item, now, reason)

    def _defer(self, item: OutboxItem, now: datetime, reason: str) -> None:
        due = self._plan.backoff.next_due(
            item.attempts, created_at=item.created_at, now=now, chance=self._chance()
        )
        if due is None:
            self._park(item, now, reason)
            return
        self._outbox.defer(item.id, due, now, reason, claim=item.claim)
        self._on_settled(item, "deferred")
        self._log.info("copy_deferred", copy=str(item.id), reason=reason, attempts=item.attempts)

    def _park(self, item: OutboxItem, now: datetime, reason: str) -> None:
        self._outbox.park(item.id, now, reason, claim=item.claim)
        self._on_settled(item, "parked")
        self._log.warning("copy_parked", copy=str(item.id), reason=reason, attempts=item.attempts)

    async def _idle(self, stopping: asyncio.Future[Literal[True]]) -> None:
        """Until somebody wakes us, a copy has ended where more may wait, the next poll, the end."""
        woken = asyncio.ensure_future(self._woken.wait())
        ends: set[asyncio.Future[Any]] = {woken, stopping}
        await asyncio.wait(ends, timeout=self._plan.poll_s, return_when=asyncio.FIRST_COMPLETED)
        woken.cancel()
