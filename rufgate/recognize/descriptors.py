"""Bytes, and file descriptors with one byte each, on their way to a worker.

In:  a socket pair's end; descriptors.
Out: the worker has copies of its own.
FAILS: ``OSError`` where the other side is gone; ``EOFError`` on the worker's side.
"""

from __future__ import annotations

import asyncio
import mmap
import socket
from collections.abc import Sequence

_BYTE = b"F"
_SOON_S = 0.001
_LARGE = 1_048_576


async def pass_descriptors(tasks: socket.socket, descriptors: Sequence[int]) -> None:
    """In the main process: hand ``descriptors`` over; none says that there is none."""
    while True:
        try:
            socket.send_fds(tasks, [_BYTE], descriptors)
        except BlockingIOError:  # the worker has not read its task yet
            await asyncio.sleep(_SOON_S)
        else:
            return


def taken_descriptor(tasks: socket.socket) -> int | None:
    """In the worker: the descriptor that comes next; None where there is none."""
    byte, descriptors, _, _ = socket.recv_fds(tasks, 1, 1)
    if not byte:
        raise EOFError
    return descriptors[0] if descriptors else None


def receive_message(source: socket.socket, size: int) -> bytearray | mmap.mmap:
    """A message of ``size`` bytes; a large one in pages of its own, which go back when it is done.

    So the memory that a worker holds after a large message is what it held before. ``MemoryError``
    past its own limit.
    """
    if size < _LARGE:
        return receive(source, size)
    try:
        pages = mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    except OSError:
        raise MemoryError from None
    with memoryview(pages) as view:
        _fill(source, view)
    return pages


def receive(source: socket.socket, size: int) -> bytearray:
    """Exactly ``size`` bytes, held once; EOFError where the other side is gone."""
    buffer = bytearray(size)
    with memoryview(buffer) as view:
        _fill(source, view)
    return buffer


def _fill(source: socket.socket, view: memoryview) -> None:
    done = 0
    while done < len(view):
        with view[done:] as rest:
            count = source.recv_into(rest)
        if not count:
            raise EOFError
        done += count
