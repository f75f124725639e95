"""What one clock hour has taken, so that the store grows by so much and no more.

In:  the transaction that records a report; who sent it; the bounds.
Out: whether there is room for it; what is too much is counted on one row.
SECURITY: the row of what was too much holds nothing of any report. Senders are keyed digests.
FAILS: as the database does; ``StoreUnavailable`` where the counts are kept beside it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final, Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, RowMapping, insert, select, update

from rufgate.sanitize.sanitized import Kind, SanitizedReport, Tier
from rufgate.store.inserts import Inserts
from rufgate.store.rows import Row
from rufgate.store.schema import intake_hours, intake_senders, reports


class Bounds(Protocol):
    """Of one hour; 0 is none."""

    @property
    def rows_per_hour(self) -> int: ...  # noqa: D102 - see ``StormRules``
    @property
    def rows_per_sender(self) -> int: ...  # noqa: D102
    @property
    def bytes_per_hour(self) -> int: ...  # noqa: D102


class Hour:
    """What the clock hour of one moment has taken so far."""

    def __init__(self, inserts: Inserts, now: datetime, sender: str, rules: Bounds) -> None:
        self._connection: Final = inserts.connection
        self._shares: Final = inserts.shares
        self._sender: Final = sender
        self._rules = rules
        self._hour: Final = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)

    def take(self, size: int) -> bool:
        """Take a row of ``size`` bytes; False, and nothing taken, where the share is used up.

        Who has had its own share takes nothing of what is left for others.
        """
        rules = self._rules
        if not (rules.rows_per_hour or rules.bytes_per_hour or rules.rows_per_sender):
            return True
        if self._shares is not None:
            bounds = (rules.rows_per_hour, rules.bytes_per_hour, rules.rows_per_sender)
            return self._shares.take(self._hour, self._sender, size, bounds)
        if not rules.rows_per_sender:
            return self._take_of_all(size)
        made = self._made_by_sender()
        if made >= rules.rows_per_sender or not self._take_of_all(size):
            return False
        self._count_sender(made)
        return True

    def give_back(self, size: int) -> None:
        """What was taken for nothing; a transaction that is undone does it itself."""
        rules = self._rules
        if self._shares and (rules.rows_per_hour or rules.bytes_per_hour or rules.rows_per_sender):
            self._shares.give_back(self._hour, self._sender, size)

    def _take_of_all(self, size: int) -> bool:
        rules = self._rules
        made, held = intake_hours.c.made + 1, intake_hours.c.held_bytes + size
        room = [intake_hours.c.hour == self._hour]
        if rules.rows_per_hour:
            room.append(made <= rules.rows_per_hour)
        if rules.bytes_per_hour:
            room.append(held <= rules.bytes_per_hour)
        taking = update(intake_hours).where(*room).values(made=made, held_bytes=held)
        if self._connection.execute(taking).rowcount:
            return True
        if self._row() is None:
            self._begin()
        # Another gate may have begun the hour since the first look: the second one decides.
        return self._connection.execute(taking).rowcount > 0

    def overflow(self, report: SanitizedReport) -> None:
        """Count ``report`` on the hour's overflow row, which the first one makes."""
        row = self._row()
        if row is None:
            self._begin()
        row_id: UUID | None = None if row is None else row["overflow_id"]
        if row_id is not None and see_again(self._connection, row_id):
            return
        self._connection.execute(insert(reports), _overflow_row(report, self._hour))
        this = update(intake_hours).where(intake_hours.c.hour == self._hour)
        self._connection.execute(this.values(overflow_id=report.id))

    def _row(self) -> RowMapping | None:
        query = select(intake_hours).where(intake_hours.c.hour == self._hour).with_for_update()
        return self._connection.execute(query).mappings().first()

    def _made_by_sender(self) -> int:
        query = select(intake_senders.c.made).where(*self._of_sender).with_for_update()
        return self._connection.execute(query).scalar_one_or_none() or 0

    def _count_sender(self, made: int) -> None:
        """Only who made a row is noted: there are no more of these than rows in an hour."""
        if made:
            this = update(intake_senders).where(*self._of_sender)
            self._connection.execute(this.values(made=made + 1))
        else:
            first = {"hour": self._hour, "sender_key": self._sender, "made": 1}
            self._connection.execute(insert(intake_senders), first)

    @property
    def _of_sender(self) -> tuple[ColumnElement[bool], ...]:
        return intake_senders.c.hour == self._hour, intake_senders.c.sender_key == self._sender

    def _begin(self) -> None:
        """A new hour; what senders had of others is of no more use."""
        self._connection.execute(intake_senders.delete().where(intake_senders.c.hour != self._hour))
        fresh = {"hour": self._hour, "made": 0, "held_bytes": 0, "overflow_id": None}
        self._connection.execute(insert(intake_hours), fresh)


def see_again(connection: Connection, report_id: UUID) -> bool:
    """Count on that row; False where it is gone."""
    again = update(reports).where(reports.c.id == report_id).values(seen=reports.c.seen + 1)
    return connection.execute(again).rowcount > 0


def _overflow_row(report: SanitizedReport, hour: datetime) -> Row:
    """A row that holds nothing of ``report`` but what is the same for all of the hour."""
    return {
        "id": report.id,
        "received_at": hour,
        "received_on": hour.date(),
        "kind": Kind.OVERFLOW.value,
        "tier": Tier.METADATA.value,
        "policy": str(report.policy),
        "engine": str(report.engine),
        "key_id": str(report.key_id),
        "seen": 1,
        "not_stated": [],
        "flags": [],
    }
