"""The header of the PROXY protocol, versions 1 and 2: whom a front speaks for.

In:  the first bytes of a connection from a trusted front, as far as they are here.
Out: the client's address and how many bytes the header takes; or that more are needed.
SECURITY: read from trusted fronts only, once, before the greeting. The length is bounded, addresses
     and ports must be in the one form that the protocol's text allows; extensions are skipped.
FAILS: never; what is no header is ``NOT_A_HEADER``.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

UNKNOWN_V1: Final = b"PROXY UNKNOWN\r\n"  # what our own canary says where a header must be
_SIGNATURE: Final = b"\r\n\r\n\0\r\nQUIT\n"
_FIXED: Final = 16  # signature, version and command, family and protocol, length
MAX_HEADER: Final = 4096  # addresses take 216 at most; the rest is for extensions
_V1_START: Final = b"PROXY "
_V1_MAX: Final = 107  # with CR LF: section 2.1 of the protocol's text
_V1: Final = re.compile(rb"PROXY TCP([46]) ([0-9A-Fa-f.:]+) ([0-9A-Fa-f.:]+) (\d{1,5}) (\d{1,5})")
_PORT_MAX: Final = 65_535


class Incomplete(Enum):
    """Why there is no header."""

    MORE_NEEDED = auto()
    NOT_A_HEADER = auto()


@dataclass(frozen=True, slots=True)
class Header:
    """``client`` is "" where the front speaks for itself, or for somebody without an address."""

    client: str
    length: int


def read_header(data: bytes | bytearray) -> Header | Incomplete:
    """The header at the start of ``data``."""
    if data.startswith(_SIGNATURE):
        return _version_2(data)
    if data.startswith(_V1_START):
        return _version_1(data)
    could_be = _SIGNATURE.startswith(data) or _V1_START.startswith(data)
    return Incomplete.MORE_NEEDED if could_be else Incomplete.NOT_A_HEADER


def _version_1(data: bytes | bytearray) -> Header | Incomplete:
    end = data.find(b"\r\n", 0, _V1_MAX)
    if end < 0:
        return Incomplete.MORE_NEEDED if len(data) < _V1_MAX else Incomplete.NOT_A_HEADER
    line = bytes(data[:end])
    if line == b"PROXY UNKNOWN" or line.startswith(b"PROXY UNKNOWN "):
        return Header("", end + 2)
    match = _V1.fullmatch(line)
    if match is None or not (_is_port(match[4]) and _is_port(match[5])):
        return Incomplete.NOT_A_HEADER
    client, gate = _address(match[2], match[1]), _address(match[3], match[1])
    return Header(client, end + 2) if client and gate else Incomplete.NOT_A_HEADER


def _is_port(digits: bytes) -> bool:
    return int(digits) <= _PORT_MAX and (digits == b"0" or not digits.startswith(b"0"))


def _address(text: bytes, version: bytes) -> str:
    try:
        address = ipaddress.ip_address(text.decode("ascii"))
    except ValueError:
        return ""
    return str(address) if address.version == int(version) else ""


def _version_2(data: bytes | bytearray) -> Header | Incomplete:
    if len(data) < _FIXED:
        return Incomplete.MORE_NEEDED
    version_and_command, family = data[12], data[13]
    length = _FIXED + int.from_bytes(data[14:_FIXED], "big")
    if version_and_command not in (0x20, 0x21) or length > MAX_HEADER:
        return Incomplete.NOT_A_HEADER
    if len(data) < length:
        return Incomplete.MORE_NEEDED
    if version_and_command == 0x20:  # LOCAL: a health check of the front itself
        return Header("", length)
    return _proxied(bytes(data[_FIXED:length]), family, length)


def _proxied(block: bytes, family: int, length: int) -> Header | Incomplete:
    """The addresses, each client then gate; behind them ports and extensions."""
    match family:
        case 0x11 if len(block) >= 12:
            return Header(socket.inet_ntop(socket.AF_INET, block[:4]), length)
        case 0x21 if len(block) >= 36:
            return Header(socket.inet_ntop(socket.AF_INET6, block[:16]), length)
        case 0x00 | 0x31:  # unspecified, or a UNIX socket: there is no address
            return Header("", length)
        case _:
            return Incomplete.NOT_A_HEADER
