"""One message by TLS (RFC 5425), and whether the peer let it in.

In:  a connection, the peer's name, bytes, whose certificates count.
Out: nothing; it has been handed over.
SECURITY: nothing is sent before the certificate was found valid for the name.
FAILS: ``OSError`` (``ssl.SSLError`` is one), also where the peer refuses us afterwards: by TLS 1.3
     one that wants a certificate of ours says so only after we have sent. So the connection is
     closed first and then read to its end, which the two-way close of ``ssl.SSLSocket`` cannot do.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final, TypeVar

_TALK_S: Final = 10.0
_GOODBYE_S: Final = 2.0
_MOST: Final = 65_536

_T = TypeVar("_T")


def send_by_tls(
    connection: socket.socket, host: str, content: bytes, context: ssl.SSLContext
) -> None:
    """Hand ``content`` over and say goodbye (section 4.4)."""
    talk = _Talk(connection, context, host)
    talk.ends = time.monotonic() + _TALK_S
    talk.step(talk.tls.do_handshake)
    talk.step(lambda: talk.tls.write(content))
    talk.ends = time.monotonic() + _GOODBYE_S
    with suppress(ssl.SSLWantReadError):
        talk.tls.unwrap()
    with suppress(ssl.SSLZeroReturnError, ssl.SSLEOFError, TimeoutError):  # many say no goodbye
        talk.step(lambda: talk.tls.read(1))
    if talk.lost is not None:
        raise talk.lost


class _Talk:
    """TLS over a connection, of which each wait ends at one time for all."""

    def __init__(self, connection: socket.socket, context: ssl.SSLContext, host: str) -> None:
        self._connection: Final = connection
        self._coming: Final = ssl.MemoryBIO()
        self._going: Final = ssl.MemoryBIO()
        self.tls: Final = context.wrap_bio(self._coming, self._going, server_hostname=host)
        self.ends = 0.0
        self.lost: ConnectionError | None = None  # in what was sent last

    def step(self, action: Callable[[], _T]) -> _T:
        """``action``, with what it wants to read and has to send, an alert among it."""
        while True:
            try:
                return action()
            except ssl.SSLWantReadError:
                self._flush()
                self._receive()
            finally:
                self._flush()

    def _flush(self) -> None:
        if not self._going.pending:
            return
        try:
            self._connection.sendall(self._going.read())
        except ConnectionError as error:
            self.lost = error  # why the peer hung up may still be there to read

    def _receive(self) -> None:
        left = self.ends - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._connection.settimeout(left)
        data = self._connection.recv(_MOST)
        if data:
            self._coming.write(data)
        else:
            self._coming.write_eof()
