"""The table of alerts; see ``alerts.py``."""

from __future__ import annotations

from sqlalchemy import Date, Table

from rufgate.store.column_types import StoredText, UtcDateTime
from rufgate.store.columns import col, json, metadata
from rufgate.store.field_classes import FieldClass as C
from rufgate.store.field_classes import held, rows_of

alerts = Table(
    "alerts",
    metadata,
    col(
        "cause", StoredText(), held(C.AUDIT, "what it is about, told once a day"), primary_key=True
    ),
    col("day", Date(), held(C.AUDIT, "on which day"), primary_key=True),
    col("said", json, held(C.AUDIT, "counts, own domains, random ids"), nullable=False),
    col("raised_at", UtcDateTime(), held(C.AUDIT, "since when it was known"), nullable=False),
    info=rows_of(C.AUDIT, aged_by="raised_at"),
)
