"""How often a data subject may be searched for: who may ask without end learns who is in the store.

In:  the audit log, which counts; a limit by the hour.
Out: an entry that the search begins, or ``TooOften``.
SECURITY: counted and entered in one transaction under the database's write lock, so that commands
     run side by side cannot pass it. A clock set back blocks; it opens nothing.
FAILS: ``StoreUnavailable``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Engine, select

from rufgate.store.audit import Audit
from rufgate.store.audit_entries import Action, Actor
from rufgate.store.audit_tables import audit_entries
from rufgate.store.engine import writing

_WINDOW: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class TooOften:
    """The next search is possible at ``again_at``."""

    again_at: datetime


def begin_search(
    engine: Engine, audit: Audit, actor: Actor, per_hour: int, now: datetime
) -> TooOften | None:
    """Enter that a search begins, or that it was refused."""
    entries = audit_entries.c
    asked = select(entries.at).where(
        entries.action == Action.SUBJECT_ASKED.value, entries.at > now - _WINDOW
    )
    with writing(engine) as connection:
        times = connection.execute(asked.order_by(entries.at)).scalars().all()
        refused = len(times) >= per_hour
        action = Action.SUBJECT_REFUSED if refused else Action.SUBJECT_ASKED
        audit.append_within(connection, actor, action)
    return TooOften(again_at=times[-per_hour] + _WINDOW) if refused else None
