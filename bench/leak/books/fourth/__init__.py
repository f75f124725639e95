"""The fourth book, for measuring only: shops, banks, travel, helpdesks, friends, everywhere."""

from bench.leak.book import Book
from bench.leak.books.fourth import (
    slots,
    templates_abroad,
    templates_daily,
    templates_forms,
    templates_it,
    templates_life,
    templates_lists,
    templates_money,
    templates_more,
    templates_shop,
    templates_spam,
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
    *templates_forms.TEMPLATES,
    *templates_abroad.TEMPLATES,
    *templates_spam.TEMPLATES,
    *templates_lists.TEMPLATES,
    *templates_life.TEMPLATES,
    *templates_more.TEMPLATES,
)
BOOK = Book(name="fourth", words=words, templates=TEMPLATES, slots=slots.SLOTS)
