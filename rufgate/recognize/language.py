"""Which language a text is in, and whether a detector speaks it.

In:  readable text.
Out: an ISO 639-1 code (None where the script says enough) and whether detection covers it.
FAILS: never; too little text counts as English, which the patterns cover anyway.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from rufgate.recognize.lexicon import Lexicon

# spaCy's model reads English, Rampart's the Latin-script languages it was trained on.
COVERED: Final = frozenset({"en", "es", "fr", "de", "it", "pt", "nl"})
_TELLING_LETTERS = 60  # below this a guess is noise: a subject is a handful of words
_FOREIGN_SHARE = 0.3
_LONG = 300
_SURE = 0.9
_FUNCTION_SHARE = 0.15
_FUNCTION_WORDS = frozenset(
    """
    the a an and or of to in on at for from by with is are was were be has have had will can may
    it this that you your we our i my he she they their not no if as but please
    """.split()  # noqa: SIM905 - a list of words reads better as text
)
_WORDS = 200
_ENGLISH_SHARE = 0.5
_SOME_ENGLISH = 0.25  # enough where the identifier is not sure
_SAMPLE = 4000
_NOT_PROSE = re.compile(r"(?<!\S)[^\s@/:\d\\<>\[\]]*[@/:\d\\<>\[\]]\S*")


class LanguageGuard:
    """Holds the identifier, which takes most of a second to load."""

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self._identifier: Final = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
        self._lexicon: Final = lexicon

    def judge(self, text: str, language: str | None = None) -> tuple[str | None, bool]:
        """The language of ``text`` and whether a detector covers it.

        ``language`` is taken where ``text`` is too short to tell. Other scripts in a text of a
        covered language do not count: whatever is written in them goes (``sanitize.people``).
        """
        prose = _NOT_PROSE.sub(" ", text)[:_SAMPLE]
        letters = [char for char in prose if char.isalpha()]
        latin = [char for char in letters if is_latin(char)]
        plain = "".join(map(_latin_only, prose))
        if _foreign_share(letters, latin) > _FOREIGN_SHARE:
            is_beside = len(latin) >= _TELLING_LETTERS and self._is_english_prose(plain)
            return ("en", True) if is_beside else (None, False)
        if len(letters) < _TELLING_LETTERS:
            language = language or "en"
            return language, language in COVERED
        return self._of_latin(plain)

    def _of_latin(self, prose: str) -> tuple[str | None, bool]:
        language, probability = self._identifier.classify(prose)
        if language in COVERED:
            return str(language), True
        share = self._english_share(prose)
        if share > (_ENGLISH_SHARE if probability > _SURE else _SOME_ENGLISH):
            return "en", True
        return str(language), False

    def _english_share(self, prose: str) -> float:
        """How many of the words the English dictionary has: names can look like Gaelic."""
        words = _words(prose)
        if self._lexicon is None or not words:
            return 0.0
        return sum(self._lexicon.familiarity(word).is_word for word in words) / len(words)

    def _is_english_prose(self, prose: str) -> bool:
        """English, and not only a list of products: function words hold it together."""
        words = _words(prose)
        function = sum(word.lower() in _FUNCTION_WORDS for word in words)
        return (
            function > _FUNCTION_SHARE * len(words) and self._english_share(prose) > _ENGLISH_SHARE
        )


def _words(prose: str) -> list[str]:
    return [word.strip(".,;:!?()") for word in prose.split()[:_WORDS]]


def _foreign_share(letters: list[str], latin: list[str]) -> float:
    outside = [char for char in letters if not is_latin(char)]
    foreign = len(outside)
    if len(letters) > _LONG:  # in a short text a few ideographs are a name or two
        foreign = sum(map(_weight, outside))
    return foreign / (foreign + len(latin)) if letters else 0.0


def _weight(char: str) -> int:
    """For how many letters one stands: a price list of part numbers can be a Chinese text."""
    name = unicodedata.name(char, "")
    return 3 if name.startswith(("CJK", "HIRAGANA", "KATAKANA", "HANGUL")) else 1


def _latin_only(char: str) -> str:
    return char if not char.isalpha() or is_latin(char) else " "


def is_latin(char: str) -> bool:
    """Whether a letter belongs to the Latin script."""
    return char < "\u0250" or "LATIN" in unicodedata.name(char, "")
