"""When retention runs: every hour, or once a day in a quiet hour.

In:  the hour (UTC) of ``[govern] quiet_hour``, or None; the time of each hourly look.
Out: whether to run now.
FAILS: never. A run is never put off by more than a day: a process that has not run yet, or not
     for a day (a run that failed, too), does not wait for the hour.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_AT_THE_LATEST = timedelta(days=1)


class QuietHour:
    """Of one process, which looks about once an hour."""

    def __init__(self, hour: int | None) -> None:
        self._hour = hour
        self._ran: datetime | None = None

    def is_now(self, now: datetime) -> bool:
        """Whether to run at ``now``."""
        if self._hour is None or self._ran is None or now < self._ran:
            return True
        return now.astimezone(UTC).hour == self._hour or now - self._ran >= _AT_THE_LATEST

    def ran(self, now: datetime) -> None:
        """A run has come to its end."""
        self._ran = now
