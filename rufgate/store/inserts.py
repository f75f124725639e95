"""The rows of reports on their way in: a report's own at once, those under it with its neighbours'.

In:  an open transaction; rows, parents before children.
Out: the same rows in the database after ``flush``, in one statement for each table.
SECURITY: rows are made of sanitized values (``rows.py``).
FAILS: as the database does; the transaction is then to be given up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Table, insert

from rufgate.store.rows import Row
from rufgate.store.schema import outbox, reports


class Inserts:
    """What one transaction inserts. Children wait: what follows looks at ``reports`` alone."""

    def __init__(self, connection: Connection) -> None:
        self.connection: Final = connection
        self._waiting: Final[dict[Table, list[Any]]] = {}
        self._last: Final[list[Callable[[], None]]] = []

    def add(self, rows: Iterable[tuple[Table, Sequence[Row]]]) -> None:
        """The rows of one report."""
        for table, values in rows:
            if table is reports:
                self.connection.execute(insert(table), values)
            else:
                self._waiting.setdefault(table, []).extend(values)

    @property
    def copies(self) -> int:
        """How many copies are not in the outbox yet."""
        return len(self._waiting.get(outbox, ()))

    def at_the_end(self, step: Callable[[], None]) -> None:
        """Do this when all is inserted: what it locks is held for the commit alone."""
        self._last.append(step)

    def flush(self) -> None:
        """Insert what waits."""
        for table, values in self._waiting.items():
            self.connection.execute(insert(table), values)
        self._waiting.clear()
        for step in self._last:
            step()
        self._last.clear()
