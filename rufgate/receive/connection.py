"""One SMTP connection: its greeting, the command loop and its limits.

In:  the bytes of ``Stream``; what all connections share.
Out: command lines to ``dispatch``, replies to the client.
SECURITY: aiosmtpd gives the protocol; its command loop, its STARTTLS, its DATA, its replies and its
     logger, which repeat what the client sent, are not used. Plaintext that is buffered when TLS
     starts is dropped (RFC 3207 section 4.2). Only a trusted front says for whom it speaks, and
     only before the greeting.
FAILS: anything unexpected is answered 451 and logged by its type alone.
"""

from __future__ import annotations

import asyncio
import contextlib
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Final, cast

from rufgate.receive.doorman import peer_of
from rufgate.receive.fronts import FrontProtocol
from rufgate.receive.limits import client_network
from rufgate.receive.proxy import Header, Incomplete, read_header
from rufgate.receive.replies import Reply
from rufgate.receive.stream import CLOSING_S, Stream

if TYPE_CHECKING:
    from rufgate.receive.shared import Shared

_MAX_COMMAND: Final = 1024  # RFC 5321 section 4.5.3.1.4 asks for 512 at least, extensions add to it
_ENDLESS: Final = 4 * _MAX_COMMAND  # there is no use in looking for its end


class Connection(Stream, ABC):
    """One connection, from the greeting to its end."""

    counted_as = ""  # the address under which it counts

    def __init__(self, shared: Shared) -> None:
        super().__init__(shared)
        self._client = ""
        self._messages = self._commands = self._errors = 0
        self._idle = self._leaving = self._ended = False
        self._in_dialogue = self._refused = False  # from the greeting on; by the last reply
        self._is_front = False  # the other end is a front that speaks SMTP itself

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client came, or its TLS layer is up."""
        if self._original_transport is not None:
            super().connection_made(transport)
            self._forget_input()
            self._secured = True
            self.start_anew()
            return
        self._client = peer_of(transport)
        self._is_front = self._shared.fronts.holds(self._client)
        self._shared.admit(self, self._client)
        self.keep_small(cast(asyncio.Transport, transport))
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        """The client is gone. A message that it handed over is still recorded."""
        self._shared.forget(self)
        self._forget_input()
        self._no_more()
        super().connection_lost(error)

    def eof_received(self) -> bool:
        """The client sends no more, but may still read: what it sent before is answered.

        aiosmtpd would cancel the command under way.
        """
        self._reader.feed_eof()
        self._no_more()
        return self._tls_protocol is None

    def leave(self) -> None:
        """The server stops: end the session now if it waits for a command, else after the reply."""
        self._leaving = True
        if self._handshaking:
            self._cut()
        elif self._idle:
            self._write(Reply.SHUTDOWN.line)
            self._writer.close()

    def abort(self) -> None:
        """End the session at once."""
        # Early releases of Python 3.11 cannot write to a TLS transport that is closed twice.
        with contextlib.suppress(AttributeError):
            self._write(Reply.SHUTDOWN.line)
        self._cut()

    @property
    def task(self) -> asyncio.Task[None] | None:
        """The task that serves the client."""
        return self._handler_coroutine

    # The command loop

    async def _handle_client(self) -> None:
        try:
            await self._greet()
            while not self._ended and (line := await self._next_line()) is not None:
                reply = line if isinstance(line, Reply) else await self._obey(line)
                if reply is not None:
                    await self._answer(reply)
                if self._leaving and not self._ended:
                    await self._answer(Reply.SHUTDOWN)
            if self._refused and not self._leaving:
                await self._linger()
        except ConnectionError:
            pass  # the client left without a word
        finally:
            self._close()

    def _close(self) -> None:
        self._shared.forget(self)
        self._forget_input()
        self._writer.close()
        if self.transport is not None:
            self._reset_timeout(CLOSING_S)
        self._shared.log.info(
            "session",
            client_net=client_network(self._client),
            tls=self._tls_protocol is not None,
            messages=self._messages,
            errors=self._errors,
            seconds=self.elapsed(self._began),
        )

    async def _greet(self) -> None:
        """Say hello; to a front, after it has said for whom it speaks."""
        if self._is_front and self._shared.fronts.protocol is not FrontProtocol.XFORWARD:
            await self._hear_front()
        if not self._ended:
            self._in_dialogue = True
            self._write(f"220 {self._shared.hostname} ESMTP rufgate")

    async def _hear_front(self) -> None:
        match await self._header():
            case Header(client, length):
                del self._pending[:length]
                self._is_front = False  # from now on a stranger speaks
                self._client = client or self._client
                refusal = self._shared.recount(self, client)
                if refusal is not None:
                    await self._answer(refusal)
            case Incomplete.NOT_A_HEADER:
                self._ended = True
            case _:  # silent, as a mail server is that waits for the greeting
                self._ended = self._shared.fronts.protocol is FrontProtocol.PROXY

    async def _header(self) -> Header | Incomplete:
        """The PROXY header; ``MORE_NEEDED`` where not a byte has come in time."""
        self._idle = True
        try:
            async with asyncio.timeout(self._time_left(self._shared.limits.header_timeout_s)):
                while (found := read_header(self._pending)) is Incomplete.MORE_NEEDED:
                    chunk = await self._receive()
                    if not chunk:
                        return Incomplete.NOT_A_HEADER
                    self._pending += chunk
        except TimeoutError:
            return Incomplete.NOT_A_HEADER if self._pending else Incomplete.MORE_NEEDED
        finally:
            self._idle = False
        return found

    async def _next_line(self) -> bytes | Reply | None:
        """The next line with its end; None when the client sends no more."""
        self._idle = True
        try:
            async with asyncio.timeout(self._time_left(self._shared.limits.command_timeout_s)):
                while (end := self._pending.find(b"\n")) < 0:
                    if len(self._pending) > _ENDLESS:
                        self._ended = True
                        return Reply.COMMAND_TOO_LONG
                    chunk = await self._receive()
                    if not chunk:
                        return None
                    self._pending += chunk
        except TimeoutError:
            return Reply.IDLE if self._time_left(1) > 0 else Reply.SESSION_TOO_LONG
        finally:
            self._idle = False
        line = bytes(self._pending[: end + 1])
        del self._pending[: end + 1]
        self._weigh()
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
        self._refused = self._ended and self._in_dialogue and reply is not Reply.BYE
        self._shared.tell(reply)
        self._write(reply.line)
        await self._drain()
