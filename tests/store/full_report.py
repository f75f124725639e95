"""A sanitized report with a mark of its field class in every place that a store could keep."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid4

from rufgate.sanitize.sanitized import (
    DomainRole,
    Field,
    Flag,
    Kind,
    Reason,
    RedactionCount,
    Sanitized,
    SanitizedAttachment,
    SanitizedAuthResult,
    SanitizedDomain,
    SanitizedHeader,
    SanitizedMessage,
    SanitizedReport,
    SanitizedText,
    SanitizedToken,
    Tier,
    TokenLabel,
    TokenRole,
)
from rufgate.sanitize.verdicts import DkimResult, DmarcResult, SpfResult

RECEIVED = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
ARRIVED = datetime(2026, 3, 10, 11, 47, 13, tzinfo=UTC)

# What must be gone from the file once the class is due; times are stored as text by SQLite.
MARKS = {
    "time": [b"2026-03-10 11:47:13", b"2026-03-10 12:00:00", b"Tue, 10 Mar 2026 11:47"],
    "address": [b"192.0.2.77", b"2001:db8::77"],
    "domain": [b"mark-domain"],
    "pseudonym": [b"markpseudonym"],
    "header": [b"mark-header"],
    "subject": [b"mark-subject"],
    "text": [b"mark-text"],
    "attachment": [b"mark-attachment", b"x-mark/attachment"],
    "copy": [b"mark-copy"],
    "fingerprint": [b"mark-fingerprint"],
    "account": [b"mark-account"],
    "facts": [b"mark-facts"],
}


def text(value: str) -> SanitizedText:
    return SanitizedText(value)


def full_report(
    *,
    received_at: datetime = RECEIVED,
    fingerprint: str = "mark-fingerprint",
    owner: str | None = "example.org",
    reporter: str = "mark-domain.reporter.example",
    report_id: UUID | None = None,
) -> SanitizedReport:
    return SanitizedReport(
        id=report_id or uuid4(),
        received_at=received_at,
        size_bytes=4321,
        kind=Kind.AUTH_FAILURE,
        tier=Tier.TEXT,
        policy=text("mark-facts-policy"),
        engine=text("0.1.0"),
        key_id=text("p1"),
        fingerprint=text(fingerprint),
        reason=Reason.LEAK_FOUND,
        owner_domain=None if owner is None else text(owner),
        reporter_domain=text(reporter),
        reported_domain=text("mark-domain.reported.example"),
        from_domain=text("mark-domain.from.example"),
        source_ip=text("192.0.2.77"),
        source_port=54321,
        feedback_type=text("auth-failure"),
        user_agent=text("mark-facts/1.0"),
        reporting_mta=text("dns; mark-domain.mta.example"),
        auth_failure=text("dmarc"),
        delivery_result=text("reject"),
        arrival_at=ARRIVED,
        incidents_stated=4294967295,
        identity_alignment=text("dkim, spf"),
        dkim_domain=text("mark-domain.dkim.example"),
        dkim_selector=text("mark-domain-selector"),
        dkim_identity=text("p1-markpseudonym@dkim.example"),
        dkim_selector_dns=text("v=DKIM1; mark-domain"),
        spf_dns=(text("txt : mark-domain.spf.example"),),
        reported_uris=(text("mailto:p1-markpseudonym@uri.example"),),
        original_mail_from=text("p1-markpseudonym@sender.example"),
        original_envelope_id=text("p1-markpseudonymenvelope"),
        auth_results=(
            SanitizedAuthResult(
                authserv=text("mark-domain.mx.example"),
                method=text("spf"),
                result=text("fail"),
                properties=(
                    (text("smtp.mailfrom"), text("p1-markpseudonym@sender.example")),
                    (text("smtp.remote-ip"), text("2001:db8::77")),
                ),
            ),
            SanitizedAuthResult(
                authserv=None,
                method=text("dkim"),
                result=text("pass"),
                properties=((text("header.d"), text("mark-domain.dkim.example")),),
            ),
        ),
        reporter_spf=SpfResult.PASS,
        reporter_dkim=DkimResult.PASS,
        reporter_dmarc=DmarcResult.PASS,
        reporter_authenticated_domain=text("mark-domain.reporter.example"),
        recipient_count=2,
        tokens=(
            SanitizedToken(
                label=TokenLabel.ADDRESS,
                role=TokenRole.FROM,
                digest=text("markpseudonym"),
                key_id=text("p1"),
                domain=text("mark-domain.token.example"),
            ),
        ),
        domains=(
            SanitizedDomain(name=text("mark-domain.reported.example"), role=DomainRole.REPORTED),
            SanitizedDomain(name=text("mark-domain.link.example"), role=DomainRole.LINK),
        ),
        headers=(
            SanitizedHeader(
                name=text("Subject"), value=text("mark-subject \N{GREEK SMALL LETTER PI}")
            ),
            SanitizedHeader(name=text("From"), value=text("mark-header@sender.example")),
            SanitizedHeader(name=text("Date"), value=text("Tue, 10 Mar 2026 11:47:13 +0000")),
            SanitizedHeader(
                name=text("Received"),
                value=text("from [192.0.2.77] by mx.example; Tue, 10 Mar 2026 11:47:14 +0000"),
            ),
        ),
        subject=text("mark-subject"),
        text=text("mark-text of [PERSON 1]"),
        text_omitted=Reason.TEXT_TOO_LONG,
        text_chars=19,
        text_script=text("Latin"),
        attachments=(
            SanitizedAttachment(
                media_type=text("x-mark/attachment"),
                size_bytes=77,
                digest=text("mark-attachment"),
                key_id=text("p1"),
            ),
        ),
        not_stated=(Field.DELIVERY_RESULT,),
        flags=(Flag.MBOX_LINE,),
        counts=(
            RedactionCount(
                entity=text("PERSON"), recognizer=text("ner"), part=text("text"), count=1
            ),
        ),
        fields_dropped=3,
    )


def sanitized(*analysts: str, **how: object) -> Sanitized:
    """A full report and a copy of 64 KB (more than one database page) for each analyst."""
    report = full_report(**how)  # type: ignore[arg-type]  # passed on as given
    copies = tuple(
        SanitizedMessage(
            report_id=report.id,
            analyst=text(analyst),
            tier=Tier.TEXT,
            message_id=text(f"<{report.id}.{number}@gate.example>"),
            content=b"Subject: test\r\n\r\n" + b"mark-copy\r\n" * 6000,
        )
        for number, analyst in enumerate(analysts)
    )
    return Sanitized(report=report, copies=copies)
