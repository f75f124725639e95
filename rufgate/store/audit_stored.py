"""Reads the audit log as it lies in the database, genuine or not.

In:  an engine, also on a copy of the file; what of the log is asked for.
Out: ``StoredEntry``: text, whatever is stored.
SECURITY: takes nothing in the database for granted: columns are read as bytes, so that a type or
     a character that does not belong there is a finding, not an error.
FAILS: ``StoreUnavailable``, also where the table is missing; ``StoreDamaged``.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    LargeBinary,
    Table,
    Text,
    cast,
    create_engine,
    select,
    type_coerce,
)
from sqlalchemy.pool import NullPool

from rufgate.store.audit_entries import Action, moment_text
from rufgate.store.audit_tables import audit_entries
from rufgate.store.engine import StoreUnavailable, reading

_FETCHED: Final = 1000
_COLUMNS: Final = ("sequence", "at", "actor", "action", "details", "mac")


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
class Asked:
    """Which entries: each that is given narrows."""

    action: Action | None = None
    since: datetime | None = None
    until: datetime | None = None  # that moment is no longer in
    before: int | None = None  # a sequence: go on where a list ended

    def conditions(self) -> tuple[ColumnElement[bool], ...]:
        """As SQL."""
        entries, found = audit_entries.c, []
        if self.action is not None:
            found.append(entries.action == self.action.value)
        if self.since is not None:
            found.append(entries.at >= self.since)
        if self.until is not None:
            found.append(entries.at < self.until)
        if self.before is not None:
            found.append(entries.sequence < self.before)
        return tuple(found)


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


def newest(engine: Engine, limit: int, asked: Asked = Asked()) -> tuple[StoredEntry, ...]:
    """The newest entries first."""
    with reading(engine) as connection:
        query = _query(connection, audit_entries, _COLUMNS).where(*asked.conditions())
        query = query.order_by(audit_entries.c.sequence.desc()).limit(limit)
        return tuple(_entry(row) for row in connection.execute(query))


def chain(connection: Connection) -> Iterator[StoredEntry]:
    """All entries in their order."""
    query = _query(connection, audit_entries, _COLUMNS).order_by(audit_entries.c.sequence)
    with connection.execute(query, execution_options={"yield_per": _FETCHED}) as found:
        for row in found:  # who stops early closes it: PostgreSQL's cursor is the server's
            yield _entry(row)


def newest_of(connection: Connection, action: Action) -> StoredEntry | None:
    """The newest entry of ``action``."""
    query = _query(connection, audit_entries, _COLUMNS)
    query = query.where(audit_entries.c.action == action.value)
    row = connection.execute(query.order_by(audit_entries.c.sequence.desc()).limit(1)).first()
    return _entry(row) if row else None


def raw_rows(
    connection: Connection, table: Table, names: tuple[str, ...], order: ColumnElement[Any]
) -> Iterator[tuple[str, ...]]:
    """Each row as text; times in the form that is signed."""
    times = {name for name in names if name.endswith("_at") or name == "at"}
    for row in connection.execute(_query(connection, table, names).order_by(order)):
        texts = zip(names, map(_text, row), strict=True)
        yield tuple(_moment(text) if name in times else text for name, text in texts)


def _query(connection: Connection, table: Table, names: tuple[str, ...]) -> Any:  # noqa: ANN401 - SQLAlchemy's own type says nothing
    """The columns with nothing read into them."""
    columns = [table.c[name] for name in names]
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
