"""Who is speaking: the whole look-up against a name server that remembers what it was asked."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from ipaddress import ip_network
from typing import Any

import dkim
import pytest

from rufgate.receive.authenticity.check import ReporterCheck, ReporterRules
from rufgate.receive.authenticity.resolver import DnsResolver
from rufgate.receive.fronts import Fronts
from rufgate.receive.replies import Reply
from rufgate.recognize.signatures import verify_signatures
from rufgate.sanitize.authenticity import Authenticity, Evidence, conclude
from rufgate.sanitize.raw import RawMessage
from tests.dns_server import DnsServer
from tests.recognize.test_signatures import PRIVATE, RECORD

ZONE = f"""
    mail.reporter.example TXT "v=spf1 ip4:192.0.2.0/24 -all"
    mx.reporter.example TXT "v=spf1 ip4:192.0.2.0/24 -all"
    elsewhere.example TXT "v=spf1 ip4:192.0.2.0/24 -all"
    jane-roe.rcpt.wild.example TXT "v=spf1 +all"
    janes-macbook.wild.example TXT "v=spf1 +all"
    _dmarc.wild.example TXT "v=DMARC1; p=none; psd=y"
    many.without.example TXT "v=spf1 +all"
    _dmarc.reporter.example TXT "v=DMARC1; p=reject"
    _dmarc.strict.example TXT "v=DMARC1; p=reject; aspf=s; adkim=s"
    _dmarc.broken.example TXT "v=DMARC1; p=reject"
    s1._domainkey.reporter.example TXT "{RECORD[:200]}" "{RECORD[200:]}"
    s1._domainkey.mail.strict.example TXT "{RECORD[:200]}" "{RECORD[200:]}"
    s2._domainkey.reporter.example TXT "v=DKIM1; p="
"""
REPORT = b"""From: Reports <noreply@AUTHOR>\r
To: dmarc-ruf@ruf.example.org\r
Subject: a report from inner-subject.example\r
Received: from inner-received.example by mx.reporter.example; Tue, 03 Nov 2026 09:15:02 +0000\r
Reply-To: someone@inner-reply.example\r
Authentication-Results: mx.front.example; spf=pass smtp.mailfrom=bounce@elsewhere.example\r
MIME-Version: 1.0\r
Content-Type: multipart/report; report-type=feedback-report; boundary=b\r
\r
--b\r
Content-Type: message/feedback-report\r
\r
Feedback-Type: auth-failure\r
Reported-Domain: inner-reported.example\r
DKIM-Domain: inner-dkim.example\r
Original-Mail-From: <a@inner-envelope.example>\r
Source-IP: 198.51.100.9\r
\r
--b\r
Content-Type: message/rfc822\r
\r
DKIM-Signature: v=1; a=rsa-sha256; d=inner-signed.example; s=inner; h=from; bh=AA==; b=AA==\r
From: x@inner-from.example\r
\r
https://inner-link.example/\r
--b--\r
"""


@pytest.fixture
def server() -> Iterator[DnsServer]:
    server = DnsServer(ZONE)
    yield server
    server.close()


def _message(content: bytes | None = None, *, author: str = "reporter.example", **given: Any):
    envelope = {
        "mail_from": "bounce+someone@mail.reporter.example",
        "helo": "mx.reporter.example",
        "client_ip": "192.0.2.7",
    } | given
    content = (content or REPORT).replace(b"AUTHOR", author.encode())
    return RawMessage(bytearray(content), received_at=datetime(2026, 11, 3, tzinfo=UTC), **envelope)


def _signed(author: str, domain: str, selector: str = "s1") -> bytes:
    content = REPORT.replace(b"AUTHOR", author.encode())
    return dkim.sign(content, selector.encode(), domain.encode(), PRIVATE) + content


def _check(server: DnsServer, *fronts: str, **rules: Any) -> ReporterCheck:
    networks = Fronts(map(ip_network, fronts))
    return ReporterCheck(DnsResolver([server.address]), networks, ReporterRules(**rules))


async def _find(check: ReporterCheck, message: RawMessage) -> Authenticity:
    evidence = await check.look_up(message)
    assert isinstance(evidence, Evidence)
    return conclude(evidence, verify_signatures(message, evidence.keys))


def _words(found: Authenticity) -> tuple[str, str, str, str | None]:
    owner = None if found.domain is None else str(found.domain)
    return found.spf.value, found.dkim.value, found.dmarc.value, owner


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (_message(), ("pass", "none", "pass", "reporter.example")),
        (_message(client_ip="203.0.113.1"), ("fail", "none", "fail", None)),
        (_message(author="example.net"), ("pass", "none", "none", "reporter.example")),
        # a null sender: HELO speaks
        (_message(mail_from=""), ("pass", "none", "pass", "reporter.example")),
        (_message(mail_from="", helo="[192.0.2.7]"), ("none", "none", "fail", None)),
        (_message(mail_from="a@elsewhere.example"), ("pass", "none", "fail", "elsewhere.example")),
        (
            _message(_signed("reporter.example", "reporter.example"), client_ip="203.0.113.1"),
            ("fail", "pass", "pass", "reporter.example"),
        ),
        # the signature is of the organization, but the record says strict
        (
            _message(
                _signed("strict.example", "mail.strict.example"),
                mail_from="a@elsewhere.example",
                client_ip="203.0.113.1",
            ),
            ("fail", "pass", "fail", "strict.example"),
        ),
        # a key that was withdrawn
        (
            _message(
                _signed("reporter.example", "reporter.example", "s2"), client_ip="203.0.113.1"
            ),
            ("fail", "permerror", "fail", None),
        ),
        # the DNS does not let us see
        (
            _message(mail_from="a@x.broken.example", author="x.broken.example"),
            ("temperror", "none", "temperror", None),
        ),
        (_message(client_ip=""), ("none", "none", "fail", None)),
        (
            _message(mail_from="a@localhost", helo="pc", author="nonsense"),
            ("none", "none", "none", None),
        ),
    ],
)
async def test_results(
    server: DnsServer, message: RawMessage, words: tuple[str, str, str, str | None]
) -> None:
    assert _words(await _find(_check(server), message)) == words


@pytest.mark.parametrize(
    ("message", "owner"),
    [
        (_message(mail_from="a@jane-roe.rcpt.wild.example"), "wild.example"),
        (_message(mail_from="", helo="janes-macbook.wild.example"), "wild.example"),
        (_message(mail_from="a@many.without.example"), "without.example"),
    ],
)
async def test_names_below_a_registered_one_are_no_reporters_of_their_own(
    server: DnsServer, message: RawMessage, owner: str
) -> None:
    """Whoever owns a domain can make up any number of them, and write a person's name in one.

    Not even where its own record says that each belongs to somebody else.
    """
    assert _words(await _find(_check(server), message))[3] == owner


async def test_nothing_from_inside_a_report_is_looked_up(server: DnsServer) -> None:
    message = _message(_signed("reporter.example", "reporter.example"))
    await _find(_check(server), message)
    allowed = ("reporter.example", "example")
    assert server.names
    assert all(name == "_dmarc.example" or name.endswith(allowed[0]) for name in server.names)
    assert not any("inner" in name or "someone" in name for name in server.names)


async def test_not_even_from_a_report_with_a_thousand_names(server: DnsServer) -> None:
    inner = b"".join(
        b"DKIM-Signature: v=1; d=inner%d.example; s=s; h=from\r\nFrom: a@inner%d.example\r\n"
        % (n, n)
        for n in range(1000)
    )
    await _find(_check(server), _message(REPORT + inner))
    assert not any("inner" in name for name in server.names)


async def test_five_signatures_are_looked_at(server: DnsServer) -> None:
    fields = b"".join(
        b"DKIM-Signature: v=1; d=d%d.example; s=s; h=from\r\n" % number for number in range(50)
    )
    await _find(_check(server), _message(fields + REPORT))
    keys = {name for name in server.names if "_domainkey" in name}
    assert keys == {f"s._domainkey.d{number}.example" for number in range(5)}


async def test_two_froms_are_nobodys(server: DnsServer) -> None:
    found = await _find(_check(server), _message(b"From: a@reporter.example\r\n" + REPORT))
    assert found.dmarc.value == "none"


async def test_silence_ends_in_time_as_a_temporary_error(server: DnsServer) -> None:
    began = time.monotonic()
    message = _message(
        _signed("x.silent.example", "x.silent.example"),
        mail_from="a@x.silent.example",
        author="x.silent.example",
    )
    found = await _find(_check(server, time_limit_s=0.3), message)
    assert _words(found) == ("temperror", "temperror", "temperror", None)
    assert time.monotonic() - began < 4


async def test_without_a_name_server_all_is_a_temporary_error() -> None:
    nowhere = DnsResolver([("127.0.0.1", 1)])
    check = ReporterCheck(nowhere, Fronts(), ReporterRules(time_limit_s=0.3))
    assert (await _find(check, _message())).spf.value == "temperror"


async def test_a_front_that_does_not_say_for_whom_it_speaks(server: DnsServer) -> None:
    message = _message()
    silent = await _find(_check(server, "192.0.2.0/24"), message)
    assert _words(silent) == ("none", "none", "fail", None)
    other = await _find(
        _check(server, "192.0.2.0/24", authserv_ids=frozenset({"mx.other.example"})), message
    )
    assert other.spf.value == "none"
    own = await _find(
        _check(server, "192.0.2.0/24", authserv_ids=frozenset({"mx.front.example"})), message
    )
    assert _words(own) == ("pass", "none", "fail", "elsewhere.example")


async def test_the_word_of_a_front_counts_from_a_front_alone(server: DnsServer) -> None:
    check = _check(server, "203.0.113.0/24", authserv_ids=frozenset({"mx.front.example"}))
    assert _words(await _find(check, _message())) == ("pass", "none", "pass", "reporter.example")


LISTED = {"reporters": ("reporter.example", "x.broken.example")}


@pytest.mark.parametrize(
    ("message", "refusal"),
    [
        (_message(), None),
        (_message(author="example.net"), None),  # its envelope is listed and proven
        (_message(client_ip="203.0.113.1"), Reply.REPORTER_NOT_LISTED),
        (_message(mail_from="a@elsewhere.example"), Reply.REPORTER_NOT_LISTED),
        (
            _message(mail_from="a@x.broken.example", author="x.broken.example"),
            Reply.TRY_LATER,
        ),
    ],
)
async def test_a_list_of_reporters(
    server: DnsServer, message: RawMessage, refusal: Reply | None
) -> None:
    check = _check(server, **LISTED)
    assert check.refusal(await _find(check, message)) is refusal


async def test_who_claims_no_listed_name_is_refused_before_anything_is_asked(
    server: DnsServer,
) -> None:
    message = _message(mail_from="a@elsewhere.example", author="notreporter.example")
    assert await _check(server, **LISTED).look_up(message) is Reply.REPORTER_NOT_LISTED
    assert not server.asked
