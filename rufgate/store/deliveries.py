"""Copies and their delivery as somebody with a limited view sees and decides on them.

In:  a scope; who asks.
Out: pages of ``OutboxEntry``, counts by state.
SECURITY: a copy is seen and retried by those who may see its report. What is decided is entered in
     the name of who decides, in the same transaction.
FAILS: ``StoreUnavailable``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, final

from sqlalchemy import Connection, Engine, and_, func, select

from rufgate.store.audit import Audit
from rufgate.store.audit_entries import Action, Actor
from rufgate.store.canary import is_stopped
from rufgate.store.engine import reading
from rufgate.store.filters import EVERYTHING, Scope
from rufgate.store.outbox import CopyState, Outbox
from rufgate.store.schema import outbox, reports

_OPEN: Final = (CopyState.PENDING, CopyState.CLAIMED, CopyState.PARKED)


@final
class Deliveries(Outbox):
    """The outbox within a scope."""

    def __init__(
        self, engine: Engine, scope: Scope, audit: Audit, *, actor: Actor, token: str
    ) -> None:
        super().__init__(engine, audit=audit)
        self._said: Mapping[str, str] = {"token": token}
        self._actor = actor
        if scope != EVERYTHING:
            seen = select(reports.c.id).where(scope.condition())
            self._mine = and_(self._mine, outbox.c.report_id.in_(seen))

    def open_counts(self) -> dict[CopyState, int]:
        """How many copies stand where, of those that are not settled: few, whatever was sent."""
        states = [state.value for state in _OPEN]
        query = select(outbox.c.state, func.count()).where(outbox.c.state.in_(states), self._mine)
        with reading(self._engine) as connection:
            rows = connection.execute(query.group_by(outbox.c.state))
            return {CopyState(state): count for state, count in rows}

    def are_stopped(self) -> bool:
        """Whether a find of the canary holds all copies back."""
        with reading(self._engine) as connection:
            return bool(connection.execute(select(is_stopped())).scalar_one())

    def _enter(self, connection: Connection, action: Action, **said: int) -> None:
        if self._audit:
            self._audit.append_within(connection, self._actor, action, **{**self._said, **said})
