"""A real gate on a real socket, and a client that speaks raw bytes to it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from rufgate.receive.replies import Reply
from rufgate.receive.smtp_server import Gate, GateSettings
from rufgate.sanitize.raw import RawMessage

RUF = "dmarc-ruf@ruf.example.org"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
MAIL = b"MAIL FROM:<>\r\nRCPT TO:<dmarc-ruf@ruf.example.org>\r\n"


def wire(message: RawMessage) -> bytes:
    """The content as it was on the wire: inside the gate every line end is one LF."""
    assert message.is_plain
    return bytes(message.reveal()).replace(b"\n", b"\r\n")


class Log:
    """Remembers every line."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, dict[str, object]]] = []

    def info(self, event: str, **values: object) -> None:
        self.lines.append((event, values))

    error = info


@dataclass
class Door:
    """The gate under test and what came through it."""

    gate: Gate
    log: Log
    taken: list[RawMessage]
    clients: list[Client] = field(default_factory=list)

    async def call(self) -> Client:
        client = await self.dial()
        assert (await client.reply()).startswith("220 mx.ruf.example.org ESMTP")
        return client

    async def dial(self) -> Client:
        client = Client(*await asyncio.open_connection("127.0.0.1", self.gate.port))
        self.clients.append(client)
        return client


class Client:
    """Sends bytes as they are, reads whole replies."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    def send(self, data: bytes) -> None:
        self.writer.write(data)

    async def reply(self) -> str:
        """One reply, all its lines; "" when the server closed."""
        lines = []
        while True:
            line = await asyncio.wait_for(self.reader.readline(), 10)
            lines.append(line.decode().rstrip("\r\n"))
            if line[3:4] != b"-":
                return "\n".join(lines)

    async def say(self, line: str | bytes) -> str:
        self.send((line.encode() if isinstance(line, str) else line) + b"\r\n")
        return await self.reply()

    async def replies(self, count: int) -> list[str]:
        return [await self.reply() for _ in range(count)]

    async def start_mail(self) -> None:
        """Up to and with the 354."""
        self.send(b"EHLO client.example\r\n" + MAIL + b"DATA\r\n")
        assert (await self.replies(4))[3] == Reply.GO_AHEAD.line

    async def close(self) -> None:
        self.writer.close()
        with contextlib.suppress(OSError):
            await self.writer.wait_closed()


@contextlib.asynccontextmanager
async def open_gate(
    accept: Callable[[RawMessage], Awaitable[Reply]] | None = None,
    *,
    pass_on: Callable[[bytes, str], Awaitable[Reply]] | None = None,
    **settings: Any,
) -> AsyncIterator[Door]:
    """A gate whose ``accept`` keeps the message and says OK, where none is given."""
    taken: list[RawMessage] = []

    async def keep(message: RawMessage) -> Reply:
        taken.append(message)
        return Reply.OK

    log = Log()
    gate = Gate(
        GateSettings(hostname="mx.ruf.example.org", recipients=(RUF,), **settings),
        accept=accept or keep,
        pass_on=pass_on,
        clock=lambda: NOW,
        log=log,
    )
    await gate.start("127.0.0.1", 0)
    door = Door(gate, log, taken)
    try:
        yield door
    finally:
        for client in door.clients:
            await client.close()
        await gate.stop(1)
