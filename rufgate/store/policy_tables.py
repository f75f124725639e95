"""The table of the policies that rows were made under; see ``policies.py``."""

from __future__ import annotations

from sqlalchemy import Table

from rufgate.store.column_types import StoredText, UtcDateTime
from rufgate.store.columns import col, json, metadata
from rufgate.store.field_classes import FieldClass as C
from rufgate.store.field_classes import held, rows_of

# As old as its last use, so that the policy in force is never due.
policies = Table(
    "policies",
    metadata,
    col("digest", StoredText(), held(C.AUDIT, "names the policy on every row"), primary_key=True),
    col("settings", json, held(C.AUDIT, "what that policy kept; never a phrase"), nullable=False),
    col("first_used_at", UtcDateTime(), held(C.AUDIT, "since when it was used"), nullable=False),
    col("last_used_at", UtcDateTime(), held(C.AUDIT, "when it was last taken up"), nullable=False),
    info=rows_of(C.AUDIT, aged_by="last_used_at"),
)
