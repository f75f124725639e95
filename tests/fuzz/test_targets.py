"""Every target on a few hundred inputs, the same ones each time; ``make fuzz`` looks further."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz import table
from tests.fuzz.dictionary import WORDS
from tests.fuzz.table import TARGETS, HangError, Target, run_one

_PIECES = st.sampled_from(WORDS) | st.binary(max_size=12)
_DAMAGE = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), _PIECES), max_size=6)


def _damaged(seed: bytes, damages: list[tuple[float, int, bytes]]) -> bytes:
    for place, length, new in damages:
        at = int(place * len(seed))
        seed = seed[:at] + new + seed[at + length :]
    return seed


def _inputs(target: Target) -> st.SearchStrategy[bytes]:
    seeds = st.sampled_from(list(target.seeds()))
    pieces = st.lists(_PIECES, max_size=60).map(b"".join)
    return st.builds(_damaged, seeds, _DAMAGE) | pieces | st.binary(max_size=240)


@pytest.mark.parametrize("name", TARGETS)
def test_no_input_breaks_a_target(name: str) -> None:
    target = TARGETS[name]

    @settings(
        max_examples=target.examples,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(_inputs(target))
    def check(data: bytes) -> None:
        run_one(target, data)

    check()


def test_a_slow_input_is_a_hang(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(_: bytes) -> None:
        began = time.process_time()
        while time.process_time() - began < 0.05:
            pass

    monkeypatch.setattr(table, "HANG_S", 0.01)
    with pytest.raises(HangError):
        run_one(Target(slow, lambda: iter([b""])), b"")
