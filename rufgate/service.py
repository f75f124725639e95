"""The running gate: its parts wired, started in order, stopped in the reverse.

In:  ``Settings``, ``Rules`` and an open store.
Out: a service that takes reports until told to stop.
SECURITY: each part gets its own slice of the settings; logs hold ids, codes and counts.
FAILS: ``CannotStart`` where the address, the certificate or the models are not to be had.
"""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from uuid import UUID, uuid4

from rufgate import parts
from rufgate.deliver.courier import KEPT, SmtpCourier
from rufgate.deliver.steady import SteadyClock
from rufgate.deliver.worker import DeliveryWorker
from rufgate.gate_alerts import GateAlerts
from rufgate.gate_audit import GateAudit
from rufgate.gate_canary import canary_watch
from rufgate.gate_keys import GateKeys
from rufgate.gate_outputs import GateOutputs
from rufgate.gate_remarks import say_what_is_in_force
from rufgate.gate_retention import GateRetention
from rufgate.gate_review import GateReview
from rufgate.gate_web import GateWeb, Told
from rufgate.metrics import Metrics
from rufgate.parts import CannotStart, Wiring
from rufgate.receive.intake import Intake
from rufgate.receive.replies import Reply
from rufgate.recognize.pool import Unavailable
from rufgate.recognize.template import TemplateLost
from rufgate.sanitize.sanitized import LeakHit, Reason, Sanitized, SanitizedMessage
from rufgate.settings import slices
from rufgate.settings.outputs import mails, outputs
from rufgate.settings.values import split_listen
from rufgate.store.duties import duties_of
from rufgate.store.engine import StoreDamaged, StoreUnavailable
from rufgate.store.gates import Gates
from rufgate.store.outbox import Outbox, OutboxItem
from rufgate.store.policies import note_policy
from rufgate.store.repair import repair
from rufgate.store.reports import Recorded, ReportStore
from rufgate.systemd import NotASocket

__all__ = ["CannotStart", "Service", "Wiring"]

_GRACE_S = 30.0
_METRICS_EVERY_S = 15.0
_THREADS = 32  # so many wait for the disk at once: a report finds one beside duties that last


class Service:
    """One gate with its workers, its delivery and its hourly retention."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._log = wiring.log
        self._metrics = Metrics()
        self._stopping = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._pool = parts.pool(wiring, self._on_fault)
        courier = self._courier = SmtpCourier(wiring.relay, keep=KEPT)
        addresses = {audience.name: audience.address for audience in wiring.rules.audiences}
        self._delivery = DeliveryWorker(
            Outbox(wiring.engine),
            courier,
            address_of=addresses.get,
            clock=SteadyClock(wiring.clock, time.monotonic),
            chance=random.random,
            log=wiring.log,
            on_settled=self._on_settled,
            destination_of=courier.destination,
        )
        self._gate = parts.gate(wiring, self._intake(), courier)
        self._gate.on_refused = self._on_refused
        self._gates = Gates(wiring.engine)
        self._audit = GateAudit(wiring)
        self._keys = GateKeys(wiring, self._pool)
        reviewer = parts.reviewer(wiring)
        self._review = GateReview(reviewer, wiring.log)
        receivers = [*outputs(wiring.settings), *mails(wiring.settings, courier)]
        self._outputs = GateOutputs(wiring, receivers, reviewer, on_sent=self._on_told)
        self._alerts = GateAlerts(wiring, self._outputs.scopes)
        self._canary = canary_watch(
            wiring, self._pool, self._gate, self._gates, self._delivery.wake
        )
        self._flying: asyncio.Task[None] | None = None
        self._retention = GateRetention(wiring, self._audit)
        self._is_taking = False
        told = Told(
            metrics=self._metrics.exposition,
            is_taking=lambda: self._is_taking,
            wake=self._delivery.wake, rules=self._retention.counted,
        )  # fmt: skip
        self._web = GateWeb(wiring, told)

    @property
    def port(self) -> int:
        """The port reports are taken on."""
        return self._gate.port

    @property
    def web_port(self) -> int | None:
        """The port pages are served on; None where there are none."""
        return self._web.port

    async def start(self) -> None:
        """Workers first, so that the first report finds them warm; the listener last."""
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(_THREADS))
        await self._web.start()  # first: a port that is taken is said before models are loaded
        await asyncio.to_thread(self._repair)
        await asyncio.to_thread(parts.forget_again, self._wiring)
        await asyncio.to_thread(say_what_is_in_force, self._wiring)
        await asyncio.to_thread(self._keys.note)
        try:
            await self._pool.start()
        except TemplateLost:
            raise CannotStart(
                "the models of [workers] cannot be loaded: install rufgate again, or give it memory"
            ) from None
        note = self._log.warning if " " in self._pool.models else self._log.info
        note("models_loaded", detail=self._pool.models)
        holds, lacks = self._pool.confinement.names()
        self._log.info("workers_confined", confined_by=holds, not_confined_by=lacks)
        await self._canary.recover()
        self._tasks = [
            asyncio.create_task(self._delivery.run(self._stopping)),
            asyncio.create_task(self._retention.run(self._stopping)),
            asyncio.create_task(self._review.run(self._stopping)),
            asyncio.create_task(self._outputs.run(self._stopping)),
            asyncio.create_task(self._alerts.run(self._stopping)),
            asyncio.create_task(self._keys.run(self._stopping)),
            asyncio.create_task(self._write_metrics(self._wiring.settings.log.metrics_file)),
            asyncio.create_task(self._wiring.manager.keep_telling(self._stopping)),
        ]
        await self._listen()
        self._tasks.append(asyncio.create_task(self._audit.run(self._stopping)))
        self._log.info("listening", host=self._gate.host, port=self.port)
        self._is_taking = True
        self._wiring.manager.tell("READY=1")
        self._flying = asyncio.create_task(self._canary.run(self._stopping))

    async def _listen(self) -> None:
        """On the sockets that a service manager passed, else on ``[smtp] listen``."""
        host, port = split_listen(self._wiring.settings.smtp.listen)
        try:
            if passed := self._wiring.manager.sockets():
                await self._gate.start_on(passed)
            else:
                await self._gate.start(host, port)
        except NotASocket as problem:
            raise CannotStart(str(problem), is_configuration=True) from None
        except OSError as error:
            why = os.strerror(error.errno) if error.errno else "unknown host"
            raise CannotStart(
                f"cannot listen on {host} port {port} ({why}): change [smtp] listen"
            ) from None

    async def stop(self) -> None:
        """Close the listener, finish what is under way, then end the other parts."""
        self._log.info("stopping")
        self._wiring.manager.tell("STOPPING=1")
        self._is_taking = False
        await self._ground_canary()
        await self._gate.stop(_GRACE_S)
        self._stopping.set()
        await asyncio.gather(*self._tasks)
        await self._courier.close()
        await self._web.stop()
        await self._canary.sweep()
        await self._pool.stop()
        await asyncio.to_thread(self._gates.leave)
        await self._audit.stopped()
        await asyncio.to_thread(duties_of(self._wiring.engine).leave)
        self._log.info("stopped")

    def _repair(self) -> None:
        """What a killed gate left; a store that is locked just then holds nothing up."""
        self._gates.enter()
        try:
            now = self._wiring.clock()
            note_policy(self._wiring.engine, self._wiring.rules.policy, now)
            repaired = repair(self._wiring.engine, self._gates, now)
        except StoreDamaged:
            raise  # to take reports into it would lose them
        except StoreUnavailable as error:
            self._log.warning("store_not_repaired", error=type(error).__name__)
        else:
            if repaired.anything:
                self._log.info("store_repaired", counts=asdict(repaired))
        self._gates.settle()

    async def _ground_canary(self) -> None:
        """End the run under way: the gate is about to refuse it."""
        if self._flying is not None:
            self._flying.cancel()
            with suppress(asyncio.CancelledError):
                await self._flying

    def _intake(self) -> Intake:
        return Intake(
            self._pool,
            ReportStore(self._wiring.engine, rules=slices.storm_rules(self._wiring.settings)),
            new_id=uuid4,
            on_recorded=self._on_recorded,
            unavailable=Unavailable,
            fairness=parts.fairness(self._wiring),
            reporters=parts.reporters(self._wiring),
            collection=parts.collection(self._wiring, self._on_dropped),
            finisher=parts.finisher(self._wiring, self._on_withheld),
        )

    def _on_recorded(self, sanitized: Sanitized, recorded: Recorded) -> None:
        """The report is on disk: trouble in counting it must not bring it back for days."""
        try:
            self._tell_of(sanitized, recorded)
        except Exception as error:  # noqa: BLE001 - see above
            self._log.warning("counting_failed", error_type=type(error).__name__)
        if sanitized.copies:
            self._delivery.wake()
        if recorded in {Recorded.NEW, Recorded.OVERFLOWED}:  # else it has no row of its own
            self._review.recorded(sanitized.report.id)

    def _tell_of(self, sanitized: Sanitized, recorded: Recorded) -> None:
        report = sanitized.report
        self._log.info(
            "report_recorded",
            report=report.id,
            recorded=recorded.value,
            kind=report.kind.value,
            reason=report.reason,
            tier=report.tier.value,
            size=report.size_bytes,
            copies=len(sanitized.copies),
            flags=report.flags,
        )
        self._alarm(report.id, sanitized.hits)
        self._metrics.recorded(sanitized, recorded.value)
        self._audit.sums.took(recorded.value)

    def _on_withheld(self, copy: SanitizedMessage) -> None:
        why = copy.withheld.value if copy.withheld else ""
        self._log.error(
            "copy_withheld", report=copy.report_id, analyst=str(copy.analyst), reason=why
        )

    def _on_dropped(self) -> None:
        self._log.info("report_dropped", reason="collection_ended")
        self._metrics.dropped()
        self._audit.sums.took("dropped")

    def _on_refused(self, reply: Reply) -> None:
        self._audit.sums.refused(reply.code, reply.enhanced)

    def _on_settled(self, item: OutboxItem, result: str) -> None:
        self._metrics.settled(result)
        self._audit.sums.sent(item.analyst, item.tier, result)

    def _on_told(self, output: str, tier: str, result: str) -> None:
        self._metrics.told(result)
        self._audit.sums.sent(output, tier, result)

    def _on_fault(self, reason: Reason, error_type: str) -> None:
        self._log.warning("sanitizing_failed", reason=reason.value, error_type=error_type)
        self._metrics.failed(reason)

    def _alarm(self, report: UUID, hits: Sequence[LeakHit]) -> None:
        """A line for each view in which the leak check found something: names of fields only."""
        views = dict.fromkeys((hit.tier, hit.analyst) for hit in hits)
        for tier, analyst in views:
            fields = [hit.field for hit in hits if (hit.tier, hit.analyst) == (tier, analyst)]
            self._log.error(
                "leakcheck_hit", report=report, tier=tier.value, analyst=analyst, fields=fields
            )

    async def _write_metrics(self, path: Path | None) -> None:
        """The counters for a collector, every few seconds and once more at the end."""
        while path is not None:
            try:
                await asyncio.to_thread(self._metrics.write, path)
            except Exception as error:  # noqa: BLE001 - outermost loop: the next time may do
                self._log.warning("metrics_failed", error_type=type(error).__name__)
            if self._stopping.is_set():
                return
            await _wait(self._stopping, _METRICS_EVERY_S)


async def _wait(event: asyncio.Event, seconds: float) -> None:
    """Until ``event`` is set, at most ``seconds``."""
    waiting = asyncio.create_task(event.wait())
    await asyncio.wait({waiting}, timeout=seconds)
    waiting.cancel()
