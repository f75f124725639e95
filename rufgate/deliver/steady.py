"""A clock for waiting by: it follows the wall clock, but does not follow it back.

In:  the wall clock, and one that only counts on.
Out: the time of day, for due times and leases.
FAILS: never. When the wall clock is set back, waiting copies would wait as much longer; this one
     goes on as if nothing had happened. Its lead is bounded, so that a clock that was days ahead
     for a moment does not stay so here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from rufgate.store.outbox import LONGEST_WAIT


class SteadyClock:
    """One for a process's delivery."""

    def __init__(
        self,
        wall: Callable[[], datetime],
        counter: Callable[[], float],
        *,
        at_most_ahead: timedelta = LONGEST_WAIT,
    ) -> None:
        self._wall = wall
        self._counter = counter
        self._at_most_ahead = at_most_ahead
        self._time = wall()
        self._count = counter()

    def __call__(self) -> datetime:
        """Now."""
        wall, count = self._wall(), self._counter()
        steady = self._time + timedelta(seconds=count - self._count)
        leads = wall < steady <= wall + self._at_most_ahead
        self._time, self._count = (steady if leads else wall), count
        return self._time
