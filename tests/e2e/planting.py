"""Makers of reports that hold a mark in one place; ``{m}`` in a template stands for the mark."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from tests import reports


@dataclass(frozen=True)
class Planted:
    """A report to send, with its envelope."""

    content: bytes
    mail_from: str = ""


Place = Callable[[str], Planted]


def fresh(mark: str, **parts: object) -> bytes:
    """A report unlike that of any other mark, so that it is not taken for a resent one."""
    return reports.numbered(zlib.crc32(mark.encode()), **parts)


def in_outer(name: str, value: str) -> Place:
    return lambda mark: Planted(fresh(mark, outer=((name, value.format(m=mark)),)))


def in_feedback(name: str, value: str) -> Place:
    def make(mark: str) -> Planted:
        fields = [field for field in reports.FEEDBACK if field[0] != name]
        return Planted(reports.report(feedback=(*fields, (name, value.format(m=mark)))))

    return make


def in_header(name: str, value: str) -> Place:
    def make(mark: str) -> Planted:
        fields = [field for field in reports.ORIGINAL_HEADER if field[0] != name]
        whole = reports.original((*fields, (name.format(m=mark), value.format(m=mark))))
        return Planted(reports.report(whole))

    return make


def in_text(body: str) -> Place:
    def make(mark: str) -> Planted:
        return Planted(reports.report(reports.original(body=body.format(m=mark))))

    return make


def in_part(mime: str, body: str | Callable[[str], str]) -> Place:
    """The original has this part beside a harmless text."""

    def make(mark: str) -> Planted:
        written = body(mark) if callable(body) else body.replace("{m}", mark)
        parts = (
            'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="in"\r\n\r\n'
            "--in\r\nContent-Type: text/plain\r\n\r\nPlease see the other part.\r\n"
            f"--in\r\n{mime.replace('{m}', mark)}\r\n\r\n{written}\r\n--in--\r\n"
        )
        return Planted(reports.report(reports.original(body=parts.encode())))

    return make


def in_html(body: str) -> Place:
    return in_part("Content-Type: text/html; charset=utf-8", body)


def in_coded_part(mime: str, inner: str) -> Place:
    """A base64 part whose content holds the mark."""
    head = f"{mime}\r\nContent-Transfer-Encoding: base64"
    return in_part(
        head, lambda mark: base64.encodebytes(inner.replace("{m}", mark).encode()).decode()
    )


def coded(value: str) -> str:
    return base64.b64encode(value.encode()).decode()
