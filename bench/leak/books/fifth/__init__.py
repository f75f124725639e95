"""The fifth book for tuning: mail of many senders and countries, with numbers in their shapes."""

from bench.leak.book import Book
from bench.leak.books.fifth import (
    slots,
    templates_care,
    templates_form,
    templates_fraud,
    templates_misc,
    templates_private,
    templates_public,
    templates_script,
    templates_thread,
    templates_trade,
    templates_work,
    templates_world,
    words,
)

BOOK = Book(
    name="fifth",
    words=words,
    templates=(
        *templates_public.TEMPLATES,
        *templates_care.TEMPLATES,
        *templates_work.TEMPLATES,
        *templates_trade.TEMPLATES,
        *templates_private.TEMPLATES,
        *templates_fraud.TEMPLATES,
        *templates_thread.TEMPLATES,
        *templates_form.TEMPLATES,
        *templates_script.TEMPLATES,
        *templates_world.TEMPLATES,
        *templates_misc.TEMPLATES,
    ),
    slots=slots.SLOTS,
)
