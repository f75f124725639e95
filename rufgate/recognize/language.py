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

# spaCy's model reads English, Rampart's the Latin-script languages it was trained on.
COVERED: Final = frozenset({"en", "es", "fr", "de", "it", "pt", "nl"})
_TELLING_LETTERS = 60  # below this a guess is noise: a subject is a handful of words
_FOREIGN_SHARE = 0.3
_LONG = 300
_SAMPLE = 4000
_NOT_PROSE = re.compile(r"\S*[@/:\d\\<>\[\]]\S*")


class LanguageGuard:
    """Holds the identifier, which takes most of a second to load."""

    def __init__(self) -> None:
        self._identifier: Final = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

    def judge(self, text: str, language: str | None = None) -> tuple[str | None, bool]:
        """The language of ``text`` and whether a detector covers it.

        ``language`` is taken where ``text`` is too short to tell.
        """
        prose = _NOT_PROSE.sub(" ", text)[:_SAMPLE]
        letters = [char for char in prose if char.isalpha()]
        outside = [char for char in letters if not is_latin(char)]
        foreign, latin = len(outside), len(letters) - len(outside)
        if len(letters) > _LONG:  # in a short text a few ideographs are a name or two
            foreign = sum(map(_weight, outside))
        if foreign > _FOREIGN_SHARE * (foreign + latin):
            return None, False
        if len(letters) < _TELLING_LETTERS:
            language = language or "en"
            return language, language in COVERED
        language, probability = self._identifier.classify(prose)
        if language in COVERED:
            return str(language), True
        return (str(language), False) if probability > 0.9 else ("en", True)


def _weight(char: str) -> int:
    """For how many letters one stands: a price list of part numbers can be a Chinese text."""
    name = unicodedata.name(char, "")
    return 3 if name.startswith(("CJK", "HIRAGANA", "KATAKANA", "HANGUL")) else 1


def is_latin(char: str) -> bool:
    """Whether a letter belongs to the Latin script."""
    return char < "\u0250" or "LATIN" in unicodedata.name(char, "")
