"""Entries of the audit log in words, for whoever has to answer for them.

In:  an entry as it is stored.
Out: who, and what was done, as a sentence.
SECURITY: entries hold no value, so a sentence has none; what is stored is not trusted to be so, and
     unknown words are shown as they stand, to be made printable by whoever prints them.
FAILS: never.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from rufgate.store.audit_entries import Action
from rufgate.store.audit_stored import StoredEntry

_WHO: Final = {
    "service": "the gate",
    "operator": "an operator",
    "analyst": "an analyst",
    "privacy-officer": "a privacy officer",
    "postmaster": "a postmaster",
}
_WHAT: Final[Mapping[str, str]] = {
    Action.GATE_STARTED: "started",
    Action.GATE_STOPPED: "stopped",
    Action.RETENTION_APPLIED: "deleted or coarsened what was due",
    Action.AUDIT_PRUNED: "deleted a month of this log that was past its rule",
    Action.AUDIT_LISTED: "looked at this log",
    Action.AUDIT_VERIFIED: "verified this log",
    Action.CONFIGURATION_CHANGED: "started with a changed configuration",
    Action.POLICY_CHANGED: "started with a changed policy of redaction",
    Action.INTAKE_SUMMED: "took and refused mail",
    Action.FORWARDS_SUMMED: "sent copies to analysts",
    Action.CANARY_FOUND: "found its own test data where none may be, and stopped forwarding",
    Action.CANARY_ACKNOWLEDGED: "let forwarding go on after such a find",
    Action.SIGNED_IN: "signed in by the web",
    Action.SIGN_IN_REFUSED: "refused somebody whom the proxy named and nobody knows",
    Action.RETENTION_SHOWN: "looked at the rules of retention and what was forgotten",
    Action.COPIES_COUNTED: "counted copies by where they stand",
    Action.COPIES_LISTED: "looked at the copies that wait",
    Action.COPIES_RETRIED: "had copies sent once more",
    Action.COPIES_DROPPED: "dropped copies that waited",
    Action.REPORTS_LISTED: "looked at a list of reports",
    Action.REPORT_SHOWN: "looked at one report",
    Action.REPORTS_COUNTED: "counted reports",
    Action.ALERTS_LISTED: "looked at the alerts",
    Action.STATISTICS_PUBLISHED: "made statistics to share",
    Action.REPORTS_EXPORTED: "exported reports",
    Action.CAMPAIGNS_LISTED: "looked at a list of campaigns",
    Action.SOURCES_LISTED: "looked at a list of sources",
    Action.RECORD_MADE: "made a record for the authority",
    Action.POLICY_PLANNED: "looked at what a stricter policy would take",
    Action.POLICY_APPLIED: "applied a stricter policy to what is stored",
    Action.MAIL_IMPORTED: "imported old mail",
    Action.IMPORT_LOOKED_AT: "looked at which old mail is imported",
    Action.EPOCHS_LISTED: "looked at the epochs of keys",
    Action.EPOCH_BEGUN: "began a new epoch of pseudonyms with a key of its own",
    Action.EPOCH_DESTROYED: "destroyed the key of an epoch",
    Action.TOKEN_CREATED: "made a personal token",
    Action.TOKEN_REVOKED: "took a personal token back",
    Action.TOKEN_REFUSED: "was refused: a token that is no good, or may not do that",
    Action.TOKENS_LISTED: "looked at the list of tokens",
    Action.APPROVAL_ASKED: "asked for a second person's approval",
    Action.APPROVAL_GRANTED: "granted an approval as the second person",
    Action.APPROVAL_USED: "used an approval",
    Action.APPROVALS_LISTED: "looked at what waits for approval",
    Action.HOLDS_LISTED: "looked at the legal holds",
    Action.HOLD_ADDED: "added a legal hold",
    Action.HOLD_ENDED: "ended a legal hold",
    Action.HOLD_EXPIRED: "noted that a legal hold was over",
    Action.SUBJECT_ASKED: "asked what is held about a person",
    Action.SUBJECT_REFUSED: "refused to search for a person: too many searches",
    Action.SUBJECT_SEARCHED: "searched for what is held about a person",
    Action.SUBJECT_ERASED: "erased what was held about a person",
    Action.TOMBSTONES_WRITTEN: "noted outside the database what is about to be deleted",
    Action.TOMBSTONES_REPLAYED: "deleted again what a restored backup had brought back",
    Action.TOMBSTONES_LOST: "found that the list of what was deleted is missing or was cut",
    Action.STORE_BACKED_UP: "made a backup",
    Action.STORE_RESTORED: "restored a backup",
}
_LABELS: Final = {
    "count": "how many",
    "asked": "asked for",
    "counts": "rows by class",
    "unknown": "reports of periods whose key is gone",
    "filters": "asked by",
    "outcomes": "messages by outcome",
    "forwards": "copies by analyst, tier and end",
    "changed": "what changed",
    "whole": "whole",
}


def who(entry: StoredEntry) -> str:
    """In which role."""
    return _WHO.get(entry.actor, entry.actor)


def when(entry: StoredEntry) -> str:
    """To the second, UTC; as it stands where it is no time."""
    date, t, clock = entry.at.partition("T")
    return f"{date} {clock[:8]} UTC" if t and entry.at.endswith("+00:00") else entry.at


def what(entry: StoredEntry) -> str:
    """What was done, with its details."""
    done = _WHAT.get(entry.action, entry.action.replace("_", " "))
    if entry.said is None:
        return f"{done} (its details cannot be read)"
    said = {key: value for key, value in entry.said.items() if value not in ([], {})}
    details = "; ".join(f"{_label(key)} {_told(value)}" for key, value in said.items())
    return f"{done} ({details})" if details else done


def _label(key: str) -> str:
    return f"{_LABELS.get(key, key.replace('_', ' '))}:"


def _told(value: Any) -> str:  # noqa: ANN401 - what JSON may hold
    match value:
        case dict():
            return ", ".join(f"{name} {count}" for name, count in value.items())
        case list():
            return ", ".join(map(str, value))
        case bool():
            return "yes" if value else "no"
        case _:
            return str(value)
