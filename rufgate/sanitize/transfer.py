"""Content-Transfer-Encodings undone, as they should be and as they come (RFC 2045 section 6).

In:  bytes with ``\\n`` line ends, the place of a body in them, the encoding's name as stated.
Out: the decoded content, in pieces.
SECURITY: what cannot be decoded is passed over or kept, never an error; linear, 64 KiB at once.
FAILS: never.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from mmap import mmap
from typing import Final

Source = bytes | mmap
"""What a mail is read from; of the methods of ``bytes`` those that mapped memory has, too."""

_CHUNK = 65_536
_WINDOW = 262_144
_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_NOT_BASE64: Final = bytes(set(range(256)) - set(_LETTERS) - set(b"-_="))
_URL_SAFE: Final = bytes.maketrans(b"-_", b"+/")
_COMMENT = re.compile(r"\([^()]*\)")
_PADDING = re.compile(rb"=+")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x10-\x1a\x1c-\x1f\x7f]")  # not those of ISO-2022
_UU_BEGIN = re.compile(rb"begin(?:-base64)? [0-7]{3,4} .*")
_UU_LINE = re.compile(rb"[ -`]{1,90}")
_QP_CODE = re.compile(rb"=(?:[0-9A-Fa-f]{2}|[ \t]*\n|[ \t]*\Z)")
_PADDED_BREAK = re.compile(rb"=[ \t]{1,998}\n")  # white space that a relay added
_LEAST_BASE64 = 16
_LEAST_LETTERS = 8  # of text that is told by them alone
_ASCII_LETTERS: Final = _LETTERS[:52]
_FOREIGN: Final = bytes(range(128, 256))
_NAMES: Final = {
    "quotedprintable": "quoted-printable",
    "qp": "quoted-printable",
    "base64": "base64",
    "b64": "base64",
    "xuuencode": "x-uuencode",
    "xuuencoded": "x-uuencode",
    "uuencode": "x-uuencode",
    "uuencoded": "x-uuencode",
    "xuue": "x-uuencode",
    "uue": "x-uuencode",
}


def encoding_name(stated: str) -> str:
    """The encoding that ``stated`` means, in lower case; ``7bit`` where nothing is stated."""
    plain = _COMMENT.sub(" ", stated).split(";")[0].strip(" \t\"'.").lower()
    return _NAMES.get(re.sub(r"[^a-z0-9]", "", plain), plain or "7bit")


def decoded_chunks(source: Source, start: int, end: int, encoding: str) -> Iterator[bytes]:
    """``source[start:end]`` decoded, in pieces."""
    if encoding == "base64":
        yield from _base64(source, start, end)
    elif encoding == "quoted-printable":
        for first, last in _line_blocks(source, start, end):
            yield binascii.a2b_qp(_PADDED_BREAK.sub(b"=\n", source[first:last]))
    elif encoding == "x-uuencode":
        yield from _uuencoded(source, start, end)
    else:
        for at in range(start, end, _CHUNK):
            yield source[at : min(at + _CHUNK, end)]


def find_in(source: Source, wanted: bytes, start: int, end: int) -> int:
    """As ``bytes.find``, window by window: that of mapped memory compares byte by byte."""
    while start < end:
        stop = min(start + _WINDOW, end)
        window = source[start:stop]
        if wanted[:1] in window:  # one byte is found much faster: base64 has no "-" at all
            found = window.find(wanted)
            if found >= 0:
                return start + found
        if stop == end:
            break
        start = stop - len(wanted) + 1
    return -1


def undeclared(content: bytes) -> bytes:
    """Text that came encoded without saying so: relays and reporters lose the field that says it.

    Quoted-printable is told by every ``=`` being a code, base64 by one long word that
    reads as text.
    """
    plain = _plain_base64(content)  # first: a single "=" at its end would be a soft line break
    if plain is not None:
        return plain
    if b"=" in content and _is_quoted_printable(content):
        decoded = binascii.a2b_qp(_PADDED_BREAK.sub(b"=\n", content))
        return content if _CONTROL.search(decoded) else decoded
    return content


def base64_bytes(coded: bytes) -> bytes:
    """What ``coded`` says, whatever stands between its letters or is missing at its end."""
    letters = coded.translate(_URL_SAFE, _NOT_BASE64)
    return b"".join(map(_whole, _PADDING.split(letters)))


def _base64(source: Source, start: int, end: int) -> Iterator[bytes]:
    """A padded end begins anew: some join what was encoded piece by piece."""
    rest = b""
    for at in range(start, end, _CHUNK):
        rest += source[at : min(at + _CHUNK, end)].translate(_URL_SAFE, _NOT_BASE64)
        if b"=" in rest:  # at the end of nearly all: a split of each piece would cost most
            *ended, rest = _PADDING.split(rest)
            yield from map(_whole, ended)
        whole = len(rest) // 4 * 4
        yield binascii.a2b_base64(rest[:whole])
        rest = rest[whole:]
    yield _whole(rest)


def _whole(letters: bytes) -> bytes:
    """One run of letters; six bits too many are no byte."""
    letters = letters[:-1] if len(letters) % 4 == 1 else letters
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def _line_blocks(source: Source, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Whole lines, some 64 KiB at a time."""
    while start < end:
        stop = source.find(b"\n", min(start + _CHUNK, end), end)
        stop = end if stop < 0 else stop + 1
        yield start, stop
        start = stop


def _uuencoded(source: Source, start: int, end: int) -> Iterator[bytes]:
    """What stands before ``begin`` and after ``end`` is kept as it is."""
    is_open = False
    for first, last in _line_blocks(source, start, end):
        decoded: list[bytes] = []
        for line in source[first:last].splitlines(keepends=True):
            bare = line.rstrip(b"\n")
            if not is_open and _UU_BEGIN.fullmatch(bare):
                is_open = True
            elif is_open and bare.strip() == b"end":
                is_open = False
            else:
                decoded.append(uu_line(bare) if is_open else line)
        yield b"".join(decoded)


def uu_line(line: bytes) -> bytes:
    """What one line says; a line that is none, or holds too little of what it says, is kept."""
    if not _UU_LINE.fullmatch(line) or len(line) * 2 < _uu_letters(line):
        return line + b"\n"  # a lone length would be filled up with zeros: 45 bytes for one
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:  # some encoders leave spaces at the end, or one character too many
        length = ((line[0] - 32) & 63) * 4 // 3 + 4
        try:
            return binascii.a2b_uu(line[:length].rstrip())
        except binascii.Error:
            return line + b"\n"


def _uu_letters(line: bytes) -> int:
    """How long a line is that says of itself what this one says."""
    return 1 + (((line[0] - 32) & 63) + 2) // 3 * 4


def _is_quoted_printable(content: bytes) -> bool:
    """``x=10, y=20`` is none: a code must stand for what the encoding exists for."""
    codes = _QP_CODE.findall(content)
    if not codes or len(codes) != content.count(b"="):
        return False
    return any(code.endswith(b"\n") or code[1:2] in b"89ABCDEFabcdef" for code in codes) or any(
        code in (b"=3D", b"=3d") for code in codes
    )


def _plain_base64(content: bytes) -> bytes | None:
    """``content`` decoded if it is base64 and nothing else, and reads as text then."""
    lines = content.split()
    if len(b"".join(lines)) < _LEAST_BASE64 or content.translate(None, _LETTERS + b"-_=\n \t"):
        return None
    if any(len(line) < len(lines[0]) for line in lines[:-1]) or b" " in content.strip():
        return None  # prose has spaces, and lists have lines of any length
    decoded = base64_bytes(content)
    try:
        text = decoded.decode()
    except UnicodeDecodeError:
        return decoded if reads_as_western(decoded) else None
    return decoded if all(char.isprintable() or char in "\r\n\t" for char in text) else None


def reads_as_western(content: bytes) -> bool:
    """Mostly ASCII letters and no control: a text of one byte a character, or cut inside one."""
    if _CONTROL.search(content):
        return False
    letters = len(content) - len(content.translate(None, _ASCII_LETTERS))
    foreign = len(content) - len(content.translate(None, _FOREIGN))
    return letters >= max(_LEAST_LETTERS, len(content) // 2) and foreign <= len(content) // 8 + 1
