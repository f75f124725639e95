"""Which of several gates does what is to be done once for all of them.

In:  an engine.
Out: ``is_mine``: whether this process is the one; ``turn``: the same for one piece of work.
FAILS: ``StoreUnavailable`` where the server cannot be asked. Who cannot ask is not the one.

On PostgreSQL it is who holds a lock by number, on a connection kept for that alone: it ends with
that connection, however that ends, and the next who asks has it. Work that outlasts its lock, since
the connection broke meanwhile, may meet the next one's: each step of it is a transaction under the
writers' lock, and may be done twice. On SQLite each gate is the one: its files are of one host, and
a step that was done is not done again.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from rufgate.store.engine import translated
from rufgate.store.postgres import Lock, give_up, try_for_session


class Duties:
    """Those of one process. Safe to use from many threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._guard = threading.Lock()
        self._held: Connection | None = None

    def is_mine(self) -> bool:
        """Whether this process is the one, now; it stays so until it ends or loses its server."""
        if self._engine.dialect.name == "sqlite":
            return True
        with self._guard:
            if self._held is not None and not _lives(self._held):
                self._forget()
            if self._held is None:
                self._held = _try(self._engine, Lock.DUTIES)
            return self._held is not None

    def leave(self) -> None:
        """A clean end: another one need not wait for ours to be missed."""
        with self._guard:
            self._forget()

    @contextmanager
    def turn(self, lock: Lock) -> Iterator[bool]:
        """Whether this process may do that piece of work now; nobody else does meanwhile."""
        if self._engine.dialect.name == "sqlite":
            yield True
            return
        held = _try(self._engine, lock)
        try:
            yield held is not None
        finally:
            if held is not None:
                _close(held, lock)

    def _forget(self) -> None:
        if self._held is not None:
            held, self._held = self._held, None
            _close(held, Lock.DUTIES)


_OF: Final[WeakKeyDictionary[Engine, Duties]] = WeakKeyDictionary()
_OF_GUARD: Final = threading.Lock()


def duties_of(engine: Engine) -> Duties:
    """Those of this process on this engine's database."""
    with _OF_GUARD:
        return _OF.setdefault(engine, Duties(engine))


def _try(engine: Engine, lock: Lock) -> Connection | None:
    """A connection that holds the lock, out of the pool: it is used for nothing else."""
    with translated():
        connection = engine.connect()
        connection.detach()
        try:
            if try_for_session(connection, lock):
                return connection
        except SQLAlchemyError:
            connection.close()
            raise
    connection.close()
    return None


def _lives(connection: Connection) -> bool:
    try:
        connection.execute(text("SELECT 1"))
        connection.commit()
    except SQLAlchemyError:
        return False
    return True


def _close(connection: Connection, lock: Lock) -> None:
    with suppress(SQLAlchemyError):  # it broke, and the lock went with it
        give_up(connection, lock)
    with suppress(SQLAlchemyError):
        connection.close()
