"""When to try a copy again, and when to stop. Pure: time and chance are arguments.

Intervals double from a minute to two hours. A copy is given up after five days (RFC 5321
section 4.5.4.1), before retention takes its bytes on the seventh, so that somebody can still
``retry`` it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from rufgate.store.outbox import LONGEST_WAIT


@dataclass(frozen=True, kw_only=True, slots=True)
class Backoff:
    """A schedule of attempts."""

    first: timedelta = timedelta(minutes=1)
    cap: timedelta = LONGEST_WAIT
    give_up_after: timedelta = timedelta(days=5)

    def next_due(
        self, attempts: int, *, created_at: datetime | None, now: datetime, chance: float
    ) -> datetime | None:
        """When attempt ``attempts + 1`` is due; None: give up.

        ``chance`` in [0, 1) spreads each interval over its second half, so that copies that
        failed together do not come back together. Without ``created_at`` (its time was
        forgotten) only retention ends the attempts.
        """
        if created_at is not None and now - created_at >= self.give_up_after:
            return None
        doublings = min(max(attempts - 1, 0), 20)  # beyond any cap; keeps the product small
        interval = min(self.first * (1 << doublings), self.cap)
        return now + interval * (0.5 + chance / 2)
