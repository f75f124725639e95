"""``kill -9`` at a random moment under load: what got a 250 is there once, and is delivered.

Rounds at chosen moments are in ``test_fault_rounds``. Run with ``-s`` it says how far each round
had come.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from random import Random

import pytest

from tests.e2e.gate import Gate, Sink, wait_for
from tests.e2e.load import Load, delivered, domain, stored

# tier, rounds, reports in a round, seed
ALL = [("metadata", 20, 200, 20261105), ("text", 5, 100, 20261106)]


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(("tier", "rounds", "count", "seed"), ALL)
def test_nothing_acknowledged_is_lost_in_any_round(
    make_gate: Callable[..., Gate], sink: Sink, tier: str, rounds: int, count: int, seed: int
) -> None:
    _kill_rounds(make_gate, sink, tier=tier, rounds=rounds, count=count, seed=seed)


def _kill_rounds(
    make_gate: Callable[..., Gate], sink: Sink, *, tier: str, rounds: int, count: int, seed: int
) -> None:
    rng = Random(seed)
    gate = make_gate(
        analysts=(("desk", "desk@soc.example.net", tier),), store_tier=tier, log_level="info"
    )
    killed_midway = 0
    for number in range(rounds):
        wanted = range(number * count, (number + 1) * count)
        gate.start()
        acknowledged = _killed_under_load(gate, wanted, rng)
        killed_midway += 0 < len(acknowledged) < count
        print(f"{tier} {number}: killed after {len(acknowledged)} of {count}")  # noqa: T201
        gate.start()
        _send_rest(gate, [n for n in wanted if n not in acknowledged])
        rows = stored(gate)
        assert {n: rows.get(domain(n)) for n in wanted} == dict.fromkeys(wanted, 1)
        if number < rounds - 1:
            assert gate.terminate() == 0
    everything = {domain(n) for n in range(rounds * count)}
    wait_for(lambda: everything <= delivered(sink.mails()), seconds=180, every=1)
    print(f"{tier}: {len(sink.mails())} copies of {rounds * count} reports")  # noqa: T201
    assert killed_midway, "no round was killed while it had work: the test proves nothing"


def _killed_under_load(gate: Gate, wanted: range, rng: Random) -> set[int]:
    """Some way into the work, and then at no particular point of it."""
    some = rng.randint(1, len(wanted) * 2 // 3)
    load = Load(gate, wanted)
    load.start()
    wait_for(lambda: len(load.acknowledged) >= some, seconds=120, every=0.002)
    time.sleep(rng.uniform(0, 0.1))
    gate.kill()
    load.join()
    return set(load.acknowledged)


def _send_rest(gate: Gate, numbers: list[int]) -> None:
    """What a reporter's queue does: try again until there is a 250."""
    for _ in range(20):
        load = Load(gate, numbers)
        load.start()
        load.join()
        numbers = [n for n in numbers if n not in load.acknowledged]
        if not numbers:
            return
        time.sleep(0.5)
    raise AssertionError(f"{len(numbers)} reports were refused again and again")
