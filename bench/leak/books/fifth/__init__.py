"""The fifth book for tuning: mail of many senders and countries, with numbers in their shapes."""

from bench.leak.book import Book
from bench.leak.books.fifth import slots, templates_public, words

BOOK = Book(
    name="fifth",
    words=words,
    templates=(*templates_public.TEMPLATES,),
    slots=slots.SLOTS,
)
