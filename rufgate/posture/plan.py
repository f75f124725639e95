"""What an installation is, as far as DNS must know it. Pure.

In:  values of the configuration.
Out: ``Plan``; who must authorise reports for whom.
FAILS: never.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import final

Organization = Callable[[str], str]  # the organizational domain of a name


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Own:
    """An entry of ``[[domains]]``; ``ends`` is the last day on which reports are collected."""

    name: str
    ends: date | None = None


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Dkim:
    """The key under which copies are signed: where its public half stands, and what it says."""

    selector: str
    record: str


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """One installation. ``relay`` is a host beyond this machine; ``certificate`` maps what TLSA
    calls selector and matching type to the digest in hex."""

    recipients: tuple[str, ...]
    own: tuple[Own, ...] = ()
    hostname: str = ""
    is_named: bool = True  # by [smtp] hostname; else it is what the machine calls itself
    today: date
    postmaster: str | None = None
    sender_domain: str | None = None
    relay: str | None = None
    dkim: Dkim | None = None
    certificate: Mapping[tuple[int, int], str] = field(default_factory=dict)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The domains to which reports are addressed."""
        return tuple(dict.fromkeys(map(domain_of, self.recipients)))

    @property
    def outgoing(self) -> str:
        """The host from which copies leave, as far as the configuration tells."""
        return self.relay or self.hostname

    @property
    def running(self) -> Iterator[Own]:
        """Those of which reports are wanted today."""
        return (one for one in self.own if not self.has_ended(one))

    def has_ended(self, own: Own) -> bool:
        """Whether collecting is over."""
        return own.ends is not None and own.ends < self.today

    def is_ours(self, address: str) -> bool:
        """Whether mail to it passes this gate."""
        return address.lower() in {one.lower() for one in self.recipients}

    def address_for(self, domain: str, organization: Organization) -> str:
        """Where its reports should go: to one that needs no authorisation, where there is one."""
        for address in self.recipients:
            if organization(domain_of(address)) == organization(domain):
                return address
        return self.recipients[0]


def domain_of(address: str) -> str:
    """In lower case."""
    return address.rpartition("@")[2].lower().rstrip(".")


def authorisation_name(policy_domain: str, host: str) -> str:
    """Where the owner of ``host`` says that it takes reports of ``policy_domain`` (RFC 9990)."""
    return f"{policy_domain}._report._dmarc.{host}"
