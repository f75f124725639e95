"""The message of one mail transaction: from DATA to the reply that says what became of it.

In:  the content from ``Connection``; the envelope that ``Session`` took.
Out: replies of the table; each complete message goes to ``accept`` or (postmaster) the relay.
SECURITY: addresses go into ``RawMessage`` and nowhere else; the log has counts, codes and times.
FAILS: a refusal is a ``Reply``; exceptions are ``Connection``'s to answer.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rufgate.receive.connection import Connection
from rufgate.receive.content import Received
from rufgate.receive.data_reader import DataReader, Verdict
from rufgate.receive.envelope import Mailbox, Path
from rufgate.receive.fronts import Forwarded
from rufgate.receive.limits import Held, client_network
from rufgate.receive.postmaster import pass_to_human
from rufgate.receive.replies import Reply
from rufgate.receive.stream import CHUNK
from rufgate.sanitize.raw import RawMessage

if TYPE_CHECKING:
    from collections.abc import Awaitable, Mapping

    from rufgate.receive.shared import Shared

_REFUSALS: Final[Mapping[Verdict, Reply]] = {
    Verdict.TOO_BIG: Reply.TOO_BIG,
    Verdict.LINE_TOO_LONG: Reply.LINE_TOO_LONG,
    Verdict.DROPPED: Reply.STORE_FULL,
    Verdict.FLOOD: Reply.DATA_FLOOD,
}


@dataclass(slots=True)
class Mail:
    """One mail transaction, from MAIL to the reply after DATA."""

    sender: Path
    size: int
    smtputf8: bool
    client: str  # the address, a front's word counted
    helo: str
    mailbox: Mailbox | None = None
    recipients: int = 0
    bare_newlines: int = 0


class Transaction(Connection):
    """The state of a connection between MAIL and the end of the content."""

    def __init__(self, shared: Shared) -> None:
        super().__init__(shared)
        self._helo: str | None = None
        self._mail: Mail | None = None
        self._forwarded = Forwarded()

    def drop_mail(self) -> None:
        """Forget the mail transaction, and for whom a front said it to be."""
        self._mail = None
        self._forwarded = Forwarded()

    @property
    def _peer(self) -> str:
        """The address of the client that the next message comes from."""
        return self._forwarded.address or self._client

    async def on_data(self, argument: str) -> Reply | None:
        """DATA. The transaction ends here, whatever comes of it."""
        if argument:
            return Reply.BAD_ARGUMENT
        mail, began = self._mail, time.monotonic()
        if mail is None or mail.mailbox is None:
            return Reply.BAD_SEQUENCE
        self.drop_mail()
        if not self._shared.budget.has_room(max(mail.size, CHUNK)):
            return Reply.STORE_FULL
        held = Held(self._shared.budget)
        content: Received | Reply | None = None
        try:
            content = await self._read_content(mail, held)
        finally:
            if not isinstance(content, Received):
                held.release()
        read_s, size, handed = self.elapsed(began), 0, time.monotonic()
        own = {"canary": True} if self._shared.expected.knows(self._helo) else {}
        if isinstance(content, Received):
            size = content.size
            reply: Reply | None = await self._hand_over(mail, content, held)
        else:
            reply = content
        self._shared.log.info(
            "message",
            client_net=client_network(mail.client),
            size=size,
            recipients=mail.recipients,
            bare_newlines=mail.bare_newlines,
            reply="aborted" if reply is None else reply.name.lower(),
            read_s=read_s,
            accept_s=self.elapsed(handed),
            **own,  # so that whoever counts messages can leave it out
        )
        return reply

    async def _read_content(self, mail: Mail, held: Held) -> Received | Reply | None:
        """The content, or what refuses it; None when the client went away in the middle."""
        limits = self._shared.limits
        reader = DataReader(limits.max_message_bytes, limits.max_line)
        chunk = bytes(self._pending)
        self._pending.clear()
        self._weigh()

        def take(data: bytes) -> bool:
            rest = reader.feed(data)
            if rest is None and reader.verdict is not Verdict.FLOOD:
                if not held.resize(reader.held):
                    reader.drop()
                    held.resize(reader.held)  # now: it may be long until it sends more
                return False
            self._pending += rest or b""
            self._weigh()
            return True

        self._write(Reply.GO_AHEAD.line)
        try:
            async with asyncio.timeout(self._time_left(limits.data_timeout_s)):
                if not take(chunk) and not await self._take_all(take):
                    return None
        except TimeoutError:
            return Reply.DATA_TOO_SLOW
        mail.bare_newlines = reader.bare_newlines
        if reader.verdict is not Verdict.GOOD:
            return _REFUSALS[reader.verdict]
        if reader.bare_newlines and limits.refuse_bare_newlines:
            return Reply.BARE_NEWLINE_DATA
        return reader.take() if held.resize(reader.held) else Reply.STORE_FULL

    async def _hand_over(self, mail: Mail, content: Received, held: Held) -> Reply:
        """Wait for the message to be taken; a client that goes away does not stop that."""
        shared, now = self._shared, self._shared.clock()
        if mail.mailbox is Mailbox.POSTMASTER and shared.pass_on is not None:
            work: Awaitable[Reply] = pass_to_human(
                shared.pass_on,
                content.crlf(),
                sender=mail.sender.address,
                hostname=shared.hostname,
                now=now,
            )
        else:
            accept = shared.expected.take(self._helo) or shared.accept
            work = accept(
                RawMessage(
                    content.text,
                    size=content.size,
                    received_at=now,
                    mail_from=mail.sender.address,
                    helo=mail.helo,
                    client_ip=mail.client,
                )
            )
        task = shared.commit(work, held)
        try:
            async with asyncio.timeout(shared.limits.accept_timeout_s):
                reply = await asyncio.shield(task)
        except TimeoutError:
            return Reply.OVERLOADED
        if reply is Reply.OK:
            self._messages += 1
            self._commands = self._errors = 0
        return reply
