"""Every original of the corpus, wrapped into a report: 250, a row, in time and in memory."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests import reports
from tests.corpus import corpus_files, corpus_name, needs_corpus
from tests.e2e.gate import Gate, Sink, memory_mb, processor_s

MAX_SECONDS = 2.0
MAX_GROWTH_MB = 300


@needs_corpus
def test_each_is_answered_250_in_time_and_within_memory(gate: Gate, sink: Sink) -> None:
    gate.send(reports.numbered(0))  # so that the workers' start is not counted
    start_mb = memory_mb(gate.pid)
    slow, refused, grown = {}, {}, {}
    originals = corpus_files("originals")
    for number, path in enumerate(originals):
        with _memory_peak(gate.pid) as peak:
            began, used = time.monotonic(), processor_s(gate.pid)
            code, _ = gate.send(_wrapped(path.read_bytes(), number))
            # Tests that run beside this one stretch the first, but not what the gate itself needs.
            took = min(time.monotonic() - began, processor_s(gate.pid) - used)
        name = corpus_name(path)
        if code != 250:
            refused[name] = code
        if took > MAX_SECONDS:
            slow[name] = round(took, 1)
        if peak[0] - start_mb > MAX_GROWTH_MB:
            grown[name] = round(peak[0] - start_mb)
    assert (refused, slow, grown) == ({}, {}, {})
    kinds = {row[1] for row in gate.reports_in_database()}
    assert len(gate.reports_in_database()) == len(originals) + 1
    assert kinds <= {"auth_failure", "loop", "unparsed", "leakcheck"}
    gate.wait_delivered(seconds=120)
    assert len(sink.mails()) > len(originals) * 0.8


@needs_corpus
def test_no_original_is_known_to_the_log(gate: Gate) -> None:
    """A line of each original's body must not stand in the log."""
    for number, path in enumerate(corpus_files("originals")[:40]):
        gate.send(_wrapped(path.read_bytes(), number))
    assert gate.terminate() == 0
    log = gate.log.read_bytes()
    for path in corpus_files("originals")[:40]:
        lines = [line.strip() for line in path.read_bytes().splitlines() if len(line.strip()) > 30]
        assert not [line for line in lines if line in log], corpus_name(path)


def _wrapped(original: bytes, number: int) -> bytes:
    """As a careless reporter does it: the message as it came, between two boundaries."""
    feedback = reports.changed(reports.FEEDBACK, Original_Envelope_Id=f"series{number}")
    return reports.report(original, feedback=feedback, boundary="=_reporter_7f3a")


@contextmanager
def _memory_peak(pid: int) -> Iterator[list[float]]:
    """The largest memory of the tree while the block runs, in MB."""
    peak, done = [memory_mb(pid)], threading.Event()

    def watch() -> None:
        while not done.wait(0.25):
            peak[0] = max(peak[0], memory_mb(pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield peak
    finally:
        peak[0] = max(peak[0], memory_mb(pid))
        done.set()
        watcher.join()
