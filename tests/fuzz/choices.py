"""Decisions read from bytes, so that one byte string is one test and any fuzzer can vary it.

In:  bytes.
Out: numbers, options, pieces. When the bytes are used up, every decision is the first one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

Option = TypeVar("Option")


class Choices:
    """Reads its decisions from the front of ``data``."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def number(self, below: int) -> int:
        """0 up to ``below``, which it does not reach."""
        value = 0
        size = 1 if below <= 256 else 2
        for byte in self.take(size):
            value = value * 256 + byte
        return value % below

    def pick(self, options: Sequence[Option]) -> Option:
        return options[self.number(len(options))]

    def some(self, options: Sequence[Option], at_most: int) -> Iterator[Option]:
        """Up to ``at_most`` of ``options``, each as often as it comes."""
        for _ in range(self.number(at_most + 1)):
            yield self.pick(options)

    def is_so(self, one_in: int = 2) -> bool:
        return self.number(256) % one_in == one_in - 1

    def order(self, items: Sequence[Option]) -> list[Option]:
        """``items`` with a few of them moved."""
        moved = list(items)
        for _ in range(self.number(4)):
            if moved:
                moved.insert(self.number(len(moved)), moved.pop(self.number(len(moved))))
        return moved

    def take(self, size: int) -> bytes:
        taken = self._data[self._at : self._at + size]
        self._at += size
        return taken

    def rest(self) -> bytes:
        return self.take(len(self._data))

    def text(self) -> str:
        """All that is left, as text."""
        return self.rest().decode("utf-8", "replace")
