"""What DNS should say of an installation, and what it says.

In:  settings, a day; a resolver.
Out: records to publish; findings.
SECURITY: no row is looked at, so nothing is entered. Only names of the configuration and those
     that their own records lead to are asked for, each question with a limit of time.
FAILS: ``ConfigError`` where a file of a key or certificate cannot be read.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from ipaddress import ip_address
from typing import Any, Final, TypeVar

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import Certificate, load_pem_x509_certificate

from rufgate.deliver.routes import Route
from rufgate.posture.check import check, questions
from rufgate.posture.plan import Dkim, Own, Plan
from rufgate.posture.records import hints, records
from rufgate.posture.seen import Finding, Place, Question, Seen, Values
from rufgate.receive.authenticity import dmarc
from rufgate.receive.authenticity.resolver import DnsResolver, DnsTrouble, Kind, Resolver
from rufgate.receive.authenticity.spf import check_host
from rufgate.sanitize.domains import organizational
from rufgate.settings import slices
from rufgate.settings.problems import ConfigError, Problem
from rufgate.settings.schema import Settings
from rufgate.settings.sealing import dkim_signer
from rufgate.settings.values import is_loopback

_K = TypeVar("_K")
_V = TypeVar("_V")
_ROUNDS: Final = 4  # of questions that answers lead to; more than there can be


def to_publish(settings: Settings, today: date) -> dict[str, Any]:
    """Records and hints."""
    plan = plan_of(settings, today)
    return {"records": records(plan, organizational), "hints": hints(plan)}


def look(
    settings: Settings, today: date, servers: Sequence[tuple[str, int]] = ()
) -> tuple[Finding, ...]:
    """Ask, and compare. ``servers`` are asked in place of those of the configuration."""
    servers = servers or slices.name_servers(settings)
    return asyncio.run(compare(plan_of(settings, today), DnsResolver(servers)))


def plan_of(settings: Settings, today: date) -> Plan:
    """What DNS must know of it."""
    forward = settings.forward
    signer = dkim_signer(settings)
    selector = forward.dkim_selector or ""
    return Plan(
        recipients=settings.smtp.recipients,
        own=tuple(Own(name=one.name, ends=one.collect_until) for one in settings.domains),
        hostname=slices.hostname(settings).lower().rstrip("."),
        is_named=settings.smtp.hostname is not None,
        today=today,
        postmaster=settings.smtp.postmaster,
        sender_domain=None if forward.sender is None else forward.sender.rpartition("@")[2].lower(),
        relay=_relay(settings),
        dkim=None if signer is None else Dkim(selector=selector, record=signer.record),
        certificate=_digests(settings),
    )


async def compare(plan: Plan, resolver: Resolver) -> tuple[Finding, ...]:
    """The same of a plan: ask until no answer leads further."""
    ask, place = partial(_ask, resolver), partial(_place, resolver)
    places = await _all(dict.fromkeys((*(own.name for own in plan.own), *plan.hosts)), place)
    policies = {one.policy: None for one in places.values() if one and one.policy}
    places |= await _all([name for name in policies if name not in places], place)
    answers: dict[Question, Values | None] = {}
    for _ in range(_ROUNDS):
        seen = Seen(answers, places)
        new = [one for one in questions(plan, seen, organizational) if one not in answers]
        if not new:
            break
        answers |= await _all(new, ask)
    spf = await _all(_senders(plan, answers), partial(_spf, resolver, plan.sender_domain or ""))
    return check(plan, Seen(answers, places, spf), organizational)


def _senders(plan: Plan, answers: Mapping[Question, Values | None]) -> Iterator[str]:
    """The addresses of the host from which copies leave."""
    if plan.sender_domain is not None:
        for kind in ("A", "AAAA"):
            yield from answers.get((plan.outgoing, kind)) or ()


async def _spf(resolver: Resolver, domain: str, address: str) -> str:
    return (await check_host(ip_address(address), domain, domain, resolver)).value


async def _all(keys: Iterable[_K], one: Callable[[_K], Awaitable[_V]]) -> dict[_K, _V]:
    asked = list(keys)
    return dict(zip(asked, await asyncio.gather(*map(one, asked)), strict=True))


async def _place(resolver: Resolver, domain: str) -> Place | None:
    try:
        found = await dmarc.walk(domain, resolver)
    except DnsTrouble:
        return None
    policy = dmarc.policy_of(domain, found)
    return Place(policy=policy and policy.domain, organization=dmarc.organization_of(domain, found))


async def _ask(resolver: Resolver, question: Question) -> Values | None:
    name, kind = question
    try:
        return (await resolver.ask(name, Kind(kind))).values
    except DnsTrouble:
        return None


def _relay(settings: Settings) -> str | None:
    """The relay, where it is not on this machine."""
    if settings.forward.relay is None:
        return None
    host = Route.parse(settings.forward.relay).host
    return None if is_loopback(host) else host


def _digests(settings: Settings) -> Mapping[tuple[int, int], str]:
    """By selector and matching type of TLSA (RFC 6698 section 2.1)."""
    path = settings.smtp.tls_certificate
    if path is None:
        return {}
    try:
        certificate = load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError):
        message = "it holds no certificate in PEM form that could be read"
        problem = Problem(
            level="error", file=str(path), line=None, key="smtp.tls_certificate", message=message
        )
        raise ConfigError((problem,)) from None
    parts = (certificate.public_bytes(Encoding.DER), _public_key(certificate))
    return {
        (selector, matching): hashlib.new(name, part).hexdigest()
        for selector, part in enumerate(parts)
        for matching, name in ((1, "sha256"), (2, "sha512"))
    }


def _public_key(certificate: Certificate) -> bytes:
    return certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
