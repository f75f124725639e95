"""Who may look (``access_tokens.py``), and what waits for a second person (``approvals.py``)."""

from __future__ import annotations

from sqlalchemy import Date, Index, Table, Uuid

from rufgate.store.column_types import StoredText, UtcDateTime
from rufgate.store.columns import col, json, metadata
from rufgate.store.field_classes import FieldClass as C
from rufgate.store.field_classes import held, rows_of

# As old as its last day: one that can be used is never due.
access_tokens = Table(
    "access_tokens",
    metadata,
    col("id", StoredText(), held(C.AUDIT, "names the token; random"), primary_key=True),
    col("name", StoredText(), held(C.AUDIT, "whose it is, in the operator's word"), nullable=False),
    col("role", StoredText(), held(C.AUDIT, "what it may do"), nullable=False),
    col("domains", json, held(C.AUDIT, "whose reports it may see"), nullable=False),
    col("digest", StoredText(), held(C.AUDIT, "recognises it; not the token"), nullable=False),
    col("created_at", UtcDateTime(), held(C.AUDIT, "since when it is valid"), nullable=False),
    col("expires_at", UtcDateTime(), held(C.AUDIT, "until when it is valid"), nullable=False),
    col("revoked_at", UtcDateTime(), held(C.AUDIT, "when it was taken back")),
    col("last_used_on", Date(), held(C.AUDIT, "whether anybody still needs it")),
    col("sign_in", StoredText(), held(C.AUDIT, "recognises the name a proxy says; a keyed digest")),
    info=rows_of(C.AUDIT, aged_by="expires_at"),
)

approvals = Table(
    "approvals",
    metadata,
    col("id", Uuid(), held(C.AUDIT, "names the request; random"), primary_key=True),
    col("kind", StoredText(), held(C.AUDIT, "what is to be done"), nullable=False),
    col("digest", StoredText(), held(C.AUDIT, "exactly what: of rows, no value"), nullable=False),
    col("asked_by", StoredText(), held(C.AUDIT, "whose token asked"), nullable=False),
    col("asked_at", UtcDateTime(), held(C.AUDIT, "when it was asked for"), nullable=False),
    col("expires_at", UtcDateTime(), held(C.AUDIT, "until when it can be used"), nullable=False),
    col("granted_by", StoredText(), held(C.AUDIT, "whose token granted it")),
    col("granted_at", UtcDateTime(), held(C.AUDIT, "when it was granted")),
    col("used_at", UtcDateTime(), held(C.AUDIT, "when it was done; once only")),
    Index("ix_approvals_digest", "digest"),
    info=rows_of(C.AUDIT, aged_by="expires_at"),
)
