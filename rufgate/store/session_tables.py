"""The table of sessions that were signed out; see ``ended_sessions.py``."""

from __future__ import annotations

from sqlalchemy import Table

from rufgate.store.column_types import StoredText, UtcDateTime
from rufgate.store.columns import col, metadata
from rufgate.store.field_classes import FieldClass as C
from rufgate.store.field_classes import held, rows_of

ended_sessions = Table(
    "ended_sessions",
    metadata,
    col("session", StoredText(), held(C.AUDIT, "which one; a digest"), primary_key=True),
    col("over_at", UtcDateTime(), held(C.AUDIT, "when it would have ended anyway"), nullable=False),
    info=rows_of(C.AUDIT, aged_by="over_at"),
)
