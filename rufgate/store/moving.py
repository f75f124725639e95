"""Copies all rows of a store to another database, in steps that a kill leaves whole.

In:  a source that nobody writes to meanwhile; a target (``move_target.py``).
Out: the same rows there; for each table the checksums of both sides.
SECURITY: rows are copied as they are: redacted. Nothing of them is logged.
FAILS: ``StoreUnavailable``; begun again, it goes on behind the last step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Engine, Row, Table, func, insert, literal, select, tuple_

from rufgate.store.checksums import Checksum, checksum, in_order
from rufgate.store.engine import reading, translated
from rufgate.store.move_target import TABLES, Mark, mark_of, note, read, written

Progress = Callable[[str, int, int], None]
"""What is under way, rows done, rows in all."""

_ROWS: Final = 2000
_BYTES: Final = 8 * 1024 * 1024  # of copies that wait: they are what is large


@dataclass(frozen=True, kw_only=True, slots=True)
class Moved:
    """One table on both sides."""

    name: str
    source: Checksum
    target: Checksum

    @property
    def is_same(self) -> bool:
        """Whether they hold the same."""
        return self.source == self.target


def copy_all(source: Connection, target: Engine, progress: Progress) -> None:
    """Copy what is not copied yet."""
    for table in TABLES:
        total = source.execute(select(func.count()).select_from(table)).scalar_one()
        with translated(), target.connect() as connection:
            mark = mark_of(connection, table)
        done = mark.rows if mark else 0
        progress(table.name, done, total)
        for rows in _steps(source, table, mark):
            done += len(rows)
            _copy(target, table, rows, done)
            progress(table.name, done, total)


def compare(source: Connection, target: Engine, progress: Progress) -> list[Moved]:
    """The checksums of each table, read from both sides."""
    found = []
    with reading(target) as connection:
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        for number, table in enumerate(TABLES):
            progress("checksums of tables", number, len(TABLES))
            sums = checksum(source, table), checksum(connection, table)
            found.append(Moved(name=table.name, source=sums[0], target=sums[1]))
    return found


def _steps(source: Connection, table: Table, mark: Mark | None) -> Iterator[list[Row[Any]]]:
    behind = []
    if mark:
        columns = tuple_(*table.primary_key.columns)
        behind.append(columns > tuple_(*_bound(table, mark)))
    rows: list[Row[Any]] = []
    size = 0
    for row in in_order(source, table, *behind):
        rows.append(row)
        size += sum(len(value) for value in row if isinstance(value, bytes | str))
        if len(rows) >= _ROWS or size >= _BYTES:
            yield rows
            rows, size = [], 0
    if rows:
        yield rows


def _bound(table: Table, mark: Mark) -> list[Any]:
    values = read(table, mark.last)
    return [
        literal(value, column.type)
        for column, value in zip(table.primary_key.columns, values, strict=True)
    ]


def _copy(target: Engine, table: Table, rows: list[Row[Any]], done: int) -> None:
    """The rows and the mark behind them: both, or neither."""
    values = [dict(zip(table.c.keys(), row, strict=True)) for row in rows]
    last = [values[-1][column.name] for column in table.primary_key.columns]
    with translated(), target.begin() as connection:
        connection.execute(insert(table), values)
        note(connection, table, Mark(last=written(last), rows=done))
