"""The demonstration: built-in synthetic reports, and a loopback sink that takes what comes out.

In:  the port of a running gate.
Out: each report before and after, as text; with a folder, every copy as a file.
SECURITY: the sink listens on loopback only and is for demonstrations; the reports hold made-up
     data on reserved names (RFC 2606) and addresses (RFC 5737).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiosmtplib
from aiosmtpd.smtp import SMTP

RECIPIENT = "dmarc-ruf@ruf.example.org"


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoReport:
    """A report as a receiver would send it, line ends as ``\\n``."""

    title: str
    content: str

    def wire(self) -> bytes:
        """The bytes for SMTP."""
        return self.content.replace("\n", "\r\n").encode()


class LoopbackSink:
    """An SMTP server on 127.0.0.1 that keeps each mail, and writes it to ``folder`` if given."""

    def __init__(self, folder: Path | None = None, say: Callable[[str], None] = print) -> None:
        self._folder = folder
        self._say = say
        self._server: asyncio.Server | None = None
        self._arrived: asyncio.Queue[bytes] = asyncio.Queue()

    async def start(self) -> int:
        """Listen on a free port and return it."""
        if self._folder is not None:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            lambda: SMTP(self, hostname="sink.localhost", enable_SMTPUTF8=True), "127.0.0.1", 0
        )
        return int(self._server.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        """Close the listener."""
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    async def next_copy(self, wait_s: float) -> bytes:
        """The next mail that arrives; ``TimeoutError`` if none does."""
        return await asyncio.wait_for(self._arrived.get(), wait_s)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: ANN401, ARG002, N802 - aiosmtpd's hook
        """Keep the mail, write it, say where."""
        content = bytes(envelope.content)
        if self._folder is not None:
            count = await asyncio.to_thread(
                lambda folder: len(list(folder.iterdir())), self._folder
            )
            path = self._folder / f"{count + 1:04d}.eml"
            await asyncio.to_thread(path.write_bytes, content)
            self._say(f"copy delivered: {path}")
        await self._arrived.put(content)
        return "250 2.0.0 kept"


async def run(port: int, sink: LoopbackSink, say: Callable[[str], None], *, wait_s: float) -> bool:
    """Send every built-in report to the gate on ``port`` and show what becomes of it.

    False if a report was refused or its copy did not arrive within ``wait_s`` seconds.
    """
    for number, report in enumerate(REPORTS, 1):
        say(f"\n===== report {number} of {len(REPORTS)}: {report.title} =====")
        say("\n--- before: what the receiver sent ---\n\n" + report.content)
        try:
            reply = await _send(port, report.wire())
        except aiosmtplib.SMTPException as error:
            say(f"--- the gate did not take the report: {type(error).__name__} ---")
            return False
        say(f"--- the gate answered: 250 {reply} ---")
        try:
            copy = await sink.next_copy(wait_s)
        except TimeoutError:
            say("--- no copy arrived at the sink in time ---")
            return False
        say(
            "\n--- after: what the analyst gets ---\n\n"
            + copy.decode("ascii").replace("\r\n", "\n")
        )
    return True


async def _send(port: int, content: bytes) -> str:
    """Send as a reporter would, from the null sender; the text behind 250."""
    client = aiosmtplib.SMTP(hostname="127.0.0.1", port=port, start_tls=False)
    async with client:
        _, reply = await client.sendmail("", [RECIPIENT], content)
    return reply


_BODY_REPORT = """\
From: DMARC reports <noreply-dmarc@mx.receiver.example>
To: dmarc-ruf@ruf.example.org
Subject: FW: Your council tax refund, Mrs Whitcombe
Date: Tue, 03 Nov 2026 09:15:02 +0000
Message-ID: <20261103091502.4711@mx.receiver.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="part"

--part
Content-Type: text/plain; charset=us-ascii

This is an authentication failure report for a message received from
198.51.100.23 for ada.whitcombe@home.example.

--part
Content-Type: message/feedback-report

Feedback-Type: auth-failure
User-Agent: Receiver-Filter/2.1
Version: 1
Original-Mail-From: <bounce+ada.whitcombe=home.example@mailer.example.net>
Original-Rcpt-To: <ada.whitcombe@home.example>
Arrival-Date: Tue, 03 Nov 2026 09:14:58 +0000
Source-IP: 198.51.100.23
Reported-Domain: example.org
Auth-Failure: dmarc
Delivery-Result: reject
Identity-Alignment: none
Authentication-Results: mx.receiver.example; dmarc=fail header.from=example.org;
 spf=pass smtp.mailfrom=bounce+ada.whitcombe=home.example@mailer.example.net

--part
Content-Type: message/rfc822

Received: from out7.mailer.example.net (out7.mailer.example.net [198.51.100.23])
 by mx.receiver.example with ESMTPS id 4711 for <ada.whitcombe@home.example>;
 Tue, 03 Nov 2026 09:14:58 +0000
From: "Revenue Office" <revenue@example.org>
To: "Ada Whitcombe" <ada.whitcombe@home.example>
Subject: Your council tax refund, Mrs Whitcombe
Date: Tue, 03 Nov 2026 09:14:50 +0000
Message-ID: <refund-ada.whitcombe@mailer.example.net>
List-Unsubscribe: <https://mailer.example.net/u/YWRhLndoaXRjb21iZUBob21lLmV4YW1wbGU>
MIME-Version: 1.0
Content-Type: text/plain; charset=us-ascii

Dear Mrs Whitcombe,

our records show a refund of 184.20 pounds for 12 Harbour Lane, Leeds LS1 4AP.
Please confirm your National Insurance number AB 12 34 56 C and call us on
0113 496 0123, or open
https://refund.mailer.example.net/claim?user=ada.whitcombe%40home.example
before Friday.

Kind regards,
Theodore Marlowe
"""

_ATTACHMENT_REPORT = """\
From: postmaster@filter.example.com
To: dmarc-ruf@ruf.example.org
Subject: DMARC failure
Date: Tue, 03 Nov 2026 10:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="outer"

--outer
Content-Type: text/plain

A message failed DMARC.

--outer
Content-Type: message/feedback-report

Feedback-Type: auth-failure
User-Agent: Filter/1.0
Version: 1
Arrival-Date: Tue, 03 Nov 2026 09:59:30 +0000
Source-IP: 203.0.113.77
Reported-Domain: example.org
Auth-Failure: signature
DKIM-Domain: example.org
DKIM-Selector: s2026
DKIM-Identity: billing@example.org
DKIM-Canonicalized-Body: RGVhciBNciBQZW1iZXJ0b24=
Authentication-Results: filter.example.com; dkim=fail header.d=example.org

--outer
Content-Type: message/rfc822

From: "Billing" <billing@example.org>
To: "Silas Pemberton" <s.pemberton@shop.example>
Subject: Invoice 20419
Date: Tue, 03 Nov 2026 09:58:00 +0000
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="inner"

--inner
Content-Type: text/html; charset=utf-8

<p>Hello Mr <b>Pem</b>berton,</p><p>please find invoice 20419 over 310.00 euros
attached. Pay to GB82 WEST 1234 5698 7654 32.</p>

--inner
Content-Type: application/pdf; name="pemberton-invoice.pdf"
Content-Transfer-Encoding: base64

JVBERi0xLjQKJeLjz9MKMSAwIG9iago8PC9BdXRob3IoU2lsYXMgUGVtYmVydG9uKT4+CmVuZG9i
ag==

--inner--
--outer--
"""

_TEMPLATE_REPORT = """\
From: no-reply@gateway.example.net
To: dmarc-ruf@ruf.example.org
Subject: DMARC Forensic Report for example.org from IP 192.0.2.45
Date: Tue, 03 Nov 2026 11:30:00 +0100
MIME-Version: 1.0
Content-Type: text/plain; charset=us-ascii

A message claiming to be from you has failed the published DMARC policy for your domain.

  Sender Domain: example.org
  Sender IP Address: 192.0.2.45
  Received date: Tue, 03 Nov 2026 11:29:41 +0100
  SPF Alignment: no
  DKIM Alignment: no
  DMARC Results: None, Accept

------ This is a copy of the headers that were received before the error was detected.

Received: from [192.0.2.45] (helo=desktop-noemi.home)
 by gateway.example.net with esmtp (envelope-from <noemi.castellanos@example.org>)
 for <r.okafor@partner.example>; Tue, 03 Nov 2026 11:29:41 +0100
From: Noemi Castellanos <noemi.castellanos@example.org>
To: r.okafor@partner.example
Subject: Payment for Rashid Okafor
Date: Tue, 03 Nov 2026 11:29:30 +0100
Message-Id: <134117F8@desktop-noemi.home>
"""

REPORTS = (
    DemoReport(title="a spoof with a letter in it (RFC 9991)", content=_BODY_REPORT),
    DemoReport(title="a broken signature, HTML and an attachment", content=_ATTACHMENT_REPORT),
    DemoReport(title="a plain-text report without any ARF part", content=_TEMPLATE_REPORT),
)
