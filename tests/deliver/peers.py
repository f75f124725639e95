"""Real SMTP peers on loopback for the courier: they remember all and answer as told."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import trustme
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Mail:
    mail_from: str
    recipients: list[str]
    content: bytes
    encrypted: bool


@dataclass
class Sink:
    """An aiosmtpd handler. ``answers`` maps a command to the reply it gets."""

    answers: dict[str, str] = field(default_factory=dict)
    mails: list[Mail] = field(default_factory=list)
    port: int = 0
    delay_s: float = 0.0
    sessions: int = 0

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.answers.get("MAIL", "250 2.1.0 OK")

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.answers.get("RCPT", "250 2.1.5 OK")
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        await asyncio.sleep(self.delay_s)
        answer = self.answers.get("DATA", "250 2.0.0 OK")
        if answer.startswith("2"):
            self.mails.append(
                Mail(
                    envelope.mail_from or "",
                    list(envelope.rcpt_tos),
                    envelope.original_content or b"",
                    session.ssl is not None,
                )
            )
        return answer


@asynccontextmanager
async def smtp_peer(
    sink: Sink | None = None, *, tls: ssl.SSLContext | None = None, implicit: bool = False
) -> AsyncIterator[Sink]:
    """A server on a free port; with ``tls`` it offers STARTTLS, or speaks TLS from the start."""
    sink = sink or Sink()
    loop = asyncio.get_running_loop()
    sessions: list[SMTP] = []

    def session() -> SMTP:
        sink.sessions += 1
        offered = None if implicit else tls
        sessions.append(SMTP(sink, hostname="mx.example", tls_context=offered, loop=loop))
        return sessions[-1]

    server = await loop.create_server(session, "127.0.0.1", 0, ssl=tls if implicit else None)
    sink.port = server.sockets[0].getsockname()[1]
    try:
        yield sink
    finally:
        server.close()
        await server.wait_closed()
        for transport in [left.transport for left in sessions if left.transport]:
            if not transport.is_closing():  # an early Python 3.11 cannot abort a closed TLS one
                transport.abort()
        await asyncio.sleep(0)  # aborting ends in the next turn of the loop


class Certificates:
    """A certificate authority with server contexts, and client contexts that trust it."""

    def __init__(self) -> None:
        self._ca = trustme.CA()

    def server(self, *names: str) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._ca.issue_cert(*names).configure_cert(context)
        return context

    def client(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        self._ca.configure_trust(context)
        return context


Dialogue = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def scripted_peer(dialogue: Dialogue) -> AsyncIterator[int]:
    """A server that misbehaves as ``dialogue`` says; gives its port."""
    ends: list[asyncio.Future[None]] = []

    async def session(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        end = asyncio.get_running_loop().create_future()
        ends.append(end)
        try:
            await dialogue(reader, writer)
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()
            end.set_result(None)

    server = await asyncio.start_server(session, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await server.wait_closed()
        await asyncio.gather(*ends)
