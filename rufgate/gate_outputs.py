"""The running gate sends events to other tools.

In:  the wiring; outputs; how many are told of by whom.
Out: what waits is sent, each output by a loop of its own: one that is down holds up no other.
SECURITY: a report is read when it is sent: what was forgotten meanwhile is not told. Whose it is is
     asked again then, as ``domains`` may have been narrowed. The log holds ids, counts and codes.
FAILS: never; trouble is said in the log and tried again, at growing intervals, for five days.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from rufgate.deliver.backoff import Backoff
from rufgate.deliver.courier import Deferred, Delivered, Outcome, Refused
from rufgate.parts import Wiring
from rufgate.review.events import (
    Fields,
    Observer,
    alert_fields,
    as_cef,
    as_ecs,
    as_mail,
    event_of,
    report_fields,
)
from rufgate.review.reviewer import Reviewer
from rufgate.settings import slices
from rufgate.settings.outputs import ConfiguredOutput
from rufgate.store.events import Events, WaitingEvent
from rufgate.store.reports import ReportStore

_POLL_S: Final = 2.0
_AGAIN_S: Final = 10.0  # after trouble with the store
_LEASE: Final = timedelta(seconds=120)
_AT_ONCE: Final = 4

_FORMS: Final = {"ecs": as_ecs, "cef": as_cef, "mail": as_mail}

OnSent = Callable[[str, str, str], None]  # output, tier, how it ended


class GateOutputs:
    """The outputs of one gate."""

    def __init__(
        self,
        wiring: Wiring,
        outputs: Sequence[ConfiguredOutput],
        reviewer: Reviewer,
        *,
        on_sent: OnSent,
        backoff: Backoff | None = None,
    ) -> None:
        self._outputs = outputs
        self.scopes: Final = {output.id: output.scope for output in outputs}
        self._reviewer = reviewer
        self._on_sent = on_sent
        self._backoff = backoff or Backoff()
        self._log = wiring.log
        self._clock = wiring.clock
        self._events = Events(wiring.engine, wiring.clock)
        self._reports = ReportStore(wiring.engine)
        hostname = slices.hostname(wiring.settings)
        self._observer = Observer(hostname=hostname, version=wiring.rules.engine)

    async def run(self, stopping: asyncio.Event) -> None:
        """Until ``stopping``; what is being sent then is finished."""
        await self._forget_others()
        await asyncio.gather(*(self._serve(output, stopping) for output in self._outputs))

    async def _forget_others(self) -> None:
        """What waits for outputs that are configured no more."""
        try:
            await asyncio.to_thread(self._events.forget_others, tuple(self.scopes))
        except Exception as error:  # noqa: BLE001 - outermost: retention takes them in a week
            self._log.warning("output_failed", error_type=type(error).__name__)

    async def _serve(self, output: ConfiguredOutput, stopping: asyncio.Event) -> None:
        while not stopping.is_set():
            pause = _POLL_S
            try:
                if await self._round(output):
                    continue
            except Exception as error:  # noqa: BLE001 - outermost loop: the leases bring events back
                self._log.warning(
                    "output_failed", output=output.id, error_type=type(error).__name__
                )
                pause = _AGAIN_S
            waiting = asyncio.create_task(stopping.wait())
            await asyncio.wait({waiting}, timeout=pause)
            waiting.cancel()

    async def _round(self, output: ConfiguredOutput) -> int:
        """Send some of what is due; how many that were."""
        events = await asyncio.to_thread(self._events.claim, output.id, _LEASE, _AT_ONCE)
        ends = await asyncio.gather(
            *(self._send(output, event) for event in events), return_exceptions=True
        )
        for end in ends:
            if isinstance(end, BaseException):
                raise end
        return len(events)

    async def _send(self, output: ConfiguredOutput, event: WaitingEvent) -> None:
        body = await asyncio.to_thread(self._body, output, event)
        if body is None:  # the report is gone, or no longer among those of this output
            await asyncio.to_thread(self._events.settle, event)
            return
        outcome = await output.receiver.send(
            str(event.id), body, self._clock(), is_alert=event.alert is not None
        )
        await asyncio.to_thread(self._settle, output, event, outcome)

    def _body(self, output: ConfiguredOutput, event: WaitingEvent) -> bytes | None:
        alert = event.alert
        said = self._report(output, event) if alert is None else self._alert(output, alert)
        if said is None:
            return None
        told = event_of(said, event.id, self._observer, output.tier)
        return _FORMS[output.form](told).encode()

    def _alert(self, output: ConfiguredOutput, alert: Mapping[str, Any]) -> Fields | None:
        return alert_fields(alert) if output.scope.covers(alert["domain"]) else None

    def _report(self, output: ConfiguredOutput, event: WaitingEvent) -> Fields | None:
        if event.report_id is None or (found := self._reports.show(event.report_id)) is None:
            return None
        if not output.scope.covers(found.facts["owner_domain"]):
            return None
        campaign = self._reviewer.reviews.campaigns_of([event.report_id]).get(event.report_id)
        return report_fields(found, self._reviewer.judge(found), campaign)

    def _settle(self, output: ConfiguredOutput, event: WaitingEvent, outcome: Outcome) -> None:
        match outcome:
            case Delivered():
                self._events.settle(event)
                self._on_sent(output.id, output.tier.value, "delivered")
            case Refused(reason):
                self._give_up(output, event, reason)
            case Deferred(reason):
                due = self._backoff.next_due(
                    event.attempts, created_at=event.created_at, now=self._clock(),
                    chance=random.random(),  # noqa: S311 - spreads attempts, keeps no secret
                )  # fmt: skip
                if due is None:
                    self._give_up(output, event, reason)
                    return
                self._events.defer(event, due)
                self._on_sent(output.id, output.tier.value, "deferred")
                self._log.info(
                    "event_deferred", output=output.id, reason=reason, attempts=event.attempts
                )

    def _give_up(self, output: ConfiguredOutput, event: WaitingEvent, reason: str) -> None:
        self._events.settle(event)
        self._on_sent(output.id, output.tier.value, "parked")
        self._log.warning(
            "event_given_up", output=output.id, reason=reason, attempts=event.attempts
        )
