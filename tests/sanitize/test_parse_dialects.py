"""Reports that are no ARF, and mail of other kinds that reaches a ruf address."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from rufgate.sanitize.sanitized import Flag, Kind, Reason
from tests import reports
from tests.sanitize.parsing import header, read, results, text

HOTMAIL_ORIGINAL = b"""\
X-HmXmrOriginalRecipient: ada@home.example\r
X-Reporter-IP: 192.0.2.200\r
Authentication-Results: mx.home.example; spf=pass (sender IP is 203.0.113.45; identity alignment\r
 result is pass) smtp.mailfrom=news@example.org; dkim=none header.d=example.org\r
Received: from smtp.example.org ([203.0.113.46]) by mx.home.example over TLS with SMTP;\r
 Tue, 3 Nov 2026 09:10:00 +0100\r
Received: from forged.example ([203.0.113.99]) by smtp.example.org; Tue, 3 Nov 2026 07:00:00 +0000\r
From: News <news@example.org>\r
To: ada@home.example\r
Subject: Hello\r
\r
Hello Ada\r
"""


def mail(*fields: tuple[str, str], body: bytes = b"Hello\r\n") -> bytes:
    return reports.block((("From", "someone@mx.example"), *fields)) + b"\r\n" + body


def hotmail(original: bytes = HOTMAIL_ORIGINAL, subject: str = "complaint") -> bytes:
    head = mail(("Subject", subject), ("Content-Type", "multipart/mixed; boundary=b"), body=b"")
    return head + b"--b\r\nContent-Type: message/rfc822\r\n\r\n" + original + b"\r\n--b--\r\n"


def test_exim_template() -> None:
    found = read(reports.EXIM_TEMPLATE)
    assert (found.kind, found.reason) == (Kind.AUTH_FAILURE, None)
    assert Flag.TEXT_TEMPLATE in found.flags
    assert found.feedback.source_ip == "192.0.2.45"
    assert found.feedback.arrival_at == datetime(2026, 11, 3, 10, 29, 41, tzinfo=UTC)
    assert [one.reveal() for one in found.feedback.reported_domains] == ["example.org"]
    assert text(found.feedback.auth_failure) == "dmarc"
    assert text(found.feedback.delivery_result) == "delivered"
    assert results(found) == ["dmarc=fail"]
    assert header(found, "from") == ["Noemi Castellanos <noemi@example.org>"]
    assert header(found, "message-id") == ["<134117F8@desktop-noemi.home>"]
    assert len(header(found, "received")) == 1
    assert found.original is not None
    assert found.original.headers_only


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"received before the error was", b"received\r\nbefore the error was"),
        (b"Received date:", b"Received Date:"),
        (b"\r\n\r\nReceived: from", b"\r\nReceived: from"),
        (b"\r\n", b"\n"),
        (b"\r\n", b"\r"),
    ],
)
def test_variants_of_the_template(old: bytes, new: bytes) -> None:
    found = read(reports.EXIM_TEMPLATE.replace(old, new))
    assert found.feedback.source_ip == "192.0.2.45"
    assert found.feedback.arrival_at is not None
    assert header(found, "subject") == ["Payment for Rashid Okafor"]
    assert len(header(found, "received")) == 1


def test_template_with_an_aligned_mechanism_is_no_failure() -> None:
    """With ``fo=1`` mail that passed DMARC is reported too."""
    found = read(reports.EXIM_TEMPLATE.replace(b"SPF Alignment: no", b"SPF Alignment: yes"))
    assert results(found) == ["dmarc=pass"]


def test_template_in_a_multipart_without_report_type() -> None:
    head, _, rest = reports.EXIM_TEMPLATE.partition(
        b"Content-Type: text/plain; charset=us-ascii\r\n"
    )
    content = (
        head + b"Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\n"
        b"Content-Type: text/plain\r\n" + rest + b"\r\n--b--\r\n"
    )
    found = read(content)
    assert found.kind is Kind.AUTH_FAILURE
    assert found.feedback.source_ip == "192.0.2.45"
    assert header(found, "subject") == ["Payment for Rashid Okafor"]


def test_template_keeps_the_results_of_the_host_that_quoted_them() -> None:
    own = b"Authentication-Results: gateway.example.net; spf=softfail smtp.mailfrom=example.org\r\n"
    forged = b"Authentication-Results: other.example; dkim=pass header.d=example.org\r\n"
    found = read(reports.EXIM_TEMPLATE + forged + own)
    assert results(found) == ["dmarc=fail", "spf=softfail"]


def test_obscured_address_in_a_template() -> None:
    found = read(reports.EXIM_TEMPLATE.replace(b"192.0.2.45", b"x.x.x.x"))
    assert found.feedback.source_ip is None
    assert Flag.BAD_SOURCE_IP in found.flags


def test_hotmail_complaint() -> None:
    found = read(hotmail())
    assert (found.kind, found.reason) == (Kind.COMPLAINT, Reason.COMPLAINT_SHAPE)
    assert found.feedback.source_ip == "203.0.113.45"
    assert found.feedback.arrival_at == datetime(2026, 11, 3, 8, 10, tzinfo=UTC)
    assert results(found) == ["spf=pass", "dkim=none"]
    assert header(found, "from") == ["News <news@example.org>"]


def test_hotmail_complaint_with_a_bare_original() -> None:
    subject = " complaint about message from 203.0.113.77"
    found = read(hotmail(b"From: news@example.org\r\nSubject: x\r\n\r\nHello\r\n", subject))
    assert found.kind is Kind.COMPLAINT
    assert found.feedback.source_ip == "203.0.113.77"
    assert found.feedback.arrival_at is None


def test_hotmail_complaint_that_is_the_original_itself() -> None:
    trace = b"Return-Path: staff@hotmail.example\r\nReceived: by mx.example.org\r\n"
    found = read(trace + HOTMAIL_ORIGINAL)
    assert found.kind is Kind.COMPLAINT
    assert header(found, "from") == ["News <news@example.org>"]
    assert [one.value.reveal() for one in found.outer_headers if one.name.reveal() == "From"] == [
        "staff@hotmail.example"
    ]
    assert len(header(found, "received")) == 2


def test_sparse_complaint_inside_an_arf() -> None:
    sparse = (("Feedback-Type", "abuse"), ("User-Agent", "JMRP/1.0"), ("Version", "1"))
    found = read(reports.report(HOTMAIL_ORIGINAL, feedback=sparse))
    assert found.kind is Kind.ARF_OTHER
    assert found.feedback.source_ip == "203.0.113.45"
    assert results(found) == ["spf=pass", "dkim=none"]


def test_complaint_about_a_report() -> None:
    found = read(
        hotmail(b"X-HmXmrOriginalRecipient: a@b.example\r\n" + reports.report(boundary="c"))
    )
    assert found.kind is Kind.LOOP


@pytest.mark.parametrize(
    "name",
    [
        "mx.example!example.org!1762128000!1762214399.zip",
        "mx.example!example.org!1762128000!1762214399!7.xml.gz",
    ],
)
def test_aggregate_report_by_file_name(name: str) -> None:
    fields = (("Content-Type", f'application/octet-stream; name="{name}"'),)
    found = read(mail(*fields, body=gzip.compress(b"<feedback/>")))
    assert (found.kind, found.reason) == (Kind.AGGREGATE, Reason.AGGREGATE_REPORT)
    assert found.original is None


def test_aggregate_report_by_subject() -> None:
    subject = "Report Domain: example.org Submitter: mx.example Report-ID: <1>"
    assert read(mail(("Subject", subject))).kind is Kind.AGGREGATE


def test_aggregate_report_as_plain_xml() -> None:
    xml = b'<?xml version="1.0"?><feedback><report_metadata><org_name>x</org_name>'
    assert read(mail(("Content-Type", "application/xml"), body=xml)).kind is Kind.AGGREGATE


@pytest.mark.parametrize(
    "fields",
    [
        (("Content-Type", "application/tlsrpt+gzip"),),
        (("TLS-Report-Domain", "example.org"),),
        (("Content-Type", 'multipart/report; report-type="tlsrpt"; boundary=b'),),
    ],
)
def test_tls_report(fields: tuple[tuple[str, str], ...]) -> None:
    found = read(mail(*fields))
    assert (found.kind, found.reason) == (Kind.TLS_REPORT, Reason.TLS_REPORT)


@pytest.mark.parametrize("field", ["X-XARF", "X-ARF"])
def test_xarf(field: str) -> None:
    found = read(mail((field, "PLAIN")))
    assert (found.kind, found.reason) == (Kind.ARF_OTHER, Reason.FEEDBACK_TYPE)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\r\n",
        b"Hello",
        mail(),
        mail(("Subject", "Invoice"), ("Content-Type", "application/zip")),
        mail(("Content-Type", "multipart/mixed; boundary=b")),
        mail(body=b"Sender Domain: example.org\r\n"),
        mail(("Content-Type", "multipart/report; report-type=feedback-report; boundary=b")),
        b"\x00\xff" * 500,
    ],
)
def test_mail_that_is_no_report(content: bytes) -> None:
    found = read(content)
    assert found.kind is Kind.UNPARSED
    assert found.reason in (Reason.NOT_A_REPORT, Reason.NO_FEEDBACK_FIELDS)
    assert found.original is None
    assert found.feedback.source_ip is None


def test_forwarded_mail_is_no_report() -> None:
    found = read(hotmail(b"From: a@b.example\r\n\r\nbuy\r\n", "Fwd: is this spam?"))
    assert found.kind is Kind.UNPARSED
    assert found.original is None
