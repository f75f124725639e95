"""Legal holds: which reports may not be deleted for a time, and as part of a query whether one is.

In:  a ``Hold``; the time.
Out: ``is_held()`` and ``belongs_to_held()`` for queries; the holds with what they hold now.
SECURITY: what a hold is about and until when is entered into the audit log by its id, kind and
     counts; the operator's words stay in its own row.
FAILS: ``StoreUnavailable``.

A hold ends by itself: it holds as long as its ``ends_at`` is to come, whoever looks or does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Table,
    and_,
    func,
    insert,
    or_,
    select,
    update,
)

from rufgate.store.audit import Audit
from rufgate.store.audit_entries import Action, Actor
from rufgate.store.engine import reading, writing
from rufgate.store.schema import legal_holds, reports

_IDS_PER_QUERY: Final = 500


class HoldKind(StrEnum):
    """By what a hold names its reports."""

    DOMAIN = "domain"
    REPORT = "report"
    PERIOD = "period"
    DOMAIN_AND_PERIOD = "domain_and_period"
    CAMPAIGN = "campaign"


class HoldState(StrEnum):
    """Where a hold stands."""

    ACTIVE = "active"
    ENDED = "ended"  # by hand
    EXPIRED = "expired"  # its last day is over


@dataclass(frozen=True, kw_only=True, slots=True)
class Hold:
    """One hold. Days are those of UTC, the first and the last included."""

    id: UUID
    domain: str | None = None  # a name stands for itself and its subdomains
    report: UUID | None = None
    campaign: UUID | None = None  # those that join it later, too
    received_from: date | None = None
    received_to: date | None = None
    also_coarsening: bool = False
    reason: str
    owner: str
    began_at: datetime
    until: date
    ends_at: datetime
    ended_reason: str | None = None

    @property
    def kind(self) -> HoldKind:
        """By what it names its reports."""
        if self.report is not None:
            return HoldKind.REPORT
        if self.campaign is not None:
            return HoldKind.CAMPAIGN
        if self.received_from is None:
            return HoldKind.DOMAIN
        return HoldKind.PERIOD if self.domain is None else HoldKind.DOMAIN_AND_PERIOD

    def state(self, now: datetime) -> HoldState:
        """Where it stands at ``now``."""
        if self.ended_reason is not None:
            return HoldState.ENDED
        return HoldState.ACTIVE if self.ends_at > now else HoldState.EXPIRED

    def as_json(self, now: datetime) -> dict[str, Any]:
        """Plain values."""
        state = self.state(now)
        return {
            "id": str(self.id),
            "kind": self.kind.value,
            "domain": self.domain,
            "report": None if self.report is None else str(self.report),
            "campaign": None if self.campaign is None else str(self.campaign),
            "from": _iso(self.received_from),
            "to": _iso(self.received_to),
            "also_coarsening": self.also_coarsening,
            "owner": self.owner,
            "reason": self.reason,
            "began_at": self.began_at.isoformat(),
            "until": self.until.isoformat(),
            "state": state.value,
            "ended_at": None if state is HoldState.ACTIVE else self.ends_at.isoformat(),
            "ended_reason": self.ended_reason,
        }


def is_held(at: datetime, *, coarsening: bool = False) -> ColumnElement[bool]:
    """Whether a row of ``reports`` is held at ``at``; with ``coarsening``: from that, too."""
    hold = legal_holds.c
    found = select(hold.id).where(hold.ends_at > at, _names_it())
    if coarsening:
        found = found.where(hold.also_coarsening)
    return found.correlate(reports).exists()


def belongs_to_held(table: Table, at: datetime, *, coarsening: bool = False) -> ColumnElement[bool]:
    """The same for a row of any table of reports, in a statement about that table alone."""
    if table is reports:
        return is_held(at, coarsening=coarsening)
    its = select(reports.c.id).where(
        reports.c.id == table.c.report_id, is_held(at, coarsening=coarsening)
    )
    return its.correlate(table).exists()


def held_among(connection: Connection, report_ids: Iterable[UUID], at: datetime) -> set[UUID]:
    """Those of ``report_ids`` that are held."""
    ids, found = list(report_ids), set[UUID]()
    for start in range(0, len(ids), _IDS_PER_QUERY):
        some = reports.c.id.in_(ids[start : start + _IDS_PER_QUERY])
        found.update(connection.execute(select(reports.c.id).where(some, is_held(at))).scalars())
    return found


def is_any_in_force(connection: Connection, at: datetime) -> bool:
    """Whether anything at all is held."""
    query = select(legal_holds.c.id).where(legal_holds.c.ends_at > at).limit(1)
    return connection.execute(query).first() is not None


class Holds:
    """The holds of one database. Changes are entered in ``audit``, in the same transaction."""

    def __init__(self, engine: Engine, audit: Audit | None = None) -> None:
        self._engine = engine
        self._audit = audit

    def add(self, hold: Hold) -> int:
        """From here on it holds; how many reports that is now."""
        with writing(self._engine) as connection:
            connection.execute(insert(legal_holds).values(asdict(hold)))
            count = _count(connection, hold.id)
            self._enter(connection, Actor.OPERATOR, Action.HOLD_ADDED, hold, count)
        return count

    def end(self, hold: Hold, now: datetime, reason: str) -> Hold | None:
        """End it now; None where it was over already."""
        this = and_(legal_holds.c.id == hold.id, legal_holds.c.ends_at > now)
        ended = replace(hold, ends_at=now, ended_reason=reason)
        values = {"ends_at": now, "ended_reason": reason, "entered_at": now}
        with writing(self._engine) as connection:
            if not connection.execute(update(legal_holds).where(this).values(values)).rowcount:
                return None
            count = _count(connection, hold.id)
            self._enter(connection, Actor.OPERATOR, Action.HOLD_ENDED, hold, count)
        return ended

    def enter_expired(self, now: datetime) -> int:
        """Enter those into the log whose last day is over since the last look; how many."""
        over = and_(legal_holds.c.ends_at <= now, legal_holds.c.entered_at.is_(None))
        with reading(self._engine) as connection:
            if connection.execute(select(legal_holds.c.id).where(over).limit(1)).first() is None:
                return 0
        with writing(self._engine) as connection:
            found = _holds(connection, over)
            for hold in found:
                count = _count(connection, hold.id)
                self._enter(connection, Actor.SERVICE, Action.HOLD_EXPIRED, hold, count)
            connection.execute(update(legal_holds).where(over).values(entered_at=now))
        return len(found)

    def list(self, now: datetime, *, with_ended: bool = False) -> tuple[tuple[Hold, int], ...]:
        """Those in force, the next to end first, with how many reports each names now."""
        which = None if with_ended else legal_holds.c.ends_at > now
        with reading(self._engine) as connection:
            return tuple((hold, _count(connection, hold.id)) for hold in _holds(connection, which))

    def show(self, hold_id: UUID) -> Hold | None:
        """One hold; None where there is no such."""
        with reading(self._engine) as connection:
            found = _holds(connection, legal_holds.c.id == hold_id)
        return found[0] if found else None

    def among(self, report_ids: Iterable[UUID], now: datetime) -> set[UUID]:
        """Those of ``report_ids`` that are held."""
        with reading(self._engine) as connection:
            return held_among(connection, report_ids, now)

    def knows_campaign(self, campaign: UUID) -> bool:
        """Whether any report is of it."""
        query = select(reports.c.id).where(reports.c.campaign_id == campaign).limit(1)
        with reading(self._engine) as connection:
            return connection.execute(query).first() is not None

    def in_force(self, now: datetime) -> int:
        """How many there are."""
        query = select(func.count()).select_from(legal_holds).where(legal_holds.c.ends_at > now)
        with reading(self._engine) as connection:
            return connection.execute(query).scalar_one()

    def _enter(
        self, connection: Connection, actor: Actor, action: Action, hold: Hold, count: int
    ) -> None:
        if self._audit:
            said = {"hold": hold.id, "kind": hold.kind.value, "count": count}
            self._audit.append_within(connection, actor, action, **said)


def _names_it() -> ColumnElement[bool]:
    """Whether a row of ``legal_holds`` names a row of ``reports``."""
    hold, report = legal_holds.c, reports.c
    owner = func.coalesce(report.owner_domain, "")
    longer = func.length(owner) - func.length(hold.domain)
    below = and_(longer > 0, func.substr(owner, longer) == "." + hold.domain)
    return and_(
        or_(hold.report.is_(None), hold.report == report.id),
        or_(hold.campaign.is_(None), hold.campaign == report.campaign_id),
        or_(hold.domain.is_(None), hold.domain == owner, below),
        or_(hold.received_from.is_(None), hold.received_from <= report.received_on),
        or_(hold.received_to.is_(None), hold.received_to >= report.received_on),
    )


def _count(connection: Connection, hold_id: UUID) -> int:
    query = select(func.count()).select_from(reports.join(legal_holds, _names_it()))
    return connection.execute(query.where(legal_holds.c.id == hold_id)).scalar_one()


def _holds(connection: Connection, which: ColumnElement[bool] | None) -> Sequence[Hold]:
    columns = [column for column in legal_holds.c if column.name != "entered_at"]
    query = select(*columns).order_by(legal_holds.c.ends_at, legal_holds.c.id)
    if which is not None:
        query = query.where(which)
    return [Hold(**row) for row in connection.execute(query).mappings()]


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
