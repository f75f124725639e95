"""The fourth book, for measuring only: shops, banks, travel, helpdesks, friends, everywhere."""

from bench.leak.book import Book
from bench.leak.books.fourth import (
    slots,
    templates_daily,
    templates_it,
    templates_money,
    templates_shop,
    templates_travel,
    templates_work,
    templates_world,
    words,
)

TEMPLATES = (
    *templates_shop.TEMPLATES,
    *templates_daily.TEMPLATES,
    *templates_money.TEMPLATES,
    *templates_travel.TEMPLATES,
    *templates_it.TEMPLATES,
    *templates_work.TEMPLATES,
    *templates_world.TEMPLATES,
)
BOOK = Book(name="fourth", words=words, templates=TEMPLATES, slots=slots.SLOTS)
