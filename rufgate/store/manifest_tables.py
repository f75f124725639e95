"""The table of signed manifests: by what each row was made."""

from __future__ import annotations

from sqlalchemy import Table

from rufgate.store.column_types import StoredText
from rufgate.store.columns import col, metadata, parent
from rufgate.store.field_classes import FieldClass as C
from rufgate.store.field_classes import held, rows_of

report_manifests = Table(
    "report_manifests",
    metadata,
    parent(),
    col("statement", StoredText(), held(C.FACTS, "evidence: by what it was redacted")),
    col("signature", StoredText(), held(C.FACTS, "evidence: that we said so")),
    info=rows_of(C.FACTS),
)
