"""Whether DMARC records send failure reports to the gate, and nowhere else. Pure.

In:  a ``Plan``, what DNS answered.
Out: findings on ``_dmarc`` and ``_report._dmarc`` names.
FAILS: never.
"""

from __future__ import annotations

from collections.abc import Iterator

from rufgate.posture.dmarc_record import DmarcRecord, ReportUri, dmarc_records, mailto
from rufgate.posture.plan import Organization, Own, Plan, authorisation_name, domain_of
from rufgate.posture.seen import Finding, Place, Question, Seen, error, warning

_LONGEST = 253


def domain_questions(plan: Plan, seen: Seen, listed: Organization) -> Iterator[Question]:
    """What is to be asked, as far as it is known yet."""
    for own in plan.own:
        yield f"_dmarc.{own.name}", "TXT"
        place = seen.place(own.name)
        if place is not None and place.policy is not None:
            yield f"_dmarc.{place.policy}", "TXT"
            for host in plan.hosts:
                name = authorisation_name(place.policy, host)
                if _is_external(place.policy, host, seen, listed) and len(name) <= _LONGEST:
                    yield name, "TXT"


def check_domains(plan: Plan, seen: Seen, listed: Organization) -> Iterator[Finding]:
    """Of each entry of ``[[domains]]``."""
    for own in plan.own:
        yield from _own_record(own, seen)
        place = seen.place(own.name)
        if place is not None:
            yield from _counting(plan, own, place, seen, listed)


def _own_record(own: Own, seen: Seen) -> Iterator[Finding]:
    name = f"_dmarc.{own.name}"
    values = seen.at(name, "TXT") or ()
    found = dmarc_records(values)
    if len(found) > 1:
        yield error(
            "dmarc_several", name,
            f"{len(found)} DMARC records: reporters then take none of them; leave one",
            found[0].text,
        )  # fmt: skip
    for text in values:
        if not found and "dmarc1" in text.lower():
            yield error(
                "dmarc_unreadable", name, "no DMARC record: it must begin with v=DMARC1;", text
            )


def _counting(
    plan: Plan, own: Own, place: Place, seen: Seen, listed: Organization
) -> Iterator[Finding]:
    if place.policy is None:
        if not plan.has_ended(own):
            yield error(
                "dmarc_missing", f"_dmarc.{own.name}",
                "no DMARC record, nor one above it: publish what `rufgate dns records` prints",
            )  # fmt: skip
        return
    name = f"_dmarc.{place.policy}"
    records = dmarc_records(seen.at(name, "TXT") or ())
    if len(records) != 1:
        return  # not answered, or changed meanwhile
    (record,) = records
    ours = [uri for uri in record.ruf if uri.address is not None and plan.is_ours(uri.address)]
    yield from _targets(plan, name, record)
    if plan.has_ended(own):
        yield from _ended(own, name, ours)
        return
    if not ours:
        yield from _no_target(plan, own, name, record)
    for host in dict.fromkeys(domain_of(uri.address or "") for uri in ours):
        if _is_external(place.policy, host, seen, listed):
            yield from _authorisation(plan, place.policy, host, seen)


def _targets(plan: Plan, name: str, record: DmarcRecord) -> Iterator[Finding]:
    """Each place where whole mails go."""
    for uri in record.ruf:
        if uri.address is None:
            what = "it has no address" if uri.is_mailto else "not every reporter knows it"
            yield error("ruf_unreadable", name, f"ruf: {what}; write mailto:ADDRESS", uri.text)
        elif not plan.is_ours(uri.address):
            yield error(
                "ruf_bypasses_gate", name,
                "this address gets people's whole mails, past the gate: take it out of ruf, or add "
                "it to [smtp] recipients and let its MX point here", uri.text,
            )  # fmt: skip
        if uri.size is not None:
            yield warning(
                "ruf_size", name,
                f"!{uri.size} counts no more (RFC 9990): it limits nothing, and may spoil the "
                "address; take it off", uri.text,
            )  # fmt: skip
    if {"0", "1"} <= record.fo:
        yield warning("fo_contradicts", name, "fo has both 0 and 1: keep one", record.text)


def _ended(own: Own, name: str, ours: list[ReportUri]) -> Iterator[Finding]:
    if not ours:
        return
    own_name = f"_dmarc.{own.name}"
    inherited = "" if name == own_name else f", or publish a record without it at {own_name}"
    yield error(
        "intake_ended", name,
        f"collecting for {own.name} ended on {own.ends}, but reports are still asked for: take the "
        f"gate's address out of ruf{inherited}", ours[0].text,
    )  # fmt: skip


def _no_target(plan: Plan, own: Own, name: str, record: DmarcRecord) -> Iterator[Finding]:
    add = f"ruf={mailto(plan.recipients[0])}"
    if not record.ruf:
        yield error(
            "ruf_missing", name, f"no failure report of {own.name} is asked for: add {add}",
            record.text,
        )  # fmt: skip
    else:
        yield error(
            "ruf_elsewhere", name, f"no report of {own.name} comes here: add {add}", record.text
        )


def _is_external(policy: str, host: str, seen: Seen, listed: Organization) -> bool:
    """By the walk of RFC 9989, or by the list that reporters before it go by."""
    if listed(policy) != listed(host):
        return True
    one, other = seen.place(policy), seen.place(host)
    return one is not None and other is not None and one.organization != other.organization


def _authorisation(plan: Plan, policy: str, host: str, seen: Seen) -> Iterator[Finding]:
    name = authorisation_name(policy, host)
    if len(name) > _LONGEST:
        yield error(
            "authorisation_too_long", name[:_LONGEST],
            f"this name is too long for DNS, so no reporter sends reports of {policy} to {host}: "
            "use an address in a domain of its own",
        )  # fmt: skip
        return
    values = seen.at(name, "TXT")
    if values is None:
        return
    found = dmarc_records(values)
    if not found:
        yield error(
            "authorisation_missing", name,
            "reporters send nothing, and say nothing: publish the TXT record v=DMARC1; in the zone "
            f"of {host}",
            values[0] if values else None,
        )  # fmt: skip
    elif len(found) > 1:
        yield warning(
            "authorisation_several", name, "older reporters take none of several: leave one"
        )
    for uri in found[0].ruf if found else ():
        yield from _override(plan, name, host, uri)


def _override(plan: Plan, name: str, host: str, uri: ReportUri) -> Iterator[Finding]:
    """A ``ruf`` in an authorisation replaces the address, on the same host alone."""
    if uri.address is None or domain_of(uri.address) != host:
        yield error(
            "authorisation_contradicts", name,
            f"its ruf is not at {host}: no report is sent at all; take it out", uri.text,
        )  # fmt: skip
    elif not plan.is_ours(uri.address):
        yield error(
            "ruf_bypasses_gate", name,
            "this address gets people's whole mails in place of the gate's: take it out", uri.text,
        )  # fmt: skip
