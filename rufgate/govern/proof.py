"""Proof of a purge: sentinels planted with it and values it deletes, and a search for both.

In:  a plan as it begins, rows as they go, the purge's end.
Out: receipts in the audit log.
SECURITY: deleted values are kept in memory, at most so many of a class, until the search is over;
     they are never logged. The search is one of bytes in the files (``byte_search.py``).
FAILS: ``NotVerified`` where something was found; ``StoreUnavailable``.

A deleted value may stand in a row that is still kept (the same subject twice): then it proves
nothing, and is no find. A sentinel always is one.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    RowMapping,
    Select,
    Table,
    delete,
    insert,
    select,
)

from rufgate.govern.plan import Plan, PlanEntry, is_of_reports
from rufgate.govern.plan_keys import Key
from rufgate.govern.receipts import Receipt, Result, begin, receipts, settle
from rufgate.govern.retention import NotScrubbed, NotVerified
from rufgate.govern.search import Hits, Needle, search_store
from rufgate.govern.sentinels import ALSO, Sentinel, key, plantable, rows
from rufgate.store.audit import Audit
from rufgate.store.byte_search import SHORTEST, Progress
from rufgate.store.engine import reading, writing
from rufgate.store.field_classes import FieldClass
from rufgate.store.own_reports import SENTINELS_BEFORE, sentinel_reports
from rufgate.store.schema import metadata, reports
from rufgate.store.scrub import compact, freed_pages, move_rows, rebuild_indexes, vacuum_server

_VALUES_PER_CLASS: Final = 200
_LONGEST: Final = 128  # of a value: so many bytes of its middle
_SEARCHES: Final = 3  # what comes and goes meanwhile may lie in a file for a moment
UNDONE: Final = "vacuum: freed pages of the database file were not given back"
_PAUSE_S: Final = 0.5


class Proof:
    """That of one purge."""

    def __init__(self, engine: Engine, audit: Audit) -> None:
        self._engine = engine
        self._audit = audit
        self._receipts: list[tuple[UUID, tuple[Sentinel, ...]]] = []
        self._values: dict[FieldClass, set[bytes]] = {}

    def plant(self, plan: Plan) -> Mapping[int, Key]:
        """Sentinels for each class that ``plan`` takes from, and the receipt, or neither."""
        if not plan.entries:
            return {}
        entries = [(n, entry) for n, entry in enumerate(plan.entries) if plantable(entry)]
        receipt, by_class = uuid4(), dict[FieldClass, list[PlanEntry]]()
        for _, entry in entries:
            by_class.setdefault(entry.rule.field_class, []).append(entry)
        sentinels = {name: Sentinel(receipt, name) for name in by_class}
        with writing(self._engine) as connection:
            if not self._receipts:
                _forget_sentinels(connection)  # of a purge that was cut short, or failed
            begin(self._audit, connection, receipt, {e.rule: 0 for e in plan.entries}, sentinels)
            for name, sentinel in sentinels.items():
                for table, row in rows(sentinel, by_class[name]):
                    connection.execute(insert(table).values(row))
        self._receipts.append((receipt, tuple(sentinels.values())))
        first: dict[tuple[FieldClass, str], int] = {}
        for number, entry in entries:
            first.setdefault((entry.rule.field_class, entry.work.table.name), number)
        return {
            number: key(sentinels[name], plan.entries[number].work.table)
            for (name, _), number in first.items()
        }

    def wants(self, field_class: FieldClass) -> bool:
        """Whether so many of its values are not yet kept."""
        return len(self._values.get(field_class, ())) < _VALUES_PER_CLASS

    def saw(self, field_class: FieldClass, row: RowMapping, columns: Sequence[Column[Any]]) -> None:
        """Keep values that are long enough to be searched for."""
        if self._engine.dialect.name != "sqlite":
            return
        kept = self._values.setdefault(field_class, set())
        for column in columns:
            for value in _bytes_of(row[column]):
                if len(value) >= SHORTEST and len(kept) < _VALUES_PER_CLASS:
                    middle = max(0, (len(value) - _LONGEST) // 2)
                    kept.add(value[middle : middle + _LONGEST])

    def settle(self, counts: Mapping[FieldClass, int], *, is_scrubbed: bool) -> None:
        """Search, and enter what that came to."""
        by_name = {name.value: rows for name, rows in counts.items() if rows}
        if not self._receipts:
            return
        if not is_scrubbed:
            self._values.clear()
            for receipt, _ in self._receipts:
                settle(self._audit, receipt, Result.UNVERIFIED, by_name)
            return
        sentinels = [sentinel for _, own in self._receipts for sentinel in own]
        needles = [
            Needle(bytes_, s.field_class, s.receipt) for s in sentinels for bytes_ in s.needles
        ]
        needles += [
            Needle(value, name, None) for name, values in self._values.items() for value in values
        ]
        hits = _search(self._engine, needles)
        undone = freed_pages_stay(self._engine)
        self._values.clear()
        for receipt, _ in self._receipts:
            found = {hit.field_class for hit in hits if hit.receipt in {receipt, None}}
            result = Result.FAILED if undone else _result(self._engine, found)
            settle(self._audit, receipt, result, by_name, found)
        if hits or undone:
            raise NotVerified(_told(hits, self._receipts[0][0], undone=undone), counts)
        forget(self._engine, sentinels)


def repeat(engine: Engine, audit: Audit) -> None:
    """Search again, by sentinels, for receipts that a crash or a reader left unverified."""
    open_ones = [r for r in receipts(engine) if r.result is Result.UNVERIFIED]
    if open_ones:
        hits = search_again(engine, audit, open_ones)
        if hits:
            raise NotVerified(_told(hits, open_ones[0].id), {})


def search_again(
    engine: Engine, audit: Audit, wanted: Sequence[Receipt], told: Progress | None = None
) -> Hits:
    """Search for the sentinels of these receipts, and enter each result that is a new one."""
    forget(engine, [s for r in wanted if r.result is Result.UNVERIFIED for s in r.sentinels])
    if not compact(engine):
        raise NotScrubbed({})
    hits = _search(engine, needles_of(wanted), told)
    for receipt in wanted:
        found = {hit.field_class for hit in hits if hit.receipt == receipt.id}
        result = _result(engine, found)
        if result is not receipt.result:
            settle(audit, receipt.id, result, failed=found)
    return hits


def freed_pages_stay(engine: Engine) -> bool:
    """Whether the vacuum is not done. What others free meanwhile is given back by the next try."""
    for _ in range(_SEARCHES):
        if not freed_pages(engine):
            return False
        compact(engine)
    return freed_pages(engine) > 0


def needles_of(wanted: Sequence[Receipt]) -> list[Needle]:
    """What the sentinels of these receipts are searched by."""
    return [
        Needle(needle, sentinel.field_class, receipt.id)
        for receipt in wanted
        for sentinel in receipt.sentinels
        for needle in sentinel.needles
    ]


def _search(engine: Engine, needles: Sequence[Needle], told: Progress | None = None) -> Hits:
    vacuum_server(engine)
    hits = search_store(engine, needles, told)
    for remedy in _REMEDIES:
        if not hits:
            break
        time.sleep(_PAUSE_S)
        remedy(engine)
        compact(engine)
        hits = search_store(engine, list(hits))
    return hits


def _wait(_engine: Engine) -> None:
    """What comes and goes meanwhile may lie in a file for a moment."""


def _rewrite_tables(engine: Engine) -> None:
    """What balancing left in the pages of tables; then of their indexes, which change by it."""
    names = [table.name for table in metadata.sorted_tables if is_of_reports(table)]
    move_rows(engine, names)
    move_rows(engine, names)  # the page on which the moved rows begin is an old one: now it goes
    rebuild_indexes(engine)


_REMEDIES: Final = (_wait, rebuild_indexes, _rewrite_tables)
"""What is done before the next search, the dearer the later."""


def _result(engine: Engine, found: set[FieldClass]) -> Result:
    if found:
        return Result.FAILED
    return Result.VERIFIED if engine.dialect.name == "sqlite" else Result.ROWS_ONLY


def _told(hits: Hits, receipt: UUID, *, undone: bool = False) -> str:
    classes: dict[str, set[str]] = {}
    for needle, files in hits.items():
        classes.setdefault(needle.field_class.value, set()).update(files)
    said = [f"{name} in the {', '.join(sorted(f))}" for name, f in sorted(classes.items())]
    said += [UNDONE] if undone else []
    return f"what was purged is still there: {'; '.join(said)} (receipt {receipt})"


def forget(engine: Engine, sentinels: Sequence[Sentinel]) -> None:
    """The rows that carry them: what of them no purge took."""
    ids = [sentinel.id for sentinel in sentinels]
    with reading(engine) as connection:
        left = set(connection.execute(sentinel_reports()).scalars()).intersection(ids)
        aged = any(connection.execute(select(which.exists())).scalar() for which in _aged())
    if left or aged:
        with writing(engine) as connection:
            for one in left:
                connection.execute(delete(reports).where(reports.c.id == one))
            _forget_aged(connection)


def _forget_sentinels(connection: Connection) -> None:
    connection.execute(delete(reports).where(reports.c.id.in_(sentinel_reports())))
    _forget_aged(connection)


def _forget_aged(connection: Connection) -> None:
    """Those in tables with an age of their own: no plan takes them."""
    for table in ALSO:
        connection.execute(delete(table).where(_before(table)))


def _aged() -> list[Select[Any]]:
    return [select(table).where(_before(table)) for table in ALSO]


def _before(table: Table) -> ColumnElement[bool]:
    return table.c[table.info["aged_by"]] < SENTINELS_BEFORE


def _bytes_of(value: object) -> list[bytes]:
    """As SQLite stores it; numbers and days are too short, and random ids tell nothing."""
    match value:
        case bytes():
            return [value]
        case str():
            return [value.encode("utf-8", "replace")]
        case datetime():
            return [value.strftime("%Y-%m-%d %H:%M:%S.%f").encode()]
        case list():
            return [json.dumps(item)[1:-1].encode() for item in value if isinstance(item, str)]
        case _:
            return []
