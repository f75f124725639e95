"""Escapes of other formats that stand in a text as they are: a reader decodes them, so must we.

In:  decoded text: JSON and HTML references, UTF-7 and quoted-printable runs, RFC 2047 words.
Out: the text that they stand for.
SECURITY: what unfolds into further escapes is undone a few times, then broken, so that a second
     pass finds nothing to do. Percent, base64 and hex are left to ``encoded``: links need them.
FAILS: never.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Final

from rufgate.sanitize.fields import decode_word_runs
from rufgate.sanitize.transfer import base64_bytes

_ROUNDS = 4
_JSON = re.compile(r"(?:\\u(?:\{[0-9a-fA-F]{1,6}\}|[0-9a-fA-F]{4})|\\x[0-9a-fA-F]{2})+")
_JSON_ONE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6});?|&[A-Za-z][A-Za-z0-9]{1,30};")
_UTF7 = re.compile(r"(?<![A-Za-z0-9+/])\+([A-Za-z0-9+/]{3,})-?|\+([A-B][A-Za-z0-9+/]{2,})-")
_QUOTED = re.compile(r"(?:=[0-9A-Fa-f]{2}){2,}")
_WORD: Final = "=?"


def unescaped(text: str) -> str:
    """``text`` with its escapes undone; applying it twice changes nothing more."""
    for _ in range(_ROUNDS):
        plain = _once(text)
        if plain == text:
            return plain
        text = plain
    while (broken := _broken(text)) != text:
        text = broken
    return text


def _once(text: str) -> str:
    if _WORD in text:
        text = decode_word_runs(text)
    for sign, pattern, read in _READERS:
        if sign in text:
            text = pattern.sub(lambda hit, read=read: read(hit), text)  # type: ignore[misc]  # bound now
    return text


def _broken(text: str) -> str:
    """Without the sign that begins an escape, wherever one would still be read."""
    for sign, pattern, read in _READERS:
        if sign in text:
            text = pattern.sub(
                lambda hit, read=read: hit[0] if read(hit) == hit[0] else hit[0][1:],  # type: ignore[misc]
                text,
            )
    return text if decode_word_runs(text) == text else text.replace(_WORD, " ")


def _json(hit: re.Match[str]) -> str:
    codes = [int(next(filter(None, one.groups())), 16) for one in _JSON_ONE.finditer(hit[0])]
    joined = "".join(chr(code) if code <= 0x10FFFF else "\ufffd" for code in codes)
    return joined.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _reference(hit: re.Match[str]) -> str:
    return unescape(hit[0] if hit[0].endswith(";") else f"{hit[0]};")


def _utf7(hit: re.Match[str]) -> str:
    """RFC 2152 section 3: a run is whole UTF-16 units, with less than six zero bits to spare."""
    coded = hit[1] or hit[2]
    spare = len(coded) * 6 % 16
    if spare >= 6:
        return hit[0]
    raw = base64_bytes(coded.encode())
    units = raw[: len(coded) * 6 // 16 * 2]
    last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".index(coded[-1])
    if last & ((1 << spare) - 1):
        return hit[0]
    try:
        text = units.decode("utf-16-be")
    except UnicodeDecodeError:
        return hit[0]
    return text if _is_plausible(text) else hit[0]


def _is_plausible(text: str) -> bool:
    """Whether somebody wrote this: of European scripts any, of others at least three letters."""
    if not all(char.isprintable() or char in "\r\n\t" for char in text):
        return False
    return all(char < "\u0800" for char in text) or (len(text) >= 3 and text.isalpha())


def _quoted(hit: re.Match[str]) -> str:
    """Codes inside a line, as long as they are letters: white space could end a link early."""
    try:
        text = bytes.fromhex(hit[0].replace("=", "")).decode()
    except UnicodeDecodeError:
        return hit[0]
    return text if text.isprintable() and " " not in text else hit[0]


_READERS: Final[tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], str]], ...]] = (
    ("\\", _JSON, _json),
    ("&", _REFERENCE, _reference),
    ("+", _UTF7, _utf7),
    ("=", _QUOTED, _quoted),
)
