"""Opens the database: settings, file rights, migrations; and the errors the store speaks.

In:  an SQLAlchemy URL (``sqlite:///...`` or ``postgresql+psycopg://...``).
Out: an ``Engine`` at the newest schema; ``writing()`` for transactions that change something.
SECURITY: files 0600 and folders 0700 whatever the umask; deleted content is overwritten
     (``secure_delete``) and leaves the write-ahead log by ``compact()``; errors never show values.
FAILS: ``StoreUnavailable``, or ``StoreFull`` where the disk is, ``StoreDamaged`` where the file is
     no sound database.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from rufgate.store.names import add_functions

_BUSY_TIMEOUT_MS: Final = 5000
_PAGES_PER_STEP: Final = 200
_FEWEST_PAGES: Final = 10
_SHORT_WAIT_MS: Final = 50
_TRIES: Final = 20
LONG_STEP_S: Final = 0.05  # a step that held the write lock for longer is made smaller
# SQLite's lock knows no queue: who waits for it looks now and then. So it is free for longer than
# it is held.
PAUSE_PER_STEP: Final = 2.0
_SQLITE_FULL: Final = 13
_SQLITE_DAMAGED: Final = (11, 26)  # SQLITE_CORRUPT, SQLITE_NOTADB
_PG_DISK_FULL: Final = "53100"

# auto_vacuum counts only before the first page is written, so it stands before the journal mode.
_PRAGMAS: Final = (
    "PRAGMA auto_vacuum=INCREMENTAL",
    f"PRAGMA busy_timeout={_BUSY_TIMEOUT_MS}",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # NORMAL does not sync at commit: a power cut would lose a 250
    "PRAGMA secure_delete=ON",
    "PRAGMA foreign_keys=ON",
)


class StoreUnavailable(Exception):  # noqa: N818 - names an outcome; intake maps it to a reply
    """The store cannot be written or read now; a retry may end differently."""


class StoreFull(StoreUnavailable):
    """The disk or the quota is full."""


class StoreDamaged(StoreUnavailable):
    """The file is no sound database; no retry helps."""

    def __init__(self) -> None:
        super().__init__(
            "the store's file is damaged, or is no database: restore it from a backup, "
            "or move it away with its -wal and -shm files to start with an empty one"
        )


def open_store(url: str) -> Engine:
    """The engine for ``url``, its file made where absent, its schema brought up to date."""
    parsed = make_url(url)
    is_sqlite = parsed.get_backend_name() == "sqlite"
    if is_sqlite:
        _secure_file(Path(parsed.database or ""))
    engine = create_engine(parsed, hide_parameters=True)
    if is_sqlite:
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)
    try:
        with translated():
            _migrate(engine)
    except CommandError:
        raise StoreUnavailable("the store was made by another version of rufgate") from None
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that changes something; holds SQLite's write lock from its start.

    A transaction that begins by reading and then writes can fail with "locked" at once, without
    waiting (SQLite, section "Transactions"); IMMEDIATE waits its turn instead.
    """
    with (
        translated(),
        engine.connect().execution_options(sqlite_begin="IMMEDIATE") as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One transaction that only reads: a consistent view."""
    with translated(), engine.connect() as connection:
        yield connection


@contextmanager
def translated() -> Iterator[None]:
    """Database errors in the store's words, without the text of the cause (it quotes values)."""
    try:
        yield
    except IntegrityError:
        raise  # the caller's to judge; ``hide_parameters`` keeps values out of it
    except (DBAPIError, PoolTimeout) as error:
        if _is_full(error):
            raise StoreFull("the store is full") from None
        if _sqlite_code(error) in _SQLITE_DAMAGED:
            raise StoreDamaged from None
        raise StoreUnavailable("the store cannot be used now") from None


def compact(engine: Engine) -> bool:
    """Give freed pages back and empty the write-ahead log, so that deleted bytes leave the disk.

    False where a reader still holds the log: it is to be called again. On PostgreSQL this is
    the server's own VACUUM's duty. There is no full-text index, so none to be optimized.
    """
    if engine.dialect.name != "sqlite":
        return True
    with translated(), engine.connect() as connection:
        driver = _driver(connection)
        give_back(driver)
        return _empty_log(driver)


def compact_wholly(engine: Engine) -> bool:
    """The same after the whole file was written anew; nobody can write meanwhile."""
    with (
        translated(),
        engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection,
    ):
        if engine.dialect.name != "sqlite":
            connection.exec_driver_sql("VACUUM FULL")
        else:
            _driver(connection).execute("VACUUM")
    return compact(engine)


def rebuild_indexes(engine: Engine) -> None:
    """Write SQLite's indexes anew, one by one: each holds the write lock meanwhile.

    ``secure_delete`` zeroes what is deleted, but not what stays behind in the gap of a page whose
    cells were moved to another one by balancing (seen in ``uq_reports_fingerprint``, 3.40.1).
    """
    if engine.dialect.name != "sqlite":
        return
    with translated(), engine.connect() as connection:
        driver = _driver(connection)
        names = driver.execute("SELECT name FROM sqlite_schema WHERE type = 'index'").fetchall()
        for (name,) in names:
            began = time.monotonic()
            driver.execute(f'REINDEX "{name}"')
            time.sleep(PAUSE_PER_STEP * (time.monotonic() - began))


def freed_pages(engine: Engine) -> int:
    """How many pages of the file belong to nothing and were not given back."""
    if engine.dialect.name != "sqlite":
        return 0
    with translated(), engine.connect() as connection:
        count: int = _driver(connection).execute("PRAGMA freelist_count").fetchone()[0]
    return count


def vacuum_server(engine: Engine) -> None:
    """PostgreSQL: let the server take back what deleted rows held. SQLite: nothing."""
    if engine.dialect.name != "sqlite":
        with (
            translated(),
            engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection,
        ):
            connection.exec_driver_sql("VACUUM")


def give_back(driver: sqlite3.Connection) -> None:
    """Freed pages, in steps that adapt: each holds the write lock."""
    pages = _PAGES_PER_STEP
    while driver.execute("PRAGMA freelist_count").fetchone()[0]:
        began = time.monotonic()
        # ``execute`` would free one page only: the pragma is a loop that yields rows.
        driver.executescript(f"PRAGMA incremental_vacuum({pages})")
        took = time.monotonic() - began
        pages = max(_FEWEST_PAGES, pages // 2) if took > LONG_STEP_S else pages
        time.sleep(PAUSE_PER_STEP * took)


def _empty_log(driver: sqlite3.Connection) -> bool:
    """Most of it while others write; only its end stops them, and that does not wait for readers.

    ``TRUNCATE`` holds the write lock while it waits for readers, so it waits shortly and often.
    """
    driver.execute("PRAGMA wal_checkpoint(PASSIVE)")
    waits = driver.execute("PRAGMA busy_timeout").fetchone()[0]
    driver.execute(f"PRAGMA busy_timeout={min(waits, _SHORT_WAIT_MS)}")
    try:
        for _ in range(_TRIES):
            if not driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                return True
            time.sleep(PAUSE_PER_STEP * _SHORT_WAIT_MS / 1000)
    finally:
        driver.execute(f"PRAGMA busy_timeout={waits}")
    return False


def _secure_file(path: Path) -> None:
    """Make folders 0700 and the file 0600; SQLite gives ``-wal`` and ``-shm`` the file's mode."""
    if str(path) in {"", ".", ":memory:"}:
        raise StoreUnavailable("an embedded store needs a file")
    try:
        for folder in reversed([p for p in path.absolute().parents if not p.exists()]):
            folder.mkdir(exist_ok=True)
            folder.chmod(0o700)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600))
        for file in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
            if file.exists():
                file.chmod(0o600)
    except OSError:
        raise StoreUnavailable("the store's file or folder cannot be made or opened") from None


def _on_connect(driver: DBAPIConnection, _record: object) -> None:
    driver.isolation_level = None  # transactions begin where we say, see _on_begin
    cursor = driver.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()
    assert isinstance(driver, sqlite3.Connection)  # noqa: S101 - listened for on SQLite alone
    add_functions(driver)


def _on_begin(connection: Connection) -> None:
    mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")


def _migrate(engine: Engine) -> None:
    """Upgrade under the write lock: when two processes start at once, one finds it done."""
    config = Config()
    config.set_main_option("script_location", "rufgate.store:migrations")
    with engine.connect().execution_options(sqlite_begin="IMMEDIATE") as connection:
        if engine.dialect.name == "sqlite":
            # A batch migration copies and drops tables; with foreign keys on, the drop would
            # delete the children's rows. The pragma has no effect inside a transaction.
            _driver(connection).execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
        finally:
            if engine.dialect.name == "sqlite":
                _driver(connection).execute("PRAGMA foreign_keys=ON")


def _driver(connection: Connection) -> sqlite3.Connection:
    """The driver's own connection: pragmas work outside SQLAlchemy's transactions only."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)  # noqa: S101 - asked for on SQLite alone
    return driver


def _is_full(error: SQLAlchemyError) -> bool:
    cause = getattr(error, "orig", None)
    return _sqlite_code(error) == _SQLITE_FULL or getattr(cause, "sqlstate", None) == _PG_DISK_FULL


def _sqlite_code(error: SQLAlchemyError) -> int:
    """The primary result code; 0 where the error is not SQLite's."""
    return int(getattr(getattr(error, "orig", None), "sqlite_errorcode", 0)) & 0xFF
