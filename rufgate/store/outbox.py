"""The copies that wait for delivery: claimed under a lease, settled once, then empty.

In:  rows written by ``reports.record`` in the report's own transaction.
Out: ``OutboxItem`` to whoever claims; ``OutboxEntry`` (never the content) to whoever looks.
SECURITY: delivering, dropping and expiring set the content to NULL in the same transaction.
FAILS: ``StoreUnavailable``. A worker that dies loses nothing: its lease ends and the copy is
     claimed again, so delivery is at least once (the Message-ID shows a repeat).

While a find of the canary is not acknowledged, ``claim`` gives nothing to whoever serves analysts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Connection, Engine, and_, func, not_, select, update

from rufgate.store.audit import Audit
from rufgate.store.audit_entries import Action, Actor
from rufgate.store.canary import is_stopped
from rufgate.store.due_copies import LONGEST_WAIT, CopyState, claimable, not_for
from rufgate.store.engine import reading, writing
from rufgate.store.holds import belongs_to_held
from rufgate.store.own_reports import own_reports
from rufgate.store.schema import outbox

__all__ = ["LONGEST_WAIT", "CopyState", "Outbox", "OutboxEntry", "OutboxItem"]

_HELD: Final = "legal_hold"  # why a copy that was to be dropped is parked


_SETTLED = (CopyState.DELIVERED, CopyState.EXPIRED, CopyState.DROPPED)


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class OutboxItem:
    """A claimed copy; whoever holds it may send it until ``lease_until``."""

    id: UUID
    report_id: UUID
    claim: UUID
    analyst: str | None
    tier: str
    content: bytes
    attempts: int  # this one included
    created_at: datetime | None

    def __repr__(self) -> str:
        return f"<OutboxItem {self.id}>"


@dataclass(frozen=True, kw_only=True, slots=True)
class OutboxEntry:
    """One line of ``outbox list``."""

    id: UUID
    report_id: UUID
    analyst: str | None
    tier: str
    state: CopyState
    attempts: int
    reason: str | None
    size_bytes: int
    created_at: datetime | None
    due_at: datetime | None
    settled_at: datetime | None

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "id": str(self.id),
            "report_id": str(self.report_id),
            "analyst": self.analyst,
            "tier": self.tier,
            "state": self.state.value,
            "attempts": self.attempts,
            "reason": self.reason,
            "size_bytes": self.size_bytes,
            "created_at": _iso(self.created_at),
            "due_at": _iso(self.due_at),
            "settled_at": _iso(self.settled_at),
        }


class Outbox:
    """The outbox of one database; any number of processes may share it.

    With ``canary`` it is that of the canary's copies alone, else of all but those. What a person
    decides is entered in ``audit``, if there is one.
    """

    def __init__(self, engine: Engine, *, canary: bool = False, audit: Audit | None = None) -> None:
        self._engine = engine
        self._audit = audit
        own = outbox.c.report_id.in_(own_reports())
        self._mine: ColumnElement[bool] = own if canary else not_(own)
        self._may_leave = self._mine if canary else and_(self._mine, not_(is_stopped()))

    def claim(
        self, now: datetime, lease: timedelta, limit: int, *, but: Collection[str] = ()
    ) -> Sequence[OutboxItem]:
        """Take up to ``limit`` due copies, and those whose holder let the lease run out.

        None for the analysts in ``but``: as many of theirs as may be are under way.
        """
        claim = uuid4()
        due = (
            select(outbox.c.id)
            .where(claimable(now, lease), self._may_leave, *not_for(but))
            .order_by(outbox.c.due_at)
            .limit(limit)
            .with_for_update(skip_locked=True)  # PostgreSQL; SQLite holds its one write lock
        )
        with writing(self._engine, shared=True, patient=True) as connection:
            ids = connection.execute(due).scalars().all()
            if not ids:
                return ()
            connection.execute(
                update(outbox)
                .where(outbox.c.id.in_(ids))
                .values(
                    state=CopyState.CLAIMED.value,
                    claim=claim,
                    lease_until=now + lease,
                    attempts=outbox.c.attempts + 1,
                )
            )
            rows = connection.execute(
                select(*_ITEM_COLUMNS).where(outbox.c.id.in_(ids)).order_by(outbox.c.due_at)
            ).all()
        return tuple(OutboxItem(**row._asdict()) for row in rows)

    def extend(self, items: Iterable[OutboxItem], now: datetime, lease: timedelta) -> None:
        """Hold on to what is still being sent."""
        for item in items:
            self._change(_held(item.id, item.claim), lease_until=now + lease)

    def settle_delivered(self, copy_id: UUID, now: datetime) -> None:
        """Delivered, whoever holds the claim by now; its bytes go with the same commit."""
        self._change(outbox.c.id == copy_id, **_settled(CopyState.DELIVERED, now), reason=None)

    def defer(
        self, copy_id: UUID, due: datetime, now: datetime, reason: str, *, claim: UUID | None = None
    ) -> None:
        """Try again at ``due``. With ``claim``: only if that claim still holds."""
        del now  # a deferred copy is not settled; the argument keeps the three outcomes alike
        self._change(
            _held(copy_id, claim),
            state=CopyState.PENDING.value,
            due_at=due,
            reason=reason,
            claim=None,
            lease_until=None,
        )

    def park(self, copy_id: UUID, now: datetime, reason: str, *, claim: UUID | None = None) -> None:
        """Stop trying; the bytes stay for ``retry`` until retention takes them."""
        self._change(_held(copy_id, claim), **_parked(now), reason=reason)

    def retry(self, copy_ids: Iterable[UUID]) -> int:
        """Make waiting and parked copies due now; how many there were."""
        waiting = outbox.c.state.in_([CopyState.PENDING.value, CopyState.PARKED.value])
        return self._decide(
            Action.COPIES_RETRIED,
            list(copy_ids),
            and_(waiting, outbox.c.content.is_not(None)),
            state=CopyState.PENDING.value,
            due_at=None,
            settled_at=None,
            attempts=0,
        )

    def drop(self, copy_ids: Iterable[UUID], now: datetime) -> tuple[int, int]:
        """Forget the bytes of undelivered copies; how many there were.

        Copies of reports under a legal hold are parked and keep theirs; that is the second number.
        """
        ids = list(copy_ids)
        open_ = outbox.c.state.not_in([state.value for state in _SETTLED])
        mine = and_(outbox.c.id.in_(ids), open_, self._mine)
        held = belongs_to_held(outbox, now)
        parked = {**_parked(now), "reason": _HELD}
        with writing(self._engine) as connection:
            keeping = update(outbox).where(mine, held).values(**parked)
            kept = connection.execute(keeping).rowcount
            dropping = update(outbox).where(mine, not_(held))
            values = _settled(CopyState.DROPPED, now)
            count = connection.execute(dropping.values(**values)).rowcount
            said = {"count": count, "asked": len(ids)} | ({"held": kept} if kept else {})
            self._enter(connection, Action.COPIES_DROPPED, **said)
        return count, kept

    def list(
        self, limit: int = 100, *, state: CopyState | None = None, offset: int = 0
    ) -> tuple[OutboxEntry, ...]:
        """The newest copies first, without their content."""
        newest = (outbox.c.created_at.desc(), outbox.c.id)
        ids = select(outbox.c.id).where(self._mine).order_by(*newest)
        if state is not None:
            ids = ids.where(outbox.c.state == state.value)
        few = outbox.c.id.in_(ids.limit(limit).offset(offset))
        query = select(*_ENTRY_COLUMNS).where(few).order_by(*newest)
        with reading(self._engine) as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(OutboxEntry(**{**row, "state": CopyState(row["state"])}) for row in rows)

    def counts(self) -> dict[CopyState, int]:
        """How many copies stand where."""
        query = select(outbox.c.state, func.count()).where(self._mine).group_by(outbox.c.state)
        with reading(self._engine) as connection:
            return {CopyState(state): count for state, count in connection.execute(query)}

    def _decide(
        self, action: Action, ids: Sequence[UUID], which: ColumnElement[bool], **values: object
    ) -> int:
        """Change those of ``ids`` that may be, and enter it: both, or neither."""
        mine = and_(outbox.c.id.in_(ids), which, self._mine)
        with writing(self._engine) as connection:
            count = connection.execute(update(outbox).where(mine).values(**values)).rowcount
            self._enter(connection, action, count=count, asked=len(ids))
        return count

    def _enter(self, connection: Connection, action: Action, **said: int) -> None:
        if self._audit:
            self._audit.append_within(connection, Actor.OPERATOR, action, **said)

    def _change(self, which: ColumnElement[bool], **values: object) -> int:
        with writing(self._engine, shared=True, patient=True) as connection:
            return connection.execute(update(outbox).where(which).values(**values)).rowcount


_ITEM_COLUMNS = [
    outbox.c[name]
    for name in ("id", "report_id", "claim", "analyst", "tier", "content", "attempts", "created_at")
]
_ENTRY_COLUMNS = [
    outbox.c[name]
    for name in (
        "id", "report_id", "analyst", "tier", "state", "attempts", "reason", "size_bytes",
        "created_at", "due_at", "settled_at",
    )
]  # fmt: skip


def _held(copy_id: UUID, claim: UUID | None) -> ColumnElement[bool]:
    """The copy, if it is claimed (under ``claim``) and still has its bytes."""
    held = [
        outbox.c.id == copy_id,
        outbox.c.state == CopyState.CLAIMED.value,
        outbox.c.content.is_not(None),
    ]
    if claim is not None:
        held.append(outbox.c.claim == claim)
    return and_(*held)


def _parked(now: datetime) -> dict[str, Any]:
    return {
        "state": CopyState.PARKED.value,
        "claim": None,
        "due_at": None,
        "lease_until": None,
        "settled_at": now,
    }


def _settled(state: CopyState, now: datetime | None) -> dict[str, Any]:
    return {
        "state": state.value,
        "content": None,
        "claim": None,
        "due_at": None,
        "lease_until": None,
        "settled_at": now,
    }


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
