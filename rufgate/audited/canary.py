"""The canary as a person at the command line asks for it, looks at it, acknowledges a find.

In:  settings, a clock.
Out: its runs; one that the running gate flies on request.
FAILS: ``KeyProblem`` where a find is acknowledged without the log's key; ``StoreUnavailable``.
"""

from __future__ import annotations

import time
from typing import Final
from uuid import UUID

from rufgate.audited.log import Clock, audit_of
from rufgate.settings.schema import Settings
from rufgate.store.canary import CanaryRun, CanaryRuns, RunState
from rufgate.store.engine import open_store

_LOOK_EVERY_S: Final = 0.25
_TAKEN_WITHIN_S: Final = 20.0  # a gate looks for requests every two seconds
_ENDED_WITHIN_S: Final = 180.0


def look_at_canary(settings: Settings) -> CanaryRuns:
    """The runs of the canary, to look at: needs no key."""
    return CanaryRuns(open_store(settings.store.url))


def fly_canary(runs: CanaryRuns, clock: Clock) -> CanaryRun | None:
    """Ask the running gate for a canary and wait for its outcome; None where no gate answers."""
    run_id = runs.request(clock())
    taken = _waited(runs, run_id, _TAKEN_WITHIN_S, {RunState.REQUESTED})
    if taken is None and runs.withdraw(run_id):
        return None
    return _waited(runs, run_id, _ENDED_WITHIN_S, {RunState.RUNNING}) or runs.show(run_id)


def _waited(
    runs: CanaryRuns, run_id: UUID, seconds: float, waiting: set[RunState]
) -> CanaryRun | None:
    """The run as soon as it is in no state of ``waiting``; None if it stays so."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        run = runs.show(run_id)
        if run is not None and run.state not in waiting:
            return run
        time.sleep(_LOOK_EVERY_S)
    return None


def open_canary(settings: Settings, clock: Clock) -> CanaryRuns:
    """The runs of the canary, to acknowledge a find."""
    engine = open_store(settings.store.url)
    return CanaryRuns(engine, audit_of(settings, engine, clock))
