"""The gate: listens for SMTP in the caller's event loop, and stops without losing anything.

In:  ``GateSettings``; ``accept`` for reports, ``pass_on`` for postmaster's mail, a clock, a logger.
Out: sessions that speak the replies of one table.
SECURITY: TLS is 1.2 or later. aiosmtpd's logger, which writes addresses, is cut off.
FAILS: ``OSError`` where the address cannot be listened on.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from rufgate.receive.doorman import Doorman
from rufgate.receive.envelope import Mailboxes
from rufgate.receive.expected import Expected
from rufgate.receive.fronts import Fronts
from rufgate.receive.limits import SessionLimits
from rufgate.receive.rates import ClientBuckets, ClientRates
from rufgate.receive.session import Session
from rufgate.receive.shared import Log, Shared

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime
    from pathlib import Path

    from rufgate.receive.intake import Accept
    from rufgate.receive.postmaster import PassOn
    from rufgate.receive.replies import Reply


@dataclass(frozen=True, kw_only=True)
class GateSettings:
    """What is configured of the gate."""

    hostname: str
    recipients: tuple[str, ...]
    limits: SessionLimits = field(default_factory=SessionLimits)
    tls: ssl.SSLContext | None = None
    require_tls: bool = False
    rates: ClientRates = field(default_factory=ClientRates)
    fronts: Fronts = field(default_factory=Fronts)


class Gate:
    """One listening SMTP server."""

    def __init__(
        self,
        settings: GateSettings,
        *,
        accept: Accept,
        clock: Callable[[], datetime],
        log: Log,
        pass_on: PassOn | None = None,
    ) -> None:
        if settings.require_tls and settings.tls is None:
            raise ValueError("require_tls needs a certificate")
        _silence_library()
        mailboxes = Mailboxes(
            settings.recipients, settings.hostname, has_postmaster=pass_on is not None
        )
        shared = Shared(
            hostname=settings.hostname, mailboxes=mailboxes, limits=settings.limits, log=log
        )
        shared.accept, shared.pass_on, shared.clock = accept, pass_on, clock
        shared.tls, shared.require_tls = settings.tls, settings.require_tls
        shared.fronts = settings.fronts
        shared.rates = ClientBuckets(settings.rates)
        if settings.tls is not None and settings.tls.minimum_version < ssl.TLSVersion.TLSv1_2:
            settings.tls.minimum_version = ssl.TLSVersion.TLSv1_2
        self._shared: Final = shared
        self._servers: list[asyncio.Server] = []
        self._address: tuple[str, int] | None = None

    async def start(self, host: str, port: int) -> None:
        """Listen. Port 0 takes any free one."""
        loop = asyncio.get_running_loop()
        self._opened(await loop.create_server(self._doorman, host, port, backlog=1024))

    async def start_on(self, listening: Sequence[socket.socket]) -> None:
        """Serve sockets that somebody else has opened; at least one."""
        loop = asyncio.get_running_loop()
        for found in listening:
            self._opened(await loop.create_server(self._doorman, sock=found, backlog=1024))

    def _doorman(self) -> Doorman:
        return Doorman(self._shared, lambda: Session(self._shared))

    def _opened(self, server: asyncio.Server) -> None:
        self._servers.append(server)
        if self._address is None:
            host, port = server.sockets[0].getsockname()[:2]
            self._address = str(host), int(port)

    @property
    def on_refused(self) -> Callable[[Reply], None] | None:
        """Whoever counts the replies that are no success."""
        return self._shared.on_refused

    @on_refused.setter
    def on_refused(self, told: Callable[[Reply], None]) -> None:
        self._shared.on_refused = told

    @property
    def expected(self) -> Expected:
        """Through which it knows a message of its own."""
        return self._shared.expected

    @property
    def host(self) -> str:
        """The address it listens on, or did; of several the first."""
        if self._address is None:
            raise RuntimeError("the gate was not opened")
        return self._address[0]

    @property
    def port(self) -> int:
        """The port it listens on, or did; of several the first."""
        if self._address is None:
            raise RuntimeError("the gate was not opened")
        return self._address[1]

    async def stop(self, grace_s: float) -> None:
        """Close the listener; let messages under way finish; send the others 421.

        What is not done after ``grace_s`` seconds is ended without a 250, so its sender has it.
        """
        shared = self._shared
        shared.stopping = True
        for server in self._servers:
            server.close()
        for session in tuple(shared.sessions):
            session.leave()
        sessions = {session.task for session in shared.sessions if session.task is not None}
        await _settle({*sessions, *shared.commits}, grace_s)
        for session in tuple(shared.sessions):
            session.abort()
        leftovers = set(shared.commits)
        for task in leftovers:
            task.cancel()
        await _settle(leftovers, grace_s)


async def _settle(tasks: Collection[asyncio.Task[Any]], grace_s: float) -> None:
    if tasks:
        await asyncio.wait(tasks, timeout=grace_s)


def server_tls(certificate: Path, key: Path) -> ssl.SSLContext:
    """The TLS side of a server: no client certificates, TLS 1.2 at least (RFC 8996)."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(certificate, key)
    return context


def _silence_library() -> None:
    """aiosmtpd logs addresses at INFO, lines of messages at DEBUG, and tracebacks."""
    logger = logging.getLogger("mail.log")
    logger.handlers[:] = [logging.NullHandler()]
    logger.propagate = False
    logger.setLevel(logging.WARNING)
