"""Reads the audit log as it lies in the database, and says which entry does not fit.

In:  an engine (also on a copy of the file), the ``audit`` key, a head noted earlier.
Out: ``StoredEntry`` for lists; a ``Verdict`` with the first sequence that does not fit, and why.
SECURITY: takes nothing in the database for granted: columns are read as bytes, so that a type or
     a character that does not belong there is a finding, not an error.
FAILS: ``StoreUnavailable``, also where the table is missing; ``StoreDamaged``.
"""

from __future__ import annotations

import hmac
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from sqlalchemy import (
    Connection,
    Engine,
    LargeBinary,
    Text,
    cast,
    create_engine,
    select,
    type_coerce,
)
from sqlalchemy.pool import NullPool

from rufgate.store.audit import Head
from rufgate.store.audit_entries import GENESIS, Action, is_mac, mac_of, moment_text
from rufgate.store.audit_tables import audit_entries
from rufgate.store.engine import StoreUnavailable, reading

_FETCHED: Final = 1000
_COLUMNS: Final = ("sequence", "at", "actor", "action", "details", "mac")


class Misfit(StrEnum):
    """Why an entry does not fit."""

    CHANGED = "changed"  # or written, or verified, with another key
    MISSING = "missing"  # deleted, or not pruned by the gate
    MISPLACED = "misplaced"  # an entry where a pruned or another one was
    CUT_OFF = "cut_off"  # the noted head is no longer there
    REPLACED = "replaced"  # the noted head is there with another MAC
    HEAD_PRUNED = "head_pruned"  # the noted head is older than what is kept: it proves nothing


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredEntry:
    """One entry as text, whatever is stored; ``sequence`` is 0 where that is no number."""

    sequence: int
    at: str
    actor: str
    action: str
    details: str
    mac: str

    def as_json(self) -> dict[str, Any]:
        """Plain values; details that are no object are None."""
        values = {name: getattr(self, name) for name in _COLUMNS}
        return {**values, "details": self.said}

    @property
    def said(self) -> dict[str, Any] | None:
        """The details; None where they cannot be read."""
        try:
            found = json.loads(self.details)
        except (ValueError, RecursionError):
            return None
        return found if isinstance(found, dict) else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """``bad`` is the first sequence that does not fit; None where all is well."""

    entries: int  # that fit, from the first on
    first: int | None  # of what is kept
    head: Head | None  # the last that fits
    bad: int | None = None
    why: Misfit | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "valid": self.bad is None,
            "entries": self.entries,
            "first": self.first,
            "head": str(self.head) if self.head else None,
            "bad": self.bad,
            "why": self.why.value if self.why else None,
        }


def open_copy(path: Path) -> Engine:
    """A copy of the database's file, to be read and never changed."""
    if not path.is_file():
        raise StoreUnavailable("there is no such file")
    log = Path(f"{path}-wal")
    # Without a log the file is all there is, and nothing is made beside it.
    how = "mode=ro" if log.exists() and log.stat().st_size else "immutable=1"
    name = str(path.absolute()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    url = f"file:{name}?{how}"
    return create_engine(
        "sqlite://", creator=lambda: sqlite3.connect(url, uri=True),
        poolclass=NullPool, hide_parameters=True,
    )  # fmt: skip


def newest(engine: Engine, limit: int) -> tuple[StoredEntry, ...]:
    """The newest entries first."""
    with reading(engine) as connection:
        query = _query(connection).order_by(audit_entries.c.sequence.desc()).limit(limit)
        return tuple(_entry(row) for row in connection.execute(query))


def verify(engine: Engine, key: bytes, noted: Head | None = None) -> Verdict:
    """Walk the chain from its first entry to its last."""
    with reading(engine) as connection:
        start = _start(connection)
        walk = _Walk(key, start, noted)
        bad = next((bad for entry in _chain(connection) if (bad := walk.step(entry))), None)
        return walk.verdict(bad or walk.missing_end())


class _Walk:
    """Where in the chain we are, and what must come next."""

    def __init__(self, key: bytes, start: Head, noted: Head | None) -> None:
        self._key = key
        self._start: Final = start
        self._last = start
        self._noted: Final = noted

    def step(self, entry: StoredEntry) -> tuple[int, Misfit] | None:
        """Go on to ``entry``; or say what does not fit."""
        expected = self._last.sequence + 1
        if entry.sequence > expected:
            return expected, Misfit.MISSING
        if entry.sequence < expected:
            return max(entry.sequence, 0), Misfit.MISPLACED
        fields = (entry.at, entry.actor, entry.action, entry.details)
        mac = mac_of(self._key, self._last.mac, expected, fields)
        if not hmac.compare_digest(mac.encode(), entry.mac.encode()):
            return expected, Misfit.CHANGED
        self._last = Head(sequence=expected, mac=mac)
        if self._noted and self._noted.sequence == expected and self._noted.mac != mac:
            return expected, Misfit.REPLACED
        return None

    def missing_end(self) -> tuple[int, Misfit] | None:
        """Whether the noted head lies outside of what is there."""
        if self._noted is None:
            return None
        if self._noted.sequence > self._last.sequence:
            return self._last.sequence + 1, Misfit.CUT_OFF
        if self._noted.sequence == self._start.sequence and self._noted.mac != self._start.mac:
            return self._noted.sequence, Misfit.REPLACED
        if self._noted.sequence < self._start.sequence:
            return self._noted.sequence, Misfit.HEAD_PRUNED
        return None

    def verdict(self, bad: tuple[int, Misfit] | None) -> Verdict:
        entries = self._last.sequence - self._start.sequence
        return Verdict(
            entries=entries,
            first=self._start.sequence + 1 if entries else None,
            head=self._last if entries else None,
            bad=bad[0] if bad else None,
            why=bad[1] if bad else None,
        )


def _start(connection: Connection) -> Head:
    """What the first entry is bound to, by the newest anchor: itself an entry that is verified."""
    anchors = _query(connection).where(audit_entries.c.action == Action.AUDIT_PRUNED.value)
    row = connection.execute(anchors.order_by(audit_entries.c.sequence.desc()).limit(1)).first()
    said = (_entry(row).said if row else None) or {}
    last, mac = said.get("last"), said.get("mac")
    if type(last) is int and isinstance(mac, str) and is_mac(mac):
        return Head(sequence=last, mac=mac)
    return Head(sequence=0, mac=GENESIS)


def _chain(connection: Connection) -> Iterator[StoredEntry]:
    query = _query(connection).order_by(audit_entries.c.sequence)
    for row in connection.execution_options(yield_per=_FETCHED).execute(query):
        yield _entry(row)


def _query(connection: Connection) -> Any:  # noqa: ANN401 - SQLAlchemy's own type says nothing
    """All columns with nothing read into them."""
    columns = [audit_entries.c[name] for name in _COLUMNS]
    if connection.dialect.name != "sqlite":
        return select(*columns)
    return select(*(cast(type_coerce(column, Text), LargeBinary) for column in columns))


def _entry(row: Any) -> StoredEntry:  # noqa: ANN401 - a row
    sequence, at, *others = (_text(value) for value in row)
    is_number = sequence.isascii() and sequence.isdigit() and len(sequence) < 20
    actor, action, details, mac = others
    return StoredEntry(
        sequence=int(sequence) if is_number else 0,
        at=_moment(at), actor=actor, action=action, details=details, mac=mac,
    )  # fmt: skip


def _text(value: object) -> str:
    match value:
        case bytes():
            return value.decode("utf-8", "backslashreplace")
        case datetime():
            return str(value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds"))
        case _:
            return str(value)


def _moment(stored: str) -> str:
    """As it was signed; as it stands where it is not written as the store writes times."""
    try:
        moment = datetime.fromisoformat(stored)
        if moment.isoformat(" ", "microseconds") != stored:
            return stored
    except ValueError:
        return stored
    return moment_text(moment.replace(tzinfo=UTC))
