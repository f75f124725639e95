"""The resolver against a real name server on loopback, and what it makes of bad answers."""

import asyncio
from collections.abc import Iterator

import pytest

from rufgate.receive.authenticity import resolver as module
from rufgate.receive.authenticity.resolver import (
    Answer,
    DnsResolver,
    DnsTrouble,
    Kind,
    OneMessage,
    parse_name_server,
)
from tests.dns_server import DnsServer
from tests.receive.authenticity.zones import Zone

ZONE = f"""
    example.org TXT "v=spf1 " "-all"
    example.org TXT "other"
    example.org A 192.0.2.1
    example.org AAAA 2001:db8::1
    example.org MX 20 b.example.org.
    example.org MX 10 a.example.org.
    1.2.0.192.in-addr.arpa PTR Host.Example.org.
    alias.example.org CNAME example.org.
    one.example.org CNAME two.example.org.
    two.example.org CNAME one.example.org.
    big.example.org TXT {" ".join(['"' + "x" * 250 + '"'] * 15)}
    huge.example.org TXT {" ".join(['"' + "x" * 250 + '"'] * 20)}
    huge.example.org TXT "small"
"""
MANY = "\n".join(f'many.example.org TXT "{number:0250}"' for number in range(100))


@pytest.fixture
def server() -> Iterator[DnsServer]:
    server = DnsServer(ZONE + MANY)
    yield server
    server.close()


@pytest.mark.parametrize(
    ("name", "kind", "values"),
    [
        ("example.org", Kind.TXT, {"v=spf1 -all", "other"}),
        ("Example.ORG.", Kind.A, {"192.0.2.1"}),
        ("example.org", Kind.AAAA, {"2001:db8::1"}),
        ("1.2.0.192.in-addr.arpa", Kind.PTR, {"host.example.org"}),
        ("alias.example.org", Kind.A, {"192.0.2.1"}),
    ],
)
async def test_answers(server: DnsServer, name: str, kind: Kind, values: set[str]) -> None:
    assert set((await DnsResolver([server.address]).ask(name, kind)).values) == values


async def test_the_order_of_preference(server: DnsServer) -> None:
    answer = await DnsResolver([server.address]).ask("example.org", Kind.MX)
    assert answer.values == ("a.example.org", "b.example.org")


async def test_nothing_there_and_no_such_name(server: DnsServer) -> None:
    resolver = DnsResolver([server.address])
    assert await resolver.ask("alias.example.org", Kind.MX) != Answer(exists=False)
    assert await resolver.ask("none.example.org", Kind.TXT) == Answer(exists=False)
    assert await resolver.ask("x" * 64 + ".example.org", Kind.TXT) == Answer(exists=False)
    assert await resolver.ask("a..b", Kind.TXT) == Answer(exists=False)


async def test_a_cut_answer_is_asked_again_over_tcp(server: DnsServer) -> None:
    answer = await DnsResolver([server.address]).ask("big.example.org", Kind.TXT)
    assert [len(value) for value in answer.values] == [3750]
    assert server.over_tcp == ["big.example.org."]


async def test_values_are_bounded_one_by_one_and_together(server: DnsServer) -> None:
    resolver = DnsResolver([server.address])
    assert (await resolver.ask("huge.example.org", Kind.TXT)).values == ("small",)
    assert len((await resolver.ask("many.example.org", Kind.TXT)).values) == 16_384 // 251


@pytest.mark.parametrize("name", ["x.broken.example", "one.example.org"])
async def test_failure_and_circles_are_trouble(server: DnsServer, name: str) -> None:
    with pytest.raises(DnsTrouble):
        await DnsResolver([server.address]).ask(name, Kind.A)


async def test_silence_is_trouble_in_the_end(
    server: DnsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_TRY_S", 0.1)
    monkeypatch.setattr(module, "_GIVE_UP_S", 0.3)
    with pytest.raises(DnsTrouble):
        await DnsResolver([server.address]).ask("x.silent.example", Kind.TXT)


async def test_answers_are_remembered_for_a_bounded_time() -> None:
    server = DnsServer('example.org TXT "x"', ttl=1_000_000)
    now = [0.0]
    resolver = DnsResolver([server.address], monotonic=lambda: now[0])
    for at in (0.0, 3599.0, 3601.0):
        now[0] = at
        await resolver.ask("example.org", Kind.TXT)
        await resolver.ask("EXAMPLE.org", Kind.TXT)
    server.close()
    assert len(server.asked) == 2


async def test_so_many_are_remembered(server: DnsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MAX_REMEMBERED", 2)
    resolver = DnsResolver([server.address])
    for name in ("a.org", "b.org", "c.org", "a.org"):
        await resolver.ask(name, Kind.TXT)
    assert [name for name, _ in server.asked] == ["a.org", "b.org", "c.org", "a.org"]


async def test_one_message_asks_each_question_once_and_so_many() -> None:
    zone = Zone({"a.org TXT": ["x"]})
    asked = OneMessage(zone, most=2)
    await asyncio.gather(*(asked.ask("a.org", Kind.TXT) for _ in range(5)))
    await asked.ask("b.org", Kind.TXT)
    assert len(zone.asked) == 2
    with pytest.raises(DnsTrouble):
        await asked.ask("c.org", Kind.TXT)
    await asked.close()


@pytest.mark.parametrize(
    ("text", "server"),
    [
        ("192.0.2.53", ("192.0.2.53", 53)), ("192.0.2.53:5353", ("192.0.2.53", 5353)),
        ("2001:db8::53", ("2001:db8::53", 53)), ("[2001:db8::53]:54", ("2001:db8::53", 54)),
    ],
)  # fmt: skip
def test_name_servers(text: str, server: tuple[str, int]) -> None:
    assert parse_name_server(text) == server


@pytest.mark.parametrize("text", ["", "ns.example.org", "192.0.2.53:0", "192.0.2.53:x"])
def test_what_is_no_name_server(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - its text is the setting's
        parse_name_server(text)
