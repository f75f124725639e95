"""Parts of the gate by themselves: receiving without redaction, parsing without receiving."""

from __future__ import annotations

import json
import statistics
import subprocess
from dataclasses import replace

from bench.speed.client import Load
from bench.speed.figures import Figure, Goal, details, ratio
from bench.speed.generate import Shape
from bench.speed.processes import CannotMeasure, environment, python
from bench.speed.session import Session

_SIZES = (
    ("30 KB", Load(count=2000, sessions=10, distinct=40), Goal(must=2.5, aim=3.3)),
    (
        "1 MB",
        Load(count=120, sessions=4, distinct=4, shape=Shape(size=1_000_000)),
        Goal(must=8, aim=10),
    ),
)


def receive(session: Session) -> list[Figure]:
    figures = []
    for place, (size, load, goal) in enumerate(_SIZES):
        series = session.turns(
            f"receiving {size}", dict.fromkeys(("bare", "receiver"), load), place
        )
        pair = series["receiver"], series["bare"]
        figure = ratio("receive", f"receiving alone, {size}", "times bare", pair, goal=goal)
        figures.append(replace(figure, parts=details(series)))
    return figures


def parse(session: Session) -> list[Figure]:
    """By processor time, in processes of their own: importing is no part of it."""
    count = 5 if session.plan.quick else 60
    found: dict[str, list[float]] = {"rufgate": [], "parsedmarc": []}
    what, unit, goal = "parse alone", "times parsedmarc", Goal(must=5, aim=15)
    try:
        for number in range(session.rounds):
            for name, speeds in found.items():
                session.say(f"parse alone: round {number + 1} of {session.rounds}, {name}")
                speeds.append(_parsed_per_s(name, count, session.plan.salt * 1000 + number))
    except CannotMeasure as why:
        return [Figure(row="parse", what=what, unit=unit, value=None, goal=goal, note=str(why))]
    each = [ours / theirs for ours, theirs in zip(*found.values(), strict=True)]
    medians = {name: statistics.median(speeds) for name, speeds in found.items()}
    figure = Figure(
        row="parse", what=what, unit=unit, goal=goal, low=min(each), high=max(each),
        value=medians["rufgate"] / medians["parsedmarc"],
        parts={name: {"parsed_per_processor_s": round(one, 1)} for name, one in medians.items()},
    )  # fmt: skip
    return [figure]


def _parsed_per_s(name: str, count: int, seed: int) -> float:
    done = subprocess.run(
        python("bench.speed.parsing", name, str(count), str(seed)),
        capture_output=True,
        text=True,
        env=environment(),
        check=False,
        timeout=300,
    )
    if done.returncode:
        raise CannotMeasure(done.stderr.strip().rpartition("\n")[2] or f"{name} failed")
    return float(json.loads(done.stdout))
