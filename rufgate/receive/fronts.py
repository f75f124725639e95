"""Trusted fronts: who may say for whom it speaks, and what it says with XFORWARD.

In:  the configured networks; the argument of XFORWARD.
Out: whether an address is a front's; the client's address and name that a front vouches for.
SECURITY: nothing here is asked of anybody else. A front must be one that always sends the PROXY
     header, or a mail server that alone speaks SMTP to us: a plain forwarder would let strangers
     speak as a front. See docs/decisions/0008.
FAILS: never; a malformed argument is a reply.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from rufgate.receive.replies import Reply

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

XFORWARD_WORDS: Final = "XFORWARD NAME ADDR PROTO HELO SOURCE PORT IDENT"
_NAMES: Final = frozenset(XFORWARD_WORDS.split()[1:])
_XTEXT: Final = re.compile(r"(?:[\x21-\x2a\x2c-\x3c\x3e-\x7e]|\+[0-9A-Fa-f]{2})+")  # RFC 3461
_ESCAPE: Final = re.compile(r"\+([0-9A-Fa-f]{2})")
_UNAVAILABLE: Final = frozenset({"[UNAVAILABLE]", "[TEMPUNAVAIL]"})
_MAX_VALUE: Final = 255


class FrontProtocol(Enum):
    """How fronts say for whom they speak."""

    EITHER = "either"
    """A PROXY header that is there before the greeting, else XFORWARD."""
    PROXY = "proxy"
    XFORWARD = "xforward"


class Fronts:
    """The fronts of one server; none by default."""

    def __init__(
        self, networks: Iterable[Network] = (), protocol: FrontProtocol = FrontProtocol.EITHER
    ) -> None:
        self._networks: Final = tuple(networks)
        self.protocol: Final = protocol

    def holds(self, address: str) -> bool:
        """Is ``address`` a front's?"""
        if not self._networks:
            return False
        try:
            parsed = ipaddress.ip_address(address.partition("%")[0])
        except ValueError:
            return False
        if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
            parsed = parsed.ipv4_mapped
        return any(parsed in network for network in self._networks)

    def opens_with_header(self, address: str) -> bool:
        """May a connection from ``address`` start with a PROXY header?"""
        return self.protocol is not FrontProtocol.XFORWARD and self.holds(address)


def parse_network(text: str) -> Network:
    """A network, or a single address; ``ValueError`` for anything else."""
    return ipaddress.ip_network(text, strict=True)


@dataclass(frozen=True, slots=True)
class Forwarded:
    """What a front said of the client of the next message; None where it did not."""

    address: str | None = None
    helo: str | None = None

    def with_argument(self, argument: str) -> Forwarded | Reply:
        """After one XFORWARD command more: each adds to the one before."""
        known = self
        for word in argument.split():
            name, equals, value = word.partition("=")
            if not equals or name.upper() not in _NAMES or not _XTEXT.fullmatch(value):
                return Reply.BAD_ARGUMENT
            known = known._with(name.upper(), _decoded(value))
        return known if argument else Reply.BAD_ARGUMENT

    def _with(self, name: str, value: str | None) -> Forwarded:
        match name:
            case "ADDR":
                return replace(self, address=_address(value))
            case "HELO":
                return replace(self, helo=value)
            case _:
                return self


def _decoded(xtext: str) -> str | None:
    """None where the front does not know, or where it is nothing a client could have said."""
    if xtext.upper() in _UNAVAILABLE:
        return None
    value = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), xtext)
    fits = len(value) <= _MAX_VALUE and value.isascii() and value.isprintable()
    return value if fits else None


def _address(value: str | None) -> str | None:
    """An IPv6 address is written as in an address literal: ``IPV6:2001:db8::1``."""
    if value is None:
        return None
    text = value[5:] if value[:5].upper() == "IPV6:" else value
    try:
        return str(ipaddress.ip_address(text.partition("%")[0]))
    except ValueError:
        return None
