"""A record as a document that people read: Markdown, and CSV for spreadsheets.

In:  the plain values of a record.
Out: text.
FAILS: never.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any


def markdown(record: Mapping[str, Any]) -> str:
    """A heading, then each part under its name; lists of objects are tables."""
    title, *parts = record.items()
    lines = [f"# {_sentence(str(title[1]))}", ""]
    for name, value in parts:
        if isinstance(value, dict | list) and lines[-1]:
            lines.append("")
        lines += _part(name, value)
    return "\n".join(lines).rstrip() + "\n"


def csv_text(rows: Iterable[tuple[str, ...]], header: tuple[str, ...]) -> str:
    """RFC 4180, with a header line."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return buffer.getvalue()


def _part(name: str, value: object) -> Iterator[str]:
    heading = _sentence(name.replace("_", " "))
    match value:
        case list() if value and isinstance(value[0], dict):
            yield from (f"## {heading}", "", *_table(value), "")
        case list():
            yield from (f"## {heading}", "", *(f"- {item}" for item in value or ["none"]), "")
        case dict():
            yield from (f"## {heading}", "")
            for key, item in value.items():
                yield from _part(key, item)
            yield ""
        case _:
            yield f"- **{heading}:** {_cell(value)}"


def _table(rows: list[Any]) -> Iterator[str]:
    columns = list(rows[0])
    yield "| " + " | ".join(name.replace("_", " ") for name in columns) + " |"
    yield "| " + " | ".join("---" for _ in columns) + " |"
    for row in rows:
        yield "| " + " | ".join(_cell(row[name]) for name in columns) + " |"


def _cell(value: object) -> str:
    match value:
        case None | "" | []:
            return "none"
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(map(str, value))
        case _:
            return str(value).replace("|", "\\|").replace("\n", " ")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
