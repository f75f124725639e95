"""Up to which place of the list of tombstones this database has forgotten all that it lists.

In:  an engine; places in the file of tombstones.
Out: the newest place; the one that an older backup holds is older, and so is seen to be.
FAILS: ``StoreUnavailable``.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import BigInteger, Engine, Table, delete, insert, select

from rufgate.store.column_types import StoredText, UtcDateTime
from rufgate.store.columns import col, metadata
from rufgate.store.engine import reading, writing
from rufgate.store.field_classes import FieldClass as C
from rufgate.store.field_classes import held, rows_of

tombstone_marks: Final = Table(
    "tombstone_marks",
    metadata,
    col("lines", BigInteger(), held(C.AUDIT, "how many lines are done"), primary_key=True),
    col("size", BigInteger(), held(C.AUDIT, "where the last of them ends"), nullable=False),
    col("mac", StoredText(), held(C.AUDIT, "which line that is"), nullable=False),
    col("at", UtcDateTime(), held(C.AUDIT, "when they were done"), nullable=False),
    info=rows_of(C.AUDIT, aged_by="at"),
)


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


def note_mark(engine: Engine, place: Place, now: datetime) -> None:
    """From here on this is the only one."""
    with writing(engine) as connection:
        connection.execute(delete(tombstone_marks))
        connection.execute(insert(tombstone_marks), {**place._asdict(), "at": now})
