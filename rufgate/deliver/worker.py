"""Claims copies, sends them, settles them: the loop that empties the outbox.

In:  the outbox, a courier, a clock, chance; ``address_of`` names an analyst's address now.
Out: settled copies; ``log`` gets ids, codes and counts, ``on_settled`` each copy and the end of
     a try: ``delivered``, ``deferred`` or ``parked``. It is called in a thread.
SECURITY: neither content nor address nor a remote word is logged.
FAILS: an exception leaves the copy claimed or puts it back; the loop goes on. A store that fails
     after a copy was sent is asked again until it has noted that, or the copy would go out twice.
     A worker that dies stops extending its leases, and another takes the copies up.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, Protocol

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
    at_once: int = 4
    backoff: Backoff = field(default_factory=Backoff)


def _ignore(_item: OutboxItem, _result: str) -> None:
    """Nobody counts."""


class DeliveryWorker:
    """One loop; several may run, in one process or in many."""

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
        plan: WorkerPlan = WorkerPlan(),
    ) -> None:
        self._outbox = outbox
        self._courier = courier
        self._address_of = address_of
        self._clock = clock
        self._chance = chance
        self._log = log
        self._on_settled = on_settled
        self._plan = plan
        self._woken = asyncio.Event()
        self._is_stopping = False

    def wake(self) -> None:
        """There is something to send: do not wait for the next poll. Call it in the loop."""
        self._woken.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop`` is set; what is being sent then is finished."""
        stopping = asyncio.ensure_future(stop.wait())
        stopping.add_done_callback(self._on_stop)
        try:
            while not stop.is_set():
                if not await self._round():
                    await self._idle(stopping)
        finally:
            stopping.cancel()

    async def drain(self) -> int:
        """Send what is due now, once; how many copies were tried."""
        tried = 0
        while sent := await self._round():
            tried += sent
        return tried

    async def _round(self) -> int:
        """One claim with everything in it settled; how many copies that were."""
        self._woken.clear()
        try:
            items = await asyncio.to_thread(
                self._outbox.claim, self._clock(), self._plan.lease, self._plan.at_once
            )
            if items:
                await self._send_all(items)
        except StoreUnavailable as error:
            self._log.warning("outbox_unavailable", error=type(error).__name__)
            return 0
        except Exception as error:  # noqa: BLE001 - outermost loop: the leases bring the copies back
            self._log.warning("delivery_failed", error=type(error).__name__)
            return 0
        return len(items)

    async def _send_all(self, items: Sequence[OutboxItem]) -> None:
        keeper = asyncio.ensure_future(self._keep(items))
        try:
            ends = await asyncio.gather(
                *(self._deliver(item) for item in items), return_exceptions=True
            )
        finally:
            keeper.cancel()
        for end in ends:
            if isinstance(end, BaseException):
                raise end

    async def _keep(self, items: Sequence[OutboxItem]) -> None:
        """Hold the leases while sending takes its time (RFC 5321 section 4.5.3.2: minutes)."""
        while True:
            await asyncio.sleep(self._plan.lease.total_seconds() / 3)
            with suppress(StoreUnavailable):  # the next third of the lease is another chance
                await asyncio.to_thread(self._outbox.extend, items, self._clock(), self._plan.lease)

    async def _deliver(self, item: OutboxItem) -> None:
        outcome = await self._send(item)
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

    async def _send(self, item: OutboxItem) -> Outcome:
        address = self._address_of(item.analyst) if item.analyst else None
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
        """Until somebody wakes us, the next poll, or the end."""
        woken = asyncio.ensure_future(self._woken.wait())
        either: set[asyncio.Future[Literal[True]]] = {woken, stopping}
        await asyncio.wait(either, timeout=self._plan.poll_s, return_when=asyncio.FIRST_COMPLETED)
        woken.cancel()
