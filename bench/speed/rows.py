"""The rows of the table: what each measures, against what, and its goal.

In:  a ``Session``.
Out: figures. The order is that of the table.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bench.speed import alone, growing, mixed, sharing, starting
from bench.speed.client import Load
from bench.speed.figures import Figure, Goal, details, late, ratio, refusals
from bench.speed.generate import Shape
from bench.speed.session import UNIQUE, Session

NAIVE = "times naive"
BARE = "times bare"
_TO_THE_END_S: Final = (
    150  # what is seen again comes late: a turn that is cut off would not show it
)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row, and which servers it compares by unique reports."""

    name: str
    measure: Callable[[Session], Sequence[Figure]]
    unique: tuple[str, ...] = ()


def unique(session: Session) -> list[Figure]:
    series = session.unique
    pair = series["text"], series["naive"]
    what = "unique 30 KB reports, 4 KB of text, tier `text`"
    figure = ratio("unique", what, NAIVE, pair, goal=Goal(must=2, aim=4))
    spent = ratio(
        "unique", "the same, processor time of a report", NAIVE, pair, lambda one: one.processor_ms
    )
    return [replace(figure, parts=details(series)), spent]


def near(session: Session) -> list[Figure]:
    shape = Shape(alike=0.9, campaigns=3)
    loads = {
        "naive": Load(count=32, shape=shape),
        "text": Load(count=200, shape=shape, seconds=_TO_THE_END_S),
    }
    series = session.turns("near-duplicates", loads, salt=1)
    what = "90 % near-duplicates of 3 campaigns, nothing cached, tier `text`"
    pair = series["text"], series["naive"]
    figure = ratio("near", what, NAIVE, pair, goal=Goal(must=20, aim=40))
    return [replace(figure, parts=details(series))]


def repeat(session: Session) -> list[Figure]:
    loads = {
        "naive": Load(count=32, sessions=16, distinct=10),
        "text": Load(count=400, sessions=16, distinct=10, seconds=_TO_THE_END_S),
    }
    series = session.turns("10 reports in turn", loads, salt=2)
    pair = series["text"], series["naive"]
    what = "10 distinct reports in turn, nothing cached, tier `text`"
    figure = ratio("repeat", what, NAIVE, pair, goal=Goal(must=60, aim=100))
    return [replace(figure, parts=details(series))]


def headers(session: Session) -> list[Figure]:
    pair = session.unique["headers"], session.unique["naive"]
    what = "unique 30 KB reports, tier `headers`"
    return [ratio("headers", what, NAIVE, pair, goal=Goal(must=15, aim=25))]


def metadata(session: Session) -> list[Figure]:
    pair = session.unique["metadata"], session.unique["bare"]
    what = "unique 30 KB reports, tier `metadata`"
    return [ratio("metadata", what, BARE, pair, goal=Goal(must=0.35, aim=0.5))]


def closed_loop(session: Session) -> list[Figure]:
    pair = session.unique["text"], session.unique["naive"]
    goal = Goal(must=0.5, aim=0.25, at_most=True)
    return [ratio("p99", "8 sessions, closed loop, unique: p99", NAIVE, pair, late, goal)]


def open_loop(session: Session) -> list[Figure]:
    pace = 0.6 * session.capacity()
    load = replace(UNIQUE, count=max(20, int(pace * 12)), rate=pace, sessions=40)
    series = session.turns("open loop", {"text": load}, salt=3)["text"]
    goal = Goal(must=4, aim=2.5, at_most=True)
    each = [turn.outcome.p99 / turn.outcome.p50 for turn in series]
    what = f"open loop at 60 % of own capacity ({pace:.0f} a second): p99"
    figure = Figure(
        row="open", what=what, unit="times its p50", goal=goal, note=refusals(series),
        value=statistics.median(each), low=min(each), high=max(each),
        parts=details({"text": series}),
    )  # fmt: skip
    return [figure]


ROWS: Final = (
    Row(name="unique", measure=unique, unique=("naive", "text")),
    Row(name="near", measure=near),
    Row(name="repeat", measure=repeat),
    Row(name="headers", measure=headers, unique=("naive", "headers")),
    Row(name="metadata", measure=metadata, unique=("bare", "metadata")),
    Row(name="large", measure=mixed.large),
    Row(name="receive", measure=alone.receive),
    Row(name="parse", measure=alone.parse),
    Row(name="p99", measure=closed_loop, unique=("naive", "text")),
    Row(name="open", measure=open_loop, unique=("text",)),
    Row(name="beside", measure=mixed.beside),
    Row(name="hostile", measure=mixed.hostile, unique=("text",)),
    Row(name="growth", measure=growing.growth),
    Row(name="gates", measure=sharing.gates),
    Row(name="start", measure=starting.start),
)
NAMES: Final = tuple(row.name for row in ROWS)


def servers(rows: Sequence[Row]) -> tuple[str, ...]:
    """Who takes part in the round of unique reports."""
    wanted = {name for row in rows for name in row.unique}
    order = ("naive", "bare", "metadata", "headers", "text")
    return tuple(name for name in order if name in wanted)
