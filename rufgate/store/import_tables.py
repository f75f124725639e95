"""The table of imported mails; see ``imports.py``."""

from __future__ import annotations

from sqlalchemy import Table

from rufgate.store.column_types import StoredText, UtcDateTime
from rufgate.store.columns import col, metadata
from rufgate.store.field_classes import FieldClass as C
from rufgate.store.field_classes import held, rows_of

imported_mails = Table(
    "imported_mails",
    metadata,
    col(
        "digest",
        StoredText(),
        held(C.FINGERPRINT, "to import a mail once; keyed"),
        primary_key=True,
    ),
    col("became", StoredText(), held(C.FINGERPRINT, "what it became"), nullable=False),
    col("at", UtcDateTime(), held(C.FINGERPRINT, "when it was imported"), nullable=False),
    info=rows_of(C.FINGERPRINT, aged_by="at"),
)
