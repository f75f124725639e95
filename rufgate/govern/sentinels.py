"""Sentinels: values of no meaning, planted in a class that is purged and deleted with it.

In:  the random number of a receipt; what a plan takes.
Out: what is planted, by class; the rows that carry it; the bytes to search for.
SECURITY: made of the receipt's number by a digest, so that the number in the audit log is enough
     to search again, and the log does not hold what is searched for.
FAILS: never.

A sentinel's rows are reports of the gate's own (no list, count or analyst sees them), dated so
that no rule and no hold is about them.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Integer,
    LargeBinary,
    Table,
    Uuid,
)

from rufgate.govern.plan import PlanEntry, is_of_reports
from rufgate.govern.plan_keys import Key
from rufgate.store.column_types import UtcDateTime
from rufgate.store.field_classes import FieldClass
from rufgate.store.own_reports import SENTINEL_DAY
from rufgate.store.schema import (
    canary_reports,
    canary_runs,
    dropped_hours,
    intake_hours,
    intake_senders,
    metadata,
    outbox,
    reports,
)

_FORM: Final = "rufgate-sentinel-1"
_FIRST: Final = datetime.fromisoformat("1971-01-01T00:00:00+00:00")
_SPAN_US: Final = 8 * 365 * 86_400 * 1_000_000
# Tables with an age of their own in which a row more is not taken for anything.
ALSO: Final = (canary_runs, intake_hours, intake_senders, dropped_hours)
_FIXED: Final[dict[Column[Any], Any]] = {
    reports.c.received_at: None,
    reports.c.received_on: SENTINEL_DAY,
    reports.c.kind: "unparseable",
    reports.c.tier: "metadata",
    outbox.c.state: "delivered",
    canary_runs.c.state: "passed",
    canary_runs.c.began_at: _FIRST,
    canary_runs.c.found: None,
}


@dataclass(frozen=True, slots=True)
class Sentinel:
    """That of one class under one receipt."""

    receipt: UUID
    field_class: FieldClass

    @property
    def id(self) -> UUID:
        """The report, copy or run that carries it."""
        return UUID(bytes=self._bytes("id")[:16])

    @property
    def word(self) -> str:
        """Text."""
        return "s" + base64.b32encode(self._bytes("word")[:20]).decode().lower()

    @property
    def address(self) -> str:
        """An IP address, which coarsening cuts to its network."""
        return str(IPv6Address(b"\x2a" + self._bytes("address")[:15]))

    @property
    def moment(self) -> datetime:
        """A time long ago, which coarsening cuts to its day."""
        number = int.from_bytes(self._bytes("moment")[:16], "big")
        return _FIRST + timedelta(microseconds=number % _SPAN_US)

    @property
    def needles(self) -> tuple[bytes, ...]:
        """What must be in no file afterwards, as SQLite stores it."""
        whole = self.field_class is FieldClass.FACTS
        texts = (self.word, self.address, _stored(self.moment), *([self.id.hex] if whole else []))
        return tuple(text.encode() for text in texts)

    def value(self, column: Column[Any], *, taken: bool) -> Any:  # noqa: ANN401 - any column's
        """What it puts there; ``taken``: the purge takes what stands there."""
        if column in _FIXED:
            return _FIXED[column]
        if isinstance(column.type, Uuid):
            return self.id if taken or not column.nullable else None
        if not taken and column.nullable:
            return None
        return self._filled(column, taken=taken)

    def _filled(self, column: Column[Any], *, taken: bool) -> Any:  # noqa: ANN401 - any column's
        if isinstance(column.type, Integer):  # too short to be searched for
            return None if column.nullable else 0
        fixed: tuple[tuple[type, Any], ...] = (
            (Boolean, False),
            (UtcDateTime, self.moment),
            (Date, SENTINEL_DAY),
            (JSON, [self.word] if taken else []),
            (LargeBinary, self.word.encode()),
        )
        text = self._text if taken else "-"
        return next((value for kind, value in fixed if isinstance(column.type, kind)), text)

    @property
    def _text(self) -> str:
        match self.field_class:
            case FieldClass.ADDRESS:
                return self.address
            case FieldClass.TIME:
                return _stored(self.moment)
            case _:
                return self.word

    def _bytes(self, what: str) -> bytes:
        said = f"{_FORM}|{self.receipt.hex}|{self.field_class.value}|{what}"
        return hashlib.sha256(said.encode()).digest()


def plantable(entry: PlanEntry) -> bool:
    """Whether its table takes a sentinel."""
    work = entry.work  # what is rewritten may stay in part
    return work.rewrite is None and (is_of_reports(work.table) or work.table in ALSO)


def rows(
    sentinel: Sentinel, entries: Iterable[PlanEntry]
) -> Iterator[tuple[Table, dict[str, Any]]]:
    """The rows to insert, parents first, so that ``entries`` (of its class) take it."""
    taken: dict[Table, set[Column[Any]]] = {}
    for entry in entries:
        work = entry.work
        columns = set(work.table.c) if work.whole_rows else set(work.columns)
        taken.setdefault(work.table, set()).update(columns)
    if any(is_of_reports(table) for table in taken):
        taken = {reports: set(), canary_reports: set()} | taken
    for table in metadata.sorted_tables:
        if table in taken:
            yield (
                table,
                {
                    column.name: sentinel.value(column, taken=column in taken[table])
                    for column in table.c
                },
            )


def key(sentinel: Sentinel, table: Table) -> Key:
    """The primary key of its row in ``table``."""
    return tuple(sentinel.value(column, taken=True) for column in table.primary_key.columns)


def _stored(moment: datetime) -> str:
    """As SQLite has it."""
    return moment.strftime("%Y-%m-%d %H:%M:%S.%f")
