"""The table of legal holds; see ``holds.py``."""

from __future__ import annotations

from sqlalchemy import Boolean, Date, Table, Uuid

from rufgate.store.column_types import StoredText, UtcDateTime
from rufgate.store.columns import col, metadata
from rufgate.store.field_classes import FieldClass as C
from rufgate.store.field_classes import held, rows_of

# As old as it has been over: so a hold that is in force is never due. ``report`` and
# ``campaign`` are no foreign keys, since a hold is evidence and outlives what it held.
legal_holds = Table(
    "legal_holds",
    metadata,
    col("id", Uuid(), held(C.AUDIT, "names the hold; random"), primary_key=True),
    col("domain", StoredText(), held(C.AUDIT, "whose reports are held")),
    col("report", Uuid(), held(C.AUDIT, "which report is held")),
    col("received_from", Date(), held(C.AUDIT, "the first day of the reports that are held")),
    col("received_to", Date(), held(C.AUDIT, "the last day of the reports that are held")),
    col("also_coarsening", Boolean(), held(C.AUDIT, "what it stops"), nullable=False),
    col("reason", StoredText(), held(C.AUDIT, "why, in the operator's words")),
    col("owner", StoredText(), held(C.AUDIT, "who answers for it, in the operator's words")),
    col("began_at", UtcDateTime(), held(C.AUDIT, "since when it holds"), nullable=False),
    col("until", Date(), held(C.AUDIT, "its last day, as it was set"), nullable=False),
    col("ends_at", UtcDateTime(), held(C.AUDIT, "when it is over, or was ended"), nullable=False),
    col("ended_reason", StoredText(), held(C.AUDIT, "why it was ended before its last day")),
    col("entered_at", UtcDateTime(), held(C.AUDIT, "when its end was entered into the log")),
    col("campaign", Uuid(), held(C.AUDIT, "which campaign's reports are held")),
    info=rows_of(C.AUDIT, aged_by="ends_at"),
)
