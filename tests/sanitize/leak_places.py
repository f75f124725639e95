"""Places that hold the body of a part: each takes any transfer encoding and any charset.

In:  the mark, a transfer encoding, a charset.
Out: a report whose part there holds the mark so encoded, beside words that name nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests import reports
from tests.e2e.planting import Place, Planted, in_header, in_html, in_text
from tests.sanitize.leak_encodings import CHARSETS, Transfer

KEPT = "green folder"
LETTER = (
    "Please bring the green folder to the meeting.\r\n"
    "Then write to {m}@canary.example about it{l}, please.\r\n"
)
_HTML = (
    "<html><body><p>Please bring the green folder to the meeting.</p>\r\n"
    '<p title="{m}@canary.example">Then write to <a href="mailto:{m}@canary.example">us</a>'
    " or {m}@canary.example,{l}.</p><!-- {m}@canary.example --></body></html>\r\n"
)
_MAIL = (
    "From: {m} <{m}@canary.example>\r\nTo: {m}@home.example\r\nSubject: For {m}\r\n\r\n"
    "Dear {m}{l},\r\n"
)


@dataclass(frozen=True)
class Body:
    """A part: its type, its text with ``{m}``, and whether a reader at tier text sees it."""

    kind: str
    text: str
    is_shown: bool = False


WHOLE: dict[str, Place] = {  # the form writes the whole address, so that no @ gives it away
    "Subject": in_header("Subject", "Letter to {m} soon"),
    "text": in_text("Write to {m} soon.\r\n"),
    "text, quoted": in_text("> Write to {m} soon.\r\n"),
    "HTML": in_html("<p>Write to {m} soon.</p>"),
    "HTML, hidden": in_html('<div style="display:none">{m}</div><p>x</p>'),
    "HTML title": in_html('<p title="to {m} soon">x</p>'),
    "HTML alt": in_html('<p>x<img alt="to {m} soon" src="cid:1"></p>'),
    "HTML href": in_html('<p><a href="mailto:{m}">x</a></p>'),
    "HTML comment": in_html("<!-- to {m} soon --><p>x</p>"),
    "HTML value": in_html('<form><input value="{m}"></form>'),
}
BODIES: dict[str, Body] = {
    "text": Body("text/plain", LETTER, is_shown=True),
    "text, named": Body("text/plain; name=letter.txt", LETTER, is_shown=True),
    "flowed text": Body("text/plain; format=flowed", LETTER, is_shown=True),
    "text, its lines joined": Body(
        "text/plain; format=flowed; DelSp=Yes",
        LETTER.replace("{m}@", "{h} \r\n{t}@"),
        is_shown=True,
    ),
    "HTML": Body("text/html", _HTML, is_shown=True),
    "enriched text": Body("text/enriched", f"<bold>{LETTER}</bold>", is_shown=True),
    "AMP": Body("text/x-amp-html", _HTML),
    "calendar": Body(
        "text/calendar; method=REQUEST",
        "BEGIN:VEVENT\r\nATTENDEE;CN={m}:mailto:{m}@canary.example\r\nSUMMARY:{m}{l}\r\n"
        "END:VEVENT\r\n",
    ),
    "vCard": Body("text/vcard", "BEGIN:VCARD\r\nFN:{m}{l}\r\nEND:VCARD\r\n"),
    "nested mail": Body("message/rfc822", _MAIL),
    "nested global mail": Body("message/global", _MAIL),
    "nested headers": Body("text/rfc822-headers", _MAIL),
    "digest": Body('multipart/digest; boundary="d"', f"--d\r\n\r\n{_MAIL}\r\n--d--\r\n"),
    "delivery status": Body(
        "message/delivery-status", "Reporting-MTA: dns; x\r\n\r\nFinal-Recipient: x; {m}@a.b\r\n"
    ),
    "signature": Body("application/pkcs7-signature; name=smime.p7s", "0\x02{m}@canary.example"),
    "key": Body("application/pgp-keys", "{m} <{m}@canary.example>\r\n"),
    "file": Body('application/octet-stream; name="{m}.bin"', "{m}@canary.example"),
    "source": Body("text/x-python", "# {m}@canary.example\r\n"),
    "rich text": Body("text/rtf", r"{\rtf1 {m}@canary.example}"),
    "JSON": Body("application/json", '{"to": "{m}@canary.example"}'),
}  # fmt: skip


def filled(text: str, mark: str, charset: str) -> bytes:
    """``text`` with the mark in it, in ``charset``."""
    half = len(mark) // 2
    letters = f" {CHARSETS.get(charset, '')}" if charset else ""
    for name, value in {"m": mark, "h": mark[:half], "t": mark[half:], "l": letters}.items():
        text = text.replace(f"{{{name}}}", value)
    return text.encode(charset.removesuffix("-i") or "ascii")


def in_body(body: Body, mark: str, transfer: Transfer, charset: str = "") -> Planted:
    """The original has this part beside a harmless one."""
    encoding, coded = transfer(filled(body.text, mark, charset))
    kind = body.kind.replace("{m}", mark) + (f'; charset="{charset}"' if charset else "")
    head = f"Content-Type: {kind}\r\n"
    head += f"Content-Transfer-Encoding: {encoding}\r\n" if encoding else ""
    mime = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="in"\r\n\r\n'
        f"--in\r\nContent-Type: text/plain\r\n\r\nHello.\r\n--in\r\n{head}\r\n"
    )
    return Planted(reports.report(reports.original(body=mime.encode() + coded + b"\r\n--in--\r\n")))


def _whole(mark: str, charset: str) -> bytes:
    kind = f"text/plain; charset={charset}" if charset else "text/plain"
    header = reports.block(
        (
            *reports.changed(
                reports.ORIGINAL_HEADER,
                To=f"{mark} <{mark}@home.example>",
                X_Note=mark,
                Message_ID=f"<{mark}@mailer.example.net>",
            ),
            ("Content-Type", kind),
        )
    )
    return header + b"\r\n" + filled(LETTER, mark, charset)


def in_third(kind: str) -> Callable[[str, Transfer, str], Planted]:
    """The third part as a whole is encoded, which RFC 2046 forbids and reporters do."""

    def make(mark: str, transfer: Transfer, charset: str) -> Planted:
        encoding, coded = transfer(_whole(mark, charset))
        head = f"{kind}\r\nContent-Transfer-Encoding: {encoding}" if encoding else kind
        return Planted(reports.report(coded, third_type=head))

    return make


def in_own_body(mark: str, transfer: Transfer, charset: str) -> Planted:
    """The original is a text and nothing else, encoded in its own header."""
    encoding, coded = transfer(filled(LETTER, mark, charset))
    kind = f"text/plain; charset={charset}" if charset else "text/plain"
    header = (*reports.ORIGINAL_HEADER, ("MIME-Version", "1.0"), ("Content-Type", kind))
    header += (("Content-Transfer-Encoding", encoding),) if encoding else ()
    return Planted(reports.report(reports.block(header) + b"\r\n" + coded))


def in_first(mark: str, transfer: Transfer, charset: str) -> Planted:
    """The part for people, which is dropped whole; it may name the source and the date."""
    encoding, coded = transfer(filled(LETTER, mark, charset))
    report = reports.report(first="SPLIT")
    head = f"Content-Type: text/plain; charset={charset or 'us-ascii'}\r\n"
    head += f"Content-Transfer-Encoding: {encoding}\r\n" if encoding else ""
    before, _, after = report.partition(b"SPLIT")
    before = before.replace(b"Content-Type: text/plain; charset=utf-8\r\n", head.encode())
    return Planted(before + coded + after)


def in_fields(mark: str, transfer: Transfer, charset: str) -> Planted:
    """The feedback part as a whole is encoded."""
    fields = reports.changed(
        reports.FEEDBACK,
        User_Agent=f"Filter/1.0 ({mark})",
        Original_Rcpt_To=f"<{mark}@home.example>",
        Original_Mail_From=f"<{mark}@mailer.example.net>",
        X_Note=f"{mark} {CHARSETS.get(charset, '')}",
        DKIM_Canonicalized_Body=f"Dear {mark}",
    )
    plain = "".join(f"{name}: {value}\r\n" for name, value in fields)
    encoding, coded = transfer(plain.encode(charset.removesuffix("-i") or "ascii"))
    head = "Content-Type: message/feedback-report\r\n"
    head += f"Content-Transfer-Encoding: {encoding}\r\n" if encoding else ""
    return Planted(reports.report(feedback=coded + b"\r\n", feedback_header=head))


PARTS: dict[str, Callable[[str, Transfer, str], Planted]] = {
    "own body": in_own_body,
    "first part": in_first,
    "feedback part": in_fields,
    "third part": in_third("message/rfc822"),
    "third part, global": in_third("message/global"),
    "third part, text/rfc822": in_third("text/rfc822"),
    "third part, headers": in_third("text/rfc822-headers"),
    "third part, message headers": in_third("message/rfc822-headers"),
    "third part, global headers": in_third("message/global-headers"),
} | {
    name: lambda mark, transfer, charset, body=body: in_body(body, mark, transfer, charset)
    for name, body in BODIES.items()
}
SHOWN = frozenset(
    {"own body", "third part", "third part, global", "third part, text/rfc822"}
    | {name for name, body in BODIES.items() if body.is_shown}
)
