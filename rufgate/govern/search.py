"""Searches a store for what was purged: its files byte by byte; on PostgreSQL its rows.

In:  ``Needle``: bytes, with the class and the receipt they stand for.
Out: those that were found, with the kinds of files.
SECURITY: a deleted value that a kept row holds, too, is no find; a sentinel always is.
FAILS: ``StoreUnavailable``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import JSON, Engine, LargeBinary, Text, Uuid, cast, select, text

from rufgate.store.byte_search import Progress, files_of, path_of, search_files
from rufgate.store.byte_searcher import Needles
from rufgate.store.column_types import StoredText, UtcDateTime
from rufgate.store.engine import reading
from rufgate.store.field_classes import FieldClass
from rufgate.store.schema import metadata

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Needle:
    """What is looked for."""

    content: bytes
    field_class: FieldClass
    receipt: UUID | None  # None: a deleted value


Hits = dict[Needle, set[str]]


def search_store(engine: Engine, needles: Sequence[Needle], told: Progress | None = None) -> Hits:
    """The live store."""
    if engine.dialect.name != "sqlite":
        kept = kept_in_rows(engine, [needle.content for needle in needles])
        return {needle: {"rows"} for needle in needles if needle.content in kept}
    contents = [needle.content for needle in needles]
    found = search_files(files_of(path_of(engine)), contents, told)
    hits = {needles[number]: kinds for number, kinds in found.hits.items()}
    values = [needle.content for needle in hits if needle.receipt is None]
    kept = kept_in_rows(engine, values) if values else set()
    return {n: kinds for n, kinds in hits.items() if n.receipt or n.content not in kept}


def kept_in_rows(engine: Engine, values: Iterable[bytes]) -> set[bytes]:
    """Those of ``values`` that stand in a row, by one walk over all rows."""
    wanted = list(set(values))
    needles, kept = Needles(wanted), set[int]()
    for table in metadata.sorted_tables:
        columns = [column for column in table.c if _holds_text(column.type)]
        plain = [
            column if isinstance(column.type, LargeBinary) else cast(column, Text)
            for column in columns
        ]
        with reading(engine) as connection:
            streamed = connection.execution_options(yield_per=_AT_ONCE)
            for some in streamed.execute(select(*plain)).partitions() if plain else ():
                whole = b"\0".join(_plain(value) for row in some for value in row)
                kept |= needles.within(whole)
    kept |= needles.within(_declared(engine))
    return {wanted[number] for number in kept}


def _declared(engine: Engine) -> bytes:
    """The text of the schema: it lies in the file, too, and some values are words of it."""
    if engine.dialect.name != "sqlite":
        return b""
    with reading(engine) as connection:
        found = connection.execute(text("SELECT sql FROM sqlite_schema")).scalars()
        return b"\0".join(_plain(sql) for sql in found)


def _holds_text(kind: object) -> bool:
    return isinstance(kind, StoredText | UtcDateTime | LargeBinary | JSON | Uuid)


def _plain(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value or "").encode("utf-8", "replace")
