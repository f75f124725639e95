"""Which old mails are imported, by keyed digests.

In:  digests under a key that the store does not hold.
Out: what each became.
FAILS: ``StoreUnavailable``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Engine, delete, insert, select

from rufgate.store.engine import reading, writing
from rufgate.store.import_tables import imported_mails as table


class Imports:
    """The marks of one database. They age as fingerprints do."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def became(self, digest: str) -> str | None:
        """What the mail of that digest became; None where it was not imported."""
        query = select(table.c.became).where(table.c.digest == digest)
        with reading(self._engine) as connection:
            found: str | None = connection.execute(query).scalar_one_or_none()
        return found

    def note(self, digest: str, became: str) -> None:
        """It is imported."""
        with writing(self._engine) as connection:
            connection.execute(delete(table).where(table.c.digest == digest))
            row = {"digest": digest, "became": became, "at": self._clock()}
            connection.execute(insert(table), [row])
