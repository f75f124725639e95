"""Failure reports for measuring speed: the same number, seed and shape give the same bytes.

    python -m bench.speed.generate --count 100 --out DIR

In:  ``Shape``: how large, how much text, how alike.
Out: complete messages with ``\\r\\n`` as they go over the wire, not dot-stuffed.

A report is ``multipart/report`` (RFC 6591) around a message with a letter as text and as markup, an
inline picture that fills it up to its size, and attachments where asked for. All of it is made up:
names are put together at random, hosts and addresses are reserved ones (RFC 2606, RFC 5737).
"""

from __future__ import annotations

import argparse
import base64
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Final

from bench.speed import words

_LINE: Final = 76
_AROUND: Final = 700  # bytes of what stands around the letter beside what is counted
HOSTILE: Final = "a."  # detectors of links and hosts look at each dot again and again


@dataclass(frozen=True, kw_only=True)
class Shape:
    """How reports are made."""

    seed: int = 1
    size: int = 30_000  # of the whole message, without attachments
    text: int = 4_000  # of the letter as text
    alike: float = 0.0  # share of reports that belong to a campaign
    campaigns: int = 1
    attached: int = 0  # decoded bytes of one attachment
    markup: bool = True
    hostile: int = 0  # bytes of ``a.a.a...`` in place of the letter


def report(number: int, shape: Shape) -> bytes:
    """Report ``number``."""
    return _Report(number, shape).content().replace("\n", "\r\n").encode("ascii")


class _Report:
    def __init__(self, number: int, shape: Shape) -> None:
        self._chance = chance = Random(f"speed {shape.seed} {number}")
        self._shape = shape
        self._number = number
        campaign = chance.randrange(shape.campaigns) if chance.random() < shape.alike else None
        self._letter_chance = chance if campaign is None else Random(f"{shape.seed} c{campaign}")
        self._is_campaign = campaign is not None
        self._reader, self._reader_address = _somebody(chance)
        self._writer, self._writer_address = _somebody(chance)
        self._host = f"{chance.choice(words.THING)}-{chance.choice(words.KIND)}.example"
        self._ip = f"192.0.2.{chance.randint(1, 254)}"
        fresh = self._letter_chance
        self._subject = f"The {fresh.choice(words.KIND)} {fresh.choice(words.THING)}"
        if not self._is_campaign:
            self._subject += f" {chance.getrandbits(32):08x}"

    def content(self) -> str:
        original = self._original()
        mark = f"=_r{self._chance.getrandbits(64):016x}"
        says = f"A message of {self._host} failed authentication. It came from {self._ip}."
        parts = (
            f"Content-Type: text/plain; charset=us-ascii\n\n{says}\n",
            f"Content-Type: message/feedback-report\n\n{self._feedback()}",
            f"Content-Type: message/rfc822\n\n{original}",
        )
        return (
            "From: Failure reports <noreply-dmarc@reporter.example>\nTo: ruf@ruf.example\n"
            f"Subject: FW: {self._subject}\nDate: Tue, 03 Nov 2026 09:15:02 +0000\n"
            f"Message-ID: <{self._chance.getrandbits(64):016x}.{self._number}@reporter.example>\n"
            "MIME-Version: 1.0\nContent-Type: multipart/report; report-type=feedback-report;\n"
            f' boundary="{mark}"\n\n{_multipart(mark, parts)}'
        )

    def _feedback(self) -> str:
        return (
            "Feedback-Type: auth-failure\nUser-Agent: Receiver/2.1\nVersion: 1\n"
            f"Original-Mail-From: <{self._writer_address}>\n"
            f"Original-Rcpt-To: <{self._reader_address}>\n"
            f"Arrival-Date: Tue, 03 Nov 2026 09:14:58 +0000\nSource-IP: {self._ip}\n"
            f"Reported-Domain: {self._host}\nAuth-Failure: dmarc\nDelivery-Result: reject\n"
            "Identity-Alignment: none\nAuthentication-Results: mx.reporter.example;\n"
            f" dmarc=fail header.from={self._host};\n"
            f" spf=fail smtp.mailfrom={self._writer_address}; dkim=fail header.d={self._host}\n"
        )

    def _original(self) -> str:
        header, letter = self._header(), self._letter()
        inner, outer = (f"=_{name}{self._chance.getrandbits(64):016x}" for name in "io")
        bodies = [_plain(letter)] + ([_markup(letter)] if self._shape.markup else [])
        both = _multipart(inner, bodies)
        leaves = [f'Content-Type: multipart/alternative; boundary="{inner}"\n\n{both}']
        room = self._shape.size - len(header) - len(leaves[0]) - _AROUND - 900
        if room > 300:
            picture = b"\x89PNG\r\n\x1a\n" + self._chance.randbytes(room * 3 // 4 * _LINE // 78)
            leaves.append(_leaf("image/png", "picture.png", "inline", _base64(picture)))
        if self._shape.attached:
            name = f"{self._reader.replace(' ', '-')}-{self._number}.pdf"
            content = _attachment(self._shape.seed, self._shape.attached)
            leaves.append(_leaf("application/pdf", name, "attachment", content))
        return (
            f'{header}Content-Type: multipart/mixed; boundary="{outer}"\n\n'
            f"{_multipart(outer, leaves)}"
        )

    def _header(self) -> str:
        chance = self._chance
        hops = "".join(
            f"Received: from out{hop}.{self._host} (out{hop}.{self._host}"
            f" [198.51.100.{chance.randint(1, 254)}])\n"
            f"\tby mx{hop}.reporter.example with ESMTPS id {chance.getrandbits(40):010X}\n"
            f"\tfor <{self._reader_address}>;\n"
            f"\tTue, 03 Nov 2026 09:14:{chance.randint(10, 59)} +0000\n"
            for hop in range(chance.randint(3, 6))
        )
        digest, signature = (_base64(chance.randbytes(size)) for size in (32, 256))
        signature = signature.replace("\n", "\n\t")
        return (
            f"{hops}DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d={self._host}; s=k1;\n"
            f"\th=from:to:subject:date; bh={digest};\n\tb={signature}\n"
            f"From: {self._writer} <{self._writer_address}>\n"
            f"Return-Path: <{self._writer_address}>\n"
            f"To: {self._reader} <{self._reader_address}>\nSubject: {self._subject}\n"
            f"Date: Tue, 03 Nov 2026 09:14:{chance.randint(10, 59)} +0000\n"
            f"Message-ID: <{chance.getrandbits(64):016x}@{self._host}>\nMIME-Version: 1.0\n"
            f"X-Mailer: Mailing {chance.randint(1, 9)}.{chance.randint(0, 9)}\n"
            f"X-Originating-IP: [{self._ip}]\n"
        )

    def _letter(self) -> list[str]:
        """Its paragraphs; those of one campaign differ in greeting and last line alone."""
        shape, chance = self._shape, self._chance
        if shape.hostile:
            return [HOSTILE * (shape.hostile // len(HOSTILE))]
        last = (
            f"This was sent to {self._reader_address}; to end it, open"
            f" https://out.example/end/{chance.getrandbits(48):012x}"
            if self._is_campaign
            else f"With kind regards,\n{self._writer}"
        )
        first = f"Dear {self._reader},"
        paragraphs, length = [first], len(first) + len(last) + 4
        while length < shape.text:
            count = self._letter_chance.randint(2, 5)
            paragraphs.append(" ".join(_sentence(self._letter_chance) for _ in range(count)))
            length += len(paragraphs[-1]) + 2
        return [*paragraphs, last]


def _somebody(chance: Random) -> tuple[str, str]:
    name = f"{chance.choice(words.FIRST)} {chance.choice(words.LAST)}"
    box = f"{name.lower().replace(' ', '.')}.{chance.getrandbits(20):05x}"
    return name, f"{box}@{chance.choice(words.TOWN).lower()}-post.example"


def _iban(chance: Random) -> str:
    account = f"{chance.randrange(10**18):018d}"
    check = 98 - int(account + "131400") % 97  # ISO 13616; D and E are 13 and 14
    return f"DE{check:02d}{account}"


_SLOTS: Final[dict[str, Callable[[Random], str]]] = {
    "person": lambda chance: _somebody(chance)[0],
    "address": lambda chance: _somebody(chance)[1],
    "phone": lambda chance: f"({chance.randint(201, 989)}) 555-01{chance.randint(0, 99):02d}",
    "iban": _iban,
    "link": lambda chance: (
        f"https://my.{chance.choice(words.THING)}.example/{chance.getrandbits(40):x}"
    ),
    "code": lambda chance: f"{chance.getrandbits(32):08X}",
    "number": lambda chance: str(chance.randint(2, 90)),
    "hundreds": lambda chance: str(chance.randint(100, 999)),
    "thing": lambda chance: chance.choice(words.THING),
    "kind": lambda chance: chance.choice(words.KIND),
    "do": lambda chance: chance.choice(words.DO),
    "day": lambda chance: chance.choice(words.DAY),
    "month": lambda chance: chance.choice(words.MONTH),
    "town": lambda chance: chance.choice(words.TOWN),
    "street": lambda chance: chance.choice(words.STREET),
}


def _sentence(chance: Random) -> str:
    sentence = chance.choice(words.SENTENCE)
    return sentence.format_map({slot: make(chance) for slot, make in _SLOTS.items()})


def _wrapped(paragraph: str) -> str:
    lines = paragraph.split("\n")
    return "\n".join(
        textwrap.fill(line, 74, break_long_words=False, break_on_hyphens=False) for line in lines
    )


def _plain(letter: list[str]) -> str:
    text = "\n\n".join(map(_wrapped, letter))
    return f"Content-Type: text/plain; charset=utf-8\n\n{text}\n"


def _markup(letter: list[str]) -> str:
    rows = "".join(
        f'<tr><td style="font:14px Arial;color:#222"><p>{_wrapped(paragraph)}</p></td></tr>\n'
        for paragraph in letter
    )
    return (
        "Content-Type: text/html; charset=utf-8\n\n<html><head><style>p{margin:0}</style></head>"
        f"<body><table>\n{rows}</table></body></html>\n"
    )


def _leaf(kind: str, name: str, disposition: str, content: str) -> str:
    return (
        f'Content-Type: {kind}; name="{name}"\nContent-Transfer-Encoding: base64\n'
        f'Content-Disposition: {disposition}; filename="{name}"\n\n{content}\n'
    )


def _multipart(mark: str, parts: list[str] | tuple[str, ...]) -> str:
    return "".join(f"--{mark}\n{part}" for part in parts) + f"--{mark}--\n"


def _base64(content: bytes) -> str:
    text = base64.b64encode(content).decode("ascii")
    return "\n".join(text[start : start + _LINE] for start in range(0, len(text), _LINE))


@lru_cache(maxsize=2)
def _attachment(seed: int, size: int) -> str:
    """The same for all reports of a seed: to make ten megabytes takes longer than to take them."""
    return _base64(b"%PDF-1.4\n" + Random(f"attached {seed}").randbytes(size))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--out", type=Path, required=True)
    for name in ("seed", "size", "text", "campaigns", "attached", "hostile"):
        parser.add_argument(f"--{name}", type=int, default=getattr(Shape, name))
    parser.add_argument("--alike", type=float, default=0.0)
    given = vars(parser.parse_args())
    out, count = given.pop("out"), given.pop("count")
    out.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (out / f"{number:06d}.eml").write_bytes(report(number, Shape(**given)))


if __name__ == "__main__":
    main()
