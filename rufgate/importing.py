"""The parts of an import, wired like those of the gate: the same workers, policy and store.

In:  ``Wiring``; mailboxes.
Out: what became of each mail; an entry in the audit log with the counts.
SECURITY: copies for analysts are made only where that was asked for: years of old reports at once
     are no use to anybody, and each copy is one more place where a report lies.
FAILS: ``ImportStopped``, ``NoMailbox``, ``StoreUnavailable``; ``CannotStart`` without models.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import replace
from uuid import uuid4

from rufgate import parts
from rufgate.parts import CannotStart, Wiring
from rufgate.receive.importer import Became, Importer, Seen, Tally
from rufgate.receive.intake import Intake
from rufgate.receive.mailboxes import Mailbox
from rufgate.recognize.pool import Unavailable, WorkerPool
from rufgate.recognize.template import TemplateLost
from rufgate.sanitize.sanitized import Reason, Sanitized, SanitizedMessage
from rufgate.store.audit_entries import Action, Actor
from rufgate.store.imports import Imports
from rufgate.store.reports import Recorded, ReportStore

OpenMailbox = Callable[[], Mailbox]


class Importing:
    """One import. ``forward``: analysts get copies, as if the reports came now."""

    def __init__(
        self, wiring: Wiring, *, forward: bool = False, move_to: str | None = None
    ) -> None:
        kept = wiring.rules.audiences if forward else ()
        self._wiring = replace(
            wiring,
            rules=replace(wiring.rules, audiences=kept),
            settings=wiring.settings.model_copy(
                update={"workers": wiring.settings.workers.model_copy(update={"processes": 1})}
            ),
        )
        self._move_to = move_to
        self._pool: WorkerPool | None = None
        self.tally = Tally()

    async def run(self, boxes: Sequence[OpenMailbox]) -> AsyncIterator[Seen]:
        """Import all of them; the counts so far are entered however it ends."""
        self._pool = parts.pool(self._wiring, _nobody_counts)
        try:
            await self._pool.start()
        except TemplateLost:
            raise CannotStart("the models cannot be loaded: install rufgate again") from None
        importer = self._importer(self._intake)
        try:
            for open_box in boxes:
                box = open_box()
                try:
                    async for seen in importer.run(box):
                        self.tally.add(seen)
                        yield seen
                finally:
                    box.close()
        finally:
            await self._pool.stop()
            self._enter(Action.MAIL_IMPORTED)

    def look(self, boxes: Sequence[OpenMailbox]) -> Iterator[Seen]:
        """Which mails are imported already."""
        importer = self._importer(self._intake)
        for open_box in boxes:
            box = open_box()
            try:
                for seen in importer.look(box):
                    self.tally.add(seen)
                    yield seen
            finally:
                box.close()
        self._enter(Action.IMPORT_LOOKED_AT)

    def _importer(
        self, intake: Callable[[Callable[[Sanitized, Recorded], None]], Intake]
    ) -> Importer:
        return Importer(
            intake,
            Imports(self._wiring.engine, self._wiring.clock),
            digest=self._wiring.rules.keyring.fingerprint,
            clock=self._wiring.clock,
            max_bytes=self._wiring.settings.smtp.max_message_bytes,
            move_to=self._move_to,
        )

    def _intake(self, on_recorded: Callable[[Sanitized, Recorded], None]) -> Intake:
        """As the gate's, but for what is of a sender who waits: rates, storms, authenticity."""
        return Intake(
            self._pool or parts.pool(self._wiring, _nobody_counts),
            ReportStore(self._wiring.engine),
            new_id=uuid4,
            on_recorded=on_recorded,
            unavailable=Unavailable,
            collection=parts.collection(self._wiring, lambda: None),
            finisher=parts.finisher(self._wiring, self._on_withheld),
        )

    def _on_withheld(self, copy: SanitizedMessage) -> None:
        why = copy.withheld.value if copy.withheld else ""
        self._wiring.log.error("copy_withheld", analyst=str(copy.analyst), reason=why)

    def _enter(self, action: Action) -> None:
        counts = self.tally.counts
        self._wiring.audit.append(
            Actor.OPERATOR,
            action,
            count=counts[Became.RECORDED] + counts[Became.NO_REPORT],
            asked=sum(counts.values()) + self.tally.before,
        )


def _nobody_counts(_reason: Reason, _error_type: str) -> None:
    """What went wrong in a worker stands on the row as its reason."""
