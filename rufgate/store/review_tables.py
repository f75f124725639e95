"""What reading the reports made of them: a verdict and a campaign each; see ``reviews.py``."""

from __future__ import annotations

from sqlalchemy import Index, Integer, Table, Uuid

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
    col("guess", StoredText(), held(C.FACTS, "who probably sent the message"), nullable=False),
    col("sureness", StoredText(), held(C.FACTS, "how sure that is"), nullable=False),
    col("dmarc", StoredText(), held(C.FACTS, "whether the mail passed"), nullable=False),
    col("campaign_id", Uuid(), held(C.FACTS, "reports of one mailing; random"), nullable=False),
    # 32 hex digits of a keyed similarity hash: new reports find their campaign by it.
    col("shape", StoredText(), held(C.FINGERPRINT, "to tell what is of one mailing")),
    Index("ix_reviews_campaign_id", "campaign_id"),
    Index("ix_reviews_guess", "guess"),
    info=rows_of(C.FACTS),
)
