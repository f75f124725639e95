"""The text as it will be shown, read once more: a label beside a name gives the name away.

In:  readable text and the pieces to be replaced in it.
Out: the text with plain labels in their place, and a way back: what is found in it, in places of
     the first text.
SECURITY: pure; what lies under a label is never looked at again.
FAILS: never.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rufgate.sanitize.merge import Piece
from rufgate.sanitize.spans import Entity, Span

_LEAST_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the first text that is shown: where it stands there and in the labelled text."""

    shown: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Labelled:
    """The labelled text and its stretches, in order."""

    text: str
    stretches: Sequence[Stretch]


def labelled(text: str, pieces: Sequence[Piece]) -> Labelled:
    """``text`` with a label for each piece; silent pieces leave nothing."""
    parts: list[str] = []
    stretches: list[Stretch] = []
    at = length = 0
    for piece in pieces:
        stretches.append(Stretch(length, at, piece.start))
        label = "" if piece.silent else _label(piece.entity)
        parts += (text[at : piece.start], label)
        length += piece.start - at + len(label)
        at = piece.end
    stretches.append(Stretch(length, at, len(text)))
    return Labelled("".join((*parts, text[at:])), stretches)


def placed_back(found: Labelled, spans: Iterable[Span], text: str) -> Iterator[Span]:
    """The parts of ``spans`` outside labels, in places of the first text."""
    starts = [stretch.shown for stretch in found.stretches]
    for span in spans:
        place = max(bisect_right(starts, span.start) - 1, 0)
        for stretch in found.stretches[place:]:
            if stretch.shown >= span.end:
                break
            start = max(span.start, stretch.shown) - stretch.shown + stretch.start
            end = min(span.end - stretch.shown + stretch.start, stretch.end)
            if sum(char.isalnum() for char in text[start:end]) >= _LEAST_LETTERS:
                yield replace(span, start=start, end=end)


def _label(entity: Entity) -> str:
    return f"[{entity.value} 1]" if entity is Entity.PERSON else f"[{entity.value}]"
