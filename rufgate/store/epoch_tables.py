"""The table of key epochs; see ``epochs.py``."""

from __future__ import annotations

from sqlalchemy import Date, Integer, Table

from rufgate.store.column_types import UtcDateTime
from rufgate.store.columns import col, metadata
from rufgate.store.field_classes import FieldClass as C
from rufgate.store.field_classes import held, rows_of

# As old as the last day on which its key or a report of it was there: a row outlives its key.
epochs = Table(
    "epochs",
    metadata,
    col("number", Integer(), held(C.AUDIT, "names the epoch's key"), primary_key=True),
    col("began_on", Date(), held(C.AUDIT, "the period that the key covers"), nullable=False),
    col("ended_on", Date(), held(C.AUDIT, "the period that the key covers")),
    col("destroyed_on", Date(), held(C.AUDIT, "since when nothing of it can be linked")),
    col("last_needed_at", UtcDateTime(), held(C.AUDIT, "from when the row ages"), nullable=False),
    info=rows_of(C.AUDIT, aged_by="last_needed_at"),
)
