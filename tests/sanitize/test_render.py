"""A copy is a mail that any ARF reader takes, whatever its values."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from email.header import decode_header, make_header

import pytest

from rufgate.sanitize.policy import Audience
from rufgate.sanitize.render import render
from rufgate.sanitize.sanitized import (
    Kind,
    Reason,
    SanitizedAuthResult,
    SanitizedHeader,
    SanitizedMessage,
    SanitizedReport,
    SanitizedText,
    Tier,
)
from tests import reports
from tests.sanitize.sanitizing import (
    ANALYST,
    SENDER,
    Finder,
    done,
    feedback,
    mail,
    rules,
    text_rules,
    third,
)
from tests.store.full_report import full_report

TIERS = {
    Tier.METADATA: "text/rfc822-headers",
    Tier.HEADERS: "text/rfc822-headers",
    Tier.TEXT: "message/rfc822",
}
HOSTILE = [
    "plain",
    "",
    " ",
    "a" * 3000,
    "a" * 990 + "Bcc:" + "b" * 3000,
    ("word " * 900).strip(),
    "x" + " " * 500 + "y",
    "caf\u00e9 na\u00efve",
    "\u0434\u043b\u0438\u043d\u043d\u0430\u044f \u0442\u0435\u043c\u0430 " * 60,
    "\u6f22\u5b57" * 300,
    "\U0001f600" * 200,
    "=?utf-8?q?=0D=0ABcc=3A_x=40evil.example?=",
    "=?utf-8?b?QmNjOiB4QGV2aWwuZXhhbXBsZQ==?=",
    "=?",
    "a\r\nBcc: x@evil.example",
    "a\nBcc: x@evil.example",
    "a\rBcc: x@evil.example",
    "a\r\n\r\n<script>",
    "a\x00\x0b\x0c\x1b[31m\x7f\x85\u2028\u2029b",
    "\udc80\udcff",
    "--rufgate-",
    ".",
    "\t\ttabs\t",
    ":",
    "From x",
]


def text(value: str) -> SanitizedText:
    return SanitizedText(value)


def copy_of(report: SanitizedReport, audience: Audience = ANALYST) -> SanitizedMessage:
    return render(report, audience, SENDER, serial="5e41a1", loop_mark="mark.0123456789abcdef")


def filled(value: str, tier: Tier) -> SanitizedReport:
    """A report with ``value`` in every place where text of the input may stand."""
    given = text(value)
    return replace(
        full_report(),
        tier=tier,
        subject=given,
        text=given,
        headers=(
            SanitizedHeader(name=text("From"), value=given),
            SanitizedHeader(name=text("X-Mailer"), value=given),
        ),
        reported_domain=given,
        reporter_domain=given,
        reporting_mta=given,
        source_ip=given,
        feedback_type=given,
        auth_failure=given,
        delivery_result=given,
        identity_alignment=given,
        original_mail_from=given,
        original_envelope_id=given,
        dkim_domain=given,
        dkim_selector=given,
        dkim_identity=given,
        dkim_selector_dns=given,
        spf_dns=(given,),
        reported_uris=(given,),
        auth_results=(
            SanitizedAuthResult(
                authserv=given, method=text("spf"), result=given, properties=((given, given),)
            ),
        ),
    )


def well_formed(copy: SanitizedMessage) -> None:
    """The output contract, on the bytes and as a parser sees them."""
    assert copy.content.isascii()
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", copy.content)
    lines = copy.content.split(b"\r\n")
    assert max(map(len, lines)) <= 998
    assert b"base64" not in copy.content.lower()
    read = mail(copy)
    assert read.get_content_type() == "multipart/report"
    assert read.get_param("report-type") == "feedback-report"
    parts = [part.get_content_type() for part in read.get_payload()]
    assert parts == ["text/plain", "message/feedback-report", TIERS[copy.tier]]
    assert all(
        part["Content-Transfer-Encoding"] in (None, "7bit", "quoted-printable")
        for part in read.walk()
    )
    for part in (read, feedback(copy), third(copy)):
        assert "bcc" not in [name.lower() for name in part.keys()]  # noqa: SIM118 - a Message


@pytest.mark.parametrize("tier", Tier)
@pytest.mark.parametrize("value", HOSTILE)
def test_any_value_leaves_a_well_formed_mail(value, tier):
    copy = copy_of(filled(value, tier))
    well_formed(copy)
    assert feedback(copy)["User-Agent"] == "rufgate/0.1.0"
    assert len(feedback(copy).get_all("SPF-DNS")) == 1
    assert feedback(copy).get_payload() in ("", "\r\n", "\n")
    assert third(copy)["X-Mailer"] is not None


@pytest.mark.parametrize("tier", Tier)
def test_three_parts_by_tier(tier):
    (copy,) = done(reports.report(), rules(replace(ANALYST, tier=tier)), recognizer=Finder()).copies
    assert copy.tier is tier
    well_formed(copy)
    original = third(copy)
    assert original["From"].endswith("@example.org")
    assert (original["Subject"] is None) is (tier is Tier.METADATA)
    assert ("please confirm" in str(original)) is (tier is Tier.TEXT)


def test_the_outer_header_is_ours_alone():
    read = mail(copy_of(full_report()))
    assert dict(read.items()) == {
        "From": "rufgate <rufgate@gate.example.org>",
        "To": "soc@analyst.example",
        "Subject": f"DMARC failure report {read['Subject'].split()[-1]}",
        "Date": "Tue, 10 Mar 2026 12:00:00 +0000",
        "Auto-Submitted": "auto-generated",
        "Precedence": "bulk",
        "X-Auto-Response-Suppress": "All",
        "X-Rufgate-Redaction": "mark-facts-policy; key=p1; tier=text",
        "Message-ID": read["Message-ID"],
        "X-Rufgate-Loop": "mark.0123456789abcdef",
        "MIME-Version": "1.0",
        "Content-Type": read["Content-Type"],
    }
    assert read["Message-ID"].endswith(".5e41a1@gate.example.org>")


def test_a_message_id_is_the_same_for_the_same_report_and_analyst_only():
    both = rules(ANALYST, replace(ANALYST, name="red"))
    first, second = done(reports.report(), both), done(reports.report(), both)
    ids = [str(copy.message_id) for copy in first.copies]
    assert ids == [str(copy.message_id) for copy in second.copies]
    assert len(set(ids)) == 2
    assert [mail(copy)["Message-ID"] for copy in first.copies] == ids
    assert first.copies == second.copies


@pytest.mark.parametrize(
    "subject",
    [
        "Gr\u00fc\u00dfe aus M\u00fcnchen",
        "\u6f22\u5b57\u306e\u4ef6\u540d" * 30,
        "\U0001f600 smile " * 20,
        "literal =?utf-8?q?=41?= stays as written",
        "plain ASCII that is folded at its spaces because it is longer than one line may be, twice",
    ],
)
@pytest.mark.parametrize("tier", [Tier.HEADERS, Tier.TEXT])
def test_a_subject_reads_back_as_it_was(subject, tier):
    copy = copy_of(replace(full_report(), tier=tier, headers=(), subject=text(subject)))
    well_formed(copy)
    unfolded = re.sub(rb"\r\n(?=[ \t])", b"", copy.content)
    (line,) = re.findall(rb"(?m)^Subject: (?!DMARC failure report)(.*?)\r$", unfolded)
    assert str(make_header(decode_header(line.decode()))) == subject.strip()
    assert not re.search(rb"=\?utf-8\?b\?", copy.content, re.IGNORECASE)


def test_a_value_is_not_torn_by_its_length():
    """A long word may not begin a line of its own, where it would be read as another field."""
    report = replace(full_report(), dkim_selector_dns=text("v=DKIM1; p=" + "z" * 2500))
    fields = feedback(copy_of(report))
    assert "".join(fields["DKIM-Selector-DNS"].split()) == "v=DKIM1;p=" + "z" * 2500
    assert fields["SPF-DNS"]


def test_the_text_reads_back_as_it_was():
    body = (
        "Dear [PERSON 1],\n\ncaf\u00e9 = 1\n.\nFrom here on\n"
        + "long " * 400
        + "\n--rufgate-x\nend"
    )
    copy = copy_of(replace(full_report(), text=text(body), attachments=()))
    well_formed(copy)
    assert third(copy).get_content().replace("\r\n", "\n").rstrip("\n") == body
    assert third(copy).get_content_type() == "text/plain"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_any_line_end_of_a_text_becomes_crlf(end):
    copy = copy_of(replace(full_report(), text=text(f"one{end}two{end}"), attachments=()))
    well_formed(copy)
    assert third(copy).get_content().split() == ["one", "two"]


def test_attachments_are_stubs():
    report = full_report()
    assert report.attachments
    copy = copy_of(report)
    well_formed(copy)
    parts = third(copy).get_payload()
    assert len(parts) == 1 + len(report.attachments)
    stub = parts[1].get_content()
    shape = report.attachments[0]
    assert stub.startswith(f"[attachment 1 removed: {shape.media_type}, {shape.size_bytes} bytes")
    assert {part.get_content_type() for part in parts} == {"text/plain"}


def test_a_text_left_out_says_why():
    report = replace(full_report(), text=None, text_omitted=Reason.TEXT_TOO_LONG, attachments=())
    copy = copy_of(report)
    assert third(copy).get_content().strip() == "[text left out: text_too_long]"
    assert "Text left out:    text_too_long" in mail(copy).get_payload()[0].get_content()
    silent = copy_of(replace(report, text_omitted=None))
    assert "held no text" in third(silent).get_content()


def test_what_is_not_stated_has_no_field():
    empty = SanitizedReport(
        id=full_report().id,
        received_at=datetime(2026, 11, 3, tzinfo=UTC),
        size_bytes=1,
        kind=Kind.AUTH_FAILURE,
        tier=Tier.METADATA,
        policy=text("x"),
        engine=text("0.1.0"),
        key_id=text("p1"),
        fingerprint=text("x"),
    )
    copy = copy_of(empty)
    well_formed(copy)
    assert dict(feedback(copy).items()) == {
        "Feedback-Type": "auth-failure",
        "User-Agent": "rufgate/0.1.0",
        "Version": "1",
        "X-Rufgate-Loop": "mark.0123456789abcdef",
    }
    assert "not stated" in mail(copy).get_payload()[0].get_content()


def test_stated_fields_are_in_part_two():
    fields = feedback(copy_of(full_report()))
    assert fields["Source-IP"] == "192.0.2.77"
    assert fields["Source-Port"] == "54321"
    assert fields["Incidents"] == "4294967295"
    assert fields["Arrival-Date"] == "Tue, 10 Mar 2026 11:47:13 +0000"
    assert fields["Original-Mail-From"] == "<p1-markpseudonym@sender.example>"
    assert fields["Original-Rcpt-To"] is None
    first, second = fields.get_all("Authentication-Results")
    assert first.split() == [
        *("mark-domain.mx.example;", "spf=fail", "smtp.mailfrom=p1-markpseudonym@sender.example"),
        "smtp.remote-ip=2001:db8::77",
    ]
    assert second == "unknown; dkim=pass header.d=mark-domain.dkim.example"


def test_a_complaint_is_an_abuse_report():
    report = replace(full_report(), kind=Kind.COMPLAINT, feedback_type=None)
    assert feedback(copy_of(report))["Feedback-Type"] == "abuse"


def test_mime_fields_of_the_original_do_not_fight_with_ours():
    headers = tuple(
        SanitizedHeader(name=text(name), value=text("multipart/alternative"))
        for name in ("Content-Type", "MIME-Version", "Content-Transfer-Encoding")
    )
    copy = copy_of(replace(full_report(), headers=headers, attachments=()))
    well_formed(copy)
    assert third(copy).get_all("Content-Type") == ['text/plain; charset="utf-8"']
    assert third(copy).get_all("MIME-Version") == ["1.0"]


def test_recipients_stand_in_the_store_alone():
    outcome = done(reports.report(), text_rules(replace(ANALYST, pseudonyms="store")))
    recipient = next(token for token in outcome.report.tokens if token.role == "recipient")
    (copy,) = outcome.copies
    assert str(recipient.digest).encode() not in copy.content
    assert third(copy)["To"] is not None
    assert "1" in third(copy)["To"]
