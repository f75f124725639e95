"""The stores as a person at the command line gets them: what is looked at or changed is entered.

In:  settings, a clock.
Out: reports and copies to look at, copies and finds to decide on.
SECURITY: the entry is written before anything is shown, and in the transaction of what is changed:
     who cannot write the log sees nothing and changes nothing.
FAILS: ``KeyProblem`` without the log's key; ``StoreUnavailable``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Engine

from rufgate.govern.keys import load_audit_key
from rufgate.govern.matrix import RuleState, matrix
from rufgate.govern.plan import Plan, make_plan
from rufgate.govern.retention import NotScrubbed, apply_plan
from rufgate.settings import slices
from rufgate.settings.schema import Settings
from rufgate.store.audit import Audit
from rufgate.store.audit_entries import Action, Actor
from rufgate.store.canary import CanaryRuns
from rufgate.store.engine import open_store
from rufgate.store.field_classes import FieldClass
from rufgate.store.outbox import Outbox, OutboxEntry
from rufgate.store.reports import ReportStore
from rufgate.store.stored import StoredDetail, StoredReport

Clock = Callable[[], datetime]
_LIMIT: Final = "limit"


class AuditedReports:
    """The recorded reports."""

    def __init__(self, store: ReportStore, audit: Audit) -> None:
        self._store = store
        self._audit = audit

    def list(self, limit: int) -> tuple[StoredReport, ...]:
        """The newest first."""
        found = tuple(self._store.list(limit))
        _looked(self._audit, Action.REPORTS_LISTED, count=len(found), filters=[_LIMIT])
        return found

    def show(self, report_id: UUID) -> StoredDetail | None:
        """One report; None where there is none. A report that is not there leaves no id."""
        found = self._store.show(report_id)
        which = {"report": report_id} if found else {}
        _looked(self._audit, Action.REPORT_SHOWN, count=len(which), filters=["id"], **which)
        return found


class AuditedCopies:
    """The copies that wait."""

    def __init__(self, outbox: Outbox, audit: Audit) -> None:
        self._outbox = outbox
        self._audit = audit
        self.retry: Final = outbox.retry  # both enter themselves, in their own transaction
        self.drop: Final = outbox.drop

    def list(self, limit: int) -> tuple[OutboxEntry, ...]:
        """The newest first, never their content."""
        found = self._outbox.list(limit)
        _looked(self._audit, Action.COPIES_LISTED, count=len(found), filters=[_LIMIT])
        return found


def audit_of(settings: Settings, engine: Engine, clock: Clock) -> Audit:
    """The log of the store behind ``engine``, under the key of this installation."""
    return Audit(engine, load_audit_key(settings.keys.directory), clock)


def open_reports(settings: Settings, clock: Clock) -> AuditedReports:
    """The recorded reports."""
    engine = open_store(settings.store.url)
    return AuditedReports(ReportStore(engine), audit_of(settings, engine, clock))


def open_outbox(settings: Settings, clock: Clock) -> AuditedCopies:
    """The copies that wait."""
    engine = open_store(settings.store.url)
    audit = audit_of(settings, engine, clock)
    return AuditedCopies(Outbox(engine, audit=audit), audit)


def open_canary(settings: Settings, clock: Clock) -> CanaryRuns:
    """The runs of the canary, to acknowledge a find."""
    engine = open_store(settings.store.url)
    return CanaryRuns(engine, audit_of(settings, engine, clock))


def retention_matrix(settings: Settings) -> tuple[RuleState, ...]:
    """The rules of retention, and what each covers."""
    return matrix(open_store(settings.store.url), slices.retention_rules(settings))


def retention_plan(settings: Settings, at: datetime) -> Plan:
    """What retention would do at that time."""
    return make_plan(open_store(settings.store.url), slices.retention_rules(settings), at)


def carry_out_plan(settings: Settings, plan: Plan, clock: Clock) -> Mapping[FieldClass, int]:
    """Do it, and enter what was done; changed rows by class. Nothing without the log's key."""
    engine = open_store(settings.store.url)
    audit = audit_of(settings, engine, clock)
    try:
        changed = apply_plan(engine, plan)
    except NotScrubbed as trouble:
        _enter_forgotten(audit, trouble.counts)
        raise
    _enter_forgotten(audit, changed)
    return changed


def _enter_forgotten(audit: Audit, changed: Mapping[FieldClass, int]) -> None:
    counts = {name.value: rows for name, rows in changed.items() if rows}
    if counts:
        audit.append(Actor.OPERATOR, Action.RETENTION_APPLIED, counts=counts)


def _looked(audit: Audit, action: Action, **details: object) -> None:
    audit.append(Actor.OPERATOR, action, **details)
