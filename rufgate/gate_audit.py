"""What a running gate itself enters into the audit log.

In:  the wiring, what happened.
Out: entries; the newest one's number and MAC as a log line, so that they are noted outside. What
     was taken and sent is entered as sums, every hour and at the stop.
FAILS: never. A store that cannot be written now holds no gate up: the start is entered as soon as
     it can be, sums with the next ones, and what could not be entered is said in the log.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final

from rufgate.gate_heads import head_keeper
from rufgate.gate_sums import Sums
from rufgate.govern.audit_retention import prune_audit
from rufgate.govern.rules import RetentionRule
from rufgate.parts import Wiring
from rufgate.settings.noted import texts_by_name
from rufgate.store.audit_entries import Action, Actor
from rufgate.store.audit_noted import note_settings
from rufgate.store.field_classes import FieldClass

_AGAIN_S: Final = 5.0
_SUM_EVERY_S: Final = 3600.0


class GateAudit:
    """The entries of one gate."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._audit = wiring.audit
        self._log = wiring.log
        self._heads = head_keeper(wiring)
        self._has_started = False
        self.sums: Final = Sums()

    async def run(self, stopping: asyncio.Event) -> None:
        """Enter the start, however long that takes; then sums, and take heads elsewhere."""
        if await self._started(stopping):
            await asyncio.gather(self._sum_up(stopping), self._heads.run(stopping))

    async def _started(self, stopping: asyncio.Event) -> bool:
        while not await asyncio.to_thread(self._enter_start):
            await _wait(stopping, _AGAIN_S)
            if stopping.is_set():
                return False
        self._has_started = True
        return True

    def _enter_start(self) -> bool:
        """What changed since the last start goes before it. Noted twice it is entered once."""
        wiring, rules = self._wiring, self._wiring.rules
        policy = rules.policy.digest()
        try:
            texts = texts_by_name(wiring.settings)
            note_settings(wiring.engine, wiring.audit, texts, policy, wiring.clock())
        except Exception as error:  # noqa: BLE001 - as in _enter
            self._log.warning("audit_failed", error_type=type(error).__name__)
            return False
        return self._enter(Action.GATE_STARTED, version=rules.engine, policy=policy)

    async def _sum_up(self, stopping: asyncio.Event) -> None:
        while not stopping.is_set():
            await _wait(stopping, _SUM_EVERY_S)
            if not stopping.is_set():
                await asyncio.to_thread(self._enter_sums)

    def _enter_sums(self) -> None:
        outcomes, forwards = self.sums.take()
        if outcomes and not self._enter(Action.INTAKE_SUMMED, outcomes=dict(outcomes)):
            self.sums.put_back(outcomes, {})
        if forwards and not self._enter(Action.FORWARDS_SUMMED, forwards=dict(forwards)):
            self.sums.put_back({}, forwards)

    async def stopped(self) -> None:
        """Enter the stop of a gate whose start was entered."""
        if self._has_started:
            await asyncio.to_thread(self._enter_sums)
            await asyncio.to_thread(self._enter, Action.GATE_STOPPED)
            await self._heads.last()

    def prune(self, rules: Sequence[RetentionRule]) -> int:
        """Forget what of the log itself is due; how many entries."""
        return prune_audit(self._audit, rules)

    def forgotten(self, counts: Mapping[FieldClass, int]) -> None:
        """Enter what retention did, unless that was nothing."""
        due = {name.value: rows for name, rows in counts.items() if rows}
        if due:
            self._enter(Action.RETENTION_APPLIED, counts=due)

    def _enter(self, action: Action, **details: object) -> bool:
        try:
            head = self._audit.append(Actor.SERVICE, action, **details)
        except Exception as error:  # noqa: BLE001 - outermost: no gate ends for want of an entry
            self._log.warning("audit_failed", error_type=type(error).__name__)
            return False
        self._log.info("audit_head", sequence=head.sequence, mac=head.mac)
        return True


async def _wait(event: asyncio.Event, seconds: float) -> None:
    """Until ``event`` is set, at most ``seconds``."""
    waiting = asyncio.create_task(event.wait())
    await asyncio.wait({waiting}, timeout=seconds)
    waiting.cancel()
