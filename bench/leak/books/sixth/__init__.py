"""The sixth book for tuning: hard cases, and harmless text that looks personal."""

from bench.leak.book import Book
from bench.leak.books.sixth import (
    templates_abroad,
    templates_calm,
    templates_data,
    templates_last,
    templates_more,
    templates_notices,
    templates_odd,
    templates_prose,
    words,
)
from bench.leak.books.sixth.slots import SLOTS

BOOK = Book(
    name="sixth",
    words=words,
    templates=(
        *templates_prose.TEMPLATES,
        *templates_data.TEMPLATES,
        *templates_abroad.TEMPLATES,
        *templates_notices.TEMPLATES,
        *templates_more.TEMPLATES,
        *templates_odd.TEMPLATES,
        *templates_last.TEMPLATES,
        *templates_calm.TEMPLATES,
    ),
    slots=SLOTS,
)
