"""The tables of the audit log; see ``audit.py`` and ``audit_segments.py``."""

from __future__ import annotations

from sqlalchemy import BigInteger, Index, Table

from rufgate.store.column_types import StoredText, UtcDateTime
from rufgate.store.columns import col, metadata
from rufgate.store.field_classes import FieldClass as C
from rufgate.store.field_classes import held, rows_of

# ``chained``: its rows go by ``Audit.prune`` alone, which leaves a signed word of what went.
audit_entries = Table(
    "audit_entries",
    metadata,
    col("sequence", BigInteger(), held(C.AUDIT, "the place in the chain"), primary_key=True),
    col("at", UtcDateTime(), held(C.AUDIT, "when it was done"), nullable=False),
    col("actor", StoredText(), held(C.AUDIT, "in which role"), nullable=False),
    col("action", StoredText(), held(C.AUDIT, "what was done"), nullable=False),
    col("details", StoredText(), held(C.AUDIT, "counts, ids, codes; no value"), nullable=False),
    col("mac", StoredText(), held(C.AUDIT, "evidence: binds it to all before"), nullable=False),
    Index("ix_audit_entries_action_sequence", "action", "sequence"),
    info=rows_of(C.AUDIT, aged_by="at", chained=True),
)

# A month that is gone. Kept for good: it says no more than how many entries there were.
audit_segments = Table(
    "audit_segments",
    metadata,
    col("first", BigInteger(), held(C.AUDIT, "where the month began"), primary_key=True),
    col("month", StoredText(), held(C.AUDIT, "which month is gone"), nullable=False),
    col("last", BigInteger(), held(C.AUDIT, "where the month ended"), nullable=False),
    col("count", BigInteger(), held(C.AUDIT, "how many entries it had"), nullable=False),
    col("mac", StoredText(), held(C.AUDIT, "evidence: of its last entry"), nullable=False),
    col("pruned_at", UtcDateTime(), held(C.AUDIT, "when it was deleted"), nullable=False),
    col("seal", StoredText(), held(C.AUDIT, "evidence: binds it to all before"), nullable=False),
    info=rows_of(C.AUDIT, aged_by="pruned_at", chained=True),
)

# The configuration of the last start as keyed hashes; replaced by the next that differs.
noted_settings = Table(
    "noted_settings",
    metadata,
    col("name", StoredText(), held(C.AUDIT, "which setting"), primary_key=True),
    col("digest", StoredText(), held(C.AUDIT, "tells whether it changed"), nullable=False),
    col("noted_at", UtcDateTime(), held(C.AUDIT, "since when it is so"), nullable=False),
    info=rows_of(C.AUDIT, aged_by="noted_at", chained=True),
)
