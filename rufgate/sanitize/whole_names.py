"""A name that was found in part is taken whole: the surname beside a first name, and the reverse.

In:  readable text, the spans found in it, hints: words that may belong to a name beside them.
Out: further spans of persons.
SECURITY: every pattern is bounded; the search ends, since each step covers a hint more.
FAILS: never.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from rufgate.sanitize.spans import Entity, Span

_PARTICLES = (
    r"(?:(?:van|von|vom|zu|zum|zur|und|de|der|den|del|della|di|da|do|dos|das|du|la|le|el|al|bin|ibn"
    r"|ben|bint|ap|ab|af|av|ter|ten|mac|mc|ní|nic|ó|o|st\.?|y|e|i)[ ]){0,3}"
)
_BETWEEN: Final = re.compile(
    rf"[ ]{{1,2}}{_PARTICLES}[\"'“”‘’(]?|[\"'“”‘’)][ ]{{1,2}}{_PARTICLES}|[-–]|[’']",
    re.IGNORECASE,
)
_NEAR: Final = 24
_STRONG: Final = 0.5  # a hint of less is an everyday word: a surname beside one first name only


def whole_names(text: str, spans: Sequence[Span], hints: Sequence[Span]) -> Iterator[Span]:
    """The hints that stand beside a person, or beside another hint that does."""
    people = [span for span in spans if span.entity is Entity.PERSON]
    waiting = [hint for hint in hints if not _is_inside(hint, people)]
    while waiting:
        found = [hint for hint in waiting if any(_joins(text, hint, span) for span in people)]
        if not found:
            return
        yield from found
        people = found
        waiting = [hint for hint in waiting if hint not in found]


def _is_inside(hint: Span, people: Sequence[Span]) -> bool:
    return any(span.start <= hint.start and hint.end <= span.end for span in people)


def _joins(text: str, hint: Span, person: Span) -> bool:
    if hint.score < _STRONG and " " in text[person.start : person.end]:
        return False
    left, right = (person, hint) if person.end <= hint.start else (hint, person)
    near = 0 < right.start - left.end <= _NEAR
    return near and bool(_BETWEEN.fullmatch(text, left.end, right.start))
