"""What to publish in DNS. Pure.

In:  a ``Plan``; a function that knows organizational domains.
Out: ``Record`` values in the order in which they are of use, and hints on what no record can say.
FAILS: never.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final, final

from rufgate.posture.dmarc_record import mailto
from rufgate.posture.plan import Organization, Own, Plan, authorisation_name, domain_of

FILE: Final = "FILE"  # no record: a text to be served at an address
_STRING: Final = 255  # octets of one string of a TXT record (RFC 1035 section 3.3)
_TTL_S: Final = 3600
_WEEK_S: Final = 604_800
BEST_TLSA: Final = (1, 1)  # of usage 3: the public key, by SHA-256 (RFC 7672 section 3.1)


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """One record, and what it is for."""

    name: str
    type: str
    value: str
    purpose: str
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain values; the value as it is meant, in one piece."""
        return asdict(self)

    def as_zone(self) -> str:
        """As lines of a zone file; a text to be served becomes a comment."""
        head = f"; {self.purpose}" + (f"\n;   {self.note}" if self.note else "")
        if self.type == FILE:
            lines = [f"; {self.name}", *(f";   {line}" for line in self.value.splitlines())]
            return "\n".join([head, *lines])
        value = _strings(self.value) if self.type == "TXT" else self.value
        return f"{head}\n{self.name}. {_TTL_S} IN {self.type} {value}"


def records(plan: Plan, organization: Organization) -> tuple[Record, ...]:
    """All of them."""
    return (
        *_ruf(plan, organization),
        *_authorisations(plan, organization),
        *_mx(plan),
        *_sender(plan),
        *_transport(plan),
    )


def hints(plan: Plan) -> tuple[str, ...]:
    """What no record can say."""
    said = list[str]()
    if not plan.own:
        said.append("no [[domains]]: name the domains whose failure reports you want")
    if not plan.is_named:
        said.append(
            f"no [smtp] hostname: {plan.hostname} is what this machine calls itself; set the name "
            "that reporters are to find, and print the records again"
        )
    said += [
        f"{own.name}: collecting ended on {own.ends}: take ruf out of its DMARC record"
        for own in plan.own
        if plan.has_ended(own)
    ]
    if plan.dkim is None:
        said.append("no [forward] dkim_key: copies are not signed here; let the relay sign them")
    if not plan.certificate:
        said.append("no [smtp] tls_certificate: nothing on TLS can be published (MTA-STS, TLSA)")
    elif _contact(plan) is None:
        said.append(
            "no TLSRPT: it needs [smtp] postmaster, at an address that is no recipient of reports"
        )
    return tuple(said)


def mta_sts_policy(plan: Plan) -> str:
    """The text of the policy (RFC 8461 section 3.2)."""
    lines = "version: STSv1", "mode: testing", f"mx: {plan.hostname}", f"max_age: {_WEEK_S}"
    return "".join(f"{line}\r\n" for line in lines)


def _ruf(plan: Plan, organization: Organization) -> Iterator[Record]:
    names = {own.name for own in plan.running}
    for own in plan.running:
        above = next((name for name in names if own.name.endswith(f".{name}")), None)
        if above is None:  # else that one's record counts here, too
            yield _dmarc(plan, own, organization)


def _dmarc(plan: Plan, own: Own, organization: Organization) -> Record:
    address = plan.address_for(own.name, organization)
    return Record(
        name=f"_dmarc.{own.name}",
        type="TXT",
        value=f"v=DMARC1; p=none; ruf={mailto(address)}",
        purpose=f"Where failure reports of {own.name} go",
        note="One DMARC record alone: where there is one, add its ruf and keep its p and rua. "
        "fo=1 would bring reports on mail that passed, too: more of people's mail.",
    )


def _authorisations(plan: Plan, organization: Organization) -> Iterator[Record]:
    for own in plan.running:
        host = domain_of(plan.address_for(own.name, organization))
        if organization(host) != organization(own.name):
            yield authorisation(own.name, host)


def authorisation(policy_domain: str, host: str) -> Record:
    """That reports of one domain may go to another's (RFC 9990 section 4)."""
    return Record(
        name=authorisation_name(policy_domain, host),
        type="TXT",
        value="v=DMARC1;",
        purpose=f"{host} takes reports of {policy_domain}",
        note=f"In the zone of {host}; without it reporters send nothing, and say nothing.",
    )


def _mx(plan: Plan) -> Iterator[Record]:
    for host in plan.hosts:
        yield Record(
            name=host,
            type="MX",
            value=f"10 {plan.hostname}.",
            purpose=f"Reports for {host} come to this gate",
            note=f"{plan.hostname} needs A or AAAA records, and is no CNAME.",
        )


def _sender(plan: Plan) -> Iterator[Record]:
    domain = plan.sender_domain
    if domain is None:
        return
    yield Record(
        name=domain,
        type="TXT",
        value=f"v=spf1 a:{plan.outgoing} -all",
        purpose="Who sends copies for analysts (SPF)",
        note="One SPF record alone: where there is one, add the a: to it. Name the host that sends "
        "outwards, if it is another.",
    )
    if plan.dkim is not None:
        yield Record(
            name=f"{plan.dkim.selector}._domainkey.{domain}",
            type="TXT",
            value=plan.dkim.record,
            purpose="The key by which copies are signed (DKIM)",
        )


def _transport(plan: Plan) -> Iterator[Record]:
    """What tells reporters to encrypt. Without a certificate it would keep reports away."""
    if not plan.certificate:
        return
    policy = mta_sts_policy(plan)
    for host in plan.hosts:
        yield Record(
            name=f"_mta-sts.{host}",
            type="TXT",
            value=f"v=STSv1; id={hashlib.sha256(policy.encode()).hexdigest()[:16]}",
            purpose="Reporters are to use verified TLS (MTA-STS)",
            note="The id changes whenever the policy does: print it anew then.",
        )
        yield Record(
            name=f"https://mta-sts.{host}/.well-known/mta-sts.txt",
            type=FILE,
            value=policy,
            purpose="The policy of MTA-STS, to be served by HTTPS",
            note='"mode: enforce" once TLSRPT tells of no failures. The certificate of '
            f"{plan.hostname} must be of a public authority.",
        )
        if (contact := _contact(plan)) is not None:
            yield Record(
                name=f"_smtp._tls.{host}",
                type="TXT",
                value=f"v=TLSRPTv1; rua={mailto(contact)}",
                purpose="Where reporters say that TLS failed (TLSRPT)",
            )
    yield Record(
        name=f"_25._tcp.{plan.hostname}",
        type="TLSA",
        value=f"3 1 1 {plan.certificate[BEST_TLSA]}",
        purpose="The public key of this gate's TLS (DANE)",
        note="Only in a zone signed by DNSSEC. Before the key changes, publish the next beside it.",
    )


def _contact(plan: Plan) -> str | None:
    """Reports on TLS must not go where failure reports go (SM-22)."""
    address = plan.postmaster
    return None if address is None or plan.is_ours(address) else address


def _strings(value: str) -> str:
    """In quotes, in as many strings as it takes."""
    safe = value.replace("\\", "\\\\").replace('"', '\\"')
    return " ".join(f'"{safe[at : at + _STRING]}"' for at in range(0, len(safe), _STRING))
