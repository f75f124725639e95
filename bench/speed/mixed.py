"""Large reports, and what they and hostile ones do to others."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from dataclasses import replace

from bench.speed.client import Load
from bench.speed.figures import Figure, Goal, Series, Turn, details, late, ratio
from bench.speed.generate import Shape
from bench.speed.processes import CannotMeasure, Peak, Program
from bench.speed.session import UNIQUE, Session

TEN_MB = Shape(attached=7_300_000)
SMALL = Shape(size=8_000, text=800, markup=False)
HOSTILE = Shape(size=24_000, hostile=20_000, markup=False)
_AT_ONCE = 2
_BESIDE_S = 8.0


def large(session: Session) -> list[Figure]:
    load = Load(count=8, sessions=_AT_ONCE, distinct=4, shape=TEN_MB)
    loads = {
        "naive": replace(load, count=4, distinct=2),
        "bare": load,
        "text": replace(load, count=24, distinct=12),
    }
    series = session.turns("10 MB reports", loads, salt=4)
    pair = series["text"], series["bare"]
    what = "10 MB reports with an attachment, tier `text`"
    figure = ratio("large", what, "times bare", pair, goal=Goal(must=5, aim=6))
    return [replace(figure, parts=details(series)), *_memory(session)]


def _memory(session: Session) -> list[Figure]:
    """Servers of their own: memory that an earlier report left behind would hide the growth."""
    unit, grown = "times its size", dict[str, list[float]]()
    rows = {
        "text": (
            "the same, memory that a message in flight takes",
            Goal(must=2, aim=1.5, at_most=True),
        ),
        "bare": ("the same of bare", None),
    }
    try:
        for number in range(min(3, session.rounds)):
            for name in rows:
                session.say(f"memory of 10 MB reports: round {number + 1}, {name}")
                with session.targets.fresh(name) as program:
                    grown.setdefault(name, []).append(_growth(session, program, number))
    except CannotMeasure as why:
        return [
            Figure(row="large", what=what, unit=unit, value=None, goal=goal, note=str(why))
            for what, goal in rows.values()
        ]
    return [
        Figure(
            row="large", what=what, unit=unit, value=statistics.median(grown[name]), goal=goal,
            low=min(grown[name]), high=max(grown[name]),
        )
        for name, (what, goal) in rows.items()
    ]  # fmt: skip


def _growth(session: Session, program: Program, number: int) -> float:
    """Of the whole tree, for each message that is under way, in times its size."""
    warm = Load(count=8, shape=Shape(seed=9)).salted(session.plan.salt, number)
    session.tools.send(program.port, warm)
    load = Load(count=6, sessions=_AT_ONCE, shape=TEN_MB).salted(session.plan.salt, number)
    with Peak(program.pid) as peak:
        outcome = session.tools.send(program.port, load)
    return (peak.most - peak.before) / _AT_ONCE / outcome.size


def beside(session: Session) -> list[Figure]:
    """20 small reports a second, few of them different, while two senders send 10 MB each."""
    small = Load(count=160, rate=20, sessions=30, distinct=5, seconds=_BESIDE_S, shape=SMALL)
    big = Load(count=100_000, sessions=2, distinct=3, seconds=60, shape=TEN_MB)
    series = _beside(session, ("bare", "text"), small, big, salt=5)
    goal = Goal(must=0.5, aim=0.1, at_most=True)
    pair = series["text"], series["bare"]
    what = "small reports beside two 10 MB senders: p99"
    figure = ratio("beside", what, "times bare", pair, late, goal)
    return [replace(figure, parts=details(series))]


def hostile(session: Session) -> list[Figure]:
    """Unique reports at 30 % of capacity, with and without a sender of ``a.a.a...`` beside them."""
    pace = 0.3 * session.capacity()
    others = replace(
        UNIQUE, count=max(10, int(pace * _BESIDE_S)), rate=pace, sessions=40, seconds=_BESIDE_S
    )
    alone = session.turns("others alone", {"text": others}, salt=6)["text"]
    attack = Load(count=10_000, sessions=1, distinct=40, seconds=60, shape=HOSTILE)
    attacked = _beside(session, ("text",), others, attack, salt=7)["text"]
    goal = Goal(must=2, aim=1.2, at_most=True)
    what = "others' p99 beside a sender of hostile 20 KB texts (`a.a.a...`)"
    figure = ratio("hostile", what, "times alone", (attacked, alone), late, goal)
    return [replace(figure, parts=details({"alone": alone, "beside hostile": attacked}))]


def _beside(
    session: Session, names: Sequence[str], load: Load, other: Load, salt: int
) -> dict[str, Series]:
    """Turns of ``load`` while ``other`` is sent to the same server."""
    found: dict[str, list[Turn]] = {name: [] for name in names}
    for number in range(session.rounds):
        for name in names:
            session.say(f"side by side: round {number + 1} of {session.rounds}, {name}")
            program, turn = session.targets[name], 100 * salt + number
            background = other.salted(session.plan.salt, turn)
            with session.tools.beside(program.port, background):
                time.sleep(3)  # until it has made its reports and sends
                salted = session.load(load).salted(session.plan.salt, turn)
                found[name].append(session.turn(program, salted))
    return {name: tuple(turns) for name, turns in found.items()}
