"""Runs in a process of its own: reads the database's files, and says which blocks have changed.

In:  paths as arguments; on standard input one byte when it is time to look again.
Out: on standard output one byte when the files have been read once; later, for each stretch of
     blocks that are new or changed, with its neighbours: the number of the file, a length, bytes.
SECURITY: reads only, keeps digests alone, ends with its parent.
FAILS: with an exit code other than 0.

It must be another process: when a process closes a file that SQLite has open too, it loses all
its locks on it (sqlite.org/howtocorrupt.html section 2.2), and the next reader empties the log.
Started as a script, so it imports nothing of ours.
"""

from __future__ import annotations

import hashlib
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

BLOCK: Final = 4096  # a page of SQLite's, by default; the log and its index are cut likewise
DIGEST: Final = 16
FRAME: Final = struct.Struct("!BQ")
READY: Final = b"R"
LOOK: Final = b"L"


def main(paths: list[Path], source: BinaryIO, sink: BinaryIO) -> None:
    """Read, wait, read again, tell."""
    before = [digests(path) for path in paths]
    sink.write(READY)
    sink.flush()
    if source.read(1) != LOOK:
        return
    for number, path in enumerate(paths):
        for content in changed(path, before[number]):
            sink.write(FRAME.pack(number, len(content)) + content)
    sink.flush()


def digests(path: Path) -> bytes:
    """The digests of all blocks, one behind the other; none where there is no file."""
    found = bytearray()
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                found += hashlib.blake2b(block, digest_size=DIGEST).digest()
    except FileNotFoundError:
        return b""
    return bytes(found)


def changed(path: Path, before: bytes) -> Iterator[bytes]:
    """What is not as it was. A value may reach into the next block, so that comes too."""
    now = digests(path)
    places = [
        at // DIGEST
        for at in range(0, len(now), DIGEST)
        if before[at : at + DIGEST] != now[at : at + DIGEST]
    ]
    for first, last in runs(places):
        with path.open("rb") as file:
            file.seek(max(0, first - 1) * BLOCK)
            yield file.read((last + 2) * BLOCK - file.tell())


def runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of numbers that follow one another."""
    first = last = -2
    for number in numbers:
        if number != last + 1:
            if first >= 0:
                yield first, last
            first = number
        last = number
    if first >= 0:
        yield first, last


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]], sys.stdin.buffer, sys.stdout.buffer)
