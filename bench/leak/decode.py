"""Every text that a reader with patience could get out of an output.

In:  the bytes of one or more output files.
Out: ``views``: the texts as they are, and each with one encoding after another undone, up to
     ``MAX_DEPTH`` deep: mail structure and transfer encodings, charsets, encoded words (RFC 2047),
     parameters (RFC 2231), HTML entities and tags, percent form, JSON escapes, base64 (plain,
     url-safe, broken over lines, glued to other text, nested), hexadecimal, gzip and zlib.
SECURITY: meant to find too much rather than too little. Shares no code with the product, so that
     a mistake there is not made here again.
FAILS: never by input; what cannot be decoded is not a view.
"""

from __future__ import annotations

import base64
import binascii
import email
import email.policy
import gzip
import html
import quopri
import re
import urllib.parse
import zlib
from collections.abc import Callable, Iterable, Iterator

from bench.leak import decode_headers

MAX_DEPTH = 5
_MAX_INFLATED = 5_000_000
_MAX_PIECES = 12
_LEAST_CODED = 6
_INLINE = re.compile(
    r"(?is)<(?:wbr|/?(?:a|abbr|b|big|em|font|i|mark|s|small|span|strong|u)\b)[^>]*>"
)
_TAG = re.compile(r"(?s)<[^>]*>")
_QUOTED = re.compile(r"=[0-9A-Fa-f]{2}|=\r?\n")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(.))", re.DOTALL)
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2}){8,}")
_READABLE = re.compile(rb"[\t\r\n -~]{8,}")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{6,}(?:[ \t]*\r?\n[ \t]*[A-Za-z0-9+/_-]{4,})*={0,2}")
_SEPARATORS = re.compile(r"([/_\-+])")

View = str | bytes


def views(blobs: Iterable[bytes], *, shown: bool = False) -> tuple[str, ...]:
    """All texts in ``blobs``, the shallowest decoding first, each once.

    With ``shown`` only what a mail program would show of them.
    """
    decodings = _SHOWN if shown else _DECODINGS
    found: dict[str, None] = {}
    waiting: list[tuple[View, int]] = []
    for blob in blobs:
        waiting.append((blob, 0))
        waiting += [(view, 1) for view in _mail(blob)]
    while waiting:
        following: list[tuple[View, int]] = []
        for view, depth in waiting:
            for text in _texts(view) if isinstance(view, bytes) else (view,):
                if text not in found:
                    found[text] = None
                    if depth < MAX_DEPTH:
                        following += [
                            (less, depth + 1) for undo in decodings for less in undo(text)
                        ]
            if isinstance(view, bytes) and depth < MAX_DEPTH:
                following += [(inflated, depth + 1) for inflated in _inflated(view)]
        waiting = following
    return tuple(found)


def _entities(text: str) -> Iterator[View]:
    if "&" in text:
        yield html.unescape(text)


def _tags(text: str) -> Iterator[View]:
    """Without tags: those of one word's letters closed up, the others as a gap; and all closed."""
    if "<" in text:
        yield _TAG.sub(" ", _INLINE.sub("", text))
        yield _TAG.sub("", text)


def _percent(text: str) -> Iterator[View]:
    if "%" in text:
        yield urllib.parse.unquote(text)
        yield urllib.parse.unquote_plus(text)
        yield urllib.parse.unquote(text, encoding="windows-1252", errors="replace")


def _json(text: str) -> Iterator[View]:
    if "\\" in text:
        joined = _ESCAPE.sub(_escaped, text)
        yield joined.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _escaped(match: re.Match[str]) -> str:
    four, two, one = match.groups()
    if four or two:
        return chr(int(four or two, 16))
    return {"n": "\n", "r": "\r", "t": "\t", "b": "", "f": "\n"}.get(one, one)


def _quoted_printable(text: str) -> Iterator[View]:
    if _QUOTED.search(text):
        yield quopri.decodestring(_as_bytes(text))


def _hexadecimal(text: str) -> Iterator[View]:
    for match in _HEX.finditer(text):
        yield from _readable(binascii.unhexlify(match[0]))


def _base64(text: str) -> Iterator[View]:
    for match in _BASE64.finditer(text):
        for candidate in _candidates(match[0]):
            yield from _unbased(candidate)


def _candidates(run: str) -> set[str]:
    """What may be base64 in ``run``: the whole, each line, what separators part, any offset."""
    lines = [line.strip().rstrip("=") for line in run.split("\n")]
    whole = "".join(lines)
    found = {whole, *lines, *(whole[start:] for start in (1, 2, 3))}
    pieces = _SEPARATORS.split(whole)
    starts = range(0, min(len(pieces), 2 * _MAX_PIECES), 2)
    found.update("".join(pieces[start:]) for start in starts)
    found.update("".join(pieces[start : end + 1]) for start in starts for end in starts)
    return {candidate for candidate in found if len(candidate) >= _LEAST_CODED}


def _unbased(candidate: str) -> Iterator[View]:
    usual = candidate.replace("-", "+").replace("_", "/")
    usual = usual[: len(usual) - (len(usual) % 4 == 1)]  # six bits alone are no byte
    try:
        decoded = base64.b64decode(usual + "=" * (-len(usual) % 4), validate=True)
    except binascii.Error:
        return
    yield from _readable(decoded)


def _readable(decoded: bytes) -> Iterator[View]:
    """``decoded`` if it could be text or is compressed; anything else was no encoding."""
    is_readable = _READABLE.search(decoded) or _is_text(decoded) or any(_wide(decoded))
    if is_readable or _is_compressed(decoded):
        yield decoded


def _is_text(content: bytes) -> bool:
    try:
        return content.decode().isprintable()
    except UnicodeDecodeError:
        return False


def _wide(content: bytes) -> Iterator[str]:
    """UTF-16 and UTF-32, which do not show in the share of printable bytes."""
    for mark, charset in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            yield content.decode(charset, "replace")
    if content.count(0) * 4 > len(content):
        for charset in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
            yield content.decode(charset, "replace")


def _is_compressed(content: bytes) -> bool:
    return content[:2] in (b"\x1f\x8b", b"x\x01", b"x\x9c", b"x\xda")


def _inflated(content: bytes) -> Iterator[bytes]:
    if not _is_compressed(content):
        return
    try:
        if content[:2] == b"\x1f\x8b":
            yield gzip.decompress(content)[:_MAX_INFLATED]
        else:
            yield zlib.decompressobj().decompress(content, _MAX_INFLATED)
    except (OSError, EOFError, zlib.error):
        return


def _texts(content: bytes, charset: str | None = None) -> Iterator[str]:
    """``content`` as text: in its own charset if it has one, else UTF-8 or Latin-1; and wide."""
    for name in (charset, "utf-8", "windows-1252", "latin-1"):
        try:
            text = content.decode(name) if name else None
        except (UnicodeDecodeError, LookupError):
            continue
        if text is not None:
            yield text
            break
    yield from _wide(content)


def _as_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _mail(content: bytes) -> Iterator[View]:
    """Header values and decoded bodies of all parts."""
    message = email.message_from_bytes(content, policy=email.policy.compat32)
    for part in message.walk():
        yield from (re.sub(r"\r?\n[ \t]+", " ", str(value)) for value in part.values())
        payload = None if part.is_multipart() else part.get_payload(decode=True)
        if isinstance(payload, bytes):
            yield payload
            yield from _texts(payload, part.get_content_charset())


_SHOWN: tuple[Callable[[str], Iterator[View]], ...] = (
    decode_headers.encoded_words,
    _entities,
    _tags,
)
_DECODINGS: tuple[Callable[[str], Iterator[View]], ...] = (
    *_SHOWN,
    decode_headers.parameters,
    _quoted_printable,
    _percent,
    _json,
    _base64,
    _hexadecimal,
)
