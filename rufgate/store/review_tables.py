"""How the reports were read; see ``reviews.py``. What lists ask by stands in ``reports``."""

from __future__ import annotations

from sqlalchemy import Integer, Table

from rufgate.store.column_types import StoredText
from rufgate.store.columns import col, metadata, parent
from rufgate.store.field_classes import FieldClass as C
from rufgate.store.field_classes import held, rows_of

reviews = Table(
    "reviews",
    metadata,
    parent(),
    col("version", Integer(), held(C.FACTS, "by which rules it was read"), nullable=False),
    col("rule", StoredText(), held(C.FACTS, "which rule spoke"), nullable=False),
    col("sureness", StoredText(), held(C.FACTS, "how sure that is"), nullable=False),
    # 32 hex digits of a keyed similarity hash: new reports find their campaign by it.
    col("shape", StoredText(), held(C.FINGERPRINT, "to tell what is of one mailing")),
    info=rows_of(C.FACTS),
)
