"""Messages of RFC 5424, by the socket of the machine, UDP, TCP, or TLS (RFC 5425).

In:  a target, a line of text.
Out: nothing; it has been handed over. Only TCP and TLS know that somebody listened.
SECURITY: what would begin another message or field is not in a line: control characters are left
     out. ``tls:`` means a certificate that is valid for the host, or nothing is sent: there is no
     way back to plain text. The others are not encrypted, and belong in a network of one's own.
FAILS: ``OSError``; ``reason_of`` names it.
"""

from __future__ import annotations

import errno
import os
import socket
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Self

from rufgate.deliver.routes import Route
from rufgate.deliver.syslog_tls import send_by_tls

_TIMEOUT_S: Final = 10.0
_PORTS: Final = {"udp": 514, "tcp": 514, "tls": 6514}
_FORMS: Final = (
    "write unix:/dev/log, udp:192.0.2.7:514, tcp:log.example.org:601 or tls:log.example.org:6514"
)


@dataclass(frozen=True, slots=True)
class SyslogTarget:
    """``unix:/dev/log``, or ``udp:``, ``tcp:`` or ``tls:`` and ``host:port``."""

    transport: str
    path: str = ""
    route: Route | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """``ValueError`` for anything else."""
        transport, colon, rest = text.partition(":")
        if not colon or not rest or transport not in {"unix", *_PORTS}:
            raise ValueError(_FORMS)
        if transport == "unix":
            if not rest.startswith("/"):
                raise ValueError("write the whole path of the socket: unix:/dev/log")
            return cls(transport, path=rest)
        if "/" in rest:
            raise ValueError("write host and port alone: udp:192.0.2.7:514")
        has_port = rest.rpartition(":")[2].isdecimal()
        return cls(
            transport, route=Route.parse(rest if has_port else f"{rest}:{_PORTS[transport]}")
        )

    @property
    def is_tls(self) -> bool:
        """Whether it is sent encrypted, to whom the certificate names."""
        return self.transport == "tls"


@dataclass(frozen=True, kw_only=True, slots=True)
class Header:
    """What stands before the text: section 6.2."""

    priority: int
    hostname: str
    kind: str  # MSGID


def message_of(header: Header, at: datetime, text: str) -> bytes:
    """One message."""
    time = at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    line = "".join(char if char.isprintable() else " " for char in text)
    said = f"<{header.priority}>1 {time} {header.hostname} rufgate {os.getpid()} {header.kind} - "
    return f"{said}{line}".encode("utf-8", "replace")


def send_syslog(
    target: SyslogTarget, message: bytes, context: ssl.SSLContext | None = None
) -> None:
    """Hand it over; ``context`` says whose certificates count, else those of the system do."""
    if target.route is None:
        _send_locally(target.path, message)
    elif target.transport == "udp":
        _send_datagram(target.route, message)
    else:
        framed = b"%d %s" % (len(message), message)  # RFC 5425 section 4.3, RFC 6587 section 3.4.1
        where = target.route.host, target.route.port
        with socket.create_connection(where, timeout=_TIMEOUT_S) as connection:
            if target.is_tls:
                send_by_tls(
                    connection, target.route.host, framed, context or ssl.create_default_context()
                )
            else:
                connection.sendall(framed)


def reason_of(error: OSError) -> str:
    """A code for the log; never the error's text, which may quote the peer."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return "certificate"
    return "tls" if isinstance(error, ssl.SSLError) else type(error).__name__


def is_too_long(error: OSError) -> bool:
    """Whether no datagram of that size can ever be sent there."""
    return error.errno == errno.EMSGSIZE


def _send_locally(path: str, message: bytes) -> None:
    """A datagram as syslog daemons take it."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as local:
        local.settimeout(_TIMEOUT_S)
        local.connect(path)
        local.sendall(message)


def _send_datagram(route: Route, message: bytes) -> None:
    found = socket.getaddrinfo(route.host, route.port, type=socket.SOCK_DGRAM)
    family, kind, protocol, _, where = found[0]
    with socket.socket(family, kind, protocol) as sender:
        sender.sendto(message, where)
