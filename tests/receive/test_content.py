"""A large message lies in memory that a worker maps: held once, sealed, and let go of."""

from __future__ import annotations

import gc
import os
import resource
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rufgate.receive.content import SHARED_FROM, Content, Places
from rufgate.sanitize.parse import parse
from rufgate.sanitize.parsed import ParsedReport
from rufgate.sanitize.policy import Limits
from rufgate.sanitize.raw import RawMessage, SharedBytes
from tests import reports

LINE = b"x" * 59 + b"\n"


def filled(size: int) -> Content:
    content = Content()
    for _ in range(size // len(LINE)):
        content.add(LINE)
    return content


def descriptors() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def test_a_small_message_stays_in_our_own_memory():
    received = filled(10_000).take(10_170)
    assert isinstance(received.text, bytearray)
    assert received.crlf() == received.text.replace(b"\n", b"\r\n")


def test_a_large_one_is_the_same_and_can_be_mapped():
    content = filled(2 * SHARED_FROM)
    held = content.held
    received = content.take(1)
    assert isinstance(received.text, SharedBytes)
    assert bytes(received.text) == LINE * (held // len(LINE))
    assert os.fstat(received.text.fd).st_size == held


def test_nobody_can_change_it_afterwards():
    received = filled(2 * SHARED_FROM).take(1)
    with pytest.raises(PermissionError):
        os.write(received.text.fd, b"x")
    with pytest.raises(PermissionError):
        os.ftruncate(received.text.fd, 0)
    with pytest.raises(TypeError):
        received.text[0] = 1


@pytest.mark.parametrize("how", ["taken", "dropped", "left"])
def test_whatever_becomes_of_it_no_descriptor_is_left(how):
    gc.collect()
    before = descriptors()
    content = filled(2 * SHARED_FROM)
    assert descriptors() == before + 1
    received = content.take(1) if how == "taken" else None
    if how == "dropped":
        content.drop()
        content.add(b"more\n")
        assert content.held == 5
    del received, content
    assert descriptors() == before


def test_without_a_descriptor_left_it_stays_in_our_own_memory():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
    try:
        received = filled(2 * SHARED_FROM).take(1)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert isinstance(received.text, bytearray)
    assert len(received.text) == 2 * SHARED_FROM // len(LINE) * len(LINE)


def test_so_many_lie_in_shared_memory_and_no_more_until_one_is_let_go_of():
    places = Places(2)

    def one():
        content = Content(shared_from=0, places=places)
        content.add(LINE)
        return content.take(1).text

    first, second, third = one(), one(), one()
    assert [type(text) for text in (first, second, third)] == [SharedBytes, SharedBytes, bytearray]
    del first
    assert isinstance(one(), SharedBytes)
    half = Content(shared_from=0, places=places)
    half.add(LINE)
    half.drop()
    assert isinstance(one(), SharedBytes)


def in_shared_memory(wire: bytes) -> RawMessage:
    content = Content(shared_from=0)
    content.add(wire.replace(b"\r\n", b"\n"))
    received = content.take(len(wire))
    assert isinstance(received.text, SharedBytes)
    return RawMessage(
        received.text, received_at=datetime(2026, 3, 1, tzinfo=UTC), size=received.size
    )


@pytest.mark.parametrize("before", [b"", b"\r\n \r\n", b"\xef\xbb\xbf", b"From somebody\r\n"])
def test_it_is_read_as_any_other(before):
    wire = before + reports.report()
    plain = RawMessage(wire, received_at=datetime(2026, 3, 1, tzinfo=UTC))
    ours, theirs = parse(in_shared_memory(wire), Limits()), parse(plain, Limits())
    assert isinstance(ours, ParsedReport)
    assert ours == theirs
    assert len(in_shared_memory(wire)) == len(plain)


def test_what_passes_a_limit_is_the_same_row():
    wire = b"\r\n" + reports.report()
    plain = RawMessage(wire, received_at=datetime(2026, 3, 1, tzinfo=UTC))
    tight = Limits(parts=1)
    assert parse(in_shared_memory(wire), tight) == parse(plain, tight)
