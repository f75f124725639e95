"""What a running gate itself enters into the audit log.

In:  the log, what happened.
Out: entries; the newest one's number and MAC as a log line, so that they are noted outside.
FAILS: never. A store that cannot be written now holds no gate up: the start is entered as soon as
     it can be, and what could not be entered is said in the log.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final

from structlog.typing import FilteringBoundLogger

from rufgate.govern.audit_retention import prune_audit
from rufgate.govern.rules import RetentionRule
from rufgate.store.audit import Audit
from rufgate.store.audit_entries import Action, Actor
from rufgate.store.field_classes import FieldClass

_AGAIN_S: Final = 5.0


class GateAudit:
    """The entries of one gate."""

    def __init__(self, audit: Audit, log: FilteringBoundLogger) -> None:
        self._audit = audit
        self._log = log
        self._has_started = False

    async def started(self, stopping: asyncio.Event, *, version: str, policy: str) -> None:
        """Enter the start, however long that takes."""
        said = {"version": version, "policy": policy}
        while not await asyncio.to_thread(self._enter, Action.GATE_STARTED, **said):
            with_end = asyncio.create_task(stopping.wait())
            await asyncio.wait({with_end}, timeout=_AGAIN_S)
            with_end.cancel()
            if stopping.is_set():
                return
        self._has_started = True

    async def stopped(self) -> None:
        """Enter the stop of a gate whose start was entered."""
        if self._has_started:
            await asyncio.to_thread(self._enter, Action.GATE_STOPPED)

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
