"""The content of one message while it comes in, held once.

In:  pieces in which every line end is one LF.
Out: all of them in one.
SECURITY: in this process's own memory alone; a worker gets it through its pipe.
FAILS: never.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import final


@final
@dataclass(frozen=True, slots=True, repr=False)
class Received:
    """A whole message: its ``text`` with LF line ends, its size with CR LF ones."""

    text: bytearray
    size: int

    def crlf(self) -> bytes:
        """As it is on the wire but for the stuffing of dots."""
        return bytes(self.text).replace(b"\n", b"\r\n")


@final
class Content:
    """Takes pieces; ``held`` is what they take."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    @property
    def held(self) -> int:
        """How many bytes it holds now."""
        return len(self._buffer)

    def add(self, piece: bytes | bytearray) -> None:
        """Hold ``piece``, too."""
        self._buffer += piece

    def take(self, size: int) -> Received:
        """All of it, once."""
        text, self._buffer = self._buffer, bytearray()
        return Received(text, size)

    def drop(self) -> None:
        """Hold nothing any more."""
        self._buffer.clear()
