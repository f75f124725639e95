"""The third book, for measuring only: nobody who writes a rule reads it."""

from bench.leak.book import Book
from bench.leak.books.third import (
    slots,
    templates_a,
    templates_b,
    templates_c,
    templates_d,
    templates_e,
    templates_f,
    templates_g,
    templates_h,
    templates_i,
    templates_j,
    templates_k,
    words,
)

_PAGES = (
    templates_a,
    templates_b,
    templates_c,
    templates_d,
    templates_e,
    templates_f,
    templates_g,
    templates_h,
    templates_i,
    templates_j,
    templates_k,
)
BOOK = Book(
    name="third",
    words=words,
    templates=tuple(row for page in _PAGES for row in page.TEMPLATES),
    slots=slots.SLOTS,
)
