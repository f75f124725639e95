"""The hourly retention of a running gate.

In:  the wiring; the gate's entries in the audit log.
Out: what is due is forgotten and the search for it is entered; log lines with counts.
SECURITY: a clock that is far off deletes nothing by itself (``readings.py``).
FAILS: never; trouble is said in the log and waits an hour. What was purged and is still in a file
     is an alarm of its own.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import Final

from rufgate.gate_audit import GateAudit
from rufgate.govern.counted import CountedRules
from rufgate.govern.proof import Proof, repeat
from rufgate.govern.quiet import QuietHour
from rufgate.govern.readings import Readings
from rufgate.govern.retention import CutShort, NotScrubbed, NotVerified, apply_retention
from rufgate.govern.rules import RetentionRule
from rufgate.parts import Wiring
from rufgate.settings import slices
from rufgate.store.duties import duties_of
from rufgate.store.field_classes import FieldClass
from rufgate.store.holds import Holds
from rufgate.store.pace import Pace, Rest
from rufgate.store.repair import newest

_EVERY_S: Final = 3600.0
_SHARE: Final = 0.4  # of a processor, in the plan; its steps rest by themselves, too
_LOOK_EVERY_S: Final = 60.0  # whether the gate that does it for all is still there


class GateRetention:
    """That of one gate."""

    def __init__(self, wiring: Wiring, audit: GateAudit) -> None:
        self._wiring = wiring
        self._log = wiring.log
        self._audit = audit
        rules = slices.retention_rules(wiring.settings)
        self.counted = CountedRules(wiring.engine, rules, wiring.clock)  # what the pages show
        self._has_pages = wiring.settings.web.listen != "off"
        self._readings: Readings | None = None
        self._is_stopping: Callable[[], bool] = lambda: False
        self._quiet = QuietHour(wiring.settings.govern.quiet_hour)

    async def run(self, stopping: asyncio.Event) -> None:
        """What is due is forgotten at start and every hour or quiet hour; trouble waits an hour.

        Of several gates one does it; another takes over within a minute.
        """
        rules = slices.retention_rules(self._wiring.settings)
        self._is_stopping = stopping.is_set
        while not stopping.is_set():
            pause = _LOOK_EVERY_S
            try:
                if await asyncio.to_thread(duties_of(self._wiring.engine).is_mine):
                    pause = _EVERY_S
                    await asyncio.to_thread(self.forget, rules)
            except NotVerified as trouble:
                self._log.error("purge_not_verified", error=str(trouble))
            except CutShort:
                self._log.info("retention_cut_short")
            except Exception as error:  # noqa: BLE001 - outermost loop: forgetting must go on
                self._log.warning("retention_failed", error_type=type(error).__name__)
            await self._count(anew=pause == _EVERY_S)
            waiting = asyncio.create_task(stopping.wait())
            await asyncio.wait({waiting}, timeout=min(pause, _EVERY_S))
            waiting.cancel()

    async def _count(self, *, anew: bool) -> None:
        """What the rules cover, for the pages: behind a purge of this gate, else once an hour."""
        if not self._has_pages or self._is_stopping():
            return
        try:
            await asyncio.to_thread(self.counted.count if anew else self.counted.keep_fresh)
        except Exception as error:  # noqa: BLE001 - pages count for themselves where they must
            self._log.warning("retention_failed", error_type=type(error).__name__)

    def _rest(self) -> Rest:
        """Between the steps of a purge, which lasts for minutes: reports, and the gate's stop."""
        pace = Pace(_SHARE)

        def rest() -> None:
            if self._is_stopping():
                raise CutShort
            pace.rest()

        return rest

    def forget(self, rules: Sequence[RetentionRule]) -> None:
        """Nothing by a reading of the clock that is far off, unless the next one confirms it."""
        now, engine = self._wiring.clock(), self._wiring.engine
        if self._readings is None:
            self._readings = Readings(newest(engine))
        if not self._readings.believes(now, time.monotonic()):
            self._log.warning("retention_waits", reason="clock_ahead")
            return
        if not self._quiet.is_now(now):
            return
        Holds(engine, self._wiring.audit).enter_expired(now)
        pruned = self._audit.prune(rules)
        try:
            counts = apply_retention(
                engine, rules, now, Proof(engine, self._wiring.audit), self._rest()
            )
        except (NotScrubbed, NotVerified) as trouble:
            self._audit.forgotten(trouble.counts)
            raise
        counts[FieldClass.AUDIT] += pruned
        self._audit.forgotten(counts)
        repeat(engine, self._wiring.audit)
        self._quiet.ran(now)
        due = {name.value: rows for name, rows in counts.items() if rows}
        self._log.info("retention_applied", counts=due)
