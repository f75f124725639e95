"""Reports put together by decisions, a mark in many of their places.

In:  ``Choices``.
Out: a report as reporters could send it, and what was decided, to read when it fails.

The places and the encodings are those of the leak matrix, which tries each pair of them alone; here
they come together, in any order, in shapes that are damaged as gateways damage them.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests import reports
from tests.e2e.canary_mail_places import HEADER_VALUES
from tests.e2e.planting import Planted
from tests.fuzz.choices import Choices
from tests.sanitize.leak_encodings import CHARSETS, HEADER_FORMS, TEXT_FORMS, TRANSFERS, Inline
from tests.sanitize.leak_places import BODIES, filled

MARK = "Quillovexmar"  # reads as a name, is a word of no language
Fields = list[tuple[str, str]]

FEEDBACK_VALUES = (
    ("User-Agent", "Filter/1.0 ({m})"),
    ("Reporting-MTA", "dns; mx.receiver.example ({m})"),
    ("Original-Mail-From", "<{m}@mailer.example.net>"),
    ("Original-Mail-From", "<bounce+{m}=canary.example@mailer.example.net>"),
    ("Original-Mail-From", "<SRS0=HHH=TT=canary.example={m}@mailer.example.net>"),
    ("Original-Mail-From", "<prvs=1234ABCDEF={m}@mailer.example.net>"),
    ("Original-Rcpt-To", "<{m}@home.example>"),
    ("Original-Rcpt-To", "<x@{m}.example>"),
    ("Removal-Recipient", "<{m}@home.example>"),
    ("Original-Envelope-Id", "{m}"),
    ("Source-IP", "198.51.100.23 ({m}.dsl.canary.example)"),
    ("SPF-DNS", 'txt : {m}._spf.example.org : "v=spf1 -all"'),
    ("DKIM-Selector", "{m}abcdefabcdef0123456789"),
    ("DKIM-Identity", "{m}@example.org"),
    ("DKIM-Canonicalized-Header", "to:{m}@canary.example"),
    ("DKIM-Selector-DNS", '"v=DKIM1; n={m}; g={m}; p=AA"'),
    ("Authentication-Results", "mx.example; spf=fail smtp.mailfrom={m}@mailer.example.net"),
    ("Authentication-Results", "mx.example; auth=pass smtp.auth={m}"),
    ("Authentication-Results", 'mx.example; dkim=fail reason="for {m}" (sender {m})'),
    ("Reported-URI", "https://{m}:pw@www.example.org/u/{m}?e={m}#{m}"),
    ("Reported-URI", "mailto:{m}@canary.example"),
    ("X-Report-Note", "{m}"),
)
OUTER_VALUES = (
    ("Sender", "{m} <{m}@mx.receiver.example>"),
    ("Reply-To", "{m}@mx.receiver.example"),
    ("Cc", "{m} <{m}@canary.example>"),
    ("References", "<{m}@mx.receiver.example>"),
    ("Received", "from {m}.lan by mx.example for <{m}@canary.example>"),
    ("X-CM-SenderInfo", "{m}"),
    ("DKIM-Signature", "v=1; d=x.example; i={m}@x.example; z=From:{m}; b=AA"),
)
LINES = (
    "Please bring the green folder.",
    "Write to {m}@canary.example soon.",
    "Open https://www.canary.example/u/{m}?e={m}%40canary.example now.",
    "Open https://{m}@www.canary.example/ now.",
    "Or mailto:{m}@canary.example?subject={m} now.",
    "From: {m} <{m}@canary.example>",
    "> On Tue, 3 Nov 2026 at 09:14, {m}@canary.example wrote:",
    "Call me.",
    "",
    "-- ",
)
THIRD = ("message/rfc822", "message/rfc822", "text/rfc822", "message/global", "text/rfc822-headers")
FEEDBACK_TYPES = ("message/feedback-report", "Message/Feedback-Report; charset=utf-8")
BOUNDARIES = ("part", "=_next_0", "a b'c", "x" * 69, "0")
INSIDE = ("mixed", "alternative", "related", "signed; protocol=x", "unheard-of")


@dataclass(frozen=True)
class Made:
    """A report, and the decisions behind it."""

    planted: Planted
    said: tuple[str, ...]


class Maker:
    """Makes one report."""

    def __init__(self, choices: Choices, mark: str = MARK) -> None:
        self._choices, self._mark, self._said = choices, mark, list[str]()

    def report(self) -> Made:
        """Whatever the decisions lead to; at most some 20 KB."""
        choices = self._choices
        whole, third = self._original()
        fields = reports.block(self._fields(reports.FEEDBACK, FEEDBACK_VALUES, 4))
        header, fields = self._feedback_shape(fields)
        content = reports.report(
            whole,
            feedback=fields,
            third_type=third,
            feedback_header=header,
            outer=self._fields((), OUTER_VALUES, 2),
            report_type=choices.pick(("feedback-report", "feedback-report", None)),
            boundary=choices.pick(BOUNDARIES),
            preamble=choices.pick(("", "\r\n", "This is MIME.\r\n")),
            first=f"Reported for {self._mark}@canary.example\r\n" if choices.is_so() else "Hi.\r\n",
        )
        sender = f"{self._mark}@mx.receiver.example" if choices.is_so() else ""
        return Made(Planted(self._damaged(content), mail_from=sender), tuple(self._said))

    def _form(self, forms: dict[str, Inline]) -> str:
        """The mark, half of the time as it is."""
        if self._choices.is_so():
            return self._mark
        name = self._choices.pick(tuple(forms))
        self._said.append(name)
        return forms[name](self._mark)

    def _fields(
        self, base: tuple[tuple[str, str], ...], more: tuple[tuple[str, str], ...], at_most: int
    ) -> Fields:
        fields = list(base)
        for name, template in self._choices.some(more, at_most):
            self._said.append(name)
            if self._choices.is_so():
                fields = [field for field in fields if field[0] != name]
            value = template.format(m=self._form(HEADER_FORMS))
            fields.append((self._spelt(name), self._folded(value)))
        return self._choices.order(fields)

    def _spelt(self, name: str) -> str:
        kind = self._choices.number(8)
        return {5: name.upper(), 6: name.lower(), 7: f"{name} "}.get(kind, name)

    def _folded(self, value: str) -> str:
        if "\n" in value or not self._choices.is_so(4):
            return value
        return value.replace(" ", self._choices.pick(("\r\n ", "\r\n\t", " \r\n  ")), 1)

    def _feedback_shape(self, fields: bytes) -> tuple[str, bytes]:
        head = f"Content-Type: {self._choices.pick(FEEDBACK_TYPES)}\r\n"
        name = self._choices.pick(("", "", "", "base64", "quoted-printable", "base64, ragged"))
        if not name:
            return head, fields
        self._said.append(f"feedback {name}")
        encoding, coded = TRANSFERS[name](fields)
        return f"{head}Content-Transfer-Encoding: {encoding}\r\n", coded + b"\r\n"

    def _original(self) -> tuple[bytes, str]:
        third = self._choices.pick(THIRD)
        header = self._fields(reports.ORIGINAL_HEADER, tuple(HEADER_VALUES.items()), 5)
        if third == "text/rfc822-headers":
            return reports.block(header), third
        shape = self._choices.number(4)
        if shape == 0:
            return reports.block(header) + b"\r\n" + self._text().encode(), third
        parts = [self._part() for _ in range(1 + self._choices.number(3))]
        if shape == 1:
            return reports.block(header) + b"MIME-Version: 1.0\r\n" + parts[0], third
        kind = self._choices.pick(INSIDE)
        head = f'MIME-Version: 1.0\r\nContent-Type: multipart/{kind}; boundary="in"\r\n\r\n'
        inside = b"".join(b"--in\r\n" + part + b"\r\n" for part in parts)
        end = b"" if self._choices.is_so(4) else b"--in--\r\n"
        return reports.block(header) + head.encode() + inside + end, third

    def _text(self) -> str:
        lines = self._choices.some(LINES, 6)
        return "".join(line.replace("{m}", self._form(TEXT_FORMS)) + "\r\n" for line in lines)

    def _part(self) -> bytes:
        """Header and body of a part."""
        name, transfer = (self._choices.pick(tuple(table)) for table in (BODIES, TRANSFERS))
        charset = self._choices.pick(("", "utf-8", *CHARSETS))
        self._said += [name, transfer, charset]
        body = BODIES[name]
        encoding, coded = TRANSFERS[transfer](filled(body.text, self._mark, charset))
        kind = body.kind.replace("{m}", self._mark) + (f'; charset="{charset}"' if charset else "")
        head = f"Content-Type: {kind}\r\n"
        head += f"Content-Transfer-Encoding: {encoding}\r\n" if encoding else ""
        return head.encode() + b"\r\n" + coded

    def _damaged(self, content: bytes) -> bytes:
        """As some gateways leave it: other line ends, no end."""
        how = self._choices.number(8)
        if how == 6:
            self._said.append("LF")
            return content.replace(b"\r\n", b"\n")
        if how == 7:
            self._said.append("no end")
            return content[: content.rstrip().rfind(b"\r\n")]
        return content
