"""What of the database's files was written since a moment: the blocks that changed.

In:  the engine.
Out: the bytes of every stretch of the file, its write-ahead log and its index that is new or
     changed; each file's name with them.
SECURITY: sees the files as they lie on the disk, so also what no query shows; by ``page_reader``,
     a process of its own, since opening and closing them in this one would break SQLite's locks.
FAILS: ``StoreUnavailable`` where the files cannot be read.

A value that did not exist at the moment cannot stand in a block that is as it was then, so a
large database costs two readings, not a search.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

from sqlalchemy import Engine

from rufgate.store import page_reader
from rufgate.store.engine import StoreUnavailable
from rufgate.store.page_reader import FRAME, LOOK, READY

_FILES: Final = (("", "database file"), ("-wal", "write-ahead log"), ("-shm", "log index"))


class Snapshot:
    """The files as they are when it is made. On PostgreSQL there are none to be read."""

    def __init__(self, engine: Engine) -> None:
        self._reader: subprocess.Popen[bytes] | None = None
        if engine.dialect.name == "sqlite":
            self._reader = _start([f"{engine.url.database}{end}" for end, _ in _FILES])
            if self._read(1) != READY:
                self.close()
                raise StoreUnavailable("the store's files cannot be read")

    def changed(self) -> Iterator[tuple[str, bytes]]:
        """(file, bytes) of all that is not as it was; once."""
        if self._reader is None:
            return
        with suppress(BrokenPipeError):
            _pipe(self._reader.stdin).write(LOOK)
            _pipe(self._reader.stdin).flush()
        while len(head := self._read(FRAME.size)) == FRAME.size:
            number, size = FRAME.unpack(head)
            yield _FILES[number][1], self._read(size)
        if self._reader.wait():
            raise StoreUnavailable("the store's files cannot be read")
        self.close()

    def close(self) -> None:
        """End the reader. May be called twice."""
        if self._reader is not None:
            self._reader.kill()
            self._reader.communicate()
            self._reader = None

    def _read(self, size: int) -> bytes:
        return _pipe(self._reader.stdout).read(size) if self._reader else b""


def _start(paths: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-I", str(Path(page_reader.__file__)), *paths],
        env={},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None  # noqa: S101 - both are asked for at the start
    return pipe
