"""Who may do what: role by verb. Pure.

In:  a role, a verb.
Out: whether it may; a ``Principal`` for whoever has proved who they are.
SECURITY: what the table does not name is denied. An analyst reaches no verb of the privacy
     officer's, and a privacy officer reads no redacted text: each sees what their task needs.
FAILS: never.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, final

from rufgate.store.filters import Scope


class Role(StrEnum):
    """What somebody is here for."""

    ANALYST = "analyst"
    PRIVACY_OFFICER = "privacy-officer"
    POSTMASTER = "postmaster"


class Verb(StrEnum):
    """What can be asked for."""

    HEALTH = "health"
    READ_REPORTS = "read_reports"
    EXPORT_REPORTS = "export_reports"
    READ_STATS = "read_stats"
    SHARE_STATS = "share_stats"
    READ_DELIVERIES = "read_deliveries"
    RETRY_DELIVERIES = "retry_deliveries"
    DROP_DELIVERIES = "drop_deliveries"
    ACKNOWLEDGE_CANARY = "acknowledge_canary"
    READ_RETENTION = "read_retention"
    APPLY_RETENTION = "apply_retention"
    APPLY_POLICY = "apply_policy"
    READ_HOLDS = "read_holds"
    CHANGE_HOLDS = "change_holds"
    SEARCH_SUBJECTS = "search_subjects"
    ERASE_SUBJECTS = "erase_subjects"
    READ_KEYS = "read_keys"
    ROTATE_KEYS = "rotate_keys"
    DESTROY_KEYS = "destroy_keys"
    READ_AUDIT = "read_audit"
    READ_RECORDS = "read_records"
    GRANT_APPROVALS = "grant_approvals"
    MANAGE_TOKENS = "manage_tokens"


_ANALYST: Final = frozenset(
    {
        Verb.HEALTH, Verb.READ_REPORTS, Verb.EXPORT_REPORTS, Verb.READ_STATS, Verb.SHARE_STATS,
        Verb.READ_DELIVERIES,
    }
)  # fmt: skip
_POSTMASTER: Final = frozenset(
    {
        Verb.HEALTH, Verb.READ_STATS, Verb.READ_DELIVERIES, Verb.RETRY_DELIVERIES,
        Verb.DROP_DELIVERIES, Verb.ACKNOWLEDGE_CANARY, Verb.APPLY_POLICY, Verb.READ_KEYS,
        Verb.ROTATE_KEYS, Verb.MANAGE_TOKENS,
    }
)  # fmt: skip
_PRIVACY_OFFICER: Final = frozenset(
    {
        Verb.HEALTH, Verb.READ_STATS, Verb.SHARE_STATS, Verb.READ_RETENTION, Verb.APPLY_RETENTION,
        Verb.APPLY_POLICY, Verb.READ_HOLDS, Verb.CHANGE_HOLDS, Verb.SEARCH_SUBJECTS,
        Verb.ERASE_SUBJECTS, Verb.READ_KEYS, Verb.DESTROY_KEYS, Verb.READ_AUDIT,
        Verb.READ_RECORDS, Verb.GRANT_APPROVALS,
    }
)  # fmt: skip

TABLE: Final[Mapping[Role, frozenset[Verb]]] = {
    Role.ANALYST: _ANALYST,
    Role.POSTMASTER: _POSTMASTER,
    Role.PRIVACY_OFFICER: _PRIVACY_OFFICER,
}
"""All that is allowed."""

_SIGN_IN: Final = b"rufgate-sign-in-1\0"


def sign_in_digest(key: bytes, name: str) -> str:
    """How the table keeps the name that a proxy says: often an address, so not as it stands."""
    return hmac.digest(key, _SIGN_IN + name.encode(), "sha256").hex()


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Principal:
    """Somebody whose token was good."""

    token: str  # its id, never the token
    role: Role
    scope: Scope

    def may(self, verb: Verb) -> bool:
        """Whether the role has the verb."""
        return verb in TABLE[self.role]
