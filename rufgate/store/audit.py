"""The audit log: who did what when, in a chain that shows what was changed or taken away.

In:  actions and details (``audit_entries.py``); the ``audit`` key; a clock.
Out: rows of ``audit_entries``, each with an HMAC-SHA256 over itself and the MAC before it.
SECURITY: whoever can write the database but has no key cannot change, delete, insert or reorder
     an entry unseen; a cut-off end shows by a head noted outside. Whoever has the key file can
     make a new chain: then only a noted head shows it.
FAILS: ``StoreUnavailable``; ``ValueError`` for what does not belong into the log.

An entry is written under the database's write lock, so that any number of gates, threads and
commands keep one chain; ``append_within`` makes it part of what it tells of.
"""

from __future__ import annotations

import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, Engine, delete, insert, select, text

from rufgate.store.audit_entries import GENESIS, Action, Actor, details_text, mac_of, moment_text
from rufgate.store.audit_segments import Due, advance, due_segment, segment_of
from rufgate.store.audit_tables import audit_entries
from rufgate.store.engine import reading, writing

_PRUNED_AT_ONCE: Final = 2000  # a short transaction: reports go on coming in
_PAUSE_PER_STEP: Final = 2.0  # the lock knows no queue: it is free for longer than it is held


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """The newest entry. Noted outside, it shows later whether the end was cut off."""

    sequence: int
    mac: str

    def __str__(self) -> str:
        return f"{self.sequence}:{self.mac}"


class Audit:
    """The log of one database."""

    def __init__(self, engine: Engine, key: bytes, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._key: Final = key
        self._clock = clock

    def append(self, actor: Actor, action: Action, **details: object) -> Head:
        """Write an entry in a transaction of its own."""
        with writing(self._engine, shared=True) as connection:  # ``append_within`` locks the log
            return self.append_within(connection, actor, action, **details)

    def append_within(
        self, connection: Connection, actor: Actor, action: Action, **details: object
    ) -> Head:
        """Write an entry as part of a transaction of ``writing()``: both happen, or neither."""
        _serialize(connection)
        before = _head(connection)
        sequence, now, said = before.sequence + 1, self._clock(), details_text(details)
        fields = (moment_text(now), actor.value, action.value, said)
        head = Head(sequence=sequence, mac=mac_of(self._key, before.mac, sequence, fields))
        row = {"actor": actor.value, "action": action.value, "details": said, "mac": head.mac}
        connection.execute(insert(audit_entries), {"sequence": sequence, "at": now, **row})
        return head

    def digest_of(self, name: str, text: str) -> str:
        """A keyed hash: it tells later whether ``text`` changed, and not what it is."""
        said = json.dumps(["rufgate-setting-1", name, text])
        return hmac.digest(self._key, said.encode(), "sha256").hex()[:16]

    def prune(self, days: int, at: datetime | None = None) -> int:
        """Delete the months that are past ``days`` whole at ``at`` (now); how many entries.

        In short transactions: the signed head of the month grows with each, so that the chain
        verifies between any two. What went is entered when the month is gone.
        """
        count, now = 0, self._clock()
        moment = min(at or now, now)  # or what is entered of it would be due itself, without end
        while True:
            with reading(self._engine) as connection:
                due = due_segment(connection, days, moment)
            if due is None:
                return count
            began = time.monotonic()
            with writing(self._engine) as connection:
                _serialize(connection)
                count += self._prune_some(connection, due_segment(connection, days, moment))
            time.sleep(_PAUSE_PER_STEP * (time.monotonic() - began))

    def _prune_some(self, connection: Connection, due: Due | None) -> int:
        if due is None:  # another gate was faster
            return 0
        columns = audit_entries.c
        last = min(due.last, due.first + _PRUNED_AT_ONCE - 1)
        of_last = select(columns.mac).where(columns.sequence == last)
        mac = connection.execute(of_last).scalar_one()
        whole = advance(connection, self._key, segment_of(due, last, mac, self._clock()))
        if last == due.last:  # before the deletion: there must be an entry to go on from
            said = {"first": whole.first, "last": last, "count": whole.count, "mac": mac}
            self.append_within(
                connection, Actor.SERVICE, Action.AUDIT_PRUNED, month=due.month, **said
            )
        return connection.execute(delete(audit_entries).where(columns.sequence <= last)).rowcount


def head_of(engine: Engine) -> Head | None:
    """The newest entry; None where there is none."""
    with reading(engine) as connection:
        head = _head(connection)
    return head if head.sequence else None


def _head(connection: Connection) -> Head:
    newest = select(audit_entries.c.sequence, audit_entries.c.mac)
    row = connection.execute(newest.order_by(audit_entries.c.sequence.desc()).limit(1)).first()
    return Head(sequence=0, mac=GENESIS) if row is None else Head(sequence=row[0], mac=row[1])


def _serialize(connection: Connection) -> None:
    """SQLite holds its write lock since BEGIN; PostgreSQL is asked for one."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE audit_entries IN EXCLUSIVE MODE"))
