"""STARTTLS (RFC 3207): offered where configured, and nothing said before it counts."""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path

import pytest
import trustme

from rufgate.receive.replies import Reply
from rufgate.receive.smtp_server import Gate, GateSettings, server_tls
from tests.receive.gates import MAIL, NOW, Client, Log, open_gate

CA = trustme.CA()


@pytest.fixture
def tls(tmp_path: Path) -> ssl.SSLContext:
    certificate = CA.issue_cert("mx.ruf.example.org")
    certificate.cert_chain_pems[0].write_to_path(tmp_path / "cert.pem")
    certificate.private_key_pem.write_to_path(tmp_path / "key.pem")
    return server_tls(tmp_path / "cert.pem", tmp_path / "key.pem")


async def upgrade(client: Client) -> None:
    context = ssl.create_default_context()
    CA.configure_trust(context)
    await client.writer.start_tls(context, server_hostname="mx.ruf.example.org")


async def test_starttls_then_a_new_ehlo_without_starttls_and_auth(tls: ssl.SSLContext) -> None:
    async with open_gate(tls=tls, require_tls=True) as door:
        client = await door.call()
        assert "250-STARTTLS" in (await client.say("EHLO c")).splitlines()
        assert await client.say("MAIL FROM:<>") == Reply.TLS_REQUIRED.line
        assert await client.say("STARTTLS now") == Reply.BAD_ARGUMENT.line
        assert await client.say("STARTTLS") == Reply.START_TLS.line
        await upgrade(client)
        assert await client.say("MAIL FROM:<>") == Reply.BAD_SEQUENCE.line
        answer = await client.say("EHLO c")
        assert "STARTTLS" not in answer
        assert "AUTH" not in answer
        assert await client.say("STARTTLS") == Reply.BAD_SEQUENCE.line
        client.send(MAIL + b"DATA\r\nx\r\n.\r\n")
        assert (await client.replies(4))[3] == Reply.OK.line
        assert len(door.taken) == 1


async def test_cve_2024_34083_plaintext_behind_starttls_is_dropped(tls: ssl.SSLContext) -> None:
    async with open_gate(tls=tls) as door:
        client = await door.call()
        await client.say("EHLO c")
        client.send(b"STARTTLS\r\nEHLO evil.example\r\n" + MAIL)
        assert await client.reply() == Reply.START_TLS.line
        await upgrade(client)
        assert await client.say("NOOP") == Reply.NOTHING_DONE.line
        assert await client.say("MAIL FROM:<>") == Reply.BAD_SEQUENCE.line


async def test_a_failed_handshake_ends_the_session_and_frees_its_place(
    tls: ssl.SSLContext,
) -> None:
    async with open_gate(tls=tls) as door:
        client = await door.call()
        await client.say("STARTTLS")
        client.send(b"this is no handshake\r\n" * 5)
        with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
            await asyncio.wait_for(client.reader.readexactly(10_000), 10)
        await asyncio.sleep(0.05)
        assert [event for event, _ in door.log.lines] == ["session"]
        await door.call()


async def test_a_session_whose_tls_is_closed_already_can_still_be_ended(
    tls: ssl.SSLContext,
) -> None:
    """Early releases of Python 3.11 forget the connection at the second ``close()``."""
    async with open_gate(tls=tls) as door:
        client = await door.call()
        await client.say("STARTTLS")
        await upgrade(client)
        await client.say("EHLO c")
        (session,) = door.gate._shared.sessions
        session.transport.close()
        session.transport.close()
        session.abort()
        await asyncio.sleep(0.05)
        assert door.gate._shared.sessions == set()
        assert (await (await door.call()).say("NOOP")) == Reply.NOTHING_DONE.line


async def test_old_tls_is_refused(tls: ssl.SSLContext) -> None:
    async with open_gate(tls=tls) as door:
        client = await door.call()
        await client.say("STARTTLS")
        context = ssl.create_default_context()
        CA.configure_trust(context)
        with pytest.warns(DeprecationWarning, match="TLSv1_1"):
            context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
        with pytest.raises((ssl.SSLError, ConnectionError)):
            await client.writer.start_tls(context, server_hostname="mx.ruf.example.org")
        client.writer.transport.abort()


def test_required_tls_without_a_certificate_is_no_gate() -> None:
    settings = GateSettings(hostname="h.example", recipients=("r@h.example",), require_tls=True)
    with pytest.raises(ValueError, match="certificate"):
        Gate(
            settings,
            accept=lambda message: asyncio.sleep(0, Reply.OK),
            clock=lambda: NOW,
            log=Log(),
        )
