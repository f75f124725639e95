"""The list of what was forgotten by hand, apart from the database: no backup contains it.

In:  ids of reports or keys, the class and action; the ``audit`` key; a clock.
Out: a file of one JSON line each, on disk before ``append`` returns; the lines read back.
SECURITY: content-free: a random report id or a key's name, never a value. Each line has a MAC
     over itself and the line before, so that a changed, missing or moved one is named.
FAILS: ``TombstonesDamaged`` where a line does not fit, ``TombstonesUnavailable`` where the file
     cannot be used.

It is written before the deletion begins: a crash between is finished by the next replay. A last
line without its end was torn by a crash: nothing was deleted by it yet, so it counts for nothing
and is cut off by the next ``append``.
"""

from __future__ import annotations

import fcntl
import hmac
import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from rufgate.store.audit_entries import GENESIS, is_mac, moment_text
from rufgate.store.engine import StoreUnavailable

KEY: Final = "key"  # the class of a destroyed key

_FORM: Final = "rufgate-tombstone-1"
_FIELDS: Final = ("n", "id", "class", "action", "at")
_LONGEST: Final = 1024  # bytes of a line


class TombstonesUnavailable(StoreUnavailable):
    """The file cannot be read or written now."""


class TombstonesDamaged(Exception):  # noqa: N818 - an answer for the operator, not a bug
    """A line does not fit; ``str()`` says which and what to do."""

    def __init__(self, path: Path, line: int) -> None:
        super().__init__(
            f"tombstones {path}: line {line} does not fit: it was changed, moved or made with "
            f"another audit key. Put the file back as it was; if it is lost, move it away: what it "
            f"listed and a restored backup holds is then no longer forgotten by itself"
        )
        self.line: Final = line


@dataclass(frozen=True, kw_only=True, slots=True)
class Tombstone:
    """What was forgotten: a class of a report, or a key."""

    id: str
    field_class: str
    action: str
    at: str = ""  # this and the MAC are given by ``append``
    mac: str = ""

    @classmethod
    def of_report(cls, report_id: UUID, field_class: str, action: str) -> Tombstone:
        """A class of one report; ``facts`` is all of it."""
        return cls(id=str(report_id), field_class=field_class, action=action)

    @classmethod
    def of_key(cls, name: str) -> Tombstone:
        """A key that was destroyed, by the name of its file."""
        return cls(id=name, field_class=KEY, action="destroy")


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A place in the file: behind so many lines and bytes, of which the last has this MAC."""

    lines: int = 0
    size: int = 0
    mac: str = GENESIS


START: Final = Mark()


class Tombstones:
    """The file at ``path``; any number of processes of this host may append."""

    def __init__(self, path: Path, key: bytes, clock: Callable[[], datetime]) -> None:
        self.path: Final = path
        self._key: Final = key
        self._clock = clock

    def append(self, stones: Iterable[Tombstone]) -> Mark:
        """Write them, synced, and where the file ends then."""
        with self._locked() as file:
            end = self._end(file)
            content, after = self._lines(stones, end)
            os.ftruncate(file, end.size)
            try:
                _write(file, content, end.size)
                os.fsync(file)
            except OSError:
                os.ftruncate(file, end.size)
                raise
        return after

    def entries(self, since: Mark = START) -> tuple[Tombstone, ...]:
        """Those behind ``since``."""
        return self.read(since)[0]

    def read(self, since: Mark = START) -> tuple[tuple[Tombstone, ...], Mark]:
        """Those behind ``since``, each checked, and where the file ends; none if it is missing.

        A ``since`` that is not of this file counts as its start.
        """
        content = self._content(since)
        if content is None:
            since, content = START, self._content(START) or b""
        found, mark = [], since
        for line in content.split(b"\n")[:-1]:  # what stands behind the last end was torn
            stone = self._checked(line, mark)
            found.append(stone)
            mark = Mark(lines=mark.lines + 1, size=mark.size + len(line) + 1, mac=stone.mac)
        return tuple(found), mark

    def holds(self, mark: Mark) -> bool:
        """Whether the file still has what it had when it ended there."""
        return mark.lines == 0 or self._content(mark) is not None

    def _checked(self, line: bytes, before: Mark) -> Tombstone:
        number = before.lines + 1
        try:
            said = json.loads(line)
            number_said, *fields = [said[name] for name in _FIELDS]
            fits = hmac.compare_digest(said["mac"], self._mac(before.mac, number, fields))
            names = ("id", "field_class", "action", "at")
            stone = Tombstone(**dict(zip(names, map(str, fields), strict=True)), mac=said["mac"])
        except (ValueError, KeyError, TypeError, RecursionError):
            raise TombstonesDamaged(self.path, number) from None
        if not fits or number_said != number or line != _line(said):
            raise TombstonesDamaged(self.path, number)
        return stone

    def _lines(self, stones: Iterable[Tombstone], end: Mark) -> tuple[bytes, Mark]:
        at, content, mac, number = moment_text(self._clock()), bytearray(), end.mac, end.lines
        for stone in stones:
            number += 1
            fields = [stone.id, stone.field_class, stone.action, at]
            mac = self._mac(mac, number, fields)
            said = dict(zip((*_FIELDS, "mac"), (number, *fields, mac), strict=True))
            content += _line(said) + b"\n"
        return bytes(content), Mark(lines=number, size=end.size + len(content), mac=mac)

    def _mac(self, before: str, number: int, fields: list[Any]) -> str:
        canonical = json.dumps([_FORM, before, number, *fields], separators=(",", ":"))
        return hmac.digest(self._key, canonical.encode(), "sha256").hex()

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
            raise TombstonesDamaged(self.path, self._count()) from None
        if not is_mac(mark.mac):
            raise TombstonesDamaged(self.path, mark.lines)
        return mark

    def _content(self, since: Mark) -> bytes | None:
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


def _line(said: dict[str, Any]) -> bytes:
    return json.dumps(said, separators=(",", ":")).encode()


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
