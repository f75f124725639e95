"""The main path: a received mail is sanitized and recorded, and only then answered 250.

In:  a ``RawMessage`` from the SMTP session (or the importer).
Out: a ``Reply``; the row and every copy are committed before ``Reply.OK``.
SECURITY: the raw message goes to the sanitizer and nowhere else; logs hold counts and codes.
FAILS: what may end differently on a retry is answered 4xx; the reporter's queue is the raw store.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol
from uuid import UUID

from rufgate.receive.authenticity.check import ReporterCheck
from rufgate.receive.collection import Collection
from rufgate.receive.rates import Fairness
from rufgate.receive.recording import Recording, in_store
from rufgate.receive.replies import Reply
from rufgate.sanitize.authenticity import (
    DkimKey,
    Evidence,
    conclude,
    owner_of,
    with_authenticity,
)
from rufgate.sanitize.raw import RawMessage
from rufgate.sanitize.redact import OuterLoop
from rufgate.sanitize.sanitized import Sanitized
from rufgate.store.reports import Recorded, ReportStore
from rufgate.store.storms import StormKeys


class Sanitizer(Protocol):
    """The worker pool; in tests the plain function behind a coroutine."""

    async def sanitize(
        self, message: RawMessage, report_id: UUID, *, dkim_keys: tuple[DkimKey, ...] = ()
    ) -> Sanitized | OuterLoop:
        """Everything ``message`` becomes; raises what ``Intake`` was told means unavailable."""
        ...


class Finish(Protocol):
    """The last hand on what is recorded: manifests, seals, signatures."""

    @property
    def takes_time(self) -> bool:
        """Whether it had better be called in a thread."""
        ...

    def finish(self, sanitized: Sanitized) -> Sanitized:
        """All that is to be recorded; never fails."""
        ...


class Intake:
    """Takes one message after another; holds no state of its own."""

    def __init__(  # noqa: PLR0913 - its parts, each used in one place
        self,
        sanitizer: Sanitizer,
        store: ReportStore,
        *,
        new_id: Callable[[], UUID],
        on_recorded: Callable[[Sanitized, Recorded], None],
        unavailable: type[Exception],
        fairness: Fairness | None = None,
        reporters: ReporterCheck | None = None,
        collection: Collection | None = None,
        finisher: Finish | None = None,
    ) -> None:
        self._sanitizer = sanitizer
        self._recording = Recording(store)
        self._new_id = new_id
        self._on_recorded = on_recorded
        self._unavailable = unavailable
        self._fairness = fairness
        self._reporters = reporters
        self._collection = collection
        self._finisher = finisher

    async def accept(self, message: RawMessage) -> Reply:
        """Ask who is speaking, sanitize, record, answer."""
        evidence = await self._reporters.look_up(message) if self._reporters else Evidence()
        if isinstance(evidence, Reply):
            return evidence
        reporter = owner_of(conclude(evidence))  # by SPF alone: its signatures are not read yet
        if self._fairness is not None and not self._fairness.within_rate(message, reporter):
            return Reply.RATE_LIMITED
        try:
            outcome = await self._sanitizer.sanitize(
                message, self._new_id(), dkim_keys=evidence.keys
            )
        except self._unavailable:
            return Reply.TRY_LATER
        match outcome:
            case OuterLoop():
                return Reply.LOOP
            case Sanitized():
                return await self._take(outcome, message, evidence)

    async def _take(self, outcome: Sanitized, message: RawMessage, evidence: Evidence) -> Reply:
        reporter: str | None = None
        if self._reporters is not None:
            found = conclude(evidence, outcome.signatures)
            unread = () if outcome.signatures else evidence.keys
            if refusal := self._reporters.refusal(found, unread):
                return refusal
            outcome, reporter = with_authenticity(outcome, found), owner_of(found)
        if self._collection is not None and self._collection.is_over(outcome.report):
            return await in_store(self._collection.drop, outcome.report) or Reply.OK
        return await self._record(outcome, self._storm_keys(outcome, message, reporter))

    def _storm_keys(
        self, sanitized: Sanitized, message: RawMessage, reporter: str | None
    ) -> StormKeys | None:
        if self._fairness is None:
            return None
        return self._fairness.storm_keys(sanitized.report, message, reporter)

    async def _record(self, sanitized: Sanitized, keys: StormKeys | None) -> Reply:
        sanitized = await self._finish(sanitized)
        recorded = await self._recording.record(sanitized, keys)
        if isinstance(recorded, Reply):
            return recorded
        self._on_recorded(sanitized, recorded)
        return Reply.OK

    async def _finish(self, sanitized: Sanitized) -> Sanitized:
        if self._finisher is None:
            return sanitized
        if self._finisher.takes_time and sanitized.copies:
            return await asyncio.to_thread(self._finisher.finish, sanitized)
        return self._finisher.finish(sanitized)


Accept = Callable[[RawMessage], Awaitable[Reply]]
