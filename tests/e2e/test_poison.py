"""A report over which the parser hangs or eats memory; a main process that is killed meanwhile."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import smtplib
import threading
from collections.abc import Callable

import pytest

from tests import reports
from tests.e2e.gate import Gate, processor_s, tree, wait_for


@pytest.fixture
def poisoned(make_gate: Callable[..., Gate]) -> Gate:
    gate = make_gate(store_tier="metadata", analysts=(), processes=1)
    text = gate.config.read_text()
    gate.config.write_text(text.replace("processes = 1", "processes = 1\ntime_limit_s = 1"))
    gate.program = ("tests.e2e.spoiled_serve", "poison")
    gate.start()
    return gate


def poison(what: str, *more: tuple[str, str]) -> bytes:
    return reports.report(outer=(("X-Poison", what), *more))


def children(gate: Gate) -> set[int]:
    return set(tree(gate.pid)) - {gate.pid}


@pytest.mark.parametrize("what", ["time", "memory"])
def test_past_a_limit_the_worker_is_replaced_and_the_report_kept_with_the_reason(
    poisoned: Gate, what: str
) -> None:
    before = children(poisoned)
    assert poisoned.send(poison(what))[0] == 250
    assert poisoned.rows("SELECT kind, reason, tier FROM reports") == [
        ("auth_failure", f"{what}_limit", "metadata")
    ]
    assert len(before - children(poisoned)) == 1
    assert poisoned.send(poison(what))[0] == 250, "it would come back for days"
    assert poisoned.send(poison(what, ("X-Always", "yes")))[0] == 250
    assert poisoned.send(reports.numbered(1))[0] == 250
    reasons = [row[0] for row in poisoned.rows("SELECT reason FROM reports ORDER BY received_at")]
    assert reasons[-2:] == [f"{what}_limit", None]


def test_workers_die_with_a_main_process_that_is_killed_while_they_are_busy(poisoned: Gate) -> None:
    started = children(poisoned)
    assert len(started) == 2
    for process in (poisoned.pid, *started):
        assert resource.prlimit(process, resource.RLIMIT_CORE) == (0, 0)

    def send() -> None:
        with contextlib.suppress(OSError, smtplib.SMTPException):
            poisoned.send(poison("time", ("X-Always", "yes")))

    sending = threading.Thread(target=send)
    used = processor_s(poisoned.pid)
    sending.start()
    wait_for(lambda: processor_s(poisoned.pid) > used + 0.2, seconds=20)
    os.kill(poisoned.pid, signal.SIGKILL)  # the main process alone
    members = started | children(poisoned)
    wait_for(lambda: not any(map(alive, members)), seconds=10)
    sending.join(20)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
