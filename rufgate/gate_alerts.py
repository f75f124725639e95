"""The running gate looks whether somebody should look.

In:  the wiring; the outputs that are told.
Out: alerts, once a day for each cause: kept, said in the log, and waiting to be sent.
FAILS: never; trouble is said in the log, and the next look is in minutes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Final

from rufgate.govern.receipts import Result, receipts
from rufgate.parts import Wiring
from rufgate.review.alerts import (
    WINDOW,
    CampaignSeen,
    Sight,
    SourceSeen,
    Thresholds,
    alerts,
    network_of,
)
from rufgate.settings import slices
from rufgate.store.alerts import Alerts, Raised
from rufgate.store.canary import CanaryRuns
from rufgate.store.duties import duties_of
from rufgate.store.events import Events
from rufgate.store.filters import Scope
from rufgate.store.pace import Pace

_EVERY_S: Final = 300.0
_SETTLES_WITHIN: Final = timedelta(hours=2)
_WEEK: Final = timedelta(days=7)


class GateAlerts:
    """The alerts of one gate."""

    def __init__(self, wiring: Wiring, outputs: Mapping[str, Scope]) -> None:
        self._wiring = wiring
        self._outputs = outputs
        self._alerts = Alerts(wiring.engine)
        self._events = Events(wiring.engine, wiring.clock)
        given = wiring.settings.alerts.model_dump(exclude={"to"})
        self._limits = Thresholds(**given)
        self.every_s = _EVERY_S

    async def run(self, stopping: asyncio.Event) -> None:
        """Until ``stopping``."""
        while not stopping.is_set():
            try:
                await asyncio.to_thread(self.look)
            except Exception as error:  # noqa: BLE001 - outermost loop: the next look may do
                self._wiring.log.warning("alerts_failed", error_type=type(error).__name__)
            waiting = asyncio.create_task(stopping.wait())
            await asyncio.wait({waiting}, timeout=self.every_s)
            waiting.cancel()

    def look(self) -> None:
        """Once; of several gates, one does."""
        if not duties_of(self._wiring.engine).is_mine():
            return
        at = self._wiring.clock().astimezone(UTC)
        found = alerts(self._sight(at), self._limits)
        raised = [Raised(cause=one.cause, said=one.as_json(at)) for one in found]
        new = {one.cause for one in self._alerts.tell(raised, self._events, self._outputs, at)}
        for one in found:
            if one.cause in new:
                counts = {"count": one.count, "usual": one.usual}
                self._wiring.log.warning(
                    "alert", kind=one.kind.value, own_domain=one.domain, counts=counts
                )

    def _sight(self, at: datetime) -> Sight:
        engine, today = self._wiring.engine, at.date()
        waiting, oldest = self._alerts.waiting()
        events, oldest_event = self._events.waiting()
        return Sight(
            at=at,
            days=self._alerts.days(today - WINDOW),
            sources=list(self._sources(today)),
            campaigns=[
                CampaignSeen(id=id_, domain=domain, messages=seen)
                for id_, domain, seen in self._alerts.campaigns(today)
            ],
            ended=frozenset(slices.ended_domains(self._wiring.settings, today)),
            waiting=waiting,
            oldest=oldest,
            events=events,
            oldest_event=oldest_event,
            finds=len(CanaryRuns(engine).status().finds),
            unverified=self._unverified(at),
        )

    def _sources(self, today: date) -> Iterator[SourceSeen]:
        """By network, with rests: there may be many, and reports come in meanwhile."""
        pace = Pace()
        for domain, source, first, seen in self._alerts.sources(today):
            yield SourceSeen(domain=domain, source=network_of(source), first=first, today=seen)
            pace.rest()

    def _unverified(self, at: datetime) -> int:
        """Searches that found something, or have not come to an end for hours."""
        return sum(
            one.result is Result.FAILED
            or (one.result is Result.UNVERIFIED and one.at <= at - _SETTLES_WITHIN)
            for one in receipts(self._wiring.engine, since=at - _WEEK)
        )
