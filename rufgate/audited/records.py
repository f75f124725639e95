"""The records of an installation, made from its configuration and its store.

In:  settings, a clock.
Out: plain values of a record.
SECURITY: that a record was made is entered; records hold counts and settings, no report.
FAILS: ``KeyProblem`` without the log's key; ``StoreUnavailable``.
"""

from __future__ import annotations

from datetime import date

from rufgate.audited.log import Clock, audit_of, looked, open_rows
from rufgate.govern.records.breach import breach
from rufgate.settings.recorded import Record, facts_of, record_of
from rufgate.settings.schema import Settings
from rufgate.store.audit_entries import Action


def make_record(kind: str, settings: Settings, clock: Clock, version: str) -> Record:
    """``ropa``, ``dpia`` or ``notice``."""
    record = record_of(kind, settings, version)
    _entered(settings, clock, kind)
    return record


def make_breach(settings: Settings, clock: Clock, version: str, first: date, last: date) -> Record:
    """What was disclosed between two days, both included."""
    engine = open_rows(settings, clock)
    record = breach(engine, facts_of(settings, version), first, last)
    _entered(settings, clock, "breach")
    return record


def _entered(settings: Settings, clock: Clock, kind: str) -> None:
    engine = open_rows(settings, clock)
    looked(audit_of(settings, engine, clock), Action.RECORD_MADE, record=kind)
