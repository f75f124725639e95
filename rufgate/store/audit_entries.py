"""What an entry of the audit log may say, and how it is bound to the one before it. Pure.

In:  an action of a closed list, details under listed keys, the key of the log.
Out: the details as canonical text; the MAC of an entry.
SECURITY: each key has its own narrow form (a count, a code, a random id, names from a list), so
     that no address, pseudonym or value of a report fits in by mistake.
FAILS: ``ValueError`` for what is not on the list; it names the key, never what was given.
"""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from rufgate.store.field_classes import FieldClass
from rufgate.store.filters import Filter

GENESIS: Final = "0" * 64  # stands before the first entry
_FORM: Final = "rufgate-audit-1"
_MAX: Final = 2**63
_VERSION: Final = re.compile(r"[0-9][0-9A-Za-z.+!_-]{0,63}")
_DIGEST: Final = re.compile(r"[0-9a-f]{16}")
_MONTH: Final = re.compile(r"[0-9]{4}-[01][0-9]")
_TOKEN: Final = re.compile(r"[a-z2-7]{10}")
_MAC: Final = re.compile(r"[0-9a-f]{64}")
_SETTING: Final = re.compile(r"[a-z_]+(\.[0-9]{1,4})?(\.[a-z_]+)?")  # analysts.0.tier
_MAX_SETTINGS: Final = 200
_OUTCOME: Final = re.compile(  # of the store, or the codes of a reply
    r"new|duplicate|collapsed|overflowed|dropped|aborted"
    r"|[245][0-9]{2}( [245]\.[0-9]{1,3}\.[0-9]{1,3})?"
)
_FORWARD: Final = re.compile(  # analyst, tier, end
    r"[A-Za-z0-9][A-Za-z0-9._-]{0,63} (metadata|headers|text) (delivered|deferred|parked)"
)
_TABLE: Final = re.compile(r"[a-z_]{1,40}")
_MAX_SUMS: Final = 1000
_FILTERS: Final = frozenset(
    {
        "limit",
        "id",
        "order",
        "cursor",
        "offset",
        "state",
        "by",
        "action",
        "month",
        "since",
        "until",
        "before",
    }
    | {field.name for field in fields(Filter)}
)
_RULE: Final = re.compile(r"[0-9]{1,6}:(delete|coarsen):[0-9a-f]{16}")
_HOLD_KINDS: Final = frozenset({"domain", "report", "period", "domain_and_period", "campaign"})
_CLASSES: Final = frozenset(field_class.value for field_class in FieldClass)


class Actor(StrEnum):
    """In which role something was done."""

    SERVICE = "service"
    OPERATOR = "operator"  # whoever may run the command line and read the keys
    ANALYST = "analyst"  # this and the next: by the web, with a token
    PRIVACY_OFFICER = "privacy-officer"
    POSTMASTER = "postmaster"


class Action(StrEnum):
    """What was done."""

    GATE_STARTED = "gate_started"
    GATE_STOPPED = "gate_stopped"
    RETENTION_APPLIED = "retention_applied"
    TOKEN_CREATED = "token_created"  # noqa: S105 - an action
    TOKEN_REVOKED = "token_revoked"  # noqa: S105 - an action
    TOKEN_REFUSED = "token_refused"  # noqa: S105 - an action
    TOKENS_LISTED = "tokens_listed"
    APPROVAL_ASKED = "approval_asked"
    APPROVAL_GRANTED = "approval_granted"
    APPROVAL_USED = "approval_used"
    APPROVALS_LISTED = "approvals_listed"
    PURGE_BEGUN = "purge_begun"
    PURGE_SETTLED = "purge_settled"
    PURGES_SEARCHED = "purges_searched"
    AUDIT_PRUNED = "audit_pruned"
    AUDIT_LISTED = "audit_listed"
    AUDIT_VERIFIED = "audit_verified"
    CONFIGURATION_CHANGED = "configuration_changed"
    POLICY_CHANGED = "policy_changed"
    INTAKE_SUMMED = "intake_summed"
    FORWARDS_SUMMED = "forwards_summed"
    CANARY_FOUND = "canary_found"
    CANARY_ACKNOWLEDGED = "canary_acknowledged"
    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    RETENTION_SHOWN = "retention_shown"
    COPIES_LISTED = "copies_listed"
    COPIES_COUNTED = "copies_counted"
    COPIES_RETRIED = "copies_retried"
    COPIES_DROPPED = "copies_dropped"
    REPORTS_LISTED = "reports_listed"
    REPORT_SHOWN = "report_shown"
    REPORTS_COUNTED = "reports_counted"
    ALERTS_LISTED = "alerts_listed"
    STATISTICS_PUBLISHED = "statistics_published"
    REPORTS_EXPORTED = "reports_exported"
    CAMPAIGNS_LISTED = "campaigns_listed"
    SOURCES_LISTED = "sources_listed"
    RECORD_MADE = "record_made"
    POLICY_APPLIED = "policy_applied"
    POLICY_PLANNED = "policy_planned"
    HOLDS_LISTED = "holds_listed"
    HOLD_ADDED = "hold_added"
    HOLD_ENDED = "hold_ended"
    HOLD_EXPIRED = "hold_expired"
    MAIL_IMPORTED = "mail_imported"
    IMPORT_LOOKED_AT = "import_looked_at"
    EPOCHS_LISTED = "epochs_listed"
    EPOCH_BEGUN = "epoch_begun"
    EPOCH_DESTROYED = "epoch_destroyed"
    SUBJECT_ASKED = "subject_asked"
    SUBJECT_REFUSED = "subject_refused"
    SUBJECT_SEARCHED = "subject_searched"
    SUBJECT_ERASED = "subject_erased"
    TOMBSTONES_WRITTEN = "tombstones_written"
    TOMBSTONES_REPLAYED = "tombstones_replayed"
    TOMBSTONES_LOST = "tombstones_lost"
    STORE_BACKED_UP = "store_backed_up"
    STORE_RESTORED = "store_restored"
    STORE_MOVE_BEGUN = "store_move_begun"
    STORE_MOVED = "store_moved"


def details_text(details: Mapping[str, Any]) -> str:
    """``details`` in the one form that is stored and signed."""
    for key, value in details.items():
        if key not in _FORMS or not _FORMS[key](value):
            raise ValueError(f"not for the audit log: {key if key in _FORMS else 'unknown key'}")
    return json.dumps(dict(details), sort_keys=True, separators=(",", ":"), default=str)


def moment_text(at: datetime) -> str:
    """A time in the form that is signed."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def mac_of(key: bytes, before: str, sequence: int, fields: tuple[str, str, str, str]) -> str:
    """The MAC of the entry of ``fields`` (time, actor, action, details) behind that of ``before``.

    A JSON array tells the fields apart, whatever they hold.
    """
    canonical = json.dumps([_FORM, before, sequence, *fields], separators=(",", ":"))
    return hmac.digest(key, canonical.encode(), "sha256").hex()


def is_mac(value: object) -> bool:
    """Whether it has the form of a MAC."""
    return isinstance(value, str) and _MAC.fullmatch(value) is not None


def _count(value: object) -> bool:
    return type(value) is int and 0 <= value < _MAX


def _flag(value: object) -> bool:
    return type(value) is bool


def _settings(value: object) -> bool:
    """Names of settings, never what is set."""
    return (
        isinstance(value, list)
        and len(value) <= _MAX_SETTINGS
        and all(isinstance(name, str) and _SETTING.fullmatch(name) for name in value)
    )


def _sums_of(form: re.Pattern[str]) -> Callable[[object], bool]:
    def fits(value: object) -> bool:
        return (
            isinstance(value, dict)
            and len(value) <= _MAX_SUMS
            and all(isinstance(name, str) and form.fullmatch(name) for name in value)
            and all(map(_count, value.values()))
        )

    return fits


def _one_of(*words: str) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and value in words


def _checksums(value: object) -> bool:
    """By table."""
    return (
        isinstance(value, dict)
        and len(value) <= _MAX_SUMS
        and all(isinstance(name, str) and _TABLE.fullmatch(name) for name in value)
        and all(map(is_mac, value.values()))
    )


def _month(value: object) -> bool:
    return isinstance(value, str) and _MONTH.fullmatch(value) is not None


def _version(value: object) -> bool:
    return isinstance(value, str) and _VERSION.fullmatch(value) is not None


def _digest(value: object) -> bool:
    return isinstance(value, str) and _DIGEST.fullmatch(value) is not None


def _filters(value: object) -> bool:
    return isinstance(value, list) and len(value) <= len(_FILTERS) and _FILTERS.issuperset(value)


def _counts(value: object) -> bool:
    return (
        isinstance(value, dict) and _CLASSES.issuperset(value) and all(map(_count, value.values()))
    )


def _classes(value: object) -> bool:
    return isinstance(value, list) and _CLASSES.issuperset(value) and len(value) <= len(_CLASSES)


def _rules(value: object) -> bool:
    """By class, what ``govern/receipts.py`` calls each rule."""
    return (
        isinstance(value, dict)
        and _CLASSES.issuperset(value)
        and all(
            isinstance(rules, list)
            and all(isinstance(rule, str) and _RULE.fullmatch(rule) for rule in rules)
            for rules in value.values()
        )
    )


def _hold_kind(value: object) -> bool:
    return isinstance(value, str) and value in _HOLD_KINDS


def _token(value: object) -> bool:
    """The id of a token, never one."""
    return isinstance(value, str) and _TOKEN.fullmatch(value) is not None


def _id(value: object) -> bool:
    return isinstance(value, UUID)


_FORMS: Final[Mapping[str, Callable[[object], bool]]] = {
    "version": _version,
    "policy": _digest,
    "count": _count,
    "asked": _count,
    "held": _count,
    "unknown": _count,
    "counts": _counts,
    "filters": _filters,
    "report": _id,
    "run": _id,
    "hold": _id,
    "token": _token,
    "role": _one_of("analyst", "privacy-officer", "postmaster"),
    "approval": _id,
    "approval_kind": _one_of("subject_find", "subject_erase", "keys_destroy"),
    "kind": _hold_kind,
    "epoch": _count,
    "first": _count,
    "last": _count,
    "mac": is_mac,
    "record": _one_of("ropa", "dpia", "notice", "breach", "disclosure"),
    "month": _month,
    "whole": _flag,
    "before": _digest,
    "after": _digest,
    "changed": _settings,
    "outcomes": _sums_of(_OUTCOME),
    "forwards": _sums_of(_FORWARD),
    "receipt": _id,
    "result": _one_of("verified", "failed", "unverified", "rows_only"),
    "rules": _rules,
    "classes": _classes,
    "tables": _sums_of(_TABLE),
    "checksums": _checksums,
}
