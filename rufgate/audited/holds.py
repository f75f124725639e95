"""Legal holds as a person at the command line sets, lists and ends them.

In:  settings, a clock.
Out: holds, each with how many reports it names now.
SECURITY: each look and each change is entered into the audit log, without the words.
FAILS: ``HoldProblem`` for what cannot be done; ``KeyProblem`` without the log's key;
     ``StoreUnavailable``.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import Engine

from rufgate.audited.log import Clock, audit_of, looked, open_rows
from rufgate.govern.holds import Asked, HoldProblem, ending_reason, new_hold
from rufgate.settings.schema import Settings
from rufgate.store.audit import Audit
from rufgate.store.audit_entries import Action
from rufgate.store.holds import Hold, Holds, HoldState
from rufgate.store.reports import ReportStore

_NONE: Final = "there is no such hold: see `rufgate retention hold list --all`"


class AuditedHolds:
    """The holds of one store."""

    def __init__(self, engine: Engine, audit: Audit, clock: Clock) -> None:
        self._holds = Holds(engine, audit)
        self._reports = ReportStore(engine)
        self._audit = audit
        self._clock = clock

    def add(self, asked: Asked) -> tuple[Hold, int]:
        """Set it; the hold, and how many reports it names now."""
        hold = new_hold(asked, uuid4(), self._clock())
        if hold.report is not None and self._reports.show(hold.report) is None:
            raise HoldProblem("there is no such report: see `rufgate reports list`")
        if hold.campaign is not None and not self._holds.knows_campaign(hold.campaign):
            raise HoldProblem("there is no such campaign: see `rufgate reports campaigns`")
        return hold, self._holds.add(hold)

    def end(self, hold_id: UUID, reason: str) -> Hold:
        """End it before its last day."""
        why, now = ending_reason(reason), self._clock()
        hold = self._holds.show(hold_id)
        if hold is None:
            raise HoldProblem(_NONE)
        ended = self._holds.end(hold, now, why) if hold.state(now) is HoldState.ACTIVE else None
        if ended is None:
            raise HoldProblem("it is over already: see `rufgate retention hold list --all`")
        return ended

    def list(self, *, with_ended: bool) -> tuple[tuple[Hold, int], ...]:
        """Those in force, or all that are known."""
        found = self._holds.list(self._clock(), with_ended=with_ended)
        looked(self._audit, Action.HOLDS_LISTED, count=len(found))
        return found


def open_holds(settings: Settings, clock: Clock) -> AuditedHolds:
    """The holds, to set, list and end them."""
    engine = open_rows(settings, clock)
    return AuditedHolds(engine, audit_of(settings, engine, clock), clock)


def holds_in_force(settings: Settings, clock: Clock) -> tuple[tuple[Hold, int], ...]:
    """Those in force, to tell of beside the rules; whoever shows them leaves the words out."""
    return Holds(open_rows(settings, clock)).list(clock())
