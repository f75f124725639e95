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
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Final
from weakref import WeakKeyDictionary

from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from rufgate.store import postgres
from rufgate.store.names import add_functions
from rufgate.store.turns import Turns
from rufgate.store.versions import is_newest, upgrade, why_unknown

_BUSY_TIMEOUT_MS: Final = 5000
_SQLITE_FULL: Final = 13
_MIGRATION_TRIES: Final = 10
_NO_SERVER: Final = (
    "the database server of [store] url cannot be reached, or does not let this user in, "
    "or not make tables there"
)
_MIGRATION_PAUSE_S: Final = 1.0
_SQLITE_DAMAGED: Final = (11, 26)  # SQLITE_CORRUPT, SQLITE_NOTADB

_INCREMENTAL: Final = 2
_HEAD: Final = b"SQLite format 3\0"
_PRAGMAS: Final = (
    f"PRAGMA busy_timeout={_BUSY_TIMEOUT_MS}",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # NORMAL does not sync at commit: a power cut would lose a 250
    "PRAGMA secure_delete=ON",
    "PRAGMA foreign_keys=ON",
)

_TURNS: Final[WeakKeyDictionary[Engine, Turns]] = WeakKeyDictionary()


class StoreUnavailable(Exception):  # noqa: N818 - names an outcome; intake maps it to a reply
    """The store cannot be written or read now; a retry may end differently."""


class StoreBusy(StoreUnavailable):
    """Another transaction was in the way; this one did nothing, and may be tried again at once."""


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
        _look_at_head(Path(parsed.database or ""))
    options = {} if is_sqlite else postgres.options()
    engine = create_engine(parsed, hide_parameters=True, **options)
    if is_sqlite:
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)
    else:
        postgres.set_up(engine)
    try:
        _migrate(engine)
    except CommandError:
        with translated(), engine.connect() as connection:
            raise StoreUnavailable(why_unknown(connection)) from None
    except StoreUnavailable as trouble:
        if is_sqlite or type(trouble) is not StoreUnavailable:
            raise
        raise StoreUnavailable(_NO_SERVER) from None
    return engine


@contextmanager
def writing(
    engine: Engine, *, patient: bool = False, shared: bool = False, lasting: bool = True
) -> Iterator[Connection]:
    """One transaction that changes something; nobody else changes anything meanwhile.

    A transaction that begins by reading and then writes can fail with "locked" at once, without
    waiting (SQLite, section "Transactions"); IMMEDIATE waits its turn instead. What is ``patient``
    lets every other writer of this process go first. What is not ``lasting`` does not wait for
    SQLite's disk, and so holds its lock for less long: a power cut may undo it, and it will be done
    again.

    On PostgreSQL a lock by number stands for SQLite's; what is ``shared`` does without, and goes on
    beside all others: each statement must be right whatever others do between two of them, or lock
    the rows that it rests on.
    """
    if engine.dialect.name != "sqlite":
        with translated(), _writing_on_server(engine, patient=patient, shared=shared) as connection:
            yield connection
        return
    with (
        translated(),
        turns_of(engine).take(patient=patient),
        engine.connect().execution_options(sqlite_begin="IMMEDIATE") as connection,
        nullcontext() if lasting else not_synced(driver_of(connection)),
        connection.begin(),
    ):
        yield connection


@contextmanager
def _writing_on_server(engine: Engine, *, patient: bool, shared: bool) -> Iterator[Connection]:
    """Who must be alone waits here first, so that waiting takes no connection."""
    with (
        nullcontext() if shared else turns_of(engine).take(patient=patient),
        engine.begin() as connection,
    ):
        if not shared:
            postgres.take_within(connection, postgres.Lock.WRITER)
        yield connection


@contextmanager
def not_synced(driver: sqlite3.Connection) -> Iterator[None]:
    """Commits wait for no disk; the write-ahead log keeps their order, and so the file sound."""
    driver.execute("PRAGMA synchronous=NORMAL")
    try:
        yield
    finally:
        driver.execute("PRAGMA synchronous=FULL")


def turns_of(engine: Engine) -> Turns:
    """Whose turn it is to write to this engine's database."""
    return _TURNS.setdefault(engine, Turns())


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One transaction that only reads: a consistent view."""
    is_sqlite = engine.dialect.name == "sqlite"
    how = {} if is_sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with translated(), engine.connect().execution_options(**how) as connection:
        yield connection


def syncs(engine: Engine) -> bool:
    """Whether what is committed is on the disk; a server may have been told not to."""
    if engine.dialect.name == "sqlite":
        return True  # by its pragma
    with reading(engine) as connection:
        return bool(connection.exec_driver_sql("SHOW fsync").scalar() != "off")


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
        if _sqlstate(error) in postgres.MET_ANOTHER:
            raise StoreBusy("another transaction was in the way") from None
        raise StoreUnavailable("the store cannot be used now") from None


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


def _look_at_head(path: Path) -> None:
    """SQLite itself may find the file's first page in the write-ahead log, and not look at it."""
    with path.open("rb") as file:
        if file.read(len(_HEAD)) not in {_HEAD, b""}:
            raise StoreDamaged


def _on_connect(driver: DBAPIConnection, _record: object) -> None:
    driver.isolation_level = None  # transactions begin where we say, see _on_begin
    cursor = driver.cursor()
    # It counts only before the first page is written, so it stands before the journal mode. Said
    # again it would wait for the write lock: even who only reads would wait for a purge.
    if cursor.execute("PRAGMA auto_vacuum").fetchone()[0] != _INCREMENTAL:
        cursor.execute("PRAGMA auto_vacuum=INCREMENTAL")
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()
    assert isinstance(driver, sqlite3.Connection)  # noqa: S101 - listened for on SQLite alone
    add_functions(driver)


def _on_begin(connection: Connection) -> None:
    mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")


def _migrate(engine: Engine) -> None:
    """Where gates run meanwhile, a table may be in use just now: it is tried again."""
    for _ in range(_MIGRATION_TRIES):
        with suppress(StoreBusy), translated():
            _migrate_once(engine)
            return
        time.sleep(_MIGRATION_PAUSE_S)
    with translated():
        _migrate_once(engine)


def _migrate_once(engine: Engine) -> None:
    """Upgrade under the write lock: when two processes start at once, one finds it done."""
    with engine.connect().execution_options(sqlite_begin="IMMEDIATE") as connection:
        if engine.dialect.name != "sqlite":
            with postgres.migrating(connection):
                upgrade(connection)
            return
        if is_newest(driver_of(connection)):
            return  # the usual case, in which nobody who writes is held up
        # A batch migration copies and drops tables; with foreign keys on, the drop would
        # delete the children's rows. The pragma has no effect inside a transaction.
        driver_of(connection).execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                upgrade(connection)
        finally:
            driver_of(connection).execute("PRAGMA foreign_keys=ON")


def driver_of(connection: Connection) -> sqlite3.Connection:
    """The driver's own connection: pragmas work outside SQLAlchemy's transactions only."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)  # noqa: S101 - asked for on SQLite alone
    return driver


def _is_full(error: SQLAlchemyError) -> bool:
    return _sqlite_code(error) == _SQLITE_FULL or _sqlstate(error) == postgres.DISK_FULL


def _sqlstate(error: SQLAlchemyError) -> str | None:
    """PostgreSQL's code; None where the error is not the server's."""
    return getattr(getattr(error, "orig", None), "sqlstate", None)


def _sqlite_code(error: SQLAlchemyError) -> int:
    """The primary result code; 0 where the error is not SQLite's."""
    return int(getattr(getattr(error, "orig", None), "sqlite_errorcode", 0)) & 0xFF
