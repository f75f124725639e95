"""Which pieces of a text the models read: short ones, and those alone that may hold something.

In:  readable text; a word list; ranges that are hidden whatever the models say.
Out: ranges of the text.
SECURITY: a piece is passed over only where what a model could say of it would not be believed: of
     everyday words in lower case nothing is (``rampart``, ``presidio``), of plain words and of
     short numbers without a place beside them nothing either (``sanitize.believe``). The one guess
     is an everyday word with a capital where a sentence begins; the leak benchmark holds it.
FAILS: never.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from rufgate.recognize.lexicon import Familiarity, Lexicon, is_coined
from rufgate.recognize.recognizers.everyday import is_everyday
from rufgate.sanitize.known_names import fold
from rufgate.sanitize.text_structure import OWN_OUTPUT
from rufgate.sanitize.words import COMMON_WORDS, ROLE_WORDS

WINDOW_CHARS: Final = 240  # shorter windows find more, and cost less attention
_LEAST_DIGITS: Final = 4  # fewer are no number of a person's (``believe``)
_CUT = re.compile(r"(?<=[.!?;])\s+|\n")
_ENDS = re.compile(r"\n[ \t]*\n|[^\n]{60}[.!?;][ \n]")
_WORTH_READING = re.compile(r"\w")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W\d_]+)*")
_DIGIT = re.compile(r"\d")
_CAPITAL = re.compile(r"[^\W\d_a-zß-öø-ÿ]")
_BEGINS = re.compile(r"(?:\A|[.!?:;\n>•|*-])[\s\"'“‘(>*•-]{0,8}\Z")

Range = tuple[int, int]


def windows(text: str) -> Iterator[Range]:
    """Ranges of at most ``WINDOW_CHARS``, cut at line and sentence ends, else at spaces.

    None goes over a blank line: the same paragraph makes the same windows in every mail.
    """
    start = end = 0
    for left, right in _pieces(text):
        is_full = right - start > WINDOW_CHARS or _ENDS.search(text, start, end)
        if is_full and end > start:
            if _WORTH_READING.search(text, start, end):
                yield start, end
            start = left
        end = right
    if _WORTH_READING.search(text, start, end):
        yield start, end


def _pieces(text: str) -> Iterator[Range]:
    """Lines and sentences; those that are longer than a window are cut at a space."""
    cuts = [0, *(match.end() for match in _CUT.finditer(text)), len(text)]
    for left, right in pairwise(cuts):
        start = left
        while right - start > WINDOW_CHARS:
            space = text.rfind(" ", start + WINDOW_CHARS // 2, start + WINDOW_CHARS)
            middle = space + 1 if space > 0 else start + WINDOW_CHARS
            yield start, middle
            start = middle
        yield start, right


class Sieve:
    """Tells windows that hold nothing but everyday words."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon: Final = lexicon

    def is_worth(self, text: str, window: Range, hidden: Sequence[Range] = ()) -> bool:
        """Whether a model may find something in ``window`` outside ``hidden``."""
        start, end = window
        shown = list(_outside(start, end, [*hidden, *_labels(text, start, end)]))
        if sum(len(_DIGIT.findall(text, left, right)) for left, right in shown) >= _LEAST_DIGITS:
            return True
        is_cased = _CAPITAL.search(text, start, end) is not None
        return any(
            self._counts(text, word, is_cased=is_cased)
            for left, right in shown
            for word in _WORD.finditer(text, left, right)
        )

    def _counts(self, text: str, match: re.Match[str], *, is_cased: bool) -> bool:
        word = match[0]
        if word.isdigit():
            return False
        folded = fold(word)
        if folded in COMMON_WORDS or folded in ROLE_WORDS:
            return False
        if any(char.isdigit() for char in word):
            return not is_everyday(word)
        if is_coined(word):
            return True
        familiarity = self._lexicon.familiarity(word)
        if familiarity is Familiarity.EVERYDAY:
            before = text[max(0, match.start() - 10) : match.start()]
            return not (word.islower() or _BEGINS.search(before))
        return not (familiarity is Familiarity.NAMESAKE and word.islower() and is_cased)


def _labels(text: str, start: int, end: int) -> Iterator[Range]:
    return (match.span() for match in OWN_OUTPUT.finditer(text, start, end))


def _outside(start: int, end: int, hidden: Sequence[Range]) -> Iterator[Range]:
    """The parts of ``[start, end)`` that none of ``hidden`` covers."""
    for left, right in sorted(hidden):
        if right <= start or left >= end:
            continue
        if left > start:
            yield start, left
        start = max(start, right)
    if start < end:
        yield start, end
