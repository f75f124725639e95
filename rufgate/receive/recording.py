"""Sanitized reports on their way to the store: those that wait at the same moment share a commit.

In:  sanitized reports with their storm keys, from many sessions.
Out: for each what became of it, or the reply that says why it was not recorded.
SECURITY: nothing is answered before the commit of its own report.
FAILS: a store that is full or away is a reply; whatever else goes wrong is raised to its session.

Nobody is kept waiting for company: while one group is written, the next one gathers.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from typing import Final, ParamSpec, TypeVar, final

from rufgate.receive.replies import Reply
from rufgate.sanitize.sanitized import Sanitized
from rufgate.store.groups import LARGEST, Entry, Outcome
from rufgate.store.reports import Recorded, ReportStore, StoreFull, StoreUnavailable
from rufgate.store.storms import StormKeys

P = ParamSpec("P")
T = TypeVar("T")
_Told = asyncio.Future[Outcome]


@final
class Recording:
    """The way into one store, for the tasks of one loop."""

    def __init__(self, store: ReportStore) -> None:
        self._store = store
        self._waiting: Final[deque[Entry]] = deque()  # its ends are safe from another thread
        self._told: Final[dict[Entry, _Told]] = {}
        self._writer: asyncio.Task[None] | None = None

    async def record(self, sanitized: Sanitized, keys: StormKeys | None) -> Recorded | Reply:
        """Wait for the commit that this report is in."""
        if not self._store.shares_commits:
            return await in_store(self._store.record, sanitized, keys)
        entry = Entry(sanitized, keys)
        told = self._told[entry] = asyncio.get_running_loop().create_future()
        self._waiting.append(entry)
        if self._writer is None:
            self._writer = asyncio.create_task(self._write())
        match await told:
            case Recorded() as recorded:
                return recorded
            case StoreFull():
                return Reply.STORE_FULL
            case StoreUnavailable():
                return Reply.TRY_LATER
            case error:
                raise error

    async def _write(self) -> None:
        try:
            while self._waiting:
                written = await asyncio.to_thread(self._store.record_waiting, self._take)
                for entry, outcome in written:
                    self._tell(entry, outcome)
        except Exception as error:  # noqa: BLE001 - a fault of ours: nobody may wait for ever
            self._waiting.clear()
            for entry in tuple(self._told):
                self._tell(entry, error)
        finally:
            self._writer = None

    def _take(self) -> Sequence[Entry]:
        """Called in the writer's thread."""
        return [self._waiting.popleft() for _ in range(min(LARGEST, len(self._waiting)))]

    def _tell(self, entry: Entry, outcome: Outcome) -> None:
        told = self._told.pop(entry)
        if not told.done():  # who waited for it may have been cancelled
            told.set_result(outcome)


async def in_store(write: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | Reply:
    """What ``write`` gives once it is on disk; else the answer."""
    try:
        return await asyncio.to_thread(write, *args, **kwargs)
    except StoreFull:
        return Reply.STORE_FULL
    except StoreUnavailable:
        return Reply.TRY_LATER
