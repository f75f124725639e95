"""The second book for tuning: minutes, chats, tickets, employment, running text."""

from bench.leak.book import Book
from bench.leak.books.second import more_templates, templates, words

BOOK = Book(name="second", words=words, templates=templates.TEMPLATES + more_templates.TEMPLATES)
