"""The internal analyst: takes the canary's copies and shows what would have gone out.

In:  finished copies, from a delivery worker like any other.
Out: address and bytes, in memory, until they are taken.
SECURITY: nothing leaves the process.
FAILS: never.
"""

from __future__ import annotations

from rufgate.deliver.courier import Delivered, OutboundCopy, Outcome


class InternalAnalyst:
    """A courier that carries nothing anywhere."""

    def __init__(self) -> None:
        self._copies: list[tuple[str, bytes]] = []

    async def send(self, item: OutboundCopy) -> Outcome:
        """Keep the copy with its address."""
        self._copies.append((item.address, item.content))
        return Delivered()

    def take(self) -> list[tuple[str, bytes]]:
        """What came since the last time: address and bytes of each copy."""
        copies, self._copies = self._copies, []
        return copies
