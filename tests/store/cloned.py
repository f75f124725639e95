"""Many reports in a short time: copies of one, row by row, each with names of its own.

In:  a store; the number of a copy, and the day on which it came.
Out: the same rows as the store would have made, with ``mark`` before a class changed to a number.
"""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Engine, insert, select

from rufgate.store import schema
from rufgate.store.engine import reading, writing
from rufgate.store.reports import ReportStore
from tests.store.full_report import RECEIVED, sanitized


class Cloner:
    """Makes copies of a full report."""

    def __init__(self, engine: Engine) -> None:
        given = sanitized("mark-account", fingerprint="template-to-be-cloned")
        ReportStore(engine).record(given)
        with reading(engine) as connection:
            self.template = [
                (table, dict(row))
                for table in schema.metadata.sorted_tables
                if "report_id" in table.c or table is schema.reports
                for row in connection.execute(
                    select(table).where(
                        (table.c.id if table is schema.reports else table.c.report_id)
                        == given.report.id
                    )
                ).mappings()
            ]
        with writing(engine) as connection:
            connection.execute(
                schema.reports.delete().where(schema.reports.c.id == given.report.id)
            )

    def clone(self, connection: Connection, number: int, day: int) -> None:
        """Copy ``number``, which came ``day`` days after the report it is copied from."""
        ids: dict[UUID, UUID] = {}
        for table, row in self.template:
            changed = {name: _changed(value, ids, number, day) for name, value in row.items()}
            if table is schema.reports:
                changed["received_on"] = (RECEIVED + timedelta(days=day)).date()
                changed["fingerprint"] = f"m{number:05d}-fingerprint"
                changed["source_ip"] = f"2001:db8:aaaa:{number:04x}::77"
                changed["arrival_at"] += timedelta(microseconds=number + 1)
            if table is schema.outbox:
                changed["content"] = f"m{number:05d}-copy".encode() * 20
            connection.execute(insert(table).values(changed))


def mark(name: str, number: int) -> str:
    """What a copy holds of a class, and no other does."""
    match name:
        case "address":
            return f"2001:db8:aaaa:{number:04x}::77"
        case "time":
            return f"11:47:13.{number + 1:06d}"
        case "pseudonym":
            return f"m{number:05d}pseudonym"
        case _:
            return f"m{number:05d}-{name}"


def _changed(value: Any, ids: dict[UUID, UUID], number: int, day: int) -> Any:
    match value:
        case UUID():
            return ids.setdefault(value, uuid4())
        case datetime():
            return value + timedelta(days=day)
        case str():
            return re.sub("mark(?=-|pseudonym)", f"m{number:05d}", value)
        case list() | dict():
            return json.loads(_changed(json.dumps(value), ids, number, day))
        case _:
            return value
