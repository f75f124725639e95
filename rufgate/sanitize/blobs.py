"""Runs of letters that no reader reads: base64 broken into short pieces, and packed content.

In:  readable text; where something else was found already.
Out: ranges of the text: base64 that reads as text from any of its letters on, also over line ends
     and quote marks; content that begins as a packed file does, or is packed; long random words.
SECURITY: what is inside decides, never the length of lines. At most ``_MOST_OUT`` bytes are ever
     unpacked of one word, and ``_MOST_IN`` letters of it read; linear in the text.
FAILS: never.
"""

from __future__ import annotations

import binascii
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rufgate.sanitize.transfer import reads_as_western

_WORD = re.compile(
    r"(?P<first>^[ \t>|]*)?(?P<word>[A-Za-z0-9+/_-]++={0,2}+|={1,2}+)(?P<last>[ \t]*$)?",
    re.MULTILINE,
)
_GAP = re.compile(r"[ \t>|]*\n[ \t>|\n]*|[ \t]")
_HEX = re.compile(r"[0-9A-Fa-f]{24,}")
_URL_SAFE: Final = str.maketrans("-_", "+/")
# Of UTF-8, or of a charset of one byte a character: then a foreign one stands between others.
_READABLE = re.compile(
    rb"(?:[\t\n\r -~]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}"
    rb"|(?<=[ -~]{2})[\xa0-\xff](?=[ -~]{2}))++"
)
_WIDE = re.compile(rb"(?:[\t\n\r -~]\x00){6,}+|(?:\x00[\t\n\r -~]){6,}+")
_INK = re.compile(rb"[A-Za-z0-9 @.,+'\x80-\xff-]")
_LEAST_BYTES = 12
_LEAST_LETTERS = 16  # as long as 12 bytes are
_LEAST_PACKED = 12
_LEAST_RANDOM = 40
_CODED = re.compile(r"[a-z0-9+/][A-Z]|\d[a-z]")
_JOINED_WIDTH = 26  # shorter lines are never joined by ``normalize``
_EQUAL_WIDTH = 3  # words beside each other on a line are one only if a program cut them
_MOST_IN, _MOST_OUT = 512, 2048
_GZIP: Final = b"\x1f\x8b\x08"
_FOREIGN: Final = bytes(range(128, 256))
_PACKED: Final = re.compile(  # at least three bytes, so that no word begins so by chance
    rb"BZh[1-9]1AY|\xfd7zXZ|\x28\xb5\x2f\xfd|\x04\x22\x4d\x18|7z\xbc\xaf"
    rb"|PK\x03\x04|Rar!|%PDF-|\x89PNG|\xff\xd8\xff|GIF8[79]a|\xd0\xcf\x11\xe0"
)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the alphabet and its place."""

    start: int
    end: int
    letters: str
    is_alone: bool  # on its line
    is_coded: bool  # by its look: letters that no sentence has


def blob_ranges(text: str, taken: bytearray) -> Iterator[tuple[int, int]]:
    """Ranges of ``text`` that are such runs; nothing of which a byte is set in ``taken``."""
    run: list[_Word] = []
    for hit in _WORD.finditer(text):
        start, end = hit.span("word")
        if 1 in taken[start:end]:
            continue
        letters = hit["word"].rstrip("=").translate(_URL_SAFE)
        is_alone = hit["first"] is not None and hit["last"] is not None
        is_coded = "=" in hit["word"] or _CODED.search(letters) is not None
        word = _Word(start, end, letters, is_alone, is_coded)
        if run and not _are_one(text, run[-1], word):
            yield from _of_run(run)
            run = []
        run.append(word)
    yield from _of_run(run)


def _are_one(text: str, last: _Word, word: _Word) -> bool:
    """Whether ``word`` may go on where ``last`` ended: on the next line, or of the same width."""
    gap = _GAP.fullmatch(text, last.end, word.start)
    if gap is None:
        return False
    if "\n" in gap[0]:
        return gap[0].count("\n") == 1 or (last.is_alone and word.is_alone)
    if len(last.letters) >= _JOINED_WIDTH and word.is_coded:
        return True
    return not word.letters or len(last.letters) == len(word.letters) >= _EQUAL_WIDTH


def _of_run(run: Sequence[_Word]) -> Iterator[tuple[int, int]]:
    letters = "".join(word.letters for word in run)
    if _is_hexadecimal(letters):
        yield run[0].start, run[-1].end
        return
    if len(letters) < _LEAST_PACKED or not _is_mixed(letters):
        return
    if len(run) > 1 and not any(word.is_coded or len(word.letters) < 3 for word in run):
        return  # a list of words or names
    places: list[int] = []  # of each word in ``letters``
    at = 0
    for word in run:
        places.append(at)
        at += len(word.letters)
    hit = _readable(letters, phases=4 if len(run) > 1 else 1)
    for place in places:
        if used := _packed_letters(letters[place : place + _MOST_IN]):
            end = place + used if used < _MOST_IN else len(letters)
            hit = (min(place, hit[0]), max(end, hit[1])) if hit else (place, end)
            break
    if hit is None and len(run) == 1 and _is_random(letters):
        hit = (0, len(letters))
    if hit is not None:
        first, last = _grown(run, places, hit)
        yield run[first].start, run[last].end


def _grown(run: Sequence[_Word], places: Sequence[int], hit: tuple[int, int]) -> tuple[int, int]:
    """The words that ``hit`` touches, and those beside them that were cut to the same width."""
    touched = [
        number
        for number, (word, place) in enumerate(zip(run, places, strict=True))
        if place < hit[1] and hit[0] < place + len(word.letters)
    ]
    first, last = touched[0], touched[-1]
    width = max(len(run[number].letters) for number in touched)
    while first > 0 and len(run[first - 1].letters) == width:
        first -= 1
    while last + 1 < len(run) and len(run[last].letters) == width >= len(run[last + 1].letters):
        last += 1
    while last + 1 < len(run) and not run[last + 1].letters:
        last += 1
    return first, last


def _is_hexadecimal(letters: str) -> bool:
    """Of text, and with a letter: a column of numbers is none."""
    if not _HEX.fullmatch(letters) or letters.isdigit() or len(letters) % 2:
        return False
    content = bytes.fromhex(letters)
    return bool(_READABLE.fullmatch(content)) and _says_something(content)


def _is_mixed(letters: str) -> bool:
    return letters not in (letters.lower(), letters.upper())


def _readable(letters: str, phases: int) -> tuple[int, int] | None:
    """From the first to the last letter that belongs to readable text, at any of its phases."""
    first, last = len(letters), 0
    for phase in range(phases):
        content = _decoded(letters[phase:])
        for pattern in (_READABLE, _WIDE):
            for hit in pattern.finditer(content):
                if _says_something(hit[0]):
                    begin, end = phase + hit.start() * 4 // 3, phase + -(-hit.end() * 4 // 3)
                    if _is_mixed(letters[begin:end]):
                        first, last = min(first, begin), max(last, end)
    return (first, last) if last else None


def _says_something(content: bytes) -> bool:
    least = _LEAST_BYTES
    if b"\0" in content:
        content, least = content.replace(b"\0", b""), least // 2
    foreign = len(content) - len(content.translate(None, _FOREIGN))
    if foreign > len(content) // 8 + 1 and not _is_utf_8(content):
        return False
    return len(content) >= least and len(_INK.findall(content)) * 4 >= len(content) * 3


def _is_utf_8(content: bytes) -> bool:
    """Of letters alone, but for some ASCII: what chance makes has signs and marks, too."""
    text = content.decode("utf-8", "replace")
    return all(char.isascii() or char.isalpha() for char in text)


def _decoded(letters: str) -> bytes:
    whole = letters[:-1] if len(letters) % 4 == 1 else letters
    return binascii.a2b_base64(whole + "=" * (-len(whole) % 4))


def _packed_letters(letters: str) -> int:
    """How many of ``letters`` are of packed content that begins with them; 0 if it does not."""
    if len(letters) < _LEAST_PACKED or not _is_mixed(letters):
        return 0
    content = _decoded(letters)
    if content.startswith(_GZIP):
        return _inflated(content, 16 + zlib.MAX_WBITS)[1] or _MOST_IN
    if _PACKED.match(content):
        return _MOST_IN
    if content[0] & 15 == zlib.DEFLATED and int.from_bytes(content[:2], "big") % 31 == 0:
        plain, used = _inflated(content, zlib.MAX_WBITS)
        return used if len(plain) >= _LEAST_BYTES // 3 else 0
    plain, used = _inflated(content, -zlib.MAX_WBITS)
    return used if reads_as_western(plain) else 0


def _inflated(content: bytes, window: int) -> tuple[bytes, int]:
    """The beginning of what is packed in ``content``, and how many letters that takes."""
    unpacker = zlib.decompressobj(window)
    try:
        plain = unpacker.decompress(content, _MOST_OUT)
    except zlib.error:
        return b"", 0
    used = len(content) - len(unpacker.unused_data)
    return plain, -(-used * 4 // 3) if unpacker.eof else _MOST_IN


def _is_random(word: str) -> bool:
    """As many capitals, small letters and digits as chance has: names of things have fewer."""
    if len(word) < _LEAST_RANDOM:
        return False
    capitals = sum(char.isupper() for char in word)
    small = sum(char.islower() for char in word)
    digits = sum(char.isdigit() for char in word)
    return min(capitals, small) * 4 >= len(word) and digits * 25 >= len(word)
