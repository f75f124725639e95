"""The list of tombstones in a database of its own, for gates on several hosts.

In:  the URL of another database than the store's.
Out: its lines, in order; new ones, committed before ``append`` returns.
SECURITY: as the file: ids and codes. No backup of the store contains it.
FAILS: ``StoreUnavailable``.

The table is made where it is missing, and has no migrations: a line is text, as in the file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    MetaData,
    Table,
    Text,
    create_engine,
    func,
    insert,
    inspect,
    select,
)
from sqlalchemy.pool import NullPool

from rufgate.store import postgres
from rufgate.store.engine import translated

_LINES: Final = Table(
    "rufgate_tombstones",
    MetaData(),
    Column("number", BigInteger(), primary_key=True, autoincrement=False),
    Column("ends_at", BigInteger(), nullable=False),  # bytes up to here, as they were in a file
    Column("line", Text(), nullable=False),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line, and where it ends."""

    number: int
    ends_at: int
    text: str


class TombstoneList:
    """The list at ``url``. A connection for each use: it is used seldom."""

    def __init__(self, url: str) -> None:
        options = {**postgres.options(), "poolclass": NullPool, "hide_parameters": True}
        options.pop("pool_timeout")
        self._engine = create_engine(url, **options)
        postgres.set_up(self._engine)

    def exists(self) -> bool:
        """Whether anything was ever listed."""
        return self.last() is not None

    def last(self) -> Line | None:
        """The newest."""
        with translated(), self._engine.begin() as connection:
            return _last(connection) if _is_there(connection) else None

    def lines(self, first: int) -> list[Line]:
        """Those from number ``first`` on, whatever is stored."""
        query = select(_LINES).where(_LINES.c.number >= first).order_by(_LINES.c.number)
        with translated(), self._engine.begin() as connection:
            if not _is_there(connection):
                return []
            return [Line(*row) for row in connection.execute(query)]

    def append(self, make: Callable[[Line | None], Sequence[Line]]) -> None:
        """Add what ``make`` makes of the newest line; one writer at a time."""
        with translated(), self._engine.begin() as connection:
            postgres.take_within(connection, postgres.Lock.TOMBSTONES)
            if not _is_there(connection):
                _LINES.create(connection)
            rows = [
                {"number": line.number, "ends_at": line.ends_at, "line": line.text}
                for line in make(_last(connection))
            ]
            if rows:
                connection.execute(insert(_LINES), rows)


def _is_there(connection: Connection) -> bool:
    return inspect(connection).has_table(_LINES.name)


def _last(connection: Connection) -> Line | None:
    newest = select(func.max(_LINES.c.number)).scalar_subquery()
    row = connection.execute(select(_LINES).where(_LINES.c.number == newest)).first()
    return Line(*row) if row else None
