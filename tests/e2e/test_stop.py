"""SIGTERM under load: the listener closes, what runs is finished, nothing acknowledged is lost."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from tests.e2e.gate import Gate, Sink, tree, wait_for
from tests.e2e.load import Load, delivered, domain, stored


def test_stops_cleanly_and_loses_nothing(gate: Gate, sink: Sink) -> None:
    load = Load(gate, range(300))
    load.start()
    wait_for(lambda: len(load.acknowledged) >= 5, seconds=60)
    members = list(tree(gate.pid))
    assert gate.terminate(seconds=60) == 0
    load.join()
    assert 0 < len(load.acknowledged) < 300
    rows = stored(gate)
    assert all(rows[domain(number)] == 1 for number in load.acknowledged)
    assert set(rows.values()) == {1}
    wait_for(lambda: not any(_alive(pid) for pid in members), seconds=5)
    gate.start()
    wanted = {domain(number) for number in load.acknowledged}
    wait_for(lambda: wanted <= delivered(sink.mails()), seconds=120, every=0.5)


def test_stops_at_once_when_idle_and_refuses_new_sessions(gate: Gate) -> None:
    began = time.monotonic()
    assert gate.terminate(seconds=30) == 0
    assert time.monotonic() - began < 10
    with pytest.raises(OSError, match="refused"):
        gate.client(timeout=2)


def test_an_open_session_does_not_hold_it_up(gate: Gate) -> None:
    with gate.client() as smtp:
        smtp.ehlo()
        assert gate.terminate(seconds=30) == 0
        smtp.sock.close()  # type: ignore[union-attr]  # else QUIT would be sent to nobody
        smtp.sock = None


def test_no_process_of_the_gate_can_dump_core(gate: Gate) -> None:
    members = list(tree(gate.pid))
    assert len(members) > 2  # the gate, the template, its workers
    for pid in members:
        limits = Path(f"/proc/{pid}/limits").read_text()
        assert re.search(r"Max core file size +0 +0 ", limits)


def test_log_holds_no_traceback(gate: Gate) -> None:
    load = Load(gate, range(10))
    load.start()
    load.join()
    assert gate.terminate() == 0
    assert b"Traceback" not in gate.log.read_bytes()


def _alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as stat:  # noqa: PTH123 - one read
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
