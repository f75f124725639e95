"""What a power cut leaves is what was synced: the kernel is asked in which order that happens.

A ``kill -9`` does not show this, since the kernel keeps what a dead process wrote.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable

import pytest

from tests.e2e.gate import Gate, wait_for
from tests.e2e.load import report

_CALL = re.compile(r"(pwrite64|fdatasync|fsync|sendto|write)\((\d+)<([^>]*)>(?:, \"([^\"]*))?")
REPORTS = 5


@pytest.mark.long
@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_the_log_of_the_database_is_synced_before_each_250(make_gate: Callable[..., Gate]) -> None:
    gate = make_gate(analysts=(), store_tier="metadata")
    gate.start()
    out = gate.folder / "calls"
    calls = "trace=pwrite64,fdatasync,fsync,sendto"
    tracer = subprocess.Popen(
        ["strace", "-f", "-y", "-e", calls, "-o", str(out), "-p", str(gate.pid)],
        stderr=subprocess.PIPE,
    )
    assert tracer.stderr is not None
    if b"attached" not in tracer.stderr.readline():
        tracer.kill()
        pytest.skip("no process may be traced here")
    for number in range(REPORTS):
        assert gate.send(report(number))[0] == 250
    tracer.terminate()
    tracer.communicate()
    wait_for(out.exists, seconds=10)
    unsynced, answers = False, 0
    for call, _, where, what in _CALL.findall(out.read_text()):
        if where.endswith("-wal"):
            unsynced = call == "pwrite64"
        elif call == "sendto" and what.startswith("250 2.0.0 M"):
            answers += 1
            assert not unsynced, "a 250 for what a power cut would take away"
    assert answers == REPORTS
