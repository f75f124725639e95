"""Names by their shape: initials before a surname, and words that no dictionary has.

In:  text.
Out: persons; with ``HINT``, words that are a name only beside another part of one.
SECURITY: every pattern is bounded.
FAILS: never.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rufgate.recognize.lexicon import Familiarity, Lexicon
from rufgate.recognize.recognizers.rules import Found, OwnRecognizer
from rufgate.sanitize.spans import Entity
from rufgate.sanitize.words import COMMON_WORDS, NAMES_TOO, ROLE_WORDS

HINT: Final = "name_hint"
_SHAPE: Final = "initials"
_SCORE: Final = 0.6
_CAPITAL = r"(?:(?:Mac|Mc|O['’]|D['’]|L['’]|Fitz)?[^\W\d_a-zß-öø-ÿ][^\W\d_]{1,30})"
_INITIALS = re.compile(
    rf"(?<![\w.&])(?P<i>(?:[A-ZÀ-Þ]\.[ -]?){{1,3}})(?P<n>{_CAPITAL}(?:-{_CAPITAL})?)(?!\w)"
)
_SURNAME_FIRST = re.compile(
    rf"(?<![\w.&-])(?P<n>{_CAPITAL}(?:-{_CAPITAL})?),?[ ]"
    r"(?P<i>(?:[A-ZÀ-Þ]\.[ -]?){1,3})(?=[^\w]|\Z)"
)
_TWO = re.compile(
    rf"(?<![\w@./\\-])(?P<first>{_CAPITAL})[ ](?P<last>{_CAPITAL}(?:-{_CAPITAL})?)"
    r"(?![\w@-])(?!\.\w)"
)
_CAPITAL_BEFORE = re.compile(r"[^\W\d_a-zß-öø-ÿ][\w'’&-]{0,30}[ ]\Z")
_CAPITAL_AFTER = re.compile(r"[ ](?:(?:and|&|of|for|in|the|to)[ ])?[^\W\d_a-zß-öø-ÿ]")
_NO_INITIALS = re.compile(
    r"(?:U\.?S|U\.?K|E\.?U|U\.?N|D\.?C|P\.?S|N\.?B|P\.?O|Q\.?A|E\.?G|I\.?E)\b"
)
_WORD = re.compile(rf"(?<![\w@./\\-]){_CAPITAL}(?:['’-][^\W\d_]{{1,30}}){{0,2}}(?![\w@])(?!\.\w)")
_WEEKDAYS: Final = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday
    """.split()  # noqa: SIM905 - a list of words reads better as text
)
_CALENDAR: Final = _WEEKDAYS | frozenset(
    """
    january february march april may june july august september october november december today
    tomorrow christmas easter
    """.split()  # noqa: SIM905 - a list of words reads better as text
)
_HOLIDAYS: Final = _WEEKDAYS | {"christmas", "easter", "day", "black"}


class NameShapes(OwnRecognizer):
    """Initials and hints."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon: Final = lexicon
        super().__init__(_SHAPE, [Entity.PERSON])

    def find(self, text: str) -> Iterator[Found]:
        """Persons, and under ``HINT`` what is one only beside another part of a name."""
        for start, end in (*self._with_initials(text), *self._namesakes(text)):
            yield Found(_SHAPE, Entity.PERSON, start, end, _SCORE)
        for score, start, end in self._hints(text):
            yield Found(HINT, Entity.PERSON, start, end, score)

    def _with_initials(self, text: str) -> Iterator[tuple[int, int]]:
        for pattern in (_INITIALS, _SURNAME_FIRST):
            for match in pattern.finditer(text):
                plain = match["n"].lower()
                several = match["i"].count(".") > 1
                familiarity = self._lexicon.familiarity(match["n"])
                common = plain in COMMON_WORDS and plain not in NAMES_TOO
                if _NO_INITIALS.match(match["i"]) or common or plain in ROLE_WORDS:
                    continue
                if familiarity is Familiarity.EVERYDAY:
                    continue
                if several or not familiarity.is_word or _inside_sentence(text, match.start()):
                    yield match.start(), max(match.end("n"), match.end("i"))

    def _namesakes(self, text: str) -> Iterator[tuple[int, int]]:
        """``Olive Frost``: two namesakes side by side, and no heading around them."""
        for match in _TWO.finditer(text):
            pair = match["first"].lower(), match["last"].lower()
            if _HOLIDAYS.isdisjoint(pair) and self._are_names(*pair):
                heading = _CAPITAL_AFTER.match(text, match.end()) or _CAPITAL_BEFORE.search(
                    text, max(0, match.start() - 32), match.start()
                )
                if not heading:
                    yield match.span()

    def _are_names(self, first: str, last: str) -> bool:
        """Whether one is a namesake, and the other no everyday word."""
        pair = {self._lexicon.familiarity(first), self._lexicon.familiarity(last)}
        return Familiarity.NAMESAKE in pair and Familiarity.EVERYDAY not in pair

    def _hints(self, text: str) -> Iterator[tuple[float, int, int]]:
        """Capitalised words that are neither function words nor of the calendar, with a score."""
        for match in _WORD.finditer(text):
            plain = re.sub(r"['’]s$", "", match[0].lower())
            common = plain in COMMON_WORDS and plain not in NAMES_TOO
            if not common and plain not in ROLE_WORDS and plain not in _CALENDAR:
                familiarity = self._lexicon.familiarity(match[0])
                if familiarity is not Familiarity.EVERYDAY:
                    yield (0.3 if familiarity.is_word else 0.6), *match.span()


def _inside_sentence(text: str, start: int) -> bool:
    """Whether a lower-case word stands before: ``for J. Frost``; a heading is ``A. Scope``."""
    return bool(re.search(r"[a-zß-öø-ÿ,:;][ ]{1,2}\Z", text[max(0, start - 12) : start]))
