"""SPF: may this client send for this domain? (RFC 7208)

In:  the client's address, the domain of MAIL FROM or HELO, a resolver.
Out: one of the seven results.
SECURITY: at most 10 terms that ask the DNS, 2 of them in vain, 10 hosts for each (section 4.6.4).
     No local part is ever part of a name. ``exp`` is not fetched.
FAILS: never; trouble with the DNS is ``temperror``.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final

from rufgate.receive.authenticity.resolver import Answer, DnsTrouble, Kind, Resolver
from rufgate.receive.authenticity.spf_record import (
    BadRecord,
    Client,
    Macros,
    Mechanism,
    SpfRecord,
    expand,
    is_spf,
    parse_record,
)
from rufgate.sanitize.verdicts import SpfResult

_MAX_LOOKUPS: Final = 10
_MAX_VOID: Final = 2
_MAX_HOSTS: Final = 10


async def check_host(client: Client, domain: str, helo: str, resolver: Resolver) -> SpfResult:
    """The result for ``domain`` as the sender's domain."""
    if isinstance(client, IPv6Address) and client.ipv4_mapped:
        client = client.ipv4_mapped
    macros = Macros(client=client, helo=helo, sender_domain=domain)
    try:
        return await _Evaluation(macros, resolver).check(domain)
    except DnsTrouble:
        return SpfResult.TEMPERROR
    except BadRecord:
        return SpfResult.PERMERROR


class _Evaluation:
    """One evaluation with its counts, over all records that it passes."""

    def __init__(self, macros: Macros, resolver: Resolver) -> None:
        self._macros = macros
        self._client = macros.client
        self._resolver = resolver
        self._lookups = 0
        self._void = 0

    async def check(self, domain: str) -> SpfResult:
        """check_host() of section 4. Recursion ends with the look-ups."""
        record = await self._record(domain)
        if record is None:
            return SpfResult.NONE
        for mechanism in record.mechanisms:
            if await self._matches(mechanism, domain):
                return mechanism.result
        if record.redirect is None:
            return SpfResult.NEUTRAL
        self._count()
        result = await self.check(expand(record.redirect, domain, self._macros))
        if result is SpfResult.NONE:
            raise BadRecord
        return result

    async def _record(self, domain: str) -> SpfRecord | None:
        answer = await self._resolver.ask(domain, Kind.TXT)
        found = [text for text in answer.values if is_spf(text)]
        if len(found) > 1:
            raise BadRecord
        return parse_record(found[0]) if found else None

    async def _matches(self, mechanism: Mechanism, domain: str) -> bool:
        if mechanism.name in ("all", "ip4", "ip6"):
            return mechanism.network is None or self._client in mechanism.network
        self._count()
        target = expand(mechanism.domain, domain, self._macros) if mechanism.domain else domain
        match mechanism.name:
            case "include":
                return await self._includes(target)
            case "exists":
                return bool((await self._ask(target, Kind.A)).values)
            case "ptr":
                return await self._points(target)
        for host in await self._hosts(mechanism, target):
            if await self._is_of(host, mechanism):
                return True
        return False

    async def _hosts(self, mechanism: Mechanism, target: str) -> tuple[str, ...]:
        """The hosts of ``a`` and ``mx``; a null MX (RFC 7505) is none."""
        if mechanism.name == "a":
            return (target,)
        hosts = (await self._ask(target, Kind.MX)).values
        if len(hosts) > _MAX_HOSTS:
            raise BadRecord
        return tuple(filter(None, (host.rstrip(".") for host in hosts)))

    async def _includes(self, target: str) -> bool:
        """Section 5.2."""
        result = await self.check(target)
        if result is SpfResult.NONE:
            raise BadRecord
        return result is SpfResult.PASS

    async def _is_of(self, host: str, mechanism: Mechanism) -> bool:
        """Whether the client is one of the addresses of ``host``, or in their networks."""
        kind, size = (Kind.A, 32) if isinstance(self._client, IPv4Address) else (Kind.AAAA, 128)
        shift = size - mechanism.bits[size == 128]
        answer = await self._ask(host, kind)
        return any(int(ip_address(text)) >> shift == int(self._client) >> shift
                   for text in answer.values)  # fmt: skip

    async def _points(self, target: str) -> bool:
        """Section 5.5. Trouble is no match here; only names that could match are checked."""
        wanted = target.rstrip(".").lower()
        try:
            names = (await self._ask(self._client.reverse_pointer, Kind.PTR)).values
        except DnsTrouble:
            return False
        same = Mechanism(name="ptr", result=SpfResult.PASS)
        for name in names[:_MAX_HOSTS]:
            if name == wanted or name.endswith(f".{wanted}"):
                try:
                    if await self._is_of(name, same):
                        return True
                except DnsTrouble:
                    continue
        return False

    def _count(self) -> None:
        self._lookups += 1
        if self._lookups > _MAX_LOOKUPS:
            raise BadRecord

    async def _ask(self, name: str, kind: Kind) -> Answer:
        answer = await self._resolver.ask(name, kind)
        if not answer.values:
            self._void += 1
            if self._void > _MAX_VOID:
                raise BadRecord
        return answer
