"""Telephone numbers, in figures, in words, and in both.

In:  text.
Out: rules.
SECURITY: every repeat is bounded.
FAILS: never.
"""

from __future__ import annotations

import re
from typing import Final

from rufgate.recognize.recognizers.checks import digits
from rufgate.recognize.recognizers.rules import Rule
from rufgate.sanitize.spans import Entity

_I = re.IGNORECASE
_PART = r"(?:0?[1-9]|[12]\d|3[01])"
_DATE = re.compile(
    rf"(?<!\d)(?<!\d[./-]){_PART}[./-]{_PART}[./-](?:\d{{4}}|\d{{2}})(?![./-]?\d)"
    r"|\d{4}-\d{2}-\d{2}"
)
_GAP = r"[ .()/\u00a0\n-]{0,3}"
_EXTENSION = r"(?:\s?(?:ext(?:ension|n)?|x|dw|poste)\.?:?\s?\d{1,5})?"
_CALL = (
    r"(?:tel(?:ephone|efon|efono|éfono|efoon)?|phone|ph|mobile|mob|cell(?:phone)?|call|ring|text"
    r"|sms|fax|whatsapp"
    r"|signal|landline|handy|portable|m[óo]vil|cellulare|dial|reach (?:me|us|him|her)|on|at|t|m|f"
    r"|p|w|h)"
)
_WORDS: Final = {
    1: (
        *("zero", "oh", "o", "nought", "naught", "nil", "one", "two", "three", "four", "five"),
        *("six", "seven", "eight", "nine", "null", "eins", "zwei", "zwo", "drei", "vier", "fünf"),
        *("sechs", "sieben", "acht", "neun", "zéro", "un", "deux", "trois", "quatre", "cinq"),
        *("sept", "huit", "neuf", "cero", "uno", "dos", "tres", "cuatro", "cinco", "seis"),
        *("siete", "ocho", "nueve", "due", "tre", "quattro", "cinque", "sei", "sette", "otto"),
        *("nove", "um", "dois", "três", "quatro", "sete", "oito", "nul", "een", "twee", "drie"),
        *("vijf", "zes", "zeven", "negen", "plus"),
    ),
    2: (
        *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
        *("eighteen", "nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy"),
        *("eighty", "ninety", "hundred", "dix", "onze", "douze", "treize", "quatorze", "quinze"),
        *("seize", "vingt", "trente", "quarante", "cinquante", "soixante"),
    ),
    3: ("thousand",),
}
_LENGTH: Final = {word: length for length, words in _WORDS.items() for word in words}
_MANY: Final = {
    "double": 2,
    "dbl": 2,
    "doppel": 2,
    "doble": 2,
    "dubbel": 2,
    "triple": 3,
    "treble": 3,
}
_SPOKEN = "(?:" + "|".join(sorted((*_LENGTH, *_MANY), key=len, reverse=True)) + ")"
_TENS = frozenset(word for word in _WORDS[2] if word.endswith(("ty", "te", "gt")))
_TOKEN = re.compile(r"[^\W\d_]+|\d+")


def _is_phone(value: str) -> bool:
    return 9 <= len(digits(value)) <= 15 and not _DATE.search(value)


def _is_short_phone(value: str) -> bool:
    return 6 <= len(digits(value)) <= 15 and not _DATE.search(value)


def _is_spoken(value: str) -> bool:
    """Whether nine digits or more come of it, two of them words; or seven, all but words."""
    count, times, words = 0, 1, 0
    before = ""
    for token in _TOKEN.findall(value.lower()):
        if token in _MANY:
            times = _MANY[token]
            words += 1
            continue
        length = len(token) if token.isdigit() else _LENGTH.get(token, 0)
        if before in _TENS and length == 1 and not token.isdigit():
            length = 0  # "forty-five" is two digits
        count += length * times
        times = 1
        words += not token.isdigit()
        before = token
    return (count >= 9 and words >= 2) or (count >= 7 and words >= 7)


PHONE_RULES = (
    Rule(
        "phone_international",
        Entity.PHONE,
        re.compile(
            rf"(?<![\w+])(?:\+|00|\(\+){_GAP}[1-9](?:(?!\s?\(?24/7){_GAP}\d){{7,1"
            rf"4}}(?!\d){_EXTENSION}"
        ),
        _is_phone,
    ),
    Rule(
        "phone_national",
        Entity.PHONE,
        re.compile(
            rf"(?<![\w.+:£$€/-])(?<!\d,)\(?0\d{{1,5}}\)?(?:{_GAP}\d){{5,9}}(?!\d){_EXTENSION}"
        ),
        _is_phone,
    ),
    Rule(
        "phone_american",
        Entity.PHONE,
        re.compile(
            r"(?<![\w.+-])(?:1[ .-])?\(?[2-9]\d{2}\)?[ .-]{1,2}\d{3}[ .-]\d{4}(?![\w-])"
            rf"{_EXTENSION}|(?<![\w.+-])555-01\d\d(?![\w-])"
        ),
    ),
    Rule(
        "phone_vanity",
        Entity.PHONE,
        re.compile(
            r"(?<![\w.+-])(?:1[ .-])?\(?8(?:00|88|77|66|55|44|33)\)?[ .-](?=[0-9-]{0,8}[A-Z])"
            r"[A-Z0-9]{2,10}(?:-[A-Z0-9]{2,8}){0,2}(?![\w-])"
        ),
        lambda value: sum(char.isalnum() for char in value) >= 10,
    ),
    Rule(
        "phone_without_plus",
        Entity.PHONE,
        re.compile(
            r"(?<![\w.+,:£$€/-])(?:44|353|49|33|34|39|31|351|32|48|41|43|45|46|47|61|91)"
            r"(?:[ .-]\(?\d{1,5}\)?){2,5}(?![\w/-]|[.,]\d)"
        ),
        lambda value: 10 <= len(digits(value)) <= 13 and not _DATE.search(value),
    ),
    Rule(
        "phone_context",
        Entity.PHONE,
        re.compile(
            rf"\b{_CALL}\b(?:\s(?:number|no|nr|is|me|us|on"
            rf"|at)\b){{0,3}}\.?[ :=-]{{0,3}}"
            rf"(?P<v>[+(]{{0,2}}\d(?:(?!\s?\(?24/7)[ .()/-]{{0,2}}\d){{6,14}})(?!\d)",
            _I,
        ),
        _is_short_phone,
    ),
    Rule(
        "phone_label",
        Entity.PHONE,
        re.compile(
            r"\b(?:tel|phone|mobile|mob|fax|landline|extension|extn?|durchwahl|poste|toestel"
            r"|interno)\b"
            r"\.?(?:\s(?:number|no|nr|is)\b){0,2}\.?\s?[:#]?\s?(?P<v>\d(?:[ -]?\d){2,11})(?!\d)",
            _I,
        ),
    ),
    Rule(
        "phone_label_after",
        Entity.PHONE,
        re.compile(
            r"(?<![\w.,£$€/-])(?P<v>[+(]?\d(?:[ .()/-]{0,2}\d){6,14})\s?[-–(,]?\s?(?:office"
            r"|mobile|mob|cell"
            r"|fax|home|desk|work|direct|landline|tel|phone|handy|portable)(?![^\W"
            r"_])(?!\s(?:hours|staff))",
            _I,
        ),
        _is_short_phone,
    ),
    Rule(
        "phone_link",
        Entity.PHONE,
        re.compile(r"\b(?:tel|sms|callto|fax):(?://)?(?P<v>\+?[\d().-]{5,22}\d)", _I),
    ),
    Rule(
        "phone_letters",
        Entity.PHONE,
        re.compile(r"(?<![\w.+-])(?=[\dO -]{2,12}o)[0O]\d(?:[ -]?[\dO]){8,9}(?!\w)", _I),
        lambda value: len(digits(value)) >= 5,
    ),
    Rule(
        "phone_spoken",
        Entity.PHONE,
        re.compile(
            rf"(?<![\w.-])(?:\+\s?|\()?(?:{_SPOKEN}|\d{{1,6}})\)?"
            rf"(?:[ ,.–-]{{1,3}}(?:and\s)?(?:{_SPOKEN}|\d{{1,6}})){{4,24}}(?![\w-])",
            _I,
        ),
        _is_spoken,
    ),
)
