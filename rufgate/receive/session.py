"""One SMTP session: the commands in the order of RFC 5321, up to DATA.

In:  command lines from ``Connection``.
Out: replies of the table; the mail transaction that ``Transaction`` then takes the content of.
SECURITY: addresses go into ``RawMessage`` and nowhere else. XFORWARD is for trusted fronts; to
     anybody else it is no command.
FAILS: a refusal is a ``Reply``; exceptions are ``Connection``'s to answer.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from rufgate.receive.envelope import read_mail, read_rcpt
from rufgate.receive.fronts import XFORWARD_WORDS, FrontProtocol
from rufgate.receive.replies import Reply
from rufgate.receive.transaction import Mail, Transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_MAX_HELO: Final = 255


class Session(Transaction):
    """The commands of one connection."""

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
        self.drop_mail()

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
        if self._forwards:
            words.append(XFORWARD_WORDS)
        words.append("ENHANCEDSTATUSCODES")
        self._write("\r\n".join([*(f"250-{word}" for word in words), "250 HELP"]))
        return None

    def _greeted(self, name: str) -> bool:
        if not name or len(name) > _MAX_HELO or not (name.isascii() and name.isprintable()):
            return False
        self._helo = name
        self.drop_mail()
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
        await self._answer(Reply.START_TLS)
        within_s = self._time_left(self._shared.limits.tls_timeout_s)
        if not self._ended and not await self.secure(self._shared.tls, within_s):
            self._ended = True  # the stream is in no state to say anything
            self._cut()
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
        helo = self._forwarded.helo or self._helo
        self._mail = Mail(mail.sender, mail.size, mail.smtputf8, self._peer, helo)
        return Reply.SENDER_OK

    def _within_rate(self) -> bool:
        """The canary takes no share of what the clients behind its address may send."""
        rates = self._shared.rates
        if rates is None or self._shared.expected.knows(self._helo):
            return True
        return rates.take(self._peer, time.monotonic())

    @property
    def _forwards(self) -> bool:
        return self._is_front and self._shared.fronts.protocol is not FrontProtocol.PROXY

    def on_xforward(self, argument: str) -> Reply:
        """XFORWARD, as Postfix sends it: for whom the front speaks in the next transaction."""
        if not self._forwards:
            return Reply.UNKNOWN_COMMAND
        if self._mail is not None:
            return Reply.BAD_SEQUENCE
        forwarded = self._forwarded.with_argument(argument)
        if isinstance(forwarded, Reply):
            return forwarded
        self._forwarded = forwarded
        return Reply.CLIENT_NOTED

    def on_proxy(self, argument: str) -> Reply:
        """A PROXY header behind the greeting: behind it, in turn, is a stranger."""
        del argument
        return Reply.LATE_HEADER if self._is_front else Reply.UNKNOWN_COMMAND

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
        self.drop_mail()
        return Reply.FLUSHED

    def on_quit(self, argument: str) -> Reply:
        """QUIT."""
        return Reply.BAD_ARGUMENT if argument else Reply.BYE


def _always(reply: Reply) -> Callable[[Session, str], Reply]:
    return lambda _session, _argument: reply


_COMMANDS: Final[Mapping[str, Callable[[Session, str], Reply | None]]] = {
    "HELO": Session.on_helo,
    "EHLO": Session.on_ehlo,
    "MAIL": Session.on_mail,
    "RCPT": Session.on_rcpt,
    "RSET": Session.on_rset,
    "QUIT": Session.on_quit,
    "XFORWARD": Session.on_xforward,
    "PROXY": Session.on_proxy,
    "NOOP": _always(Reply.NOTHING_DONE),
    "HELP": _always(Reply.HELP),
    "VRFY": _always(Reply.CANNOT_VERIFY),
    "EXPN": _always(Reply.NOT_IMPLEMENTED),
    "AUTH": _always(Reply.NOT_IMPLEMENTED),
}
