"""Runs in a process of its own: searches files for byte strings, and says which it found.

In:  on standard input one line of JSON: ``{"files": [...], "needles": [hexadecimal, ...]}``.
Out: on standard output lines of JSON: ``{"read": bytes}`` as it goes on, and by their numbers
     ``{"hit": [needle, file]}``, each pair once; at the end ``{"done": bytes}``.
SECURITY: reads only; keeps what it looks for in its memory, and ends with its parent.
FAILS: with an exit code other than 0. A file that is not there is no trouble.

It must be another process: when a process closes a file that SQLite has open too, it loses all
its locks on it (sqlite.org/howtocorrupt.html section 2.2). Started as a script, so it imports
nothing of ours. Thousands of needles cost hardly more than one: every 8 bytes of a file are looked
up in a table of the middles of all needles.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TextIO

import numpy as np
from numpy.typing import NDArray

SHORTEST: Final = 12  # shorter ones stand in a file by chance
CHUNK: Final = 1 << 20
_WINDOW: Final = 8
_TABLE_BITS: Final = 22
_MIX: Final = np.uint64(0x9E3779B97F4A7C15)


class Needles:
    """All that is looked for."""

    def __init__(self, needles: list[bytes]) -> None:
        if any(len(needle) < SHORTEST for needle in needles):
            raise ValueError("a needle is too short to be looked for")
        self.longest: Final = max(map(len, needles), default=0)
        self._by_window: dict[int, list[tuple[int, int, bytes]]] = {}
        for number, needle in enumerate(needles):
            at = (len(needle) - _WINDOW) // 2
            window = int.from_bytes(needle[at : at + _WINDOW], "little")
            self._by_window.setdefault(window, []).append((number, at, needle))
        self._windows = np.array(sorted(self._by_window), dtype=np.uint64)
        self._table = np.zeros(1 << _TABLE_BITS, dtype=bool)
        self._table[_slots(self._windows)] = True

    def within(self, content: bytes) -> set[int]:
        """The numbers of those that stand in ``content``."""
        if len(content) < SHORTEST or not len(self._windows):
            return set()
        windows = _windows(content)
        places = np.flatnonzero(self._table[_slots(windows)])
        places = places[np.isin(windows[places], self._windows)]
        found: set[int] = set()
        for place in places.tolist():
            for number, at, needle in self._by_window[int(windows[place])]:
                if number not in found and content.startswith(needle, max(0, place - at)):
                    found.add(number)
        return found


def chunks(path: Path, overlap: int) -> Iterator[tuple[bytes, int]]:
    """Pieces of a file that overlap, so that nothing is cut in two; how much of each is new."""
    try:
        with path.open("rb") as file:
            before = b""
            while new := file.read(CHUNK):
                content = before + new
                yield content, len(new)
                before = content[-overlap:] if overlap else b""
    except FileNotFoundError:
        return


def main(source: TextIO, sink: TextIO) -> None:
    """Search one file after the other."""
    asked = json.loads(source.readline())
    needles = Needles([bytes.fromhex(needle) for needle in asked["needles"]])
    told, read = set[tuple[int, int]](), 0
    for file, path in enumerate(asked["files"]):
        for content, new in chunks(Path(path), max(0, needles.longest - 1)):
            read += new
            for hit in sorted((number, file) for number in needles.within(content)):
                if hit not in told:
                    told.add(hit)
                    _tell(sink, hit=list(hit))
            _tell(sink, read=read)
    _tell(sink, done=read)


def _windows(content: bytes) -> NDArray[np.uint64]:
    """Every 8 bytes that follow one another, as a number."""
    count = len(content) - _WINDOW + 1
    windows = np.empty(count, dtype=np.uint64)
    for start in range(_WINDOW):
        whole = (len(content) - start) // _WINDOW
        windows[start::_WINDOW] = np.frombuffer(content, "<u8", count=whole, offset=start)
    return windows


def _slots(windows: NDArray[np.uint64]) -> NDArray[np.uint64]:
    return (windows * _MIX) >> np.uint64(64 - _TABLE_BITS)


def _tell(sink: TextIO, **said: object) -> None:
    sink.write(json.dumps(said) + "\n")
    sink.flush()


if __name__ == "__main__":
    main(sys.stdin, sys.stdout)
