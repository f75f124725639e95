"""A purge by hand: what a plan lists is forgotten, and that is entered into the audit log.

In:  a plan of ``make_plan`` or ``plan_for_reports``; who does it, and as what.
Out: changed rows by class.
SECURITY: the one way by which erasure, tightening and retention by hand forget, so that each
     leaves the same evidence: an entry, and a receipt that says whether it is really gone.
FAILS: ``NotVerified`` where it is not; ``StoreUnavailable``; what was done all the same is entered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import Engine

from rufgate.govern.burial import Burial
from rufgate.govern.plan import Plan
from rufgate.govern.proof import Proof
from rufgate.govern.retention import NotScrubbed, NotVerified, apply_plan
from rufgate.govern.tombstones import Tombstones
from rufgate.store.audit import Audit
from rufgate.store.audit_entries import Action, Actor
from rufgate.store.field_classes import FieldClass


class Purge:
    """Purges of one store."""

    def __init__(self, engine: Engine, audit: Audit, tombstones: Tombstones) -> None:
        self._engine = engine
        self._audit = audit
        self._burial = Burial(tombstones=tombstones, audit=audit)

    def carry_out(
        self, plan: Plan, actor: Actor, action: Action, **details: object
    ) -> Mapping[FieldClass, int]:
        """Do what ``plan`` lists; changed rows by class. ``details`` go into the entry."""
        self._burial.of_plan(self._engine, plan, actor)  # first: a crash must leave no doubt
        pruned = self._prune(plan)
        proof = Proof(self._engine, self._audit)
        try:
            changed = Counter(apply_plan(self._engine, plan, proof)) + pruned
        except (NotScrubbed, NotVerified) as trouble:
            self._enter(actor, action, Counter(trouble.counts) + pruned, details)
            raise
        self._enter(actor, action, changed, details)
        return changed

    def _prune(self, plan: Plan) -> Counter[FieldClass]:
        """Of the audit log itself; before the scrub, which its bytes need, too."""
        if plan.pruning is None:
            return Counter()
        return Counter({FieldClass.AUDIT: self._audit.prune(plan.pruning.rule.days, plan.at)})

    def _enter(
        self,
        actor: Actor,
        action: Action,
        changed: Mapping[FieldClass, int],
        details: Mapping[str, object],
    ) -> None:
        counts = {name.value: rows for name, rows in changed.items() if rows}
        if counts:
            self._audit.append(actor, action, counts=counts, **details)
