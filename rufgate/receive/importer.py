"""Old mail through the same intake: sanitized, recorded, and only then filed away.

In:  mails of a mailbox; the sanitizer and the store of the gate.
Out: what became of each, and a mark by which it is known when the import is run again.
SECURITY: the same path as by SMTP. A mark is a keyed digest: it says nothing to who has no key.
FAILS: ``ImportStopped`` where a retry may succeed: what was imported stays so, and is not
     imported again.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from rufgate.receive.intake import Intake
from rufgate.receive.mailboxes import Mailbox, OldMail
from rufgate.receive.replies import Reply
from rufgate.sanitize.raw import RawMessage
from rufgate.sanitize.sanitized import Kind, Sanitized
from rufgate.store.reports import Recorded

_TRIES: Final = 4
_FIRST_WAIT_S: Final = 1.0
_REPORTS: Final = (Kind.AUTH_FAILURE, Kind.COMPLAINT, Kind.ARF_OTHER)


class Became(StrEnum):
    """What a mail became."""

    RECORDED = "recorded"  # a failure report, now in the store
    KNOWN = "known"  # the same report was in the store
    NO_REPORT = "no_report"  # something else: a row that says so
    DROPPED = "dropped"  # its domain's collection is over
    LOOP = "loop"  # a copy of our own that came back
    TOO_LARGE = "too_large"  # over [smtp] max_message_bytes
    UNREADABLE = "unreadable"  # it could not be read where it lies

    @property
    def is_done(self) -> bool:
        """Whether importing it once more would change nothing."""
        return self not in (Became.UNREADABLE, Became.TOO_LARGE)


class ImportStopped(Exception):  # noqa: N818 - an outcome; the command line makes it an exit code
    """The store or the workers are not to be had; ``str()`` says what to do."""


class Marks(Protocol):
    """Which mails are imported."""

    def became(self, digest: str) -> str | None:
        """What the mail of that digest became; None where it was not imported."""
        ...

    def note(self, digest: str, became: str) -> None:
        """It is imported."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """One mail, as it is told to whoever watches."""

    name: str
    became: Became | None  # None: not imported yet
    before: bool = False  # by an earlier run
    filed_away: bool = False
    why_not: str = ""  # it was not read, or not filed away


@dataclass(kw_only=True, slots=True)
class Tally:
    """How many became what."""

    counts: Counter[Became] = field(default_factory=Counter)
    before: int = 0
    filed_away: int = 0
    left: int = 0  # that could not be filed away

    def add(self, seen: Seen) -> None:
        """Count one more."""
        self.before += seen.before
        self.filed_away += seen.filed_away
        self.left += bool(seen.why_not) and seen.became is not Became.UNREADABLE
        if seen.became is not None and not seen.before:
            self.counts[seen.became] += 1


IntakeFor = Callable[[Callable[[Sanitized, Recorded], None]], Intake]


class Importer:
    """Takes mails one after another: old mail has time, and the running gate must not wait."""

    def __init__(
        self,
        intake: IntakeFor,
        marks: Marks,
        *,
        digest: Callable[[bytes], str],
        clock: Callable[[], datetime],
        max_bytes: int,
        move_to: str | None = None,
    ) -> None:
        self._last: tuple[Sanitized, Recorded] | None = None
        self._intake = intake(self._on_recorded)
        self._marks = marks
        self._digest = digest
        self._clock = clock
        self._max_bytes = max_bytes
        self._move_to = move_to

    async def run(self, box: Mailbox) -> AsyncIterator[Seen]:
        """Import what is in ``box``, and say so of each mail; raises ``ImportStopped``."""
        for mail in box.mails():
            yield await self._take(mail)

    def look(self, box: Mailbox) -> Iterator[Seen]:
        """What is imported already: nothing is sanitized, recorded or moved."""
        for mail in box.mails():
            try:
                content = None if mail.identity else mail.read()
            except OSError as error:
                yield _unreadable(mail, error)
                continue
            found = self._marks.became(self._mark_of(mail, content))
            yield Seen(
                name=mail.name, became=Became(found) if found else None, before=found is not None
            )

    async def _take(self, mail: OldMail) -> Seen:
        known = self._marks.became(self._mark_of(mail, None)) if mail.identity else None
        if known is not None:
            return self._done(mail, Became(known), before=True)
        try:
            content = await asyncio.to_thread(mail.read)
        except OSError as error:
            return _unreadable(mail, error)
        if len(content) > self._max_bytes:
            return Seen(name=mail.name, became=Became.TOO_LARGE)
        mark = self._mark_of(mail, content)
        known = self._marks.became(mark)
        if known is not None:
            return self._done(mail, Became(known), before=True)
        became = await self._accept(mail, content)
        self._marks.note(mark, became.value)
        return self._done(mail, became)

    async def _accept(self, mail: OldMail, content: bytes) -> Became:
        now = self._clock()
        came_at = mail.received_at(content) or now
        message = RawMessage(content, received_at=min(came_at, now))
        for number in range(_TRIES):
            self._last = None
            reply = await self._intake.accept(message)
            if reply.code < 400 or reply is Reply.LOOP:
                return self._outcome(reply)
            if reply is Reply.STORE_FULL:
                raise ImportStopped("the store has no room: make some, then run the same again")
            await asyncio.sleep(_FIRST_WAIT_S * 2**number)
        raise ImportStopped("the store or the workers are not to be had now: run the same again")

    def _outcome(self, reply: Reply) -> Became:
        if reply is Reply.LOOP:
            return Became.LOOP
        if self._last is None:
            return Became.DROPPED
        sanitized, recorded = self._last
        if sanitized.report.kind not in _REPORTS:
            return Became.NO_REPORT
        return Became.KNOWN if recorded is Recorded.DUPLICATE else Became.RECORDED

    def _done(self, mail: OldMail, became: Became, *, before: bool = False) -> Seen:
        """File away what is safe in the store; what was no report stays for a person to look at."""
        if self._move_to is None or became in (Became.NO_REPORT, Became.LOOP):
            return Seen(name=mail.name, became=became, before=before)
        try:
            mail.file_away(self._move_to)
        except OSError as error:
            why = error.strerror or str(error)
            return Seen(name=mail.name, became=became, before=before, why_not=why)
        return Seen(name=mail.name, became=became, before=before, filed_away=True)

    def _mark_of(self, mail: OldMail, content: bytes | None) -> str:
        return self._digest(b"import\0" + (mail.identity or content or b""))

    def _on_recorded(self, sanitized: Sanitized, recorded: Recorded) -> None:
        self._last = (sanitized, recorded)


def _unreadable(mail: OldMail, error: OSError) -> Seen:
    why = error.strerror or str(error)
    return Seen(name=mail.name, became=Became.UNREADABLE, why_not=why)
