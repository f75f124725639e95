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

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Engine, delete, func, insert, select, text

from rufgate.store.audit_entries import GENESIS, Action, Actor, details_text, mac_of, moment_text
from rufgate.store.audit_tables import audit_entries
from rufgate.store.engine import reading, writing

_PRUNED_AT_ONCE: Final = 10_000  # a short transaction: reports go on coming in


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
        with writing(self._engine) as connection:
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

    def prune(self, days: int) -> int:
        """Delete what was written ``days`` days ago or before; how many entries.

        By whole days, so that there is one anchor a day at most. Only from the start, so that a
        clock that jumped leaves no gap. The anchor tells the last MAC that went, and so what the
        first entry that stays is bound to.
        """
        today = self._clock().astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        cutoff = today - timedelta(days=days - 1)
        with reading(self._engine) as connection:
            if not _old(connection, cutoff):
                return 0
        with writing(self._engine) as connection:
            _serialize(connection)
            going = _old(connection, cutoff)
            if not going:
                return 0
            last = going[-1]
            gone = delete(audit_entries).where(audit_entries.c.sequence <= last.sequence)
            count = connection.execute(gone).rowcount
            which: dict[str, Any] = {"first": going[0].sequence, "last": last.sequence}
            self.append_within(
                connection, Actor.SERVICE, Action.AUDIT_PRUNED, mac=last.mac, count=count, **which
            )
            return count


def head_of(engine: Engine) -> Head | None:
    """The newest entry; None where there is none."""
    with reading(engine) as connection:
        head = _head(connection)
    return head if head.sequence else None


def _head(connection: Connection) -> Head:
    newest = select(audit_entries.c.sequence, audit_entries.c.mac)
    row = connection.execute(newest.order_by(audit_entries.c.sequence.desc()).limit(1)).first()
    return Head(sequence=0, mac=GENESIS) if row is None else Head(sequence=row[0], mac=row[1])


def _old(connection: Connection, cutoff: datetime) -> Sequence[Any]:
    """First and last of the entries that go: all before the first that is young enough.

    The newest always stays, so that the chain goes on from it.
    """
    entries = audit_entries.c
    young = select(func.min(entries.sequence)).where(entries.at >= cutoff)
    bound = connection.execute(young).scalar_one_or_none()
    if bound is None:
        bound = _head(connection).sequence
    first = connection.execute(select(func.min(entries.sequence))).scalar_one_or_none() or 0
    last = min(bound - 1, first + _PRUNED_AT_ONCE - 1)
    ends = select(entries.sequence, entries.mac).where(entries.sequence.in_([first, last]))
    rows = connection.execute(ends.order_by(entries.sequence)).all()
    return rows if last >= first else ()


def _serialize(connection: Connection) -> None:
    """SQLite holds its write lock since BEGIN; PostgreSQL is asked for one."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE audit_entries IN EXCLUSIVE MODE"))
