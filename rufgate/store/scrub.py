"""Makes deleted bytes leave the disk: freed pages, the write-ahead log, whole files, indexes.

In:  an engine.
Out: nothing but a smaller file; False where a reader kept something from being done.
SECURITY: ``secure_delete`` overwrites in place; this takes away what lies elsewhere.
FAILS: ``StoreUnavailable``.

Each step holds the write lock, so it is short, waits its turn and is followed by a pause.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Engine

from rufgate.store import postgres
from rufgate.store.engine import driver_of, not_synced, translated, turns_of
from rufgate.store.turns import Turns

LONG_STEP_S: Final = 0.012  # a step that held the write lock for longer is made smaller
# SQLite's lock knows no queue: who waits for it looks now and then. So it is free for longer than
# it is held.
PAUSE_PER_STEP: Final = 2.0
_PAGES_PER_STEP: Final = 200
_FEWEST_PAGES: Final = 10
_SHORT_WAIT_MS: Final = 50
_TRIES: Final = 20
_ROWS_PER_STEP: Final = 100
_FEWEST_ROWS: Final = 5


def compact(engine: Engine) -> bool:
    """Give freed pages back and empty the write-ahead log, so that deleted bytes leave the disk.

    False where a reader still holds the log: it is to be called again. On PostgreSQL this is
    the server's own VACUUM's duty. There is no full-text index, so none to be optimized.
    """
    if engine.dialect.name != "sqlite":
        return True
    with translated(), engine.connect() as connection:
        driver, turns = driver_of(connection), turns_of(engine)
        with not_synced(driver):
            give_back(driver, turns)
        return _empty_log(driver, turns)


def checkpoint(engine: Engine) -> None:
    """Take the log over into the file, as far as it goes: else a report's commit has to do it."""
    if engine.dialect.name == "sqlite":
        with translated(), engine.connect() as connection:
            driver_of(connection).execute("PRAGMA wal_checkpoint(PASSIVE)")


def compact_wholly(engine: Engine) -> bool:
    """The same after the whole file was written anew; nobody can write meanwhile."""
    with (
        translated(),
        engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection,
    ):
        if engine.dialect.name != "sqlite":
            postgres.vacuum(connection, wholly=True)
        else:
            driver_of(connection).execute("VACUUM")
    return compact(engine)


def rebuild_indexes(engine: Engine) -> None:
    """Write SQLite's indexes anew, one by one: each holds the write lock meanwhile.

    ``secure_delete`` zeroes what is deleted, but not what stays behind in the gap of a page whose
    cells were moved to another one by balancing (seen in ``uq_reports_fingerprint``, 3.40.1).
    """
    if engine.dialect.name != "sqlite":
        return
    with translated(), engine.connect() as connection:
        driver = driver_of(connection)
        names = driver.execute("SELECT name FROM sqlite_schema WHERE type = 'index'").fetchall()
        for (name,) in names:
            with turns_of(engine).take(patient=True):
                began = time.monotonic()
                driver.execute(f'REINDEX "{name}"')
            time.sleep(PAUSE_PER_STEP * (time.monotonic() - began))


def move_rows(engine: Engine, tables: Iterable[str]) -> None:
    """Move all rows of these tables to other pages, so that the old ones are freed and zeroed.

    A table's pages have such gaps, too. ``VACUUM`` would write them anew, and let nobody write
    meanwhile; this does it in short steps, from one end of the table to the other. The rows get
    other rowids, which nothing refers to. Pages on which the moved rows begin are old ones: a
    second time frees most of these, too. One or two may stay, for ``compact_wholly``.
    """
    if engine.dialect.name != "sqlite":
        return
    with translated(), engine.connect() as connection:
        driver, turns = driver_of(connection), turns_of(engine)
        for table in tables:
            _move_rows(driver, turns, table)


def _move_rows(driver: sqlite3.Connection, turns: Turns, table: str) -> None:
    last = _one(driver, f'SELECT max(rowid) FROM "{table}"')  # noqa: S608 - a name of our own
    size, moved = _ROWS_PER_STEP, last is not None
    while moved:
        with turns.take(patient=True):
            began = time.monotonic()
            driver.execute("BEGIN IMMEDIATE")
            moved = _move_some(driver, table, last, size)
            driver.execute("COMMIT")
            took = time.monotonic() - began
        size = max(_FEWEST_ROWS, size // 2) if took > LONG_STEP_S else size
        time.sleep(PAUSE_PER_STEP * took)


def _move_some(driver: sqlite3.Connection, table: str, last: int, size: int) -> bool:
    """Put the lowest rows behind the highest; whether there were any up to ``last``."""
    some = f'SELECT rowid FROM "{table}" WHERE rowid <= ? ORDER BY rowid LIMIT ?'  # noqa: S608
    rows = [row for (row,) in driver.execute(some, (last, size))]
    if not rows:
        return False
    behind = _one(driver, f'SELECT max(rowid) FROM "{table}"') + 1 - rows[0]  # noqa: S608
    change = f'UPDATE "{table}" SET rowid = rowid + ? WHERE rowid BETWEEN ? AND ?'  # noqa: S608
    driver.execute(change, (behind, rows[0], rows[-1]))
    return True


def _one(driver: sqlite3.Connection, query: str) -> Any:  # noqa: ANN401 - what the column holds
    return driver.execute(query).fetchone()[0]


def freed_pages(engine: Engine) -> int:
    """How many pages of the file belong to nothing and were not given back."""
    if engine.dialect.name != "sqlite":
        return 0
    with translated(), engine.connect() as connection:
        count: int = driver_of(connection).execute("PRAGMA freelist_count").fetchone()[0]
    return count


def vacuum_server(engine: Engine) -> None:
    """PostgreSQL: let the server take back what deleted rows held. SQLite: nothing."""
    if engine.dialect.name != "sqlite":
        with (
            translated(),
            engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection,
        ):
            postgres.vacuum(connection)


def give_back(driver: sqlite3.Connection, turns: Turns) -> None:
    """Freed pages, in steps that adapt: each holds the write lock."""
    pages = _PAGES_PER_STEP
    while driver.execute("PRAGMA freelist_count").fetchone()[0]:
        with turns.take(patient=True):
            began = time.monotonic()
            # ``execute`` would free one page only: the pragma is a loop that yields rows.
            driver.executescript(f"PRAGMA incremental_vacuum({pages})")
            took = time.monotonic() - began
        pages = max(_FEWEST_PAGES, pages // 2) if took > LONG_STEP_S else pages
        time.sleep(PAUSE_PER_STEP * took)


def _empty_log(driver: sqlite3.Connection, turns: Turns) -> bool:
    """Most of it while others write; only its end stops them, and that does not wait for readers.

    ``TRUNCATE`` holds the write lock while it waits for readers, so it waits shortly and often.
    """
    driver.execute("PRAGMA wal_checkpoint(PASSIVE)")
    waits = driver.execute("PRAGMA busy_timeout").fetchone()[0]
    driver.execute(f"PRAGMA busy_timeout={min(waits, _SHORT_WAIT_MS)}")
    try:
        for _ in range(_TRIES):
            with turns.take(patient=True):
                is_busy = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            if not is_busy:
                return True
            time.sleep(PAUSE_PER_STEP * _SHORT_WAIT_MS / 1000)
    finally:
        driver.execute(f"PRAGMA busy_timeout={waits}")
    return False
