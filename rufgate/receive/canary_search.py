"""Looks for marks in bytes through every encoding in which they could have slipped out.

In:  marks; bytes of any kind: rows, database pages, log lines, mails.
Out: which marks were found, and in which form.
SECURITY: independent of the leak check and of the detectors: it shares no code with them.
FAILS: never. What it cannot decode it reads as it is.
"""

from __future__ import annotations

import base64
import html
import quopri
import re
import unicodedata
import urllib.parse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rufgate.receive.canary_marks import Kind, Mark

_CHUNK: Final = 1_048_576
_OVERLAP: Final = 4096
_LEAST_CODED: Final = 7  # characters of base64 that must fit: fewer would fit by chance
_WORD: Final = re.compile(rb"=\?[^?\s]{1,40}\?([bBqQ])\?([^?\s]*)\?=")
_ESCAPED: Final = re.compile(rb"\\u00([0-9a-fA-F]{2})")
_BLANK: Final = re.compile(rb"\s+")
_FOLD: Final = re.compile(rb"\r?\n[ \t]+")
_BETWEEN_DIGITS: Final = re.compile(rb"(?<=\d)[ \-./()]{1,3}(?=\d)")


@dataclass(frozen=True, slots=True)
class Find:
    """A mark, and how it was written."""

    mark: Mark
    form: str


@dataclass(frozen=True, slots=True)
class _View:
    form: str
    content: bytes  # lower case


class _Chunk:
    """Some bytes with their decodings, each made once."""

    def __init__(self, content: bytes) -> None:
        views = dict(_views(content))
        squeezed = {
            _BLANK.sub(b"", decoded): form for decoded, form in views.items()
        }  # a name that a line end cuts in two
        self.exact = [*squeezed]
        self.spaced = [_View(form, decoded.lower()) for decoded, form in views.items()]
        self.lowered = self.spaced + [
            _View(form, decoded.lower()) for decoded, form in squeezed.items()
        ]
        self.digits = [
            _View(view.form, _BETWEEN_DIGITS.sub(b"", view.content)) for view in self.spaced
        ]


class Search:
    """A search for ``marks``; may be used for many contents."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._marks = tuple(marks)
        self._roots = tuple(dict.fromkeys((mark.root or mark.value, mark.kind) for mark in marks))

    def find(self, content: bytes) -> tuple[Find, ...]:
        """Every mark in ``content``, once."""
        found: dict[Mark, Find] = {}
        parts: dict[str, Find] = {}
        for piece in _pieces(content):
            chunk = _Chunk(piece)
            for root, kind in self._roots:  # which spares the search for most marks
                if form := _form(chunk, root, kind):
                    parts.setdefault(root, Find(Mark(what="part of a name", value=root), form))
                    self._find_all(chunk, root, found)
        whole = {mark.root or mark.value for mark in found}
        rest = (find for root, find in parts.items() if root not in whole)
        return (*found.values(), *rest)

    def _find_all(self, chunk: _Chunk, root: str, found: dict[Mark, Find]) -> None:
        """Add what begins with ``root`` and is in ``chunk``."""
        for mark in self._marks:
            if (mark.root or mark.value) == root and mark not in found:
                form = _form(chunk, mark.value, mark.kind)
                found |= {mark: Find(mark, form)} if form else {}


def _pieces(content: bytes) -> Iterator[bytes]:
    for start in range(0, max(1, len(content)), _CHUNK):
        yield content[max(0, start - _OVERLAP) : start + _CHUNK]


def _form(chunk: _Chunk, value: str, kind: Kind) -> str | None:
    """How ``value`` stands in ``chunk``; None where it does not."""
    match kind:
        case Kind.WORD:
            low = value.lower()
            forms = _in_words(chunk, low) or _in_codes(chunk, low)
            return forms or _in_base64(chunk, [value, low, value.upper()])
        case Kind.DIGITS:
            plain = re.sub(r"\D", "", value).removeprefix("0")
            return _in_digits(chunk, plain) or _in_base64(chunk, [plain, value])
        case Kind.CODE:
            return _in_spaced(chunk, value) or _in_base64(chunk, [value, value.replace(" ", "")])


def _in_words(chunk: _Chunk, low: str) -> str | None:
    needle = low.encode()
    for view in chunk.lowered:
        if needle in view.content:
            return view.form
        if needle[::-1] in view.content:
            return f"{view.form}, reversed"
    return None


def _in_codes(chunk: _Chunk, low: str) -> str | None:
    """Forms in which a letter is more than a byte; the first views are of the bytes as they are."""
    raw = chunk.spaced[0].content
    coded = {
        "UTF-16": [low.encode("utf-16-le"), low.encode("utf-16-be")],
        "hex": [form.encode().hex().encode() for form in (low, low.upper(), low.capitalize())],
    }
    for form, needles in coded.items():
        if any(needle in raw for needle in needles):
            return form
    return None


def _in_digits(chunk: _Chunk, plain: str) -> str | None:
    needle = plain.encode()
    return next((view.form for view in chunk.digits if needle in view.content), None)


def _in_spaced(chunk: _Chunk, value: str) -> str | None:
    """As a word of its own. The pattern begins with letters, which makes it quick."""
    halves = map(re.escape, value.lower().split())
    pattern = re.compile(rf"{'[ +_-]?'.join(halves)}(?![a-z0-9])".encode())
    for view in chunk.spaced:
        for match in pattern.finditer(view.content):
            if not view.content[max(0, match.start() - 1) : match.start()].isalnum():
                return view.form
    return None


def _in_base64(chunk: _Chunk, forms: Sequence[str]) -> str | None:
    for needle in dict.fromkeys(needle for form in forms for needle in _base64_needles(form)):
        if any(needle in content for content in chunk.exact):
            return "base64"
    return None


def _base64_needles(form: str) -> Iterator[bytes]:
    """What of ``form`` stays the same whatever stands around it, at each of three offsets."""
    for phase in range(3):
        coded = base64.b64encode(b"\0" * phase + form.encode() + b"\0\0")
        inner = coded[(0, 2, 3)[phase] : (phase + len(form)) * 8 // 6]
        if len(inner) >= _LEAST_CODED:
            yield inner
            yield inner.replace(b"+", b"-").replace(b"/", b"_")


def _views(content: bytes) -> Iterator[tuple[bytes, str]]:
    """Decodings of ``content``, the bytes as they are first; equal ones count once."""
    yield content, "plain"
    seen = {content}
    for base in (content, _FOLD.sub(b" ", content)):
        for form, decoded in _decoded(base):
            if decoded not in seen:
                seen.add(decoded)
                yield decoded, form


def _decoded(content: bytes) -> Iterator[tuple[str, bytes]]:
    yield "folded", content
    yield "quoted-printable", quopri.decodestring(content)
    yield "percent", urllib.parse.unquote_to_bytes(content)
    yield "entities", html.unescape(content.decode("latin-1")).encode("utf-8", "replace")
    yield "encoded word", _words(content)
    yield "JSON", _ESCAPED.sub(lambda match: bytes.fromhex(match[1].decode()), content)
    yield "compatible characters", _compatible(content)


def _words(content: bytes) -> bytes:
    """RFC 2047 section 6.2: white space between encoded words is no part of the text."""
    joined = re.sub(rb"\?=\s+=\?", b"?==?", content)

    def decoded(match: re.Match[bytes]) -> bytes:
        if match[1] in b"qQ":
            return quopri.decodestring(match[2], header=True)
        try:
            return base64.b64decode(match[2] + b"==")
        except ValueError:
            return match[0]

    return _WORD.sub(decoded, joined)


def _compatible(content: bytes) -> bytes:
    """Full-width and accented letters as plain ones, without accents and invisible characters."""
    text = content.decode("utf-8", "ignore")
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore")
