"""The courier against real SMTP servers: what is sent, what is never sent, and what is said."""

from __future__ import annotations

import socket

import pytest

from rufgate.deliver.courier import (
    Deferred,
    Delivered,
    OutboundCopy,
    Refused,
    RelayConfig,
    SmtpCourier,
)
from rufgate.deliver.routes import Route, UnknownDomain, UnknownYet
from tests.deliver.peers import Certificates, Sink, scripted_peer, smtp_peer

COPY = OutboundCopy(
    address="analyst@soc.example", content=b"Subject: report\r\n\r\n.dot\r\nlast line\r\n"
)


@pytest.fixture(scope="module")
def certificates():
    return Certificates()


def courier(port: int, *, host: str = "localhost", trust=None, **how) -> SmtpCourier:
    config = {"hostname": "gate.example", "tls": "none", "timeout_s": 5.0}
    return SmtpCourier(RelayConfig(relay=f"{host}:{port}", **config | how), trust=trust)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


async def test_a_copy_arrives_unchanged_from_the_null_sender():
    async with smtp_peer() as peer:
        assert await courier(peer.port).send(COPY) == Delivered()
    (mail,) = peer.mails
    assert mail.mail_from in {"", "<>"}
    assert mail.recipients == ["analyst@soc.example"]
    assert mail.content == COPY.content
    assert not mail.encrypted


async def test_a_bounce_address_is_used_where_configured():
    async with smtp_peer() as peer:
        await courier(peer.port, sender="bounce@gate.example").send(COPY)
    assert peer.mails[0].mail_from == "bounce@gate.example"


@pytest.mark.parametrize(
    ("step", "answer", "outcome"),
    [
        ("MAIL", "450 4.7.1 greylisted for alice@example.com", Deferred("4.7.1")),
        ("RCPT", "451 4.3.0 try again", Deferred("4.3.0")),
        ("RCPT", "452 too busy", Deferred("452")),
        ("DATA", "452 4.3.1 full", Deferred("4.3.1")),
        ("MAIL", "550 5.7.1 no <alice@example.com>", Refused("5.7.1")),
        ("RCPT", "550 5.1.1 unknown alice@example.com", Refused("5.1.1")),
        ("RCPT", "550 alice@example.com is unknown", Refused("550")),
        ("RCPT", "550 5.1.1.9999999 odd", Refused("5.1.1")),
        ("DATA", "554 5.6.0 refused", Refused("5.6.0")),
    ],
)
async def test_a_refusal_becomes_a_code_and_never_words(step, answer, outcome):
    async with smtp_peer(Sink(answers={step: answer})) as peer:
        assert await courier(peer.port).send(COPY) == outcome
    assert peer.mails == []


async def test_nobody_listening_is_a_deferral():
    assert await courier(free_port()).send(COPY) == Deferred("connect")


async def test_an_unresolvable_relay_is_a_deferral():
    assert await courier(25, host="relay.invalid").send(COPY) == Deferred("connect")


async def test_a_server_that_never_answers_is_a_deferral():
    async def silent(reader, writer):
        await reader.read()

    async with scripted_peer(silent) as port:
        assert await courier(port, timeout_s=0.2).send(COPY) == Deferred("timeout")


async def test_a_connection_that_breaks_after_data_is_a_deferral():
    async def breaks(reader, writer):
        writer.write(b"220 mx.example\r\n")
        for answer in (b"250 mx.example\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n"):
            await reader.readline()
            writer.write(answer)
            await writer.drain()
        await reader.readuntil(b"\r\n.\r\n")

    async with scripted_peer(breaks) as port:
        assert await courier(port).send(COPY) == Deferred("connect")


@pytest.mark.parametrize("greeting", [b"554 5.3.2 no mail today\r\n", b"421 4.3.2 later\r\n"])
async def test_a_greeting_that_refuses_is_a_deferral(greeting):
    async def refuses(reader, writer):
        writer.write(greeting)
        await writer.drain()

    async with scripted_peer(refuses) as port:
        outcome = await courier(port).send(COPY)
        assert outcome == Deferred(greeting.split()[1].decode())


async def test_required_tls_sends_over_a_verified_connection(certificates):
    async with smtp_peer(tls=certificates.server("localhost")) as peer:
        sender = courier(peer.port, tls="required", trust=certificates.client())
        assert await sender.send(COPY) == Delivered()
    assert peer.mails[0].encrypted


async def test_required_tls_sends_nothing_to_a_server_without_starttls(certificates):
    async with smtp_peer() as peer:
        sender = courier(peer.port, tls="required", trust=certificates.client())
        assert await sender.send(COPY) == Deferred("tls")
    assert (peer.sessions, peer.mails) == (1, [])


async def test_required_tls_sends_nothing_to_an_untrusted_certificate(certificates):
    async with smtp_peer(tls=Certificates().server("localhost")) as peer:
        sender = courier(peer.port, tls="required", trust=certificates.client())
        assert await sender.send(COPY) == Deferred("tls")
    assert (peer.sessions, peer.mails) == (1, [])


async def test_required_tls_without_own_trust_uses_the_systems(certificates):
    async with smtp_peer(tls=certificates.server("localhost")) as peer:
        assert await courier(peer.port, tls="required").send(COPY) == Deferred("tls")
    assert peer.mails == []


async def test_required_tls_sends_nothing_to_a_certificate_of_another_host(certificates):
    async with smtp_peer(tls=certificates.server("other.example")) as peer:
        sender = courier(peer.port, tls="required", trust=certificates.client())
        assert await sender.send(COPY) == Deferred("tls")
    assert peer.mails == []


async def test_required_is_the_default():
    assert RelayConfig(hostname="gate.example").tls == "required"


async def test_opportunistic_tls_takes_any_encryption():
    async with smtp_peer(tls=Certificates().server("other.example")) as peer:
        assert await courier(peer.port, tls="opportunistic").send(COPY) == Delivered()
    assert peer.mails[0].encrypted


async def test_opportunistic_tls_sends_in_clear_where_there_is_none():
    async with smtp_peer() as peer:
        assert await courier(peer.port, tls="opportunistic").send(COPY) == Delivered()
    assert not peer.mails[0].encrypted


@pytest.mark.parametrize(
    "address",
    [
        "an alyst@soc.example",
        "a@soc.example>\r\nDATA",
        "anal\udcffyst@soc.example",
        "b\N{LATIN SMALL LETTER U WITH DIAERESIS}ro@soc.example",
        "a@soc.example, b@soc.example",
        "Analyst <a@soc.example>",
        "(x)a@soc.example",
        "nobody",
        "",
    ],
)
async def test_an_address_that_cannot_stand_in_a_command_is_refused(address):
    async with smtp_peer() as peer:
        outcome = await courier(peer.port).send(OutboundCopy(address=address, content=b"x"))
    assert outcome == Refused("5.1.3")
    assert peer.mails == []


async def test_a_quoted_local_part_is_sent_as_it_is():
    async with smtp_peer() as peer:
        await courier(peer.port).send(OutboundCopy(address='"a b"@soc.example', content=b"x"))
    assert peer.mails[0].recipients == ['"a b"@soc.example']


async def test_without_a_relay_the_exchangers_are_tried_in_order():
    asked = []

    async def resolve(domain: str) -> list[Route]:
        asked.append(domain)
        return [Route("127.0.0.1", free_port()), Route("127.0.0.1", peer.port)]

    async with smtp_peer() as peer:
        sender = SmtpCourier(RelayConfig(hostname="gate.example", tls="none"), resolve=resolve)
        assert await sender.send(COPY) == Delivered()
    assert asked == ["soc.example"]


async def test_a_refusal_of_one_exchanger_is_not_taken_to_the_next():
    async def resolve(domain: str) -> list[Route]:
        return [Route("127.0.0.1", first.port), Route("127.0.0.1", second.port)]

    async with smtp_peer(Sink(answers={"RCPT": "550 5.1.1 no"})) as first, smtp_peer() as second:
        sender = SmtpCourier(RelayConfig(hostname="gate.example", tls="none"), resolve=resolve)
        assert await sender.send(COPY) == Refused("5.1.1")
    assert second.sessions == 0


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (UnknownDomain("5.1.2"), Refused("5.1.2")),
        (UnknownDomain("5.1.10"), Refused("5.1.10")),
        (UnknownYet(), Deferred("dns")),
    ],
)
async def test_what_dns_says_decides_too(error, outcome):
    async def resolve(domain: str) -> list[Route]:
        raise error

    sender = SmtpCourier(RelayConfig(hostname="gate.example", tls="none"), resolve=resolve)
    assert await sender.send(COPY) == outcome


async def test_mail_for_postmaster_is_passed_on_with_its_own_sender():
    content = b"Subject: hello\nFrom: x\n\nbare \xfc line ends\n"
    async with smtp_peer() as peer:
        outcome = await courier(peer.port).pass_on(
            content, mail_from="<someone@sender.example>", recipient="human@example.org"
        )
    assert outcome == Delivered()
    (mail,) = peer.mails
    assert mail.mail_from == "someone@sender.example"
    assert mail.recipients == ["human@example.org"]
    assert mail.content == content.replace(b"\n", b"\r\n")


async def test_mail_for_postmaster_from_the_null_sender_is_passed_on():
    async with smtp_peer() as peer:
        outcome = await courier(peer.port).pass_on(
            b"x\r\n", mail_from="<>", recipient="human@example.org"
        )
    assert outcome == Delivered()
    assert peer.mails[0].mail_from in {"", "<>"}


async def test_postmasters_relay_that_refuses_or_is_away_is_told_apart():
    async with smtp_peer(Sink(answers={"RCPT": "550 5.1.1 no"})) as peer:
        refused = await courier(peer.port).pass_on(b"x", mail_from="", recipient="h@example.org")
    assert refused == Refused("5.1.1")
    away = await courier(free_port()).pass_on(b"x", mail_from="", recipient="h@example.org")
    assert away == Deferred("connect")


def test_a_copy_does_not_show_its_address_or_content():
    assert "analyst" not in repr(COPY)
    assert "Subject" not in repr(COPY)
    assert "secret" not in repr(RelayConfig(hostname="x", password="secret"))
