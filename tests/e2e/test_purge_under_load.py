"""Reports come in while 100,000 rows are purged: none is refused, and replies stay quick.

Quick is a p99 of less than twice that of the same gate without a purge. A busy machine makes both
worse for a while, so the time is cut into windows, a purge lies between two times without, and what
is compared is the median window's p99. Where the two times without differ by as much as a purge
may make, the machine has too much else to do to tell.
"""

from __future__ import annotations

import json
import sqlite3
import statistics
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from rufgate.store.engine import open_store, writing
from tests.e2e.gate import Gate, wait_for
from tests.e2e.load import report
from tests.store.cloned import Cloner
from tests.store.full_report import RECEIVED

pytestmark = [pytest.mark.long, pytest.mark.timeout(1500)]
ROWS, PER_SECOND, SENDERS, WITHOUT_S, WINDOW_S = 100_000, 20, 10, 60, 15


class Steady:
    """``SENDERS`` threads that send ``PER_SECOND`` reports a second in all."""

    def __init__(self, gate: Gate, first: int) -> None:
        self.seconds: list[float] = []
        self.windows: defaultdict[int, list[float]] = defaultdict(list)
        self.codes: set[int] = set()
        self._began = time.monotonic()
        self._gate, self._first, self._stop = gate, first, threading.Event()
        self._threads = [threading.Thread(target=self._run, args=(n,)) for n in range(SENDERS)]

    def __enter__(self) -> Steady:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(120)

    def _run(self, sender: int) -> None:
        number, due = self._first + sender * 1_000_000, time.monotonic() + sender / PER_SECOND
        with self._gate.client() as smtp:
            while not self._stop.wait(max(0.0, due - time.monotonic())):
                number, due = number + 1, due + SENDERS / PER_SECOND
                content = report(number)
                began = time.monotonic()
                code, _ = self._gate.send(content, connection=smtp)
                took = time.monotonic() - began
                self.seconds.append(took)
                self.windows[int(began - self._began) // WINDOW_S].append(took)
                self.codes.add(code)

    @property
    def p99(self) -> float:
        """Of the median window; the last one may be short."""
        full = [seconds for seconds in self.windows.values() if len(seconds) > 200]
        return statistics.median(quantile(seconds, 0.99) for seconds in full)

    def __str__(self) -> str:
        p50, p99 = (1000 * quantile(self.seconds, share) for share in (0.5, 0.99))
        return (
            f"{len(self.seconds)} reports, p50 {p50:.0f}, p99 {p99:.0f}, by windows "
            f"{1000 * self.p99:.0f}, longest {1000 * max(self.seconds):.0f} ms"
        )


def quantile(seconds: list[float], share: float) -> float:
    return sorted(seconds)[int(len(seconds) * share)]


def fill(gate: Gate) -> int:
    """Old reports with all that belongs to them; how many rows."""
    engine = open_store(f"sqlite:///{gate.database}")
    cloner, rows, number = Cloner(engine), 0, 0
    while rows < ROWS:
        with writing(engine) as connection:
            for _ in range(200):
                cloner.clone(connection, number, -800)
                number, rows = number + 1, rows + len(cloner.template)
    with writing(engine) as connection:  # a clock that is far ahead of the store deletes nothing
        cloner.clone(connection, number, (datetime.now(UTC) - RECEIVED) // timedelta(days=1) - 1)
    engine.dispose()
    with sqlite3.connect(gate.database) as db:  # as copies are that wait for nobody any more
        db.execute("UPDATE outbox SET state = 'parked', due_at = NULL, settled_at = created_at")
    return rows


def without_purge(gate: Gate, first: int) -> Steady:
    gate.start()
    with Steady(gate, first) as steady:
        time.sleep(WITHOUT_S)
    gate.terminate()
    return steady


def lines(gate: Gate, event: str) -> list[dict]:
    found = [json.loads(line) for line in gate.log.read_bytes().splitlines() if b"{" in line]
    return [line for line in found if line["event"] == event]


def test_a_purge_of_100_000_rows_makes_no_reply_slow(make_gate: Callable[..., Gate]) -> None:
    gate = make_gate(store_tier="metadata", analysts=())
    before = without_purge(gate, 1)
    rows = fill(gate)
    gate.log.unlink()
    gate.start()
    began = time.monotonic()
    with Steady(gate, 200_000) as during:
        wait_for(lambda: lines(gate, "retention_applied"), seconds=1200, every=1)
        took = time.monotonic() - began
    gate.terminate()
    after = without_purge(gate, 400_000)
    assert gate.rows("SELECT count(*) FROM reports WHERE received_on < '2025-01-01'") == [(0,)]
    ratio = during.p99 / statistics.mean([before.p99, after.p99])
    told = (
        f"purge of {rows} rows in {took:.0f} s: {during}; without before: {before}; "
        f"after: {after}; p99 {ratio:.2f} times that without"
    )
    sys.stdout.write(told + "\n")
    assert during.codes == {250}, told
    assert not lines(gate, "purge_not_verified"), told
    if not 0.5 < before.p99 / after.p99 < 2:
        pytest.skip(f"the machine is too busy with other things to tell: {told}")
    assert ratio < 2, told
