"""Background work in small slices: what a reporter waits for is done between them.

In:  the share of a processor that the work may take.
Out: ``rest()``: called often, it sleeps as soon as a slice is used up.
FAILS: never.

A thread that computes without end makes each step of a report wait for the interpreter's lock, and
a report takes dozens of steps. Counted is what this thread computed, not what it waited for.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

_SLICE_S: Final = 0.003
_LONGEST_REST_S: Final = 1.0

Rest = Callable[[], None]


def no_rest() -> None:
    """Nobody waits for anything."""


class Pace:
    """That of one thread; make it in the thread that works."""

    def __init__(self, share: float = 0.2) -> None:
        self._rests_per_s = 1 / share - 1
        self._since = time.thread_time()

    def rest(self) -> None:
        """Something small is done."""
        worked = time.thread_time() - self._since
        if worked >= _SLICE_S:
            time.sleep(min(_LONGEST_REST_S, worked * self._rests_per_s))
            self._since = time.thread_time()
