"""Which gates are alive on a store: told by locks that the kernel takes from the dead.

In:  an engine.
Out: ``alone`` as a gate starts: whatever is claimed or under way then was left by a dead one;
     ``canary_turn``: one canary at a time on one store.
SECURITY: the file beside the database holds one word, and has the database's rights.
FAILS: ``StoreUnavailable`` where that file cannot be made. On PostgreSQL, where the other gate may
     be another host's, ``alone`` is never known: there leases run out instead.

SQLite's write-ahead log is shared memory, so all processes on one file are on one host, and a
record lock (POSIX ``fcntl``) of that host is proof: it ends with its process, however that ends,
and no child inherits it.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from rufgate.store.engine import StoreUnavailable, translated
from rufgate.store.postgres import Lock, give_up, try_for_session

_GATE, _CANARY = 0, 1  # the locked byte of the file
_OPEN: Final = b"open\n"


class Gates:
    """This process's place among the gates of one store. One instance to a process and store."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._file = -1
        self._has_settled = False
        self.alone = False
        self.was_killed = False

    def enter(self) -> None:
        """A gate starts here. ``alone``: no other is alive, and none starts until ``settle``."""
        if self._engine.dialect.name != "sqlite":
            return
        path = Path(f"{self._engine.url.database}-gates")
        try:
            self._file = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
            self.alone = self._lock(_GATE, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if not self.alone:
                self._lock(_GATE, fcntl.LOCK_SH)  # waits while the other repairs
            self.was_killed = self.alone and os.fstat(self._file).st_size > 0
            os.pwrite(self._file, _OPEN, 0)
        except OSError:
            raise StoreUnavailable("the store's folder cannot be written") from None

    def settle(self) -> None:
        """What was left is repaired: from here on others may start."""
        self._has_settled = True
        if self.alone:
            self._lock(_GATE, fcntl.LOCK_SH)

    def leave(self) -> None:
        """A clean end. The last gate leaves the file empty, unless it never came to ``settle``."""
        if self._file < 0:
            return
        if self._has_settled and self._lock(_GATE, fcntl.LOCK_EX | fcntl.LOCK_NB):
            os.ftruncate(self._file, 0)
        os.close(self._file)  # and with it go the locks
        self._file, self.alone = -1, False

    @contextmanager
    def canary_turn(self) -> Iterator[bool]:
        """Whether this process may fly a canary now, or clean up after one."""
        if self._engine.dialect.name != "sqlite":
            with self._postgres_turn() as mine:
                yield mine
            return
        mine = self._file < 0 or self._lock(_CANARY, fcntl.LOCK_EX | fcntl.LOCK_NB)
        try:
            yield mine
        finally:
            if mine and self._file >= 0:
                self._lock(_CANARY, fcntl.LOCK_UN)

    @contextmanager
    def _postgres_turn(self) -> Iterator[bool]:
        """The lock lives as long as its connection does."""
        with translated(), self._engine.connect() as connection:
            mine = try_for_session(connection, Lock.CANARY)
            try:
                yield mine
            finally:
                if mine:
                    with suppress(DBAPIError):  # the connection broke, and the lock went with it
                        give_up(connection, Lock.CANARY)

    def _lock(self, byte: int, how: int) -> bool:
        try:
            fcntl.lockf(self._file, how, 1, byte)
        except (BlockingIOError, PermissionError):  # POSIX has both words for "somebody holds it"
            return False
        return True
