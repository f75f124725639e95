"""Searches for the sentinels of all purges again, in the live store or in a copy of its file.

In:  the receipts of the live log; the store, or a copy.
Out: ``Verification``: each receipt with what was found.
SECURITY: names classes, receipts and kinds of files.
FAILS: ``StoreUnavailable``; ``NotScrubbed`` where a reader keeps the live log from being emptied.

A sentinel shows that a file was written after a purge was over. A copy that is older than a purge
never had its sentinels: its own log does not know the receipt, and that is said of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from rufgate.govern.proof import UNDONE, freed_pages_stay, needles_of, search_again
from rufgate.govern.receipts import Receipt, receipts
from rufgate.govern.search import Hits
from rufgate.store.audit import Audit
from rufgate.store.audit_stored import open_copy
from rufgate.store.byte_search import Progress, files_beside, search_files
from rufgate.store.engine import StoreUnavailable
from rufgate.store.scrub import compact_wholly

OLDER: Final = "older"  # the copy was made before the purge: it may hold what was purged
POSTGRESQL: Final = (
    "PostgreSQL: searched by queries alone. That shows that no row holds a sentinel. It cannot "
    "show what the server's files still hold: dead rows until VACUUM has passed and their space "
    "is used again, the write-ahead log and its archive, replicas, backups."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Verification:
    """What a search came to."""

    where: str
    receipts: tuple[Receipt, ...]
    found: Mapping[UUID, Mapping[str, tuple[str, ...]]]  # by receipt and class, kinds of files
    older_than: frozenset[UUID] = frozenset()
    knows_age: bool = True  # False: a copy whose own log cannot be read
    remark: str | None = None
    undone: str | None = None  # a step of the purge without which nothing is proven

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found, and nothing was left open."""
        return not (self.found or self.older_than or self.undone)

    def result(self, receipt: Receipt) -> str:
        """Of one receipt."""
        if receipt.id in self.found:
            return "failed"
        if receipt.id in self.older_than:
            return OLDER
        return "rows_only" if self.remark else "verified"

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "searched": self.where,
            "clean": self.is_clean,
            "copy_age_known": self.knows_age,
            "remark": self.remark,
            "undone": self.undone,
            "receipts": [
                {
                    **receipt.as_json(),
                    "result": self.result(receipt),
                    "found": {k: list(v) for k, v in self.found.get(receipt.id, {}).items()},
                }
                for receipt in self.receipts
            ],
        }


def verify_store(
    engine: Engine, audit: Audit, *, wholly: bool = False, told: Progress | None = None
) -> Verification:
    """The live store; results that are new are entered. ``wholly``: after a full VACUUM."""
    if wholly:
        compact_wholly(engine)
    known = receipts(engine)
    hits = search_again(engine, audit, known, told)
    remark = None if engine.dialect.name == "sqlite" else POSTGRESQL
    undone = UNDONE if freed_pages_stay(engine) else None
    return Verification(
        where="store", receipts=known, found=_by_receipt(hits), remark=remark, undone=undone
    )


def verify_copy(engine: Engine, copy: Path, told: Progress | None = None) -> Verification:
    """A copy of the file, or any other file, with the files beside it."""
    if not copy.is_file():
        raise StoreUnavailable("there is no such file")
    its_own = _receipts_of(copy)
    both = {receipt.id: receipt for receipt in (*(its_own or ()), *receipts(engine))}
    known = tuple(sorted(both.values(), key=lambda receipt: receipt.at))
    needles = needles_of(known)
    found = search_files(files_beside(copy), [needle.content for needle in needles], told)
    hits = {needles[number]: kinds for number, kinds in found.hits.items()}
    in_copy = {receipt.id for receipt in its_own or ()}
    return Verification(
        where="copy",
        receipts=known,
        found=_by_receipt(hits),
        older_than=frozenset(both) - in_copy if its_own is not None else frozenset(),
        knows_age=its_own is not None,
    )


def _receipts_of(copy: Path) -> tuple[Receipt, ...] | None:
    """Those in its own log; None where it is no database of ours that can be read."""
    engine = open_copy(copy)
    try:
        return receipts(engine)
    except (StoreUnavailable, SQLAlchemyError, ValueError, KeyError):
        return None
    finally:
        engine.dispose()


def _by_receipt(hits: Hits) -> dict[UUID, dict[str, tuple[str, ...]]]:
    found: dict[UUID, dict[str, set[str]]] = {}
    for needle, kinds in hits.items():
        if needle.receipt:
            classes = found.setdefault(needle.receipt, {})
            classes.setdefault(needle.field_class.value, set()).update(kinds)
    return {
        receipt: {name: tuple(sorted(kinds)) for name, kinds in sorted(classes.items())}
        for receipt, classes in found.items()
    }
