"""The hour's share on a server, taken in a transaction of its own: gates wait for no commit.

In:  a clock hour, a sender's keyed digest, the size of a row, the bounds.
Out: whether there was room. What is taken stays taken, whether or not the report is recorded then.
FAILS: ``StoreUnavailable``, ``StoreBusy``.

All reports of an hour count on one row. Counted in the report's own transaction, that row is locked
until the report is on disk, and all gates go one after another. Here it is locked for one statement
that waits for no disk: should the server lose power, it may forget the last half second of counts,
and the hour takes so many rows more.
"""

from __future__ import annotations

import threading
from datetime import datetime
from typing import Final
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection

from rufgate.store import postgres
from rufgate.store.engine import translated

# A sender's share is looked at before the hour's is taken, and again as it is counted: between the
# two another gate may have used it up.
_TAKE: Final = text("""
WITH taken AS (
    UPDATE intake_hours SET made = made + 1, held_bytes = held_bytes + :size
    WHERE hour = :hour AND (:rows = 0 OR made < :rows)
    AND (:bytes = 0 OR held_bytes + :size <= :bytes)
    AND NOT EXISTS (
        SELECT 1 FROM intake_senders
        WHERE :per_sender > 0 AND hour = :hour AND sender_key = :sender AND made >= :per_sender)
    RETURNING 1),
counted AS (
    INSERT INTO intake_senders AS s (hour, sender_key, made)
    SELECT :hour, :sender, 1 FROM taken WHERE :per_sender > 0
    ON CONFLICT (hour, sender_key) DO UPDATE SET made = s.made + 1 WHERE s.made < :per_sender
    RETURNING 1)
SELECT EXISTS (SELECT 1 FROM taken) AND (:per_sender = 0 OR EXISTS (SELECT 1 FROM counted)),
    EXISTS (SELECT 1 FROM intake_hours WHERE hour = :hour)
""")
_BEGIN: Final = (
    text("DELETE FROM intake_senders WHERE hour <> :hour"),
    text("""INSERT INTO intake_hours (hour, made, held_bytes) VALUES (:hour, 0, 0)
    ON CONFLICT (hour) DO NOTHING"""),
)
_GIVE_BACK: Final = text("""
WITH sender AS (
    UPDATE intake_senders SET made = made - 1
    WHERE hour = :hour AND sender_key = :sender AND made > 0)
UPDATE intake_hours SET made = made - 1, held_bytes = held_bytes - :size
WHERE hour = :hour AND made > 0 AND held_bytes >= :size
""")


class HourShares:
    """The counters of one server. Safe to use from many threads.

    Connections of its own: who holds one of the store's waits for these, and never the other way.
    """

    def __init__(self, engine: Engine) -> None:
        options = {**postgres.options(), "pool_size": 2, "max_overflow": 2, "hide_parameters": True}
        self._engine = create_engine(engine.url, isolation_level="AUTOCOMMIT", **options)
        postgres.set_up(self._engine)
        event.listen(self._engine, "connect", _no_disk)
        event.listen(engine, "engine_disposed", lambda _: self._engine.dispose())

    def take(self, hour: datetime, sender: str, size: int, bounds: tuple[int, int, int]) -> bool:
        """Take a row of ``size`` bytes; ``bounds``: rows, bytes, and rows of one sender."""
        names = dict(zip(("rows", "bytes", "per_sender"), bounds, strict=True))
        asked = {"hour": hour, "sender": sender, "size": size, **names}
        with translated(), self._engine.connect() as connection:
            is_taken, is_begun = connection.execute(_TAKE, asked).one()
            if is_begun:
                return bool(is_taken)
            for statement in _BEGIN:
                connection.execute(statement, {"hour": hour})
            return bool(connection.execute(_TAKE, asked).one()[0])

    def give_back(self, hour: datetime, sender: str, size: int) -> None:
        """What was taken for a report that was refused after all."""
        with translated(), self._engine.connect() as connection:
            connection.execute(_GIVE_BACK, {"hour": hour, "sender": sender, "size": size})


_OF: Final[WeakKeyDictionary[Engine, HourShares]] = WeakKeyDictionary()
_OF_GUARD: Final = threading.Lock()


def shares_of(engine: Engine) -> HourShares:
    """Those of this engine's database."""
    with _OF_GUARD:
        if engine not in _OF:
            _OF[engine] = HourShares(engine)
        return _OF[engine]


def _no_disk(driver: DBAPIConnection, _record: object) -> None:
    cursor = driver.cursor()
    cursor.execute("SET synchronous_commit = off")
    cursor.close()
    driver.commit()
