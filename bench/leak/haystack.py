"""An output in the forms in which a planted string is looked for.

In:  the bytes of an output, and strings of a truth file.
Out: whether a string is there, however it is coded (``decode``), in any case, with or without
     accents, white space, invisible characters and, for numbers, punctuation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property

from bench.leak.decode import views

_BETWEEN = "\ue0ff"  # keeps two views from making a word together
_WORD = re.compile(r"[^\W\d_]+")
_NOT_PLAIN = re.compile(r"[^0-9a-z]+")
_SPACE = re.compile(r"\s+")
_NO_DECOMPOSITION = str.maketrans(
    {"ł": "l", "đ": "d", "ð": "d", "ı": "i", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h"}
)
_LEAST_SPACELESS = 8  # shorter strings turn up by chance where words run together
_LEAST_NUMBER = 7
_LEAST_DIGITS = 4
_LEAST_INSIDE = 6


def normal(text: str) -> str:
    """Compatible forms, no invisible characters, lower case, single spaces."""
    visible = "".join(char for char in text if not _is_invisible(char))
    plain = unicodedata.normalize("NFKC", visible).casefold().replace("i\u0307", "i")
    return _SPACE.sub(" ", plain)


def _is_invisible(char: str) -> bool:
    if char.isascii():
        return False
    return (
        unicodedata.category(char) == "Cf" or char in "\u034f\u115f\u1160\u3164\uffa0\ufe0e\ufe0f"
    )


def folded(plain: str) -> str:
    """``plain`` (already normal) without accents."""
    apart = unicodedata.normalize("NFKD", plain.translate(_NO_DECOMPOSITION))
    return "".join(char for char in apart if not unicodedata.combining(char))


class Haystack:
    """What ``blobs`` say together."""

    def __init__(self, blobs: Iterable[bytes]) -> None:
        self._blobs = tuple(blobs)
        self._plain = [normal(view) for view in views(self._blobs)]

    def has(self, value: str) -> bool:
        """Whether personal ``value`` can be found; any form of it counts."""
        plain = normal(value).strip()
        without = folded(plain)
        if plain in self._text or without in self._folded:
            return True
        spaceless = _SPACE.sub("", without)
        if len(spaceless) >= _LEAST_SPACELESS and spaceless in self._spaceless:
            return True
        bare = _NOT_PLAIN.sub("", without)
        is_number = sum(char.isdigit() for char in bare) >= _LEAST_DIGITS
        return is_number and len(bare) >= _LEAST_NUMBER and bare in self._bare

    def has_word(self, token: str) -> bool:
        """Whether a name's word can be found: as a word, or a long one anywhere."""
        plain = normal(token)
        without = folded(plain)
        if plain in self._words or without in self._words:
            return True
        inside = plain in self._text or without in self._folded
        return inside and len(without) >= _LEAST_INSIDE

    def keeps(self, value: str) -> bool:
        """Whether harmless ``value`` is still shown: as it was, but for case and spaces."""
        return _SPACE.sub("", normal(value)) in self._shown

    @cached_property
    def _text(self) -> str:
        return _BETWEEN.join(self._plain)

    @cached_property
    def _folded(self) -> str:
        return folded(self._text)

    @cached_property
    def _spaceless(self) -> str:
        return _SPACE.sub("", self._folded)

    @cached_property
    def _shown(self) -> str:
        shown = _BETWEEN.join(normal(view) for view in views(self._blobs, shown=True))
        return _SPACE.sub("", shown)

    @cached_property
    def _bare(self) -> str:
        return _BETWEEN.join(_NOT_PLAIN.sub("", folded(view)) for view in self._plain)

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(_WORD.findall(self._text)) | frozenset(_WORD.findall(self._folded))
