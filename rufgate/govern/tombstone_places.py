"""Where the list of tombstones lies: a file, or a database of its own.

In:  a path or a URL; lines that ``tombstones.py`` makes and checks.
Out: the bytes behind a place in the list; lines that are on disk before ``append`` returns.
SECURITY: the file is closed to others. Several processes may append: one waits for the other.
FAILS: ``TombstonesDamaged`` where the end is no line of ours; ``TombstonesUnavailable`` or
     ``StoreUnavailable`` where the place cannot be used.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from rufgate.store.audit_entries import GENESIS, is_mac
from rufgate.store.engine import StoreUnavailable
from rufgate.store.tombstone_list import Line, TombstoneList

_LONGEST: Final = 1024  # bytes of a line


class TombstonesUnavailable(StoreUnavailable):
    """The file cannot be read or written now."""


class TombstonesDamaged(Exception):  # noqa: N818 - an answer for the operator, not a bug
    """A line does not fit; ``str()`` says which and what to do."""

    def __init__(self, where: str, line: int) -> None:
        super().__init__(
            f"tombstones {where}: line {line} does not fit: it was changed, moved or made with "
            f"another audit key. Put the file back as it was; if it is lost, move it away: what it "
            f"listed and a restored backup holds is then no longer forgotten by itself"
        )
        self.line: Final = line


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A place in the file: behind so many lines and bytes, of which the last has this MAC."""

    lines: int = 0
    size: int = 0
    mac: str = GENESIS


START: Final = Mark()

Making = Callable[[Mark], tuple[bytes, Mark]]
"""From where the list ends to the lines behind it, and where it ends then."""


class Place(Protocol):
    """One list."""

    where: str

    def exists(self) -> bool:
        """Whether anything was ever listed."""

    def content(self, since: Mark) -> bytes | None:
        """The bytes behind ``since``; None where the list does not have that place."""

    def append(self, make: Making) -> Mark:
        """Write what ``make`` says, durably, and where the list ends then."""


def place_of(setting: Path | str) -> Place:
    """The list that ``[store] tombstones`` names."""
    return ListFile(setting) if isinstance(setting, Path) else ListOnServer(setting)


class ListFile:
    """The file at ``path``; any number of processes of this host may append."""

    def __init__(self, path: Path) -> None:
        self.path: Final = path
        self.where = str(path)

    def exists(self) -> bool:
        """Whether there is a file."""
        return self.path.exists()

    def append(self, make: Making) -> Mark:
        """Behind the last whole line: what stands behind that was torn by a crash."""
        with self._locked() as file:
            end = self._end(file)
            content, after = make(end)
            os.ftruncate(file, end.size)
            try:
                _write(file, content, end.size)
                os.fsync(file)
            except OSError:
                os.ftruncate(file, end.size)
                raise
        return after

    def content(self, since: Mark) -> bytes | None:
        """The bytes behind ``since``; None where the file does not have that place."""
        try:
            with self.path.open("rb") as file:
                if since.size:
                    begin = max(0, since.size - _LONGEST)
                    file.seek(begin)
                    before = file.read(since.size - begin)
                    if not before.endswith(f'"mac":"{since.mac}"}}\n'.encode()):
                        return None
                return file.read()
        except FileNotFoundError:
            return None if since.size else b""
        except OSError:
            raise TombstonesUnavailable(f"tombstones {self.path} cannot be read") from None

    def _end(self, file: int) -> Mark:
        """Behind the last whole line, which tells its own number and MAC."""
        size = os.fstat(file).st_size
        start = max(0, size - 2 * _LONGEST)
        content = os.pread(file, size - start, start)
        whole = content.rfind(b"\n") + 1
        if not whole:
            if start:
                raise TombstonesUnavailable(f"tombstones {self.path}: the end is no line of ours")
            return START
        last = content[:whole].splitlines()[-1]
        try:
            said = json.loads(last)
            mark = Mark(lines=int(said["n"]), size=start + whole, mac=str(said["mac"]))
        except (ValueError, KeyError, TypeError, RecursionError):
            raise TombstonesDamaged(self.where, self._count()) from None
        if not is_mac(mark.mac):
            raise TombstonesDamaged(self.where, mark.lines)
        return mark

    def _count(self) -> int:
        return self.path.read_bytes().count(b"\n")

    @contextmanager
    def _locked(self) -> Iterator[int]:
        try:
            _make_folder(self.path.parent)
            how = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
            file = os.open(self.path, how, 0o600)
            try:
                fcntl.flock(file, fcntl.LOCK_EX)
                os.fchmod(file, 0o600)
                yield file
                _sync_folder(self.path.parent)
            finally:
                os.close(file)  # and with it goes the lock
        except OSError:
            message = f"tombstones {self.path} cannot be written: nothing was deleted"
            raise TombstonesUnavailable(message) from None


class ListOnServer:
    """The list in a database; any number of gates may append."""

    where = "in the database of [store] tombstones"

    def __init__(self, url: str) -> None:
        self._list = TombstoneList(url)

    def exists(self) -> bool:
        """Whether there is a line."""
        return self._list.exists()

    def content(self, since: Mark) -> bytes | None:
        """As they would stand in the file."""
        lines = self._list.lines(max(1, since.lines))
        if since.lines:
            if not lines or self._end(lines[0]) != since:
                return None
            lines = lines[1:]
        return b"".join(line.text.encode() + b"\n" for line in lines)

    def append(self, make: Making) -> Mark:
        """In one transaction."""
        after = START

        def rows(last: Line | None) -> Sequence[Line]:
            nonlocal after
            end = self._end(last) if last else START
            content, after = make(end)
            return _rows(content, end)

        self._list.append(rows)
        return after

    def _end(self, line: Line) -> Mark:
        try:
            said = json.loads(line.text)
            fits = int(said["n"]) == line.number and is_mac(said["mac"])
        except (ValueError, KeyError, TypeError, RecursionError):
            fits = False
        if not fits:
            raise TombstonesDamaged(self.where, line.number)
        return Mark(lines=line.number, size=line.ends_at, mac=str(said["mac"]))


def _rows(content: bytes, end: Mark) -> list[Line]:
    rows, size = list[Line](), end.size
    for number, line in enumerate(content.splitlines(), end.lines + 1):
        size += len(line) + 1
        rows.append(Line(number, size, line.decode()))
    return rows


def _write(file: int, content: bytes, at: int) -> None:
    done = 0
    while done < len(content):
        done += os.pwrite(file, content[done:], at + done)


def _make_folder(folder: Path) -> None:
    for missing in reversed([p for p in (folder, *folder.parents) if not p.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
