"""Questions to the DNS: bounded in number, size and time, and remembered for a while.

In:  names of the reporter's own message.
Out: ``Answer``: the values under a name, and whether there is such a name.
SECURITY: answers are other people's: at most 16 KiB of values each, a value over 4 KiB left out;
     512 are remembered, for an hour at most. 128 questions at once over all messages.
FAILS: ``DnsTrouble`` for all that may be different later, and for that alone.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from typing import Any, Final, Protocol, final

import dns.asyncresolver
import dns.exception
import dns.name
import dns.nameserver
import dns.resolver

_MAX_VALUES: Final = 16_384
_MAX_VALUE: Final = 4_096
_MAX_REMEMBERED: Final = 512
_LONGEST_S, _SHORTEST_S, _NOTHING_S = 3600.0, 30.0, 60.0
_AT_ONCE: Final = 128
_TRY_S, _GIVE_UP_S = 1.5, 4.0
_PORT: Final = 53
_UNSAYABLE: Final = (
    dns.name.LabelTooLong, dns.name.EmptyLabel, dns.name.NameTooLong, dns.name.BadEscape,
    UnicodeError,
)  # fmt: skip


class DnsTrouble(Exception):  # noqa: N818 - an outcome: ``temperror``
    """No answer was to be had."""


class Kind(StrEnum):
    """What is asked for. Values are text: records joined, addresses, host names, fields."""

    TXT = "TXT"
    A = "A"
    AAAA = "AAAA"
    MX = "MX"
    PTR = "PTR"
    TLSA = "TLSA"


@final
@dataclass(frozen=True, slots=True)
class Answer:
    """The values, in their order (MX: of preference)."""

    values: tuple[str, ...] = ()
    exists: bool = True


class Resolver(Protocol):
    """The DNS, or what a test puts in its place."""

    async def ask(self, name: str, kind: Kind) -> Answer:
        """What stands under ``name``; raises ``DnsTrouble``."""
        ...


def parse_name_server(text: str) -> tuple[str, int]:
    """Address and port of ``192.0.2.53``, ``192.0.2.53:5353`` or ``[2001:db8::53]:53``."""
    host, port = text, ""
    if text.startswith("["):
        host, _, port = text[1:].partition("]")
        port = port.removeprefix(":")
    elif text.count(":") == 1:
        host, _, port = text.partition(":")
    number = int(port or _PORT)
    if not 0 < number < 65_536:
        raise ValueError
    return str(ip_address(host)), number


@final
class DnsResolver:
    """The name servers of the configuration, else those of the system."""

    def __init__(
        self,
        servers: Sequence[tuple[str, int]] = (),
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._monotonic = monotonic
        self._remembered: OrderedDict[tuple[str, Kind], tuple[float, Answer]] = OrderedDict()
        self._places = asyncio.Semaphore(_AT_ONCE)
        self._dns = _configured(servers)

    async def ask(self, name: str, kind: Kind) -> Answer:
        """From memory, else from a name server."""
        key = (name.rstrip(".").lower(), kind)
        known = self._remembered.get(key)
        if known is not None and known[0] > self._monotonic():
            return known[1]
        async with self._places:
            answer, lifetime_s = await self._look_up(*key)
        self._remembered[key] = (self._monotonic() + lifetime_s, answer)
        self._remembered.move_to_end(key)
        if len(self._remembered) > _MAX_REMEMBERED:
            self._remembered.popitem(last=False)
        return answer

    async def _look_up(self, name: str, kind: Kind) -> tuple[Answer, float]:
        if self._dns is None:
            raise DnsTrouble
        try:
            found = await self._dns.resolve(
                f"{name}.", kind.value, search=False, raise_on_no_answer=False
            )
        except (dns.resolver.NXDOMAIN, *_UNSAYABLE):
            return Answer(exists=False), _NOTHING_S
        except (dns.exception.DNSException, OSError, EOFError, ValueError):
            raise DnsTrouble from None
        if found.rrset is None:
            return Answer(), _NOTHING_S
        lifetime_s = min(max(float(found.rrset.ttl), _SHORTEST_S), _LONGEST_S)
        return Answer(tuple(_bounded(_values(kind, found.rrset)))), lifetime_s


def _configured(servers: Sequence[tuple[str, int]]) -> dns.asyncresolver.Resolver | None:
    """None where neither configuration nor system names a server: then all is trouble."""
    try:
        found = dns.asyncresolver.Resolver(configure=not servers)
    except (dns.exception.DNSException, OSError):
        return None
    if servers:
        found.nameservers = [
            dns.nameserver.Do53Nameserver(address, port) for address, port in servers
        ]
    found.timeout, found.lifetime = _TRY_S, _GIVE_UP_S
    found.use_edns(0, 0, 1232)
    return found


def _values(kind: Kind, records: Any) -> Iterator[str]:  # noqa: ANN401 - dnspython's own types
    if kind is Kind.MX:
        records = sorted(records, key=lambda record: int(record.preference))
    yield from map(_TEXT_OF[kind], records)


_TEXT_OF: Final[dict[Kind, Callable[[Any], str]]] = {
    Kind.TXT: lambda record: b"".join(record.strings).decode("latin-1"),
    Kind.MX: lambda record: record.exchange.to_text(omit_final_dot=True).lower(),
    Kind.PTR: lambda record: record.target.to_text(omit_final_dot=True).lower(),
    Kind.A: lambda record: record.address,
    Kind.AAAA: lambda record: record.address,
    Kind.TLSA: lambda record: record.to_text(),
}


def _bounded(values: Iterator[str]) -> Iterator[str]:
    total = 0
    for value in values:
        if len(value) > _MAX_VALUE:
            continue
        total += len(value) + 1
        if total > _MAX_VALUES:
            return
        yield value


@final
class OneMessage:
    """The questions about one message: each asked once, and so many in all."""

    def __init__(self, resolver: Resolver, most: int = 100) -> None:
        self._resolver = resolver
        self._left = most
        self._asked: dict[tuple[str, Kind], asyncio.Task[Answer]] = {}

    async def ask(self, name: str, kind: Kind) -> Answer:
        """As ``Resolver``; past the limit all is trouble."""
        key = (name.rstrip(".").lower(), kind)
        task = self._asked.get(key)
        if task is None:
            if self._left <= 0:
                raise DnsTrouble
            self._left -= 1
            task = self._asked[key] = asyncio.ensure_future(self._resolver.ask(*key))
        return await asyncio.shield(task)

    async def close(self) -> None:
        """Ask no more; what is under way is given up."""
        for task in self._asked.values():
            task.cancel()
        await asyncio.gather(*self._asked.values(), return_exceptions=True)
