"""Where a policy is found: ours and checkdmarc's answers over made-up zones, from one server."""

import asyncio
import random

import checkdmarc.dmarc
import pytest
from dns.nameserver import Do53Nameserver

from rufgate.receive.authenticity.dmarc import policy_of, walk
from rufgate.receive.authenticity.resolver import DnsResolver
from tests.dns_server import DnsServer

ZONES = 40


def _zone(chance: random.Random, number: int) -> tuple[str, str]:
    """A domain of up to 12 labels, and records at some of the names above it."""
    labels = [f"l{at}" for at in range(chance.randint(1, 10))] + ["org", f"t{number}"]
    lines = []
    for at in range(len(labels)):
        if chance.random() < 0.4:
            psd = chance.choice(["", "", "", "; psd=n", "; psd=y", "; psd=u"])
            lines.append(f'_dmarc.{".".join(labels[at:])} TXT "v=DMARC1; p=none{psd}"')
    lines.append(f"{'.'.join(labels)} A 192.0.2.1")
    return ".".join(labels), "\n".join(lines)


def _their_place(domain: str, server: DnsServer) -> str | None:
    try:
        found = checkdmarc.dmarc.query_dmarc_record(
            domain,
            nameservers=[Do53Nameserver(*server.address)],
            ignore_unrelated_records=True,
            timeout=5,
        )
    except checkdmarc.dmarc.DMARCRecordNotFound:
        return None
    return str(found["location"])


@pytest.mark.parametrize("seed", range(ZONES))
async def test_both_find_the_policy_in_the_same_place(seed: int) -> None:
    domain, zone = _zone(random.Random(seed), seed)
    server = DnsServer(zone)
    try:
        theirs = await asyncio.to_thread(_their_place, domain, server)
        found = policy_of(domain, await walk(domain, DnsResolver([server.address])))
    finally:
        server.close()
    assert (found.domain if found else None) == theirs, zone
