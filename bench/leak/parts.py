"""Which books make a part.

``tune`` is for looking at. Nobody who writes a rule reads the books of ``measure``, or what leaked
from them: only their figures count, and only as long as no rule was fitted to them.
"""

from __future__ import annotations

from bench.leak.book import Book
from bench.leak.books.fifth import BOOK as FIFTH
from bench.leak.books.first import BOOK as FIRST
from bench.leak.books.fourth import BOOK as FOURTH
from bench.leak.books.second import BOOK as SECOND
from bench.leak.books.seventh import BOOK as SEVENTH
from bench.leak.books.sixth import BOOK as SIXTH
from bench.leak.books.third import BOOK as THIRD

PARTS: dict[str, tuple[Book, ...]] = {
    "tune": (FIRST, SECOND, FIFTH, SIXTH, SEVENTH),
    "measure": (
        THIRD,
        FOURTH,
    ),
}


def books(part: str) -> tuple[Book, ...]:
    """The books of a part, or the one book of that name."""
    named = {book.name: (book,) for row in PARTS.values() for book in row}
    return PARTS[part] if part in PARTS else named[part]


def names() -> list[str]:
    """What ``books`` knows."""
    return [*PARTS, *(book.name for row in PARTS.values() for book in row)]
