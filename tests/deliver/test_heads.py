"""Heads of the audit log arrive at a file, at real syslog sockets and in a real mailbox."""

from __future__ import annotations

import asyncio
import re
import socket
import socketserver
import threading
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest

from rufgate.deliver.courier import RelayConfig, SmtpCourier
from rufgate.deliver.heads import (
    FileCarrier,
    MailCarrier,
    NotCarried,
    SyslogCarrier,
)
from rufgate.deliver.syslog import SyslogTarget
from tests.deliver.peers import Sink, smtp_peer

NOW = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)
LINE = '{"form": "rufgate-head-1", "sequence": 7, "mac": "' + "0a" * 32 + '"}'
# RFC 5424 section 6: PRI VERSION TIMESTAMP HOSTNAME APP-NAME PROCID MSGID STRUCTURED-DATA MSG
RFC5424 = re.compile(
    r"<109>1 2026-11-25T10:30:00\.000Z gate\.example\.org rufgate \d+ audit_head - (\{.*\})"
)


def syslog(target: str) -> SyslogCarrier:
    return SyslogCarrier(SyslogTarget.parse(target), "gate.example.org")


def said(message: bytes) -> str:
    match = RFC5424.fullmatch(message.decode())
    assert match, message
    return match[1]


async def test_a_file_is_appended_to_and_closed_to_others(tmp_path):
    path = tmp_path / "heads"
    carrier = FileCarrier(path)
    path.write_text("before\n")
    await carrier.carry(LINE, 7, NOW)
    await carrier.carry(LINE, 8, NOW)
    assert path.read_text() == f"before\n{LINE}\n{LINE}\n"
    await FileCarrier(tmp_path / "new").carry(LINE, 7, NOW)
    assert (tmp_path / "new").stat().st_mode & 0o137 == 0
    with pytest.raises(NotCarried, match="FileNotFoundError"):
        await FileCarrier(tmp_path / "none" / "heads").carry(LINE, 7, NOW)


async def test_syslog_by_udp_is_one_datagram_of_rfc_5424():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver:
        receiver.bind(("127.0.0.1", 0))
        receiver.settimeout(10)
        await syslog(f"udp:127.0.0.1:{receiver.getsockname()[1]}").carry(LINE, 7, NOW)
        assert said(receiver.recv(65536)) == LINE


async def test_syslog_by_the_socket_of_the_machine(tmp_path):
    path = str(tmp_path / "log")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as receiver:
        receiver.bind(path)
        receiver.settimeout(10)
        await syslog(f"unix:{path}").carry(LINE, 7, NOW)
        assert said(receiver.recv(65536)) == LINE
    with pytest.raises(NotCarried, match="ConnectionRefusedError"):
        await syslog(f"unix:{path}").carry(LINE, 7, NOW)


async def test_syslog_by_tcp_counts_its_octets():
    """RFC 6587 section 3.4.1."""
    received, done = [], threading.Event()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            received.append(self.rfile.read())
            done.set()

    with socketserver.TCPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        port = server.server_address[1]
        await syslog(f"tcp:127.0.0.1:{port}").carry(LINE, 7, NOW)
        assert await asyncio.to_thread(done.wait, 10)
    length, _, message = received[0].partition(b" ")
    assert int(length) == len(message)
    assert said(message) == LINE
    with pytest.raises(NotCarried):
        await syslog(f"tcp:127.0.0.1:{port}").carry(LINE, 7, NOW)


async def test_mail_goes_through_the_relay_and_keeps_the_line_whole():
    sink = Sink()
    async with smtp_peer(sink):
        relay = RelayConfig(hostname="gate.example.org", relay=f"127.0.0.1:{sink.port}", tls="none")
        carrier = MailCarrier(
            SmtpCourier(relay),
            sender="rufgate@example.org",
            recipient="privacy@example.org",
            new_id=lambda: "one",
        )
        await carrier.carry(LINE, 7, NOW)
        sink.answers["RCPT"] = "550 5.1.1 who is privacy@example.org"
        with pytest.raises(NotCarried) as caught:
            await carrier.carry(LINE, 8, NOW)
    assert str(caught.value) == "5.1.1", "a code, no word of the server's"
    (mail,) = sink.mails
    assert mail.recipients == ["privacy@example.org"]
    message = message_from_bytes(mail.content, policy=default)
    assert message["From"] == "rufgate@example.org"
    assert message["Auto-Submitted"] == "auto-generated"
    assert LINE in message.get_content().splitlines()
    assert LINE.encode() in mail.content, "as it stands, for whoever keeps the mailbox as a file"


@pytest.mark.parametrize(
    "text", ["", "/dev/log", "unix:", "unix:log", "udp:", "http:x:1", "tcp:h:0", "udp:h:99999"]
)
def test_what_is_no_receiver_is_refused(text):
    with pytest.raises(ValueError, match=r"write|relay"):
        SyslogTarget.parse(text)


def test_the_port_may_be_left_out():
    assert SyslogTarget.parse("udp:log.example.org").route.port == 514
    assert SyslogTarget.parse("tcp:[2001:db8::1]:601").route.host == "2001:db8::1"
