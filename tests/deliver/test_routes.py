"""Finding mail exchangers, against a real DNS server on loopback."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager

import dns.asyncresolver
import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest

from rufgate.deliver.routes import Route, UnknownDomain, UnknownYet, mail_routes

ZONE = {
    "two.example.": ["20 second.two.example.", "10 first.two.example."],
    "null.example.": ["0 ."],
    "many.example.": [f"{n} mx{n}.many.example." for n in range(1, 9)],
    "bare.example.": [],
}


class Server(asyncio.DatagramProtocol):
    """Answers from ZONE; a name it does not hold does not exist, ``broken.example`` fails."""

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, peer):
        query = dns.message.from_wire(data)
        answer = dns.message.make_response(query)
        name = query.question[0].name.to_text()
        if name == "silent.example.":
            return
        if name == "broken.example.":
            answer.set_rcode(dns.rcode.SERVFAIL)
        elif name not in ZONE:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        elif ZONE[name]:
            answer.answer.append(dns.rrset.from_text_list(name, 60, "IN", "MX", ZONE[name]))
        self.transport.sendto(answer.to_wire(), peer)


@asynccontextmanager
async def resolver():
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(Server, local_addr=("127.0.0.1", 0))
    resolver = dns.asyncresolver.Resolver(configure=False)
    resolver.nameservers = ["127.0.0.1"]
    resolver.port = transport.get_extra_info("sockname")[1]
    try:
        yield resolver
    finally:
        transport.close()


async def routes(domain: str) -> list[Route]:
    async with resolver() as own:
        return await mail_routes(domain, resolver=own, lifetime_s=1.0)


async def test_exchangers_come_in_order_of_preference():
    assert await routes("two.example") == [Route("first.two.example"), Route("second.two.example")]


async def test_a_domain_without_exchangers_is_its_own():
    assert await routes("bare.example") == [Route("bare.example", 25)]


@pytest.mark.parametrize(
    ("domain", "status"), [("none.example", "5.1.2"), ("null.example", "5.1.10")]
)
async def test_a_domain_that_takes_no_mail_is_known(domain, status):
    with pytest.raises(UnknownDomain) as caught:
        await routes(domain)
    assert caught.value.status == status


@pytest.mark.parametrize("domain", ["broken.example", "silent.example"])
async def test_a_dns_that_does_not_answer_is_asked_again_later(domain):
    with pytest.raises(UnknownYet):
        await routes(domain)


async def test_no_more_than_five_exchangers_are_tried():
    assert [route.host for route in await routes("many.example")] == [
        f"mx{n}.many.example" for n in range(1, 6)
    ]


@pytest.mark.parametrize(
    ("literal", "host"), [("[192.0.2.1]", "192.0.2.1"), ("[IPv6:2001:db8::1]", "2001:db8::1")]
)
async def test_an_address_literal_is_its_own_route(literal, host):
    assert await mail_routes(literal) == [Route(host)]


@pytest.mark.parametrize("domain", ["a..b", "x" * 64 + ".example", ".".join(["abc"] * 100)])
async def test_a_name_that_dns_cannot_hold_does_not_exist(domain):
    with pytest.raises(UnknownDomain):
        await routes(domain)


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("relay.example", Route("relay.example", 25)),
        ("relay.example:587", Route("relay.example", 587)),
        ("[2001:db8::1]:2525", Route("2001:db8::1", 2525)),
        ("[2001:db8::1]", Route("2001:db8::1", 25)),
        (" 127.0.0.1:25 ", Route("127.0.0.1", 25)),
    ],
)
def test_a_relay_is_written_host_and_port(text, route):
    assert Route.parse(text) == route


@pytest.mark.parametrize(
    "text", ["", ":25", "relay:", "relay:smtp", "relay:0", "relay:65536", "relay:-1"]
)
def test_anything_else_is_no_relay(text):
    with pytest.raises(ValueError, match="host:port"):
        Route.parse(text)
