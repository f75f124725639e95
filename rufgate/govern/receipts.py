"""Receipts of purges, in the audit log: first ``unverified``, settled after the search.

In:  what a purge takes; what the search came to.
Out: entries; the receipts of a log with their newest result.
SECURITY: a receipt names classes, days, digests of rules and counts. Its number is what the
     sentinels are made of (``sentinels.py``), so no sentinel stands in the log.
FAILS: ``StoreUnavailable``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, select

from rufgate.govern.rules import RetentionRule
from rufgate.govern.sentinels import Sentinel
from rufgate.store.audit import Audit
from rufgate.store.audit_entries import Action, Actor
from rufgate.store.audit_tables import audit_entries
from rufgate.store.engine import reading
from rufgate.store.field_classes import FieldClass


class Result(StrEnum):
    """What a search came to."""

    VERIFIED = "verified"
    FAILED = "failed"
    UNVERIFIED = "unverified"  # not searched yet, or something kept the search from being whole
    ROWS_ONLY = "rows_only"  # PostgreSQL: by queries, not by bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipt:
    """One purge."""

    id: UUID
    at: datetime
    classes: tuple[FieldClass, ...]  # in which sentinels were planted
    rules: Mapping[str, Any]
    result: Result = Result.UNVERIFIED
    counts: Mapping[str, int] | None = None  # None: a crash took them

    @property
    def sentinels(self) -> tuple[Sentinel, ...]:
        """Those that were planted."""
        return tuple(Sentinel(self.id, field_class) for field_class in self.classes)

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "receipt": str(self.id),
            "at": self.at.isoformat(),
            "classes": [field_class.value for field_class in self.classes],
            "rules": dict(self.rules),
            "counts": None if self.counts is None else dict(self.counts),
            "entered": self.result.value,
        }


def begin(
    audit: Audit, connection: Connection, receipt: UUID, rules: Iterable[RetentionRule],
    planted: Iterable[FieldClass],
) -> None:  # fmt: skip
    """Enter a receipt in the transaction that plants its sentinels."""
    by_class: dict[str, list[str]] = {}
    for rule in rules:
        by_class.setdefault(rule.field_class.value, []).append(rule_name(rule))
    audit.append_within(
        connection, Actor.SERVICE, Action.PURGE_BEGUN, receipt=receipt,
        result=Result.UNVERIFIED.value, rules=by_class,
        classes=[field_class.value for field_class in planted],
    )  # fmt: skip


def settle(
    audit: Audit, receipt: UUID, result: Result, counts: Mapping[str, int] | None = None,
    failed: Iterable[FieldClass] = (),
) -> None:  # fmt: skip
    """Enter what the search came to; ``failed`` are the classes of which something was found."""
    said: dict[str, Any] = {} if counts is None else {"counts": dict(counts)}
    if result is Result.FAILED:
        said["classes"] = sorted(field_class.value for field_class in failed)
    audit.append(Actor.SERVICE, Action.PURGE_SETTLED, receipt=receipt, result=result.value, **said)


def rule_name(rule: RetentionRule) -> str:
    """Days, action and a digest over the whole rule: its names stay out of the log."""
    whole = [rule.field_class.value, rule.days, rule.action, rule.domain, rule.reporter]
    digest = hashlib.sha256(json.dumps(whole).encode()).hexdigest()[:16]
    return f"{rule.days}:{rule.action}:{digest}"


def receipts(engine: Engine, since: datetime | None = None) -> tuple[Receipt, ...]:
    """Those of the log, the oldest first; with ``since`` those begun then or later."""
    wanted = select(audit_entries.c.at, audit_entries.c.action, audit_entries.c.details).where(
        audit_entries.c.action.in_([Action.PURGE_BEGUN.value, Action.PURGE_SETTLED.value])
    )
    if since is not None:
        wanted = wanted.where(audit_entries.c.at >= since)
    found: dict[UUID, Receipt] = {}
    with reading(engine) as connection:
        for at, action, details in connection.execute(wanted.order_by(audit_entries.c.sequence)):
            said = json.loads(details)
            receipt = UUID(said["receipt"])
            if action == Action.PURGE_BEGUN.value:
                classes = tuple(FieldClass(name) for name in said["classes"])
                found[receipt] = Receipt(id=receipt, at=at, classes=classes, rules=said["rules"])
            elif receipt in found:  # else its beginning was pruned
                before = found[receipt]
                counts = said.get("counts", before.counts)
                result = Result(said["result"])
                found[receipt] = replace(before, result=result, counts=counts)
    return tuple(found.values())
