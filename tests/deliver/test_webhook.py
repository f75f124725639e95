"""A webhook is posted to the host that is configured, signed, or to nobody."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socket
import ssl
from datetime import UTC, datetime

import pytest
import trustme

from rufgate.deliver.courier import Deferred, Delivered, Refused
from rufgate.deliver.webhook import Webhook, WebhookUrl, secret_of
from tests.deliver.http_peer import Peer, http_peer

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
SECRET = b"0123456789abcdef0123456789abcdef"
BODY = json.dumps({"event": {"kind": "event"}}).encode()
CA = trustme.CA()


@pytest.fixture
def ca_file(tmp_path):
    path = tmp_path / "ca.pem"
    CA.cert_pem.write_to_path(str(path))
    return path


def server_tls(name: str = "127.0.0.1", ca: trustme.CA = CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert(name).configure_cert(context)
    return context


async def post(url: str, **options):
    return await Webhook(WebhookUrl.parse(url), SECRET, **options).send("id-1", BODY, NOW)


async def test_it_is_posted_by_tls_and_signed_as_the_specification_has_it(ca_file):
    with http_peer(Peer(), server_tls()) as peer:
        url = f"https://127.0.0.1:{peer.port}/hook?tenant=7"
        assert await post(url, ca_file=ca_file) == Delivered()
    ((path, headers, body),) = peer.taken
    assert (path, body) == ("/hook?tenant=7", BODY)
    assert headers["Content-Type"] == "application/json"
    assert headers["Host"] == f"127.0.0.1:{peer.port}"
    stamp = str(int(NOW.timestamp()))
    assert (headers["webhook-id"], headers["webhook-timestamp"]) == ("id-1", stamp)
    expected = hmac.new(SECRET, b"id-1." + stamp.encode() + b"." + BODY, hashlib.sha256).digest()
    assert headers["webhook-signature"] == "v1," + base64.b64encode(expected).decode()


async def test_no_byte_goes_where_the_certificate_is_not_the_hosts(ca_file):
    for tls in (server_tls("other.example"), server_tls(ca=trustme.CA())):
        with http_peer(Peer(), tls) as peer:
            outcome = await post(f"https://127.0.0.1:{peer.port}/", ca_file=ca_file)
            assert outcome == Deferred("certificate")
            assert not peer.taken


async def test_no_redirect_is_followed():
    with http_peer(Peer()) as elsewhere:
        answer = {"Location": f"http://127.0.0.1:{elsewhere.port}/"}
        for status in (301, 302, 307, 308):
            with http_peer(Peer(answers=[status], headers=answer)) as peer:
                outcome = await post(f"http://127.0.0.1:{peer.port}/")
                assert outcome == Deferred(f"http_{status}")
        assert not elsewhere.taken


async def test_no_proxy_of_the_environment_sees_it(monkeypatch):
    with http_peer(Peer()) as proxy, http_peer(Peer()) as peer:
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        assert await post(f"http://127.0.0.1:{peer.port}/") == Delivered()
        assert not proxy.taken


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, Delivered()), (202, Delivered()), (422, Refused("http_422")),
        (413, Refused("http_413")), (401, Deferred("http_401")), (404, Deferred("http_404")),
        (429, Deferred("http_429")), (503, Deferred("http_503")),
    ],
)  # fmt: skip
async def test_an_answer_is_an_outcome(status, outcome):
    with http_peer(Peer(answers=[status])) as peer:
        assert await post(f"http://127.0.0.1:{peer.port}/") == outcome


async def test_who_answers_nothing_or_nonsense_is_asked_again():
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        assert await post(url, timeout_s=0.2) == Deferred("timeout")
    assert await post(url) == Deferred("ConnectionRefusedError")


@pytest.mark.parametrize(
    "url",
    [
        "http://siem.example.org/", "http://192.0.2.7/", "ftp://127.0.0.1/", "https://", "x",
        "https://user:secret@siem.example.org/", "https://siem.example.org/#x",
        "https://siem.example.org:99999/", "https://siem.example.org/a b",
        "https://siem.example.org/\r\nX-Other: 1", "http://127.0.0.1.example.org/",
        "https://siem.ex\u00e4mple.org/",
    ],
)  # fmt: skip
def test_other_urls_are_refused_and_not_quoted(url):
    with pytest.raises(ValueError, match="write") as refused:
        WebhookUrl.parse(url)
    assert "secret" not in str(refused.value)


def test_a_secret_is_text_or_base64_and_long_enough():
    assert secret_of(b"0123456789abcdef0123456789abcdef\n") == SECRET
    assert secret_of(b"whsec_" + base64.b64encode(SECRET)) == SECRET
    for short in (b"", b"short", b"whsec_!!", b"whsec_" + base64.b64encode(b"short")):
        with pytest.raises(ValueError, match="holds"):
            secret_of(short)
