"""Where a copy stands, and which copies are due.

In:  the time, the length of a lease.
Out: ``CopyState``; conditions on rows of the outbox.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import ColumnElement, and_, or_

from rufgate.store.schema import outbox

LONGEST_WAIT: Final = timedelta(hours=2)  # until the next attempt
_CLOCKS_APART: Final = timedelta(minutes=10)  # of two hosts on one store, or put right in one step


class CopyState(StrEnum):
    """Where a copy stands."""

    PENDING = "pending"
    CLAIMED = "claimed"
    DELIVERED = "delivered"
    PARKED = "parked"  # refused for good or tried long enough; ``retry`` takes it up again
    EXPIRED = "expired"  # its bytes were forgotten before it could be delivered
    DROPPED = "dropped"  # by hand


def not_for(analysts: Collection[str]) -> list[ColumnElement[bool]]:
    """All but these analysts' copies."""
    name = outbox.c.analyst
    return [or_(name.is_(None), name.not_in(sorted(analysts)))] if analysts else []


def claimable(now: datetime, lease: timedelta) -> ColumnElement[bool]:
    """What is due. A time further ahead than any that is set now is by a clock that was wrong:
    such a copy is due too, or it would wait until that time has come.
    """
    due, until = outbox.c.due_at, outbox.c.lease_until
    waiting = and_(
        outbox.c.state == CopyState.PENDING.value,
        or_(due.is_(None), due <= now, due > now + LONGEST_WAIT + _CLOCKS_APART),
    )
    abandoned = and_(
        outbox.c.state == CopyState.CLAIMED.value,
        or_(until.is_(None), until <= now, until > now + lease + _CLOCKS_APART),
    )
    return and_(outbox.c.content.is_not(None), or_(waiting, abandoned))
