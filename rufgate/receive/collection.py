"""Collection that ends on a day: what comes later for that domain is counted and dropped.

In:  the last day of each ``[[domains]]`` entry that has one; reports.
Out: whether a report is to be dropped; its count, on disk before it is answered 250.
SECURITY: of what is dropped a count for its hour is kept, nothing else. A report that is nobody's
     is never dropped here.
FAILS: ``StoreUnavailable``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date
from typing import Final

from sqlalchemy import Engine

from rufgate.sanitize.sanitized import SanitizedReport
from rufgate.store.drops import count_drop


class Collection:
    """The last days of one configuration, those of UTC; the day itself still counts in."""

    def __init__(
        self, last_days: Mapping[str, date], engine: Engine, on_dropped: Callable[[], None]
    ) -> None:
        self._last_days: Final = dict(last_days)
        self._engine = engine
        self._on_dropped = on_dropped

    def is_over(self, report: SanitizedReport) -> bool:
        """Whether ``report`` came after the last day of the domain whose report it is."""
        last = self._last_days.get(str(report.owner_domain))
        return last is not None and report.received_at.astimezone(UTC).date() > last

    def drop(self, report: SanitizedReport) -> None:
        """Count it."""
        count_drop(self._engine, report.received_at)
        self._on_dropped()
