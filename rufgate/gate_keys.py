"""The running gate's epoch: a new key in time, taken up without a restart.

In:  the wiring; the worker pool.
Out: a new epoch when the old one is ``epoch_days`` old; each newer key in use within seconds,
     whoever made it.
SECURITY: no epoch begins by a reading of the clock that is far off, unless the next one, an hour
     later, confirms it. A new key that others can read is not used.
FAILS: never. A folder that cannot be written is said in the log every hour; the old key stays in
     use meanwhile.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from rufgate.govern.epochs import Epochs, KeyFolderClosed
from rufgate.govern.keys import KeyProblem, epoch_numbers, load_keyring
from rufgate.govern.readings import Readings
from rufgate.parts import Wiring
from rufgate.recognize.pool import WorkerPool
from rufgate.store.audit_entries import Actor
from rufgate.store.duties import duties_of
from rufgate.store.engine import StoreUnavailable
from rufgate.store.epochs import known_epochs
from rufgate.store.repair import newest

_LOOK_EVERY_S: Final = 2.0
_CHECK_EVERY_S: Final = 3600.0


class GateKeys:
    """The epoch of one gate."""

    def __init__(self, wiring: Wiring, pool: WorkerPool) -> None:
        self._wiring = wiring
        self._log = wiring.log
        self._pool = pool
        self._folder = wiring.settings.keys.directory
        self._epochs = Epochs(wiring.engine, self._folder, wiring.audit)
        self._in_use = wiring.rules.keyring.epoch
        self._refused = 0
        self._trouble = ""
        self._readings: Readings | None = None

    def note(self) -> None:
        """Before retention runs: after a long stop a row that is needed would be due by its age."""
        with suppress(StoreUnavailable, KeyProblem):
            self._epochs.known(self._wiring.clock())

    async def run(self, stopping: asyncio.Event) -> None:
        """Until ``stopping``; looks at the folder often, at the clock every hour."""
        checked: float | None = None
        while not stopping.is_set():
            if checked is None or time.monotonic() - checked >= _CHECK_EVERY_S:
                checked = time.monotonic()
                await self._tried(self._rotate_if_due)
            await self._tried(self._take_up)
            await _wait(stopping, min(_LOOK_EVERY_S, _CHECK_EVERY_S))

    async def _tried(self, step: Callable[[], None]) -> None:
        """Trouble is said when it begins, and with each check of the clock."""
        try:
            await asyncio.to_thread(step)
        except KeyFolderClosed:
            self._log.error("epoch_not_rotated", key="directory", reason="not_writable")
        except Exception as error:  # noqa: BLE001 - outermost loop: the old key stays in use
            if (what := type(error).__name__) != self._trouble:
                self._log.warning("epoch_failed", error_type=what)
            self._trouble = what
        else:
            self._trouble = ""

    def _rotate_if_due(self) -> None:
        now = self._wiring.clock()
        if self._readings is None:
            self._readings = Readings(newest(self._wiring.engine))
        if not self._readings.believes(now, time.monotonic()):
            self._log.warning("epoch_waits", detail="the clock was put forward")
        elif not duties_of(self._wiring.engine).is_mine():
            self._say_what_is_missing()
        elif self._epochs.is_due(now, self._wiring.settings.keys.epoch_days):
            self._epochs.rotate(now, Actor.SERVICE)

    def _say_what_is_missing(self) -> None:
        """Another gate makes new keys: this one needs the same files."""
        mine = max(epoch_numbers(self._folder), default=0)
        newest = max((epoch.number for epoch in known_epochs(self._wiring.engine)), default=0)
        if newest > mine:
            self._log.error(
                "epoch_missing", key_id=f"p{newest}",
                detail="another gate has its key: gates on one store share [keys] directory",
            )  # fmt: skip

    def _take_up(self) -> None:
        number = max(epoch_numbers(self._folder), default=0)
        if number <= self._in_use or number == self._refused:
            return
        self._refused = number  # said once, unless it is taken up
        keyring = load_keyring(self._folder)
        self._pool.use(keyring)
        self._in_use, self._refused = keyring.epoch, 0
        self._log.info("epoch_taken_up", key_id=keyring.key_id)


async def _wait(event: asyncio.Event, seconds: float) -> None:
    """Until ``event`` is set, at most ``seconds``."""
    waiting = asyncio.create_task(event.wait())
    await asyncio.wait({waiting}, timeout=seconds)
    waiting.cancel()
