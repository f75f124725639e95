"""Codes that nobody explained: a run of letters and digits that is nothing everyday is somebody's.

In:  text.
Out: references. What a keeper calls a person by has no form that can be listed: rent accounts,
     membership numbers, device names, passwords. So the everyday forms are listed instead (prices,
     times, dates, versions, units, ``COVID-19``, ``RFC 5322``), and every other code goes.
SECURITY: one pass; every repeat is bounded.
FAILS: never.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rufgate.recognize.lexicon import Familiarity, Lexicon
from rufgate.recognize.recognizers.everyday import counted, is_everyday, names_a_thing
from rufgate.recognize.recognizers.rules import Found, OwnRecognizer
from rufgate.sanitize.spans import Entity

_I = re.IGNORECASE
_NAME: Final = "code"
_SCORE: Final = 0.8
_TOKEN = re.compile(
    r"(?<![\w@./\\&+-])(?:[A-Z]{1,4}[ ])?"
    r"(?=[^\s\d]{0,40}\d)[^\W_](?:[\w]|[-/._#*$!%&+^~\\]{1,2}(?=[^\W_])){2,60}[*!$#]?(?![\w@])"
)
_SPACED = re.compile(
    r"(?<![\w./-])(?:[A-Z]{1,3}(?:[ -]\d{2,4}){2,4}"
    r"|[A-ZÄÖÜ]{1,3}-[A-ZÄÖÜ]{1,2} \d{1,4}"  # a German plate, and others of its kind
    r"|(?P<letters>[A-Z]{3})[ -]\d{3,4}|[A-Z]\d{3}[A-Z] [A-Z]{3}"
    r"|\d{4} (?P<tail>[B-DF-HJ-NP-TV-Z]{3}))"
    r"(?!\w|[./-]\w|[ -]\d)"
)
_WORD_AND_NUMBER = re.compile(r"([^\W\d_]{2,20})[-_/ ]?(?:\d{1,3}|(?:19|20)\d{2})([^\W\d_]{0,3})")
_NUMBER_AND_WORD = re.compile(
    r"(?:\d{1,3}|(?:19|20)\d{2})[-/]([^\W\d_]{2,20}(?:-[^\W\d_]{2,20}){0,2})"
)
_ACRONYMS = frozenset(
    """
    RFC ISO IEC NHS BBC BMW EUR GBP USD CHF AUD CAD INR JPY SEK NOK DKK PLN CVE CWE PEP SSL TLS HTTP
    GDPR ICO GPS USB PIN FAX TEL MOB EXT REF QTY VAT SKU ISBN CSS PHP SQL XML API URL IOS MAC RAM
    SSD DPI FAQ PDF SMS MMS CET GMT BST UTC EST PST HRS MIN MAX AVG SUM TOP DAY JAN FEB MAR APR JUN
    JUL AUG SEP OCT NOV DEC MON TUE WED THU FRI SAT SUN
    """.split()  # noqa: SIM905 - a list of words reads better as text
)


class CodeRecognizer(OwnRecognizer):
    """Codes that are no everyday form."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon: Final = lexicon
        super().__init__(_NAME, [Entity.REFERENCE])

    def find(self, text: str) -> Iterator[Found]:
        """Every code, as a reference."""
        for start, end in self._codes(text):
            yield Found(_NAME, Entity.REFERENCE, start, end, _SCORE)

    def _codes(self, text: str) -> Iterator[tuple[int, int]]:
        for match in _TOKEN.finditer(text):
            if not self._is_code(match[0]) or names_a_thing(text, match.start()):
                continue
            if match[0].isdigit() and self._is_counted(text, match.end()):
                continue
            yield match.span()
        for match in _SPACED.finditer(text):
            letters = match["letters"] or match["tail"]
            unknown = letters is None or self._is_unknown(letters)
            if unknown and not names_a_thing(text, match.start()):
                yield match.span()

    def _is_unknown(self, letters: str) -> bool:
        return (
            letters not in _ACRONYMS and self._lexicon.familiarity(letters) is Familiarity.UNKNOWN
        )

    def _is_code(self, token: str) -> bool:
        code = token.rpartition(" ")[2]
        if is_everyday(code) or is_everyday(token):
            return False
        count = sum(char.isdigit() for char in code)
        if not any(char.isalpha() for char in code):
            return count >= 5
        few = 1 if code.isupper() and len(code) >= 6 else 2  # booking codes: letters and a digit
        return count >= few and not self._is_familiar(code)

    def _is_counted(self, text: str, end: int) -> bool:
        """``17808 kWh``, ``25000 visitors``: a lower-case content word comes after the number."""
        word = counted(text, end)
        return word is not None and (not word.islower() or self._lexicon.familiarity(word).is_word)

    def _is_familiar(self, code: str) -> bool:
        """``Covid-19``, ``base64``, ``post-2020``, ``12-month``: an everyday word and a number."""
        match = _WORD_AND_NUMBER.fullmatch(code) or _NUMBER_AND_WORD.fullmatch(code)
        if not match:
            return False
        if self._lexicon.familiarity(match[1]).is_word:
            return True
        return match[1].isupper() and len(match[1]) <= 4 and len(code) <= 7
