"""Where pseudonyms stand in stored reports and in the copies that wait.

In:  digests, and readable forms of an address.
Out: for each report the places in which one of them stands.
SECURITY: walks every text column of the schema, so that a new one is searched without being named;
     what is read is compared and let go.
FAILS: ``StoreUnavailable``.
"""

from __future__ import annotations

import email
import email.policy
import json
import re
from collections.abc import Callable, Collection, Iterator
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    Engine,
    Select,
    Table,
    func,
    or_,
    select,
)

from rufgate.store.column_types import StoredText
from rufgate.store.engine import reading
from rufgate.store.schema import metadata, outbox, report_headers, report_tokens, reports

_DIGEST_CHARS: Final = 24
_RUN: Final = re.compile(r"[a-z2-7]{24,}")
_AT_ONCE: Final = 500
_COPIES_AT_ONCE: Final = 20  # they may be large
_SOFT_BREAK: Final = re.compile(r"=\r?\n")
_EMPTY_LINE: Final = re.compile(r"\r?\n\r?\n")
_ENCODED: Final = re.compile(r"=\?|=[0-9A-F]{2}|(?i:base64)")
_POLICY: Final = email.policy.default
_FOLD: Final = re.compile(r"\r?\n[ \t]")

Places = dict[UUID, frozenset[str]]


class Needles:
    """What is looked for."""

    def __init__(self, digests: Collection[str], plain: Collection[str]) -> None:
        self._digests = frozenset(digests)
        forms = sorted({form.lower() for form in plain} | {_escaped(form) for form in plain})
        words = "|".join(map(re.escape, forms))
        # Not as the end of a longer local part, nor as the start of a longer domain.
        self._plain = re.compile(rf"(?<![\w.!#$%&'*+/=?^`{{|}}~-])(?:{words})(?![\w-]|\.\w)")
        self._any_plain = bool(forms)

    def __repr__(self) -> str:
        return "<Needles>"

    def are_in(self, text: str) -> bool:
        """Whether one of them stands in ``text``."""
        lower = text.lower()
        for run in _RUN.findall(lower):
            ends = range(len(run) - _DIGEST_CHARS + 1)
            if any(run[at : at + _DIGEST_CHARS] in self._digests for at in ends):
                return True
        return self._any_plain and "@" in lower and self._plain.search(lower) is not None


def places(engine: Engine, needles: Needles) -> Places:
    """The reports in which a needle stands, and where."""
    found: dict[UUID, set[str]] = {}
    with reading(engine) as connection:
        for report_id, place in _everywhere(connection, needles):
            found.setdefault(report_id, set()).add(place)
    return {report_id: frozenset(names) for report_id, names in found.items()}


def text_columns() -> tuple[tuple[Table, Column[Any]], ...]:
    """Every column of reports' tables that can hold words."""
    tables = (table for table in metadata.sorted_tables if "aged_by" not in table.info)
    return tuple(
        (table, column)
        for table in tables
        for column in table.columns
        if isinstance(column.type, StoredText | JSON)
    )


def _everywhere(connection: Connection, needles: Needles) -> Iterator[tuple[UUID, str]]:
    for table, column in text_columns():
        label, name_of = _label(table, column)
        owner = table.c.id if table is reports else table.c.report_id
        query = select(owner, label, column).where(_may_hold(column))
        for report_id, labelled, value in _rows(connection, query, _AT_ONCE):
            if needles.are_in(value if isinstance(value, str) else json.dumps(value)):
                yield report_id, name_of(labelled)
    waiting = select(outbox.c.report_id, outbox.c.content).where(outbox.c.content.is_not(None))
    for report_id, content in _rows(connection, waiting, _COPIES_AT_ONCE):
        if any(map(needles.are_in, readings_of(content))):
            yield report_id, "queued copy"


def _may_hold(column: Column[Any]) -> ColumnElement[bool]:
    """Whether it is long enough for a digest, or may hold an address: most values are not."""
    if isinstance(column.type, JSON):
        return column.is_not(None)
    return or_(func.length(column) >= _DIGEST_CHARS, column.contains("@"))


def _rows(connection: Connection, query: Select[Any], at_once: int) -> Iterator[Any]:
    streamed = connection.execution_options(stream_results=True, yield_per=at_once)
    yield from streamed.execute(query)


def _label(table: Table, column: Column[Any]) -> tuple[Column[Any], Callable[[str], str]]:
    """What names the place of a row: the role of a token, the name of a header."""
    if table is report_tokens:
        return table.c.role, str
    if table is report_headers:
        return table.c.name, lambda name: f"header {name}"
    words = column.name.replace("_", " ")
    return column, lambda _: words


def readings_of(content: bytes) -> Iterator[str]:
    """A copy as it is, unfolded, and each of its parts and fields decoded.

    Without its outer header, which is ours alone: it names the analyst, not somebody reported.
    """
    body = _EMPTY_LINE.split(content.decode("utf-8", "replace"), maxsplit=1)[-1]
    yield body
    yield _FOLD.sub(" ", _SOFT_BREAK.sub("", body))
    if not _ENCODED.search(body):
        return
    whole = email.message_from_bytes(content, policy=_POLICY)
    for part in whole.walk():
        yield from () if part is whole else map(str, part.values())
        payload = None if part.is_multipart() else part.get_payload(decode=True)
        if isinstance(payload, bytes):
            decoded = payload.decode("utf-8", "replace")
            yield decoded
            # Part 3 may be a header block alone.
            yield from map(str, email.message_from_string(decoded, policy=_POLICY).values())


def _escaped(form: str) -> str:
    return json.dumps(form.lower())[1:-1]
