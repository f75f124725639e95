"""The seventh book for tuning: harmless numbers, appointments and phrases beside a few names."""

from bench.leak.book import Book
from bench.leak.books.seventh import (
    templates_brief,
    templates_facts,
    templates_home,
    templates_lands,
    templates_trade,
    words,
)
from bench.leak.books.seventh.slots import SLOTS

BOOK = Book(
    name="seventh",
    words=words,
    templates=(
        *templates_home.TEMPLATES,
        *templates_trade.TEMPLATES,
        *templates_lands.TEMPLATES,
        *templates_brief.TEMPLATES,
        *templates_facts.TEMPLATES,
    ),
    slots=SLOTS,
)
