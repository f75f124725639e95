"""Trusted fronts on real sockets: who is believed, who is not, and what their word changes."""

from __future__ import annotations

import asyncio
import ipaddress
from typing import Any

import pytest

from rufgate.receive.fronts import XFORWARD_WORDS, Forwarded, FrontProtocol, Fronts
from rufgate.receive.limits import Rate, SessionLimits
from rufgate.receive.rates import ClientRates
from rufgate.receive.replies import Reply
from tests.receive.gates import MAIL, Client, Door, open_gate
from tests.receive.test_proxy_header import BAD, SIGNATURE, V4, v2

LOOPBACK = ipaddress.ip_network("127.0.0.0/8")
ELSEWHERE = ipaddress.ip_network("192.0.2.0/24")
QUICK = SessionLimits(header_timeout_s=0.2)


def fronts(protocol: str = "either", network: Any = LOOPBACK) -> Fronts:
    return Fronts([network], FrontProtocol(protocol))


def header(client: str) -> bytes:
    return f"PROXY TCP4 {client} 192.0.2.1 4096 25\r\n".encode()


async def proxied(door: Door, client: str) -> Client:
    """A session of ``client`` through a front; the greeting is not read yet."""
    session = await door.dial()
    session.send(header(client))
    return session


async def greeted(door: Door, client: str) -> Client:
    session = await proxied(door, client)
    assert (await session.reply()).startswith("220 ")
    return session


@pytest.mark.parametrize("protocol", ["either", "proxy"])
@pytest.mark.parametrize("sent", [header("203.0.113.9"), v2(1, 0x11, V4)])
@pytest.mark.parametrize("pieces", [1, 5, 1000])
async def test_the_address_of_the_header_is_the_clients(
    protocol: str, sent: bytes, pieces: int
) -> None:
    async with open_gate(fronts=fronts(protocol)) as door:
        session = await door.dial()
        for start in range(0, len(sent), pieces):
            session.send(sent[start : start + pieces])
            await asyncio.sleep(0)
        session.send(b"EHLO c\r\n" + MAIL + b"DATA\r\nx\r\n.\r\n")
        assert [reply[:3] for reply in await session.replies(6)] == [
            "220", "250", "250", "250", "354", "250",
        ]  # fmt: skip
        (message,) = door.taken
        assert message.client_ip.reveal() == "203.0.113.9"
        said = repr(door.log.lines)
        assert "203.0.113.0/24" in said
        assert "203.0.113.9" not in said
        assert "127.0.0" not in said


@pytest.mark.parametrize("sent", BAD)
async def test_a_front_without_a_proper_header_is_cut_off(sent: bytes) -> None:
    async with open_gate(fronts=fronts(), limits=QUICK) as door:
        session = await door.dial()
        session.send(sent)
        with_reset: bytes | ConnectionResetError
        try:
            with_reset = await asyncio.wait_for(session.reader.read(), 10)
        except ConnectionResetError as reset:
            with_reset = reset
        assert not with_reset or isinstance(with_reset, ConnectionResetError)
        await asyncio.sleep(0.01)
        assert not door.gate._shared.sessions


@pytest.mark.parametrize("sent", [b"", b"PRO", b"PROXY TCP4 203.0.113.9 ", SIGNATURE, b"\r\n"])
async def test_a_header_that_does_not_come_is_not_waited_for(sent: bytes) -> None:
    async with open_gate(fronts=fronts("proxy"), limits=QUICK) as door:
        session = await door.dial()
        session.send(sent)
        assert await asyncio.wait_for(session.reader.read(), 10) == b""


async def test_a_header_from_anybody_else_is_a_bad_command() -> None:
    for sent in (header("203.0.113.9"), v2(1, 0x11, V4)):
        async with open_gate(fronts=fronts(network=ELSEWHERE)) as door:
            session = await door.call()
            session.send(sent)
            assert (await session.reply())[:1] == "5"
            session = await door.call()
            session.send(sent.partition(b"\0")[0] + b"EHLO c\r\n" + MAIL + b"DATA\r\nx\r\n.\r\n")
            while not (reply := await session.reply()).startswith("354"):
                assert reply
            assert await session.reply() == Reply.OK.line
            assert door.taken[0].client_ip.reveal() == "127.0.0.1"


@pytest.mark.parametrize("late", [header("203.0.113.9"), v2(1, 0x11, V4)])
async def test_a_header_behind_the_greeting_ends_the_session(late: bytes) -> None:
    """The stranger whose bytes follow it must not speak as the front."""
    async with open_gate(fronts=fronts(), limits=QUICK) as door:
        session = await door.call()
        session.send(late + b"EHLO c\r\nXFORWARD ADDR=198.51.100.7\r\n" + MAIL + b"DATA\r\n")
        replies = []
        while reply := await session.reply():
            replies.append(reply)
        assert replies[-1] in (Reply.LATE_HEADER.line, Reply.BARE_NEWLINE_COMMAND.line)
        assert all(reply[0] in "45" for reply in replies)


async def test_the_client_is_counted_and_not_the_front() -> None:
    limits = SessionLimits(max_connections=5, max_connections_per_ip=1)
    rates = ClientRates(per_address=Rate(per_second=0.001, burst=1))
    async with open_gate(fronts=fronts(), limits=limits, rates=rates) as door:
        first = await greeted(door, "203.0.113.9")
        again = await proxied(door, "203.0.113.9")
        assert await again.replies(2) == [Reply.TOO_MANY_FROM_CLIENT.line, ""]
        others = [await greeted(door, f"198.51.100.{number}") for number in range(4)]
        full = await proxied(door, "203.0.113.77")
        assert await full.reply() == Reply.TOO_MANY_SESSIONS.line
        for session in (first, *others):
            session.send(b"EHLO c\r\n" + MAIL + b"RSET\r\nMAIL FROM:<>\r\n")
            assert [reply[:3] for reply in await session.replies(5)][2:] == ["250", "250", "450"]
        await first.say("QUIT")
        await first.reply()
        await greeted(door, "203.0.113.9")


async def test_a_network_has_its_own_limit() -> None:
    limits = SessionLimits(max_connections_per_ip=2, max_connections_per_network=3)
    async with open_gate(fronts=fronts(), limits=limits) as door:
        sessions = [await greeted(door, f"203.0.113.{number}") for number in (1, 1, 2)]
        refused = await proxied(door, "203.0.113.3")
        assert await refused.replies(2) == [Reply.TOO_MANY_FROM_NETWORK.line, ""]
        await greeted(door, "203.0.114.3")
        await sessions[0].say("QUIT")
        await sessions[0].reply()
        await greeted(door, "203.0.113.3")
    async with open_gate(limits=SessionLimits(max_connections_per_network=1)) as door:
        await door.call()
        assert await (await door.dial()).reply() == Reply.TOO_MANY_FROM_NETWORK.line


async def test_who_comes_behind_a_header_is_no_front() -> None:
    async with open_gate(fronts=fronts()) as door:
        for client in ("203.0.113.9", "127.0.0.1"):
            session = await greeted(door, client)
            assert "XFORWARD" not in await session.say("EHLO c")
            assert await session.say("XFORWARD ADDR=1.2.3.4") == Reply.UNKNOWN_COMMAND.line
            assert await session.say("PROXY UNKNOWN") == Reply.UNKNOWN_COMMAND.line


@pytest.mark.parametrize("protocol", ["either", "xforward"])
async def test_xforward_is_believed_for_one_message(protocol: str) -> None:
    async with open_gate(fronts=fronts(protocol), limits=QUICK) as door:
        session = await door.call()
        assert f"250-{XFORWARD_WORDS}" in (await session.say("EHLO relay.example")).splitlines()
        session.send(
            b"XFORWARD NAME=mx.reporter.example ADDR=203.0.113.9 PORT=4096\r\n"
            b"xforward helo=mx.reporter.example proto=ESMTP source=REMOTE\r\n"
            + MAIL
            + b"XFORWARD ADDR=198.51.100.7\r\nDATA\r\nx\r\n.\r\n"
            + MAIL
            + b"DATA\r\ny\r\n.\r\n"
        )
        replies = await session.replies(11)
        assert replies[:2] == [Reply.CLIENT_NOTED.line] * 2
        assert replies[4] == Reply.BAD_SEQUENCE.line
        told, untold = door.taken
        assert told.client_ip.reveal() == "203.0.113.9"
        assert told.helo.reveal() == "mx.reporter.example"
        assert untold.client_ip.reveal() == "127.0.0.1"
        assert untold.helo.reveal() == "relay.example"
        nets = [line["client_net"] for event, line in door.log.lines if event == "message"]
        assert nets == ["203.0.113.0/24", "127.0.0.0/24"]


@pytest.mark.parametrize("forget", [b"RSET", b"EHLO c", b"HELO c"])
async def test_a_new_start_forgets_what_was_forwarded(forget: bytes) -> None:
    async with open_gate(fronts=fronts("xforward")) as door:
        session = await door.call()
        session.send(b"EHLO c\r\nXFORWARD ADDR=203.0.113.9\r\n" + forget + b"\r\n" + MAIL)
        session.send(b"DATA\r\nx\r\n.\r\n")
        assert (await session.replies(7))[6] == Reply.OK.line
        assert door.taken[0].client_ip.reveal() == "127.0.0.1"


@pytest.mark.parametrize("given", [fronts("proxy"), fronts(network=ELSEWHERE), Fronts()])
async def test_xforward_is_for_no_one_else(given: Fronts) -> None:
    async with open_gate(fronts=given, limits=QUICK) as door:
        if given.opens_with_header("127.0.0.1"):
            session = await door.dial()
            session.send(v2(0, 0, b""))
            await session.reply()
        else:
            session = await door.call()
        assert "XFORWARD" not in await session.say("EHLO c")
        assert await session.say("XFORWARD ADDR=203.0.113.9") == Reply.UNKNOWN_COMMAND.line


async def test_rates_are_those_of_the_forwarded_client() -> None:
    rates = ClientRates(per_address=Rate(per_second=0.001, burst=1))
    async with open_gate(fronts=fronts("xforward"), rates=rates) as door:
        session = await door.call()
        await session.say("EHLO c")
        for address, expected in (
            ("203.0.113.9", Reply.SENDER_OK),
            ("203.0.113.9", Reply.RATE_LIMITED),
            ("IPv6:2001:db8:1:2::1", Reply.SENDER_OK),
            ("IPv6:2001:db8:1:2::2", Reply.RATE_LIMITED),
        ):
            assert await session.say(f"XFORWARD ADDR={address}") == Reply.CLIENT_NOTED.line
            assert await session.say("MAIL FROM:<>") == expected.line
            await session.say("RSET")


async def test_a_fronts_connections_have_the_global_limit_only() -> None:
    limits = SessionLimits(
        max_connections=3, max_connections_per_ip=1, max_connections_per_network=1
    )
    async with open_gate(fronts=fronts("xforward"), limits=limits) as door:
        for _ in range(3):
            await door.call()
        assert await (await door.dial()).reply() == Reply.TOO_MANY_SESSIONS.line


async def test_stop_dismisses_a_front_that_has_not_spoken() -> None:
    async with open_gate(fronts=fronts("proxy")) as door:
        session = await door.dial()
        await asyncio.sleep(0.05)
        await asyncio.wait_for(door.gate.stop(30), 5)
        assert await session.replies(2) == [Reply.SHUTDOWN.line, ""]


ARGUMENTS = [
    ("ADDR=203.0.113.9", Forwarded("203.0.113.9")),
    ("addr=IPV6:2001:DB8::1", Forwarded("2001:db8::1")),
    ("ADDR=2001:db8::1 HELO=a.example", Forwarded("2001:db8::1", "a.example")),
    ("ADDR=[UNAVAILABLE] HELO=[TEMPUNAVAIL]", Forwarded()),
    ("ADDR=/var/run/socket", Forwarded()),
    ("HELO=[192.0.2.1]", Forwarded(None, "[192.0.2.1]")),
    ("HELO=a+2Bb+3Dc", Forwarded(None, "a+b=c")),
    ("HELO=a+0D+0Ab", Forwarded()),
    ("HELO=" + "x" * 256, Forwarded()),
    ("NAME=x IDENT=1 PROTO=SMTP PORT=25 SOURCE=LOCAL", Forwarded()),
    ("", Reply.BAD_ARGUMENT),
    ("ADDR", Reply.BAD_ARGUMENT),
    ("ADDR=", Reply.BAD_ARGUMENT),
    ("ADDR=1=2", Reply.BAD_ARGUMENT),
    ("HELO=a+zz", Reply.BAD_ARGUMENT),
    ("LOGIN=root", Reply.BAD_ARGUMENT),
    ("HELO=caf\u00e9", Reply.BAD_ARGUMENT),
]


@pytest.mark.parametrize(("argument", "outcome"), ARGUMENTS)
def test_xforward_arguments(argument: str, outcome: Forwarded | Reply) -> None:
    assert Forwarded().with_argument(argument) == outcome


def test_each_xforward_adds_to_the_one_before() -> None:
    first = Forwarded().with_argument("ADDR=203.0.113.9")
    assert isinstance(first, Forwarded)
    assert first.with_argument("HELO=a") == Forwarded("203.0.113.9", "a")
    assert first.with_argument("ADDR=[UNAVAILABLE]") == Forwarded()


def test_a_mapped_address_is_the_address_itself() -> None:
    assert fronts().holds("::ffff:127.0.0.1")
    assert not fronts().holds("")
    assert not fronts().holds("::1")
