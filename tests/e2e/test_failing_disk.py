"""A disk that fails under a running gate: 4xx, nothing lost, and well again without a restart."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.gate import Gate, Sink
from tests.e2e.load import domain, stored
from tests.e2e.raw_traces import traces
from tests.e2e.rounds import ids, limit_files, marked, send_rest

QUICK = {"analysts": (("desk", "desk@soc.example.net", "metadata"),), "store_tier": "metadata"}
BEFORE, AMID, AFTER = 0, range(1, 4), 4


@pytest.fixture
def gate(make_gate: Callable[..., Gate]) -> Gate:
    """A gate whose database fails as ``plan`` says."""
    gate = make_gate(**QUICK)
    gate.program = ("tests.e2e.fatal_serve", str(gate.folder / "plan"))
    gate.start()
    return gate


def _is_well_again(gate: Gate, sink: Sink) -> None:
    """What was refused is taken now; everything is there once, and goes out once."""
    pid = gate.pid
    send_rest(gate, [*AMID, AFTER])
    assert gate.pid == pid
    assert gate.running
    expected = {domain(n) for n in (BEFORE, *AMID, AFTER)}
    assert stored(gate) == dict.fromkeys(expected, 1)
    gate.wait_delivered()
    assert {name: len(found) for name, found in ids(sink.mails()).items()} == dict.fromkeys(
        expected, 1
    )
    log = gate.log.read_text(errors="replace")
    assert "Traceback" not in log
    assert list(traces(gate.folder)) == []


def _answers(gate: Gate) -> set[int]:
    return {gate.send(marked(n))[0] for n in AMID}


def test_a_database_that_may_not_be_written(gate: Gate, sink: Sink) -> None:
    assert gate.send(marked(BEFORE))[0] == 250
    gate.wait_delivered()
    (gate.folder / "plan").write_text("fail read-only")
    assert _answers(gate) == {451}
    (gate.folder / "plan").unlink()
    _is_well_again(gate, sink)


def test_an_input_output_error(gate: Gate, sink: Sink) -> None:
    """The log's disk fails with it: its lines are lost, the gate's tasks are not."""
    assert gate.send(marked(BEFORE))[0] == 250
    gate.wait_delivered()
    limit_files(gate.pid, 4096)
    assert _answers(gate) == {451}
    limit_files(gate.pid, None)
    _is_well_again(gate, sink)


def test_a_database_that_another_process_has_locked(gate: Gate, sink: Sink) -> None:
    """For longer than the five seconds that SQLite waits."""
    assert gate.send(marked(BEFORE))[0] == 250
    gate.wait_delivered()
    with contextlib.closing(sqlite3.connect(gate.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answers: list[int] = []
        senders = [
            threading.Thread(target=lambda n=n: answers.append(gate.send(marked(n))[0]))
            for n in AMID
        ]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join(60)
        assert answers == [451] * len(AMID)
        other.execute("ROLLBACK")
    _is_well_again(gate, sink)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with 16 MB: the write-ahead log alone takes 4."""
    if os.geteuid() != 0:
        pytest.skip(
            "only root may mount a small file system; the rounds fill a database up instead"
        )
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16m,mode=0700", "tmpfs", str(folder)]
    done = subprocess.run(mount, check=False, capture_output=True)
    if done.returncode != 0:
        pytest.skip("nothing can be mounted here; the rounds fill a database up instead")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk(make_gate: Callable[..., Gate], sink: Sink, small_disk: Path) -> None:
    """Database and log on one disk, which something else fills to the last byte."""
    gate = make_gate(**QUICK)
    with gate.config.open("a") as config:
        config.write(f'[store]\nurl = "sqlite:///{small_disk / "rufgate.db"}"\n')
    gate.database = small_disk / "rufgate.db"
    gate.log = small_disk / "serve.log"
    gate.start()
    assert gate.send(marked(BEFORE))[0] == 250
    gate.wait_delivered()
    ballast = small_disk / "ballast"
    _fill(ballast)
    refused = set()
    filler = range(100, 160)  # what the database has left of free pages is used up first
    taken = [n for n in filler if gate.send(marked(n))[0] == 250]
    refused |= _answers(gate)
    assert refused == {452}
    assert len(taken) < len(filler)
    ballast.unlink()
    send_rest(gate, [n for n in filler if n not in taken])
    gate.wait_delivered()
    assert list(traces(small_disk)) == []
    expected = {domain(n) for n in (BEFORE, *filler)}
    assert stored(gate) == dict.fromkeys(expected, 1)
    assert ids(sink.mails()).keys() == expected
    send_rest(gate, [*AMID, AFTER])
    assert stored(gate) == dict.fromkeys({*expected, *(domain(n) for n in (*AMID, AFTER))}, 1)


def _fill(ballast: Path) -> None:
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"\0" * 4096)


def test_a_damaged_database_is_said_at_start_and_nothing_is_taken(gate: Gate) -> None:
    assert gate.send(marked(BEFORE))[0] == 250
    gate.kill()
    gate.database.write_bytes(b"no database" * 1000)
    done = gate.command("serve", "--config", str(gate.config), expect=69)
    assert b"restore it from a backup" in done.stderr
    assert b"Traceback" not in done.stderr
