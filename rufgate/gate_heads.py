"""Takes the newest head of the audit log elsewhere, signed, as often as is configured.

In:  the wiring; carriers.
Out: one line at each of them: after the start, every so many hours where entries came, at the stop.
SECURITY: signed with a key of its own, so that whoever keeps the lines needs no secret.
FAILS: never; what could not be carried is said in the log and tried again in minutes.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from typing import Final
from uuid import uuid4

from rufgate.deliver.courier import SmtpCourier
from rufgate.deliver.heads import (
    Carrier,
    FileCarrier,
    MailCarrier,
    NotCarried,
    SyslogCarrier,
)
from rufgate.deliver.syslog import SyslogTarget
from rufgate.govern.signed_heads import load_signing_key, signed_line
from rufgate.parts import Wiring
from rufgate.settings import slices
from rufgate.store.audit import head_of
from rufgate.store.duties import duties_of
from rufgate.store.engine import StoreUnavailable

_AGAIN_S: Final = 300.0
_LOOK_S: Final = 60.0


class HeadKeeper:
    """The carriers of one gate, and what each of them has."""

    def __init__(self, wiring: Wiring, carriers: Sequence[Carrier], every_s: float) -> None:
        self._wiring = wiring
        self._carriers: Final = carriers
        self._every_s: Final = every_s
        self._has: dict[str, int] = {}
        self._next: dict[str, float] = {}

    async def run(self, stopping: asyncio.Event) -> None:
        """Until ``stopping``; then no more."""
        while self._carriers and not stopping.is_set():
            due = [one for one in self._carriers if self._next.get(one.kind, 0.0) <= _now()]
            if due and await self._is_mine():
                await self._send(due)
            waiting = asyncio.create_task(stopping.wait())
            await asyncio.wait({waiting}, timeout=min(_LOOK_S, self._every_s))
            waiting.cancel()

    async def last(self) -> None:
        """The entry of the stop, too; but not by mail, which may take minutes to be refused."""
        if self._carriers and await self._is_mine():
            await self._send([one for one in self._carriers if one.kind != "mail"])

    async def _send(self, carriers: Sequence[Carrier]) -> None:
        for carrier in carriers:
            try:
                sequence = await self._send_by(carrier)
            except Exception as error:  # noqa: BLE001 - outermost: no gate ends for want of a head
                reason = str(error) if isinstance(error, NotCarried) else type(error).__name__
                self._wiring.log.warning("audit_head_not_kept", kind=carrier.kind, reason=reason)
                self._next[carrier.kind] = _now() + _AGAIN_S
            else:
                self._next[carrier.kind] = _now() + self._every_s
                self._has[carrier.kind] = sequence

    async def _is_mine(self) -> bool:
        """Of several gates, one carries the heads of all."""
        try:
            return await asyncio.to_thread(duties_of(self._wiring.engine).is_mine)
        except StoreUnavailable:
            return False

    async def _send_by(self, carrier: Carrier) -> int:
        head = await asyncio.to_thread(head_of, self._wiring.engine)
        had = self._has.get(carrier.kind, 0)
        if head is None or head.sequence == had:
            return had
        at = self._wiring.clock()
        key = load_signing_key(self._wiring.settings.keys.directory)
        await carrier.carry(signed_line(key, head, at), head.sequence, at)
        self._wiring.log.info("audit_head_kept", kind=carrier.kind, sequence=head.sequence)
        return head.sequence


def head_keeper(wiring: Wiring) -> HeadKeeper:
    """With the carriers that are configured; without any it does nothing."""
    govern, carriers = wiring.settings.govern, list[Carrier]()
    if govern.audit_heads_file is not None:
        carriers.append(FileCarrier(govern.audit_heads_file))
    if govern.audit_heads_syslog is not None:
        target = SyslogTarget.parse(govern.audit_heads_syslog)
        carriers.append(SyslogCarrier(target, slices.hostname(wiring.settings)))
    if govern.audit_heads_to is not None:
        mail = MailCarrier(
            SmtpCourier(wiring.relay),
            sender=slices.sender(wiring.settings).address,
            recipient=govern.audit_heads_to,
            new_id=lambda: str(uuid4()),
        )
        carriers.append(mail)
    return HeadKeeper(wiring, carriers, govern.audit_heads_every_hours * 3600.0)


def _now() -> float:
    return time.monotonic()
