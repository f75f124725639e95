"""Which policy a digest on a row stands for, so that a stricter one can be told from a looser.

In:  a ``Policy`` when a gate takes it up; the digests of rows.
Out: the settings behind each known digest.
SECURITY: phrases and addresses are told by their number, and each list by a digest under which it
     can only be compared; the row's own digest of the policy covers them in the same way.
FAILS: ``StoreUnavailable``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Engine, insert, select, update
from sqlalchemy.exc import IntegrityError

from rufgate.sanitize.policy import Policy
from rufgate.store.engine import writing
from rufgate.store.policy_tables import policies

Settings = Mapping[str, Any]

# From strict to loose.
GRADES: Final[Mapping[str, tuple[str, ...]]] = {
    "store_tier": ("metadata", "headers", "text"),
    "links": ("host", "path"),
    "attachment_digest": ("none", "keyed", "sha256"),
    "source_ip": ("truncate", "keep"),
    "domains": ("organizational", "known", "keep"),
    "uncovered_text": ("omit", "rules"),
}
PHRASES: Final = ("allow", "deny")


def settings_of(policy: Policy) -> dict[str, Any]:
    """What of a policy is stored: nothing that could be personal."""
    return {
        **{name: str(getattr(policy, name)) for name in GRADES},
        "own_domains": len(policy.own_domains),
        "allow_phrases": len(policy.allow_phrases),
        "deny_phrases": len(policy.deny_phrases),
        "allow": _digest(policy.allow_phrases),
        "deny": _digest(policy.deny_phrases),
    }


def note_policy(engine: Engine, policy: Policy, now: datetime) -> None:
    """Remember what ``policy`` is, before rows are made under it."""
    which = policies.c.digest == policy.digest()
    row = {
        "digest": policy.digest(),
        "settings": settings_of(policy),
        "first_used_at": now,
        "last_used_at": now,
    }
    try:
        with writing(engine) as connection:
            again = connection.execute(update(policies).where(which).values(last_used_at=now))
            if not again.rowcount:
                connection.execute(insert(policies), row)
    except IntegrityError:  # another gate has just done it
        return


def known_policies(connection: Connection) -> dict[str, Settings]:
    """The settings by digest."""
    rows = connection.execute(select(policies.c.digest, policies.c.settings))
    return {row.digest: row.settings for row in rows}


def _digest(phrases: Sequence[str]) -> str:
    return hashlib.sha256(json.dumps(sorted(phrases)).encode()).hexdigest()[:16]
