"""How long the audit log is kept, and its pruning.

In:  the rules of retention, the log.
Out: how many entries went.
FAILS: ``StoreUnavailable``.
"""

from __future__ import annotations

from collections.abc import Iterable

from rufgate.govern.rules import RetentionRule, with_built_in
from rufgate.store.audit import Audit
from rufgate.store.field_classes import FieldClass


def prune_audit(audit: Audit, rules: Iterable[RetentionRule]) -> int:
    """Delete what is past the rule for all; there is always one (``with_built_in``)."""
    days = next(
        rule.days
        for rule in with_built_in(rules)
        if rule.field_class is FieldClass.AUDIT and rule.domain == rule.reporter == "*"
    )
    return audit.prune(days)
