"""The first book for tuning: letters, replies, tables, notices of a British public body."""

from bench.leak.book import Book
from bench.leak.books.first import templates, words

BOOK = Book(name="first", words=words, templates=templates.TEMPLATES)
