"""Login at the relay: only with TLS beneath it, and a wrong password parks nothing."""

from __future__ import annotations

import asyncio

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from rufgate.deliver.courier import Deferred, Delivered, OutboundCopy, RelayConfig, SmtpCourier
from tests.deliver.peers import Certificates, Sink

COPY = OutboundCopy(address="analyst@soc.example", content=b"Subject: report\r\n\r\ntext\r\n")


async def attempt(password: str) -> tuple[object, Sink]:
    certificates, sink = Certificates(), Sink()

    def authenticate(server, session, envelope, mechanism, data):
        assert isinstance(data, LoginPassword)
        return AuthResult(success=data.password == b"right", handled=False)

    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(
            sink,
            hostname="mx.example",
            tls_context=certificates.server("localhost"),
            authenticator=authenticate,
            auth_required=True,
            loop=loop,
        ),
        "127.0.0.1",
        0,
    )
    config = RelayConfig(
        hostname="gate.example",
        relay=f"localhost:{server.sockets[0].getsockname()[1]}",
        username="gate",
        password=password,
        timeout_s=5.0,
    )
    outcome = await SmtpCourier(config, trust=certificates.client()).send(COPY)
    server.close()
    return outcome, sink


async def test_the_right_password_delivers():
    outcome, sink = await attempt("right")
    assert outcome == Delivered()
    assert len(sink.mails) == 1


async def test_a_wrong_password_is_our_fault_and_keeps_the_copy():
    outcome, sink = await attempt("wrong")
    assert outcome == Deferred("login")
    assert sink.mails == []


@pytest.mark.parametrize("tls", ["opportunistic", "none"])
def test_a_password_is_never_given_to_a_server_that_is_not_verified(tls):
    with pytest.raises(ValueError, match="required"):
        RelayConfig(hostname="gate.example", tls=tls, username="gate", password="right")
