"""A thousand clients that hold on to their connections: everybody else hardly notices."""

from __future__ import annotations

import asyncio
import resource
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.e2e.flooding import (
    MIB,
    TO_DATA,
    Crowd,
    Normal,
    Peak,
    Poured,
    deliver,
    open_socket,
    pour,
    tell,
    with_keys,
    with_smtp_keys,
)
from tests.e2e.gate import Gate, memory_mb
from tests.e2e.load import report

CROWD = 1000
ALLOWED_MB = 400
P99_S = 5.0
BUDGET_MB = 64


@pytest.mark.parametrize("seconds", [3, pytest.param(60, marks=pytest.mark.long)])
def test_a_thousand_idle_or_dribbling_clients(make_gate: Callable[..., Gate], seconds: int) -> None:
    gate = with_smtp_keys(
        make_gate(store_tier="metadata", analysts=(), log_level="info"),
        max_connections=CROWD + 100,
        max_connections_per_ip=CROWD,
        max_connections_per_network=CROWD + 100,
    )
    gate.start()
    tree_before, peak = memory_mb(gate.pid), Peak(gate)
    normal = Normal(gate, senders=4)

    async def crowd_in() -> tuple[int, float]:
        crowd = Crowd(gate)
        await crowd.gather(CROWD)
        with open_socket(gate) as refused:
            assert refused.recv(1000).startswith(b"421 4.7.0")
        with normal.sending():
            await crowd.dribble(seconds)
        still_there, tree_growth = crowd.open, memory_mb(gate.pid) - tree_before
        crowd.leave()
        return still_there, tree_growth

    still_there, tree_growth = asyncio.run(crowd_in())
    assert still_there == CROWD
    tell(f"gate +{peak.growth():.0f} MiB, with its workers +{tree_growth:.0f}; {normal.told()}")
    peak.stop()
    assert peak.growth() < ALLOWED_MB
    assert tree_growth < ALLOWED_MB
    assert not normal.refused
    assert normal.p99() < P99_S


@pytest.mark.parametrize("senders", [8, pytest.param(60, marks=pytest.mark.long)])
def test_more_mail_at_once_than_the_memory_budget(
    make_gate: Callable[..., Gate], senders: int
) -> None:
    """Each stays below every limit of its own; in all they send many times the budget."""
    gate = with_smtp_keys(
        make_gate(store_tier="metadata", analysts=(), processes=1, log_level="info"),
        max_connections=200,
        max_connections_per_ip=100,
    )
    with_keys(gate, "limits", memory_budget_mb=BUDGET_MB)
    gate.start()
    peak = Peak(gate)
    start = threading.Barrier(senders)

    def send(_sender: int) -> Poured:
        start.wait()
        return pour(gate, TO_DATA, b"a line of text\r\n" * 65_536, 20 * MIB, b"\r\n.\r\n")

    with ThreadPoolExecutor(senders) as pool:
        replies = Counter(poured.replies[-1][:3] for poured in pool.map(send, range(senders)))
    tell(f"gate +{peak.growth():.0f} MiB of a budget of {BUDGET_MB}; {dict(replies)}")
    peak.stop()
    assert replies["452"] > 0
    assert replies.keys() <= {"250", "421", "451", "452"}
    assert peak.growth() < 3 * BUDGET_MB
    assert gate.running
    assert deliver(gate, report(1), "127.0.0.9").startswith("250")


def test_more_connections_than_open_files_are_refused_at_start(
    make_gate: Callable[..., Gate],
) -> None:
    gate = make_gate(store_tier="metadata", analysts=())
    done = subprocess.run(
        [sys.executable, "-m", "rufgate", "serve", "--config", str(gate.config)],
        capture_output=True,
        timeout=60,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (300, 300)),
    )
    assert done.returncode == 78
    assert b"max_connections" in done.stderr
    assert b"set it to 44" in done.stderr
