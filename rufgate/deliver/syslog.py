"""Messages of RFC 5424, by the socket of the machine, UDP or TCP.

In:  a target, a line of text.
Out: nothing; it has been handed over. Only TCP knows that somebody listened.
SECURITY: what would begin another message or field is not in a line: control characters are left
     out. Nothing is encrypted: a receiver on another machine belongs in a network of one's own.
FAILS: ``OSError``.
"""

from __future__ import annotations

import errno
import os
import socket
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Self

from rufgate.deliver.routes import Route

_TIMEOUT_S: Final = 10.0
_PORT: Final = 514


@dataclass(frozen=True, slots=True)
class SyslogTarget:
    """``unix:/dev/log``, ``udp:host:port`` or ``tcp:host:port``."""

    transport: str
    path: str = ""
    route: Route | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """``ValueError`` for anything else."""
        transport, colon, rest = text.partition(":")
        if not colon or not rest or transport not in {"unix", "udp", "tcp"}:
            raise ValueError("write unix:/dev/log, udp:192.0.2.7:514 or tcp:log.example.org:601")
        if transport == "unix":
            if not rest.startswith("/"):
                raise ValueError("write the whole path of the socket: unix:/dev/log")
            return cls(transport, path=rest)
        if "/" in rest:
            raise ValueError("write host and port alone: udp:192.0.2.7:514")
        has_port = rest.rpartition(":")[2].isdecimal()
        return cls(transport, route=Route.parse(rest if has_port else f"{rest}:{_PORT}"))


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


def send_syslog(target: SyslogTarget, message: bytes) -> None:
    """Hand it over."""
    if target.route is None:
        _send_locally(target.path, message)
    elif target.transport == "tcp":
        where = target.route.host, target.route.port
        with socket.create_connection(where, timeout=_TIMEOUT_S) as connection:
            connection.sendall(b"%d %s" % (len(message), message))  # RFC 6587 section 3.4.1
    else:
        _send_datagram(target.route, message)


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
