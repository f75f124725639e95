"""rufgate never writes to a reporter (DM-8): no bounce, no answer, no thanks, whatever comes in.

All that a gate sends goes through its relay. This one takes every recipient, and remembers each
connection and each address that it was asked for.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import pytest

from tests import reports
from tests.e2e.gate import RECIPIENT, Gate, Sink

DESK = "desk@soc.example.net"
REPORTER = "abuse-desk@mx.receiver.example"
_ASKING = (
    ("Return-Path", f"<{REPORTER}>"),
    ("Reply-To", REPORTER),
    ("Sender", REPORTER),
    ("Errors-To", REPORTER),
    ("Return-Receipt-To", REPORTER),
    ("Disposition-Notification-To", REPORTER),
    ("X-Confirm-Reading-To", REPORTER),
    ("List-Unsubscribe", f"<mailto:{REPORTER}>"),
)


class Watching(Sink):
    """Remembers who connects, and for whom."""

    def __init__(self) -> None:
        super().__init__()
        self.sessions = 0
        self.recipients: list[str] = []

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's hook
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        self.sessions += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's hook
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        self.recipients.append(address)
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 any"


def inputs() -> Iterator[tuple[str, bytes]]:
    """Mail of every kind, each asking for an answer in all the ways there are."""
    plain = b"From: a@mx.receiver.example\r\nSubject: hello\r\n"
    yield "report", reports.report(outer=_ASKING)
    yield "headers only", reports.headers_only(outer=_ASKING)
    yield "the same again", reports.headers_only(outer=_ASKING)
    yield "no third part", reports.report(third_type=None, outer=_ASKING)
    yield "no feedback", reports.report(feedback=b"\r\n", outer=_ASKING)
    yield (
        "abuse",
        reports.report(
            feedback=reports.changed(reports.FEEDBACK, Feedback_Type="abuse"), outer=_ASKING
        ),
    )
    yield (
        "opt-out",
        reports.report(
            feedback=reports.changed(reports.FEEDBACK, Feedback_Type="opt-out"), outer=_ASKING
        ),
    )
    yield "report about a report", reports.report(reports.report(boundary="in"), outer=_ASKING)
    yield "template", reports.EXIM_TEMPLATE
    yield "letter", plain + b"\r\nplease answer\r\n"
    yield "empty", b"\r\n"
    yield "no header", b"\r\nno header at all\r\n"
    yield "garbage", bytes(range(1, 9)) * 40 + b"\r\n"
    yield "asks for a receipt", reports.block(_ASKING) + plain + b"\r\nread me\r\n"
    yield (
        "bounce",
        reports.report(
            feedback=b"Action: failed\r\n",
            feedback_header="Content-Type: message/delivery-status\r\n",
            report_type="delivery-status",
            outer=_ASKING,
        ),
    )
    yield (
        "receipt",
        reports.report(
            feedback=b"Disposition: manual-action/MDN-sent-manually; displayed\r\n",
            feedback_header="Content-Type: message/disposition-notification\r\n",
            report_type="disposition-notification",
            outer=_ASKING,
        ),
    )
    yield "out of office", plain + b"Auto-Submitted: auto-replied\r\n\r\nback on Monday\r\n"
    yield (
        "aggregate",
        (
            plain
            + b'Content-Type: application/gzip; name="a.example!b.example!1!2.xml.gz"\r\n\r\nx\r\n'
        ),
    )
    yield (
        "complaint",
        (
            b"From: staff@hotmail.example\r\nSubject: complaint about message from 192.0.2.9\r\n"
            b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="c"\r\n\r\n'
            b"--c\r\nContent-Type: message/rfc822\r\n\r\n" + reports.original() + b"\r\n--c--\r\n"
        ),
    )
    yield "too many hops", b"Received: by a.example; now\r\n" * 60 + reports.report()
    yield "too deep", _nested(12)
    yield (
        "too many parts",
        reports.report(
            reports.block(
                (*reports.ORIGINAL_HEADER, ("Content-Type", 'multipart/mixed; boundary="p"'))
            )
            + b"\r\n"
            + b"--p\r\n\r\nx\r\n" * 200
        ),
    )


def _nested(depth: int) -> bytes:
    content = b"Content-Type: text/plain\r\n\r\nend\r\n"
    for level in range(depth):
        start = f'Content-Type: multipart/mixed; boundary="n{level}"\r\n\r\n--n{level}\r\n'
        content = start.encode() + content + f"\r\n--n{level}--\r\n".encode()
    return reports.block(reports.ORIGINAL_HEADER) + content


@pytest.fixture(scope="module")
def relay() -> Iterator[Watching]:
    server = Watching()
    server.start()
    yield server
    server.stop()


@contextlib.contextmanager
def started(folder: Any, relay_port: int, *analysts: tuple[str, str, str]) -> Iterator[Gate]:
    gate = Gate(folder, relay_port, analysts=analysts, store_tier="metadata", processes=1)
    gate.start()
    try:
        yield gate
    finally:
        gate.kill()


def test_nothing_goes_to_a_reporter(tmp_path: Any, relay: Watching) -> None:
    """Null sender or not: who is written to are the analysts, and for reports alone."""
    with started(tmp_path, relay.port, ("desk", DESK, "metadata")) as gate:
        codes = {}
        for name, content in inputs():
            for sender in ("", REPORTER):
                codes[name] = gate.send(content, mail_from=sender)[0]
        assert codes.pop("too many hops") == 554
        assert set(codes.values()) == {250}, codes
        assert gate.send(b"x" * 70_000 + b"\r\n" + b"y\r\n", mail_from=REPORTER)[0] >= 200
        with gate.client() as client:  # and where the envelope is refused
            client.ehlo()
            assert client.mail(REPORTER)[0] == 250
            assert client.rcpt("nobody@ruf.example.org")[0] == 550
            assert client.rcpt("somebody@elsewhere.example")[0] == 550
            assert client.rcpt(RECIPIENT)[0] == 250
        gate.wait_delivered()
        copies = gate.rows("SELECT count(*) FROM outbox")[0][0]
        assert set(relay.recipients) == {DESK}
        assert len(relay.recipients) == copies > 0
        assert {name for (name,) in gate.rows("SELECT analyst FROM outbox")} == {"desk"}
        for mail in relay.mails():
            assert b"abuse-desk" not in mail


@pytest.mark.long
def test_without_analysts_nobody_is_called(tmp_path: Any, relay: Watching) -> None:
    before = relay.sessions
    with started(tmp_path, relay.port) as gate:
        for _, content in inputs():
            gate.send(content, mail_from=REPORTER)
        assert gate.terminate() == 0
        assert gate.rows("SELECT count(*) FROM outbox")[0][0] == 0
    assert relay.sessions == before
