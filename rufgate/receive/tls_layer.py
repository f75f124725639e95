"""STARTTLS under our own deadline: asyncio's TLS layer, with small buffers.

In:  an open connection whose client was told to start.
Out: whether TLS is up; if it is not, the connection is of no more use.
SECURITY: a handshake that stalls, or that is cut off from our side, ends here and not at some later
     deadline. asyncio would hold 256 KiB for each TLS connection, used or not.
FAILS: never; whatever goes wrong in a handshake is no TLS.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from asyncio import sslproto
from typing import Final, cast

from aiosmtpd.smtp import SMTP

BUFFER: Final = 16_384  # the most a TLS record may hold: RFC 8446 section 5.1
_SHUTDOWN_S: Final = 10.0


class _Layer(sslproto.SSLProtocol):
    max_size = BUFFER

    def keep_small(self) -> None:
        self._set_read_buffer_limits(BUFFER)  # type: ignore[attr-defined]  # typeshed leaves it out
        self._set_write_buffer_limits(BUFFER)  # type: ignore[attr-defined]  # the same


class Securable(SMTP):
    """A connection that can be put under TLS."""

    _secured = False
    _handshaking = False

    async def secure(self, context: ssl.SSLContext, within_s: float) -> bool:
        """Do the handshake (aiosmtpd's own has no deadline, and waits on after an abort)."""
        plain = cast(asyncio.Transport, self.transport)
        done = self.loop.create_future()
        layer = _Layer(
            self.loop,
            self,
            context,
            done,
            server_side=True,
            ssl_handshake_timeout=max(within_s, 0.01),  # type: ignore[arg-type]  # seconds of any kind
            ssl_shutdown_timeout=_SHUTDOWN_S,
        )
        layer.keep_small()
        self._tls_protocol = layer
        self._original_transport = plain
        plain.set_protocol(layer)
        self.transport = layer._app_transport  # noqa: SLF001 - as aiosmtpd does: there is no other way
        self._handshaking = True
        try:
            layer.connection_made(plain)
            with contextlib.suppress(OSError):  # what ends a handshake is one: ssl.SSLError, too
                await done
        finally:
            self._handshaking = False
        return self._secured
