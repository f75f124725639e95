"""The canary's report: one valid failure report with a personal value in each kind of place.

In:  values, the time, the address that reports are sent to.
Out: the bytes of the report and its envelope sender.
SECURITY: every name stands on a reserved domain (RFC 2606) and every host on a reserved address
     (RFC 5737). It says to nobody, not even in a comment, that it is a canary.
FAILS: never.
"""

from __future__ import annotations

import base64
import quopri
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.utils import format_datetime
from urllib.parse import quote

from rufgate.receive.canary_marks import Mark, Person, Role, Values

_HOME, _WORK = "home.example", "example.net"
Fields = Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class CanaryReport:
    """What is sent, and what must not be found afterwards."""

    content: bytes
    mail_from: str
    marks: tuple[Mark, ...]


def make_report(values: Values, *, now: datetime, recipient: str) -> CanaryReport:
    """The report that holds ``values``."""
    boundary = f"report-{values.people[Role.AUTHOR].surname[::-1].lower()}"[:40]
    outside = values.people[Role.OUTSIDE]
    outer = (
        ("From", "noreply-dmarc@mx.receiver.example"),
        ("To", recipient),
        ("Cc", _mailbox(outside, _HOME)),
        ("Subject", f"FW: Letter for {outside.name}"),
        ("Date", format_datetime(now)),
        ("Message-ID", f"<{_local(values, Role.IDENTIFIER)}@mx.receiver.example>"),
        ("MIME-Version", "1.0"),
        ("Content-Type", f'multipart/report; report-type=feedback-report; boundary="{boundary}"'),
    )
    parts = (
        f"Content-Type: text/plain\n\nReported for {_mailbox(outside, _HOME)}.\n",
        f"Content-Type: message/feedback-report\n\n{_block(_feedback(values, now))}",
        f"Content-Type: message/rfc822\n\n{_original(values, now)}",
    )
    text = f"{_block(outer)}\n{_multipart(boundary, parts)}"
    return CanaryReport(
        content=text.replace(
            "\n", "\r\n"
        ).encode(),  # ASCII, unless the recipient is not (RFC 6532)
        mail_from=f"{_local(values, Role.REPORTER)}@mx.receiver.example",
        marks=values.marks,
    )


def _feedback(values: Values, now: datetime) -> Fields:
    """RFC 6591 section 3, with comments and fields that nobody asked for."""
    to, extension = values.people[Role.RECIPIENT], values.people[Role.EXTENSION]
    verp = f"bounce+{_local(values, Role.BOUNCE)}={_HOME}@{_WORK}"
    signed = f"Dear {values.people[Role.SIGNED].name}, this is for you.\r\n"
    link, host = values.people[Role.LINK], values.people.get(Role.HOST)
    return (
        ("Feedback-Type", "auth-failure"),
        ("User-Agent", f"Receiver-Filter/2.1 ({extension.name})"),
        ("Version", "1"),
        ("Original-Mail-From", f"<{verp}>"),
        ("Original-Rcpt-To", f"<{to.local}@{_HOME}>"),
        ("Original-Rcpt-To", f"<info@{host.surname.lower() if host else 'shop'}.example>"),
        ("Original-Envelope-Id", _local(values, Role.IDENTIFIER)),
        ("Arrival-Date", format_datetime(now)),
        ("Source-IP", "198.51.100.23"),
        ("Reported-Domain", "example.org"),
        ("Auth-Failure", "dmarc"),
        ("Delivery-Result", "reject"),
        ("DKIM-Domain", "example.org"),
        ("DKIM-Selector", "s2026"),
        ("DKIM-Identity", f"{_local(values, Role.AUTHOR)}@example.org"),
        ("DKIM-Canonicalized-Body", _base64(signed)),
        ("Reported-URI", f"https://www.{_WORK}/u/{link.local}?e={quote(link.local + '@')}{_HOME}"),
        ("Authentication-Results", _results(verp, extension)),
        ("X-Report-Note", f"{extension.name} <{extension.local}@{_HOME}>"),
    )


def _original(values: Values, now: datetime) -> str:
    """The reported mail: header, text, HTML, a contact card and a file."""
    people = values.people
    to, trace, link = people[Role.RECIPIENT], people[Role.TRACE], people[Role.LINK]
    coded_name = Header(to.name, "utf-8", maxlinelen=40).encode()
    header = (
        ("Return-Path", f"<bounce+{_local(values, Role.BOUNCE)}={_HOME}@{_WORK}>"),
        ("Received", _received(trace, now)),
        ("From", f'"{people[Role.AUTHOR].name}" <{_local(values, Role.AUTHOR)}@example.org>'),
        ("Reply-To", _mailbox(people[Role.REPLY], _WORK)),
        ("To", f"{coded_name}\n <{to.local}@{_HOME}>"),
        ("Cc", f"Friends: {_mailbox(people[Role.COPIED], _HOME)};"),
        ("Subject", f"Your appointment, Mrs {to.surname}"),
        ("Date", format_datetime(now)),
        ("Message-ID", f"<{_local(values, Role.IDENTIFIER)}@{_WORK}>"),
        (
            "List-Unsubscribe",
            f"<https://u.{_WORK}/{_base64(link.local + '@' + _HOME).rstrip('=')}>",
        ),
        ("X-Sent-For", _mailbox(people[Role.EXTENSION], _HOME)),
        ("MIME-Version", "1.0"),
        ("Content-Type", 'multipart/mixed; boundary="letter"'),
    )
    return f"{_block(header)}\n{_multipart('letter', tuple(_body(values)))}"


def _results(verp: str, extension: Person) -> str:
    return (
        "mx.receiver.example; dmarc=fail header.from=example.org;\n"
        f" spf=fail smtp.mailfrom={verp};\n"
        f" auth=pass smtp.auth={extension.local};\n"
        f' dkim=fail reason="no key for {extension.surname}" header.d=example.org'
    )


def _received(trace: Person, now: datetime) -> str:
    return (
        f"from {trace.surname.lower()}-laptop.lan ([198.51.100.23])\n"
        f" by mx.receiver.example with ESMTPSA id 4711 for <{trace.local}@{_HOME}>;\n"
        f" {format_datetime(now)}"
    )


def _body(values: Values) -> Iterator[str]:
    yield (
        "Content-Type: text/plain; charset=utf-8\n"
        f"Content-Transfer-Encoding: quoted-printable\n\n{_quoted(_letter(values))}"
    )
    yield (
        "Content-Type: text/html; charset=utf-8\n"
        f"Content-Transfer-Encoding: base64\n\n{_base64_lines(_page(values))}"
    )
    card = values.people[Role.CARD]
    yield (
        f"Content-Type: text/vcard; charset=utf-8\n\nBEGIN:VCARD\nFN:{card.name}\n"
        f"EMAIL:{card.local}@{_HOME}\nEND:VCARD\n"
    )
    yield (
        f'Content-Type: application/pdf; name="{_local(values, Role.FILE_NAME)}.pdf"\n'
        "Content-Disposition: attachment;\n"
        f" filename*=utf-8''{quote(values.people[Role.FILE_NAME].name)}.pdf\n"
        "Content-Transfer-Encoding: base64\n\n"
        + _base64_lines(f"%PDF-1.4 /Author({values.people[Role.FILE].name})\n")
    )


def _letter(values: Values) -> str:
    """Persons that the header names, and values that a check digit or their form gives away."""
    to, copied = values.people[Role.RECIPIENT], values.people[Role.COPIED]
    author, link = values.people[Role.AUTHOR], values.people[Role.LINK]
    written = values.people[Role.WRITTEN]
    address = f"{link.local}@{_HOME}"
    return (
        f"Dear Mrs {to.surname},\n\n"
        "thank you for your letter about the appointment on Friday. We have sent the forms to\n"
        f"{copied.name}, who will bring them along. If the time does not suit you, please call\n"
        f"us on {values.phone}, or write to {written.local}@{_WORK} before the end of the week.\n\n"
        f"Your NHS number is {values.health}. The fee was paid with the card {values.card}.\n"
        f"Our office is at 12 Harbour Lane, Leeds {values.postcode}.\n\n"
        f"The forms are also here: https://track.{_WORK}/c/{_base64(address).rstrip('=')}"
        f"?u={quote(address, safe='')}\n\n"
        f"Kind regards,\n{author.name}\n\n"
        f"> {to.name.upper()} wrote that the time would suit her very well.\n"
    )


def _page(values: Values) -> str:
    to, hidden = values.people[Role.RECIPIENT], values.people[Role.HIDDEN]
    half = len(to.surname) // 2
    address = f"{hidden.local}@{_HOME}"
    entities = "".join(f"&#{ord(letter)};" for letter in to.surname)
    return (
        f"<html><body><!-- sent to {address} -->"
        f"<p>Hello {to.given} <b>{to.surname[:half]}</b>{to.surname[half:]},</p>"
        f"<p>the forms for you, Mrs {entities}, are in the file that comes with this letter.</p>"
        f'<p title="{address}">Please bring them to the appointment.</p>'
        f'<div style="display:none">{address}</div>'
        f'<img src="https://o.{_WORK}/{hidden.local}.gif" alt="{address}" width="1" height="1">'
        "</body></html>"
    )


def _local(values: Values, role: Role) -> str:
    return values.people[role].local


def _mailbox(person: Person, domain: str) -> str:
    return f"{person.name} <{person.local}@{domain}>"


def _block(fields: Fields) -> str:
    return "".join(f"{name}: {value}\n" for name, value in fields)


def _multipart(boundary: str, parts: Sequence[str]) -> str:
    return "".join(f"--{boundary}\n{part}\n" for part in parts) + f"--{boundary}--\n"


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _base64_lines(text: str) -> str:
    return base64.encodebytes(text.encode()).decode()


def _quoted(text: str) -> str:
    return quopri.encodestring(text.encode()).decode()
