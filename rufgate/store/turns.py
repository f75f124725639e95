"""Whose turn it is to write: what somebody waits for goes before what can wait.

In:  one ``Turns`` for each engine of this process.
Out: ``take()``: the writer's turn, held until the block ends.
FAILS: never. Who has waited too long goes on and lets the database decide.

SQLite's own lock knows no queue: who waits for it looks again after pauses of up to 100 ms, so that
a purge that takes it often makes others wait for many of its steps. Writers of one process wait
here instead, and are woken at once; other processes wait at the lock as before.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_LONGEST_S: Final = 5.0  # as long as SQLite itself waits for its lock
_PATIENCE_S: Final = 1.0  # so long the patient stand back; then they are as others


class Turns:
    """The turns of one engine's writers."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._is_taken = False
        self._hurried = 0

    @contextmanager
    def take(self, *, patient: bool = False) -> Iterator[None]:
        """Wait for the turn; the ``patient`` let everybody else go first."""
        mine = self._wait(patient=patient)
        try:
            yield
        finally:
            if mine:
                with self._changed:
                    self._is_taken = False
                    self._changed.notify_all()

    def _wait(self, *, patient: bool) -> bool:
        """Whether the turn was to be had in time."""
        began = time.monotonic()
        with self._changed:
            self._hurried += not patient
            while self._is_taken or (patient and self._hurried):
                waited = time.monotonic() - began
                if waited > _LONGEST_S or not self._changed.wait(_LONGEST_S - waited):
                    break
                if patient and waited > _PATIENCE_S and not self._is_taken:
                    break
            self._hurried -= not patient
            if self._is_taken:
                return False
            self._is_taken = True
            return True
