"""One run of the benchmark: servers in a folder, rounds, and a voice for progress.

In:  how many rounds, which salt, how much.
Out: turns of several servers, in turn, each round with reports that nobody has seen.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from bench.speed.client import Load
from bench.speed.figures import Series, Turn, median, rate
from bench.speed.loads import Tools
from bench.speed.processes import CannotMeasure, Program
from bench.speed.targets import Targets

_SETTLE_S = 0.3  # what a gate still does after its last answer belongs to the report
UNIQUE = Load(count=48)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What was asked for."""

    rows: tuple[str, ...]
    rounds: int = 5
    salt: int = 1
    quick: bool = False  # a few messages each: shows that it runs, measures nothing
    stored: int = 1_000_000  # rows of the large store


@dataclass(kw_only=True)
class Session:
    """The servers and the rounds of one run."""

    plan: Plan
    folder: Path
    tools: Tools
    say: Callable[[str], None]
    unique_servers: tuple[str, ...] = ()
    targets: Targets = field(init=False)

    def __post_init__(self) -> None:
        self.targets = Targets(self.folder, self.tools)

    @property
    def rounds(self) -> int:
        return self.plan.rounds

    def load(self, load: Load) -> Load:
        """``load``, or less of it in a quick run."""
        if not self.plan.quick:
            return load
        few = max(2, load.count // 12)
        return replace(load, count=few, sessions=min(load.sessions, few), seconds=load.seconds / 4)

    def turns(
        self,
        title: str,
        loads: Mapping[str, Load],
        salt: int = 0,
        settled: Callable[[Program], None] = lambda _: time.sleep(_SETTLE_S),
    ) -> dict[str, Series]:
        """Each load on its server, in turn, round by round.

        What a server does until ``settled`` counts as its processor time.
        """
        found: dict[str, list[Turn]] = {name: [] for name in loads}
        for name in loads:  # before any is measured, since to start takes both cores
            _ = self.targets[name]
        for number in range(self.rounds):
            for name, load in loads.items():
                self.say(f"{title}: round {number + 1} of {self.rounds}, {name}")
                salted = self.load(load).salted(self.plan.salt, 100 * salt + number)
                found[name].append(self.turn(self.targets[name], salted, settled))
        return {name: tuple(turns) for name, turns in found.items()}

    def turn(
        self,
        program: Program,
        load: Load,
        settled: Callable[[Program], None] = lambda _: time.sleep(_SETTLE_S),
    ) -> Turn:
        """One load, and the processor time it took of the server."""
        before = program.processor_s()
        try:
            outcome = self.tools.send(program.port, load)
        except CannotMeasure as why:
            self.say(f"once more, since {why}")
            before = program.processor_s()
            outcome = self.tools.send(program.port, load.salted(self.plan.salt, 99))
        settled(program)
        return Turn(outcome=outcome, processor_s=program.processor_s() - before)

    @cached_property
    def unique(self) -> dict[str, Series]:
        """30 KB reports that all differ, on each server that a row of this run compares by them."""
        loads = {name: self._unique_load(name) for name in self.unique_servers}
        return self.turns("unique 30 KB reports", loads)

    @staticmethod
    def _unique_load(name: str) -> Load:
        counts = {"metadata": 400, "headers": 160, "bare": 600}
        return replace(UNIQUE, count=counts.get(name, UNIQUE.count))

    def capacity(self, name: str = "text") -> float:
        """Unique reports a second."""
        return median(self.unique[name], rate)
