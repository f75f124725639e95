"""Field classes: the kinds of data a column may hold, by which retention is ruled.

Every column of the schema names its class and its purpose, so that retention and the records of
processing are generated from the schema and cannot drift from it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any


class FieldClass(StrEnum):
    """The values of ``class`` in ``[[retention]]``."""

    FACTS = "facts"
    TIME = "time"
    ADDRESS = "address"  # IP addresses and ports
    DOMAIN = "domain"
    PSEUDONYM = "pseudonym"
    HEADER = "header"
    SUBJECT = "subject"
    TEXT = "text"
    ATTACHMENT = "attachment"
    COPY = "copy"
    FINGERPRINT = "fingerprint"
    ACCOUNT = "account"
    AUDIT = "audit"


def held(field_class: FieldClass, purpose: str, **more: object) -> dict[str, Any]:
    """The ``info`` of a column: what it holds and what for.

    ``coarse`` names the form that coarsening leaves (``network``, ``day``, or a ``line`` of text
    without the finer part); a column that does not say is emptied.
    """
    return {"field_class": field_class, "purpose": purpose, **more}


def rows_of(field_class: FieldClass, **more: object) -> dict[str, Any]:
    """The ``info`` of a table: its rows are deleted when this class is due.

    ``aged_by`` names the column that says how old a row is, where it belongs to no report.
    """
    return {"row_class": field_class, **more}
