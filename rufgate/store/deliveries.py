"""Copies and their delivery as somebody with a limited view sees and decides on them.

In:  a scope; who asks.
Out: pages of ``OutboxEntry``, counts by state.
SECURITY: a copy is seen and retried by those who may see its report. What is decided is entered in
     the name of who decides, in the same transaction.
FAILS: ``StoreUnavailable``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import final

from sqlalchemy import Connection, Engine, and_, select

from rufgate.store.audit import Audit
from rufgate.store.audit_entries import Action, Actor
from rufgate.store.filters import EVERYTHING, Scope
from rufgate.store.outbox import Outbox
from rufgate.store.schema import outbox, reports


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

    def _enter(self, connection: Connection, action: Action, **said: int) -> None:
        if self._audit:
            self._audit.append_within(connection, self._actor, action, **{**self._said, **said})
