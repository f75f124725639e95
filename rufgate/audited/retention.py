"""Retention as a person at the command line carries it out.

In:  settings, a clock.
Out: what is kept, what would go, what went, whether it is gone.
SECURITY: what was forgotten or looked at is entered into the audit log; nothing is without its key.
FAILS: ``KeyProblem`` without the log's key; ``StoreUnavailable``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from rufgate.audited.log import Clock, audit_of, looked, open_rows, tombstones_of
from rufgate.govern.matrix import RuleState, matrix
from rufgate.govern.plan import Plan, make_plan
from rufgate.govern.purge import Purge
from rufgate.govern.verify import Verification, verify_copy, verify_store
from rufgate.settings import slices
from rufgate.settings.schema import Settings
from rufgate.store.audit_entries import Action, Actor
from rufgate.store.byte_search import Progress
from rufgate.store.field_classes import FieldClass


def retention_matrix(settings: Settings, clock: Clock) -> tuple[RuleState, ...]:
    """The rules of retention, and what each covers; entered as looked at."""
    engine = open_rows(settings, clock)
    found = matrix(engine, slices.retention_rules(settings), clock())
    looked(audit_of(settings, engine, clock), Action.RETENTION_SHOWN, count=len(found))
    return found


def retention_plan(settings: Settings, at: datetime, clock: Clock, *, shown: bool = True) -> Plan:
    """What retention would do at that time; where it is shown, that is entered: it names rows."""
    engine = open_rows(settings, clock)
    found = make_plan(engine, slices.retention_rules(settings), at)
    if shown:
        rows = sum(len(entry.keys) for entry in found.entries)
        looked(audit_of(settings, engine, clock), Action.RETENTION_SHOWN, count=rows)
    return found


def carry_out_plan(settings: Settings, plan: Plan, clock: Clock) -> Mapping[FieldClass, int]:
    """Do it, and enter what was done; changed rows by class. Nothing without the log's key."""
    engine = open_rows(settings, clock)
    purge = Purge(engine, audit_of(settings, engine, clock), tombstones_of(settings, clock))
    return purge.carry_out(plan, Actor.OPERATOR, Action.RETENTION_APPLIED)


def search_for_purged(
    settings: Settings, clock: Clock, copy: Path | None, *, wholly: bool, told: Progress
) -> Verification:
    """Search for the sentinels of all purges, in the store or in ``copy``, and enter that."""
    engine = open_rows(settings, clock)
    audit = audit_of(settings, engine, clock)
    if copy is None:
        found = verify_store(engine, audit, wholly=wholly, told=told)
    else:
        found = verify_copy(engine, copy, told)
    result = "verified" if found.is_clean else "failed"
    looked(audit, Action.PURGES_SEARCHED, count=len(found.receipts), result=result)
    return found
