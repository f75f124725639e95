"""The third book, for measuring only: nobody who writes a rule reads it."""

from bench.leak.book import Book
from bench.leak.books.third import slots, templates_a, templates_b, words

BOOK = Book(
    name="third",
    words=words,
    templates=(*templates_a.TEMPLATES, *templates_b.TEMPLATES),
    slots=slots.SLOTS,
)
