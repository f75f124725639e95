"""Turns a connection away before anything is made for it; whoever may come in gets a session.

In:  new connections; what all of them share.
Out: a ``Session`` that takes the connection over, or a 421.
SECURITY: to make a session costs a third of a millisecond (aiosmtpd looks through all of its
     methods each time), which a flood of connections would have for nothing.
FAILS: never.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from rufgate.receive.shared import Shared


class Doorman(asyncio.Protocol):
    """One new connection."""

    def __init__(self, shared: Shared, make_session: Callable[[], asyncio.Protocol]) -> None:
        self._shared: Final = shared
        self._make_session: Final = make_session

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Let it in, or say why not."""
        connection = cast(asyncio.Transport, transport)
        refusal = self._shared.refusal(peer_of(transport))
        if refusal is None:
            session = self._make_session()
            connection.set_protocol(session)
            session.connection_made(transport)
        else:
            self._shared.tell(refusal)
            connection.write(refusal.line.encode() + b"\r\n")
            connection.close()


def peer_of(transport: asyncio.BaseTransport) -> str:
    """The address at the other end, "" where it has none (a UNIX socket)."""
    peer = transport.get_extra_info("peername")
    return str(peer[0]) if isinstance(peer, tuple) else ""
