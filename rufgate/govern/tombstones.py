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

import hmac
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from rufgate.govern.tombstone_places import (
    START,
    ListFile,
    Mark,
    Place,
    TombstonesDamaged,
    TombstonesUnavailable,
)
from rufgate.store.audit_entries import moment_text

__all__ = [
    "KEY", "START", "Mark", "Tombstone", "Tombstones", "TombstonesDamaged", "TombstonesUnavailable",
]  # fmt: skip

KEY: Final = "key"  # the class of a destroyed key

_FORM: Final = "rufgate-tombstone-1"
_FIELDS: Final = ("n", "id", "class", "action", "at")


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


class Tombstones:
    """The list at ``place``; any number of processes may append."""

    def __init__(self, place: Place | Path, key: bytes, clock: Callable[[], datetime]) -> None:
        self.place: Final = ListFile(place) if isinstance(place, Path) else place
        self._key: Final = key
        self._clock = clock

    def append(self, stones: Iterable[Tombstone]) -> Mark:
        """Write them, synced, and where the list ends then."""
        return self.place.append(lambda end: self._lines(tuple(stones), end))

    def entries(self, since: Mark = START) -> tuple[Tombstone, ...]:
        """Those behind ``since``."""
        return self.read(since)[0]

    def read(self, since: Mark = START) -> tuple[tuple[Tombstone, ...], Mark]:
        """Those behind ``since``, each checked, and where the file ends; none if it is missing.

        A ``since`` that is not of this file counts as its start.
        """
        content = self.place.content(since)
        if content is None:
            since, content = START, self.place.content(START) or b""
        found, mark = [], since
        for line in content.split(b"\n")[:-1]:  # what stands behind the last end was torn
            stone = self._checked(line, mark)
            found.append(stone)
            mark = Mark(lines=mark.lines + 1, size=mark.size + len(line) + 1, mac=stone.mac)
        return tuple(found), mark

    def holds(self, mark: Mark) -> bool:
        """Whether the file still has what it had when it ended there."""
        return mark.lines == 0 or self.place.content(mark) is not None

    def _checked(self, line: bytes, before: Mark) -> Tombstone:
        number = before.lines + 1
        try:
            said = json.loads(line)
            number_said, *fields = [said[name] for name in _FIELDS]
            fits = hmac.compare_digest(said["mac"], self._mac(before.mac, number, fields))
            names = ("id", "field_class", "action", "at")
            stone = Tombstone(**dict(zip(names, map(str, fields), strict=True)), mac=said["mac"])
        except (ValueError, KeyError, TypeError, RecursionError):
            raise TombstonesDamaged(self.place.where, number) from None
        if not fits or number_said != number or line != _line(said):
            raise TombstonesDamaged(self.place.where, number)
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


def _line(said: dict[str, Any]) -> bytes:
    return json.dumps(said, separators=(",", ":")).encode()
