"""The canary of a running gate, with internal analysts that its copies are really delivered to.

In:  ``Wiring``; the worker pool and the SMTP server of the gate.
Out: ``CanaryWatch``.
"""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from typing import Final

from structlog.typing import FilteringBoundLogger

from rufgate.deliver.internal import InternalAnalyst
from rufgate.deliver.worker import DeliveryWorker
from rufgate.parts import Wiring, tiers_in_use
from rufgate.receive.canary import Canary, CanaryParts, Door, internal_audiences
from rufgate.receive.canary_watch import CanaryWatch
from rufgate.receive.smtp_server import Gate
from rufgate.recognize.pool import Unavailable, WorkerPool
from rufgate.sanitize.sanitized import Tier
from rufgate.settings import slices
from rufgate.store.canary import CanaryRuns
from rufgate.store.gates import Gates
from rufgate.store.outbox import Outbox

_LOOPBACK: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - how to reach who listens on all


def canary_watch(
    wiring: Wiring,
    workers: WorkerPool,
    server: Gate,
    gates: Gates,
    on_resumed: Callable[[], None],
) -> CanaryWatch:
    """The canary, with internal analysts that its copies are really delivered to."""
    smtp, tiers = wiring.settings.smtp, tiers_in_use(wiring)
    parts = CanaryParts(
        door=lambda: Door(
            host=_LOOPBACK.get(server.host, server.host),
            port=server.port,
            recipient=smtp.recipients[0],
            tls=smtp.tls_certificate is not None,
            says_header=slices.fronts(wiring.settings).opens_with_header(
                _LOOPBACK.get(server.host, server.host)
            ),
        ),
        expected=server.expected,
        sanitizer=workers,
        unavailable=Unavailable,
        deliver=_internal_delivery(wiring, tiers),
        tiers=tiers,
        keeps_domains=wiring.rules.policy.domains == "keep",
        engine=wiring.engine,
        tap=wiring.tap,
        clock=wiring.clock,
    )
    return CanaryWatch(
        Canary(parts),
        CanaryRuns(wiring.engine, wiring.audit),
        plan=slices.canary_plan(wiring.settings),
        turn=gates.canary_turn,
        clock=wiring.clock,
        log=wiring.log,
        on_resumed=on_resumed,
    )


def _internal_delivery(
    wiring: Wiring, tiers: tuple[Tier, ...]
) -> Callable[[], Awaitable[list[tuple[str, bytes]]]]:
    """The delivery worker on the canary's own outbox, with a courier that leaves nothing out."""
    analyst = InternalAnalyst()
    addresses = {audience.name: audience.address for audience in internal_audiences(tiers)}
    worker = DeliveryWorker(
        Outbox(wiring.engine, canary=True),
        analyst,
        address_of=addresses.get,
        clock=wiring.clock,
        chance=random.random,
        log=_TroubleOnly(wiring.log),
    )

    async def deliver() -> list[tuple[str, bytes]]:
        analyst.take()  # of a run that was cut short
        await worker.drain()
        return analyst.take()

    return deliver


class _TroubleOnly:
    """The log without the lines of deliveries, which are counted as those to analysts."""

    def __init__(self, log: FilteringBoundLogger) -> None:
        self._log = log

    def info(self, event: str, **keys: object) -> None:
        del event, keys

    def warning(self, event: str, **keys: object) -> None:
        self._log.warning(event, canary=True, **keys)
