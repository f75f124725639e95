"""Up to which place of the list of tombstones this database has forgotten all that it lists.

In:  an engine; places in the file of tombstones.
Out: the newest place; the one that an older backup holds is older, and so is seen to be.
FAILS: ``StoreUnavailable``.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import Engine, delete, insert, select

from rufgate.store.audit_entries import Action
from rufgate.store.audit_tables import audit_entries
from rufgate.store.engine import reading, writing
from rufgate.store.tombstone_tables import tombstone_marks

_NOTES: Final = (Action.TOMBSTONES_WRITTEN.value, Action.TOMBSTONES_LOST.value)


class Place(NamedTuple):
    """Behind so many lines and bytes, of which the last has this MAC."""

    lines: int
    size: int
    mac: str


def newest_mark(engine: Engine) -> Place | None:
    """The newest; None where nothing was listed yet."""
    columns = (tombstone_marks.c.lines, tombstone_marks.c.size, tombstone_marks.c.mac)
    with reading(engine) as connection:
        query = select(*columns).order_by(tombstone_marks.c.at.desc()).limit(1)
        row = connection.execute(query).first()
    return Place(*row) if row else None


def noted_end(engine: Engine) -> tuple[int, str] | None:
    """How many lines the audit log says that the list had at last, and the last one's MAC."""
    query = select(audit_entries.c.details).where(audit_entries.c.action.in_(_NOTES))
    with reading(engine) as connection:
        newest = query.order_by(audit_entries.c.sequence.desc()).limit(1)
        details = connection.execute(newest).scalar_one_or_none()
    try:
        said = json.loads(details or "")
        return int(said["last"]), str(said["mac"])
    except (ValueError, KeyError, TypeError):
        return None  # there is none, or one that `audit verify` names


def note_mark(engine: Engine, place: Place, now: datetime) -> None:
    """From here on this is the only one."""
    with writing(engine) as connection:
        connection.execute(delete(tombstone_marks))
        connection.execute(insert(tombstone_marks), {**place._asdict(), "at": now})
