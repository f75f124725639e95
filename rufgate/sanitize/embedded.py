"""Attachments inside text: uuencode, yEnc, BinHex, armor, and base64 pasted as it is.

In:  decoded text, ``\\n`` line ends; who looks at attachments.
Out: the text with ``[attachment]`` in their place, and their shapes.
SECURITY: a recognizer cannot read encoded content, so it must not stay in the text. A block that is
     never closed is cut up to the end. Linear; each line is looked at once.
FAILS: never.
"""

from __future__ import annotations

import binascii
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rufgate.sanitize.magic import HEAD_BYTES, UNKNOWN, media_type
from rufgate.sanitize.parsed import RawAttachment
from rufgate.sanitize.raw import RawText
from rufgate.sanitize.scan import Scanner
from rufgate.sanitize.transfer import uu_line

STUB: Final = "[attachment]"

_QUOTE = re.compile(r"^(?:[ \t]*[>|])*[ \t]?")
_UUENCODE = re.compile(r"begin(?:-base64)? [0-7]{3,4} (.{1,255})$")
_UU_LINE = re.compile(r"[ -`]{1,90}$")
_YENC = re.compile(r"=ybegin .*\bname=(.{1,255})$")
_BINHEX = re.compile(r"\(This file must be converted with BinHex")
_ARMOR = re.compile(r"-----BEGIN ([A-Z0-9 ]{1,60})-----[ \t]*$")
_BASE64_LINE = re.compile(r"[A-Za-z0-9+/_-]{56,}={0,2}[ \t]*$")
_BASE64_REST = re.compile(r"[A-Za-z0-9+/_-]{2,}={0,2}[ \t]*$")
_BASE64_TOKEN = re.compile(
    r"(?<![A-Za-z0-9+/_=.:?&%#-])[A-Za-z0-9+/]{200,}={0,2}(?![A-Za-z0-9+/=])"
)
_MIN_BASE64_LINES = 3
_MIXED = tuple(re.compile(kind) for kind in (r"[a-z]", r"[A-Z]", r"[0-9+/]"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Cut:
    """Text without what was embedded. ``has_pgp`` also for text that is signed in the clear."""

    text: str
    attachments: Sequence[RawAttachment] = ()
    has_pgp: bool = False
    has_smime: bool = False


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines ``[start, end)`` of one embedded attachment."""

    end: int
    content: bytes
    name: str = ""


def cut_embedded(text: str, scanner: Scanner | None = None) -> Cut:
    """``text`` with a stub for each embedded attachment."""
    lines = text.split("\n")
    bare = [_QUOTE.sub("", line, count=1) for line in lines]
    kept: list[str] = []
    found: list[RawAttachment] = []
    labels: set[str] = set()
    at = 0
    while at < len(lines):
        block = _block(bare, at)
        armor = _ARMOR.match(bare[at])
        labels |= {armor[1]} if armor else set()
        if block is None:
            kept.append(_without_tokens(lines[at], found, scanner))
            at += 1
        else:
            kept.append(STUB)
            found.append(_shape(block.content, block.name, scanner))
            at = block.end
    return Cut(
        text="\n".join(kept),
        attachments=tuple(found),
        has_pgp=any(label.startswith("PGP") for label in labels),
        has_smime=any(label in ("PKCS7", "CMS") for label in labels),
    )


def _block(lines: Sequence[str], at: int) -> _Block | None:
    line = lines[at]
    if start := _UUENCODE.match(line):
        return _uuencoded(lines, at, start[1])
    if start := _YENC.match(line):
        end = _closing(lines, at, "=yend")
        return _Block(end, "\n".join(lines[at:end]).encode("utf-8", "replace"), start[1])
    if _BINHEX.match(line):
        return _binhex(lines, at)
    armor = _ARMOR.match(line)
    if armor and armor[1] != "PGP SIGNED MESSAGE":
        end = _closing(lines, at, f"-----END {armor[1]}")
        return _Block(end, "\n".join(lines[at:end]).encode("utf-8", "replace"))
    return _base64(lines, at) if _BASE64_LINE.match(line) else None


def _closing(lines: Sequence[str], at: int, mark: str) -> int:
    """The line after the one that begins with ``mark``; the end of the text if there is none."""
    hits = (index for index in range(at + 1, len(lines)) if lines[index].startswith(mark))
    return next(hits, len(lines) - 1) + 1


def _uuencoded(lines: Sequence[str], at: int, name: str) -> _Block | None:
    """Up to ``end``; without it, as long as lines look encoded. A lone ``begin`` is prose."""
    content: list[bytes] = []
    end = at + 1
    while end < len(lines) and _UU_LINE.match(lines[end]) and lines[end].strip() != "end":
        content.append(uu_line(lines[end].encode("ascii")))
        end += 1
    if end == at + 1:
        return None
    if end < len(lines) and lines[end].strip() == "end":
        end += 1
    return _Block(end, b"".join(content), name)


def _binhex(lines: Sequence[str], at: int) -> _Block:
    """From the notice to the line that ends with a colon (RFC 1741)."""
    end = at + 1
    opened = False
    while end < len(lines):
        line = lines[end].strip()
        opened = opened or line.startswith(":")
        end += 1
        if opened and line.endswith(":") and len(line) > 1:
            break
    return _Block(end, "\n".join(lines[at:end]).encode("utf-8", "replace"))


def _base64(lines: Sequence[str], at: int) -> _Block | None:
    """A run of long lines; its first four decide, so that no run is scanned from each line."""
    end = at
    while end < min(len(lines), at + 4) and _BASE64_LINE.match(lines[end]):
        end += 1
    sample = "".join(lines[at:end])
    is_code = all(kind.search(sample) for kind in _MIXED)
    if not is_code or (end - at < _MIN_BASE64_LINES and len(sample) < 256):
        return None
    while end < len(lines) and _BASE64_LINE.match(lines[end]):
        end += 1
    if end < len(lines) and _BASE64_REST.match(lines[end]):
        end += 1
    return _Block(end, _decoded("".join(lines[at:end])))


def _without_tokens(line: str, found: list[RawAttachment], scanner: Scanner | None) -> str:
    """``line`` without base64 that stands in it as one long word, as in ``data:`` links."""
    if len(line) < 200:
        return line

    def stub(hit: re.Match[str]) -> str:
        if not all(kind.search(hit[0]) for kind in _MIXED):
            return hit[0]
        found.append(_shape(_decoded(hit[0]), "", scanner))
        return STUB

    return _BASE64_TOKEN.sub(stub, line)


def _decoded(text: str) -> bytes:
    letters = re.sub(r"[^A-Za-z0-9+/]", "", text.translate({45: "+", 95: "/"})).encode("ascii")
    letters = letters[:-1] if len(letters) % 4 == 1 else letters
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def _shape(content: bytes, name: str, scanner: Scanner | None) -> RawAttachment:
    kind = media_type(content[:HEAD_BYTES]) if content else UNKNOWN
    return RawAttachment(
        magic=kind,
        size_bytes=len(content),
        sha256=hashlib.sha256(content).digest(),
        filename=RawText(name.strip()),
        scan=scanner.scan(iter((content,))) if scanner is not None else None,
    )
