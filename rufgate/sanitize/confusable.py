"""Look-alikes of letters, told by the word that they stand in.

In:  NFKC text.
Out: the same, with words that mix Latin letters with like-looking Cyrillic or Greek ones in one
     script, small capitals and squared letters as plain ones, and no marks piled on Latin letters.
FAILS: never; a word that is wholly of one script stays as it is.

A name known from the headers is written with one foreign letter so that no filter finds it; the
reader sees the name all the same (Unicode UTS 39, "confusables").
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_CYRILLIC: Final = {
    "А": "A", "а": "a", "В": "B", "С": "C", "с": "c", "Е": "E", "е": "e", "Н": "H", "І": "I",
    "і": "i", "Ј": "J", "ј": "j", "К": "K", "к": "k", "М": "M", "м": "m", "О": "O", "о": "o",
    "Р": "P", "р": "p", "Ѕ": "S", "ѕ": "s", "Т": "T", "т": "t", "Х": "X", "х": "x", "У": "Y",
    "у": "y", "Ү": "Y", "ү": "y", "һ": "h", "Һ": "H", "ԁ": "d", "Ԁ": "D", "ԛ": "q", "Ԛ": "Q",
    "ԝ": "w", "Ԝ": "W", "ѵ": "v", "Ѵ": "V", "ӏ": "l", "Ӏ": "I", "п": "n", "г": "r", "в": "b",
    "ё": "ë", "Ё": "Ë", "ї": "ï", "Ї": "Ï",
}  # fmt: skip
_GREEK: Final = {
    "Α": "A", "Β": "B", "Ε": "E", "Ζ": "Z", "Η": "H", "Ι": "I", "Κ": "K", "Μ": "M", "Ν": "N",
    "Ο": "O", "Ρ": "P", "Τ": "T", "Υ": "Y", "Χ": "X", "ο": "o", "ν": "v", "α": "a", "ι": "i",
    "κ": "k", "ρ": "p", "τ": "t", "υ": "u", "χ": "x", "η": "n", "γ": "y", "ω": "w", "σ": "o",
    "ε": "e", "ϲ": "c", "ϳ": "j",
}  # fmt: skip
_TO_LATIN: Final = str.maketrans(_CYRILLIC | _GREEK)
_TO_CYRILLIC: Final = str.maketrans(
    {latin: other for other, latin in _CYRILLIC.items() if other not in "пгвтУүҮһҺѵѴӏӀ"}
)
_SMALL_CAPITALS: Final = str.maketrans(
    "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢɡɑꞮ", "abcdefghijklmnopqrstuvwyzgaI"
)
_SQUARED: Final = str.maketrans(
    {first + place: 65 + place for first in (0x1F150, 0x1F170) for place in range(26)}
)
_MIXED = re.compile(r"[^\W\d_]+")
_PILED = re.compile(
    "(?<=[A-Za-z])[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
)


def plain_script(text: str) -> str:
    """``text`` without look-alikes; applying it twice changes nothing more."""
    if text.isascii():
        return text
    plain = text.translate(_SMALL_CAPITALS).translate(_SQUARED)
    plain = _PILED.sub("", plain)
    return _MIXED.sub(_in_one_script, plain)


def _in_one_script(hit: re.Match[str]) -> str:
    """A mixed word in the script of most of its letters, if all others have a twin there."""
    word = hit[0]
    if word.isascii():
        return word
    latin = sum(_is_latin(char) for char in word)
    cyrillic = sum("\u0400" <= char <= "\u052f" for char in word)
    greek = sum("\u0370" <= char <= "\u03ff" for char in word)
    if not latin or not (cyrillic or greek):
        return word
    if latin >= cyrillic + greek:
        changed = word.translate(_TO_LATIN)
        return changed if all(_is_latin(char) or not char.isalpha() for char in changed) else word
    changed = word.translate(_TO_CYRILLIC) if cyrillic and not greek else word
    return changed if not any(_is_latin(char) for char in changed) else word


def _is_latin(char: str) -> bool:
    return char.isalpha() and unicodedata.name(char, "").startswith("LATIN")
