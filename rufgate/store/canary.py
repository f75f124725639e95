"""The canary's runs: asked for, carried out, and the stop of forwarding that a find leaves.

In:  times, codes, and names of marks and places.
Out: ``CanaryRun``, ``CanaryStatus``; ``is_stopped()`` for queries.
SECURITY: holds which mark was found where, never a mark. The stop is a row, so it survives a
     restart, holds for every process on the store, and ends by ``acknowledge`` alone.
FAILS: ``StoreUnavailable``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Engine, and_, delete, exists, insert, select, update

from rufgate.store.audit import Audit
from rufgate.store.audit_entries import Action, Actor
from rufgate.store.engine import reading, writing
from rufgate.store.own_reports import canarys_reports
from rufgate.store.schema import canary_runs, reports

_KEPT_RUNS: Final = 20  # besides finds, which retention forgets


class RunState(StrEnum):
    """Where a run stands."""

    REQUESTED = "requested"
    RUNNING = "running"
    PASSED = "passed"
    FOUND = "found"
    FAILED = "failed"  # it could not be carried out, which says nothing about leaks


_UNDER_WAY: Final = (RunState.REQUESTED, RunState.RUNNING)


@dataclass(frozen=True, kw_only=True, slots=True)
class CanaryRun:
    """One run. ``found`` says which mark was found where, in words of ours."""

    id: UUID
    state: RunState
    began_at: datetime
    ended_at: datetime | None = None
    trouble: str | None = None
    found: tuple[str, ...] = ()
    acknowledged_at: datetime | None = None
    acknowledged_reason: str | None = None

    @property
    def has_ended(self) -> bool:
        """Whether its outcome is known."""
        return self.state not in _UNDER_WAY

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "id": str(self.id),
            "state": self.state.value,
            "began_at": self.began_at.isoformat(),
            "ended_at": _iso(self.ended_at),
            "trouble": self.trouble,
            "found": list(self.found),
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class CanaryStatus:
    """What an operator wants to know. ``finds`` are those that nobody has acknowledged."""

    finds: tuple[CanaryRun, ...]
    last: CanaryRun | None
    passed_at: datetime | None

    @property
    def is_stopped(self) -> bool:
        """Whether copies wait for an acknowledgement."""
        return bool(self.finds)

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "forwarding": "stopped" if self.is_stopped else "on",
            "stopped_at": _iso(self.finds[0].ended_at) if self.finds else None,
            "finds": [find.as_json() for find in self.finds],
            "last_run": self.last.as_json() if self.last else None,
            "last_passed_at": _iso(self.passed_at),
        }


def is_stopped() -> ColumnElement[bool]:
    """Whether a find waits for its acknowledgement, as part of a query."""
    return select(canary_runs.c.id).where(_open_find()).exists()


class CanaryRuns:
    """The runs of one database; any number of processes may share it."""

    def __init__(self, engine: Engine, audit: Audit | None = None) -> None:
        """Finds and acknowledgements are entered in ``audit``, if there is one."""
        self._engine = engine
        self._audit = audit

    def request(self, now: datetime) -> UUID:
        """Ask a running gate for a run."""
        return self._add(RunState.REQUESTED, now)

    def begin(self, now: datetime) -> UUID:
        """A run that nobody asked for."""
        return self._add(RunState.RUNNING, now)

    def is_requested(self) -> bool:
        """Whether somebody asked for a run; looks without the write lock."""
        waiting = canary_runs.c.state == RunState.REQUESTED.value
        with reading(self._engine) as connection:
            return bool(connection.execute(select(exists().where(waiting))).scalar_one())

    def take(self) -> UUID | None:
        """The oldest request, now this process's to carry out."""
        waiting = canary_runs.c.state == RunState.REQUESTED.value
        oldest = select(canary_runs.c.id).where(waiting).order_by(canary_runs.c.began_at).limit(1)
        with reading(self._engine) as connection:  # the usual answer, without the write lock
            run_id = connection.execute(oldest).scalar_one_or_none()
        if run_id is None:
            return None
        taken = and_(canary_runs.c.id == run_id, waiting)
        return run_id if self._change(taken, state=RunState.RUNNING.value) else None

    def withdraw(self, run_id: UUID) -> bool:
        """Take a request back; False where a gate has taken it up."""
        waiting = canary_runs.c.state == RunState.REQUESTED.value
        with writing(self._engine) as connection:
            gone = delete(canary_runs).where(canary_runs.c.id == run_id, waiting)
            return connection.execute(gone).rowcount > 0

    def finish(
        self,
        run_id: UUID,
        now: datetime,
        state: RunState,
        *,
        trouble: str | None = None,
        found: Sequence[str] = (),
    ) -> None:
        """Write the outcome down; from here on a find stops forwarding."""
        outcome = {"state": state.value, "ended_at": now, "trouble": trouble}
        this = update(canary_runs).where(canary_runs.c.id == run_id)
        with writing(self._engine) as connection:
            connection.execute(this.values(found=list(found) or None, **outcome))
            if self._audit and state is RunState.FOUND:
                said = {"run": run_id, "count": len(found)}
                self._audit.append_within(connection, Actor.SERVICE, Action.CANARY_FOUND, **said)
        self._prune()

    def interrupt(self, now: datetime) -> int:
        """What is under way ended with its process; how many runs. Only in one's own turn."""
        return self._change(
            canary_runs.c.state == RunState.RUNNING.value,
            state=RunState.FAILED.value,
            ended_at=now,
            trouble="interrupted",
        )

    def acknowledge(self, now: datetime, reason: str | None) -> int:
        """Let forwarding go on; how many finds waited for that."""
        values = {"acknowledged_at": now, "acknowledged_reason": reason}
        action = Action.CANARY_ACKNOWLEDGED
        with writing(self._engine) as connection:
            change = update(canary_runs).where(_open_find()).values(**values)
            count = connection.execute(change).rowcount
            if self._audit and count:
                self._audit.append_within(connection, Actor.OPERATOR, action, count=count)
        return count

    def show(self, run_id: UUID) -> CanaryRun | None:
        """One run; None where it is not known (any more)."""
        with reading(self._engine) as connection:
            query = select(canary_runs).where(canary_runs.c.id == run_id)
            row = connection.execute(query).mappings().first()
        return None if row is None else _run(row)

    def status(self) -> CanaryStatus:
        """How things stand."""
        newest = select(canary_runs).order_by(canary_runs.c.began_at.desc(), canary_runs.c.id)
        states = canary_runs.c.state
        ended = newest.where(states.not_in([state.value for state in _UNDER_WAY]))
        passed = newest.where(states == RunState.PASSED.value)
        with reading(self._engine) as connection:
            open_finds = connection.execute(newest.where(_open_find())).mappings().all()
            last = connection.execute(ended.limit(1)).mappings().first()
            good = connection.execute(passed.limit(1)).mappings().first()
        return CanaryStatus(
            finds=tuple(_run(row) for row in reversed(open_finds)),
            last=_run(last) if last else None,
            passed_at=good["ended_at"] if good else None,
        )

    def _add(self, state: RunState, now: datetime) -> UUID:
        run_id = uuid4()
        with writing(self._engine) as connection:
            row = {"id": run_id, "state": state.value, "began_at": now}
            connection.execute(insert(canary_runs).values(**row))
        return run_id

    def _prune(self) -> None:
        """Keep all finds, the last that passed, and the newest of the others."""
        states = canary_runs.c.state
        query = select(canary_runs.c.id, states).where(
            states.in_([RunState.PASSED.value, RunState.FAILED.value])
        )
        with writing(self._engine) as connection:
            rows = connection.execute(query.order_by(canary_runs.c.began_at.desc())).all()
            good = next((row.id for row in rows if row.state == RunState.PASSED.value), None)
            old = [row.id for row in rows[_KEPT_RUNS:] if row.id != good]
            connection.execute(delete(canary_runs).where(canary_runs.c.id.in_(old)))

    def _change(self, which: ColumnElement[bool], **values: object) -> int:
        with writing(self._engine) as connection:
            return connection.execute(update(canary_runs).where(which).values(**values)).rowcount


def forget_own_reports(engine: Engine) -> int:
    """Delete the canary's rows with all that belongs to them; how many reports there were."""
    with writing(engine) as connection:
        return connection.execute(
            delete(reports).where(reports.c.id.in_(canarys_reports()))
        ).rowcount


def _open_find() -> ColumnElement[bool]:
    return and_(
        canary_runs.c.state == RunState.FOUND.value, canary_runs.c.acknowledged_at.is_(None)
    )


def _run(row: Any) -> CanaryRun:  # noqa: ANN401 - a row mapping
    values = {**row, "state": RunState(row["state"]), "found": tuple(row["found"] or ())}
    return CanaryRun(**values)


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
