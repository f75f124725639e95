"""What the rules of retention cover, counted now and then: over many reports it takes seconds.

In:  the store, rules, a clock.
Out: ``Counted``: the rules with their counts, and when these were taken.
SECURITY: counts and days only. A count is shown with its time, so an old one is never taken for a
     new one; where there are few reports it is always taken anew.
FAILS: ``StoreUnavailable``.

The gate counts at start, each hour and behind each purge (``gate_retention.py``); between these the
pages show the last count, unless somebody asks for a new one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Final, final

from sqlalchemy import Engine, func, select

from rufgate.govern.matrix import RuleState, matrix
from rufgate.govern.rules import RetentionRule
from rufgate.store.engine import reading
from rufgate.store.schema import reports

EVERY: Final = timedelta(hours=1)
_FEW: Final = 1000  # reports, counted in less time than a page may take


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """The rules, each with what it covered at that moment."""

    at: datetime
    states: tuple[RuleState, ...]


@final
class CountedRules:
    """The last count, kept by one process; safe for threads."""

    def __init__(
        self,
        engine: Engine,
        rules: Iterable[RetentionRule],
        clock: Callable[[], datetime],
        few: int = _FEW,
    ) -> None:
        self._engine = engine
        self._rules = tuple(rules)
        self._clock = clock
        self._few = few
        self._last: Counted | None = None
        self._one_at_a_time = Lock()

    def shown(self) -> Counted:
        """The last count; a new one where there is none yet, or where it takes no time."""
        last = self._last
        return last if last is not None and not self._are_few() else self.count()

    def count(self) -> Counted:
        """A new one."""
        with self._one_at_a_time:
            at = self._clock()
            self._last = Counted(at=at, states=matrix(self._engine, self._rules, at))
            return self._last

    def keep_fresh(self) -> None:
        """A new one where the last is an hour old, or the clock was put back behind it."""
        last = self._last
        if last is None or abs(self._clock() - last.at) >= EVERY:
            self.count()

    def _are_few(self) -> bool:
        some = select(reports.c.id).limit(self._few + 1).subquery()
        with reading(self._engine) as connection:
            return connection.execute(select(func.count()).select_from(some)).scalar_one() <= (
                self._few
            )
