"""A report beside a thousand stored ones, and beside a million."""

from __future__ import annotations

import shutil
import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Final

from bench.speed.client import Load
from bench.speed.figures import Figure, Goal, details, ratio
from bench.speed.filling import filled
from bench.speed.processes import CannotMeasure, Program
from bench.speed.session import Session
from bench.speed.targets import Targets

_FEW: Final = 1000
_TURN: Final = Load(count=600, seconds=120)
_TIER: Final = "metadata"  # the least work beside the store's
_READ_S: Final = 180
_BUSY: Final = 0.02  # of a core, over some seconds
_LOOK_S: Final = 4.0


def growth(session: Session) -> list[Figure]:
    """The same reports to a gate with a thousand stored reports, and to one with a million."""
    few, many = _stores(session)
    names = {"few": f"{_FEW:,} stored", "many": f"{session.plan.stored:,} stored"}
    for name, file in (("few", few), ("many", many)):
        session.targets.adopt(name, _TIER, file)
        _until_idle(session.targets[name])
    series = session.turns("growth", dict.fromkeys(names, _TURN), salt=8, settled=_settled)
    goal = Goal(must=1.2, aim=1.2, at_most=True)
    what = f"processor time of a report, {session.plan.stored:,} stored against {_FEW:,}"
    pair = series["many"], series["few"]
    spent = ratio("growth", what, "times", pair, lambda turn: turn.processor_ms, goal)
    rate = ratio("growth", "the same, reports a second", "times", pair)
    parts = details({names[name]: turns for name, turns in series.items()})
    return [replace(spent, parts=parts), rate]


def _stores(session: Session) -> tuple[Path, Path]:
    """One that a gate has filled, and one that is multiplied from it."""
    few, many = session.folder / "few.db", session.folder / "many.db"
    count = 30 if session.plan.quick else _FEW
    session.say(f"growth: {count} reports by SMTP")
    with session.targets.fresh(_TIER) as program:
        load = Load(count=count, seconds=300).salted(session.plan.salt, 899)
        session.tools.send(program.port, load)
        store = session.targets.store_of(program)
        _until_read(store)
    shutil.copy(store, few)  # the gate has ended: nothing is left in its write-ahead log
    filled(few, many, session.plan.stored, session.say)
    return few, many


def _until_idle(program: Program) -> None:
    """A gate that has just started looks through its store once: that is no report's cost."""
    end = time.monotonic() + _READ_S
    while time.monotonic() < end:
        before = program.processor_s()
        time.sleep(_LOOK_S)
        if program.processor_s() - before < _BUSY * _LOOK_S:
            return
    raise CannotMeasure("the gate does not come to rest")


def _settled(program: Program) -> None:
    """Reports are reviewed some seconds after they came: that is part of what they cost."""
    _until_read(Targets.store_of(program))


def _until_read(store: Path) -> None:
    end = time.monotonic() + _READ_S
    with closing(sqlite3.connect(store)) as connection:
        while time.monotonic() < end:
            read = connection.execute("SELECT count(*) FROM reviews").fetchone()
            if read == connection.execute("SELECT count(*) FROM reports").fetchone():
                return
            time.sleep(0.5)
    raise CannotMeasure("reports were not reviewed in time")
