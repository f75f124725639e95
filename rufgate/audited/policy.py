"""Applying the policy of now to what is stored, as a person at the command line does it.

In:  settings, a clock, perhaps an engine's version.
Out: what would go; what went.
SECURITY: each plan that is shown and each that is carried out is entered into the audit log;
     nothing is done without its key.
FAILS: ``KeyProblem`` without the log's key; ``StoreUnavailable``.
"""

from __future__ import annotations

from collections.abc import Mapping

from packaging.version import Version

from rufgate.audited.log import Clock, audit_of, looked, open_rows, tombstones_of
from rufgate.govern.purge import Purge
from rufgate.govern.tighten import Tightening, mark_applied, plan_tightening
from rufgate.settings import slices
from rufgate.settings.schema import Settings
from rufgate.store.audit_entries import Action, Actor
from rufgate.store.field_classes import FieldClass
from rufgate.store.policies import note_policy


def plan_policy(settings: Settings, clock: Clock, engine_before: Version | None) -> Tightening:
    """What the policy of the configuration would not have kept. Nothing is changed."""
    engine = open_rows(settings, clock)
    policy, audiences = slices.policy(settings), slices.audiences(settings)
    found = plan_tightening(engine, policy, audiences, clock(), engine_before)
    rows = sum(len(entry.keys) for entry in found.plan.entries)
    audit = audit_of(settings, engine, clock)
    looked(audit, Action.POLICY_PLANNED, policy=found.policy, count=rows)
    return found


def apply_policy(settings: Settings, found: Tightening, clock: Clock) -> Mapping[FieldClass, int]:
    """Do it; changed rows by class."""
    engine = open_rows(settings, clock)
    audit = audit_of(settings, engine, clock)
    note_policy(engine, slices.policy(settings), clock())
    said: dict[str, object] = {"policy": found.policy, "count": len(found.marked)}
    changed = Purge(engine, audit, tombstones_of(settings, clock)).carry_out(
        found.plan, Actor.OPERATOR, Action.POLICY_APPLIED, **said
    )
    mark_applied(engine, found)
    if found.marked and not any(changed.values()):  # a decision all the same
        audit.append(Actor.OPERATOR, Action.POLICY_APPLIED, **said)
    return changed
