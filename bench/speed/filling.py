"""A store with a million reports, made from one with a few by SQL.

In:  the file of a SQLite store that a gate has filled, and how many reports it shall hold.
Out: a copy with so many, each with all its rows in all tables, over the last three days.
FAILS: ``CannotMeasure`` where the few are too few.

A report is copied with everything that hangs on it. Its id and what is unique of it are made anew;
ids ascend over their whole range: making the store is fast, and what comes later falls in between.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from bench.speed.processes import CannotMeasure

_FEWEST: Final = 20
_DAYS: Final = 3  # no retention is due within them
_DIGITS: Final = 8  # of an id, that say its place; the others stay the original's
_ANEW: Final = {"reports": ("fingerprint",), "storms": ("storm_key",)}
_TIMES: Final = ("received_at", "arrival_at", "began_at", "last_at", "created_at")
_FAST: Final = (
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA cache_size = -1000000",
    "PRAGMA temp_store = MEMORY",
)


def filled(few: Path, many: Path, count: int, say: Callable[[str], None]) -> None:
    """Make ``many`` out of ``few``."""
    shutil.copy(few, many)
    with closing(sqlite3.connect(many, isolation_level=None)) as store:
        for pragma in _FAST:
            store.execute(pragma)
        has = _one(store, "SELECT count(*) FROM reports")
        if has < _FEWEST:
            raise CannotMeasure(f"the small store holds {has} reports")
        indexes = store.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        ).fetchall()
        for name, _ in indexes:
            store.execute(f'DROP INDEX "{name}"')
        _plan(store, count - has)
        for table in _tables(store):
            say(f"growth: {count} reports, {table}")
            _copy(store, table)
        store.execute("DROP TABLE plan")
        for name, made in indexes:
            say(f"growth: {count} reports, index {name}")
            store.execute(made)
        store.execute("PRAGMA journal_mode = WAL")


def _plan(store: sqlite3.Connection, count: int) -> None:
    """For each new report: of which it is a copy, its id, how many seconds earlier it came."""
    store.execute("CREATE TEMP TABLE plan (number INTEGER PRIMARY KEY, old, new, earlier)")
    store.execute(
        "CREATE TEMP TABLE few AS SELECT row_number() OVER (ORDER BY id) - 1 AS at, id FROM reports"
    )
    has = _one(store, "SELECT count(*) FROM few")
    step = 16**_DIGITS // (count + 1)
    store.execute(
        f"""
        WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers LIMIT {count})
        INSERT INTO plan
        SELECT n, id, printf('%0{_DIGITS}x', n * {step}) || substr(id, {_DIGITS + 1}),
               (n * 7919) % {_DAYS * 86_400}
        FROM numbers CROSS JOIN few ON at = n % {has}
        """
    )


def _tables(store: sqlite3.Connection) -> Iterator[str]:
    yield "reports"
    tables = store.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (name,) in tables:
        if "report_id" in _columns(store, name):
            yield name


def _copy(store: sqlite3.Connection, table: str) -> None:
    """All rows of ``table`` that hang on a report which is copied."""
    columns = _columns(store, table)
    key = "id" if table == "reports" else "report_id"
    values = [_value(table, column, key) for column in columns]
    store.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)}"
        f" FROM plan CROSS JOIN {table} old ON old.{key} = plan.old ORDER BY plan.number"
    )


def _value(table: str, column: str, key: str) -> str:
    if column == key:
        return "plan.new"
    if column in _ANEW.get(table, ()):
        return "lower(hex(randomblob(16)))"
    if column in _TIMES:
        return f"strftime('%Y-%m-%d %H:%M:%f', old.{column}, -plan.earlier || ' seconds') || '000'"
    if column == "received_on":
        return "date(old.received_at, -plan.earlier || ' seconds')"
    return f"old.{column}"


def _columns(store: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in store.execute(f"PRAGMA table_info({table})")]


def _one(store: sqlite3.Connection, query: str) -> int:
    return int(store.execute(query).fetchone()[0])
