"""The table of how far the list of tombstones is done; see ``tombstone_marks.py``."""

from __future__ import annotations

from sqlalchemy import BigInteger, Table

from rufgate.store.column_types import StoredText, UtcDateTime
from rufgate.store.columns import col, metadata
from rufgate.store.field_classes import FieldClass as C
from rufgate.store.field_classes import held, rows_of

tombstone_marks = Table(
    "tombstone_marks",
    metadata,
    col("lines", BigInteger(), held(C.AUDIT, "how many lines are done"), primary_key=True),
    col("size", BigInteger(), held(C.AUDIT, "where the last of them ends"), nullable=False),
    col("mac", StoredText(), held(C.AUDIT, "which line that is"), nullable=False),
    col("at", UtcDateTime(), held(C.AUDIT, "when they were done"), nullable=False),
    info=rows_of(C.AUDIT, aged_by="at"),
)
