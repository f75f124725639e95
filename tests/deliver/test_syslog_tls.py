"""Syslog by TLS (RFC 5425): to whom the certificate names, or to nobody."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime

import pytest
import trustme

from rufgate.deliver.courier import Deferred, Delivered
from rufgate.deliver.heads import NotCarried, SyslogCarrier
from rufgate.deliver.outputs import SyslogReceiver
from rufgate.deliver.syslog import SyslogTarget
from tests.deliver.tls_log_peer import log_peer

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
CA = trustme.CA()
SECRET = b'{"secret":"Nightingale"}'


def server(*names: str, ca: trustme.CA = CA, **validity: datetime) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert(*names, **validity).configure_cert(context)
    return context


@pytest.fixture
def ca_file(tmp_path):
    CA.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    return tmp_path / "ca.pem"


async def send(port: int, ca_file, host: str = "localhost", body: bytes = SECRET):
    target = SyslogTarget.parse(f"tls:{host}:{port}")
    receiver = SyslogReceiver(target, "gate.example.org", ca_file=ca_file)
    return await receiver.send("id", body, NOW, is_alert=False)


def frames(stream: bytes) -> list[bytes]:
    """By section 4.3: MSG-LEN SP SYSLOG-MSG."""
    found = []
    while stream:
        length, _, rest = stream.partition(b" ")
        assert not length.startswith(b"0")
        message, stream = rest[: int(length)], rest[int(length) :]
        assert len(message) == int(length)
        found.append(message)
    return found


async def test_a_message_arrives_counted_in_octets_and_nothing_of_it_in_clear(ca_file):
    with log_peer(server("localhost", "127.0.0.1")) as peer:
        assert await send(peer.port, ca_file) == Delivered()
        assert await send(peer.port, ca_file, "127.0.0.1", "Grüße\n2".encode()) == Delivered()
    first, second = (frames(stream) for stream in peer.frames)
    assert [len(first), len(second)] == [1, 1]
    assert first[0].startswith(b"<134>1 2027-03-01T12:00:00.000Z gate.example.org rufgate ")
    assert first[0].endswith(b" - " + SECRET)
    assert second[0].endswith("Grüße 2".encode())
    assert b"Nightingale" not in peer.wire
    assert b"<134>" not in peer.wire
    assert set(peer.versions) <= {"TLSv1.2", "TLSv1.3"}
    assert peer.goodbyes == 2  # section 4.4


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(lambda: server("other.example"), id="another name"),
        pytest.param(lambda: server("localhost", ca=trustme.CA()), id="another authority"),
        pytest.param(
            lambda: server("localhost", not_after=datetime(2020, 1, 1, tzinfo=UTC)), id="expired"
        ),
    ],
)
async def test_a_wrong_certificate_gets_nothing(ca_file, wrong):
    with log_peer(wrong()) as peer:
        assert await send(peer.port, ca_file) == Deferred("certificate")
    assert peer.wire
    assert b"Nightingale" not in peer.wire
    assert not any(peer.frames)


async def test_who_speaks_no_tls_or_an_old_one_gets_nothing(ca_file):
    with log_peer(None) as peer:
        assert await send(peer.port, ca_file) == Deferred("tls")
    assert peer.wire.startswith(b"\x16\x03")  # a ClientHello
    assert b"Nightingale" not in peer.wire
    old = server("localhost")
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        old.maximum_version = ssl.TLSVersion.TLSv1_1
    old.set_ciphers("ALL:@SECLEVEL=0")
    with log_peer(old) as peer:
        assert await send(peer.port, ca_file) == Deferred("tls")
    assert b"Nightingale" not in peer.wire


@pytest.mark.parametrize("newest", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
async def test_who_wants_a_certificate_of_ours_has_not_taken_it(ca_file, newest):
    """By TLS 1.3 the refusal comes after our message: it would be lost, and counted as sent."""
    strict = server("localhost")
    strict.maximum_version = newest
    CA.configure_trust(strict)
    strict.verify_mode = ssl.CERT_REQUIRED
    with log_peer(strict) as peer:
        assert await send(peer.port, ca_file) == Deferred("tls")
    assert not any(peer.frames)


async def test_nobody_there_is_tried_again(ca_file):
    assert await send(1, ca_file) == Deferred("ConnectionRefusedError")


async def test_heads_go_by_what_the_system_trusts(ca_file, monkeypatch):
    with log_peer(server("localhost")) as peer:
        carrier = SyslogCarrier(SyslogTarget.parse(f"tls:localhost:{peer.port}"), "gate.example")
        with pytest.raises(NotCarried, match="certificate"):
            await carrier.carry("head", 1, NOW)
        monkeypatch.setenv("SSL_CERT_FILE", str(ca_file))
        await carrier.carry("head", 1, NOW)
    assert next(frame for frame in peer.frames if frame).endswith(b"audit_head - head")


def test_the_port_is_that_of_the_standard():
    assert SyslogTarget.parse("tls:log.example.org").route.port == 6514
    assert SyslogTarget.parse("tcp:log.example.org").route.port == 514
    for text in ("tls:", "tls://log.example.org", "tls:log.example.org/x", "dtls:h:1"):
        with pytest.raises(ValueError, match="write"):
            SyslogTarget.parse(text)
