"""Many spans over one text become disjoint ones: whatever any of them covered is gone.

In:  spans of several finders, overlapping in any way.
Out: ``Piece`` list in text order, without overlap; every letter and digit of each span is in one.
SECURITY: a span of which only a part is left shows nothing: an address or link cut by another span
     becomes a plain label, and a rest that touches its neighbour vanishes with it.
FAILS: never.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from rufgate.sanitize.spans import Entity, Span

MODELS: Final = frozenset({"rampart", "SpacyRecognizer"})
_ORDER: Final = (
    Entity.LOCATION, Entity.DOMAIN, Entity.PERSON, Entity.STREET, Entity.POSTCODE, Entity.VEHICLE,
    Entity.USERNAME, Entity.REFERENCE, Entity.PHONE, Entity.IP, Entity.DEVICE, Entity.BIRTH_DATE,
    Entity.DOCUMENT_ID, Entity.TAX_ID, Entity.NATIONAL_ID, Entity.HEALTH_ID, Entity.CRYPTO,
    Entity.BANK, Entity.CARD, Entity.SECRET, Entity.FILE,
    Entity.ADDRESS, Entity.LINK, Entity.DENIED,
)  # fmt: skip
_RANK: Final = {entity: place for place, entity in enumerate(_ORDER)}
WHOLE_ONLY: Final = frozenset({Entity.ADDRESS, Entity.LINK, Entity.DOMAIN})
_GAPS: Final = {
    Entity.PERSON: re.compile(r"[ .'’-]{0,3}"),
    Entity.STREET: re.compile(r"[ ,.]{0,3}"),
}
_ANY_GAP = re.compile(r"[ ./()+,-]{0,3}")
_NUMBER_GAP = re.compile(r"[ ./()+-]{0,3}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A range to replace; ``silent`` pieces leave nothing behind."""

    start: int
    end: int
    entity: Entity
    recognizer: str
    silent: bool = False


def disjoint(text: str, spans: Sequence[Span], kept: Iterable[tuple[int, int]]) -> list[Piece]:
    """``spans`` painted over each other, the surest on top; ``kept`` ranges stay as they are."""
    ordered = sorted((span for span in spans if _is_readable(text, span)), key=_sureness)
    owner: list[int] = [-1] * len(text)
    for number, span in enumerate(ordered):
        owner[span.start : span.end] = [number] * (span.end - span.start)
    for start, end in kept:
        owner[start:end] = [-1] * (end - start)
    pieces = []
    start = 0
    for number, group in groupby(owner):
        end = start + len(list(group))
        if number >= 0:
            pieces.append(_piece(text, ordered[number], start, end))
        start = end
    return _joined(text, _settled([piece for piece in pieces if piece is not None]))


def _is_readable(text: str, span: Span) -> bool:
    """Whether there is a letter or digit in it: a label for a space would hide its neighbour's."""
    return any(char.isalnum() for char in text[span.start : span.end])


def coalesced(text: str, spans: Iterable[Span]) -> list[Span]:
    """Spans of one model and kind that stand side by side as one: models answer by the token."""
    result: list[Span] = []
    for span in sorted(
        spans, key=lambda item: (item.recognizer, item.entity, item.start, item.end)
    ):
        last = result[-1] if result else None
        if last and _same(last, span) and span.start <= last.end:
            result[-1] = replace(last, end=max(last.end, span.end))
        elif last and _same(last, span) and _gap(span.entity).fullmatch(text, last.end, span.start):
            result[-1] = replace(last, end=span.end)
        else:
            result.append(span)
    return result


def _same(one: Span, other: Span) -> bool:
    return (one.entity, one.recognizer) == (other.entity, other.recognizer)


def _gap(entity: Entity) -> re.Pattern[str]:
    return _GAPS.get(entity, _NUMBER_GAP)


def _sureness(span: Span) -> tuple[bool, int, int, int]:
    return (span.recognizer not in MODELS, _RANK[span.entity], span.end - span.start, -span.start)


def _piece(text: str, span: Span, start: int, end: int) -> Piece | None:
    """The part ``[start, end)`` of ``span``; None if nothing readable is in it."""
    if (start, end) == (span.start, span.end):
        return Piece(start=start, end=end, entity=span.entity, recognizer=span.recognizer)
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    if start == end:
        return None
    entity = Entity.DENIED if span.entity in WHOLE_ONLY else span.entity
    silent = end - start <= 2 and not text[start:end].isalpha()
    return Piece(start=start, end=end, entity=entity, recognizer=span.recognizer, silent=silent)


def _settled(pieces: list[Piece]) -> list[Piece]:
    """A piece that touches the one before, and is of another kind, adds no label of its own."""
    result: list[Piece] = []
    for piece in pieces:
        touches = bool(result) and result[-1].end == piece.start
        if touches and piece.entity is not Entity.ADDRESS and result[-1].entity not in WHOLE_ONLY:
            piece = replace(piece, silent=True)  # noqa: PLW2901 - the changed copy takes its place
        result.append(piece)
    return result


def _joined(text: str, pieces: list[Piece]) -> list[Piece]:
    """Neighbours with one label become one."""
    result: list[Piece] = []
    for piece in pieces:
        last = result[-1] if result else None
        if (
            last
            and last.entity is piece.entity
            and piece.entity not in WHOLE_ONLY
            and not (last.silent or piece.silent)
            and _GAPS.get(piece.entity, _ANY_GAP).fullmatch(text, last.end, piece.start)
        ):
            result[-1] = replace(last, end=piece.end)
        else:
            result.append(piece)
    return result
