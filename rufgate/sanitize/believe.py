"""What recognizers say is checked against plain sense before it is believed.

In:  a recognizer's spans over readable text.
Out: the same, joined where a model answered by the token, widened to whole words, without those
     that are plain words, prices, times, or numbers of things.
SECURITY: only what a *model* guessed can be turned down here; a rule's finding stands.
FAILS: never.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from rufgate.sanitize.known_names import KnownNames, fold
from rufgate.sanitize.merge import MODELS, coalesced
from rufgate.sanitize.repeats import occurrences
from rufgate.sanitize.spans import Entity, Span
from rufgate.sanitize.text_structure import OWN_OUTPUT
from rufgate.sanitize.words import COMMON_WORDS, ROLE_WORDS

_WORDED: Final = frozenset({Entity.PERSON, Entity.LOCATION, Entity.STREET, Entity.USERNAME})
_NEVER_ALLOWED: Final = frozenset({Entity.ADDRESS, Entity.LINK, Entity.DENIED})
_DOUBTED: Final = MODELS | {"known_names"}
_WORD = re.compile(r"[^\W\d_]+")
_HARMLESS_BEFORE = re.compile(
    r"(?:\b(?:order|invoice|parcel|tracking|shipment|ticket|item|sku|room|rooms|version|build|qty"
    r"|quantity|total|price"
    r"|amount|page|chapter|table|platform|gate|seat|flight|train|bus|model|part|product|article"
    r"|section|step|level|size"
    r"|reading|meter|stand|flow|count|score|total|mileage|serial|tool|client"
    r"|receipt|po|purchase order|delivery|consignment|batch|lot|issue|bug|case study|week|year|at"
    r"|by|until|from|before|after"
    r"|between|kunde)\b[^\n.!?]{0,20}|[£$€#]\s?[\d,.]*|[:/-])\Z",
    re.IGNORECASE,
)
_HARMLESS_AFTER = re.compile(
    r"\s{0,2}(?:[£$€%]|(?:st|nd|rd|th)?\b\s?(?:am|pm|uhr|hrs?|hours?|minutes?|mins?|days?|weeks?"
    r"|months?|years?|people|persons|guests"
    r"|items?|pieces|copies|pages|rooms?|kg|km|cm|mm|ml|gb|mb|euros?|pounds?|dollars?|eur|gbp|usd"
    r"|per\s?cent|percent|points?|units?"
    r"|seats?|tickets?|x)\b)",
    re.IGNORECASE,
)
_LEADING_WORDS = re.compile(r"(?:[^\W\d]{2,}[ :.#-]{1,3})+(?=\S*\d)")
_HOUSE_NUMBER = re.compile(r"(?<![\w.,£$€:/-])\d{1,5}[A-Za-z]?,? \Z")
_DATE_OR_TIME = re.compile(
    r"\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?|\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?|\d{4}-\d{2}-\d{2}"
    r"|(?:19|20)\d{2}|[\d,.]{1,12}\.\d{2}"
)
_PLACE_AFTER = re.compile(r",?[ ]{1,2}[^\W\d_a-zß-öø-ÿ][^\W\d_]")
_PLACE_BEFORE = re.compile(
    r"(?:(?<![.!?] )(?<![.!?]\n)\b[^\W\d_a-zß-öø-ÿ][\w'’.-]{1,20})[,.]?\s{1,2}\Z"
)
_FIGURE = re.compile(
    r"(?<![\w.,:/-])(?:[£$€]\s?)?\d{1,3}(?:,?\d{3}){0,3}\.\d{2}(?![\w:/-]|[.,]\d)"  # a price
    r"|(?<![\w.,/-])(?:[£$€]\s?|(?:EUR|GBP|USD|CHF)\s)\d[\d.,]{0,12}"
    r"|(?<![\w.,:/-])\d{1,6}(?:[.,]\d{1,2})?\s?(?:%|€|kr\b|kWh\b|EUR\b|GBP\b|USD\b)"
    r"|(?<![\w.,:/-])\d{1,3}(?:[.,]\d{3}){1,3}(?![\w:/-]|[.,]\d)"
    r"|(?<![\w.,:/-])\d{1,2}:\d{2}(?::\d{2})?(?:[–-]\d{1,2}:\d{2})?(?![\w:/-]|[.,]\d)"  # times
)


def believable(
    text: str, spans: Sequence[Span], known: KnownNames, allowed: Sequence[str]
) -> Iterator[Span]:
    """The spans that stand."""
    sure = [span for span in spans if span.recognizer not in MODELS]
    guessed = _without_figures(text, [span for span in spans if span.recognizer in MODELS])
    yield from sure
    plain_words = known.exempt | {fold(word) for phrase in allowed for word in phrase.split()}
    joined = coalesced(text, guessed)
    places = {span.end for span in joined if span.entity in (Entity.STREET, Entity.LOCATION)}
    for span in map(partial(_without_words, text), joined):
        ends_address = any(0 < span.start - end <= 4 for end in places)
        if ends_address or not _is_harmless(text, span, plain_words):
            yield _whole_words(text, span)


def believed_beside(text: str, spans: Iterable[Span], exempt: frozenset[str]) -> Iterator[Span]:
    """``spans`` without guesses that are words of domains which the report shows anyway."""
    for span in spans:
        if span.recognizer in _DOUBTED and span.entity in _WORDED:
            words = [fold(word) for word in _WORD.findall(text, span.start, span.end)]
            if words and not exempt.isdisjoint(words) and _are_plain(words, exempt):
                continue
        yield span


def _without_figures(text: str, spans: Sequence[Span]) -> list[Span]:
    """Models answer by the word; what they say of prices and times is dropped before it joins."""
    figures = [match.span() for match in _FIGURE.finditer(text)]
    starts = [start for start, _ in figures]
    return [span for span in spans if not _lies_in(span, figures, starts)]


def _lies_in(span: Span, ranges: Sequence[tuple[int, int]], starts: Sequence[int]) -> bool:
    place = bisect_right(starts, span.start) - 1
    return place >= 0 and span.end <= ranges[place][1]


def protected(
    text: str, spans: Iterable[Span], allowed: Sequence[str]
) -> Iterator[tuple[int, int]]:
    """Ranges that stay: our own labels and tokens, and allowed phrases outside addresses."""
    fixed = [(span.start, span.end) for span in spans if span.entity in _NEVER_ALLOWED]
    for match in OWN_OUTPUT.finditer(text):
        yield match.span()
    for phrase in allowed:
        for start, end in occurrences(text, phrase, ignore_case=True):
            if not any(left < end and start < right for left, right in fixed):
                yield start, end


def _without_words(text: str, span: Span) -> Span:
    """A guessed number without the words before it: ``The parcel 1234`` is ``1234``."""
    value = text[span.start : span.end]
    if span.entity in _WORDED or not any(char.isdigit() for char in value):
        return span
    lead = _LEADING_WORDS.match(value)
    return replace(span, start=span.start + lead.end()) if lead else span


def _is_harmless(text: str, span: Span, plain_words: Iterable[str]) -> bool:
    value = text[span.start : span.end]
    words = [fold(word) for word in _WORD.findall(value)]
    has_digit = any(char.isdigit() for char in value)
    if not words and not has_digit:
        return True
    if span.entity is Entity.STREET and has_digit and max(map(len, words), default=0) < 3:
        return True  # "210 x 87 cm": of a street a word is left
    if span.entity in _WORDED and words:
        return _are_plain(words, plain_words)
    if has_digit and (not words or span.entity not in _WORDED):
        return _is_number_of_a_thing(text, span, value)
    return False


def _are_plain(words: list[str], plain_words: Iterable[str]) -> bool:
    """Whether every word is an everyday one: ``Invoice Summary`` is nobody's name."""
    return all(word in COMMON_WORDS or word in ROLE_WORDS or word in plain_words for word in words)


def _is_number_of_a_thing(text: str, span: Span, value: str) -> bool:
    count = sum(char.isdigit() for char in value)
    if span.entity is Entity.STREET or count < 4 or _DATE_OR_TIME.fullmatch(value):
        return True
    if span.entity is Entity.POSTCODE and value.isdigit() and not _is_beside_a_place(text, span):
        return True
    before = text[max(0, span.start - 32) : span.start]
    return bool(_HARMLESS_BEFORE.search(before) or _HARMLESS_AFTER.match(text, span.end))


def _is_beside_a_place(text: str, span: Span) -> bool:
    """``24103 Kiel``, ``Springfield, IL 62704``: a capital stands beside a postcode of digits."""
    before = text[max(0, span.start - 24) : span.start]
    return bool(_PLACE_AFTER.match(text, span.end) or _PLACE_BEFORE.search(before))


def _whole_words(text: str, span: Span) -> Span:
    """A guess that ends inside a word is widened; a possessive ending stays outside."""
    if span.entity not in _WORDED:
        return span
    start, end = span.start, span.end
    number = _HOUSE_NUMBER.search(text[max(0, start - 8) : start])
    if span.entity is Entity.STREET and number:
        start -= len(number[0])
    while start > 0 and (text[start - 1].isalnum() or _is_inner(text, start - 1)):
        start -= 1
    while end < len(text) and (text[end].isalnum() or _is_inner(text, end)):
        end += 1
    if text[start:end].endswith(("'s", "’s")) and span.end <= end - 2:
        end -= 2
    return replace(span, start=start, end=end)


def _is_inner(text: str, place: int) -> bool:
    """A hyphen or an apostrophe between letters."""
    around = text[max(place - 1, 0) : place] + text[place + 1 : place + 2]
    return text[place] in "-'’" and len(around) == 2 and around.isalpha()
