"""Statistics to share, as a person at the command line gets them.

In:  settings, a clock, k.
Out: the complete calendar months (UTC) of the last two years that have something to tell.
SECURITY: the questions are fixed. A month is counted once; from then on it is told as it was, with
     the k it had. Entered before anything is shown.
FAILS: ``KeyProblem`` without the log's key; ``StoreUnavailable``; ``OtherK``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rufgate.audited.log import Clock, audit_of, looked, open_rows
from rufgate.audited.reports import AuditedReports, reports_in
from rufgate.review.told_months import ToldMonths
from rufgate.settings import slices
from rufgate.settings.schema import Settings
from rufgate.store.audit import Audit
from rufgate.store.audit_entries import Action
from rufgate.store.published import PublishedMonths


class AuditedStatistics:
    """The statistics of one installation."""

    def __init__(self, months: ToldMonths, audit: Audit, clock: Clock) -> None:
        self._months = months
        self._audit = audit
        self._clock = clock

    def told(self, k: int | None, read: Callable[[], None]) -> dict[str, Any]:
        """All months; ``read`` sees to it that each report has its verdict."""
        told = self._months.told(k, self._clock(), lambda _last: read())
        looked(self._audit, Action.STATISTICS_PUBLISHED, count=len(told["months"]))
        return told


def open_statistics(settings: Settings, clock: Clock) -> tuple[AuditedStatistics, AuditedReports]:
    """The statistics, and the reports that are to be read for their verdict first."""
    engine = open_rows(settings, clock)
    audit = audit_of(settings, engine, clock)
    months = ToldMonths(PublishedMonths(engine), slices.domain_names(settings))
    return AuditedStatistics(months, audit, clock), reports_in(engine, settings, clock)
