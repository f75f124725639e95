"""A balancer in front of a real gate: its word counts for limits and log, and the canary passes."""

from __future__ import annotations

import json
from collections.abc import Callable

from tests.e2e.flooding import deliver, open_socket, with_smtp_keys
from tests.e2e.gate import Gate
from tests.e2e.load import report

HEADER = b"PROXY TCP4 203.0.113.%d 192.0.2.1 4096 25\r\n"


def test_the_client_behind_a_balancer_is_the_one_that_counts(
    make_gate: Callable[..., Gate],
) -> None:
    gate = with_smtp_keys(
        make_gate(store_tier="metadata", analysts=(), processes=1, log_level="info"),
        trusted_fronts=["127.0.0.1"],
        front_protocol="proxy",
        max_connections_per_ip=1,
        max_connections_per_network=2,
    )
    gate.start()
    for number in range(3):
        assert deliver(gate, report(number), "127.0.0.1", header=HEADER % 9).startswith("250")
    with open_socket(gate) as one, open_socket(gate) as two:
        one.sendall(HEADER % 1)
        assert one.recv(100).startswith(b"220")
        two.sendall(HEADER % 2)
        assert two.recv(100).startswith(b"220")
        assert deliver(gate, report(4), "127.0.0.1", header=HEADER % 1).startswith("421 4.7.0")
        assert deliver(gate, report(4), "127.0.0.1", header=HEADER % 3).startswith("421 4.7.0")
    assert deliver(gate, report(5), "127.0.0.1", header=b"EHLO c\r\n") == ""
    assert deliver(gate, report(6), "127.0.0.9").startswith("250")  # no front: no header
    canary = gate.command("canary", "run", "--json", "--config", str(gate.config))
    assert json.loads(canary.stdout)["state"] == "passed"
    log = gate.log.read_text()
    assert '"client_net": "203.0.113.0/24"' in log
    assert "203.0.113.9" not in log
