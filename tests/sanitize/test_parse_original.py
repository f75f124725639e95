"""The reported message's text and the shapes of everything else in it."""

from __future__ import annotations

import base64
import binascii
import hashlib
import zlib

import pytest

from rufgate.sanitize.parsed import ParsedReport
from rufgate.sanitize.policy import Limits
from rufgate.sanitize.sanitized import Flag, Reason
from tests import reports
from tests.sanitize.parsing import body, header, read, text

CMS = b"\x30\x82\x01\x00\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 300


def part(content: bytes | str, kind: str = "text/plain; charset=utf-8", **fields: str) -> bytes:
    data = content.encode() if isinstance(content, str) else content
    rows = (("Content-Type", kind), *((key.replace("_", "-"), fields[key]) for key in fields))
    return reports.block(rows) + b"\r\n" + data


def coded(content: bytes, kind: str, **fields: str) -> bytes:
    data = base64.encodebytes(content)
    return part(data, kind, Content_Transfer_Encoding="base64", **fields)


def multipart(kind: str, *parts: bytes, boundary: str = "inner", more: str = "") -> bytes:
    lines = b"".join(f"--{boundary}\r\n".encode() + one + b"\r\n" for one in parts)
    return (
        f'Content-Type: multipart/{kind}; boundary="{boundary}"{more}\r\n\r\n'.encode()
        + lines
        + f"--{boundary}--\r\n".encode()
    )


def original(content: bytes, limits: Limits | None = None) -> ParsedReport:
    return read(reports.report(reports.original(body=content)), limits)


def magics(found: ParsedReport) -> list[str]:
    assert found.original is not None
    return [one.magic for one in found.original.attachments]


def test_headers_keep_order_and_encoded_words() -> None:
    fields = (
        ("Subject", "=?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n =?utf-8?q?_an_alle?="),
        ("X-B", "2"),
        ("x-a", "1"),
        ("Empty", ""),
    )
    found = read(reports.headers_only(fields))
    assert found.original is not None
    names = [one.name.reveal() for one in found.original.headers]
    assert names == ["Subject", "X-B", "x-a", "Empty"]
    assert header(found, "subject") == ["=?utf-8?q?Gr=C3=BC=C3=9Fe?= =?utf-8?q?_an_alle?="]


def test_plain_text_beats_its_html_twin() -> None:
    html = part("<p>Hello <b>Ada</b>, and a hidden word</p>", "text/html")
    found = original(multipart("alternative", part("Hello Ada"), html))
    assert body(found) == "Hello Ada"
    assert magics(found) == []


def test_html_alone_is_turned_into_text() -> None:
    found = original(part("<p>Hello <b>A</b>da</p><p>Bye</p>", "text/html"))
    assert (body(found) or "").split() == ["Hello", "Ada", "Bye"]


def test_html_where_plain_text_is_empty() -> None:
    found = original(multipart("alternative", part("  "), part("<p>Hello</p>", "text/html")))
    assert (body(found) or "").strip() == "Hello"


def test_images_of_a_dropped_twin_are_counted() -> None:
    html = part("<img src=cid:1>", "text/html")
    related = multipart("related", html, coded(PNG, "image/png"), boundary="deep")
    found = original(multipart("alternative", part("Hello Ada"), related))
    assert body(found) == "Hello Ada"
    assert magics(found) == ["image/png"]


def test_all_texts_of_a_mixed_message() -> None:
    found = original(multipart("mixed", part("One"), coded(PNG, "image/png"), part("Two")))
    assert (body(found) or "").split() == ["One", "Two"]


@pytest.mark.parametrize(
    ("content", "kind", "magic"),
    [
        (PNG, "application/pdf", "image/png"),
        (b"%PDF-1.7 x", "image/png", "application/pdf"),
        (b"BEGIN:VCALENDAR\r\nATTENDEE:mailto:a@b.example", "text/calendar", "text/calendar"),
        (b"BEGIN:VCARD\r\nFN:Ada", "text/vcard", "text/vcard"),
        (b"\x78\x9f\x3e\x22\x01", "application/ms-tnef", "application/vnd.ms-tnef"),
        (b"From: a@b.example\r\n\r\nhi", "message/rfc822", "message/rfc822"),
        (
            b"PK\x03\x04....word/document.xml",
            "application/zip",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (b"no idea", "application/x-thing", "application/octet-stream"),
        (b"Dear Ada", "text/x-amp-html", "application/octet-stream"),
    ],
)
def test_what_is_no_text_is_a_stub(content: bytes, kind: str, magic: str) -> None:
    found = original(multipart("mixed", part("Hello"), coded(content, kind, Content_ID="<1@x>")))
    assert body(found) == "Hello"
    assert found.original is not None
    stub = found.original.attachments[0]
    assert (stub.magic, stub.size_bytes) == (magic, len(content))
    assert stub.sha256 == hashlib.sha256(content).digest()


def test_text_sent_as_a_file_is_a_stub() -> None:
    note = part(
        "Ada's salary", Content_Disposition='attachment; filename="=?utf-8?q?n=C3=B6te.txt?="'
    )
    found = original(multipart("mixed", part("Hello"), note))
    assert body(found) == "Hello"
    assert found.original is not None
    assert found.original.attachments[0].filename.reveal() == "nöte.txt"


def test_nested_message_is_never_read() -> None:
    nested = part(reports.original(body="Secret of Ada"), "message/rfc822")
    found = original(multipart("mixed", part("See below"), nested))
    assert body(found) == "See below"
    assert magics(found) == ["message/rfc822"]


def test_digest_members_are_stubs() -> None:
    found = original(multipart("digest", b"\r\nFrom: a@b.example\r\n\r\nhi"))
    assert body(found) is None
    assert magics(found) == ["message/rfc822"]


@pytest.mark.parametrize(
    ("content", "flag"),
    [
        (multipart("signed", part("Hi"), coded(b"x", "application/pkcs7-signature")), Flag.SMIME),
        (coded(CMS, "application/pkcs7-mime"), Flag.SMIME),
        (multipart("encrypted", part("Version: 1", "application/pgp-encrypted")), Flag.PGP),
        (part("-----BEGIN PGP MESSAGE-----\r\n\r\nabc\r\n-----END PGP MESSAGE-----\r\n"), Flag.PGP),
        (part("-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA256\r\n\r\nHi\r\n"), Flag.PGP),
    ],
)
def test_signed_and_encrypted_mail_is_flagged(content: bytes, flag: Flag) -> None:
    assert flag in original(content).flags


BINARY = bytes(range(256)) * 2
UUENCODED = b"".join(binascii.b2a_uu(BINARY[at : at + 45]) for at in range(0, len(BINARY), 45))
BASE64 = base64.encodebytes(zlib.compress(BINARY + b"x") * 4)
YENC = b"=ybegin line=128 size=9 name=secret.bin\r\n\x10\x20abc\r\n=yend size=9\r\n"
BINHEX = b"(This file must be converted with BinHex 4.0)\r\n\r\n:$f*TEQKPH#jdCA0\r\nd,R0TG!:\r\n"
KEY = (
    b"-----BEGIN PGP PUBLIC KEY BLOCK-----\r\n\r\nmQENBF\r\n-----END PGP PUBLIC KEY BLOCK-----\r\n"
)


@pytest.mark.parametrize(
    "embedded",
    [
        b"begin 644 secret.bin\r\n" + UUENCODED + b"`\r\nend\r\n",
        b"begin 644 secret.bin\r\n" + UUENCODED,
        YENC,
        BINHEX,
        KEY,
        BASE64,
        b"".join(b"> " + line + b"\r\n" for line in BASE64.splitlines()),
    ],
)
def test_what_is_embedded_in_text_is_cut(embedded: bytes) -> None:
    found = original(part(b"Before\r\n" + embedded + b"\r\nafter it\r\n"))
    shown = body(found) or ""
    assert shown.split("\n")[:2] == ["Before", "[attachment]"]
    assert shown.rstrip().endswith("after it")
    for line in embedded.split():
        if len(line) > 12:
            assert line.decode("latin-1") not in shown
    assert len(magics(found)) == 1


def test_uuencoded_content_is_decoded_for_its_shape() -> None:
    found = original(part(b"begin 644 a\r\n" + UUENCODED + b"`\r\nend\r\n"))
    assert found.original is not None
    assert found.original.attachments[0].sha256 == hashlib.sha256(BINARY).digest()


def test_an_armor_without_end_is_cut_to_the_end() -> None:
    found = original(part(b"Hi\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA\r\n\r\nmore\r\n"))
    assert body(found) == "Hi\n[attachment]"


def test_a_data_link_in_text_is_cut() -> None:
    token = base64.b64encode(zlib.compress(BINARY) * 2)
    found = original(part(b"See data:image/png;base64," + token + b" end"))
    assert body(found) == "See data:image/png;base64,[attachment] end"


@pytest.mark.parametrize(
    "prose",
    ["begin 644 years ago", "-" * 76, "A" * 80, "word " * 60, "= = =", "begin\nend", "x" * 300],
)
def test_prose_is_left_alone(prose: str) -> None:
    assert body(original(part(f"{prose}\r\nend"))) == f"{prose}\nend"


@pytest.mark.parametrize(
    ("data", "charset", "expected"),
    [
        ("Grüße".encode(), "utf-8", "Grüße"),
        ("Grüße".encode("latin-1"), "iso-8859-1", "Grüße"),
        ("Grüße".encode("latin-1"), "utf-8", "Grüße"),
        ("Grüße".encode("latin-1"), "us-ascii", "Grüße"),
        (b"\x93quoted\x94 \x80", "iso-8859-1", "“quoted” €"),
        ("Привет".encode("koi8-r"), "KOI8-R", "Привет"),
        ("你好".encode("gb18030"), "gb2312", "你好"),
        ("こんにちは".encode("iso-2022-jp"), "iso-2022-jp", "こんにちは"),
        ("こんにちは".encode("iso-2022-jp"), "us-ascii", "こんにちは"),
        ("Grüße".encode("utf-16"), "utf-16", "Grüße"),
        ("Grüße".encode("utf-16"), "", "Grüße"),
        ("שלום".encode("iso-8859-8"), "iso-8859-8-i", "שלום"),
        ("Grüße".encode(), "x-nobody-knows", "Grüße"),
        (b"plain", "hex", "plain"),
        (b"half +2AA- a character", "utf-7", "half ? a character"),
    ],
)
def test_charsets(data: bytes, charset: str, expected: str) -> None:
    kind = f'text/plain; charset="{charset}"' if charset else "text/plain"
    assert body(original(coded(data, kind))) == expected


def test_a_charset_that_cannot_be_read_is_said() -> None:
    found = original(coded(b"\xe1\xe2\xff", "text/plain; charset=x-nobody-knows"))
    assert found.original is not None
    assert (found.original.text, found.original.text_reason) == (None, Reason.UNDECODABLE)


def test_controls_are_taken_out() -> None:
    assert body(original(part(b"A\x00d\x07a\x1b[1m\tok\x7f"))) == "Ada[1m\tok"


def test_long_text_is_left_out_not_cut() -> None:
    found = original(part("word " * 20), Limits(text_chars=99))
    assert found.original is not None
    assert (found.original.text, found.original.text_reason) == (None, Reason.TEXT_TOO_LONG)
    assert text(original(part("word " * 19), Limits(text_chars=99)).original.text)  # type: ignore[union-attr]  # there is one


def test_quoted_printable_text() -> None:
    data = b"Gr=C3=BC=C3=9Fe an =\r\nalle"
    found = original(part(data, Content_Transfer_Encoding="quoted-printable"))
    assert body(found) == "Grüße an alle"
