"""The bytes of one connection, both ways: bounded buffers, deadlines, an end that is heard.

In:  bytes of a client that nobody trusts; what all connections share.
Out: chunks to read; lines to write.
SECURITY: every wait has a deadline, every buffer a bound: about 64 KiB of a session wait to be
     read, whatever it sends, and all of it counts in the memory budget.
FAILS: ``ConnectionError`` where the client is gone.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING, Final, cast, final

from rufgate.receive.limits import Held
from rufgate.receive.tls_layer import BUFFER, Securable

if TYPE_CHECKING:
    from collections.abc import Callable

    from rufgate.receive.shared import Shared

CHUNK: Final = 65_536
_STREAM_LIMIT: Final = BUFFER // 2  # asyncio stops reading from the socket at twice this
_READ: Final = CHUNK // 2 - 1  # with what asyncio may hold beside it, below what a session may have
CLOSING_S: Final = 10.0
_LINGER_S: Final = 2.0
_LINGER_BYTES: Final = 1_048_576


@final
class _Taker:
    """Who takes the bytes of a connection as they come, for a while."""

    def __init__(self, take: Callable[[bytes], bool]) -> None:
        self._take = take
        self.ended: Final = asyncio.get_running_loop().create_future()

    def give(self, data: bytes) -> bool:
        """Whether that was the last: whoever has enough is given no more."""
        try:
            if not self._take(data):
                return False
            self.end(enough=True)
        except Exception as error:  # noqa: BLE001 - raised to the session, and not to the loop
            if not self.ended.done():
                self.ended.set_exception(error)
        return True

    def end(self, *, enough: bool) -> None:
        """No more is given."""
        if not self.ended.done():
            self.ended.set_result(enough)


class Stream(Securable):
    """The stream of one connection."""

    line_length_limit = _STREAM_LIMIT  # the limits of lines are our own

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
        self._inbox = Held(shared.budget)
        self._unread = 0
        self._taker: _Taker | None = None
        self._began = time.monotonic()

    def keep_small(self, transport: asyncio.Transport) -> None:
        """Bound what the transport reads at a time, and what it holds of our replies."""
        transport.max_size = BUFFER  # type: ignore[attr-defined]  # asyncio's 262144 would go past our bounds
        transport.set_write_buffer_limits(BUFFER)

    def data_received(self, data: bytes) -> None:
        """Bytes wait to be read; they count in the budget. Or somebody takes them as they come."""
        if self._taker is not None:
            if self._taker.give(data):
                self._taker = None
            return
        self._unread += len(data)
        super().data_received(data)
        self._weigh()

    async def _receive(self) -> bytes:
        """What has come in; nothing when the client sends no more."""
        chunk = bytes(await self._reader.read(CHUNK))
        self._unread -= len(chunk)
        return chunk

    async def _take_all(self, take: Callable[[bytes], bool]) -> bool:
        """Give ``take`` what comes in, without a queue between, until it has enough.

        False: the client sends no more. A read of the socket's is then twice as large.
        """
        while self._unread:
            if take(await self._receive()):
                return True
        if self._reader.at_eof() or self.transport is None or self.transport.is_closing():
            return False
        self._taker = taker = _Taker(take)
        self._set_read_size(_READ)
        try:
            enough: bool = await taker.ended
        finally:
            self._taker = None
            self._set_read_size(BUFFER)
        return enough

    def _set_read_size(self, size: int) -> None:
        if self._tls_protocol is None and self.transport is not None:  # TLS has records of its own
            self.transport.max_size = size  # type: ignore[attr-defined]  # as above

    def _no_more(self) -> None:
        """The client sends no more."""
        if self._taker is not None:
            self._taker.end(enough=False)

    def _weigh(self) -> None:
        self._inbox.force(self._unread + len(self._pending))

    def _forget_input(self) -> None:
        self._pending.clear()
        self._unread = 0
        self._inbox.release()

    async def _drain(self) -> None:
        """Until the client has read enough; one that sends and never reads is cut off."""
        transport = cast(asyncio.Transport, self.transport)
        if not transport.get_write_buffer_size() and not transport.is_closing():
            return  # as nearly always: it has gone out
        try:
            async with asyncio.timeout(self._time_left(self._shared.limits.command_timeout_s)):
                await self._writer.drain()
        except TimeoutError:
            self._cut()

    async def _linger(self) -> None:
        """Let the last reply arrive: to close on unread bytes would take it back.

        The system then sends a reset, and what the client has not read yet is lost to it
        (RFC 1122 section 4.2.2.13). So it is told of the end, and read on for a little while.
        """
        if self._tls_protocol is not None:  # TLS cannot be closed in one direction
            return
        left = _LINGER_BYTES
        with contextlib.suppress(TimeoutError, OSError):
            async with asyncio.timeout(_LINGER_S):
                self._writer.write_eof()
                while left > 0 and (chunk := await self._receive()):
                    left -= len(chunk)

    def _write(self, line: str) -> None:
        self._writer.write(line.encode("ascii") + b"\r\n")

    def _cut(self) -> None:
        # Under TLS the socket's own transport: asyncio lets go of a TLS one that is closed twice.
        transport = self._original_transport or self.transport
        if transport is not None:
            cast(asyncio.Transport, transport).abort()

    def _reset_timeout(self, duration: float | None = None) -> None:
        # Only the last resort against a client that never reads; the limits proper give a reply.
        super()._reset_timeout(duration or self._shared.limits.session_timeout_s + CLOSING_S)

    def _timeout_cb(self) -> None:
        self._cut()

    def _time_left(self, at_most: float) -> float:
        return min(at_most, self._began + self._shared.limits.session_timeout_s - time.monotonic())

    @staticmethod
    def elapsed(since: float) -> float:
        """Seconds since then, for the log."""
        return round(time.monotonic() - since, 3)
