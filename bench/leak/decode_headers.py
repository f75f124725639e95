"""Encoded words (RFC 2047) and parameters (RFC 2231), also where they are written wrongly.

In:  any text.
Out: the text with each encoded word in place decoded, and the values of its parameters.
FAILS: never by input; an unknown charset is read as UTF-8 or Latin-1.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import re
import urllib.parse
from collections import defaultdict
from collections.abc import Iterator

_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_NEIGHBOURS = re.compile(
    r"=\?[^?\s]{1,60}\?[bBqQ]\?[^?]*\?=(?:\s*=\?[^?\s]{1,60}\?[bBqQ]\?[^?]*\?=)*"
)
_PARAMETER = re.compile(
    r"([A-Za-z][A-Za-z0-9_-]{0,40})(?:\*(\d{1,3}))?(\*?)=(?:\"((?:[^\"\\]|\\.)*)\"|([^\s;\"]+))"
)


def encoded_words(text: str) -> Iterator[str]:
    """``text`` with its encoded words decoded; neighbours may share a character's bytes."""
    if "=?" in text:
        yield _NEIGHBOURS.sub(lambda run: _run(run[0]), text)


def _run(words: str) -> str:
    pieces: list[tuple[str, bytes]] = []
    for charset, coding, coded in _WORD.findall(words):
        plain = _b(coded) if coding in "bB" else quopri.decodestring(_bytes(coded), header=True)
        name = charset.partition("*")[0].lower()  # RFC 2231 section 5: charset*language
        if pieces and pieces[-1][0] == name:
            plain = pieces.pop()[1] + plain
        pieces.append((name, plain))
    return "".join(_text(plain, name) for name, plain in pieces)


def _b(coded: str) -> bytes:
    bare = re.sub(r"[\s=]", "", coded)
    bare = bare[: len(bare) - (len(bare) % 4 == 1)]
    try:
        return base64.b64decode(bare + "=" * (-len(bare) % 4))
    except (binascii.Error, ValueError):
        return b""


def parameters(text: str) -> Iterator[str]:
    """Values of parameters that are continued or say their charset, each whole."""
    if "*" not in text:
        return
    found: dict[str, dict[int, tuple[str, bool]]] = defaultdict(dict)
    for name, number, coded, quoted, bare in _PARAMETER.findall(text):
        if number or coded:
            found[name.lower()][int(number or 0)] = (quoted or bare, bool(coded))
    for segments in found.values():
        yield _continued([segments[number] for number in sorted(segments)])


def _continued(segments: list[tuple[str, bool]]) -> str:
    first, is_coded = segments[0]
    charset = "utf-8"
    if is_coded and first.count("'") >= 2:
        charset, _, first = first.split("'", 2)
    raw = (
        urllib.parse.unquote_to_bytes(_bytes(value)) if coded else _bytes(value)
        for value, coded in ((first, is_coded), *segments[1:])
    )
    return _text(b"".join(raw), charset)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(raw: bytes, charset: str) -> str:
    for name in (charset, "utf-8"):
        try:
            return raw.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("latin-1")
