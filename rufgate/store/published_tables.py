"""The table of published statistics; see ``published.py``."""

from __future__ import annotations

from sqlalchemy import Integer, Table

from rufgate.store.column_types import StoredText, UtcDateTime
from rufgate.store.columns import col, json, metadata
from rufgate.store.field_classes import FieldClass as C
from rufgate.store.field_classes import held, rows_of

# Of no report and of nobody: a month's figures as they were first told.
published_months = Table(
    "published_months",
    metadata,
    col("month", StoredText(), held(C.AUDIT, "which month was told"), primary_key=True),
    col("k", Integer(), held(C.AUDIT, "the fewest that a figure stands for"), nullable=False),
    col("figures", json, held(C.AUDIT, "what was told, told again the same"), nullable=False),
    col("published_at", UtcDateTime(), held(C.AUDIT, "since when it stands"), nullable=False),
    info=rows_of(C.AUDIT, aged_by="published_at"),
)
