"""Carries one copy to one analyst by SMTP, and says how that ended.

In:  an ``OutboundCopy``: finished bytes and the address they are for.
Out: ``Delivered``, ``Deferred`` or ``Refused``; the reason is a code of ours or an SMTP status
     code, never a word of the remote server (it may quote addresses).
SECURITY: ``required`` means STARTTLS with a certificate valid for the host, or nothing is sent.
     One recipient per transaction, so that analysts do not see each other.
FAILS: never by exception for what a network or a server may do.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, Literal, Protocol

import aiosmtplib

from rufgate.deliver.routes import Route, UnknownDomain, UnknownYet, mail_routes
from rufgate.deliver.sessions import SessionPlan, Sessions

KEPT: Final = SessionPlan()
NOTHING_KEPT: Final = SessionPlan(kept=0)
_STATUS: Final = re.compile(r"([245]\.\d{1,3}\.\d{1,3})\b")  # RFC 3463 section 2
_DOT_STRING: Final = r"[\w!#$%&'*+/=?^`{|}~.-]+"
_QUOTED_STRING: Final = r'"(?:[ !#-\[\]-~]|\\[ -~])*"'
_PATH: Final = re.compile(  # RFC 5321 section 4.1.2
    rf"(?:{_DOT_STRING}|{_QUOTED_STRING})@(?:[\w.-]+|\[[\w.:]+\])", re.ASCII
)
_TLS_PORT: Final = 465  # RFC 8314 section 3.3: TLS from the first byte


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class OutboundCopy:
    """A finished copy and the address it is for."""

    address: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Delivered:
    """The next server has taken responsibility (RFC 5321 section 4.2.5)."""


@dataclass(frozen=True, slots=True)
class Deferred:
    """Not now."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Not ever, by the server's word."""

    reason: str


Outcome = Delivered | Deferred | Refused


class Courier(Protocol):
    """Whoever can carry a copy."""

    async def send(self, item: OutboundCopy) -> Outcome:
        """Carry ``item``; never raises for what a network may do."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class RelayConfig:
    """The ``[forward]`` of the configuration.

    ``relay`` is ``host:port`` (25 where no port is given), or "" for each address's own mail
    exchanger. ``sender`` is the envelope sender: "" for the null sender, else an address for
    bounces that nobody parses as a report.
    """

    hostname: str
    relay: str = ""
    tls: Literal["required", "opportunistic", "none"] = "required"
    sender: str = ""
    username: str | None = None
    password: str | None = None
    timeout_s: float = 120.0  # for each answer

    def __post_init__(self) -> None:
        """Refuse to hand a password to a server that is not verified."""
        if self.username is not None and self.tls != "required":
            raise ValueError("a login at the relay needs tls = required")


Resolve = Callable[[str], Awaitable[list[Route]]]


class SmtpCourier:
    """Sends through the relay, or directly where there is none."""

    def __init__(
        self,
        config: RelayConfig,
        *,
        trust: ssl.SSLContext | None = None,
        resolve: Resolve = mail_routes,
        keep: SessionPlan = NOTHING_KEPT,
    ) -> None:
        self._config = config
        self._context = trust or _tls_context(config)
        self._resolve = resolve
        self._sessions = Sessions(self._connected, keep)

    async def send(self, item: OutboundCopy) -> Outcome:
        """Try each route in turn until one answers for good."""
        return await self._transfer(item.content, self._config.sender, item.address)

    def destination(self, address: str) -> str:
        """Whose servers take copies for ``address``: as many at once as one place can take."""
        return "" if self._config.relay else address.rpartition("@")[2].lower()

    async def close(self) -> None:
        """Say goodbye to every server."""
        await self._sessions.close()

    async def pass_on(self, content: bytes, *, mail_from: str, recipient: str) -> Outcome:
        """Hand a mail for postmaster on while its sender waits; nothing of it is kept."""
        return await self._transfer(content, mail_from.strip("<>"), recipient)

    async def _transfer(self, content: bytes, mail_from: str, recipient: str) -> Outcome:
        if not (_is_path(recipient) and (mail_from == "" or _is_path(mail_from))):
            return Refused("5.1.3")
        try:
            routes = await self._routes(recipient)
        except UnknownDomain as unknown:
            return Refused(unknown.status)
        except UnknownYet:
            return Deferred("dns")
        outcome: Outcome = Deferred("dns")
        for route in routes:
            outcome = await self._attempt(route, content, mail_from, recipient)
            if not isinstance(outcome, Deferred):
                break
        return outcome

    async def _routes(self, recipient: str) -> list[Route]:
        if self._config.relay:
            return [Route.parse(self._config.relay)]
        return await self._resolve(recipient.rpartition("@")[2])

    async def _attempt(
        self, route: Route, content: bytes, mail_from: str, recipient: str
    ) -> Outcome:
        try:
            async with self._sessions.lend(route) as client:
                return await _said(client, content, mail_from, recipient)
        except aiosmtplib.SMTPException as error:
            return _outcome(error)
        except ssl.SSLError:
            return Deferred("tls")
        except TimeoutError:
            return Deferred("timeout")
        except OSError:
            return Deferred("connect")
        except ValueError:  # UnicodeError included: an address that cannot stand in a command
            return Refused("5.1.3")

    async def _connected(self, route: Route) -> aiosmtplib.SMTP:
        client = self._client(route)
        try:
            await client.connect()
            if self._config.username is not None:
                await client.login(self._config.username, self._config.password or "")
        except BaseException:
            client.close()
            raise
        return client

    def _client(self, route: Route) -> aiosmtplib.SMTP:
        config = self._config
        from_start = route.port == _TLS_PORT and config.tls != "none"
        # aiosmtplib's default, None, sends in clear where STARTTLS is not offered: that is
        # "opportunistic" and nothing else.
        upgrade = {"required": True, "opportunistic": None, "none": False}[config.tls]
        return aiosmtplib.SMTP(
            hostname=route.host,
            port=route.port,
            local_hostname=config.hostname,
            timeout=config.timeout_s,
            use_tls=from_start,
            start_tls=False if from_start else upgrade,
            tls_context=self._context,
        )


async def _said(client: aiosmtplib.SMTP, content: bytes, mail_from: str, recipient: str) -> Outcome:
    """What the server says to this copy. A refusal is no fault of the connection."""
    try:
        await client.sendmail(mail_from, [recipient], content)
    except (
        aiosmtplib.SMTPRecipientsRefused,
        aiosmtplib.SMTPSenderRefused,
        aiosmtplib.SMTPDataError,
    ) as error:
        return _outcome(error)
    return Delivered()


def _tls_context(config: RelayConfig) -> ssl.SSLContext:
    """Verified unless "opportunistic", where any encryption beats none (RFC 7435)."""
    context = ssl.create_default_context()
    if config.tls == "opportunistic":
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _is_path(address: str) -> bool:
    """Whether the address can stand in a command as it is.

    aiosmtplib repairs what it is given, and so might send to another address than was meant.
    """
    return bool(_PATH.fullmatch(address))


def _outcome(error: aiosmtplib.SMTPException) -> Deferred | Refused:
    """What the server's refusal means for this copy, as a code."""
    match error:
        case aiosmtplib.SMTPRecipientsRefused(recipients=[refusal, *_]):
            return _refusal(refusal)
        case aiosmtplib.SMTPSenderRefused() | aiosmtplib.SMTPDataError():
            return _refusal(error)
        case _:
            return Deferred(_trouble(error))


def _trouble(error: aiosmtplib.SMTPException) -> str:
    """What kept us from asking at all; none of it is the copy's fault, so none is final."""
    match error:
        case aiosmtplib.SMTPAuthenticationError():
            return "login"
        case aiosmtplib.SMTPResponseException():
            return _status(error)  # the greeting or HELO
        case aiosmtplib.SMTPTimeoutError():
            return "timeout"
        case ConnectionError():
            return "connect"
        case _:
            return "tls"  # STARTTLS is not offered


def _refusal(error: aiosmtplib.SMTPResponseException) -> Deferred | Refused:
    permanent = 500 <= error.code < 600
    return Refused(_status(error)) if permanent else Deferred(_status(error))


def _status(error: aiosmtplib.SMTPResponseException) -> str:
    """The enhanced status code, or the reply code: digits, never text."""
    found = _STATUS.match(error.message)
    return found[1] if found else str(error.code)
