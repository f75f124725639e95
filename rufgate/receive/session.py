"""One SMTP session: the commands in the order of RFC 5321, and the message.

In:  command lines and content from ``Connection``.
Out: replies of the table; each complete message goes to ``accept`` or (postmaster) the relay.
SECURITY: addresses go into ``RawMessage`` and nowhere else; the log has counts, codes and times.
FAILS: a refusal is a ``Reply``; exceptions are ``Connection``'s to answer.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from aiosmtpd.smtp import TLSSetupException

from rufgate.receive.connection import CHUNK, Connection
from rufgate.receive.data_reader import DataReader, Verdict
from rufgate.receive.envelope import Mailbox, Path, read_mail, read_rcpt
from rufgate.receive.limits import Held, client_key, client_network
from rufgate.receive.postmaster import pass_to_human
from rufgate.receive.replies import Reply
from rufgate.sanitize.raw import RawMessage

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from rufgate.receive.shared import Shared

_MAX_HELO: Final = 255

_REFUSALS: Final[Mapping[Verdict, Reply]] = {
    Verdict.TOO_BIG: Reply.TOO_BIG,
    Verdict.LINE_TOO_LONG: Reply.LINE_TOO_LONG,
    Verdict.DROPPED: Reply.STORE_FULL,
    Verdict.FLOOD: Reply.DATA_FLOOD,
}


@dataclass(slots=True)
class _Mail:
    """One mail transaction, from MAIL to the reply after DATA."""

    sender: Path
    size: int
    smtputf8: bool
    mailbox: Mailbox | None = None
    recipients: int = 0
    bare_newlines: int = 0


class Session(Connection):
    """The commands of one connection."""

    def __init__(self, shared: Shared) -> None:
        super().__init__(shared)
        self._helo: str | None = None
        self._mail: _Mail | None = None

    async def dispatch(self, verb: str, argument: str) -> Reply | None:
        """Carry out one command; None where it has been answered already."""
        match verb:
            case "DATA":
                return await self.on_data(argument)
            case "STARTTLS":
                return await self.on_starttls(argument)
        command = _COMMANDS.get(verb)
        return command(self, argument) if command else Reply.UNKNOWN_COMMAND

    def start_anew(self) -> None:
        """Forget all the client said in the clear (RFC 3207 section 4.2)."""
        self._helo = None
        self._mail = None

    def drop_mail(self) -> None:
        """Forget the mail transaction."""
        self._mail = None

    def on_helo(self, argument: str) -> Reply | None:
        """HELO (RFC 5321 section 4.1.1.1)."""
        if not self._greeted(argument):
            return Reply.BAD_ARGUMENT
        self._write(f"250 {self._shared.hostname}")
        return None

    def on_ehlo(self, argument: str) -> Reply | None:
        """EHLO: what this server can do. No AUTH: nobody has an account here."""
        if not self._greeted(argument):
            return Reply.BAD_ARGUMENT
        size = self._shared.limits.max_message_bytes
        words = [self._shared.hostname, "PIPELINING", f"SIZE {size}", "8BITMIME", "SMTPUTF8"]
        if self._shared.tls is not None and self._tls_protocol is None:
            words.append("STARTTLS")
        words.append("ENHANCEDSTATUSCODES")
        self._write("\r\n".join([*(f"250-{word}" for word in words), "250 HELP"]))
        return None

    def _greeted(self, name: str) -> bool:
        if not name or len(name) > _MAX_HELO or not (name.isascii() and name.isprintable()):
            return False
        self._helo = name
        self._mail = None
        return True

    async def on_starttls(self, argument: str) -> Reply | None:
        """STARTTLS (RFC 3207)."""
        if argument:
            return Reply.BAD_ARGUMENT
        if self._tls_protocol is not None:
            return Reply.BAD_SEQUENCE
        if self._shared.tls is None:
            return Reply.TLS_UNAVAILABLE
        self._pending.clear()
        self.start_anew()
        try:
            await self.smtp_STARTTLS("")
        except TLSSetupException:  # the stream is in no state to say anything
            self._ended = True
            cast(asyncio.Transport, self._original_transport).abort()
        return None

    def on_mail(self, argument: str) -> Reply:
        """MAIL. The null sender is as good as any: failure reports come from it."""
        if self._shared.require_tls and self._tls_protocol is None:
            return Reply.TLS_REQUIRED
        if self._helo is None or self._mail is not None:
            return Reply.BAD_SEQUENCE
        mail = read_mail(argument, self._shared.limits.max_message_bytes)
        if isinstance(mail, Reply):
            return mail
        if not self._within_rate():
            return Reply.RATE_LIMITED
        self._mail = _Mail(mail.sender, mail.size, mail.smtputf8)
        return Reply.SENDER_OK

    def _within_rate(self) -> bool:
        """The canary takes no share of what the clients behind its address may send."""
        rates = self._shared.rates
        if rates is None or self._shared.expected.knows(self._helo):
            return True
        return rates.take(client_key(self._client), time.monotonic())

    def on_rcpt(self, argument: str) -> Reply:
        """RCPT. Reports and mail to postmaster go different ways, so not in one transaction."""
        mail = self._mail
        if mail is None:
            return Reply.BAD_SEQUENCE
        path = read_rcpt(argument, smtputf8=mail.smtputf8)
        if isinstance(path, Reply):
            return path
        mailbox = self._shared.mailboxes.find(path)
        if isinstance(mailbox, Reply):
            return mailbox
        if mail.recipients >= self._shared.limits.max_recipients:
            return Reply.TOO_MANY_RECIPIENTS
        if mail.mailbox not in (None, mailbox):
            return Reply.MIXED_RECIPIENTS
        mail.mailbox = mailbox
        mail.recipients += 1
        return Reply.RECIPIENT_OK

    def on_rset(self, argument: str) -> Reply:
        """RSET."""
        if argument:
            return Reply.BAD_ARGUMENT
        self._mail = None
        return Reply.FLUSHED

    def on_quit(self, argument: str) -> Reply:
        """QUIT."""
        return Reply.BAD_ARGUMENT if argument else Reply.BYE

    async def on_data(self, argument: str) -> Reply | None:
        """DATA. The transaction ends here, whatever comes of it."""
        if argument:
            return Reply.BAD_ARGUMENT
        mail, began = self._mail, time.monotonic()
        if mail is None or mail.mailbox is None:
            return Reply.BAD_SEQUENCE
        self._mail = None
        if not self._shared.budget.has_room(max(mail.size, CHUNK)):
            return Reply.STORE_FULL
        held = Held(self._shared.budget)
        content: bytearray | Reply | None = None
        try:
            content = await self._read_content(mail, held)
        finally:
            if not isinstance(content, bytearray):
                held.release()
        read_s, size, handed = self.elapsed(began), 0, time.monotonic()
        own = {"canary": True} if self._shared.expected.knows(self._helo) else {}
        if isinstance(content, bytearray):
            size = len(content)
            reply: Reply | None = await self._hand_over(mail, content, held)
        else:
            reply = content
        self._shared.log.info(
            "message",
            client_net=client_network(self._client),
            size=size,
            recipients=mail.recipients,
            bare_newlines=mail.bare_newlines,
            reply="aborted" if reply is None else reply.name.lower(),
            read_s=read_s,
            accept_s=self.elapsed(handed),
            **own,  # so that whoever counts messages can leave it out
        )
        return reply

    async def _read_content(self, mail: _Mail, held: Held) -> bytearray | Reply | None:
        """The content, or what refuses it; None when the client went away in the middle."""
        limits = self._shared.limits
        reader = DataReader(limits.max_message_bytes, limits.max_line)
        chunk = bytes(self._pending)
        self._pending.clear()
        self._write(Reply.GO_AHEAD.line)
        try:
            async with asyncio.timeout(self._time_left(limits.data_timeout_s)):
                while (rest := reader.feed(chunk)) is None and reader.verdict is not Verdict.FLOOD:
                    if not held.resize(reader.held):
                        reader.drop()
                    chunk = await self._reader.read(CHUNK)
                    if not chunk:
                        return None
        except TimeoutError:
            return Reply.DATA_TOO_SLOW
        self._pending += rest or b""
        mail.bare_newlines = reader.bare_newlines
        if reader.verdict is not Verdict.GOOD:
            return _REFUSALS[reader.verdict]
        if reader.bare_newlines and limits.refuse_bare_newlines:
            return Reply.BARE_NEWLINE_DATA
        return reader.take() if held.resize(reader.held) else Reply.STORE_FULL

    async def _hand_over(self, mail: _Mail, content: bytearray, held: Held) -> Reply:
        """Wait for the message to be taken; a client that goes away does not stop that."""
        shared, now = self._shared, self._shared.clock()
        if mail.mailbox is Mailbox.POSTMASTER and shared.pass_on is not None:
            work: Awaitable[Reply] = pass_to_human(
                shared.pass_on,
                content,
                sender=mail.sender.address,
                hostname=shared.hostname,
                now=now,
            )
        else:
            accept = shared.expected.take(self._helo) or shared.accept
            work = accept(
                RawMessage(
                    content,
                    received_at=now,
                    mail_from=mail.sender.address,
                    helo=self._helo or "",
                    client_ip=self._client,
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


def _always(reply: Reply) -> Callable[[Session, str], Reply]:
    return lambda _session, _argument: reply


_COMMANDS: Final[Mapping[str, Callable[[Session, str], Reply | None]]] = {
    "HELO": Session.on_helo,
    "EHLO": Session.on_ehlo,
    "MAIL": Session.on_mail,
    "RCPT": Session.on_rcpt,
    "RSET": Session.on_rset,
    "QUIT": Session.on_quit,
    "NOOP": _always(Reply.NOTHING_DONE),
    "HELP": _always(Reply.HELP),
    "VRFY": _always(Reply.CANNOT_VERIFY),
    "EXPN": _always(Reply.NOT_IMPLEMENTED),
    "AUTH": _always(Reply.NOT_IMPLEMENTED),
}
