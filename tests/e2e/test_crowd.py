"""A thousand clients that hold on to their connections: everybody else hardly notices."""

from __future__ import annotations

import asyncio
import resource
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.e2e.flooding import Crowd, Normal, Peak, open_socket, tell, with_smtp_keys
from tests.e2e.gate import Gate, memory_mb

CROWD = 1000
ALLOWED_MB = 400
P99_S = 5.0


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
