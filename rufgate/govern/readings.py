"""Whether a reading of the clock is good enough to delete by.

In:  the last day the store knows of; then each reading with that of a clock that only counts on.
Out: yes, or no: forgetting waits for the next reading, which confirms it or not.
FAILS: never. A wrong reading deletes nothing by itself; one that stays for an hour is believed,
     since nothing here could tell it from the truth.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

_APART: Final = timedelta(minutes=10)  # what a clock may be put right by without a question
_IDLE: Final = timedelta(days=7)  # since the store's newest report, as a gate starts


class Readings:
    """Those of one process. Times that go back are believed: by them less is due, not more."""

    def __init__(self, newest: datetime | None) -> None:
        self._newest = newest
        self._last: tuple[datetime, float] | None = None

    def believes(self, now: datetime, count: float) -> bool:
        """``count`` is in seconds."""
        expected = self._expected(count)
        self._last = now, count
        return expected is None or now <= expected

    def _expected(self, count: float) -> datetime | None:
        """The latest reading that is no surprise."""
        if self._last is None:
            return None if self._newest is None else self._newest + _IDLE
        before, then = self._last
        return before + timedelta(seconds=count - then) + _APART
