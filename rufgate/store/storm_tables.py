"""The tables that count what makes no rows of its own; see ``storms.py``."""

from __future__ import annotations

from sqlalchemy import BigInteger, Index, Table, Uuid

from rufgate.store.column_types import StoredText, UtcDateTime
from rufgate.store.columns import col, metadata, parent
from rufgate.store.field_classes import FieldClass as C
from rufgate.store.field_classes import held, rows_of

# Of reports that came so often that they stopped making rows: they count in ``seen`` of this one.
# The key is a keyed digest like the fingerprint; it is emptied when its window is over.
storms = Table(
    "storms",
    metadata,
    parent(),
    col("storm_key", StoredText(), held(C.FINGERPRINT, "to count what is alike")),
    col("began_at", UtcDateTime(), held(C.TIME, "when the first of them came", coarse="day")),
    col("last_at", UtcDateTime(), held(C.TIME, "when the last of them came", coarse="day")),
    col("came", BigInteger(), held(C.FACTS, "how many came within the window"), nullable=False),
    col("collapsed", BigInteger(), held(C.FACTS, "how many made no row"), nullable=False),
    Index("uq_storms_storm_key", "storm_key", unique=True),
    info=rows_of(C.FACTS),
)

# Of no report: what one clock hour has taken, so that the store grows by so much and no more.
intake_hours = Table(
    "intake_hours",
    metadata,
    col("hour", UtcDateTime(), held(C.TIME, "which hour"), primary_key=True),
    col("made", BigInteger(), held(C.TIME, "how many rows it made"), nullable=False),
    col("held_bytes", BigInteger(), held(C.TIME, "how many bytes it took"), nullable=False),
    col("overflow_id", Uuid(), held(C.TIME, "the row that counts what was too much")),
    info=rows_of(C.TIME, aged_by="hour"),
)

# What one sender has made of an hour's rows; deleted when the next hour begins.
intake_senders = Table(
    "intake_senders",
    metadata,
    col("hour", UtcDateTime(), held(C.FINGERPRINT, "which hour"), primary_key=True),
    col("sender_key", StoredText(), held(C.FINGERPRINT, "who sent, as a digest"), primary_key=True),
    col("made", BigInteger(), held(C.FINGERPRINT, "how many rows it made"), nullable=False),
    info=rows_of(C.FINGERPRINT, aged_by="hour"),
)

# Of reports that were counted and dropped, since collecting for their domain is over.
dropped_hours = Table(
    "dropped_hours",
    metadata,
    col("hour", UtcDateTime(), held(C.TIME, "which hour"), primary_key=True),
    col("dropped", BigInteger(), held(C.TIME, "how many were dropped"), nullable=False),
    info=rows_of(C.TIME, aged_by="hour"),
)
