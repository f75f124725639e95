"""Bytes, and file descriptors with one byte each, on their way to a worker.

In:  a socket pair's end; descriptors.
Out: the worker has copies of its own.
FAILS: ``OSError`` where the other side is gone; ``EOFError`` on the worker's side.
"""

from __future__ import annotations

import asyncio
import mmap
import os
import socket
from collections.abc import Sequence

_BYTE = b"F"
_SOON_S = 0.001


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


def mapped(tasks: socket.socket, size: int) -> mmap.mmap:
    """In the worker: the shared memory that comes next; ``MemoryError`` past its own limit."""
    descriptor = taken_descriptor(tasks)
    if descriptor is None:
        raise EOFError
    try:
        return mmap.mmap(descriptor, size, access=mmap.ACCESS_READ)
    except OSError:
        raise MemoryError from None
    finally:
        os.close(descriptor)


def receive(source: socket.socket, size: int) -> bytearray:
    """Exactly ``size`` bytes, held once; EOFError where the other side is gone."""
    buffer = bytearray(size)
    with memoryview(buffer) as view:
        done = 0
        while done < size:
            count = source.recv_into(view[done:])
            if not count:
                raise EOFError
            done += count
    return buffer
