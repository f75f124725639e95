"""Reports as rows for other programs: CSV and NDJSON.

In:  plain values by key.
Out: lines of text.
SECURITY: stored values are hostile. A CSV cell that a spreadsheet would take for a formula gets an
     apostrophe before it; control characters, which move a terminal, are left out.
FAILS: never.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final

COLUMNS: Final = (
    "id", "received_at", "kind", "reason", "reporter_domain", "reported_domain", "from_domain",
    "source_ip", "auth_failure", "delivery_result", "arrival_at", "incidents_stated", "seen",
    "auth_results", "dmarc", "guess", "sureness", "campaign", "tier", "policy", "engine", "key_id",
    "not_stated",
)  # fmt: skip
_FORMULA: Final = ("=", "+", "-", "@")


class Format(StrEnum):
    """How an export is written."""

    CSV = "csv"
    NDJSON = "ndjson"
    SQLITE = "sqlite"  # no lines: see ``export_database``


def written(rows: Iterable[Mapping[str, Any]], form: Format) -> Iterator[str]:
    """Lines with their ends."""
    return _csv(rows) if form is Format.CSV else _ndjson(rows)


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """A short table as a whole."""
    return "".join(_csv(rows, columns))


def printable(text: str) -> str:
    """``text`` without what moves a terminal; its lines stay lines."""
    return "".join(char if char.isprintable() or char == "\n" else " " for char in text)


def inert(text: str) -> str:
    """``text`` as a cell that is neither a formula nor moves a terminal."""
    plain = printable(text).replace("\n", " ")
    return f"'{plain}" if plain.lstrip().startswith(_FORMULA) else plain


def _csv(rows: Iterable[Mapping[str, Any]], columns: Sequence[str] = COLUMNS) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")  # RFC 4180
    writer.writerow(columns)
    for row in rows:
        writer.writerow([inert(_cell(row.get(name))) for name in columns])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _ndjson(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for row in rows:
        yield json.dumps({name: row.get(name) for name in COLUMNS}) + "\n"  # ASCII: no escapes


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case {"method": method, "result": result, "properties": properties}:
            said = (f"{name}={text}" for name, text in properties.items())
            return " ".join([f"{method}={result}", *said])
        case list():
            return "; ".join(map(_cell, value))
        case _:
            return str(value)
