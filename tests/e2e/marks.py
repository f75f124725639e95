"""Looks for a mark in bytes through every encoding in which it could have slipped out.

In:  a mark: a word of ASCII letters and digits that nothing else holds.
Out: the names of the encodings in which it was found.
"""

from __future__ import annotations

import base64
import binascii
import html
import quopri
import re
import unicodedata
import urllib.parse
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from email.header import Header

_WORD = re.compile(rb"=\?([^?\s]*)\?([bBqQxX])\?(.{0,400}?)(?:\?=|$)", re.MULTILINE)


_INVISIBLE = re.compile(
    "[\u00ad\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)


def spellings(mark: str) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of each encoded form, for the self-test of the search."""
    long = f"Mr. {mark} \N{EM DASH} of the address {mark}@canary.example"
    raw = mark.encode()
    yield "raw", raw
    yield "upper", mark.upper().encode()
    for phase in range(3):
        padded = b"x" * phase + raw + b"\xff\xfe\xfb"
        yield f"base64 {phase}", base64.b64encode(padded)
        yield f"base64 url {phase}", base64.urlsafe_b64encode(padded)
    yield "base64 lines", base64.encodebytes(b"z" * 47 + raw + b"z" * 40)
    yield "quoted-printable", b"".join(b"=%02X" % byte for byte in raw)
    yield "quoted-printable lines", quopri.encodestring(b"y" * 70 + raw)
    yield "percent", b"".join(b"%%%02x" % byte for byte in raw)
    yield "entities", "".join(f"&#{ord(char)};" for char in mark).encode()
    yield "hex", raw.hex().encode()
    yield "hex upper", raw.hex().upper().encode()
    yield "utf-16-le", mark.encode("utf-16-le")
    yield "utf-16-be", mark.encode("utf-16-be")
    yield "reversed domain", f"example.{mark}.mail".encode()
    yield "reversed", raw[::-1]
    yield "rfc2047 long", Header(long, "utf-8", maxlinelen=40).encode().encode()
    half = len(mark) // 2
    for how in "qb":
        yield (
            f"rfc2047 {how} split",
            f"{_word(how, mark[:half])} {_word(how, mark[half:])}".encode(),
        )
    yield "json", "".join(f"\\u{ord(char):04x}" for char in mark).encode()
    yield "broken", f"{mark[:5]}\r\n {mark[5:]}".encode()


def _word(how: str, text: str) -> str:
    body = base64.b64encode(text.encode()).decode() if how == "b" else text
    return f"=?utf-8?{how}?{body}?="


_SPACE = b" \t\n\r\f\v"
_BASE64 = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_")
_NO_BASE64 = bytes(byte for byte in range(256) if byte not in _BASE64)
_STANDARD = bytes.maketrans(b"-_", b"+/")


def _squeezed(content: bytes) -> bytes:
    return content.translate(None, _SPACE)


class Haystack:
    """Bytes in which marks are looked for, with their decodings made once."""

    def __init__(self, content: bytes) -> None:
        squeezed = _squeezed(content)
        views = [content, squeezed]
        for view in (content, re.sub(rb"\r?\n[ \t]", b" ", content)):
            views += [decode(view) for decode in _DECODERS]
        views += [_plain(view) for view in transfers(content)]
        views += [_squeezed(view) for view in views[2:]]
        self._exact = [squeezed, _squeezed(quopri.decodestring(content))]
        self._views = [view.lower() for view in views]

    def holds(self, mark: str) -> bool:
        """Whether ``mark`` is in there in any form."""
        return _any_in(_plain_needles(mark), self._views) or _any_in(
            _base64_needles(mark), self._exact
        )


def _any_in(needles: Iterable[bytes], views: Sequence[bytes]) -> bool:
    return any(needle in view for needle in needles for view in views)


def _plain_needles(mark: str) -> list[bytes]:
    low = mark.lower()
    return [
        low.encode(),
        low[::-1].encode(),
        low.encode().hex().encode(),
        mark.encode().hex().encode(),
        mark.upper().encode().hex().encode(),
        low.encode("utf-16-le"),
        low.encode("utf-16-be"),
    ]


def _base64_needles(mark: str) -> Iterator[bytes]:
    for form in {mark, mark.lower(), mark.upper(), mark.capitalize()}:
        for phase in range(3):
            coded = base64.b64encode(b"\0" * phase + form.encode() + b"\0\0")
            start = (0, 2, 3)[phase]
            whole = (phase + len(form)) * 8 // 6  # characters that depend on the mark alone
            inner = coded[start:whole]
            yield inner
            yield inner.replace(b"+", b"-").replace(b"/", b"_")


def _words(content: bytes) -> bytes:
    joined = re.sub(rb"\?=\s+=\?", b"?==?", content)

    def decoded(match: re.Match[bytes]) -> bytes:
        raw = (
            unpadded(match[3])
            if match[2] in b"bB"
            else quopri.decodestring(match[3].replace(b" ", b"_"), header=True)
        )
        try:
            return raw.decode(match[1].decode().partition("*")[0]).encode()
        except (LookupError, ValueError):
            return raw

    return _WORD.sub(decoded, joined)


def unpadded(coded: bytes) -> bytes:
    """What base64 says, whatever is missing at its end or stands between."""
    letters = coded.translate(_STANDARD, _NO_BASE64)
    letters = letters[:-1] if len(letters) % 4 == 1 else letters
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def transfers(content: bytes) -> Iterator[bytes]:
    """``content``, and as it reads where it is encoded as a whole or in blocks."""
    yield content
    yield quopri.decodestring(content)
    runs = re.findall(rb"(?:[A-Za-z0-9+/_-]{2,}[\s=!*]{0,3}){3,}", content)
    letters = [run.translate(None, _NO_BASE64) for run in runs]
    decoded = [unpadded(run[phase:]) for run in letters for phase in range(4)]  # begun in a word
    yield b"\n".join([*decoded, *map(_unzipped, decoded)])
    yield b"".join(_uu_line(line) for line in content.splitlines())
    pieces = [unpadded(run) for run in re.findall(rb"[A-Za-z0-9+/]{4,}={0,2}", content)]
    yield b"".join(pieces)  # encoded piece by piece, each padded


def _unzipped(content: bytes) -> bytes:
    if not content.startswith(b"\x1f\x8b"):
        return b""
    try:
        return zlib.decompressobj(31).decompress(content)
    except zlib.error:
        return b""


def _uu_line(line: bytes) -> bytes:
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        return b""


def _parameters(content: bytes) -> bytes:
    """RFC 2231 continuations joined."""
    joined = re.sub(rb"\"?;\s*[\w-]+\*\d{1,2}\*?\s*=\s*\"?", b"", content)
    return re.sub(rb"(?<![\w-])[\w-]+'[\w-]*'", b"", joined)


def _utf7(content: bytes) -> bytes:
    return re.sub(
        rb"\+([A-Za-z0-9+/]{3,})-?",
        lambda run: unpadded(run[1]).decode("utf-16-be", "replace").encode(),
        content,
    )


def _codes(content: bytes) -> bytes:
    """Quoted-printable codes where other equal signs stand, too."""
    return re.sub(rb"=([0-9A-Fa-f]{2})", lambda code: bytes.fromhex(code[1].decode()), content)


def _folded(content: bytes) -> bytes:
    """Compatibility forms and invisible characters undone."""
    if content.isascii():
        return content
    plain = unicodedata.normalize("NFKC", content.decode("utf-8", "ignore"))
    return _INVISIBLE.sub("", plain).encode("utf-8", "replace")


def _escapes(content: bytes) -> bytes:
    return re.sub(
        rb"\\u00([0-9a-fA-F]{2})", lambda match: bytes.fromhex(match[1].decode()), content
    )


def _plain(content: bytes) -> bytes:
    """``content`` with all that may be nested in a line undone, one after the other."""
    view = re.sub(rb"\r?\n[ \t]", b" ", content)
    unquote = urllib.parse.unquote_to_bytes
    for decode in (_words, _words, _parameters, unquote, *_DECODERS[1:]):
        view = decode(view)
    views = [view, _codes(view), re.sub(rb"<!--.*?-->|<[^<>]{0,200}>", b"", view, flags=re.DOTALL)]
    return _folded(b"\n".join([*views, *map(_utf7, views)]))


_DECODERS: tuple[Callable[[bytes], bytes], ...] = (
    quopri.decodestring,
    urllib.parse.unquote_to_bytes,
    lambda content: html.unescape(content.decode("utf-8", "surrogateescape")).encode(
        "utf-8", "surrogateescape"
    ),
    _words,
    _escapes,
)
