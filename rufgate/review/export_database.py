"""Reports as a SQLite database of one table, for tools that read such files.

In:  plain values by key; a path at which nothing is.
Out: a file, 0600 from its first moment, with the table ``reports`` and nothing else.
SECURITY: stored values are hostile: a text is what a CSV cell would be, neither a formula nor one
     that moves a terminal, and lists are JSON in ASCII. The file is new, so no page of it holds
     what was deleted, and no journal lies beside it.
FAILS: ``OSError`` where it cannot be written; then no file is left.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from rufgate.review.exports import COLUMNS, inert

_NUMBERS: Final = frozenset({"incidents_stated", "seen"})
_MODE: Final = 0o600
_NAMES: Final = ", ".join(COLUMNS)
_TYPES: Final = ", ".join(
    f"{name} {'INTEGER' if name in _NUMBERS else 'TEXT'}{' PRIMARY KEY' if name == 'id' else ''}"
    for name in COLUMNS
)
_PLACES: Final = ", ".join("?" for _ in COLUMNS)
_CREATE: Final = f"CREATE TABLE reports ({_TYPES}) WITHOUT ROWID"
_INSERT: Final = f"INSERT INTO reports ({_NAMES}) VALUES ({_PLACES})"  # noqa: S608 - names of ours


def write_database(rows: Iterable[Mapping[str, Any]], path: Path) -> None:
    """All of them in one step: whoever opens the file finds the whole or nothing."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _MODE))
    try:
        _fill(path, _values(rows))
    except sqlite3.Error:
        path.unlink()
        raise OSError("the database cannot be written") from None
    except BaseException:
        path.unlink()
        raise


def _fill(path: Path, values: Iterator[tuple[object, ...]]) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = OFF")
        with database:
            database.execute(_CREATE)
            database.executemany(_INSERT, values)


def _values(rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[object, ...]]:
    for row in rows:
        yield tuple(_cell(row.get(name)) for name in COLUMNS)


def _cell(value: object) -> object:
    match value:
        case None | int():
            return value
        case list() | dict():
            return json.dumps(value)
        case _:
            return inert(str(value))
