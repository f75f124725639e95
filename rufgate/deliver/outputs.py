"""Receivers of events: whoever takes a finished line or body.

In:  an event's id, its bytes, what it is.
Out: ``Delivered``, ``Deferred`` or ``Refused``.
SECURITY: see ``webhook.py`` and ``syslog.py``.
FAILS: never by exception for what a network may do.
"""

from __future__ import annotations

import asyncio
import ssl
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Final, Protocol

from rufgate.deliver.courier import (
    Courier,
    Deferred,
    Delivered,
    OutboundCopy,
    Outcome,
    Refused,
)
from rufgate.deliver.syslog import (
    Header,
    SyslogTarget,
    is_too_long,
    message_of,
    reason_of,
    send_syslog,
)

_LOCAL0: Final = 16 * 8
_WARNING: Final = 4
_INFORMATIONAL: Final = 6


class Receiver(Protocol):
    """Another tool."""

    async def send(self, event_id: str, body: bytes, at: datetime, *, is_alert: bool) -> Outcome:
        """Hand it over."""
        ...


class MailReceiver:
    """Mails through the relay, as copies leave; the first line is the subject."""

    def __init__(self, courier: Courier, *, sender: str, recipient: str) -> None:
        self._courier = courier
        self._sender: Final = sender
        self._recipient: Final = recipient

    async def send(self, event_id: str, body: bytes, at: datetime, *, is_alert: bool) -> Outcome:
        """Taken by the next server; a repeat has the same Message-ID."""
        del is_alert
        subject, _, text = body.decode().partition("\n")
        mail = EmailMessage()
        mail["From"], mail["To"] = self._sender, self._recipient
        mail["Subject"] = " ".join(subject.split())
        mail["Date"] = format_datetime(at.astimezone(UTC))
        mail["Message-ID"] = f"<{event_id}@{self._sender.rpartition('@')[2]}>"
        mail["Auto-Submitted"] = "auto-generated"  # RFC 3834
        mail.set_content(text)
        content = mail.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        return await self._courier.send(OutboundCopy(address=self._recipient, content=content))


class SyslogReceiver:
    """Takes messages of RFC 5424; by UDP and sockets of the machine nobody says that it did.

    ``ca_file`` is for a receiver by TLS with a private certification authority.
    """

    def __init__(self, target: SyslogTarget, hostname: str, *, ca_file: Path | None = None) -> None:
        self._target: Final = target
        self._hostname: Final = hostname
        self._tls: Final = ssl.create_default_context(cafile=ca_file) if target.is_tls else None

    async def send(self, event_id: str, body: bytes, at: datetime, *, is_alert: bool) -> Outcome:
        """One message; what is too long for a datagram is refused."""
        del event_id  # it stands in the body
        severity = _WARNING if is_alert else _INFORMATIONAL
        kind = "alert" if is_alert else "report"
        head = Header(priority=_LOCAL0 + severity, hostname=self._hostname, kind=kind)
        try:
            message = message_of(head, at, body.decode())
            await asyncio.to_thread(send_syslog, self._target, message, self._tls)
        except OSError as error:
            return Refused("too_long") if is_too_long(error) else Deferred(reason_of(error))
        return Delivered()
