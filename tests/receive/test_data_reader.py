"""The DATA reader against a slow, plain reference, under every way of cutting the stream."""

import re
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rufgate.receive.data_reader import DataReader, Verdict

MIB = 1 << 20
PIECES = st.sampled_from(
    [
        b"\r\n",
        b"\r",
        b"\n",
        b".",
        b"..",
        b"\r\n.",
        b"\n.\r\n",
        b"\r\n.\n",
        b"\r.\r",
        b"ab",
        b"x" * 9,
    ]
)


def reference(stream: bytes, max_bytes: int, max_line: int) -> tuple[bytes | None, bytes] | None:
    """(content, or None where refused; the rest), or None where the end is missing."""
    end = (b"\r\n" + stream).find(b"\r\n.\r\n")
    if end < 0:
        return None
    wire, rest = stream[:end], stream[end + 3 :]
    lines = wire.split(b"\r\n")
    content = b"\r\n".join(line[1:] if line.startswith(b".") else line for line in lines)
    content = re.sub(rb"\r\n|\r|\n", b"\r\n", content)
    longest = max(len(line) for line in re.split(rb"[\r\n]", wire))
    refused = len(content) > max_bytes or longest > max_line
    return (None if refused else content), rest


@given(
    st.lists(PIECES, max_size=40).map(b"".join),
    st.lists(st.integers(1, 7), min_size=1),
    st.sampled_from([0, 3, 10, 1000]),
)
def test_any_chunking_gives_what_the_reference_gives(
    stream: bytes, sizes: list[int], piece: int
) -> None:
    stream += b"\r\n.\r\nNOOP\r\n"
    expected = reference(stream, 60, 12)
    assert expected is not None
    reader = DataReader(60, 12, piece=piece)
    position = turn = 0
    rest = None
    while rest is None and reader.verdict is not Verdict.FLOOD:
        size = sizes[turn % len(sizes)]
        rest = reader.feed(stream[position : position + size])
        position, turn = position + size, turn + 1
    taken = reader.take() if reader.verdict is Verdict.GOOD else None
    assert (taken.crlf() if taken else None) == expected[0]
    assert taken is None or taken.size == len(expected[0] or b"")
    if rest is not None:
        assert rest + stream[position:] == expected[1]


@pytest.mark.parametrize(
    "fake_end",
    [
        b"\n.\n",
        b"\n.\r\n",
        b"\r\n.\n",
        b"\r.\r",
        b"\r.\r\n",
        b"\r\n.\r",
        b"\r\n\0.\r\n",
        b"\r\n.\0\r\n",
        b"\r\n.\r\r\n",
        b"\r\n. \r\n",
    ],
)
def test_smuggling_only_the_true_end_ends(fake_end: bytes) -> None:
    """CVE-2023-51764, -51765, -51766: the published false ends, in one chunk and byte by byte."""
    inner = b"one" + fake_end + b"MAIL FROM:<evil@attacker.example>"
    for size in (1, 1000):
        reader, rest = DataReader(1000, 1000), None
        stream = inner + b"\r\n.\r\nQUIT\r\n"
        for start in range(0, len(stream), size):
            if rest is None:
                rest = reader.feed(stream[start : start + size])
            else:
                rest += stream[start : start + size]
        assert rest == b"QUIT\r\n"
        content = reader.take().crlf()
        assert b"MAIL FROM:<evil@attacker.example>" in content
        assert not re.search(rb"(?<!\r)\n|\r(?!\n)", content)


def test_dots_are_unstuffed_only_behind_cr_lf() -> None:
    reader = DataReader(1000, 1000)
    assert reader.feed(b"..first\r\n...\r\na..b\r\n.x\r\n.\r\n") == b""
    assert reader.take().crlf() == b".first\r\n..\r\na..b\r\nx\r\n"
    assert reader.bare_newlines == 0


def test_the_limit_is_exact_and_leaves_stuffing_out() -> None:
    for extra, verdict in ((0, Verdict.GOOD), (1, Verdict.TOO_BIG)):
        reader = DataReader(100, 1000)
        for byte in b"." + b"." * (98 + extra) + b"\r\n.\r\n":
            reader.feed(bytes([byte]))
        assert reader.verdict is verdict


def test_bare_newlines_count_as_two_bytes() -> None:
    reader = DataReader(100, 1000)
    reader.feed(b"\n" * 60 + b"\r\n.\r\n")
    assert reader.verdict is Verdict.TOO_BIG


def grown_by(reader: DataReader, chunk: bytes, times: int) -> int:
    tracemalloc.start()
    try:
        for _ in range(times):
            if reader.feed(chunk) is not None or reader.verdict is Verdict.FLOOD:
                break
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_flood_of_empty_lines_holds_no_more_than_itself() -> None:
    reader = DataReader(20 * MIB, 65_536)
    assert grown_by(reader, b"\r\n" * 32_768, 256) < 22 * MIB
    tracemalloc.start()
    reader.feed(b".\r\n")
    assert tracemalloc.get_traced_memory()[1] < 2 * MIB
    tracemalloc.stop()
    assert reader.take().size == 16 * MIB


def test_two_hundred_mib_without_a_line_end_are_given_up_early() -> None:
    reader = DataReader(4 * MIB, 65_536)
    assert grown_by(reader, b"x" * 65_536, 3200) < 2 * MIB
    assert reader.verdict is Verdict.FLOOD


def test_past_the_limit_nothing_is_kept_and_the_end_is_still_found() -> None:
    reader = DataReader(MIB, 65_536)
    assert grown_by(reader, b"line of text\r\n" * 4096, 30) < 2 * MIB
    assert reader.verdict is Verdict.TOO_BIG
    assert reader.held < 10
    assert reader.feed(b"\r\n.\r\nRSET\r\n") == b"RSET\r\n"


def test_a_long_line_is_refused_and_dropping_stays_dropped() -> None:
    reader = DataReader(MIB, 1000)
    reader.feed(b"x" * 1001 + b"\r\nfine\r\n.\r\n")
    assert reader.verdict is Verdict.LINE_TOO_LONG
    dropped = DataReader(MIB, 1000)
    dropped.feed(b"secret\r\n")
    dropped.drop()
    assert dropped.feed(b"more\r\n.\r\n") == b""
    assert dropped.verdict is Verdict.DROPPED
    assert not dropped.held


@pytest.mark.parametrize("ends", [b"\n", b"\r", b"a\n"])
def test_a_message_of_bare_line_ends_costs_few_times_its_size(ends):
    """Without any CR LF it is finished in one piece, in which each line must not be an object."""
    chunk = ends * (65_536 // len(ends))
    reader = DataReader(32 * 2**20, 1000)
    tracemalloc.start()
    try:
        for _ in range(128):
            assert reader.feed(chunk) is None
        assert reader.feed(b"\r\n.\r\n") == b""
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert reader.verdict is Verdict.GOOD
    assert peak < 5 * 128 * len(chunk)
