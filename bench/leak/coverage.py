"""Which characters of a text are replaced, in the places of the text as it was given.

In:  a text of which no header is known, and labels of hits that do not count.
Out: the places of covered letters and digits; None where the text is left out as a whole.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping

from bench.leak import gate, stock

Covered = frozenset[int] | None


def by_rufgate(text: str, uncounted: frozenset[str]) -> Covered:
    """What rufgate replaces; ``uncounted`` are labels of ``Entity``."""
    found = gate.findings(text)
    if found.omitted is not None:
        return None
    hits = [hit for hit in found.findings if hit.entity.value not in uncounted]
    covered = {at for hit in hits for at in range(hit.start, hit.end)}
    place = aligned(text, found.text.reveal())
    return frozenset(at for at, there in place.items() if there in covered)


def by_stock(text: str, uncounted: frozenset[str]) -> Covered:
    """What presidio as it comes replaces; ``uncounted`` are its entities."""
    hits = [hit for hit in stock.spans(text) if hit[2] not in uncounted]
    return frozenset(at for start, end, _ in hits for at in range(start, end))


def aligned(text: str, read: str) -> Mapping[int, int]:
    """Where each letter and digit of ``text`` stands in ``read``, its readable form.

    The readable form joins lines, folds compatible forms and drops invisible characters, but never
    a letter or digit, and never changes their order; so the two are walked side by side.
    """
    there = [(at, char) for at, char in enumerate(read) if char.isalnum()]
    place: dict[int, int] = {}
    following = 0
    for at, char in enumerate(text):
        for part in unicodedata.normalize("NFKC", char):
            if part.isalnum() and following < len(there) and there[following][1] == part:
                place.setdefault(at, there[following][0])
                following += 1
    return place


METHODS: Mapping[str, Callable[[str, frozenset[str]], Covered]] = {
    "rufgate": by_rufgate,
    "stock": by_stock,
}
