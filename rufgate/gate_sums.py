"""What a gate took, refused and sent, added up for the audit log.

In:  outcomes, one by one, from any thread.
Out: their numbers since the last time.
SECURITY: codes, and names of analysts as they are configured; nothing of a report or a client.
FAILS: never.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping


class Sums:
    """Numbers that wait to be entered. A gate that is killed loses those of its last hour."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._outcomes: Counter[str] = Counter()
        self._forwards: Counter[str] = Counter()

    def took(self, recorded: str) -> None:
        """A report was recorded, or counted on a row that was there, or counted and dropped."""
        with self._lock:
            self._outcomes[recorded] += 1

    def refused(self, code: int, enhanced: str) -> None:
        """A reply that was no success."""
        with self._lock:
            self._outcomes[f"{code} {enhanced}".strip()] += 1

    def sent(self, analyst: str | None, tier: str, result: str) -> None:
        """An attempt to deliver a copy ended; those whose analyst is forgotten tell nothing."""
        if analyst is not None:
            with self._lock:
                self._forwards[f"{analyst} {tier} {result}"] += 1

    def take(self) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """Outcomes and forwards since the last time."""
        with self._lock:
            taken = dict(self._outcomes), dict(self._forwards)
            self._outcomes, self._forwards = Counter(), Counter()
            return taken

    def put_back(self, outcomes: Mapping[str, int], forwards: Mapping[str, int]) -> None:
        """They could not be entered."""
        with self._lock:
            self._outcomes.update(outcomes)
            self._forwards.update(forwards)
