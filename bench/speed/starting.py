"""From the start to listening, and memory while nothing happens."""

from __future__ import annotations

import statistics
import time

from bench.speed.figures import Figure, Goal
from bench.speed.processes import MIB, CannotMeasure
from bench.speed.session import Session

_IDLE_S = 3.0


def start(session: Session) -> list[Figure]:
    """A gate of tier ``text`` with an empty store. The first start is not counted: cold disk."""
    times, spent, memory, why = [], [], [], ""
    program = session.targets.make("text")  # the same each time, as an installation is
    for number in range(session.rounds + 1):
        session.say(f"start: {number} of {session.rounds}")
        try:
            taken = program.start()
            used = program.processor_s()
            time.sleep(0.2 if session.plan.quick else _IDLE_S)
            if number:
                times.append(taken)
                spent.append(used)
                memory.append(program.pss() / MIB)
        except CannotMeasure as reason:
            why = str(reason)
        finally:
            program.stop()
    soon, small = Goal(must=8, aim=5, at_most=True), Goal(must=500, aim=400, at_most=True)
    return [
        _figure("start to listening, warm disk", "s", times, soon, why),
        _figure("the same, processor time", "s", spent, None, why),
        _figure("memory idle, all models, 2 workers", "MiB", memory, small, why),
    ]


def _figure(what: str, unit: str, values: list[float], goal: Goal | None, why: str) -> Figure:
    if not values:
        return Figure(row="start", what=what, unit=unit, value=None, goal=goal, note=why)
    return Figure(
        row="start", what=what, unit=unit, value=statistics.median(values), goal=goal,
        low=min(values), high=max(values),
    )  # fmt: skip
