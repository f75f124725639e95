"""How long the audit log is kept, and its pruning.

In:  the rules of retention, the log.
Out: what of it is due; how many entries went.
FAILS: ``StoreUnavailable``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from rufgate.govern.rules import RetentionRule, with_built_in
from rufgate.store.audit import Audit
from rufgate.store.audit_segments import prunable
from rufgate.store.audit_tables import audit_entries
from rufgate.store.field_classes import FieldClass


@dataclass(frozen=True, kw_only=True, slots=True)
class Pruning:
    """The entries that a rule takes: all up to ``last``."""

    rule: RetentionRule
    entries: int
    last: int

    def as_json(self) -> dict[str, Any]:
        """Plain values, as of the rows that a rule takes; in place of their keys the last one."""
        return {
            "class": self.rule.field_class.value,
            "domain": self.rule.domain,
            "reporter": self.rule.reporter,
            "days": self.rule.days,
            "action": "delete",
            "table": audit_entries.name,
            "rows": self.entries,
            "last": self.last,
        }


def audit_rule(rules: Iterable[RetentionRule]) -> RetentionRule:
    """By which entries are kept; there is always a rule for all (``with_built_in``)."""
    return next(
        rule
        for rule in with_built_in(rules)
        if rule.field_class is FieldClass.AUDIT and rule.domain == rule.reporter == "*"
    )


def prune_audit(audit: Audit, rules: Iterable[RetentionRule]) -> int:
    """Delete the months that are past the rule."""
    return audit.prune(audit_rule(rules).days)


def pruning_at(
    connection: Connection, rules: Iterable[RetentionRule], at: datetime
) -> Pruning | None:
    """What pruning would take at ``at``; None where that is nothing."""
    rule = audit_rule(rules)
    found = prunable(connection, rule.days, at)
    if found.last is None:
        return None
    return Pruning(rule=rule, entries=found.entries, last=found.last)
