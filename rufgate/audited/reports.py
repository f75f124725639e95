"""Reports and copies as a person at the command line gets them.

In:  settings, a clock.
Out: reports to look at, copies to look at and decide on.
SECURITY: the entry is written before anything is shown, and in the transaction of what is changed:
     who cannot write the log sees nothing and changes nothing.
FAILS: ``KeyProblem`` without the log's key; ``StoreUnavailable``.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from rufgate.audited.log import Clock, audit_of, looked
from rufgate.settings.schema import Settings
from rufgate.store.audit import Audit
from rufgate.store.audit_entries import Action
from rufgate.store.engine import open_store
from rufgate.store.outbox import Outbox, OutboxEntry
from rufgate.store.reports import ReportStore
from rufgate.store.stored import StoredDetail, StoredReport

_LIMIT: Final = "limit"


class AuditedReports:
    """The recorded reports."""

    def __init__(self, store: ReportStore, audit: Audit) -> None:
        self._store = store
        self._audit = audit

    def list(self, limit: int) -> tuple[StoredReport, ...]:
        """The newest first."""
        found = tuple(self._store.list(limit))
        looked(self._audit, Action.REPORTS_LISTED, count=len(found), filters=[_LIMIT])
        return found

    def show(self, report_id: UUID) -> StoredDetail | None:
        """One report; None where there is none. A report that is not there leaves no id."""
        found = self._store.show(report_id)
        which = {"report": report_id} if found else {}
        looked(self._audit, Action.REPORT_SHOWN, count=len(which), filters=["id"], **which)
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
        looked(self._audit, Action.COPIES_LISTED, count=len(found), filters=[_LIMIT])
        return found


def open_reports(settings: Settings, clock: Clock) -> AuditedReports:
    """The recorded reports."""
    engine = open_store(settings.store.url)
    return AuditedReports(ReportStore(engine), audit_of(settings, engine, clock))


def open_outbox(settings: Settings, clock: Clock) -> AuditedCopies:
    """The copies that wait."""
    engine = open_store(settings.store.url)
    audit = audit_of(settings, engine, clock)
    return AuditedCopies(Outbox(engine, audit=audit), audit)
