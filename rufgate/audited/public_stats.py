"""Statistics to share, as a person at the command line gets them.

In:  settings, a clock, k.
Out: the complete calendar months (UTC) of the last two years that have something to tell.
SECURITY: the questions are fixed. A month is counted once; from then on it is told as it was, with
     the k it had. Entered before anything is shown.
FAILS: ``KeyProblem`` without the log's key; ``StoreUnavailable``; ``OtherK``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, timedelta
from typing import Any, Final

from rufgate.audited.log import Clock, audit_of, looked, open_rows
from rufgate.audited.reports import AuditedReports, reports_in
from rufgate.review.public_stats import (
    DEFAULT_K,
    OTHER_DOMAIN,
    Atom,
    Fact,
    atoms,
    mechanism_of,
    tables,
    values,
)
from rufgate.review.verdict import Guess
from rufgate.settings.schema import Settings
from rufgate.store.audit import Audit
from rufgate.store.audit_entries import Action
from rufgate.store.published import Counted, Figures, Published, PublishedMonths, month_of

# Figures are kept for longer than that, so that no month is ever counted twice.
MONTHS: Final = 24


class OtherK(Exception):  # noqa: N818 - an answer for who asks
    """Months were told with another k; ``str()`` says which."""


class AuditedStatistics:
    """The statistics of one installation."""

    def __init__(
        self, months: PublishedMonths, domains: Sequence[str], audit: Audit, clock: Clock
    ) -> None:
        self._months = months
        self._values = values(name.lower() for name in domains)
        self._audit = audit
        self._clock = clock

    def told(self, k: int | None, read: Callable[[], None]) -> dict[str, Any]:
        """All months; ``read`` sees to it that each report has its verdict.

        Without ``k`` it is that of the month told last.
        """
        known, at = self._months.all(), self._clock()
        wanted = list(_complete_months(at.astimezone(UTC).date()))
        mine = [known[month_of(first)] for first, _ in wanted if month_of(first) in known]
        fewest = k or (mine[0].k if mine else DEFAULT_K)
        other = sorted({one.k for one in mine if k is not None and one.k != k})
        if other:
            raise OtherK(f"months were told with --k {other[0]}, and stay so: ask with that one")
        new = [days for days in wanted if month_of(days[0]) not in known]
        if new:
            read()
            self._months.keep([self._counted(*days, fewest) for days in new], at)
            known = self._months.all()
        told = [_told(known[month_of(first)]) for first, _ in reversed(wanted)]
        told = [month for month in told if month["reports"]]
        looked(self._audit, Action.STATISTICS_PUBLISHED, count=len(told))
        period = {"from": month_of(wanted[-1][0]), "to": month_of(wanted[0][0])}
        return {"schema_version": 1, "k": fewest, **period, "months": told}

    def _counted(self, first: date, last: date, k: int) -> Published:
        facts = map(self._fact, self._months.counted(first, last))
        figures = [[list(atom.cell), atom.reports] for atom in atoms(facts, self._values, k)]
        return Published(month=month_of(first), k=k, figures=figures)

    def _fact(self, one: Counted) -> Fact:
        guesses, domains, _ = self._values
        return Fact(
            guess=one.guess if one.guess in guesses else Guess.UNCLEAR.value,
            domain=one.owner if one.owner in domains else OTHER_DOMAIN,
            mechanism=mechanism_of(one.failing).value,
            recipients=one.recipients,
        )


def open_statistics(settings: Settings, clock: Clock) -> tuple[AuditedStatistics, AuditedReports]:
    """The statistics, and the reports that are to be read for their verdict first."""
    engine = open_rows(settings, clock)
    audit = audit_of(settings, engine, clock)
    domains = [entry.name for entry in settings.domains]
    statistics = AuditedStatistics(PublishedMonths(engine), domains, audit, clock)
    return statistics, reports_in(engine, settings, clock)


def _told(month: Published) -> dict[str, Any]:
    return {"month": month.month, "k": month.k, **tables(_atoms(month.figures))}


def _atoms(figures: Figures) -> Iterator[Atom]:
    return (Atom(cell=tuple(cell), reports=count) for cell, count in figures)


def _complete_months(today: date) -> Iterator[tuple[date, date]]:
    """First and last day of each, the latest first."""
    last = today.replace(day=1) - timedelta(days=1)
    for _ in range(MONTHS):
        first = last.replace(day=1)
        yield first, last
        last = first - timedelta(days=1)
