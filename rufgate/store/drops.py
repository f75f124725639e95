"""How many reports were taken and dropped, by the hour: all that is left of them.

In:  the time of a report.
Out: nothing but a count; it ages by itself.
FAILS: ``StoreUnavailable``: nothing was counted, so the report must come again.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Engine, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from rufgate.store.engine import StoreBusy, StoreUnavailable, reading, writing
from rufgate.store.schema import dropped_hours

_TRIES: Final = 3


def count_drop(engine: Engine, at: datetime) -> None:
    """One more in the hour of ``at``; another gate may begin the same hour first."""
    hour = at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    this = update(dropped_hours).where(dropped_hours.c.hour == hour)
    for _ in range(_TRIES):
        try:
            with writing(engine, shared=True) as connection:
                more = this.values(dropped=dropped_hours.c.dropped + 1)
                if not connection.execute(more).rowcount:
                    connection.execute(insert(dropped_hours), {"hour": hour, "dropped": 1})
        except (IntegrityError, StoreBusy):
            continue
        return
    raise StoreUnavailable("the report could not be counted")


def dropped(engine: Engine) -> int:
    """How many in all the hours that are kept."""
    with reading(engine) as connection:
        return int(connection.execute(select(func.sum(dropped_hours.c.dropped))).scalar() or 0)
