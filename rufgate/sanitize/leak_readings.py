"""What a text reads as once its encodings are undone, also one inside the other.

In:  text that is about to leave.
Out: the text itself and its readings: percent, character references, quoted-printable, base64 (each
     phase, both alphabets, also broken over lines), to a given depth.
SECURITY: part of the second opinion: shares nothing with the decoders of the redactors. Each step
     yields a bounded multiple of its input in linear time.
FAILS: never; what cannot be decoded has no such reading.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections.abc import Iterator
from urllib.parse import unquote

_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
_EQUALS = re.compile(r"=(?:[0-9A-Fa-f]{2}|[ \t]{0,3}\r?\n)")
_RUN = re.compile(r"[A-Za-z0-9+/_-]{8,}")
# The look-behind lets a long line be tried once only, not from each of its characters.
_BROKEN_RUN = re.compile(
    r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{8,}+(?:[ \t]*+\r?\n[ \t>]*+[A-Za-z0-9+/_-]++)+"
)
_LINE_END = re.compile(r"[\s>]+")
_READABLE = re.compile("[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]{4,}")
_URL_SAFE = str.maketrans("-_", "+/")


def readings(text: str, depth: int) -> Iterator[str]:
    """``text``, and what is left of it when up to ``depth`` encodings have been undone."""
    yield text
    seen, level = {text}, [text]
    for _ in range(depth):
        inner = []
        for outer in level:
            for reading in _undone(outer):
                if reading and reading not in seen:
                    seen.add(reading)
                    inner.append(reading)
                    yield reading
        level = inner


def _undone(text: str) -> Iterator[str]:
    """``text`` with one encoding undone, for each that occurs in it."""
    if _PERCENT.search(text):
        yield unquote(text, errors="replace")
    if "&" in text:
        yield html.unescape(text)
    if _EQUALS.search(text):
        yield _unquoted_printable(text)
    yield _decoded(_RUN.findall(text))
    yield _decoded(_LINE_END.sub("", run) for run in _BROKEN_RUN.findall(text))


def _unquoted_printable(text: str) -> str:
    joined = re.sub(r"=[ \t]{0,3}\r?\n", "", text)
    raw = re.sub(r"=([0-9A-Fa-f]{2})", lambda hit: chr(int(hit[1], 16)), joined)
    return raw.encode("latin-1", "replace").decode("utf-8", "replace")


def _decoded(runs: Iterator[str] | list[str]) -> str:
    """The readable pieces of each base64 run at each of its phases, one a line."""
    found: list[str] = []
    for run in runs:
        plain = run.translate(_URL_SAFE)
        for phase in range(4):
            chunk = plain[phase:]
            whole = chunk[:-1] if len(chunk) % 4 == 1 else chunk  # cut off: 6 bits are no byte
            found += _READABLE.findall(_text(whole + "=" * (-len(whole) % 4)))
    return "\n".join(found)


def _text(chunk: str) -> str:
    """Bytes that are no text become marks between words: they hide nothing beside them."""
    try:
        return base64.b64decode(chunk).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""
