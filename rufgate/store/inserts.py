"""The rows of reports on their way in: a report's own at once, those under it with its neighbours'.

In:  an open transaction; rows, parents before children.
Out: the same rows in the database after ``flush``, in one statement for each table.
SECURITY: rows are made of sanitized values (``rows.py``).
FAILS: as the database does; the transaction is then to be given up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Table, insert

from rufgate.store.hour_shares import HourShares
from rufgate.store.rows import Row
from rufgate.store.schema import outbox, reports


class Inserts:
    """What one transaction inserts. Children wait: what follows looks at ``reports`` alone.

    ``shares``: where the hour's share is taken; None: in the transaction itself. One that records
    several reports must do so: it may hold the hour's row since one before.
    """

    def __init__(self, connection: Connection, shares: HourShares | None = None) -> None:
        self.connection: Final = connection
        self.shares: Final = shares
        self._waiting: Final[dict[Table, list[Any]]] = {}

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

    def flush(self) -> None:
        """Insert what waits."""
        for table, values in self._waiting.items():
            self.connection.execute(insert(table), values)
        self._waiting.clear()
