"""One SMTP connection: the stream, the command loop and its limits, over aiosmtpd's protocol.

In:  bytes of a client that nobody trusts; what all connections share.
Out: command lines to ``dispatch``, replies to the client.
SECURITY: aiosmtpd gives the stream and STARTTLS; its command loop, its DATA, its replies and its
     logger, which repeat what the client sent, are not used. Plaintext that is buffered when TLS
     starts is dropped (RFC 3207 section 4.2).
FAILS: anything unexpected is answered 451 and logged by its type alone.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Final, cast

from aiosmtpd.smtp import SMTP

from rufgate.receive.limits import client_key, client_network
from rufgate.receive.replies import Reply

if TYPE_CHECKING:
    from rufgate.receive.shared import Shared

CHUNK: Final = 65_536
_MAX_COMMAND: Final = 1024  # RFC 5321 section 4.5.3.1.4 asks for 512 at least, extensions add to it
_CLOSING_S: Final = 10.0


class Connection(SMTP, ABC):
    """One connection, from the greeting to its end."""

    line_length_limit = CHUNK  # of the stream's buffer; the limits of lines are our own

    def __init__(self, shared: Shared) -> None:
        self.command_size_limits = {}  # aiosmtpd's is shared by all sessions and grows with EHLOs
        super().__init__(
            None,
            hostname=shared.hostname,
            ident="rufgate",
            tls_context=shared.tls,
            loop=asyncio.get_running_loop(),
        )
        self._shared: Final = shared
        self._pending = bytearray()
        self._client = ""
        self._began = time.monotonic()
        self._messages = self._commands = self._errors = 0
        self._admitted = self._idle = self._leaving = self._ended = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client came, or its TLS layer is up."""
        if self._original_transport is not None:
            super().connection_made(transport)
            self._pending.clear()
            self.start_anew()
            return
        peer = transport.get_extra_info("peername")
        self._client = str(peer[0]) if isinstance(peer, tuple) else ""
        refusal = self._shared.admit(self, client_key(self._client))
        if refusal is None:
            self._admitted = True
            super().connection_made(transport)
        else:
            open_transport = cast(asyncio.Transport, transport)
            open_transport.write(refusal.line.encode() + b"\r\n")
            open_transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        """The client is gone. A message that it handed over is still recorded."""
        if self._admitted:
            self._shared.forget(self, client_key(self._client))
            super().connection_lost(error)

    def eof_received(self) -> bool:
        """The client sends no more, but may still read: what it sent before is answered.

        aiosmtpd would cancel the command under way.
        """
        if not self._admitted:
            return False
        self._reader.feed_eof()
        return self._tls_protocol is None

    def leave(self) -> None:
        """The server stops: end the session now if it waits for a command, else after the reply."""
        self._leaving = True
        if self._idle:
            self._write(Reply.SHUTDOWN.line)
            self._writer.close()

    def abort(self) -> None:
        """End the session at once."""
        # Early releases of Python 3.11 cannot write to a TLS transport that is closed twice.
        with contextlib.suppress(AttributeError):
            self._write(Reply.SHUTDOWN.line)
        self._cut()

    def _cut(self) -> None:
        # Under TLS the socket's own transport: asyncio lets go of a TLS one that is closed twice.
        transport = self._original_transport or self.transport
        if transport is not None:
            cast(asyncio.Transport, transport).abort()

    @property
    def task(self) -> asyncio.Task[None] | None:
        """The task that serves the client."""
        return self._handler_coroutine

    def _reset_timeout(self, duration: float | None = None) -> None:
        # Only the last resort against a client that never reads; the limits proper give a reply.
        super()._reset_timeout(duration or self._shared.limits.session_timeout_s + _CLOSING_S)

    def _timeout_cb(self) -> None:
        self._cut()

    # The command loop

    async def _handle_client(self) -> None:
        try:
            self._write(f"220 {self._shared.hostname} ESMTP rufgate")
            while not self._ended and (line := await self._next_line()) is not None:
                reply = line if isinstance(line, Reply) else await self._obey(line)
                if reply is not None:
                    await self._answer(reply)
                if self._leaving and not self._ended:
                    await self._answer(Reply.SHUTDOWN)
        except ConnectionError:
            pass  # the client left without a word
        finally:
            self._close()

    def _close(self) -> None:
        self._shared.forget(self, client_key(self._client))
        self._writer.close()
        if self.transport is not None:
            self._reset_timeout(_CLOSING_S)
        self._shared.log.info(
            "session",
            client_net=client_network(self._client),
            tls=self._tls_protocol is not None,
            messages=self._messages,
            errors=self._errors,
            seconds=self.elapsed(self._began),
        )

    async def _next_line(self) -> bytes | Reply | None:
        """The next line with its end; None when the client sends no more."""
        self._idle = True
        try:
            async with asyncio.timeout(self._time_left(self._shared.limits.command_timeout_s)):
                while (end := self._pending.find(b"\n")) < 0:
                    if len(self._pending) > CHUNK:
                        self._ended = True
                        return Reply.COMMAND_TOO_LONG
                    chunk = await self._reader.read(CHUNK)
                    if not chunk:
                        return None
                    self._pending += chunk
        except TimeoutError:
            return Reply.IDLE if self._time_left(1) > 0 else Reply.SESSION_TOO_LONG
        finally:
            self._idle = False
        line = bytes(self._pending[: end + 1])
        del self._pending[: end + 1]
        return line

    async def _obey(self, line: bytes) -> Reply | None:
        self._commands += 1
        if self._commands > self._shared.limits.max_commands:
            return Reply.TOO_MANY_COMMANDS
        if not line.endswith(b"\r\n"):
            return Reply.BARE_NEWLINE_COMMAND
        if len(line) > _MAX_COMMAND:
            return Reply.COMMAND_TOO_LONG
        text = line[:-2].decode("utf-8", "surrogateescape")
        if "\r" in text or "\0" in text:
            return Reply.BAD_COMMAND_LINE
        verb, _, argument = text.strip(" \t").partition(" ")
        try:
            return await self.dispatch(verb.upper(), argument.strip(" \t"))
        except ConnectionError:
            raise
        except Exception as error:  # noqa: BLE001 - an outermost loop: answers 451
            return self._trouble(error)

    @abstractmethod
    async def dispatch(self, verb: str, argument: str) -> Reply | None:
        """Carry out one command; None where it has been answered already."""

    @abstractmethod
    def start_anew(self) -> None:
        """Forget all the client said in the clear (RFC 3207 section 4.2)."""

    @abstractmethod
    def drop_mail(self) -> None:
        """Forget the mail transaction."""

    def _trouble(self, error: Exception) -> Reply:
        self.drop_mail()
        self._shared.log.error("session_trouble", error_type=type(error).__name__)
        return Reply.TRY_LATER

    async def _answer(self, reply: Reply) -> None:
        self._errors += reply.is_error
        if self._errors > self._shared.limits.max_errors:
            reply = Reply.TOO_MANY_ERRORS
        self._ended = self._ended or reply.ends_session
        self._write(reply.line)
        await self._writer.drain()

    def _write(self, line: str) -> None:
        self._writer.write(line.encode("ascii") + b"\r\n")

    async def push(self, status: str | bytes) -> None:
        """What aiosmtpd itself says is said in our words; only its STARTTLS is in use."""
        await self._answer(Reply.START_TLS if status[:3] in ("220", b"220") else Reply.TRY_LATER)

    def _time_left(self, at_most: float) -> float:
        return min(at_most, self._began + self._shared.limits.session_timeout_s - time.monotonic())

    @staticmethod
    def elapsed(since: float) -> float:
        """Seconds since then, for the log."""
        return round(time.monotonic() - since, 3)
