"""Connections to mail servers that are kept for the next copy.

In:  a route; how a new client is made.
Out: a connected client, lent to one copy at a time.
SECURITY: a connection is lent for the very route it was made for, so under the TLS that was agreed
     for it; nothing of one copy is left in it (RSET).
FAILS: as ``connect`` and ``login`` of the client do. A kept connection that is of no use any more
     is replaced by a new one, and nobody hears of it.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

import aiosmtplib

from rufgate.deliver.routes import Route

_QUIT_TIMEOUT_S: Final = 5.0
_RSET_TIMEOUT_S: Final = 10.0


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionPlan:
    """How long a connection is kept. Servers wait for minutes; few want to be asked to."""

    idle_s: float = 10.0
    copies: int = 100  # in one session
    kept: int = 4  # that are idle, for each route; 0: a new connection for each copy


@dataclass(slots=True)
class _Kept:
    """A connection that waits for the next copy."""

    client: aiosmtplib.SMTP
    copies: int = 0
    timer: asyncio.TimerHandle | None = None


class Sessions:
    """The connections of one courier, in one loop."""

    def __init__(
        self, connected: Callable[[Route], Awaitable[aiosmtplib.SMTP]], plan: SessionPlan
    ) -> None:
        self._connected = connected
        self._plan = plan
        self._idle: dict[Route, list[_Kept]] = {}
        self._closing: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def lend(self, route: Route) -> AsyncIterator[aiosmtplib.SMTP]:
        """One connection. It is kept unless the block ends by an exception, or it has ended."""
        kept = await self._ready(route) or _Kept(await self._connected(route))
        is_whole = False
        try:
            yield kept.client
            is_whole = True
        finally:
            kept.copies += 1
            await self._take_back(route, kept, is_whole=is_whole)

    async def close(self) -> None:
        """Say goodbye on all that are idle."""
        for route in list(self._idle):
            for kept in self._idle.pop(route):
                self._part(kept)
        await asyncio.gather(*self._closing)

    async def _ready(self, route: Route) -> _Kept | None:
        """One that was kept and still answers: RSET tells, before anything of a copy is said."""
        while idle := self._idle.get(route):
            kept = idle.pop()
            if not idle:
                del self._idle[route]
            if kept.timer is not None:
                kept.timer.cancel()
            try:
                await kept.client.rset(timeout=_RSET_TIMEOUT_S)
            except (aiosmtplib.SMTPException, OSError):  # closed meanwhile, or 421
                kept.client.close()
            except BaseException:
                kept.client.close()
                raise
            else:
                return kept
        return None

    async def _take_back(self, route: Route, kept: _Kept, *, is_whole: bool) -> None:
        idle = self._idle.get(route, [])
        if not is_whole or not kept.client.is_connected:
            kept.client.close()
        elif kept.copies >= self._plan.copies or len(idle) >= self._plan.kept:
            await _goodbye(kept.client)
        else:
            loop = asyncio.get_running_loop()
            kept.timer = loop.call_later(self._plan.idle_s, self._expire, route, kept)
            self._idle.setdefault(route, []).append(kept)

    def _expire(self, route: Route, kept: _Kept) -> None:
        self._idle[route].remove(kept)
        if not self._idle[route]:
            del self._idle[route]
        self._part(kept)

    def _part(self, kept: _Kept) -> None:
        if kept.timer is not None:
            kept.timer.cancel()
        task = asyncio.get_running_loop().create_task(_goodbye(kept.client))
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)


async def _goodbye(client: aiosmtplib.SMTP) -> None:
    """QUIT, as manners want; what was sent is delivered whatever the answer."""
    try:
        with contextlib.suppress(aiosmtplib.SMTPException, OSError):
            await client.quit(timeout=_QUIT_TIMEOUT_S)
    finally:
        client.close()
