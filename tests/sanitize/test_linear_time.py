"""The whole filter on mails that are made to cost: four times the size costs four times the time.

What grows with the square of the size costs sixteen times as much. A mail that costs little needs
no ratio.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

import pytest

from rufgate.sanitize.sanitized import Sanitized
from tests.hostile import SHAPES
from tests.sanitize.sanitizing import run, text_rules

FLOOR_S = 0.5  # of the larger mail: below it nobody is harmed
QUICK = 24_000  # bytes of what is repeated
FULL = 60_000  # just below the limit of a field and of a text
MAX_RATIO = 9.0
RULES = text_rules()


def seconds(content: bytes, rounds: int = 3) -> float:
    """Processor time of the fastest run."""
    best = float("inf")
    for _ in range(rounds):
        gc.collect()
        began = time.process_time()
        outcome = run(content, RULES)
        best = min(best, time.process_time() - began)
        assert isinstance(outcome, Sanitized)
        if best < FLOOR_S:
            break
    return best


def assert_linear(make: Callable[[int], bytes], size: int) -> None:
    large = seconds(make(size))
    if large >= FLOOR_S:
        ratio = large / seconds(make(size // 4))
        assert ratio < MAX_RATIO, f"{large:.2f} s for {size} bytes, {ratio:.1f} times a quarter"


@pytest.mark.parametrize("name", SHAPES)
def test_cost_grows_with_the_size_and_not_with_its_square(name: str) -> None:
    assert_linear(SHAPES[name], QUICK)


@pytest.mark.long
@pytest.mark.parametrize("name", SHAPES)
def test_so_it_does_up_to_the_limits(name: str) -> None:
    assert_linear(SHAPES[name], FULL)


@pytest.mark.long
@pytest.mark.parametrize("name", SHAPES)
def test_a_mail_as_large_as_the_gate_takes_is_read_in_time(name: str) -> None:
    """20 MiB; the worker's time limit is 20 s, for all copies and with the recognizers."""
    assert seconds(SHAPES[name](20_000_000), rounds=1) < 10
