"""The running gate reads what it has recorded: verdicts and campaigns.

In:  a ``Reviewer``; that something was recorded.
Out: rows of ``reviews``, a few seconds behind the reports.
FAILS: never; trouble is said in the log, and the next report or the next hour tries again.
"""

from __future__ import annotations

import asyncio
import time
from typing import Final

from structlog.typing import FilteringBoundLogger

from rufgate.review.reviewer import Reviewer

_AT_MOST_EVERY_S: Final = 2.0  # in a storm, many reports are read in one go
_AT_LEAST_EVERY_S: Final = 3600.0
_BATCH: Final = 20
_LONGEST_REST_S: Final = 1.0


class GateReview:
    """Reads in a thread of its own, one run at a time."""

    def __init__(self, reviewer: Reviewer, log: FilteringBoundLogger) -> None:
        self._reviewer = reviewer
        self._log = log
        self._is_due = asyncio.Event()

    def wake(self) -> None:
        """Something was recorded."""
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
        try:
            pace = _Pace()
            await asyncio.to_thread(
                self._reviewer.run, pace.rest, is_over=stopping.is_set, batch=_BATCH
            )
        except Exception as error:  # noqa: BLE001 - outermost loop: reports come in without it
            self._log.warning("review_failed", error_type=type(error).__name__)


class _Pace:
    """Rests after each batch for twice as long as it took: reports come in meanwhile."""

    def __init__(self) -> None:
        self._since = time.monotonic()

    def rest(self, _count: int) -> None:
        """A batch is done."""
        time.sleep(min(_LONGEST_REST_S, 2 * (time.monotonic() - self._since)))
        self._since = time.monotonic()
