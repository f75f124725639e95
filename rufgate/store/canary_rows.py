"""What the store holds since the canary was sent: every column of every row, and the files.

In:  the engine, the moment.
Out: (place, bytes) for a search; then nothing of the canary is left.
SECURITY: reads columns as they are; nothing of them is kept or logged.
FAILS: ``StoreUnavailable``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, Table, or_, select, true

from rufgate.store.canary import forget_own_reports
from rufgate.store.engine import reading
from rufgate.store.own_reports import canarys_reports
from rufgate.store.pages import Snapshot
from rufgate.store.schema import metadata, reports
from rufgate.store.scrub import compact

_MAX_REPORTS: Final = 2000  # besides the canary's own; the search of the files has no such limit

Place = tuple[str, bytes]


class CanaryRows:
    """The store around one canary."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._snapshot: Snapshot | None = None
        self._since: datetime | None = None

    def note(self, now: datetime) -> None:
        """Remember how the files are; what is written from now on is to be searched."""
        self._let_go()
        self._snapshot, self._since = Snapshot(self._engine), now

    def written(self) -> Iterator[Place]:
        """Each column of the canary's rows, of reports that came since, and of runs."""
        for table in metadata.sorted_tables:
            with reading(self._engine) as connection:
                rows = connection.execute(select(table).where(self._is_new(table))).mappings().all()
            for row in rows:
                for name, value in row.items():
                    if value is not None:
                        yield f"{_kind(table)}, {table.name}.{name}", _bytes(value)

    def files(self) -> Iterator[Place]:
        """What changed in the database's files; once."""
        if self._snapshot is not None:
            yield from self._snapshot.changed()

    def count(self) -> int:
        """How many reports of the canary's own there are."""
        with reading(self._engine) as connection:
            return len(connection.execute(canarys_reports()).all())

    def forget(self) -> bool:
        """Delete the canary's rows and their bytes; False where a reader still holds the log."""
        self._let_go()
        forget_own_reports(self._engine)
        return compact(self._engine)

    def _let_go(self) -> None:
        if self._snapshot is not None:
            self._snapshot.close()
        self._snapshot = self._since = None

    def _is_new(self, table: Table) -> ColumnElement[bool]:
        if "aged_by" in table.info:
            return true()
        newest = select(reports.c.id).where(reports.c.received_at >= self._since)
        others = newest.order_by(reports.c.received_at.desc()).limit(_MAX_REPORTS)
        report_id = table.c.id if table is reports else table.c.report_id
        return or_(report_id.in_(canarys_reports()), report_id.in_(others))


def _kind(table: Table) -> str:
    return "queue" if table.name == "outbox" else "store"


def _bytes(value: object) -> bytes:
    match value:
        case bytes():
            return value
        case str():
            return value.encode("utf-8", "replace")
        case UUID():
            return value.hex.encode()
        case list() | dict():
            return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
        case _:
            return str(value).encode("utf-8", "replace")
