"""One canary: a report with fresh marks goes in by the front door, and is looked for everywhere.

In:  the gate's own door, what expects the canary there, the store, a tap on the log.
Out: a ``Verdict``; afterwards neither a row nor a copy of the canary is left.
SECURITY: a verdict names places and kinds of marks, never a mark. What could not be searched is
     no pass. A find counts, whatever else went wrong.
FAILS: trouble of the canary itself is a verdict too, and says nothing about leaks.
"""

from __future__ import annotations

import asyncio
import random
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Final, Protocol
from uuid import UUID, uuid4

import aiosmtplib
from sqlalchemy import Engine

from rufgate.receive.canary_marks import make_values
from rufgate.receive.canary_report import CanaryReport, make_report
from rufgate.receive.canary_search import Search
from rufgate.receive.expected import Expected
from rufgate.receive.intake import Intake
from rufgate.receive.proxy import UNKNOWN_V1
from rufgate.sanitize.authenticity import DkimKey
from rufgate.sanitize.policy import Audience
from rufgate.sanitize.raw import RawMessage
from rufgate.sanitize.redact import OuterLoop
from rufgate.sanitize.sanitized import Kind, Sanitized, Tier
from rufgate.store.canary_rows import CanaryRows, Place
from rufgate.store.reports import Recorded, ReportStore
from rufgate.telemetry import Tap

_WITHIN_S: Final = 120.0  # longer than any answer of the gate (SM-6: 60 s)
_MAX_TOLD: Final = 40
_SCRUB_TRIES: Final = 5
_SCRUB_WAIT_S: Final = 0.5


class InternalSanitizer(Protocol):
    """The worker pool, asked for copies to internal analysts."""

    async def sanitize(
        self, message: RawMessage, report_id: UUID, audiences: tuple[Audience, ...] | None = None
    ) -> Sanitized | OuterLoop:
        """Everything ``message`` becomes, with copies for ``audiences``."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Door:
    """Where the gate listens, and for whom."""

    host: str
    port: int
    recipient: str
    tls: bool
    says_header: bool = False  # a front shares our address: what comes from there starts with one


@dataclass(frozen=True, kw_only=True)
class CanaryParts:
    """What a canary is sent with. ``deliver`` sends its copies: (address, bytes) of each."""

    door: Callable[[], Door]
    expected: Expected
    sanitizer: InternalSanitizer
    unavailable: type[Exception]
    deliver: Callable[[], Awaitable[list[tuple[str, bytes]]]]
    tiers: tuple[Tier, ...]
    keeps_domains: bool  # by policy, so that a name in one is no leak
    engine: Engine
    tap: Tap
    clock: Callable[[], datetime]
    chance: random.Random = field(default_factory=random.SystemRandom)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How it ended: with ``found``, with ``trouble``, or well."""

    found: tuple[str, ...] = ()
    trouble: str | None = None


class Trouble(Exception):  # noqa: N818 - an outcome: the canary could not be carried out
    """Why, as a code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def internal_audiences(tiers: Iterable[Tier]) -> tuple[Audience, ...]:
    """One internal analyst for each tier. No analyst can be configured by such a name."""
    return tuple(
        Audience(name=f"=canary-{tier.value}", address=f"{tier.value}@canary.invalid", tier=tier)
        for tier in sorted(set(tiers), key=lambda tier: tier.rank)
    )


class Canary:
    """Sends one canary after another; never two at once."""

    def __init__(self, parts: CanaryParts) -> None:
        self._parts = parts
        self._audiences = internal_audiences(parts.tiers)
        self._rows = CanaryRows(parts.engine)
        self._taken: Sanitized | None = None
        self._intake = Intake(
            _ForInternal(parts.sanitizer, self._audiences),
            ReportStore(parts.engine, canary=True),
            new_id=uuid4,
            on_recorded=self._on_recorded,
            unavailable=parts.unavailable,
        )

    async def fly(self) -> Verdict:
        """One canary. Its rows are still there: ``clean`` is the caller's, whatever comes of it."""
        parts, self._taken = self._parts, None
        now = parts.clock()
        values = make_values(parts.chance, keeps_domains=parts.keeps_domains)
        report = make_report(values, now=now, recipient=parts.door().recipient)
        search = Search(report.marks)
        if len(search.find(_all_of(report))) < len(report.marks):
            return Verdict(trouble="search_is_blind")
        places: list[Place] = []
        await asyncio.to_thread(self._rows.note, now)
        parts.tap.open()
        try:
            async with asyncio.timeout(_WITHIN_S):
                await self._pass_through(report, places)
            trouble = None
        except Trouble as caught:
            trouble = caught.code
        except TimeoutError:
            trouble = "time_out"
        finally:
            parts.expected.withdraw()
            lines = parts.tap.close()
        if lines is None:
            trouble = trouble or "log_too_long"
        places.append(("log", (lines or "").encode()))
        found = await asyncio.to_thread(self._look, search, places)
        return Verdict(found=found) if found else Verdict(trouble=trouble)

    async def clean(self) -> bool:
        """Delete every row of a canary, of this run or of one that was killed; False: not all
        bytes have left the log yet, because somebody reads in it.
        """
        for _ in range(_SCRUB_TRIES):
            if await asyncio.to_thread(self._rows.forget):
                return True
            await asyncio.sleep(_SCRUB_WAIT_S)
        return False

    async def has_left_rows(self) -> bool:
        """Whether there is anything to clean."""
        return await asyncio.to_thread(self._rows.count) > 0

    async def _pass_through(self, report: CanaryReport, places: list[Place]) -> None:
        """In by the front door, out to the internal analysts; what is seen goes to ``places``."""
        await self._send(report)
        places += await asyncio.to_thread(lambda: list(self._rows.written()))
        copies = await self._parts.deliver()
        places += [
            (f"outgoing copy, {address.partition('@')[0]}", mail) for address, mail in copies
        ]
        if self._taken is None:
            raise Trouble("not_recognised")
        _examine(self._taken, self._audiences, [address for address, _ in copies])

    async def _send(self, report: CanaryReport) -> None:
        """As a reporter would, but for the word in EHLO."""
        door, word = self._parts.door(), self._parts.expected.expect(self._intake.accept)
        try:
            client = aiosmtplib.SMTP(
                hostname=None if door.says_header else door.host,
                port=None if door.says_header else door.port,
                sock=await _behind_header(door) if door.says_header else None,
                local_hostname=word,
                start_tls=door.tls,
                tls_context=_own_tls() if door.tls else None,
            )
            async with client:
                options = [] if door.recipient.isascii() else ["SMTPUTF8"]  # RFC 6531
                await client.sendmail(
                    report.mail_from, [door.recipient], report.content, mail_options=options
                )
        except aiosmtplib.SMTPRecipientsRefused as refused:
            raise Trouble(f"refused_{refused.recipients[0].code}") from None
        except aiosmtplib.SMTPResponseException as refused:
            raise Trouble(f"refused_{refused.code}") from None
        except (aiosmtplib.SMTPException, OSError):
            raise Trouble("no_connection") from None

    def _on_recorded(self, sanitized: Sanitized, recorded: Recorded) -> None:
        del recorded  # always new: a canary has no fingerprint
        self._taken = sanitized

    def _look(self, search: Search, places: list[Place]) -> tuple[str, ...]:
        told = dict.fromkeys(
            f"{find.mark.what}: {place} ({find.form})"
            for place, content in chain(places, self._rows.files())
            for find in search.find(content)
        )
        return tuple(told)[:_MAX_TOLD]


class _ForInternal:
    """The sanitizer, with the internal analysts in place of the configured ones."""

    def __init__(self, sanitizer: InternalSanitizer, audiences: tuple[Audience, ...]) -> None:
        self._sanitizer = sanitizer
        self._audiences = audiences

    async def sanitize(
        self, message: RawMessage, report_id: UUID, *, dkim_keys: tuple[DkimKey, ...] = ()
    ) -> Sanitized | OuterLoop:
        del dkim_keys  # our own connection says nothing of who reports
        return await self._sanitizer.sanitize(message, report_id, self._audiences)


def _examine(taken: Sanitized, audiences: Iterable[Audience], reached: list[str]) -> None:
    """A canary that was kept as less than a report, or less than a tier, proves nothing.

    Nor does one from which the leak check had to take something: the detectors missed it.
    """
    report = taken.report
    if taken.hits:
        raise Trouble("leak_check_had_to_act")
    if report.reason is not None or report.kind is not Kind.AUTH_FAILURE:
        raise Trouble((report.reason or report.kind).value)
    tiers = {str(copy.analyst): copy.tier for copy in taken.copies}
    for audience in audiences:
        if audience.address not in reached:
            raise Trouble("copy_missing")
        if tiers.get(audience.name) is not audience.tier:
            raise Trouble("tier_lowered")


async def _behind_header(door: Door) -> socket.socket:
    """A connection on which the canary has said that it speaks for itself."""
    loop = asyncio.get_running_loop()
    opened = await asyncio.to_thread(socket.create_connection, (door.host, door.port), 10)
    try:
        opened.setblocking(False)
        await loop.sock_sendall(opened, UNKNOWN_V1)
    except OSError:
        opened.close()
        raise
    return opened


def _all_of(report: CanaryReport) -> bytes:
    return report.content + b"\r\n" + report.mail_from.encode()


def _own_tls() -> ssl.SSLContext:
    """The other end is this process itself; its certificate is for a name, not for loopback."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
