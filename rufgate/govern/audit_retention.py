"""How long the audit log is kept, and its pruning.

In:  the rules of retention, the log.
Out: how many entries went.
FAILS: ``StoreUnavailable``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Engine

from rufgate.govern.rules import RetentionRule, with_built_in
from rufgate.store.audit import Audit
from rufgate.store.audit_segments import Prunable, prunable
from rufgate.store.field_classes import FieldClass


def audit_days(rules: Iterable[RetentionRule]) -> int:
    """How long entries are kept; there is always a rule for all (``with_built_in``)."""
    return next(
        rule.days
        for rule in with_built_in(rules)
        if rule.field_class is FieldClass.AUDIT and rule.domain == rule.reporter == "*"
    )


def prune_audit(audit: Audit, rules: Iterable[RetentionRule]) -> int:
    """Delete the months that are past the rule."""
    return audit.prune(audit_days(rules))


def due_of_audit(engine: Engine, rules: Iterable[RetentionRule], now: datetime) -> Prunable:
    """What ``prune_audit`` would delete now, and since when there are entries."""
    return prunable(engine, audit_days(rules), now)
