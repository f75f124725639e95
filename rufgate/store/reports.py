"""Records sanitized reports with their copies in one transaction, and reads them back.

In:  ``Sanitized``.
Out: ``Recorded``; for readers ``StoredReport`` and ``StoredDetail``, frozen, of redacted values.
SECURITY: takes sanitized types only. What comes out was sanitized when it went in.
FAILS: ``StoreUnavailable`` (a retry may succeed), ``StoreFull``; in both nothing was recorded, or
     the commit's answer was lost and the resent report is found to be a duplicate.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, Engine, Select, Table, func, insert, not_, select, update
from sqlalchemy.exc import IntegrityError

from rufgate.sanitize.sanitized import Kind, Sanitized
from rufgate.store import schema
from rufgate.store.engine import StoreBusy, StoreFull, StoreUnavailable, reading, writing
from rufgate.store.groups import Entry, Outcome, Take, record_group
from rufgate.store.hour_shares import HourShares, shares_of
from rufgate.store.inserts import Inserts
from rufgate.store.own_reports import own_reports
from rufgate.store.rows import rows_of
from rufgate.store.stored import StoredAuthResult, StoredDetail, StoredReport
from rufgate.store.storms import (
    OutboxFull,
    Recorded,
    StormKeys,
    StormRules,
    record_within,
    storm_of,
)

__all__ = ["OutboxFull", "Recorded", "ReportStore", "StoreFull", "StoreUnavailable"]

_INSERT_TRIES: Final = 3
_IDS_PER_QUERY: Final = 500  # SQLite binds a limited number of values to a statement


class ReportStore:
    """The reports of one database. Safe to use from many threads.

    With ``canary`` it is the canary's own reports alone, else all but those. ``rules`` says when
    reports stop making rows; without them each makes its own.
    """

    def __init__(
        self, engine: Engine, *, canary: bool = False, rules: StormRules | None = None
    ) -> None:
        self._engine = engine
        self._rules = rules
        self._canary = canary
        own = schema.reports.c.id.in_(own_reports())
        self._mine = own if canary else not_(own)

    def record(self, sanitized: Sanitized, keys: StormKeys | None = None) -> Recorded:
        """Commit the report and its copies, or count it on a row that is already there.

        Between our look and our insert another process may have recorded the same report; then
        the unique fingerprint refuses ours and the next look finds it.
        """
        for _ in range(_INSERT_TRIES):
            try:
                with writing(self._engine, shared=True) as connection:
                    inserts = Inserts(connection, self._shares())
                    recorded = self._record(inserts, Entry(sanitized, keys))
                    inserts.flush()
                    return recorded
            except (IntegrityError, StoreBusy):
                continue
        raise StoreUnavailable("the report could not be recorded")

    def _shares(self) -> HourShares | None:
        return None if self.shares_commits else shares_of(self._engine)

    @property
    def shares_commits(self) -> bool:
        """Whether reports had better be recorded together: a server joins syncs by itself."""
        return self._engine.dialect.name == "sqlite"

    def record_waiting(self, take: Take) -> list[tuple[Entry, Outcome]]:
        """Record all that ``take`` gives in one transaction; what became of each."""
        return record_group(
            self._engine, take, self._record, lambda one: self.record(one.sanitized, one.keys)
        )

    def _record(self, inserts: Inserts, entry: Entry) -> Recorded:
        if self._canary:
            _insert_canary(inserts.connection, entry.sanitized)
            return Recorded.NEW
        if _count_again(inserts.connection, str(entry.sanitized.report.fingerprint)):
            return Recorded.DUPLICATE
        if self._rules is not None and entry.keys is not None:
            return record_within(inserts, entry.sanitized, entry.keys, self._rules)
        inserts.add(rows_of(entry.sanitized))
        return Recorded.NEW

    def list(
        self, limit: int = 100, *, offset: int = 0, kind: Kind | None = None
    ) -> tuple[StoredReport, ...]:
        """The newest reports first."""
        table = schema.reports
        newest = (table.c.received_on.desc(), table.c.received_at.desc(), table.c.id)
        query = select(table).where(self._mine).order_by(*newest)
        if kind is not None:
            query = query.where(table.c.kind == kind.value)
        with reading(self._engine) as connection:
            return summaries(connection, query.limit(limit).offset(offset))

    def show(self, report_id: UUID) -> StoredDetail | None:
        """All that is kept of one report; None where there is no such report."""
        query = select(schema.reports).where(schema.reports.c.id == report_id, self._mine)
        with reading(self._engine) as connection:
            found = details(connection, query)
        return found[0] if found else None

    def count(self) -> int:
        """How many reports are kept."""
        with reading(self._engine) as connection:
            query = select(func.count()).select_from(schema.reports).where(self._mine)
            return connection.execute(query).scalar_one()


_DETAIL_TABLES: Final = (
    schema.report_domains,
    schema.report_tokens,
    schema.report_headers,
    schema.attachments,
    schema.redaction_counts,
    schema.report_manifests,
    schema.outbox,
)


def _insert_canary(connection: Connection, sanitized: Sanitized) -> None:
    """The same rows, marked as our own in the same commit.

    Without a fingerprint: somebody's copy of a canary must not be counted on its row, and so be
    lost with it.
    """
    for table, rows in rows_of(sanitized):
        plain = [{**row, "fingerprint": None} for row in rows]
        connection.execute(insert(table), plain if table is schema.reports else rows)
    connection.execute(insert(schema.canary_reports), [{"report_id": sanitized.report.id}])


def _count_again(connection: Connection, fingerprint: str) -> bool:
    table = schema.reports
    again = update(table).where(table.c.fingerprint == fingerprint).values(seen=table.c.seen + 1)
    return connection.execute(again).rowcount > 0


def details(connection: Connection, query: Select[Any]) -> tuple[StoredDetail, ...]:
    """All that is kept of the reports that ``query`` selects whole, in a few queries."""
    rows = connection.execute(query).mappings().all()
    ids = [row["id"] for row in rows]
    children = {table.name: _by_report(connection, table, ids) for table in _DETAIL_TABLES}
    results = _auth_results(connection, ids)
    return tuple(
        StoredDetail.from_rows(
            StoredReport.from_row(row, results.get(row["id"], ())),
            row,
            {name: found.get(row["id"], []) for name, found in children.items()},
            storm_of(connection, row["id"]),
        )
        for row in rows
    )


def summaries(connection: Connection, query: Select[Any]) -> tuple[StoredReport, ...]:
    """The reports that ``query`` selects whole, with their authentication results."""
    rows = connection.execute(query).mappings().all()
    results = _auth_results(connection, [row["id"] for row in rows])
    return tuple(StoredReport.from_row(row, results.get(row["id"], ())) for row in rows)


def _auth_results(
    connection: Connection, report_ids: Sequence[UUID]
) -> dict[UUID, tuple[StoredAuthResult, ...]]:
    """The results of several reports in two queries."""
    properties: dict[tuple[UUID, int], dict[str, str]] = {}
    for row in _children(connection, schema.auth_properties, report_ids):
        value = row["domain_value"] or row["token_value"] or row["address_value"]
        if value is not None:
            properties.setdefault((row["report_id"], row["result_position"]), {})[row["name"]] = (
                value
            )
    found: dict[UUID, list[StoredAuthResult]] = {}
    for row in _children(connection, schema.auth_results, report_ids):
        found.setdefault(row["report_id"], []).append(
            StoredAuthResult(
                authserv=row["authserv"],
                method=row["method"],
                result=row["result"],
                properties=properties.get((row["report_id"], row["position"]), {}),
            )
        )
    return {report_id: tuple(results) for report_id, results in found.items()}


def _by_report(
    connection: Connection, table: Table, report_ids: Sequence[UUID]
) -> dict[UUID, list[dict[str, Any]]]:
    found: dict[UUID, list[dict[str, Any]]] = {}
    for row in _children(connection, table, report_ids):
        found.setdefault(row["report_id"], []).append(dict(row))
    return found


def _children(connection: Connection, table: Table, report_ids: Sequence[UUID]) -> list[Any]:
    """The rows of ``table`` under some reports, in the report's order; copies without content."""
    columns = [column for column in table.c if column.name != "content"]
    order = [table.c[name] for name in ("result_position", "position", "id") if name in table.c]
    found: list[Any] = []
    for start in range(0, len(report_ids), _IDS_PER_QUERY):
        ids = report_ids[start : start + _IDS_PER_QUERY]
        query = select(*columns).where(table.c.report_id.in_(ids)).order_by(*order)
        found += connection.execute(query).mappings().all()
    return found
