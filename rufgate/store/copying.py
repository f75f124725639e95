"""A sound copy of the database's file while gates write to it, and its way back.

In:  an engine and a new file; or a copy and the place where the database is to be.
Out: a copy without freed pages, synced, 0600; its digest.
SECURITY: the copy has what the store has: redacted rows, no key, no tombstone.
FAILS: ``StoreUnavailable``; what was half written is removed.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from rufgate.store.engine import StoreUnavailable, translated

Progress = Callable[[int, int], None]  # bytes done, bytes in all

_STEPS: Final = 200_000  # of SQLite's machine between two words of progress
_CHUNK: Final = 4 * 1024 * 1024


def copy_store(engine: Engine, target: Path, progress: Progress) -> None:
    """One consistent view: writers go on, and what they write meanwhile is not in it."""
    if engine.dialect.name != "sqlite":
        raise StoreUnavailable("this store is copied by its own server")
    _new_file(target)
    try:
        with translated(), engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)  # noqa: S101 - asked for above
            total = Path(str(engine.url.database)).stat().st_size
            driver.set_progress_handler(lambda: progress(target.stat().st_size, total), _STEPS)
            try:
                driver.execute("VACUUM INTO ?", (str(target),))
            finally:
                driver.set_progress_handler(None, 0)
        _sync(target)
    except (sqlite3.Error, OSError):
        remove(target)
        raise StoreUnavailable(f"the copy cannot be written to {target.parent}") from None
    progress(target.stat().st_size, target.stat().st_size)


def copy_file(source: Path, target: Path, progress: Progress) -> str:
    """Copy it, synced; the digest of what was copied."""
    digest, done = hashlib.sha256(), 0
    _new_file(target)
    try:
        total = source.stat().st_size
        with source.open("rb") as reading, target.open("wb") as writing:
            while chunk := reading.read(_CHUNK):
                digest.update(chunk)
                writing.write(chunk)
                done += len(chunk)
                progress(done, total)
            writing.flush()
            os.fsync(writing.fileno())
    except OSError:
        remove(target)
        raise StoreUnavailable(f"{source} cannot be copied to {target.parent}") from None
    return digest.hexdigest()


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def move_in(draft: Path, path: Path) -> None:
    """From here on ``draft`` is the database. The log of the old one goes first: it is not ours."""
    for old in (Path(f"{path}-wal"), Path(f"{path}-shm")):
        old.unlink(missing_ok=True)
    draft.replace(path)
    _sync(path.parent)


def remove(path: Path) -> None:
    """A database's file with what stands beside it."""
    for file in (path, Path(f"{path}-wal"), Path(f"{path}-shm"), Path(f"{path}-journal")):
        file.unlink(missing_ok=True)


def _new_file(path: Path) -> None:
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600))
    except FileExistsError:
        raise StoreUnavailable(f"{path} exists: move it away") from None
    except OSError:
        raise StoreUnavailable(f"{path} cannot be written") from None


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
