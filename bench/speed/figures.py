"""Figures of one run, and what they must reach.

In:  what was measured in turns, round by round.
Out: ``Figure``: a number with its goal, its spread, and how it came about.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.speed.client import Outcome


@dataclass(frozen=True, kw_only=True)
class Goal:
    """What a figure must reach, and what is aimed at."""

    must: float
    aim: float
    at_most: bool = False

    def reached(self, value: float, wanted: float) -> bool:
        return value <= wanted if self.at_most else value >= wanted


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One line of the table. Without a ``value`` it was not measured, and ``note`` says why."""

    row: str
    what: str
    unit: str
    value: float | None
    goal: Goal | None = None
    low: float | None = None  # of single rounds
    high: float | None = None
    note: str = ""
    parts: dict[str, Any] = field(default_factory=dict)

    @property
    def verdict(self) -> str:
        """In a word, how it stands to its goal."""
        if self.value is None:
            return "not measured"
        if self.goal is None:
            return "-"
        if self.goal.reached(self.value, self.goal.aim):
            return "aim"
        return "must" if self.goal.reached(self.value, self.goal.must) else "missed"


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One load on one server."""

    outcome: Outcome
    processor_s: float

    @property
    def processor_ms(self) -> float:
        """For each accepted message."""
        return self.processor_s * 1000 / max(1, self.outcome.accepted)


Series = Sequence[Turn]
"""The turns of one server, a round each."""


def rate(turn: Turn) -> float:
    return turn.outcome.per_second


def processor_ms(turn: Turn) -> float:
    return turn.processor_ms


def late(turn: Turn) -> float:
    return turn.outcome.p99


def median(series: Series, of: Callable[[Turn], float]) -> float:
    return statistics.median(map(of, series))


def ratio(
    row: str,
    what: str,
    unit: str,
    pair: tuple[Series, Series],
    of: Callable[[Turn], float] = rate,
    goal: Goal | None = None,
) -> Figure:
    """Median of the first over that of the second; the lowest and highest of single rounds."""
    ours, base = pair
    rounds = [of(one) / of(other) for one, other in zip(ours, base, strict=True) if of(other)]
    if not rounds:
        return Figure(row=row, what=what, unit=unit, value=None, goal=goal, note="nothing accepted")
    return Figure(
        row=row, what=what, unit=unit, goal=goal, note=_note(ours, base, of),
        value=median(ours, of) / median(base, of), low=min(rounds), high=max(rounds),
    )  # fmt: skip


def _note(ours: Series, base: Series, of: Callable[[Turn], float]) -> str:
    """A rate depends on who else uses the cores; processor time hardly does."""
    words = refusals(ours, base)
    if of is not rate or not (mine := median(ours, processor_ms)):
        return words
    speed = f"by processor time {median(base, processor_ms) / mine:.3g}"
    return "; ".join(filter(None, (speed, words)))


def refusals(*all_series: Series) -> str:
    """What was not accepted, in words; "" where all was."""
    refused: Counter[str] = Counter()
    for series in all_series:
        for turn in series:
            refused.update(turn.outcome.refused)
    return ", ".join(f"{count} times {what}" for what, count in refused.items())


def details(series: dict[str, Series]) -> dict[str, Any]:
    """What a reader wants to know of each server, as JSON can hold it."""
    return {
        name: {
            "accepted_per_s": round(median(turns, rate), 2),
            "processor_ms": round(median(turns, processor_ms), 2),
            "p50_ms": round(median(turns, lambda turn: turn.outcome.p50) * 1000, 2),
            "p99_ms": round(median(turns, late) * 1000, 2),
            "refused": refusals(turns),
        }
        for name, turns in series.items()
    }
