"""Builds failure reports for tests: conforming ARF (RFC 6591, RFC 9991) and its deviations.

Everything is made up, on reserved names (RFC 2606) and addresses (RFC 5737, RFC 3849).
"""

from __future__ import annotations

from collections.abc import Sequence

RECIPIENT = "dmarc-ruf@ruf.example.org"

FEEDBACK = (
    ("Feedback-Type", "auth-failure"),
    ("User-Agent", "Receiver-Filter/2.1"),
    ("Version", "1"),
    ("Original-Mail-From", "<bounce@mailer.example.net>"),
    ("Original-Rcpt-To", "<ada.whitcombe@home.example>"),
    ("Arrival-Date", "Tue, 03 Nov 2026 09:14:58 +0000"),
    ("Source-IP", "198.51.100.23"),
    ("Reported-Domain", "example.org"),
    ("Auth-Failure", "dmarc"),
    ("Delivery-Result", "reject"),
    ("Identity-Alignment", "none"),
    (
        "Authentication-Results",
        (
            "mx.receiver.example; dmarc=fail header.from=example.org;"
            " spf=fail smtp.mailfrom=bounce@mailer.example.net"
        ),
    ),
)
ORIGINAL_HEADER = (
    ("From", '"Revenue Office" <revenue@example.org>'),
    ("To", '"Ada Whitcombe" <ada.whitcombe@home.example>'),
    ("Subject", "Your refund, Mrs Whitcombe"),
    ("Date", "Tue, 03 Nov 2026 09:14:50 +0000"),
    ("Message-ID", "<refund-1@mailer.example.net>"),
)
ORIGINAL_BODY = "Dear Mrs Whitcombe,\r\n\r\nplease confirm before Friday.\r\n"


def block(fields: Sequence[tuple[str, str]]) -> bytes:
    """A header block, one line a field, without the empty line after it."""
    return "".join(f"{name}: {value}\r\n" for name, value in fields).encode()


def changed(fields: Sequence[tuple[str, str]], **values: str | None) -> tuple[tuple[str, str], ...]:
    """``fields`` with some replaced, added or (``None``) left out; ``_`` in a key means ``-``."""
    given = {key.replace("_", "-"): value for key, value in values.items()}
    result = [(name, given.pop(name, value)) for name, value in fields]
    result += list(given.items())
    return tuple((name, value) for name, value in result if value is not None)


def original(
    header: Sequence[tuple[str, str]] = ORIGINAL_HEADER, body: str | bytes = ORIGINAL_BODY
) -> bytes:
    """A whole mail. A ``str`` body gets a UTF-8 text/plain header; bytes bring their own."""
    if isinstance(body, bytes):
        return block(header) + body
    mime = (("MIME-Version", "1.0"), ("Content-Type", "text/plain; charset=utf-8"))
    mime += (("Content-Transfer-Encoding", "8bit"),)
    return block((*header, *mime)) + b"\r\n" + body.encode()


def report(
    third: bytes | None = None,
    *,
    feedback: bytes | Sequence[tuple[str, str]] = FEEDBACK,
    third_type: str | None = "message/rfc822",
    feedback_header: str = "Content-Type: message/feedback-report\r\n",
    first: str = "This is an authentication failure report.\r\n",
    outer: Sequence[tuple[str, str]] = (),
    report_type: str | None = "feedback-report",
    boundary: str = "part",
    preamble: str = "",
    epilogue: str = "",
) -> bytes:
    """A failure report with CRLF line ends. ``third_type=None`` leaves the third part out."""
    kind = f"multipart/report; report-type={report_type}" if report_type else "multipart/mixed"
    header = (
        ("From", "noreply-dmarc@mx.receiver.example"),
        ("To", RECIPIENT),
        ("Subject", "FW: Your refund"),
        ("Date", "Tue, 03 Nov 2026 09:15:02 +0000"),
        ("Message-ID", "<report-1@mx.receiver.example>"),
        *outer,
        ("MIME-Version", "1.0"),
        ("Content-Type", f'{kind}; boundary="{boundary}"'),
    )
    part = f"--{boundary}\r\n".encode()
    fields = feedback if isinstance(feedback, bytes) else block(feedback)
    pieces = [
        block(header) + b"\r\n" + preamble.encode(),
        part + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + first.encode() + b"\r\n",
        part + feedback_header.encode() + b"\r\n" + fields + b"\r\n",
    ]
    if third_type is not None:
        content = original() if third is None else third
        pieces.append(part + f"Content-Type: {third_type}\r\n\r\n".encode() + content + b"\r\n")
    return b"".join(pieces) + f"--{boundary}--\r\n{epilogue}".encode()


def headers_only(header: Sequence[tuple[str, str]] = ORIGINAL_HEADER, **parts: object) -> bytes:
    """A report whose third part is ``text/rfc822-headers`` (RFC 6591 section 3.1)."""
    return report(block(header), third_type="text/rfc822-headers", **parts)  # type: ignore[arg-type]  # passed on as given


def numbered(number: int, **parts: object) -> bytes:
    """One of a series of reports that differ, so that none is taken for a resent one."""
    header = changed(ORIGINAL_HEADER, Message_ID=f"<series-{number}@mailer.example.net>")
    return report(original(header), **parts)  # type: ignore[arg-type]  # passed on as given


EXIM_TEMPLATE = b"""\
From: no-reply@gateway.example.net\r
To: dmarc-ruf@ruf.example.org\r
Subject: DMARC Forensic Report for example.org from IP 192.0.2.45\r
Date: Tue, 03 Nov 2026 11:30:00 +0100\r
MIME-Version: 1.0\r
Content-Type: text/plain; charset=us-ascii\r
\r
A message claiming to be from you has failed the published DMARC policy for your domain.\r
\r
  Sender Domain: example.org\r
  Sender IP Address: 192.0.2.45\r
  Received date: Tue, 03 Nov 2026 11:29:41 +0100\r
  SPF Alignment: no\r
  DKIM Alignment: no\r
  DMARC Results: None, Accept\r
\r
------ This is a copy of the headers that were received before the error was detected.\r
\r
Received: from [192.0.2.45] (helo=desktop-noemi.home)\r
 by gateway.example.net with esmtp (envelope-from <noemi@example.org>)\r
 for <r.okafor@partner.example>; Tue, 03 Nov 2026 11:29:41 +0100\r
From: Noemi Castellanos <noemi@example.org>\r
To: r.okafor@partner.example\r
Subject: Payment for Rashid Okafor\r
Date: Tue, 03 Nov 2026 11:29:30 +0100\r
Message-Id: <134117F8@desktop-noemi.home>\r
"""
