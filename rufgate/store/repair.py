"""Puts right, as a gate starts, what a killed one left.

In:  an engine, this gate's place among the gates, the time.
Out: ``Repaired``: counts.
SECURITY: rows of a canary that was cut short go, with their bytes.
FAILS: ``StoreDamaged`` where the file is no sound database: it is not written to, and the gate
     must not take reports into it. ``StoreUnavailable`` else; the leases bring claims back anyway.
"""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from datetime import time as dt_time
from typing import Final

from sqlalchemy import Engine, and_, func, select, update

from rufgate.store.canary import CanaryRuns, forget_own_reports
from rufgate.store.engine import StoreDamaged, reading, translated, writing
from rufgate.store.gates import Gates
from rufgate.store.outbox import CopyState
from rufgate.store.own_reports import SENTINEL_DAY
from rufgate.store.schema import outbox, reports
from rufgate.store.scrub import compact

_CHECK_AT_MOST_S: Final = 20.0
_STEPS: Final = 100_000  # of SQLite's machine between two looks at the clock


@dataclass(frozen=True, kw_only=True, slots=True)
class Repaired:
    """What was put right. ``checked`` is False where the check was not needed or took too long."""

    claims: int = 0
    canary_reports: int = 0
    canary_runs: int = 0
    checked: bool = False

    @property
    def anything(self) -> bool:
        """Whether there is something to tell."""
        return bool(self.claims or self.canary_reports or self.canary_runs or self.checked)


def repair(engine: Engine, gates: Gates, now: datetime) -> Repaired:
    """Nothing where another gate is alive: what looks abandoned may be its own work."""
    if not gates.alone:
        return Repaired()
    checked = gates.was_killed and check(engine)
    canary_reports = forget_own_reports(engine)
    if canary_reports:
        compact(engine)
    return Repaired(
        claims=_release(engine),
        canary_reports=canary_reports,
        canary_runs=CanaryRuns(engine).interrupt(now),
        checked=checked,
    )


def check(engine: Engine, *, at_most_s: float = _CHECK_AT_MOST_S, steps: int = _STEPS) -> bool:
    """Whether the file could be read through in that time; ``StoreDamaged`` if it is not sound."""
    if engine.dialect.name != "sqlite":
        return False
    deadline = time.monotonic() + at_most_s
    with translated(), engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)  # noqa: S101 - asked for on SQLite alone
        driver.set_progress_handler(lambda: int(time.monotonic() > deadline), steps)
        try:
            (answer,) = driver.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                return False
            raise StoreDamaged from None
        except sqlite3.DatabaseError:
            raise StoreDamaged from None
        finally:
            driver.set_progress_handler(None, 0)
    if answer != "ok":
        raise StoreDamaged
    return True


def newest(engine: Engine) -> datetime | None:
    """The end of the last day on which a report came; None where there is none."""
    real = select(func.max(reports.c.received_on)).where(reports.c.received_on < SENTINEL_DAY)
    with reading(engine) as connection:
        day = connection.execute(real).scalar_one_or_none()
    return None if day is None else datetime.combine(day, dt_time.max, tzinfo=UTC)


def _release(engine: Engine) -> int:
    """Claims of dead gates: the copies are due now, and not when the leases have run out."""
    held = and_(outbox.c.state == CopyState.CLAIMED.value, outbox.c.content.is_not(None))
    with writing(engine) as connection:
        count = connection.execute(select(func.count()).where(held)).scalar_one()
        if count:
            free = {"state": CopyState.PENDING.value, "claim": None, "lease_until": None}
            connection.execute(update(outbox).where(held).values(**free, due_at=None))
    return int(count)
