"""What all sessions of one server share: the rules, the counters, the work under way.

In:  the configuration of the server and the two callables that take messages.
Out: admission of connections; tasks that outlive their connection.
SECURITY: an exception of ``accept`` or ``pass_on`` is logged by its type only.
FAILS: ``commit`` never raises; trouble is ``Reply.TRY_LATER``.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

from rufgate.receive.envelope import Mailboxes
from rufgate.receive.expected import Expected
from rufgate.receive.fronts import Fronts
from rufgate.receive.limits import (
    SESSION_BYTES,
    ConnectionCount,
    Held,
    MemoryBudget,
    SessionLimits,
    client_key,
    client_network,
)
from rufgate.receive.rates import ClientBuckets
from rufgate.receive.replies import Reply

if TYPE_CHECKING:
    import ssl
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from rufgate.receive.connection import Connection
    from rufgate.receive.intake import Accept
    from rufgate.receive.postmaster import PassOn


class Log(Protocol):
    """The part of a structlog logger that is used here."""

    def info(self, event: str, **values: object) -> object:
        """Something worth a line happened."""

    def error(self, event: str, **values: object) -> object:
        """Something went wrong."""


class Shared:
    """One server's rules and state. The composition fills in what is configured."""

    def __init__(
        self, *, hostname: str, mailboxes: Mailboxes, limits: SessionLimits, log: Log
    ) -> None:
        self.hostname = hostname
        self.mailboxes = mailboxes
        self.limits = limits
        self.log = log
        self.accept: Accept
        self.pass_on: PassOn | None = None
        self.clock: Callable[[], datetime]
        self.tls: ssl.SSLContext | None = None
        self.require_tls = False
        self.rates: ClientBuckets | None = None
        self.on_refused: Callable[[Reply], None] | None = None
        self.fronts = Fronts()
        self.expected = Expected()
        self.budget = MemoryBudget(limits.memory_budget_bytes)
        self.stopping = False
        self.sessions: set[Connection] = set()
        self.commits: set[asyncio.Task[Reply]] = set()
        self._count = ConnectionCount()

    def refusal(self, address: str) -> Reply | None:
        """Why a new connection of ``address`` is not let in.

        A front's own count as nobody's: it holds those of all its clients.
        """
        if self.stopping:
            return Reply.SHUTDOWN
        full = self._count.total >= self.limits.max_connections
        if full or not self.budget.has_room(SESSION_BYTES):
            return Reply.TOO_MANY_SESSIONS
        return None if self.fronts.holds(address) else self._crowded(address)

    def tell(self, reply: Reply) -> None:
        """``reply`` is about to be given: whoever counts refusals hears of it."""
        if reply.code >= 400 and self.on_refused is not None:
            self.on_refused(reply)

    def admit(self, session: Connection, address: str) -> None:
        """Count the session of a connection that was let in."""
        session.counted_as = "" if self.fronts.holds(address) else address
        self._count.add(session.counted_as)
        self.sessions.add(session)

    def recount(self, session: Connection, address: str) -> Reply | None:
        """A front says that the connection is ``address``'s; it counts there from now on."""
        refusal = self._crowded(address)
        if refusal is None and session in self.sessions:
            self._count.remove(session.counted_as)
            self._count.add(address)
            session.counted_as = address
        return refusal

    def _crowded(self, address: str) -> Reply | None:
        client, limits = client_key(address), self.limits
        if not client:
            return None
        if self._count.of(client) >= limits.max_connections_per_ip:
            return Reply.TOO_MANY_FROM_CLIENT
        if self._count.of(client_network(address)) >= limits.max_connections_per_network:
            return Reply.TOO_MANY_FROM_NETWORK
        return None

    def forget(self, session: Connection) -> None:
        """A connection ended. May be called twice."""
        if session in self.sessions:
            self.sessions.remove(session)
            self._count.remove(session.counted_as)

    def commit(self, work: Awaitable[Reply], held: Held) -> asyncio.Task[Reply]:
        """Run ``work`` to its end, whatever becomes of the connection it came by."""
        task = asyncio.get_running_loop().create_task(self._finish(work, held))
        self.commits.add(task)
        task.add_done_callback(self.commits.discard)
        return task

    async def _finish(self, work: Awaitable[Reply], held: Held) -> Reply:
        try:
            return await work
        except Exception as error:  # noqa: BLE001 - an outermost loop: it answers 451
            name = type(error).__name__
            self.log.error("accept_trouble", error_type=name)  # noqa: TRY400 - a traceback quotes input
            return Reply.TRY_LATER
        finally:
            held.release()
