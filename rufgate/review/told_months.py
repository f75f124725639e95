"""The months of statistics to share, for whoever may ask: told once, then told the same.

In:  the months that were told, the names of the own domains, k, the time.
Out: the complete calendar months (UTC) of the last two years that have something to tell.
SECURITY: the questions are fixed. A month is counted once; from then on it is told as it was, with
     the k it had. Whoever calls this enters the look.
FAILS: ``StoreUnavailable``; ``OtherK``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, final

from rufgate.review.public_stats import (
    DEFAULT_K,
    OTHER_DOMAIN,
    TABLES,
    Atom,
    Fact,
    atoms,
    mechanism_of,
    tables,
    values,
)
from rufgate.review.verdict import Guess
from rufgate.store.published import Counted, Figures, Published, PublishedMonths, month_of

# Figures are kept for longer than that, so that no month is ever counted twice.
MONTHS: Final = 24
COLUMNS: Final = ("month", "by", "value", "reports")


class OtherK(Exception):  # noqa: N818 - an answer for who asks
    """Months were told with another k; ``str()`` says which."""


@final
class ToldMonths:
    """The statistics of one store."""

    def __init__(self, months: PublishedMonths, domains: Iterable[str]) -> None:
        self._months = months
        self._values = values(name.lower() for name in domains)

    def told(self, k: int | None, at: datetime, read: Callable[[date], None]) -> dict[str, Any]:
        """All months; ``read`` sees to it that each report up to a day has its verdict.

        Without ``k`` it is that of the month told last.
        """
        known = self._months.all()
        wanted = list(_complete_months(at.astimezone(UTC).date()))
        mine = [known[month_of(first)] for first, _ in wanted if month_of(first) in known]
        fewest = k or (mine[0].k if mine else DEFAULT_K)
        other = sorted({one.k for one in mine if k is not None and one.k != k})
        if other:
            raise OtherK(f"months were told with --k {other[0]}, and stay so: ask with that one")
        new = [days for days in wanted if month_of(days[0]) not in known]
        if new:
            read(new[0][1])
            self._months.keep([self._counted(*days, fewest) for days in new], at)
            known = self._months.all()
        told = [_told(known[month_of(first)]) for first, _ in reversed(wanted)]
        period = {"from": month_of(wanted[-1][0]), "to": month_of(wanted[0][0])}
        months = [month for month in told if month["reports"]]
        return {"schema_version": 1, "k": fewest, **period, "months": months}

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


def rows_of(told: Mapping[str, Any]) -> list[dict[str, Any]]:
    """As one table: each figure with its month, what it is told by, and the value."""
    return [
        {"month": month["month"], "by": name, "value": value, "reports": count}
        for month in told["months"]
        for name, figures in (("", {"": month["reports"]}), *((n, month[n]) for n in TABLES))
        for value, count in figures.items()
    ]


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
