"""The seventh book for tuning: harmless numbers, appointments and phrases beside a few names."""

from bench.leak.book import Book
from bench.leak.books.seventh import templates_home, templates_trade, words
from bench.leak.books.seventh.slots import SLOTS

BOOK = Book(
    name="seventh",
    words=words,
    templates=(
        *templates_home.TEMPLATES,
        *templates_trade.TEMPLATES,
    ),
    slots=SLOTS,
)
