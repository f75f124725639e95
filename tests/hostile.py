"""Mails that are made to cost: each shape as a function of its size in bytes (or so).

Behind a limit of parsing nothing is read: what costs is found below it, so sizes matter.
"""

from __future__ import annotations

import base64
import gzip
import io
import zipfile
from collections.abc import Callable

from tests import reports

Shape = Callable[[int], bytes]


def repeated(unit: str | bytes, size: int) -> bytes:
    """``unit`` again and again, about ``size`` bytes."""
    unit = unit.encode() if isinstance(unit, str) else unit
    return unit * max(1, size // len(unit))


def wrapped(content: bytes, width: int = 900) -> bytes:
    """In lines that SMTP allows."""
    return b"\r\n".join(content[at : at + width] for at in range(0, len(content), width))


def in_body(content: bytes, kind: str = "text/plain; charset=utf-8", coding: str = "8bit") -> bytes:
    """A report about a mail with this body."""
    head = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {coding}\r\n\r\n".encode()
    return reports.report(reports.original(body=head + content + b"\r\n"))


def as_text(unit: str, *, lines: bool = False) -> Shape:
    def make(size: int) -> bytes:
        content = repeated(unit, size)
        return in_body(wrapped(content) if lines else content)

    return make


def as_html(unit: str, after: str = "") -> Shape:
    return lambda size: in_body(
        b"<html><body>Hello " + repeated(unit, size) + after.encode(), "text/html; charset=utf-8"
    )


def as_field(name: str, unit: str, before: str = "", after: str = "") -> Shape:
    """One field of the original's header, folded or not."""

    def make(size: int) -> bytes:
        value = before.encode() + repeated(unit, size) + after.encode()
        return reports.report(name.encode() + b": " + value + b"\r\n" + reports.original())

    return make


def as_feedback(name: str, unit: str, before: str = "", after: str = "") -> Shape:
    def make(size: int) -> bytes:
        value = before.encode() + repeated(unit, size) + after.encode()
        return reports.report(
            feedback=reports.block(reports.FEEDBACK) + name.encode() + b": " + value + b"\r\n"
        )

    return make


def as_fields(line: str) -> Shape:
    """Many fields in the original's header; ``{}`` is a number."""

    def make(size: int) -> bytes:
        count = max(1, size // (len(line) + 4))
        header = "".join(
            line.replace("{}", str(number)) + "\r\n" for number in range(count)
        ).encode()
        return reports.report(header + reports.original())

    return make


def as_first(unit: str) -> Shape:
    """What a human reads in the report itself."""
    return lambda size: reports.report(first=repeated(unit, size).decode() + "\r\n")


def nested(size: int) -> bytes:
    """Multiparts in multiparts; some 70 bytes a level."""
    depth = size // 70
    head = [
        f"Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n".encode()
        for level in range(depth)
    ]
    tail = [f"--b{level}--\r\n".encode() for level in reversed(range(depth))]
    return reports.report(b"".join(head) + b"\r\nHello\r\n" + b"".join(tail))


def nested_messages(size: int) -> bytes:
    return reports.report(repeated("Content-Type: message/rfc822\r\n\r\n", size) + b"\r\nHello\r\n")


def many_parts(size: int) -> bytes:
    inner = repeated("--b\r\n\r\nx\r\n", size) + b"--b--\r\n"
    return reports.report(b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + inner)


def base64_of_base64(size: int) -> bytes:
    content = b"Hello Ada Whitcombe, how are you today?"
    while len(content) < size:
        content = base64.encodebytes(content).replace(b"\n", b"\r\n")
    return in_body(content, coding="base64")


def base64_messages(size: int) -> bytes:
    """Messages in messages, each encoded once more: decoded sizes add up."""
    content = b"From: a@example.org\r\n\r\nHello\r\n"
    head = b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    while len(content) < size:
        content = head + base64.encodebytes(content).replace(b"\n", b"\r\n")
    return reports.report(content)


def bomb(megabytes: int) -> bytes:
    """Zeros, compressed twice: a kilobyte that becomes gigabytes."""
    return gzip.compress(gzip.compress(bytes(megabytes * 2**20)))


def aggregate(kind: str, name: str, content: bytes) -> bytes:
    """An aggregate report (RFC 7489 section 7.2.1.1), which is not for this address."""
    return (
        b"From: noreply-dmarc@mx.receiver.example\r\n"
        b"Subject: Report Domain: example.org Submitter: mx.receiver.example Report-ID: <1>\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/plain\r\n\r\nThis is an aggregate report.\r\n"
        + f'--b\r\nContent-Type: {kind}; name="{name}"\r\n'.encode()
        + f'Content-Disposition: attachment; filename="{name}"\r\n'.encode()
        + b"Content-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(content).replace(b"\n", b"\r\n")
        + b"--b--\r\n"
    )


def aggregate_gzip(size: int) -> bytes:
    name = "mx.receiver.example!example.org!1!2.xml.gz"
    return aggregate("application/gzip", name, bomb(max(1, size // 2000)))


def aggregate_zip(size: int) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "mx.receiver.example!example.org!1!2.xml", bytes(max(1, size // 2000) << 20)
        )
    return aggregate(
        "application/zip", "mx.receiver.example!example.org!1!2.zip", target.getvalue()
    )


def zip_attached(size: int) -> bytes:
    content = base64.encodebytes(bomb(max(1, size // 2000))).replace(b"\n", b"\r\n")
    return in_body(content, 'application/zip; name="x.zip"', "base64")


def people(words: Callable[[int], str]) -> Shape:
    """As many persons in the header as in the text, each by a name of their own."""

    def make(size: int) -> bytes:
        names = [words(number) for number in range(max(1, size // 40))]
        boxes = ",\r\n ".join(
            f'"{name}" <a{number}@b.example>' for number, name in enumerate(names)
        )
        kind = "Content-Type: text/plain; charset=utf-8\r\n\r\n"
        text = "\r\n".join(f"{name}, " for name in names)
        header = f"To: {boxes}\r\n{kind}{text}"
        return reports.report(b"From: ada@example.org\r\n" + header.encode())

    return make


def letters(number: int) -> str:
    """A word of its own for each number."""
    return "".join(chr(97 + int(digit)) for digit in f"{number:05d}")


SHAPES: dict[str, Shape] = {
    "multiparts in multiparts": nested,
    "messages in messages": nested_messages,
    "encoded messages in messages": base64_messages,
    "many parts": many_parts,
    "gzip in an aggregate report": aggregate_gzip,
    "zip in an aggregate report": aggregate_zip,
    "zip attached": zip_attached,
    "base64 of base64": base64_of_base64,
    "soft breaks": lambda size: in_body(repeated("=\r\n", size), coding="quoted-printable"),
    "soft breaks with spaces": lambda size: in_body(
        repeated("= \t \r\n", size), coding="quoted-printable"
    ),
    "equals signs": lambda size: in_body(repeated("=", size), coding="quoted-printable"),
    "uuencode": lambda size: in_body(repeated("begin 644 a\r\n", size), coding="x-uuencode"),
    # header
    "many fields": as_fields("X-Field-{}: x"),
    "one long field": as_field("X-Long", "b"),
    "folded field": as_field("X-Folded", "b" * 60 + "\r\n "),
    "received fields": as_fields(
        "Received: from mx{}.example.net ([192.0.2.1]) by mx.example.org with ESMTP id {}"
    ),
    "authentication results": as_fields(
        "Authentication-Results: mx{}.example; spf=pass smtp.mailfrom=a{}@example.net;"
        " dkim=pass header.d=example.net"
    ),
    "signatures": as_fields(
        "DKIM-Signature: v=1; a=rsa-sha256; d=d{}.example.net; s=s; h=from; bh=a; b=a"
    ),
    "encoded words": as_field("Subject", "=?utf-8?q?=41da?= "),
    "encoded words joined": as_field("Subject", "=?utf-8?b?QWRh?="),
    "half encoded words": as_field("Subject", "=?a?b?"),
    "encoded words in encoded words": as_field("Subject", "=?utf-8?q?", "", "a" + "?=" * 20),
    "unknown charsets": as_field("Subject", "=?x-" + "y" * 60 + "?q?a?= "),
    "folded subject": as_field("Subject", "a\r\n "),
    "blank folds": as_field("Subject", " \r\n\t", "", " a"),
    "addresses": as_field("To", '"Ada W" <a@b.example>, '),
    "addresses in from": as_field("From", "a@b.example, "),
    "groups": as_field("To", "g: a@b.example; "),
    "open comments": as_field("From", "("),
    "nested comments": lambda size: as_field("From", "(", "", ")" * (size // 2))(size // 2),
    "quotes": as_field("From", '"'),
    "backslashes": as_field("From", "\\", '"'),
    "angles": as_field("To", "<"),
    "at signs": as_field("To", "@"),
    "routes": as_field("From", "@a.example,", "<", ":b@c.example>"),
    "people": people(lambda number: f"Ada{letters(number)} Wo{letters(number)}"),
    "people of many words": people(
        lambda number: " ".join(map(letters, range(number, number + 4)))
    ),
    "people without spaces": people(
        lambda number: chr(0x4E00 + number % 20_000) + chr(0x4E01 + number % 20_000)
    ),
    "name of many words": as_field("From", "Ada Wo, ", '"', '" <a@b.example>'),
    "references": as_field("References", "<a.b.c@example.net> "),
    "message id": as_field("Message-ID", "a.", "<", "@example.net>"),
    "one received field": as_field("Received", "(a [192.0.2.1", "from a "),
    "received comments": as_field("Received", "(a (b) c) ", "from a by b "),
    "results of one field": as_field("Authentication-Results", "; spf=pass (a) smtp.helo=b", "mx"),
    "results without end": as_field("Authentication-Results", "a=b (", "mx; "),
    "list links": as_field("List-Unsubscribe", "<https://a.example/b>, "),
    "domains": as_field("From", "a.", "x@", "example"),
    "spf": as_field("Received-SPF", " a=b;", "pass"),
    # parameters
    "continuations": as_field("Content-Type", "; a*0*=utf-8''x", "text/plain"),
    "numbered continuations": lambda size: reports.report(
        b"Content-Type: text/plain"
        + b"".join(f"; a*{number}*=x".encode() for number in range(size // 10))
        + b"\r\n"
        + reports.original()
    ),
    "parameters": as_field("Content-Type", "; a=b", "text/plain"),
    "charset": as_field("Content-Type", "x", "text/plain; charset="),
    "boundary": as_field("Content-Type", "x", "multipart/mixed; boundary="),
    "encoding": as_field("Content-Transfer-Encoding", "(x) "),
    # feedback part
    "feedback results": as_feedback("Authentication-Results", "; spf=pass smtp.helo=b", "mx"),
    "feedback comments": as_feedback("Authentication-Results", "("),
    "feedback recipient": as_feedback("Original-Rcpt-To", "<a@b.example>, "),
    "feedback sender": as_feedback("Original-Mail-From", "a."),
    "feedback address": as_feedback("Source-IP", "1."),
    "feedback domain": as_feedback("Reported-Domain", "a."),
    "feedback agent": as_feedback("User-Agent", "a/1 (b) "),
    "feedback date": as_feedback("Arrival-Date", "Tue, "),
    "feedback record": as_feedback("SPF-DNS", "txt : a : v=spf1 "),
    "feedback uris": as_feedback("Reported-URI", "https://a.example/"),
    "first part": as_first("Source IP: 192.0.2.1 "),
    "first part labels": as_first("Received date: x\r\n"),
    "first part addresses": as_first("a@b.example "),
    # text
    "one line": as_text("x"),
    "lines": as_text("\r\n"),
    "spaces": as_text(" "),
    "words": as_text("Hello there ", lines=True),
    "dots": as_text("a."),
    "dots in lines": as_text("a.", lines=True),
    "text addresses": as_text("ada@b.example "),
    "text at signs": as_text("a@"),
    "dotted local parts": as_text("a.b-c_d+"),
    "spelled addresses": as_text("ada at b dot example "),
    "links": as_text("https://a.example/b?c=d "),
    "one link": as_text("a/b?c=d&", lines=False),
    "link starts": as_text("http://"),
    "www": as_text("www."),
    "percents": as_text("%41"),
    "double percents": as_text("%2525"),
    "hexadecimal": as_text("41 "),
    "hexadecimal run": as_text("4a"),
    "base64 words": as_text("QWRhIFdoaXRjb21iZQ== "),
    "base64 run": as_text("QWRh"),
    "digits": as_text("1"),
    "phones": as_text("020 7946 0958 "),
    "numbers": as_text("1-2 3."),
    "cards": as_text("4111 "),
    "addresses v4": as_text("1.2.3.4."),
    "addresses v6": as_text("a:b::"),
    "colons": as_text(":"),
    "quotation": as_text("> "),
    "quoted header": as_text("From: a@b.example\r\n"),
    "quoted boundary": as_text("--b\r\nContent-Type: text/plain\r\n\r\n"),
    "armour": as_text("-----BEGIN PGP MESSAGE-----\r\n"),
    "dashes": as_text("-"),
    "begin": as_text("begin 644 a\r\n"),
    "combining": as_text("e\u0301\u0327"),
    "only combining": as_text("\u0301"),
    "zero width": as_text("a\u200b"),
    "confusable": as_text("\u0430\u0501\u0430"),
    "fullwidth": as_text("\uff21\uff44\uff41"),
    "ligatures": as_text("\ufdfa"),  # 18 letters in compatibility form
    "right to left": as_text("\u202e\u202c"),
    "names": as_text("Whitcombe "),
    "names joined": as_text("Whitcombe"),
    "capitals": as_text("Ada "),
    "signature": as_text("Best regards,\r\nAda\r\n"),
    "salutations": as_text("Dear Mrs "),
    "brackets": as_text("["),
    "entities in text": as_text("&amp;"),
    "escapes": as_text("\\u0041"),
    "tags in text": as_text("<b>"),
    "postcodes": as_text("SW1A 1AA "),
    "commas": as_text("a, "),
    "underscores": as_text("a_"),
    "dates": as_text("1/2/2026 "),
    # HTML
    "open tags": as_html("<a "),
    "deep html": as_html("<div>"),
    "deep tables": as_html("<table><tr><td>"),
    "deep formatting": as_html("<b><i>", "x"),
    "html links": as_html('<a href="https://a.example/b">c</a> '),
    "html attributes": lambda size: as_html(' a="b"', ">x</a>")(size).replace(b"Hello ", b"<a", 1),
    "entities": as_html("&#65;"),
    "named entities": as_html("&amp;amp;"),
    "open entities": as_html("&"),
    "html comments": as_html("<!--"),
    "declarations": as_html("<!a"),
    "scripts": as_html("<script>"),
    "styles": as_html("<style>a{b:c}</style>"),
    "hidden": as_html('<span style="display:none">a</span>'),
    "quotes in html": as_html("<blockquote>"),
    "list items": as_html("<li>a"),
    "breaks": as_html("<br>"),
    "cells": as_html("<td>a</td>"),
    "template": as_html("<template>"),
    "svg": as_html("<svg><foreignObject>"),
}
