"""The database that a store is moved to: what it must be before, meanwhile and afterwards.

In:  an engine on PostgreSQL.
Out: marks of how far each table is copied; the schema's version is put back when all is done.
SECURITY: until then the database says that it has no version that any gate knows, so that no gate
     and no command takes half a store for a whole one.
FAILS: ``MoveRefused`` says why, and what to do; ``StoreUnavailable``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Date,
    Engine,
    Integer,
    MetaData,
    Table,
    Text,
    Uuid,
    create_engine,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.types import TypeEngine

from rufgate.store import postgres
from rufgate.store.column_types import UtcDateTime
from rufgate.store.engine import translated
from rufgate.store.schema import metadata
from rufgate.store.versions import MOVING

TABLES: Final = tuple(metadata.sorted_tables)  # parents first
_OWN: Final = MetaData()
_MARKS: Final = Table(
    "rufgate_move",
    _OWN,
    Column("name", Text(), primary_key=True),
    Column("last", Text()),  # the key of the last row that was copied
    Column("rows", BigInteger(), nullable=False),
)
_VERSION: Final = Table("alembic_version", MetaData(), Column("version_num", Text()))
_FROM: Final = "*"  # the mark that says what is moved, and where to its version
_OTHERS: Final = frozenset({_MARKS.name, _VERSION.name})


class MoveRefused(Exception):  # noqa: N818 - an answer for the operator, not a bug
    """The store cannot be moved so; ``str()`` says why and what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Begun:
    """A move that is under way: the source's audit log ended so when it began."""

    sequence: int
    mac: str
    version: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """How far a table is copied."""

    last: tuple[str, ...]
    rows: int


def connect(url: str) -> Engine:
    """Without migrations: what is there is looked at first."""
    engine = create_engine(url, hide_parameters=True, **postgres.options())
    postgres.set_up(engine)
    return engine


def begun(engine: Engine) -> Begun | None:
    """The move that is under way here; ``MoveRefused`` where there is something else."""
    with translated(), engine.begin() as connection:
        there = set(inspect(connection).get_table_names())
        if foreign := there - {table.name for table in TABLES} - _OTHERS:
            names = ", ".join(sorted(foreign))[:200]
            raise MoveRefused(f"the database has other tables ({names}): name an empty one")
        if _MARKS.name in there:
            query = select(_MARKS.c.last).where(_MARKS.c.name == _FROM)
            return Begun(**json.loads(connection.execute(query).scalar_one()))
        for table in TABLES:
            if table.name in there and connection.execute(select(table).limit(1)).first():
                raise MoveRefused(
                    f"the database holds data already (table {table.name}): name an empty one"
                )
    return None


def begin(engine: Engine, source: Begun) -> None:
    """From here on it is no store until ``finish``."""
    with translated(), engine.begin() as connection:
        postgres.take_within(connection, postgres.Lock.MIGRATION)
        _OWN.create_all(connection)
        said = {"sequence": source.sequence, "mac": source.mac, "version": source.version}
        connection.execute(insert(_MARKS), {"name": _FROM, "last": json.dumps(said), "rows": 0})
        connection.execute(update(_VERSION).values(version_num=MOVING))


def empty(engine: Engine, version: str) -> None:
    """Give up a move that was begun: as before it, an empty store."""
    with translated(), engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        for table in reversed(TABLES):
            connection.execute(table.delete())
        _ready(connection, version)


def finish(engine: Engine, version: str, enter: Callable[[Connection], object]) -> None:
    """It is a store; ``enter`` is part of the same transaction."""
    with translated(), engine.begin() as connection:
        enter(connection)
        _ready(connection, version)


def mark_of(connection: Connection, table: Table) -> Mark | None:
    """How far ``table`` is; None where it is not begun."""
    query = select(_MARKS.c.last, _MARKS.c.rows).where(_MARKS.c.name == table.name)
    row = connection.execute(query).first()
    return Mark(last=tuple(json.loads(row.last)), rows=row.rows) if row else None


def note(connection: Connection, table: Table, mark: Mark) -> None:
    """In the transaction that copied the rows."""
    values = {"last": json.dumps(mark.last), "rows": mark.rows}
    this = update(_MARKS).where(_MARKS.c.name == table.name).values(values)
    if not connection.execute(this).rowcount:
        connection.execute(insert(_MARKS), {"name": table.name, **values})


def written(key: Sequence[Any]) -> tuple[str, ...]:
    """The values of a key as text."""
    return tuple(value.isoformat() if isinstance(value, date) else str(value) for value in key)


def read(table: Table, key: Sequence[str]) -> tuple[Any, ...]:
    """The values that ``written`` wrote."""
    columns = table.primary_key.columns
    return tuple(_value(column.type, said) for column, said in zip(columns, key, strict=True))


def _value(kind: TypeEngine[Any], said: str) -> Any:  # noqa: ANN401 - of that type
    match kind:
        case UtcDateTime():
            return datetime.fromisoformat(said)
        case Date():
            return date.fromisoformat(said)
        case Uuid():
            return UUID(said)
        case Integer():
            return int(said)
    return said


def misfit(source: Connection, target: Connection) -> str | None:
    """Where a table is not what this version makes, on either side; None where all are."""
    for connection, where in ((source, "the store"), (target, "the database")):
        found = inspect(connection)
        there = set(found.get_table_names())
        for table in TABLES:
            columns = (
                {c["name"] for c in found.get_columns(table.name)} if table.name in there else 0
            )
            if columns != set(table.c.keys()):
                return f"{where} has another table {table.name} than this version makes"
    return None


def version_of(connection: Connection) -> str:
    """The schema's."""
    return str(connection.execute(select(_VERSION)).scalar_one())


@contextmanager
def alone(engine: Engine) -> Iterator[None]:
    """No other move goes to this database meanwhile; the lock ends with its connection."""
    with translated(), engine.connect() as connection:
        connection.detach()
        if not postgres.try_for_session(connection, postgres.Lock.MOVE):
            raise MoveRefused("another move to this database is under way")
        yield


def _ready(connection: Connection, version: str) -> None:
    _OWN.drop_all(connection)
    connection.execute(update(_VERSION).values(version_num=version))
