"""Searches the database's files as they lie on the disk for byte strings.

In:  the engine, or a copy of the file; what to look for.
Out: which of it stands in which file, and how many bytes were read.
SECURITY: sees what no query shows: freed pages, the write-ahead log, files that SQLite made for a
     while and has unlinked. By ``byte_searcher``, a process of its own.
FAILS: ``StoreUnavailable`` where a file cannot be read. Temporary files of other processes that
     are unlinked already are beyond reach.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from rufgate.store import byte_searcher
from rufgate.store.byte_searcher import SHORTEST
from rufgate.store.engine import StoreUnavailable

__all__ = ["SHORTEST", "Found", "Progress", "files_beside", "files_of", "path_of", "search_files"]

_JOURNAL: Final = "rollback journal"
_BESIDE: Final = (
    ("", "database file"), ("-wal", "write-ahead log"), ("-shm", "log index"),
    ("-journal", _JOURNAL),
)  # fmt: skip
_TEMPORARY: Final = "temporary file"
_TEMPORARY_NAME: Final = "etilqs_"  # of SQLite's, in one of these folders or open and unlinked
_TEMPORARY_FOLDERS: Final = ("/var/tmp", "/usr/tmp", "/tmp", ".")  # noqa: S108 - where SQLite looks

Progress = Callable[[int], None]
Place = tuple[Path, str]


@dataclass(kw_only=True, slots=True)
class Found:
    """What a search came to: by the number of what was looked for, the kinds of files."""

    hits: dict[int, set[str]] = field(default_factory=dict)
    bytes_read: int = 0


def files_of(path: Path) -> list[Place]:
    """The live database's files, and what SQLite may have put elsewhere for a while."""
    return [*files_beside(path), *((file, _TEMPORARY) for file in _temporary())]


def files_beside(path: Path) -> list[Place]:
    """A database's file and those that belong to it."""
    beside = [(Path(f"{path}{end}"), kind) for end, kind in _BESIDE]
    return [*beside, *((file, _JOURNAL) for file in path.parent.glob(f"{path.name}-mj*"))]


def search_files(
    places: Sequence[Place], needles: Sequence[bytes], told: Progress | None = None
) -> Found:
    """Each of ``needles`` (of ``SHORTEST`` bytes or more) in each file."""
    request = {"files": [str(path) for path, _ in places], "needles": [n.hex() for n in needles]}
    found = Found()
    for line in _lines(json.dumps(request)):
        match json.loads(line):
            case {"hit": [number, file]}:
                found.hits.setdefault(number, set()).add(places[file][1])
            case {"read": read} if told:
                told(read)
            case {"done": read}:
                found.bytes_read = read
                return found
    raise StoreUnavailable("the store's files cannot be searched")


def path_of(engine: Engine) -> Path:
    """Where an embedded store lies."""
    return Path(engine.url.database or "")


def _lines(request: str) -> Iterator[str]:
    with subprocess.Popen(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-I", str(Path(byte_searcher.__file__))],
        env={"OPENBLAS_NUM_THREADS": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as searcher:
        assert searcher.stdin is not None  # noqa: S101 - both are asked for above
        assert searcher.stdout is not None  # noqa: S101
        try:
            searcher.stdin.write(request + "\n")
            searcher.stdin.close()
            yield from searcher.stdout
        except BrokenPipeError:
            raise StoreUnavailable("the store's files cannot be searched") from None
        finally:
            searcher.kill()


def _temporary() -> Iterator[Path]:
    """By name where they have one; those that we hold open by our own table of open files."""
    for folder in dict.fromkeys((tempfile.gettempdir(), *_TEMPORARY_FOLDERS)):
        for file in Path(folder).glob(f"{_TEMPORARY_NAME}*"):
            if os.access(file, os.R_OK):  # those of other users are not of this store
                yield file
    opened = Path(f"/proc/{os.getpid()}/fd")
    for link in opened.iterdir() if opened.is_dir() else ():
        try:
            if _TEMPORARY_NAME in str(link.readlink()):
                yield link
        except OSError:
            continue  # closed meanwhile
