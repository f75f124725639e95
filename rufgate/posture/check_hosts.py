"""Whether reports reach the gate and nobody before it, encrypted, and whether copies pass. Pure.

In:  a ``Plan``, what DNS answered.
Out: findings on MX, MTA-STS, TLSRPT, TLSA, SPF and DKIM.
FAILS: never.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rufgate.posture.dmarc_record import tags_of, uris_of
from rufgate.posture.plan import Plan
from rufgate.posture.seen import Finding, Question, Seen, Values, error, warning

_SPF: Final = re.compile(r"v=spf1(?: |\Z)", re.IGNORECASE)
_STS: Final = re.compile(r"v=STSv1\s*;")
_STS_ID: Final = re.compile(r"[A-Za-z0-9]{1,32}")
_RPT: Final = re.compile(r"v=TLSRPTv1\s*;")
_NOT_PASSED: Final = frozenset({"fail", "softfail", "neutral", "none"})
_MOST_MX: Final = 10
_NULL: Final = "."


def host_questions(plan: Plan, seen: Seen) -> Iterator[Question]:
    """What is to be asked, as far as it is known yet."""
    for host in plan.hosts:
        yield host, "MX"
        yield f"_mta-sts.{host}", "TXT"
        yield f"_smtp._tls.{host}", "TXT"
        if (targets := _targets(host, seen)) is not None:
            for target in targets or (host,):
                yield target, "A"
                yield target, "AAAA"
    yield f"_25._tcp.{plan.hostname}", "TLSA"
    if plan.sender_domain is not None:
        yield plan.sender_domain, "TXT"
        yield plan.outgoing, "A"
        yield plan.outgoing, "AAAA"
    if (name := _dkim_name(plan)) is not None:
        yield name, "TXT"


def check_hosts(plan: Plan, seen: Seen) -> Iterator[Finding]:
    """Of the addresses for reports, of this gate, of the sender."""
    for host in plan.hosts:
        yield from _mx(plan, host, seen)
        yield from _mta_sts(plan, host, seen)
        yield from _tlsrpt(plan, host, seen)
    yield from _tlsa(plan, seen)
    if plan.sender_domain is not None:
        yield from _spf(plan, plan.sender_domain, seen)
    yield from _dkim(plan, seen)


def _targets(host: str, seen: Seen) -> Values | None:
    found = seen.at(host, "MX")
    return None if found is None else found[:_MOST_MX]


def _mx(plan: Plan, host: str, seen: Seen) -> Iterator[Finding]:
    targets = _targets(host, seen)
    if targets is None:
        return
    wanted = f"10 {plan.hostname}."
    if not targets:
        if seen.at(host, "A") or seen.at(host, "AAAA"):
            yield warning("mx_implicit", host, f"no MX, so its own address counts: add {wanted}")
        else:
            yield error("mx_missing", host, f"mail for it goes nowhere: publish MX {wanted}")
        return
    if targets == (_NULL,):
        yield error("mx_null", host, f"it says that it takes no mail: publish MX {wanted}", "0 .")
        return
    for target in targets:
        if seen.at(target, "A") == () and seen.at(target, "AAAA") == ():
            yield error("mx_unresolved", target, f"the MX of {host} has no address: add A or AAAA")
    others = [target for target in targets if target != plan.hostname]
    if others:
        code = "mx_elsewhere" if len(others) == len(targets) else "mx_beside"
        yield warning(
            code, host,
            f"reports come to a host that is not {plan.hostname} ([smtp] hostname): unless it is "
            "this gate, another gate, or a proxy that queues nothing, raw reports lie on its disk",
            ", ".join(others),
        )  # fmt: skip


def _is_here(plan: Plan, host: str, seen: Seen) -> bool:
    """Whether reporters talk to this gate itself."""
    return plan.hostname in (_targets(host, seen) or ())


def _mta_sts(plan: Plan, host: str, seen: Seen) -> Iterator[Finding]:
    name = f"_mta-sts.{host}"
    values = seen.at(name, "TXT")
    if values is None:
        return
    found = [text for text in values if _STS.match(text)]
    if not found and plan.certificate:
        yield warning("mta_sts_missing", name, "nothing asks reporters for verified TLS")
    elif len(found) > 1:
        yield error("mta_sts_several", name, "of several none counts: leave one", found[0])
    elif found and not _STS_ID.fullmatch(tags_of(found[0]).get("id", "")):
        yield error("mta_sts_id", name, "id must be 1 to 32 letters and digits", found[0])
    if found and not plan.certificate and _is_here(plan, host, seen):
        yield error(
            "tls_not_offered", name,
            "it asks for TLS, which this gate does not offer: set [smtp] tls_certificate, or "
            "publish mode: none and take it out", found[0],
        )  # fmt: skip


def _tlsrpt(plan: Plan, host: str, seen: Seen) -> Iterator[Finding]:
    name = f"_smtp._tls.{host}"
    values = seen.at(name, "TXT")
    if values is None:
        return
    found = [text for text in values if _RPT.match(text)]
    if not found and plan.certificate:
        yield warning("tlsrpt_missing", name, "nobody is told when TLS fails")
    if len(found) > 1:
        yield error("tlsrpt_several", name, "of several none counts: leave one", found[0])
    elif found:
        uris = uris_of(tags_of(found[0]).get("rua", ""))
        if not uris:
            yield error("tlsrpt_no_target", name, "rua is missing", found[0])
        for uri in uris:
            if uri.address is not None and plan.is_ours(uri.address):
                yield error(
                    "tlsrpt_to_ruf", name,
                    "reports on TLS would come where failure reports do: name another mailbox",
                    uri.text,
                )  # fmt: skip


def _tlsa(plan: Plan, seen: Seen) -> Iterator[Finding]:
    name = f"_25._tcp.{plan.hostname}"
    values = seen.at(name, "TLSA")
    if not values:
        if values is not None and plan.certificate:
            yield warning(
                "tlsa_missing", name,
                "no DANE: where the zone is signed, publish what `rufgate dns records` prints",
            )  # fmt: skip
        return
    if not plan.certificate:
        yield error(
            "tls_not_offered", name,
            "it asks for TLS, which this gate does not offer: set [smtp] tls_certificate, or take "
            "it out", values[0],
        )  # fmt: skip
    elif not any(_matches(plan, value) for value in values):
        yield error(
            "tlsa_wrong", name,
            "none of them is of this gate's certificate: who checks them does not deliver; publish "
            "what `rufgate dns records` prints", values[0],
        )  # fmt: skip


def _matches(plan: Plan, value: str) -> bool:
    """Of another usage than 3 the gate cannot know: then it may match."""
    fields = value.split()
    if len(fields) < 4 or not all(field.isdecimal() for field in fields[:3]):
        return False
    usage, selector, matching = map(int, fields[:3])
    if usage != 3 or (selector, matching) not in plan.certificate:
        return usage == 2 or (usage == 3 and matching == 0)
    return "".join(fields[3:]).lower() == plan.certificate[selector, matching]


def _spf(plan: Plan, domain: str, seen: Seen) -> Iterator[Finding]:
    values = seen.at(domain, "TXT")
    if values is None:
        return
    found = [text for text in values if _SPF.match(text)]
    if not found:
        yield error(
            "spf_missing", domain,
            "copies for analysts come from it, and no SPF record says from where: publish what "
            "`rufgate dns records` prints",
        )  # fmt: skip
    elif len(found) > 1:
        yield error("spf_several", domain, "several SPF records are an error: leave one", found[0])
    elif {"all", "+all"} & set(found[0].lower().split()):
        yield error("spf_open", domain, "+all lets everybody send as it: end in -all", found[0])
    elif "permerror" in seen.spf.values():
        yield error(
            "spf_broken", domain,
            "the record cannot be read, or asks DNS more than ten times: whoever checks it finds "
            "an error (RFC 7208)", found[0],
        )  # fmt: skip
    elif others := [address for address, result in seen.spf.items() if result in _NOT_PASSED]:
        yield warning(
            "spf_not_listed", domain,
            f"it does not list {', '.join(others)} ({plan.outgoing}): unless copies leave from "
            "another address, SPF fails for them", found[0],
        )  # fmt: skip


def _dkim_name(plan: Plan) -> str | None:
    if plan.dkim is None or plan.sender_domain is None:
        return None
    return f"{plan.dkim.selector}._domainkey.{plan.sender_domain}"


def _dkim(plan: Plan, seen: Seen) -> Iterator[Finding]:
    name = _dkim_name(plan)
    if plan.dkim is None or name is None or (values := seen.at(name, "TXT")) is None:
        return
    keys = [tags_of(text) for text in values]
    wanted = _key(tags_of(plan.dkim.record))
    if not values:
        yield error(
            "dkim_missing", name,
            "copies are signed by a key that is nowhere: publish what `rufgate dns records` prints",
        )  # fmt: skip
    elif len(values) > 1:
        yield error("dkim_several", name, "of several keys any may be taken: leave one", values[0])
    elif not _key(keys[0])[1]:
        yield error("dkim_revoked", name, "p is empty: the key is revoked", values[0])
    elif _key(keys[0]) != wanted:
        yield error(
            "dkim_wrong", name,
            "it is not the key of [forward] dkim_key, so no signature holds: publish what "
            "`rufgate dns records` prints", values[0],
        )  # fmt: skip


def _key(tags: dict[str, str]) -> tuple[str, str]:
    return tags.get("k", "rsa").lower(), "".join(tags.get("p", "").split())
