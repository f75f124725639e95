"""Several gates on one PostgreSQL: how much of a report they do one after another.

Whoever holds a lock that another waits for does what the others cannot do meanwhile. The time in
which somebody waits, for each report, is that serial section: more gates do not make it shorter.
"""

from __future__ import annotations

import shutil
import statistics
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final

from bench.speed.client import Load
from bench.speed.figures import Figure, Goal
from bench.speed.postgres import LockWaits, Server, server
from bench.speed.processes import Program
from bench.speed.session import Session

_GATES: Final = 4
_TIER: Final = "metadata"  # the least work beside the store's
_LOAD: Final = Load(count=300, sessions=8, seconds=60)
_GOAL: Final = Goal(must=5, aim=5, at_most=True)
_WHAT: Final = "4 gates on one PostgreSQL: serial section, of a report's processor time"


@dataclass(frozen=True, kw_only=True)
class _Cost:
    """Of one report."""

    processor_ms: float
    waited_ms: float
    commits: float


def gates(session: Session) -> list[Figure]:
    """With the limits on storms, whose counters all gates share."""
    found: dict[int, list[_Cost]] = {1: [], _GATES: []}
    with server() as database, ExitStack() as stack:
        programs = _programs(session, database, stack)
        for number in range(session.rounds):
            for count, costs in found.items():
                session.say(f"gates: round {number + 1} of {session.rounds}, {count} gates")
                costs.append(_cost(session, programs[:count], database, number))
    shares = [100 * cost.waited_ms / cost.processor_ms for cost in found[_GATES]]
    middle = {count: _median(costs) for count, costs in found.items()}
    parts = {f"{count} gates": vars(cost) for count, cost in middle.items()}
    alone, many = middle[1], middle[_GATES]
    note = (
        f"of a report: {many.processor_ms:.3g} ms of processor time ({alone.processor_ms:.3g} with"
        f" one gate), {many.commits:.2g} transactions ({alone.commits:.2g})"
    )
    return [
        Figure(
            row="gates", what=_WHAT, unit="%", goal=_GOAL, value=statistics.median(shares),
            low=min(shares), high=max(shares), note=note, parts=parts,
        )
    ]  # fmt: skip


def _programs(session: Session, database: Server, stack: ExitStack) -> list[Program]:
    """Gates with the same keys on one store."""
    made: list[Program] = []
    for _ in range(_GATES):
        program = session.targets.make(_TIER, database.url)
        if made:
            keys = program.folder / "var" / "keys"
            shutil.rmtree(keys)
            shutil.copytree(made[0].folder / "var" / "keys", keys)
        made.append(program)
        stack.callback(program.stop)
        program.start()
    return made


def _cost(session: Session, programs: list[Program], database: Server, number: int) -> _Cost:
    def used() -> float:
        return database.processor_s() + sum(program.processor_s() for program in programs)

    loads = [
        session.load(_LOAD).salted(session.plan.salt, 900 + 10 * number + at)
        for at in range(len(programs))
    ]
    before, commits = used(), database.commits()
    with LockWaits(database) as waits, ThreadPoolExecutor(len(programs)) as clients:
        ports = [program.port for program in programs]
        outcomes = list(clients.map(session.tools.send, ports, loads))
    accepted = max(1, sum(outcome.accepted for outcome in outcomes))
    return _Cost(
        processor_ms=(used() - before) * 1000 / accepted,
        waited_ms=waits.seconds * 1000 / accepted,
        commits=(database.commits() - commits) / accepted,
    )


def _median(costs: list[_Cost]) -> _Cost:
    names = vars(costs[0])
    return _Cost(**{name: statistics.median(getattr(c, name) for c in costs) for name in names})
