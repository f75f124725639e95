"""More rows in the store, and more gates on it."""

from __future__ import annotations

from bench.speed.figures import Figure, Goal
from bench.speed.session import Session


def growth(session: Session) -> list[Figure]:
    del session
    goal = Goal(must=1.2, aim=1.2, at_most=True)
    what = "processor time of a report, 1,000,000 stored rows against 1,000"
    return [_not_measured("growth", what, "times", goal, "not built yet")]


def gates(session: Session) -> list[Figure]:
    del session
    goal = Goal(must=5, aim=5, at_most=True)
    what = "4 gates on one PostgreSQL: what waits for another gate, of a report's cost"
    return [_not_measured("gates", what, "%", goal, "gates do not share a PostgreSQL store yet")]


def _not_measured(row: str, what: str, unit: str, goal: Goal, why: str) -> Figure:
    return Figure(row=row, what=what, unit=unit, value=None, goal=goal, note=why)
