"""Attachments are shown to a local clamd, over its own protocol (clamd(8), INSTREAM in IDSESSION).

In:  ``ClamdAddress``; in the worker a connected socket and the decoded bytes of each attachment.
Out: ``Scan``: clean, malware, suspect, or unscanned with the reason.
SECURITY: the main process connects, the worker speaks: decoded content never comes back, and the
     worker needs no network. What clamd answers is not believed beyond its grammar, bounded in
     length, and forgotten; of a signature's name only the family is looked at: heuristics and
     local rules also hit harmless letters, so what they find is ``suspect``, never ``malware``.
FAILS: never: down, slow, closed amid a stream, nonsense are ``unscanned``; once out of step with
     clamd the socket is given up for the rest of the message.
"""

from __future__ import annotations

import asyncio
import re
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final, Self

from rufgate.recognize.descriptors import pass_descriptors, taken_descriptor
from rufgate.sanitize.sanitized import Unscanned, Verdict
from rufgate.sanitize.scan import NoScanner, Scan, Scanner

CONNECT_WITHIN_S: Final = 1.0
_LENGTH: Final = struct.Struct("!L")
_CHUNK = 65_536
_MAX_REPLY = 4096
_REPLY: Final = re.compile(rb"(\d{1,9}): stream: (?:(OK)|([!-~]{1,200}) FOUND)")
_TOO_LARGE: Final = re.compile(rb"(?:\d{1,9}: )?INSTREAM size limit exceeded\. ERROR")
_ERROR: Final = re.compile(rb"[ -~]{0,300} ERROR")
_NO_PROOF: Final = (b"heuristics.", b"pua.", b"structured.", b"yara.")
_UNOFFICIAL: Final = b".unofficial"


@dataclass(frozen=True, kw_only=True, slots=True)
class ScanLimits:
    """How much of one message is shown to clamd."""

    time_limit_s: float = 5.0
    max_bytes: int = 26_214_400
    max_attachments: int = 20


@dataclass(frozen=True, slots=True)
class ClamdAddress:
    """A Unix socket's path, or a loopback address and port."""

    path: str | None = None
    host: str = ""
    port: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """``unix:/run/clamav/clamd.ctl`` or ``tcp:127.0.0.1:3310``; ``ValueError`` otherwise."""
        kind, _, rest = text.partition(":")
        if kind == "unix" and rest.startswith("/") and "\0" not in rest and len(rest) < 108:
            return cls(path=rest)
        host, _, port = rest.rpartition(":")
        bare = host.removeprefix("[").removesuffix("]")
        with suppress(ValueError):
            is_port = port.isascii() and port.isdecimal() and 0 < int(port) < 65_536
            if kind == "tcp" and is_port and ip_address(bare).is_loopback:
                return cls(host=bare, port=int(port))
        raise ValueError("write unix:/run/clamav/clamd.ctl or tcp:127.0.0.1:3310: loopback only")

    async def connect(self) -> socket.socket | None:
        """A connected socket; None where clamd is not there."""
        family = socket.AF_UNIX if self.path else socket.AF_INET6 if ":" in self.host else None
        made = socket.socket(family or socket.AF_INET, socket.SOCK_STREAM)
        made.setblocking(False)
        try:
            async with asyncio.timeout(CONNECT_WITHIN_S):
                target = self.path or (self.host, self.port)
                await asyncio.get_running_loop().sock_connect(made, target)
        except OSError:  # TimeoutError is an OSError
            made.close()
            return None
        except BaseException:
            made.close()
            raise
        return made


@dataclass(frozen=True, kw_only=True, slots=True)
class Clamd:
    """Where it is, and how much it is shown."""

    address: ClamdAddress
    limits: ScanLimits = ScanLimits()


def lent_scanner(tasks: socket.socket, limits: ScanLimits, why_not: Unscanned) -> Scanner:
    """In the worker: on the connection that the main process hands over with one byte."""
    descriptor = taken_descriptor(tasks)
    if descriptor is None:
        return NoScanner(why_not)
    return ClamdScanner(socket.socket(fileno=descriptor), limits)


async def lend(tasks: socket.socket, connection: socket.socket | None) -> None:
    """In the main process: hand ``connection`` over, or say that there is none; closes ours."""
    try:
        await pass_descriptors(tasks, [connection.fileno()] if connection is not None else [])
    finally:
        if connection is not None:
            connection.close()


class ClamdScanner:
    """Speaks to clamd over one connection, for one message."""

    def __init__(self, connection: socket.socket, limits: ScanLimits) -> None:
        self._connection = connection
        self._limits = limits
        self._until = time.monotonic() + limits.time_limit_s
        self._scanned = 0
        self._lost: Unscanned | None = None

    def scan(self, pieces: Iterator[bytes]) -> Scan:
        """One attachment. A stream that is cut at the size limit may still show malware."""
        if self._lost is not None:
            return Scan(Verdict.UNSCANNED, self._lost)
        if self._scanned >= self._limits.max_attachments:
            return Scan(Verdict.UNSCANNED, Unscanned.TOO_MANY)
        self._scanned += 1
        try:
            is_whole = self._stream(pieces)
            found = self._verdict(self._reply())
        except TimeoutError:
            return self._give_up(Unscanned.TIME_LIMIT)
        except (OSError, EOFError):
            return self._give_up(self._last_words())
        if found.verdict is Verdict.CLEAN and not is_whole:
            return Scan(Verdict.UNSCANNED, Unscanned.TOO_LARGE)
        return found

    def close(self) -> None:
        """Let go of the connection; clamd forgets the session."""
        self._connection.close()

    def _stream(self, pieces: Iterator[bytes]) -> bool:
        """Send it chunk by chunk; whether all of it went."""
        self._send(b"zINSTREAM\0" if self._scanned > 1 else b"zIDSESSION\0zINSTREAM\0")
        left, is_whole = self._limits.max_bytes, True
        for piece in pieces:
            if not piece:
                continue
            part = piece[:left]
            for at in range(0, len(part), _CHUNK):
                chunk = part[at : at + _CHUNK]
                self._send(_LENGTH.pack(len(chunk)) + chunk)
            left -= len(part)
            if len(part) < len(piece):
                is_whole = False
                break
        self._send(_LENGTH.pack(0))
        return is_whole

    def _send(self, data: bytes) -> None:
        self._connection.settimeout(self._time_left())
        self._connection.sendall(data)

    def _reply(self) -> bytes:
        """Up to the NUL that ends it; what comes behind that would be an answer to nothing."""
        reply = b""
        while not reply.endswith(b"\0"):
            self._connection.settimeout(self._time_left())
            piece = self._connection.recv(_MAX_REPLY + 1 - len(reply))
            if not piece:
                raise EOFError
            reply += piece
            if len(reply) > _MAX_REPLY:
                break
        return reply

    def _time_left(self) -> float:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def _verdict(self, reply: bytes) -> Scan:
        line = reply.removesuffix(b"\0")
        found = _REPLY.fullmatch(line)
        if found is not None and int(found[1]) == self._scanned:
            return Scan(Verdict.CLEAN if found[2] else _of_signature(found[3]))
        return self._give_up(_failure(line))

    def _last_words(self) -> Unscanned:
        """clamd says why and closes while we still write: its answer may be there to be read."""
        with suppress(OSError, EOFError):
            return _failure(self._reply().removesuffix(b"\0"))
        return Unscanned.LOST

    def _give_up(self, why: Unscanned) -> Scan:
        self._lost = Unscanned.LOST if why in (Unscanned.TOO_LARGE, Unscanned.REFUSED) else why
        with suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)
        return Scan(Verdict.UNSCANNED, why)


def _of_signature(name: bytes) -> Verdict:
    lower = name.lower()
    if lower.startswith(_NO_PROOF) or lower.endswith(_UNOFFICIAL):
        return Verdict.SUSPECT
    return Verdict.MALWARE


def _failure(line: bytes) -> Unscanned:
    if _TOO_LARGE.fullmatch(line):
        return Unscanned.TOO_LARGE
    return Unscanned.REFUSED if _ERROR.fullmatch(line) else Unscanned.NONSENSE
