"""How often somebody may present a token that is none.

In:  the address of who asks, the time.
Out: whether to look at the token at all.
SECURITY: tokens are too long to be guessed; this bounds what trying costs us. Bounded in memory.
FAILS: never.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

_WINDOW: Final = timedelta(minutes=1)
_PER_CLIENT: Final = 10
_IN_ALL: Final = 100
_MOST_CLIENTS: Final = 10_000
_ALL: Final = ""


class Attempts:
    """Failures of the last minute, by client and in all. Safe to use from many threads."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._failures: OrderedDict[str, list[datetime]] = OrderedDict()
        self._lock: Final = threading.Lock()

    def may_try(self, client: str) -> bool:
        """Whether ``client`` has not failed too often."""
        with self._lock:
            return len(self._recent(client)) < _PER_CLIENT and len(self._recent(_ALL)) < _IN_ALL

    def failed(self, client: str) -> None:
        """A token was none."""
        now = self._clock()
        with self._lock:
            for name in (client, _ALL):
                self._failures[name] = [*self._recent(name), now]
                self._failures.move_to_end(name)
            while len(self._failures) > _MOST_CLIENTS:
                self._failures.popitem(last=False)

    def _recent(self, name: str) -> list[datetime]:
        since = self._clock() - _WINDOW
        return [at for at in self._failures.get(name, ()) if at > since]
