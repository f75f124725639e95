"""Reports come in while 100,000 rows are purged: none is refused, and replies stay quick."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from rufgate.store.engine import open_store, writing
from tests.e2e.gate import Gate, wait_for
from tests.e2e.load import report
from tests.store.cloned import Cloner
from tests.store.full_report import RECEIVED

pytestmark = [pytest.mark.long, pytest.mark.timeout(1500)]
ROWS, PER_SECOND, SENDERS, BASE_S = 100_000, 20, 10, 75  # as long as the purge takes, about


class Steady:
    """``SENDERS`` threads that send ``PER_SECOND`` reports a second in all."""

    def __init__(self, gate: Gate, first: int) -> None:
        self.seconds: list[float] = []
        self.codes: set[int] = set()
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
                self.seconds.append(time.monotonic() - began)
                self.codes.add(code)

    def quantile(self, share: float) -> float:
        return sorted(self.seconds)[int(len(self.seconds) * share)]


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
    return rows


def lines(gate: Gate, event: str) -> list[dict]:
    found = [json.loads(line) for line in gate.log.read_bytes().splitlines() if b"{" in line]
    return [line for line in found if line["event"] == event]


def test_a_purge_of_100_000_rows_stops_no_report(make_gate: Callable[..., Gate]) -> None:
    gate = make_gate(store_tier="metadata", analysts=())
    gate.start()  # makes keys and the store
    gate.terminate()
    rows = fill(gate)
    gate.log.unlink()
    gate.start()
    began = time.monotonic()
    with Steady(gate, 1) as during:
        wait_for(lambda: lines(gate, "retention_applied"), seconds=1200, every=1)
        took = time.monotonic() - began
    gate.terminate()
    gate.start()  # a gate that has just started is slower, with a purge or without
    with Steady(gate, 500_000) as without:
        time.sleep(BASE_S)
    assert gate.rows("SELECT count(*) FROM reports WHERE received_on < '2025-01-01'") == [(0,)]
    told = (
        f"{rows} rows in {took:.0f} s; during: {len(during.seconds)} reports, "
        f"p50 {during.quantile(0.5):.3f} p99 {during.quantile(0.99):.3f} "
        f"max {max(during.seconds):.3f} s; without: {len(without.seconds)}, "
        f"p50 {without.quantile(0.5):.3f} p99 {without.quantile(0.99):.3f} "
        f"max {max(without.seconds):.3f} s"
    )

    sys.stdout.write(told + "\n")
    assert during.codes == {250}, told
    assert not lines(gate, "purge_not_verified"), told
    # Twice is the aim; a busy machine is given more before this fails.
    assert during.quantile(0.99) < max(4 * without.quantile(0.99), 1.0), told
