"""A message is held once; a large one is read where it lies, and as any other."""

from __future__ import annotations

import mmap
from datetime import UTC, datetime

import pytest

from rufgate.receive.content import Content
from rufgate.sanitize.parse import parse
from rufgate.sanitize.parsed import ParsedReport
from rufgate.sanitize.policy import Limits
from rufgate.sanitize.raw import RawMessage
from tests import reports

LINE = b"x" * 59 + b"\n"


def test_what_was_added_is_taken_once():
    content = Content()
    for _ in range(100):
        content.add(LINE)
    assert content.held == 6000
    received = content.take(6100)
    assert (bytes(received.text), received.size, content.held) == (LINE * 100, 6100, 0)
    assert received.crlf() == LINE.replace(b"\n", b"\r\n") * 100


def test_what_is_dropped_is_gone_and_more_may_come():
    content = Content()
    content.add(LINE)
    content.drop()
    assert content.held == 0
    content.add(b"more\n")
    assert content.take(6).text == b"more\n"


def in_pages(wire: bytes) -> RawMessage:
    """As a worker gets a large one."""
    text = wire.replace(b"\r\n", b"\n")
    pages = mmap.mmap(-1, len(text), flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    pages[:] = text
    return RawMessage(pages, received_at=datetime(2026, 3, 1, tzinfo=UTC), size=len(wire))


@pytest.mark.parametrize("before", [b"", b"\r\n \r\n", b"\xef\xbb\xbf", b"From somebody\r\n"])
def test_it_is_read_as_any_other(before):
    wire = before + reports.report()
    plain = RawMessage(wire, received_at=datetime(2026, 3, 1, tzinfo=UTC))
    ours, theirs = parse(in_pages(wire), Limits()), parse(plain, Limits())
    assert isinstance(ours, ParsedReport)
    assert ours == theirs
    assert len(in_pages(wire)) == len(plain)


def test_what_passes_a_limit_is_the_same_row():
    wire = b"\r\n" + reports.report()
    plain = RawMessage(wire, received_at=datetime(2026, 3, 1, tzinfo=UTC))
    tight = Limits(parts=1)
    assert parse(in_pages(wire), tight) == parse(plain, tight)
