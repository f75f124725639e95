"""What the last start was configured with, as hashes; a change is entered into the audit log.

In:  a text for each setting, the digest of the policy.
Out: entries: the hash of all before and after, and the names of what changed.
SECURITY: a hash is keyed and bound to its setting's name, so that what is set can neither be read
     off nor be guessed without the key of the log. Nothing that is set is stored.
FAILS: ``StoreUnavailable``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Engine, delete, insert, select

from rufgate.store.audit import Audit
from rufgate.store.audit_entries import Action, Actor
from rufgate.store.audit_tables import noted_settings
from rufgate.store.engine import writing

_POLICY: Final = "policy"  # no setting has a name without a section
_MAX_NAMES: Final = 200


def note_settings(
    engine: Engine, audit: Audit, settings: Mapping[str, str], policy: str, at: datetime
) -> None:
    """Compare with what was noted, enter what differs, note what is now; all or nothing."""
    hashed = {name: audit.digest_of(name, text) for name, text in settings.items()}
    now = {**hashed, _POLICY: policy}
    with writing(engine) as connection:
        rows = connection.execute(select(noted_settings.c.name, noted_settings.c.digest))
        before = {row.name: row.digest for row in rows}
        if before == now:
            return
        policy_before = before.pop(_POLICY, None)
        if before and before != hashed:  # the first start has nothing to differ from
            said = _difference(before, hashed)
            audit.append_within(connection, Actor.SERVICE, Action.CONFIGURATION_CHANGED, **said)
        if policy_before not in {None, policy}:
            said = {"before": policy_before, "after": policy}
            audit.append_within(connection, Actor.SERVICE, Action.POLICY_CHANGED, **said)
        connection.execute(delete(noted_settings))
        connection.execute(
            insert(noted_settings),
            [{"name": name, "digest": one, "noted_at": at} for name, one in now.items()],
        )


def _difference(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, Any]:
    changed = sorted(
        name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
    )
    return {
        "before": _digest(before),
        "after": _digest(after),
        "changed": changed[:_MAX_NAMES],
        "count": len(changed),
    }


def _digest(settings: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps(sorted(settings.items())).encode()).hexdigest()[:16]
