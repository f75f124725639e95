"""A checksum of a table that is the same on each database.

In:  a connection, a table.
Out: how many rows it has, and the SHA-256 of all their values in the order of the primary key.
SECURITY: a digest over whole tables, which confirms no guess about one row.
FAILS: as the database does.

Text is put in the order of its bytes: a server's own language puts it in another one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, Table, collate, select

from rufgate.store.column_types import StoredText

_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class Checksum:
    """Of one table."""

    rows: int
    sha256: str


def checksum(connection: Connection, table: Table) -> Checksum:
    """Read the table through, in pieces."""
    digest, rows = hashlib.sha256(), 0
    for row in in_order(connection, table):
        digest.update(_canonical(row))
        rows += 1
    return Checksum(rows, digest.hexdigest())


def in_order(
    connection: Connection, table: Table, *more: ColumnElement[bool]
) -> Iterator[Row[Any]]:
    """Its rows by their key."""
    query = select(table).where(*more).order_by(*(key for key in keys(connection, table)))
    yield from connection.execution_options(yield_per=_AT_ONCE).execute(query)


def keys(connection: Connection, table: Table) -> list[ColumnElement[Any]]:
    """The columns of the key, as they are compared."""
    is_server = connection.dialect.name != "sqlite"
    return [
        collate(column, "C") if is_server and isinstance(column.type, StoredText) else column
        for column in table.primary_key.columns
    ]


def _canonical(row: Row[Any]) -> bytes:
    """One line of JSON, which tells values apart, whatever they hold."""
    said = json.dumps(list(row), sort_keys=True, separators=(",", ":"), default=_plain)
    return f"{said}\n".encode()


def _plain(value: object) -> str:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case UUID():
            return value.hex
        case bytes() | memoryview():
            return hashlib.sha256(value).hexdigest()
    raise TypeError(type(value).__name__)
