"""What was found once is found everywhere: the same name or value elsewhere in the report.

In:  readable text and the spans found in it.
Out: further spans of the same values; phrases that the operator denied.
FAILS: never.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rufgate.sanitize.known_names import fold
from rufgate.sanitize.merge import MODELS
from rufgate.sanitize.spans import Entity, Span
from rufgate.sanitize.words import COMMON_WORDS, ROLE_WORDS

_NOT_REPEATED: Final = frozenset(
    {Entity.PERSON, Entity.ADDRESS, Entity.LINK, Entity.DOMAIN, Entity.BIRTH_DATE, Entity.DENIED}
)
_MAX_VALUES = 500


def repeated_persons(text: str, spans: Iterable[Span], *, guessed: bool) -> Iterator[str]:
    """The names that models guessed, or that rules found, each once, to be searched for too."""
    names = {
        text[span.start : span.end]
        for span in spans
        if span.entity is Entity.PERSON and (span.recognizer in MODELS) is guessed
    }
    yield from sorted(names)[:_MAX_VALUES]


def repeated_values(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Each value that is long enough to be telling, wherever else it stands."""
    values: dict[str, Span] = {}
    for span in spans:
        value = text[span.start : span.end]
        if span.entity not in _NOT_REPEATED and _is_telling(value):
            values.setdefault(value, span)
    known = {(span.start, span.end) for span in spans}
    for value, span in sorted(values.items())[:_MAX_VALUES]:
        for start, end in occurrences(text, value):
            if (start, end) in known:
                continue
            yield Span(start=start, end=end, entity=span.entity, recognizer="repeat")


def phrase_spans(text: str, phrases: Iterable[str]) -> Iterator[Span]:
    """Where a denied phrase stands, in any case."""
    for phrase in phrases:
        for start, end in occurrences(text, phrase, ignore_case=True):
            yield Span(start=start, end=end, entity=Entity.DENIED, recognizer="deny_phrase")


def occurrences(text: str, value: str, *, ignore_case: bool = False) -> Iterator[tuple[int, int]]:
    """Where ``value`` stands as whole words; spaces match any white space."""
    words = value.split()
    if not words:
        return
    shape = r"(?<!\w)" + r"\s{1,3}".join(map(re.escape, words)) + r"(?!\w)"
    for match in re.finditer(shape, text, re.IGNORECASE if ignore_case else 0):
        yield match.span()


def _is_telling(value: str) -> bool:
    if len(value) < 4:
        return False
    if any(char.isdigit() for char in value):
        return len(value) >= 5
    return not all(fold(word) in COMMON_WORDS | ROLE_WORDS for word in value.split())
