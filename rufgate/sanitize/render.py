"""A sanitized report as a mail that any ARF reader takes (RFC 5965, RFC 9991).

In:  a ``SanitizedReport`` at an analyst's tier.
Out: a ``SanitizedMessage``: three parts, 7-bit, CRLF, no base64, lines of at most 998 octets.
SECURITY: writes constants and sanitized leaves only; nothing of the input is in reach here.
"""

from __future__ import annotations

import quopri
from collections.abc import Iterator, Sequence
from datetime import datetime
from email.charset import QP, Charset
from email.header import Header
from email.utils import format_datetime

from rufgate.sanitize.policy import Audience, Sender
from rufgate.sanitize.sanitized import (
    Flag,
    Kind,
    SanitizedAttachment,
    SanitizedAuthResult,
    SanitizedHeader,
    SanitizedMessage,
    SanitizedReport,
    SanitizedText,
    Tier,
)

_MAX_LINE = 998  # RFC 5322 section 2.1.1, without CRLF
_FOLD_AT = 76
_MAX_SUMMARY = 300  # characters of a value in part 1; part 2 has all of it
_UTF8 = Charset("utf-8")
_UTF8.header_encoding = QP  # the output contract allows no base64

_FEEDBACK_TYPE = {Kind.AUTH_FAILURE: "auth-failure", Kind.COMPLAINT: "abuse"}

Lines = Iterator[str]


def render(
    report: SanitizedReport, audience: Audience, sender: Sender, *, serial: str, loop_mark: str
) -> SanitizedMessage:
    """The copy of ``report`` for ``audience``.

    ``serial`` is the keyed part of the Message-ID, the same for the same report and analyst, so
    that a copy sent twice is recognised as one.
    """
    message_id = f"<{report.id}.{serial}@{sender.hostname}>"
    boundary = f"rufgate-{report.id}"
    lines = [
        *_outer_header(report, audience, sender),
        f"Message-ID: {message_id}",
        f"X-Rufgate-Loop: {loop_mark}",
        "MIME-Version: 1.0",
        "Content-Type: multipart/report; report-type=feedback-report;",
        f' boundary="{boundary}"',
        "",
        f"--{boundary}",
        *_explanation(report),
        f"--{boundary}",
        *_feedback_part(report, loop_mark),
        f"--{boundary}",
        *_original_part(report),
        f"--{boundary}--",
        "",
    ]
    return SanitizedMessage(
        report_id=report.id,
        analyst=SanitizedText(audience.name),
        tier=report.tier,
        message_id=SanitizedText(message_id),
        content="\r\n".join(lines).encode("ascii"),
        counts=report.counts,
        fields_dropped=report.fields_dropped,
    )


def _outer_header(report: SanitizedReport, audience: Audience, sender: Sender) -> Lines:
    yield f"From: rufgate <{sender.address}>"
    yield f"To: <{audience.address}>"
    yield f"Subject: DMARC failure report {report.id}"
    yield f"Date: {format_datetime(report.received_at)}"
    yield "Auto-Submitted: auto-generated"
    yield "Precedence: bulk"
    yield "X-Auto-Response-Suppress: All"
    yield f"X-Rufgate-Redaction: {report.policy}; key={report.key_id}; tier={report.tier.value}"


def _explanation(report: SanitizedReport) -> Lines:
    """Part 1: our own words; nothing of the reporter's first part is passed on."""
    yield "Content-Type: text/plain; charset=us-ascii"
    yield ""
    yield "This is a DMARC failure report from which rufgate has removed personal data."
    yield "Names, addresses and attachments are replaced by labels and keyed pseudonyms,"
    yield "so the fields below are altered and no signature over them can verify."
    yield ""
    for label, value in _summary(report):
        plain = _one_line(value).encode("ascii", "replace").decode()
        yield f"{label + ':':<18}{plain[:_MAX_SUMMARY]}"
    yield ""


def _summary(report: SanitizedReport) -> Iterator[tuple[str, object]]:
    yield "Report", report.id
    yield "Tier", report.tier.value
    yield "Reporter", report.reporter_domain or "not stated"
    yield "Reported domain", report.reported_domain or "not stated"
    yield "Source IP", report.source_ip or "not stated"
    yield "Failure", report.auth_failure or "not stated"
    if report.text_omitted:
        yield "Text left out", report.text_omitted.value
    if Flag.RULES_ONLY in report.flags:
        yield "Text redacted by", "rules alone: no model reads its language, names may be left"
    if report.text_chars is not None:
        yield "Text length", f"{report.text_chars} characters"


def _feedback_part(report: SanitizedReport, loop_mark: str) -> Lines:
    yield "Content-Type: message/feedback-report"
    yield "Content-Transfer-Encoding: 7bit"
    yield ""
    kind = report.feedback_type or _FEEDBACK_TYPE.get(report.kind, "other")
    yield from _field("Feedback-Type", kind)
    yield f"User-Agent: rufgate/{report.engine}"
    yield "Version: 1"
    yield f"X-Rufgate-Loop: {loop_mark}"  # a relay may take it off the header, not out of here
    for name, value in _feedback_fields(report):
        if value is not None:
            yield from _field(name, value)
    yield ""


def _feedback_fields(report: SanitizedReport) -> Iterator[tuple[str, object]]:
    yield "Original-Envelope-Id", report.original_envelope_id
    yield "Original-Mail-From", _path(report.original_mail_from)
    yield "Arrival-Date", _date(report.arrival_at)
    yield "Reporting-MTA", report.reporting_mta
    yield "Source-IP", report.source_ip
    yield "Source-Port", report.source_port
    yield "Incidents", report.incidents_stated
    yield "Reported-Domain", report.reported_domain
    yield "Auth-Failure", report.auth_failure
    yield "Delivery-Result", report.delivery_result
    yield "Identity-Alignment", report.identity_alignment
    yield "DKIM-Domain", report.dkim_domain
    yield "DKIM-Identity", report.dkim_identity
    yield "DKIM-Selector", report.dkim_selector
    yield "DKIM-Selector-DNS", report.dkim_selector_dns
    yield from (("SPF-DNS", record) for record in report.spf_dns)
    yield from (("Reported-URI", uri) for uri in report.reported_uris)
    for authserv, results in _by_authserv(report.auth_results):
        yield "Authentication-Results", f"{authserv}; " + "; ".join(map(auth_result_text, results))


def _by_authserv(
    results: Sequence[SanitizedAuthResult],
) -> Iterator[tuple[str, list[SanitizedAuthResult]]]:
    """Results grouped by who says so; an absent name becomes ``unknown``: RFC 8601 wants one."""
    groups: dict[str, list[SanitizedAuthResult]] = {}
    for result in results:
        groups.setdefault(str(result.authserv or "unknown"), []).append(result)
    yield from groups.items()


def auth_result_text(result: SanitizedAuthResult) -> str:
    """``spf=fail smtp.mailfrom=...`` (RFC 8601 section 2.2)."""
    properties = (f" {name}={value}" for name, value in result.properties)
    return f"{result.method}={result.result}" + "".join(properties)


def _original_part(report: SanitizedReport) -> Lines:
    """Part 3: a header block, or at tier ``text`` a message with its text and its stubs."""
    if report.tier is not Tier.TEXT:
        yield "Content-Type: text/rfc822-headers"
        yield ""
        yield from _header_block(report.headers, report.subject)
        yield ""
        return
    yield "Content-Type: message/rfc822"
    yield ""
    yield from _header_block(_without_mime(report.headers), report.subject)
    yield "MIME-Version: 1.0"
    if report.attachments:
        yield from _mixed_body(report)
    else:
        yield from _text_part(_body_text(report))


def _mixed_body(report: SanitizedReport) -> Lines:
    boundary = f"rufgate-original-{report.id}"
    yield f'Content-Type: multipart/mixed; boundary="{boundary}"'
    yield ""
    yield f"--{boundary}"
    yield from _text_part(_body_text(report))
    for number, attachment in enumerate(report.attachments, 1):
        yield f"--{boundary}"
        yield from _text_part(_stub(number, attachment))
    yield f"--{boundary}--"
    yield ""


def _body_text(report: SanitizedReport) -> str:
    if report.text is not None:
        return str(report.text)
    why = report.text_omitted.value if report.text_omitted else "the report held no text"
    return f"[text left out: {why}]"


def _stub(number: int, attachment: SanitizedAttachment) -> str:
    digest = f", digest {attachment.digest}" if attachment.digest else ""
    size = f"{attachment.size_bytes} bytes"
    kind = f"{attachment.media_type}, {size}"
    return f"[attachment {number} removed: {kind}{digest}{_verdict(attachment)}]"


def _verdict(attachment: SanitizedAttachment) -> str:
    if attachment.verdict is None:
        return ""
    why = f" ({attachment.unscanned.value})" if attachment.unscanned else ""
    return f", {attachment.verdict.value}{why}"


def _text_part(text: str) -> Lines:
    yield "Content-Type: text/plain; charset=utf-8"
    yield "Content-Transfer-Encoding: quoted-printable"
    yield ""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    encoded = quopri.encodestring(plain.encode("utf-8", "replace")).decode("ascii")
    yield from encoded.split("\n")
    yield ""


def _without_mime(headers: Sequence[SanitizedHeader]) -> list[SanitizedHeader]:
    """The rebuilt part has MIME fields of its own."""
    return [
        header
        for header in headers
        if not str(header.name).lower().startswith(("content-", "mime-version"))
    ]


def _header_block(headers: Sequence[SanitizedHeader], subject: SanitizedText | None) -> Lines:
    for header in headers:
        yield from _field(str(header.name), header.value)
    if subject is not None:
        yield from _field("Subject", subject)


def _field(name: str, value: object) -> Lines:
    """One field, folded; what is not printable ASCII becomes RFC 2047 words."""
    text = _one_line(value)
    if text.isascii() and "=?" not in text:
        yield from _folded(f"{name}: {text}")
        return
    words = Header(text.encode("utf-8", "replace").decode(), _UTF8, header_name=name)
    encoded = words.encode(linesep="\n")
    yield from f"{name}: {encoded}".split("\n")


def _one_line(value: object) -> str:
    """``value`` without line ends and controls, and with single spaces."""
    return " ".join("".join(char if char.isprintable() else " " for char in str(value)).split())


def _folded(line: str) -> Lines:
    """Folded at spaces before column 76 where there are any; a longer word gets a space."""
    floor = line.find(":") + 3  # never between the name and the first word
    while len(line) > _FOLD_AT:
        cut = line.rfind(" ", floor, _FOLD_AT)
        cut = cut if cut > 0 else line.find(" ", _FOLD_AT)
        if not 0 < cut <= _MAX_LINE:
            if len(line) <= _MAX_LINE:
                break
            cut, line = _MAX_LINE, f"{line[:_MAX_LINE]} {line[_MAX_LINE:]}"
        yield line[:cut]
        line, floor = line[cut:], 1
    yield line


def _path(address: SanitizedText | None) -> str | None:
    if address is None:
        return None
    text = str(address)
    return text if text.startswith("<") else f"<{text}>"


def _date(moment: datetime | None) -> str | None:
    return None if moment is None else format_datetime(moment)
