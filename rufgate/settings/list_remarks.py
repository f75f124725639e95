"""What is wrong with the list of tombstones: the same that a start would say.

In:  valid ``Settings``; the list, the folder of keys; the database's file, read only.
Out: remarks. A lost list is a warning: the gate starts, as no refusal would bring it back.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import make_url

from rufgate.govern.keys import KeyProblem, load_audit_key
from rufgate.govern.replay import KeyIsBack, lost_lines, no_key_is_back
from rufgate.govern.tombstones import Tombstones, TombstonesDamaged, TombstonesUnavailable
from rufgate.settings.remarks import Remark, warning
from rufgate.settings.schema import Settings
from rufgate.store.audit_stored import open_copy
from rufgate.store.engine import StoreUnavailable

_LIST = ("store", "tombstones")


def list_remarks(settings: Settings) -> Iterator[Remark]:
    """Nothing where the audit key is missing: that is said elsewhere. A list in a database is not
    looked at: its server may be up when the gate starts, and not now.
    """
    if not isinstance(settings.store.tombstones, Path):
        return
    with suppress(KeyProblem):
        key = load_audit_key(settings.keys.directory)
        listed = Tombstones(
            settings.store.tombstones, key, lambda: datetime.min.replace(tzinfo=UTC)
        )
        try:
            no_key_is_back(listed.entries(), settings.keys.directory)
            if lost := _lost(settings, listed):
                yield warning(
                    _LIST,
                    f"{lost} lines or more are missing that the audit log tells of: put the file "
                    "back, else what a restored backup brings back is not forgotten by itself",
                )
        except KeyIsBack as problem:
            yield Remark(("keys", "directory"), str(problem))
        except (TombstonesDamaged, TombstonesUnavailable) as problem:
            yield Remark(_LIST, str(problem))


def _lost(settings: Settings, listed: Tombstones) -> int:
    """0 where there is no database yet, or none that could be read."""
    url = make_url(settings.store.url)
    if url.get_backend_name() != "sqlite" or not Path(str(url.database)).is_file():
        return 0
    with suppress(StoreUnavailable):
        engine = open_copy(Path(str(url.database)))
        try:
            return lost_lines(engine, listed)
        finally:
            engine.dispose()
    return 0
