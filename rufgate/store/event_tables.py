"""The table of events that wait to be sent to other tools; see ``events.py``."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Integer, Table, Uuid

from rufgate.store.column_types import StoredText, UtcDateTime
from rufgate.store.columns import col, json, metadata
from rufgate.store.field_classes import FieldClass as C
from rufgate.store.field_classes import held, rows_of

# A row names its report and holds nothing of it: what is sent is read from the report when it is
# sent, and what was forgotten meanwhile is not.
output_events = Table(
    "output_events",
    metadata,
    col("id", Uuid(), held(C.COPY, "names the event; a repeat has the same"), primary_key=True),
    col("output", StoredText(), held(C.COPY, "where it goes, as a digest"), nullable=False),
    col(
        "report_id",
        Uuid(),
        held(C.COPY, "the report it tells of"),
        ForeignKey("reports.id", ondelete="CASCADE"),
    ),
    col("alert", json, held(C.COPY, "the alert it tells of: counts and own domains")),
    col("attempts", Integer(), held(C.COPY, "how often it was tried"), nullable=False),
    col("claim", Uuid(), held(C.COPY, "which worker holds it")),
    col("created_at", UtcDateTime(), held(C.COPY, "since when it waits"), nullable=False),
    col("due_at", UtcDateTime(), held(C.COPY, "when to try next; empty: now")),
    col("lease_until", UtcDateTime(), held(C.COPY, "until when the worker holds it")),
    Index("ix_output_events_output_due_at", "output", "due_at"),
    Index("ix_output_events_report_id", "report_id"),
    info=rows_of(C.COPY, aged_by="created_at"),
)
