"""Words of a text that are encoded text: percent, base64 and hexadecimal.

In:  readable text.
Out: spans of the words that read as text once decoded: no recognizer can look into them.
SECURITY: a word is judged by what it decodes to, so that numbers, keys and plain words stay. What
     stands inside a link is the link's; see ``links``. Every pattern is bounded.
FAILS: never.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from urllib.parse import unquote_to_bytes

from rufgate.sanitize.blobs import blob_ranges
from rufgate.sanitize.spans import Entity, Span
from rufgate.sanitize.transfer import base64_bytes, reads_as_western

_PERCENT = re.compile(r"[\w.+@=-]{0,64}(?:%(?:25)*[0-9A-Fa-f]{2}[\w.+@=-]{0,8}){3,200}")
_BASE64 = re.compile(r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{12,4096}={0,2}(?![A-Za-z0-9+/_-])")
_HEX = re.compile(r"(?<![0-9A-Za-z])(?:0x)?(?:[0-9A-Fa-f]{2}[ :]?){7,2048}(?![0-9A-Za-z])")
_LEAST_LETTERS = 4
_LEAST_DIGITS_ONLY = 20  # hexadecimal digits of a number without a letter


def encoded_spans(text: str, apart: Iterable[Span] = ()) -> Iterator[Span]:
    """Encoded words outside of the spans ``apart``."""
    taken = bytearray(len(text))
    for span in apart:
        taken[span.start : span.end] = b"\1" * (span.end - span.start)
    whole = bytearray(len(text))
    for start, end in blob_ranges(text, taken):
        whole[start:end] = b"\1" * (end - start)
        yield Span(start=start, end=end, entity=Entity.DENIED, recognizer="encoded_blob")
    for name, pattern, read in (
        ("encoded_percent", _PERCENT, _percent),
        ("encoded_base64", _BASE64, _base64),
        ("encoded_hex", _HEX, _hexadecimal),
    ):
        for hit in pattern.finditer(text):
            start, end = hit.span()
            is_known = 1 in taken[start:end] or 0 not in whole[start:end]
            if not is_known and _reads_as_text(read(hit[0])):
                yield Span(start=start, end=end, entity=Entity.DENIED, recognizer=name)


def _percent(word: str) -> bytes:
    plain = word
    while "%25" in plain:
        plain = plain.replace("%25", "%")
    return unquote_to_bytes(plain)


def _base64(word: str) -> bytes:
    return base64_bytes(word.encode())


def _hexadecimal(word: str) -> bytes:
    digits = re.sub(r"\A0x|[ :]", "", word)
    if digits.isdigit() and len(digits) < _LEAST_DIGITS_ONLY:
        return b""
    return bytes.fromhex(digits)


def _reads_as_text(content: bytes) -> bool:
    """Printable, and with some letters; of UTF-16 every second byte is nothing."""
    for charset in ("utf-8", "utf-16-le", "utf-16-be"):
        whole = content[: len(content) // 2 * 2] if charset != "utf-8" else content
        try:
            text = whole.decode(charset)
        except UnicodeDecodeError:
            continue
        letters = sum(char.isascii() and char.isalpha() for char in text)
        if letters >= max(_LEAST_LETTERS, len(text) // 2) and _is_printable(text):
            return True
    return reads_as_western(content)


def _is_printable(text: str) -> bool:
    """Invisible format characters are no hindrance: they are what hides a name."""
    return all(
        char.isprintable() or char in "\r\n\t" or unicodedata.category(char) == "Cf"
        for char in text
    )
