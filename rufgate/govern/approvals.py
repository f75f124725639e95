"""A second person's approval: asked for, granted by another, used once.

In:  what is to be done, by a digest of exactly that; whose token asks, whose grants.
Out: ``Granted``, or ``Waiting`` with the request's id.
SECURITY: a request is bound to its digest, which is one of rows or plans, never of an address: two
     persons who stand in exactly the same reports share one. Who asked cannot grant; a grant is
     used in the transaction that finds it, so once only.
FAILS: ``StoreUnavailable``; ``NotGranted``, which says why.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, final
from uuid import UUID, uuid4

from sqlalchemy import Connection, Engine, and_, insert, select, update

from rufgate.store.access_tables import approvals
from rufgate.store.audit import Audit
from rufgate.store.audit_entries import Action, Actor
from rufgate.store.engine import reading, writing

_VALID: Final = timedelta(days=7)


class Kind(StrEnum):
    """What needs a second person."""

    SUBJECT_FIND = "subject_find"
    SUBJECT_ERASE = "subject_erase"
    KEYS_DESTROY = "keys_destroy"


class NotGranted(Exception):  # noqa: N818 - an answer for the operator
    """A request cannot be granted; ``str()`` says why."""


@final
@dataclass(frozen=True, slots=True)
class Granted:
    """Somebody else said yes; this use of it is the only one."""

    id: UUID


@final
@dataclass(frozen=True, slots=True)
class Waiting:
    """Nobody else has said yes yet."""

    id: UUID
    until: datetime


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """A request as lists show it."""

    id: UUID
    kind: str
    asked_by: str
    asked_at: datetime
    expires_at: datetime
    granted_by: str | None

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "id": str(self.id),
            "kind": self.kind,
            "asked_by": self.asked_by,
            "asked_at": self.asked_at.isoformat(),
            "expires_at": self.expires_at.isoformat(),
            "granted_by": self.granted_by,
        }


class Approvals:
    """The requests of one installation."""

    def __init__(self, engine: Engine, audit: Audit) -> None:
        self._engine = engine
        self._audit = audit

    def require(self, kind: Kind, digest: str, token: str, now: datetime) -> Granted | Waiting:
        """Use a grant for exactly this, or ask for one."""
        with writing(self._engine) as connection:
            row = connection.execute(_open(kind, digest, token, now)).mappings().first()
            if row is None:
                return self._ask(connection, kind, digest, token, now)
            if row["granted_by"] is None:
                return Waiting(row["id"], row["expires_at"])
            unused = and_(approvals.c.id == row["id"], approvals.c.used_at.is_(None))
            used = connection.execute(update(approvals).where(unused).values(used_at=now))
            if not used.rowcount:  # on PostgreSQL another one may just have done so
                return self._ask(connection, kind, digest, token, now)
            self._enter(connection, Action.APPROVAL_USED, row["id"], kind.value, token)
            return Granted(row["id"])

    def grant(self, request: UUID, token: str, now: datetime) -> Request:
        """Say yes, as somebody else than who asked."""
        with writing(self._engine) as connection:
            query = select(approvals).where(approvals.c.id == request)
            row = connection.execute(query).mappings().first()
            if row is None or row["used_at"] is not None or row["expires_at"] <= now:
                raise NotGranted("there is no such request that still waits")
            if row["asked_by"] == token:
                raise NotGranted("who asks cannot grant: it takes another person's token")
            if row["granted_by"] is not None:
                raise NotGranted("it has been granted already")
            given = {"granted_by": token, "granted_at": now}
            waits = and_(approvals.c.id == request, approvals.c.granted_by.is_(None))
            if not connection.execute(update(approvals).where(waits).values(given)).rowcount:
                raise NotGranted("it has been granted already")
            self._enter(connection, Action.APPROVAL_GRANTED, request, row["kind"], token)
        return _request({**row, **given})

    def list(self, now: datetime) -> tuple[Request, ...]:
        """Those that wait or can be used, the oldest first."""
        usable = and_(approvals.c.used_at.is_(None), approvals.c.expires_at > now)
        with reading(self._engine) as connection:
            query = select(approvals).where(usable).order_by(approvals.c.asked_at, approvals.c.id)
            return tuple(_request(row) for row in connection.execute(query).mappings())

    def _ask(
        self, connection: Connection, kind: Kind, digest: str, token: str, now: datetime
    ) -> Waiting:
        id_, until = uuid4(), now + _VALID
        values = {
            "id": id_, "kind": kind.value, "digest": digest, "asked_by": token, "asked_at": now,
            "expires_at": until,
        }  # fmt: skip
        connection.execute(insert(approvals), values)
        self._enter(connection, Action.APPROVAL_ASKED, id_, kind.value, token)
        return Waiting(id_, until)

    def _enter(
        self, connection: Connection, action: Action, request: UUID, kind: str, token: str
    ) -> None:
        self._audit.append_within(
            connection, Actor.OPERATOR, action, approval=request, approval_kind=kind, token=token
        )


def _open(kind: Kind, digest: str, token: str, now: datetime) -> Any:  # noqa: ANN401 - a Select
    columns = approvals.c
    same = (columns.kind == kind.value, columns.digest == digest, columns.asked_by == token)
    usable = (columns.used_at.is_(None), columns.expires_at > now)
    return select(approvals).where(*same, *usable).order_by(columns.asked_at.desc()).limit(1)


def _request(row: Any) -> Request:  # noqa: ANN401 - a row
    return Request(**{name: row[name] for name in Request.__slots__})
