"""Events that wait to be sent to other tools: claimed under a lease, gone once they are sent.

In:  ids of reports as they are read for the first time; alerts.
Out: ``WaitingEvent`` to whoever claims.
SECURITY: an event of a report is nothing but its id, and goes with the report. While a find of the
     canary is not acknowledged, reports wait and alerts do not.
FAILS: ``StoreUnavailable``. Sent at least once: a repeat has the same id.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Final, final
from uuid import UUID, uuid4

from sqlalchemy import Connection, Engine, and_, delete, func, insert, not_, or_, select, update

from rufgate.store.canary import is_stopped
from rufgate.store.engine import reading, writing
from rufgate.store.event_tables import output_events
from rufgate.store.filters import Scope
from rufgate.store.schema import reports

MOST_WAITING: Final = 10_000  # for one output; what comes then is not told
_FARTHEST: Final = timedelta(hours=3)  # no wait is longer but by a clock that was wrong

_events = output_events.c
_CLAIMED: Final = tuple(
    _events[name] for name in ("id", "report_id", "alert", "attempts", "created_at", "claim")
)


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingEvent:
    """A claimed event: of a report, or an alert."""

    id: UUID
    report_id: UUID | None
    alert: Mapping[str, Any] | None
    attempts: int  # this one included
    created_at: datetime
    claim: UUID


class Events:
    """The queue of one store. ``outputs`` are those that are told of reports, each of some."""

    def __init__(
        self,
        engine: Engine,
        clock: Callable[[], datetime],
        outputs: Mapping[str, Scope] = MappingProxyType({}),
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._outputs = dict(outputs)

    def add_within(self, connection: Connection, report_ids: Sequence[UUID]) -> None:
        """These reports were read for the first time."""
        for output, scope in self._outputs.items():
            query = select(func.count()).where(_events.output == output)
            room = max(0, MOST_WAITING - connection.execute(query).scalar_one())
            ids = _within(connection, scope, report_ids)
            rows = [self._row(output, report_id=one) for one in ids[:room]]
            if rows:
                connection.execute(insert(output_events), rows)

    def add_alert_within(
        self, connection: Connection, outputs: Iterable[str], alert: Mapping[str, Any]
    ) -> None:
        """Something is to be told; alerts are few, and find room always."""
        for output in outputs:
            connection.execute(insert(output_events), [self._row(output, alert=dict(alert))])

    def claim(self, output: str, lease: timedelta, limit: int) -> tuple[WaitingEvent, ...]:
        """Take up to ``limit`` due events of one output, and those whose holder is gone."""
        now, claim = self._clock(), uuid4()
        due, until = _events.due_at, _events.lease_until
        free = or_(until.is_(None), until <= now, until > now + _FARTHEST)
        is_due = or_(due.is_(None), due <= now, due > now + _FARTHEST)
        may_leave = or_(_events.report_id.is_(None), not_(is_stopped()))
        mine = and_(_events.output == output, free, is_due, may_leave)
        query = select(_events.id).where(mine).order_by(_events.created_at, _events.id)
        with reading(self._engine) as connection:  # most looks find nothing, and hold nobody up
            if connection.execute(query.limit(1)).first() is None:
                return ()
        free_now = query.limit(limit).with_for_update(skip_locked=True)
        with writing(self._engine, shared=True, patient=True) as connection:
            ids = connection.execute(free_now).scalars().all()
            taken = {"claim": claim, "lease_until": now + lease, "attempts": _events.attempts + 1}
            connection.execute(update(output_events).where(_events.id.in_(ids)).values(**taken))
            rows = connection.execute(select(*_CLAIMED).where(_events.id.in_(ids))).mappings()
            return tuple(WaitingEvent(**row) for row in rows)

    def waiting(self) -> tuple[int, datetime | None]:
        """How many wait, and since when the oldest."""
        query = select(func.count(), func.min(_events.created_at))
        with reading(self._engine) as connection:
            number, oldest = connection.execute(query).one()
            return number, oldest

    def settle(self, event: WaitingEvent) -> None:
        """Sent, or given up: it goes."""
        with writing(self._engine, shared=True, patient=True) as connection:
            connection.execute(delete(output_events).where(_events.id == event.id))

    def defer(self, event: WaitingEvent, due: datetime) -> None:
        """Try again then, unless somebody else has it."""
        mine = and_(_events.id == event.id, _events.claim == event.claim)
        with writing(self._engine, shared=True, patient=True) as connection:
            later = {"claim": None, "lease_until": None, "due_at": due}
            connection.execute(update(output_events).where(mine).values(**later))

    def forget_others(self, outputs: Collection[str]) -> int:
        """Drop what waits for outputs that are configured no more."""
        gone = _events.output.not_in(list(outputs))
        with writing(self._engine) as connection:
            return connection.execute(delete(output_events).where(gone)).rowcount

    def _row(
        self, output: str, *, report_id: UUID | None = None, alert: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        return {
            "id": uuid4(), "output": output, "report_id": report_id, "alert": alert, "attempts": 0,
            "created_at": self._clock(),
        }  # fmt: skip


def _within(connection: Connection, scope: Scope, ids: Sequence[UUID]) -> list[UUID]:
    """Those of a scope, in their order."""
    query = select(reports.c.id).where(reports.c.id.in_(list(ids)), scope.condition())
    seen = set(connection.execute(query).scalars())
    return [one for one in ids if one in seen]
