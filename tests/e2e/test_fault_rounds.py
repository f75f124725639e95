"""500 rounds of ``kill -9`` and failing disks under load: nothing lost, nothing twice, nothing raw.

Run with ``-s`` it says what happened. Each series has an installation of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle, islice
from random import Random

import pytest

from tests.e2e.gate import Gate, Sink
from tests.e2e.rounds import DISK, KILLS, Rounds

TROUBLES = (*KILLS, *DISK)
SERIES, IN_SERIES = 12, 40  # at tier metadata: 480 rounds
TEXT_ROUNDS = 20


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("tier", "troubles"),
    [("metadata", ("after commit", "I/O error")), ("text", ("after send",))],
    ids=["metadata", "text"],
)
def test_three_rounds(
    make_gate: Callable[..., Gate], sink: Sink, tier: str, troubles: tuple[str, ...]
) -> None:
    rounds = _rounds(make_gate, sink, tier, seed=20261107, count=30)
    for trouble in troubles:
        rounds.run(trouble)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("series", range(SERIES))
def test_all_rounds_at_metadata(make_gate: Callable[..., Gate], sink: Sink, series: int) -> None:
    rounds = _rounds(make_gate, sink, "metadata", seed=20261108 + series, count=30)
    _run(
        rounds,
        f"metadata {series}",
        islice(cycle(TROUBLES), series * IN_SERIES, (series + 1) * IN_SERIES),
    )


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_all_rounds_at_text(make_gate: Callable[..., Gate], sink: Sink) -> None:
    rounds = _rounds(make_gate, sink, "text", seed=20261207, count=20)
    _run(rounds, "text", islice(cycle(TROUBLES), TEXT_ROUNDS))


def _rounds(
    make_gate: Callable[..., Gate], sink: Sink, tier: str, *, seed: int, count: int
) -> Rounds:
    analysts = (("desk", "desk@soc.example.net", tier),)
    gate = make_gate(analysts=analysts, store_tier=tier, log_level="info")
    return Rounds(gate, sink, Random(seed), count)


def _run(rounds: Rounds, name: str, troubles: islice[str]) -> None:
    for trouble in troubles:
        rounds.run(trouble)
        print(f"{name}: {rounds.outcomes['rounds']}: {trouble}", flush=True)  # noqa: T201
    for what, number in sorted(rounds.outcomes.items()):
        print(f"{name}: sum: {what}: {number}", flush=True)  # noqa: T201
