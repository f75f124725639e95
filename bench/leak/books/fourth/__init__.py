"""The fourth book, for measuring only: shops, banks, travel, helpdesks, friends, everywhere."""

from bench.leak.book import Book
from bench.leak.books.fourth import (
    slots,
    templates_daily,
    templates_shop,
    words,
)

TEMPLATES = (
    *templates_shop.TEMPLATES,
    *templates_daily.TEMPLATES,
)
BOOK = Book(name="fourth", words=words, templates=TEMPLATES, slots=slots.SLOTS)
