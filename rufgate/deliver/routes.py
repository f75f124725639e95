"""Which hosts take mail for a domain (RFC 5321 section 5.1).

In:  a domain, or ``host:port`` of the configuration.
Out: ``Route`` values in order of preference.
FAILS: ``UnknownDomain`` where the domain takes no mail, ``UnknownYet`` where DNS does not answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self

import dns.asyncresolver
import dns.exception
import dns.name
import dns.rdatatype
import dns.resolver
from dns.rdtypes.ANY.MX import MX

_LIFETIME_S: Final = 15.0
_MAX_HOSTS: Final = 5
_SMTP_PORT: Final = 25


class UnknownDomain(Exception):  # noqa: N818 - an answer of DNS, which the courier turns into an outcome
    """The domain does not exist, or says that it takes no mail; ``status`` is RFC 3463's code."""

    def __init__(self, status: str) -> None:
        super().__init__(status)
        self.status = status


class UnknownYet(Exception):  # noqa: N818 - as above
    """No answer from DNS; ask again later."""


@dataclass(frozen=True, slots=True)
class Route:
    """A host and a port."""

    host: str
    port: int = _SMTP_PORT

    @classmethod
    def parse(cls, text: str) -> Self:
        """``host``, ``host:port`` or ``[2001:db8::1]:port``; ``ValueError`` for anything else."""
        host, colon, port = text.strip().rpartition(":")
        if not colon or text.rstrip().endswith("]"):
            host, port = text.strip(), str(_SMTP_PORT)
        host = host.removeprefix("[").removesuffix("]")
        if not host or not port.isdecimal() or not 0 < int(port) < 65536:
            raise ValueError("a relay is written host:port")
        return cls(host, int(port))


async def mail_routes(
    domain: str,
    *,
    resolver: dns.asyncresolver.Resolver | None = None,
    lifetime_s: float = _LIFETIME_S,
) -> list[Route]:
    """The domain's mail exchangers; where it names none, the domain itself."""
    if domain.startswith("["):
        return [Route(domain.strip("[]").removeprefix("IPv6:"))]
    try:
        resolver = resolver or dns.asyncresolver.Resolver()
        answer = await resolver.resolve(domain, dns.rdatatype.MX, lifetime=lifetime_s)
    except (
        dns.resolver.NXDOMAIN,
        dns.name.NameTooLong,
        dns.name.LabelTooLong,
        dns.name.EmptyLabel,
    ):
        raise UnknownDomain("5.1.2") from None
    except dns.resolver.NoAnswer:
        return [Route(domain)]  # the implicit MX
    except (dns.exception.DNSException, OSError):
        raise UnknownYet from None
    return _in_order([record for record in answer if isinstance(record, MX)])


def _in_order(records: list[MX]) -> list[Route]:
    ordered = sorted(records, key=lambda record: record.preference)
    hosts = [record.exchange.to_text(omit_final_dot=True) for record in ordered]
    if hosts == ["."]:
        raise UnknownDomain("5.1.10")  # RFC 7505: the domain takes no mail
    return [Route(host) for host in hosts[:_MAX_HOSTS]]
