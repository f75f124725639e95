"""What was found before, so that no text is read twice by the models.

In:  the words of a text as key; places and kinds as value.
Out: the value, or None.
SECURITY: a key is a keyed digest of the text, under a random key of this process alone that never
     leaves it; a value holds places and kinds, never a word. So the memory says nothing of any
     mail, and whether a text was seen before shows in nothing but time. Bounded in bytes; the
     longest unused goes first. It ends with the process: a new policy means new processes.
FAILS: never.
"""

from __future__ import annotations

import hashlib
import os
from collections import OrderedDict
from typing import Final, Generic, TypeVar, final

Value = TypeVar("Value")

_DIGEST_BYTES: Final = 24
_ENTRY_BYTES: Final = 400  # of the key, the tuple and the place in the order, rounded up
_ITEM_BYTES: Final = 250  # of a place and its kind, rounded up


@final
class Memory(Generic[Value]):
    """Values by digest, at most ``max_bytes`` of them."""

    def __init__(self, max_bytes: int) -> None:
        self._most: Final = max_bytes
        self._key = b""
        self._owner = 0
        self._bytes = 0
        self._values: OrderedDict[bytes, tuple[int, Value]] = OrderedDict()

    def digest(self, *parts: str) -> bytes:
        """The key of a text; a forked process draws one of its own and knows nothing yet."""
        if self._owner != os.getpid():
            self._owner, self._key, self._bytes = os.getpid(), os.urandom(32), 0
            self._values.clear()
        digest = hashlib.blake2b(key=self._key, digest_size=_DIGEST_BYTES)
        for part in parts:
            content = part.encode("utf-8", "surrogatepass")
            digest.update(len(content).to_bytes(8))
            digest.update(content)
        return digest.digest()

    def recall(self, digest: bytes) -> Value | None:
        """What was kept under ``digest``."""
        found = self._values.get(digest)
        if found is None:
            return None
        self._values.move_to_end(digest)
        return found[1]

    def keep(self, digest: bytes, value: Value, items: int) -> None:
        """Remember ``value``, which holds so many places, and forget what is too much."""
        if digest in self._values:
            return
        size = _ENTRY_BYTES + _ITEM_BYTES * items
        self._values[digest] = size, value
        self._bytes += size
        while self._bytes > self._most:
            _, (gone, _) = self._values.popitem(last=False)
            self._bytes -= gone
