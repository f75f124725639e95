"""DMARC records and organizational domains by the tree walk of RFC 9989 section 4.10.

In:  a domain, a resolver.
Out: ``Author`` for the domain of From; the organizational domain of any other.
SECURITY: at most 8 questions for each domain, all about names above it. What a record asks to be
     done (p, sp, np, t) and where it wants reports is not read: nothing is refused by it.
FAILS: ``organization`` raises ``DnsTrouble``; ``author`` says ``temperror``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, final

from rufgate.receive.authenticity.resolver import DnsTrouble, Kind, Resolver
from rufgate.sanitize.authenticity import Author
from rufgate.sanitize.verdicts import DmarcResult

_MOST_LABELS: Final = 8
_VERSION = re.compile(r"[ \t]*v[ \t]*=[ \t]*DMARC1[ \t]*(?:;|\Z)")


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """The tags of a record that say whose names belong together, and where it stood."""

    domain: str
    psd: str = "u"
    strict_dkim: bool = False
    strict_spf: bool = False


def parse_policy(text: str, domain: str) -> Policy | None:
    """None for what is no DMARC record (section 4.7: the version first, unknown tags ignored)."""
    if not _VERSION.match(text):
        return None
    tags: dict[str, str] = {}
    for part in text.split(";"):
        name, _, value = part.partition("=")
        tags.setdefault(name.strip().lower(), value.strip().lower())
    psd = tags.get("psd", "u")
    return Policy(
        domain=domain,
        psd=psd if psd in ("y", "n") else "u",
        strict_dkim=tags.get("adkim") == "s",
        strict_spf=tags.get("aspf") == "s",
    )


def steps(domain: str) -> tuple[str, ...]:
    """Where the walk asks: the domain, then at most seven labels of it, down to one."""
    labels = domain.split(".")
    shorter = labels[-(_MOST_LABELS - 1) :] if len(labels) >= _MOST_LABELS else labels[1:]
    return (domain, *(".".join(shorter[at:]) for at in range(len(shorter))))


async def walk(domain: str, resolver: Resolver) -> tuple[Policy, ...]:
    """The records on the way up, the domain's own first; ends at one that tells the boundary."""
    found: list[Policy] = []
    for name in steps(domain):
        answer = await resolver.ask(f"_dmarc.{name}", Kind.TXT)
        records = [policy for text in answer.values if (policy := parse_policy(text, name))]
        if len(records) != 1:  # several are as good as none
            continue
        found.append(records[0])
        if records[0].psd in ("y", "n"):
            break
    return tuple(found)


def organization_of(domain: str, found: tuple[Policy, ...]) -> str:
    """Section 4.10.2, from the records of a walk that began at ``domain``."""
    if not found:
        return domain
    last = found[-1]  # the shortest name; only there can the boundary be told
    if last.psd == "y":  # of a walk that began there it is the domain itself
        return _one_below(last.domain, domain)
    return last.domain


def policy_of(domain: str, found: tuple[Policy, ...]) -> Policy | None:
    """Section 4.10.1: the domain's own record, else its organization's, else its suffix's."""
    by_name = {policy.domain: policy for policy in found}
    suffix = found[-1] if found and found[-1].psd == "y" else None
    return by_name.get(domain) or by_name.get(organization_of(domain, found)) or suffix


async def organization(domain: str, resolver: Resolver) -> str:
    """The organizational domain of ``domain``."""
    return organization_of(domain, await walk(domain, resolver))


async def author(domain: str, resolver: Resolver) -> Author:
    """What DMARC says of the domain of From."""
    try:
        found = await walk(domain, resolver)
    except DnsTrouble:
        return Author(domain=domain, organization=domain, result=DmarcResult.TEMPERROR)
    owner, policy = organization_of(domain, found), policy_of(domain, found)
    if policy is None:
        return Author(domain=domain, organization=owner)
    return Author(
        domain=domain,
        organization=owner,
        has_policy=True,
        strict_dkim=policy.strict_dkim,
        strict_spf=policy.strict_spf,
    )


def _one_below(suffix: str, domain: str) -> str:
    labels = domain.split(".")
    return ".".join(labels[-(suffix.count(".") + 2) :])
