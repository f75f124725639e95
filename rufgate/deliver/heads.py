"""Carries signed heads of the audit log to where this machine's users cannot change them.

In:  one line; a file, a syslog receiver, or an address.
Out: nothing; it has been written, sent, or taken by the relay.
SECURITY: a line holds a number, a MAC, a time and a signature. The file is only appended to; the
     address is the configuration's.
FAILS: ``NotCarried``, with a code that says why. Syslog over UDP or a socket of the machine's own
     gives no receipt.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Final, Protocol

from rufgate.deliver.courier import Courier, Deferred, Delivered, OutboundCopy, Refused
from rufgate.deliver.syslog import Header, SyslogTarget, message_of, reason_of, send_syslog

_PRIORITY: Final = 13 * 8 + 5  # RFC 5424 section 6.2.1: log audit, notice
_MODE: Final = 0o640


class NotCarried(Exception):  # noqa: N818 - names an outcome
    """Not now; ``str()`` is a code."""


class Carrier(Protocol):
    """Whoever takes a line elsewhere."""

    @property
    def kind(self) -> str:
        """One word for the log."""
        ...

    async def carry(self, line: str, sequence: int, at: datetime) -> None:
        """Take ``line``; ``NotCarried`` where that does not work now."""
        ...


class FileCarrier:
    """Appends to a file: on another machine's disk, or one that can only be appended to."""

    kind: Final = "file"

    def __init__(self, path: Path) -> None:
        self._path: Final = path

    async def carry(self, line: str, sequence: int, at: datetime) -> None:
        """On disk when this returns."""
        del sequence, at
        try:
            await asyncio.to_thread(self._append, f"{line}\n".encode())
        except OSError as error:
            raise NotCarried(type(error).__name__) from None

    def _append(self, content: bytes) -> None:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC
        descriptor = os.open(self._path, flags, _MODE)
        try:
            os.write(descriptor, content)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


class SyslogCarrier:
    """Sends one message of RFC 5424."""

    kind: Final = "syslog"

    def __init__(self, target: SyslogTarget, hostname: str) -> None:
        self._target: Final = target
        self._hostname: Final = hostname

    async def carry(self, line: str, sequence: int, at: datetime) -> None:
        """Sent; only TCP and TLS know that somebody listened."""
        del sequence
        head = Header(priority=_PRIORITY, hostname=self._hostname, kind="audit_head")
        try:
            await asyncio.to_thread(send_syslog, self._target, message_of(head, at, line))
        except OSError as error:
            raise NotCarried(reason_of(error)) from None


class MailCarrier:
    """Mails the line through the relay, as copies leave."""

    kind: Final = "mail"

    def __init__(
        self, courier: Courier, *, sender: str, recipient: str, new_id: Callable[[], str]
    ) -> None:
        self._courier = courier
        self._sender: Final = sender
        self._recipient: Final = recipient
        self._new_id = new_id

    async def carry(self, line: str, sequence: int, at: datetime) -> None:
        """Taken by the next server."""
        copy = OutboundCopy(address=self._recipient, content=self._mail(line, sequence, at))
        match await self._courier.send(copy):
            case Delivered():
                return
            case Refused(reason) | Deferred(reason):
                raise NotCarried(reason)

    def _mail(self, line: str, sequence: int, at: datetime) -> bytes:
        mail = EmailMessage()
        mail["From"], mail["To"] = self._sender, self._recipient
        mail["Subject"] = f"Head {sequence} of the audit log"
        mail["Date"] = format_datetime(at.astimezone(UTC))
        mail["Message-ID"] = f"<{self._new_id()}@{self._sender.rpartition('@')[2]}>"
        mail["Auto-Submitted"] = "auto-generated"  # RFC 3834
        mail.set_content(
            "Keep this line. With it, and the gate's public key, `rufgate audit verify --heads` "
            f"shows\nwhether the end of the audit log was cut off.\n\n{line}\n",
            cte="7bit",  # a line stays one line
        )
        return mail.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
