"""The header of the PROXY protocol, byte by byte: what is one, what is none, what needs more."""

from __future__ import annotations

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rufgate.receive.proxy import MAX_HEADER, Header, Incomplete, read_header

SIGNATURE = b"\r\n\r\n\0\r\nQUIT\n"
V4 = socket.inet_aton("203.0.113.9") + socket.inet_aton("192.0.2.1") + b"\x10\x00\x00\x19"
V6 = (
    socket.inet_pton(socket.AF_INET6, "2001:db8::9")
    + socket.inet_pton(socket.AF_INET6, "2001:db8::1")
    + b"\x10\x00\x00\x19"
)


def v2(command: int, family: int, block: bytes) -> bytes:
    return SIGNATURE + bytes([0x20 | command, family]) + len(block).to_bytes(2, "big") + block


GOOD = [
    (b"PROXY TCP4 203.0.113.9 192.0.2.1 4096 25\r\n", "203.0.113.9"),
    (b"PROXY TCP6 2001:DB8::9 2001:db8::1 65535 0\r\n", "2001:db8::9"),
    (b"PROXY UNKNOWN\r\n", ""),
    (b"PROXY UNKNOWN whatever is here\r\n", ""),
    (v2(1, 0x11, V4), "203.0.113.9"),
    (v2(1, 0x21, V6), "2001:db8::9"),
    (v2(1, 0x11, V4 + b"\x04\x00\x01x"), "203.0.113.9"),
    (v2(0, 0x11, V4), ""),
    (v2(0, 0x00, b""), ""),
    (v2(1, 0x00, b""), ""),
    (v2(1, 0x31, bytes(216)), ""),
]

BAD = [
    b"EHLO client.example\r\n",
    b"\x16\x03\x01",
    b"proxy TCP4 203.0.113.9 192.0.2.1 4096 25\r\n",
    b"PROXY TCP4 203.0.113.9 192.0.2.1 4096\r\n",
    b"PROXY TCP4 203.0.113.9 192.0.2.1 4096 25 \r\n",
    b"PROXY TCP4  203.0.113.9 192.0.2.1 4096 25\r\n",
    b"PROXY TCP4 203.0.113.999 192.0.2.1 4096 25\r\n",
    b"PROXY TCP4 203.0.113.09 192.0.2.1 4096 25\r\n",
    b"PROXY TCP4 2001:db8::9 192.0.2.1 4096 25\r\n",
    b"PROXY TCP6 203.0.113.9 192.0.2.1 4096 25\r\n",
    b"PROXY TCP4 203.0.113.9 192.0.2.1 65536 25\r\n",
    b"PROXY TCP4 203.0.113.9 192.0.2.1 04096 25\r\n",
    b"PROXY TCP5 203.0.113.9 192.0.2.1 4096 25\r\n",
    b"PROXY UNKNOWNS\r\n",
    b"PROXY TCP4 203.0.113.9 192.0.2.1 4096 25\n" + b"x" * 107,
    b"PROXY " + b"x" * 101,
    b"PROXY UNKNOWN " + b"x" * 94 + b"\r\n",
    v2(2, 0x11, V4),
    v2(1, 0x12, V4),
    v2(1, 0x41, V4),
    v2(1, 0x11, V4[:-1]),
    v2(1, 0x21, V4),
    SIGNATURE + b"\x11\x11\x00\x0c" + V4,
    SIGNATURE + b"\x21\x11" + MAX_HEADER.to_bytes(2, "big"),
]


@pytest.mark.parametrize(("header", "client"), GOOD)
def test_a_header_is_read_and_nothing_behind_it(header: bytes, client: str) -> None:
    for length in range(len(header)):
        assert read_header(header[:length]) is Incomplete.MORE_NEEDED, length
    assert read_header(header) == Header(client, len(header))
    assert read_header(bytearray(header + b"EHLO c\r\n")) == Header(client, len(header))


@pytest.mark.parametrize("data", BAD)
def test_what_is_no_header_is_none(data: bytes) -> None:
    assert read_header(data) is Incomplete.NOT_A_HEADER


@given(st.binary(max_size=200), st.sampled_from([b"", b"PROXY ", b"PROXY TCP4 ", SIGNATURE]))
def test_any_bytes_are_bounded(data: bytes, start: bytes) -> None:
    found = read_header(start + data)
    if isinstance(found, Header):
        assert found.length <= len(start + data) <= MAX_HEADER
    elif found is Incomplete.MORE_NEEDED and not (start + data).startswith(SIGNATURE):
        assert len(start + data) < 107
