"""Which contents have killed a worker: a first may be chance, a second is not.

In:  a ``RawMessage``.
Out: whether it did so before.
SECURITY: keyed digests in memory, the latest only; the key is this process's own and random.
FAILS: never.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections import OrderedDict
from typing import final

from rufgate.sanitize.raw import RawMessage

_MAX_REMEMBERED = 1024


@final
class Deaths:
    """The contents that have."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._digests: OrderedDict[bytes, None] = OrderedDict()

    async def seen(self, message: RawMessage) -> bool:
        """Whether this content did so before; remembers it."""
        digest = await asyncio.to_thread(self._digest, message)
        before = digest in self._digests
        self._digests[digest] = None
        self._digests.move_to_end(digest)
        if len(self._digests) > _MAX_REMEMBERED:
            self._digests.popitem(last=False)
        return before

    def _digest(self, message: RawMessage) -> bytes:
        return hashlib.blake2b(message.reveal(), key=self._key, digest_size=32).digest()
