"""A text with what is known beforehand replaced by stand-ins: the same for each copy of a campaign.

In:  readable text; spans that hide what they cover whatever else is found.
Out: ``Masked``: the text that detectors read, a key that tells it from every other, and the way
     back: spans of it in places of the first text.
SECURITY: pure. A stand-in is of the form of what it stands for, a name for a name, so that the
     models see a sentence. Nothing of what was masked is in the text or the key.
FAILS: never.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from rufgate.sanitize.spans import Entity, Span

MASKED: Final = frozenset({Entity.PERSON, Entity.ADDRESS, Entity.LINK, Entity.USERNAME})
_NAME: Final = "Margaret Ellison"
_STAND_IN: Final = {
    Entity.ADDRESS: "m.ellison@mail.example.org",
    Entity.LINK: "https://link.example.org/a",
    Entity.USERNAME: "ellison",
}
_MARK: Final = "\ue000"  # no readable text has it: ``normalize`` takes private characters away
_RANK: Final = {Entity.PERSON: 0, Entity.USERNAME: 1, Entity.ADDRESS: 2, Entity.LINK: 3}


@dataclass(frozen=True, slots=True)
class Mask:
    """A range of the first text, and the range of its stand-in."""

    start: int
    end: int
    shown: int
    shown_end: int
    entity: Entity


@dataclass(frozen=True, slots=True)
class Masked:
    """What detectors read, a key, and the masks in order."""

    text: str
    key: str
    masks: Sequence[Mask]

    @property
    def ranges(self) -> list[tuple[int, int]]:
        """Where the stand-ins are."""
        return [(mask.shown, mask.shown_end) for mask in self.masks]

    def spans(self) -> list[Span]:
        """The masks as spans of the masked text."""
        return [
            Span(start=mask.shown, end=mask.shown_end, entity=mask.entity, recognizer="known")
            for mask in self.masks
        ]

    def placed_back(self, spans: Iterable[Span]) -> Iterator[Span]:
        """``spans`` in places of the first text; those inside a stand-in say nothing new."""
        starts = [mask.shown for mask in self.masks]
        for span in spans:
            first = bisect_right(starts, span.start) - 1
            if first >= 0 and span.end <= self.masks[first].shown_end:
                continue
            start, _ = self._back(starts, span.start)
            _, end = self._back(starts, span.end - 1)
            yield replace(span, start=start, end=end)

    def splits_name(self, spans: Iterable[Span]) -> bool:
        """Whether a person among ``spans`` is called partly as somebody known is."""
        starts = [mask.shown for mask in self.masks]
        for span in spans:
            if span.entity is Entity.PERSON and self.masks:
                mask = self.masks[max(bisect_right(starts, span.end - 1) - 1, 0)]
                overlaps = mask.shown < span.end and span.start < mask.shown_end
                if overlaps and not (mask.shown <= span.start and span.end <= mask.shown_end):
                    return True
        return False

    def _back(self, starts: Sequence[int], place: int) -> tuple[int, int]:
        """The range of the first text that a character of the masked one stands for."""
        number = bisect_right(starts, place) - 1
        if number < 0:
            return place, place + 1
        mask = self.masks[number]
        if place < mask.shown_end:
            return mask.start, mask.end
        start = place - mask.shown_end + mask.end
        return start, start + 1


def masked(text: str, spans: Iterable[Span]) -> Masked:
    """``text`` with a stand-in for each range that ``spans`` of ``MASKED`` kinds cover."""
    shown: list[str] = []
    key: list[str] = []
    masks: list[Mask] = []
    at = length = 0
    for start, end, entity in _disjoint(spans):
        between, stand_in = text[at:start], _stand_in(text[start:end], entity)
        shown += (between, stand_in)
        key += (between, f"{_MARK}{_RANK[entity]}{stand_in}{_MARK}")
        length += len(between)
        masks.append(Mask(start, end, length, length + len(stand_in), entity))
        length += len(stand_in)
        at = end
    shown.append(text[at:])
    key.append(text[at:])
    return Masked("".join(shown), "".join(key), masks)


def _disjoint(spans: Iterable[Span]) -> Iterator[tuple[int, int, Entity]]:
    """Ranges without overlap, each of the surest kind that is in it."""
    start, end, entity = 0, 0, Entity.PERSON
    for span in sorted(spans, key=lambda one: (one.start, one.end)):
        if span.entity not in MASKED or span.start == span.end:
            continue
        if span.start < end:
            end = max(end, span.end)
            entity = max(entity, span.entity, key=_RANK.__getitem__)
            continue
        if end:
            yield start, end, entity
        start, end, entity = span.start, span.end, span.entity
    if end:
        yield start, end, entity


def _stand_in(value: str, entity: Entity) -> str:
    if entity is not Entity.PERSON:
        return _STAND_IN[entity]
    name = _NAME if any(char.isspace() for char in value.strip()) else _NAME.partition(" ")[0]
    if value.islower():
        return name.lower()
    return name.upper() if value.isupper() and len(value) > 1 else name
