"""The running gate reads what it has recorded: verdicts and campaigns.

In:  a ``Reviewer``; what was recorded.
Out: rows of ``reviews``, a few seconds behind the reports.
FAILS: never; trouble is said in the log, and the next report or the next hour tries again.

A gate reads what it has recorded itself. All reports are looked through at its start, every hour
and after trouble: a gate that was killed left some, and rules that are newer read all again.
"""

from __future__ import annotations

import asyncio
import time
from typing import Final
from uuid import UUID

from structlog.typing import FilteringBoundLogger

from rufgate.review.reviewer import Reviewer

_AT_MOST_EVERY_S: Final = 2.0  # in a storm, many reports are read in one go
_AT_LEAST_EVERY_S: Final = 3600.0
_BATCH: Final = 8
_LONGEST_REST_S: Final = 1.0
_MOST_NOTED: Final = 10_000  # ids; where more wait, all reports are looked through


class GateReview:
    """Reads in a thread of its own, one run at a time."""

    def __init__(self, reviewer: Reviewer, log: FilteringBoundLogger) -> None:
        self._reviewer = reviewer
        self._log = log
        self._is_due = asyncio.Event()
        self._noted: list[UUID] = []
        self._all_from = 0.0  # when all are looked through next; now, at the start

    def recorded(self, report_id: UUID) -> None:
        """This report has a row now."""
        if len(self._noted) < _MOST_NOTED:
            self._noted.append(report_id)
        else:
            self._all_from = 0.0
        self._is_due.set()

    async def run(self, stopping: asyncio.Event) -> None:
        """Until ``stopping``; first what was recorded before the start."""
        self._is_due.set()
        ended = asyncio.create_task(stopping.wait())
        while not stopping.is_set():
            due = asyncio.create_task(self._is_due.wait())
            waiting = {due, ended}
            await asyncio.wait(
                waiting, timeout=_AT_LEAST_EVERY_S, return_when=asyncio.FIRST_COMPLETED
            )
            due.cancel()
            if stopping.is_set():
                break
            self._is_due.clear()
            await self._read(stopping)
            await asyncio.wait({ended}, timeout=_AT_MOST_EVERY_S)
        ended.cancel()

    async def _read(self, stopping: asyncio.Event) -> None:
        noted, self._noted = self._noted, []
        now = time.monotonic()
        is_all = now >= self._all_from
        self._all_from = now + _AT_LEAST_EVERY_S if is_all else self._all_from
        try:
            if not await asyncio.to_thread(self._run, None if is_all else noted, stopping):
                self._put_off(noted, is_all=is_all)
        except Exception as error:  # noqa: BLE001 - outermost loop: reports come in without it
            self._all_from = 0.0
            self._log.warning("review_failed", error_type=type(error).__name__)

    def _put_off(self, noted: list[UUID], *, is_all: bool) -> None:
        """Until another gate has read its own."""
        self._noted = [*noted, *self._noted]
        self._all_from = 0.0 if is_all else self._all_from
        self._is_due.set()

    def _run(self, noted: list[UUID] | None, stopping: asyncio.Event) -> bool:
        """Whether it was this gate's turn: two at once would begin a campaign twice."""
        pace = _Pace()
        with self._reviewer.reviews.turn() as is_mine:
            if not is_mine:
                return False
            if noted is None:
                self._reviewer.run(pace.rest, is_over=stopping.is_set, batch=_BATCH)
            else:
                self._reviewer.run_among(noted, pace.rest, is_over=stopping.is_set, batch=_BATCH)
        return True


class _Pace:
    """Rests after each batch for four times as long as it took: reports come in meanwhile."""

    def __init__(self) -> None:
        self._since = time.monotonic()

    def rest(self, _count: int) -> None:
        """A batch is done."""
        time.sleep(min(_LONGEST_REST_S, 4 * (time.monotonic() - self._since)))
        self._since = time.monotonic()
