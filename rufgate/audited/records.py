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
from rufgate.govern.records.disclosure import disclosed, disclosure
from rufgate.govern.records.letter import letter
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


def make_disclosure(
    settings: Settings, clock: Clock, version: str, since: date | None = None
) -> Record:
    """What each reporter sent beyond need."""
    engine = open_rows(settings, clock)
    record = disclosure(engine, facts_of(settings, version), since)
    _entered(settings, clock, "disclosure")
    return record


def make_letter(settings: Settings, clock: Clock, version: str, reporter: str) -> str | None:
    """A letter to one reporter; None where there is nothing to ask for."""
    engine = open_rows(settings, clock)
    found = next((one for one in disclosed(engine) if one.reporter == reporter), None)
    _entered(settings, clock, "disclosure")
    if found is None or not found.is_too_much:
        return None
    return letter(found, facts_of(settings, version), clock().date())


def _entered(settings: Settings, clock: Clock, kind: str) -> None:
    engine = open_rows(settings, clock)
    looked(audit_of(settings, engine, clock), Action.RECORD_MADE, record=kind)
