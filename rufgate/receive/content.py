"""The content of one message while it comes in: in our own memory, if it is large in memory that a
worker can map.

In:  pieces in which every line end is one LF.
Out: all of them in one, held once.
SECURITY: memory without a name in any file system (memfd_create); nothing is written to a disk that
     would not be for our own memory, too. Sealed before anybody else sees it: nobody can change it.
FAILS: never; where there is no such memory, or no file descriptor for it, ours is used.
"""

from __future__ import annotations

import fcntl
import mmap
import os
import weakref
from dataclasses import dataclass
from typing import Final, final

from rufgate.sanitize.raw import SharedBytes

SHARED_FROM: Final = 1_048_576
"""So large is a message before it moves: below that copies are cheap, and descriptors are few."""

_PLACES: Final = 64  # each takes two descriptors, of those that ``open_files`` leaves to others

_SEALS: Final = fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE | fcntl.F_SEAL_SEAL


@final
@dataclass(frozen=True, slots=True, repr=False)
class Received:
    """A whole message: its ``text`` with LF line ends, its size with CR LF ones."""

    text: bytearray | SharedBytes
    size: int

    def crlf(self) -> bytes:
        """As it is on the wire but for the stuffing of dots."""
        return bytes(self.text).replace(b"\n", b"\r\n")


@final
class Places:
    """How many messages of one server may lie in shared memory at a time."""

    def __init__(self, free: int = _PLACES) -> None:
        self._free = free

    def take(self) -> bool:
        """Take one; False where none is left."""
        is_free = self._free > 0
        self._free -= is_free
        return is_free

    def give_back(self) -> None:
        """It was of no use."""
        self._free += 1

    def close(self, file: int) -> None:
        """Give it back, with the memory that had it."""
        os.close(file)
        self.give_back()


@final
class Content:
    """Takes pieces; ``held`` is what they take."""

    def __init__(self, shared_from: int = SHARED_FROM, places: Places | None = None) -> None:
        self._shared_from: Final = shared_from
        self._places: Final = places or Places()
        self._buffer = bytearray()
        self._file: int | None = None
        self._may_share = True
        self.held = 0

    def add(self, piece: bytes | bytearray) -> None:
        """Hold ``piece``, too."""
        self.held += len(piece)
        if self._file is None and self.held > self._shared_from and self._may_share:
            self._move()
        if self._file is None:
            self._buffer += piece
        else:
            _write(self._file, piece)

    def take(self, size: int) -> Received:
        """All of it, once."""
        text: bytearray | SharedBytes = self._buffer
        if self._file is not None:
            text = _mapped(self._file, self.held, self._places)
        self._buffer, self._file = bytearray(), None
        return Received(text, size)

    def drop(self) -> None:
        """Hold nothing any more."""
        self._buffer.clear()
        self.held = 0
        self._may_share = False
        if self._file is not None:
            self._places.close(self._file)
            self._file = None

    def __del__(self) -> None:
        if self._file is not None:  # its sender went away in the middle
            self._places.close(self._file)

    def _move(self) -> None:
        self._may_share = self._places.take()
        if not self._may_share:
            return
        try:
            self._file = os.memfd_create("message", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        except OSError:
            self._may_share = False
            self._places.give_back()
            return
        _write(self._file, self._buffer)
        self._buffer = bytearray()


def _write(file: int, piece: bytes | bytearray) -> None:
    with memoryview(piece) as view:
        done = 0
        while done < len(view):
            done += os.write(file, view[done:])


def _mapped(file: int, size: int, places: Places) -> SharedBytes:
    fcntl.fcntl(file, fcntl.F_ADD_SEALS, _SEALS)
    text = SharedBytes(file, size, access=mmap.ACCESS_READ)
    text.fd = file
    weakref.finalize(text, places.close, file)
    return text
