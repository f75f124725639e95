"""The primary keys of a plan's rows, kept small.

In:  keys: tuples of ids, numbers, texts and times.
Out: the same tuples, one after another, each made when it is asked for.
FAILS: never.

A plan may list 100,000 rows. Python's collector of cycles walks through all objects that may hold
others, ids among them, and stops every thread meanwhile: 0.2 s for so many. Bytes and tuples of
nothing but bytes, numbers and texts it leaves out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, final, overload
from uuid import UUID

Key = tuple[Any, ...]


@final
class Keys(Sequence[Key]):
    """Equal to another with the same keys. No key of a table is made of bytes."""

    __slots__ = ("_packed",)

    def __init__(self, keys: Iterable[Sequence[Any]] = ()) -> None:
        self._packed: list[Key] = []
        self.extend(keys)

    def extend(self, keys: Iterable[Sequence[Any]]) -> None:
        """Add them at the end."""
        self._packed += (tuple(map(_packed, key)) for key in keys)

    @overload
    def __getitem__(self, index: int) -> Key: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Key]: ...

    def __getitem__(self, index: int | slice) -> Key | Sequence[Key]:
        if isinstance(index, slice):
            return [_key(packed) for packed in self._packed[index]]
        return _key(self._packed[index])

    def __iter__(self) -> Iterator[Key]:
        return map(_key, self._packed)

    def __len__(self) -> int:
        return len(self._packed)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Keys) and self._packed == other._packed

    def __hash__(self) -> int:
        return hash(tuple(self._packed))


def _packed(part: object) -> object:
    return part.bytes if isinstance(part, UUID) else part


def _key(packed: Key) -> Key:
    return tuple(UUID(bytes=part) if isinstance(part, bytes) else part for part in packed)
