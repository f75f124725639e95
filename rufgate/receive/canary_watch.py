"""Flies canaries at an interval and on request, and stops forwarding when one is found.

In:  a ``Canary``, the runs of the store, whose turn it is among several gates, a clock, a log.
Out: the outcome of each run in the store; alarms in the log.
SECURITY: a find is written down before anything else is done, again and again until it is; the
     outbox gives nothing out from that commit on.
FAILS: never: trouble of the canary is a warning, and the next run is tried in its turn.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol
from uuid import UUID

from rufgate.receive.canary import Canary, Verdict
from rufgate.store.canary import CanaryRuns, RunState
from rufgate.store.engine import StoreUnavailable

_AGAIN_S: Final = 1.0
_PAUSE_S: Final = 30.0


class Log(Protocol):
    """The part of a structlog logger that is used here."""

    def info(self, event: str, **keys: object) -> object:
        """Something went as it should."""
        ...

    def warning(self, event: str, **keys: object) -> object:
        """Something wants attention."""
        ...

    def error(self, event: str, **keys: object) -> object:
        """An alarm."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class CanaryPlan:
    """When canaries fly; ``every_s`` 0 is on request only."""

    every_s: float
    first_after_s: float = 60.0
    poll_s: float = 2.0  # for requests and acknowledgements, which come through the store


class CanaryWatch:
    """The loop of a running gate."""

    def __init__(  # noqa: PLR0913 - the parts it is wired from, each named at the call
        self,
        canary: Canary,
        runs: CanaryRuns,
        *,
        plan: CanaryPlan,
        turn: Callable[[], AbstractContextManager[bool]],
        clock: Callable[[], datetime],
        log: Log,
        on_resumed: Callable[[], None],
    ) -> None:
        self._canary = canary
        self._runs = runs
        self._plan = plan
        self._turn_of_ours = turn
        self._clock = clock
        self._log = log
        self._on_resumed = on_resumed
        self._was_stopped = False
        self._pause_s = plan.poll_s

    async def recover(self) -> None:
        """Before the gate opens: remove what a killed run left, say whether forwarding stands.

        A store that is locked just then holds nothing up: the next run does the same.
        """
        try:
            async with self._our_turn() as is_ours:
                if is_ours:
                    await self._sweep()
                    await asyncio.to_thread(self._runs.interrupt, self._clock())
            await self._tell()
        except StoreUnavailable as error:
            self._log.warning("canary_not_cleaned", error=type(error).__name__)

    async def sweep(self) -> None:
        """Remove rows of a run that was cut short, where there are any and they are nobody's."""
        try:
            async with self._our_turn() as is_ours:
                if is_ours:
                    await self._sweep()
        except StoreUnavailable as error:
            self._log.warning("canary_not_cleaned", error=type(error).__name__)

    @asynccontextmanager
    async def _our_turn(self) -> AsyncIterator[bool]:
        """False while another gate on this store flies its canary, whose rows are not ours."""
        turn = self._turn_of_ours()
        is_ours = await asyncio.to_thread(turn.__enter__)
        try:
            yield is_ours
        finally:
            await asyncio.to_thread(turn.__exit__, None, None, None)

    async def _sweep(self) -> None:
        if await self._canary.has_left_rows():
            await self._canary.clean()

    async def run(self, stop: asyncio.Event) -> None:
        """Until ``stop`` is set, or cancelled, which cuts a run short."""
        due = time.monotonic() + self._plan.first_after_s
        stopping = asyncio.ensure_future(stop.wait())
        try:
            while not stop.is_set():
                due = await self._turn(due)
                await asyncio.wait({stopping}, timeout=self._pause_s)
        finally:
            stopping.cancel()

    async def _turn(self, due: float) -> float:
        """What there is to do now; when the next canary is due. After trouble it waits longer."""
        self._pause_s = self._plan.poll_s
        try:
            is_due = self._plan.every_s > 0 and time.monotonic() >= due
            if is_due or await asyncio.to_thread(self._runs.is_requested):
                async with self._our_turn() as is_ours:
                    if is_ours:
                        due = await self._take_up(due, is_due=is_due)
            await self._tell()
        except Exception as error:  # noqa: BLE001 - outermost loop: the next turn goes on
            self._pause_s = _PAUSE_S
            self._log.warning("canary_failed", trouble="store", error_type=type(error).__name__)
        return due

    async def _take_up(self, due: float, *, is_due: bool) -> float:
        run_id = await asyncio.to_thread(self._runs.take)
        if run_id is None and is_due:
            run_id = await asyncio.to_thread(self._runs.begin, self._clock())
        if run_id is None:
            return due
        due = time.monotonic() + self._plan.every_s
        await self._carry_out(run_id)
        return due

    async def _carry_out(self, run_id: UUID) -> None:
        began = time.monotonic()
        verdict = Verdict(trouble="cut_short")
        try:
            await self._sweep()
            verdict = await self._canary.fly()
        except StoreUnavailable:
            verdict = Verdict(trouble="store_unavailable")
        except Exception as error:  # noqa: BLE001 - outermost loop: nothing of it stops the gate
            verdict = Verdict(trouble="internal")
            self._log.warning("canary_trouble", error_type=type(error).__name__)
        finally:
            if verdict.found:
                await self._stop_forwarding(run_id, verdict)
            if not await self._canary.clean():
                self._log.warning("canary_not_scrubbed")
        if not verdict.found:
            await self._note(run_id, verdict, round(time.monotonic() - began, 3))

    async def _stop_forwarding(self, run_id: UUID, verdict: Verdict) -> None:
        """Until the store has it: a leak that was seen must not be forgotten for a locked file."""
        while True:
            self._log.error("canary_found", run=run_id, places=list(verdict.found))
            try:
                await asyncio.to_thread(
                    self._runs.finish, run_id, self._clock(), RunState.FOUND, found=verdict.found
                )
            except StoreUnavailable:
                await asyncio.sleep(_AGAIN_S)
            else:
                return

    async def _note(self, run_id: UUID, verdict: Verdict, seconds: float) -> None:
        state = RunState.FAILED if verdict.trouble else RunState.PASSED
        if verdict.trouble:
            self._log.warning("canary_failed", run=run_id, trouble=verdict.trouble)
        else:
            self._log.info("canary_passed", run=run_id, seconds=seconds)
        await asyncio.to_thread(
            self._runs.finish, run_id, self._clock(), state, trouble=verdict.trouble
        )

    async def _tell(self) -> None:
        """Say it when forwarding has been stopped, or goes on, whoever did that."""
        status = await asyncio.to_thread(self._runs.status)
        if status.is_stopped and not self._was_stopped:
            self._log.error("forwarding_stopped", finds=len(status.finds))
        if self._was_stopped and not status.is_stopped:
            self._log.warning("forwarding_resumed")
            self._on_resumed()
        self._was_stopped = status.is_stopped
