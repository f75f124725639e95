"""What PostgreSQL needs that SQLite does not: bounds on waiting, locks by number, kinds of errors.

In:  an engine, a connection.
Out: connections that give up rather than hang, and that commit to the disk; locks that end with
     their transaction or their session, however that ends.
FAILS: as the driver does; ``engine.translated`` says it in the store's words.

Locks by number are of one database: gates on it see each other's, and nobody else's.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import Any, Final

from sqlalchemy import Connection, Engine, event, inspect, text
from sqlalchemy.engine.interfaces import DBAPIConnection

DISK_FULL: Final = "53100"
# A transaction that met another one: it did nothing, and may do all of it a moment later.
MET_ANOTHER: Final = frozenset({"40001", "40P01", "55P03"})  # serialization, deadlock, lock timeout

_LOCKS: Final = 0x7275_6667_6174_6500  # "rufgate" and a byte
# A server that is gone without a word is noticed in seconds, and not by TCP after minutes.
_CONNECT: Final = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
    "application_name": "rufgate",
}
_STATEMENT_TIMEOUT: Final = "SET statement_timeout = '60s'"
_SESSION: Final = (
    "SET lock_timeout = '5s'",
    _STATEMENT_TIMEOUT,
    "SET idle_in_transaction_session_timeout = '120s'",
    "SET TimeZone = 'UTC'",
    # What a server or a role may have turned off: without it a power cut loses what was answered
    # with 250. Stronger settings (a standby that has it, too) stay.
    """SELECT set_config('synchronous_commit', 'on', false)
    WHERE current_setting('synchronous_commit') = 'off'""",
)


class Lock(IntEnum):
    """What is held by one at a time."""

    CANARY = 0x65
    WRITER = 1  # as SQLite's one write lock: see ``engine.writing``
    MIGRATION = 2
    DUTIES = 3  # of the one gate that does what is to be done once for all
    TOMBSTONES = 4
    REVIEW = 5
    MOVE = 6

    @property
    def number(self) -> int:
        """What the database knows it by."""
        return _LOCKS + self.value


def options() -> dict[str, Any]:
    """For ``create_engine``: up to fifteen connections; one that died is noticed before its use."""
    return {"pool_pre_ping": True, "pool_timeout": 5.0, "connect_args": dict(_CONNECT)}


def set_up(engine: Engine) -> None:
    """Each connection of ``engine`` gets the settings of the store."""
    event.listen(engine, "connect", _on_connect)


def take_within(connection: Connection, lock: Lock) -> None:
    """Wait for ``lock``; it is held until the transaction ends."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": lock.number})


def try_for_session(connection: Connection, lock: Lock) -> bool:
    """Whether ``lock`` is this session's from now on; it outlives transactions."""
    query = text("SELECT pg_try_advisory_lock(:n)")
    mine = connection.execute(query, {"n": lock.number}).scalar_one()
    connection.commit()
    return bool(mine)


def give_up(connection: Connection, lock: Lock) -> None:
    """Others may have it."""
    connection.execute(text("SELECT pg_advisory_unlock(:n)"), {"n": lock.number})
    connection.commit()


@contextmanager
def migrating(connection: Connection) -> Iterator[None]:
    """A transaction that changes tables, one process at a time, while gates run.

    Others' migration is waited for. A table that is in use is not: who waits for one holds up all
    that come after, so that waiting is short, and the caller tries again.
    """
    with connection.begin():
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        connection.exec_driver_sql("SET LOCAL lock_timeout = '600s'")
        take_within(connection, Lock.MIGRATION)
        connection.exec_driver_sql("SET LOCAL lock_timeout = '2s'")
        yield


def vacuum(connection: Connection, *, wholly: bool = False) -> None:
    """Take back what deleted rows held, in autocommit. ``wholly``: write each table anew.

    Without ``INDEX_CLEANUP`` the server leaves what few dead rows an index still names, and with it
    their values. What it frees it does not overwrite: that is told, see ``govern.verify``.
    """
    connection.exec_driver_sql("SET statement_timeout = 0")
    try:
        how = "FULL" if wholly else "INDEX_CLEANUP ON"
        connection.exec_driver_sql(f"VACUUM ({how}) {_tables(connection)}")
    finally:
        connection.exec_driver_sql(_STATEMENT_TIMEOUT)


def _tables(connection: Connection) -> str:
    """Ours: those of the catalogue are for who owns the server."""
    quote = connection.dialect.identifier_preparer.quote
    return ", ".join(quote(name) for name in inspect(connection).get_table_names())


def _on_connect(driver: DBAPIConnection, _record: object) -> None:
    cursor = driver.cursor()
    for statement in _SESSION:
        cursor.execute(statement)
    cursor.close()
    driver.commit()
