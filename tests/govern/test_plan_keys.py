"""The keys of a plan are what they were, and nothing that the collector of cycles walks through."""

from __future__ import annotations

import gc
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from rufgate.govern.plan_keys import Keys

GIVEN = [
    (uuid4(), "name", 3),
    (uuid4(), "other", 4),
    (uuid4(), None, datetime(2026, 4, 1, tzinfo=UTC)),
]


def test_keys_come_out_as_they_went_in():
    keys = Keys(GIVEN)
    assert list(keys) == GIVEN
    assert len(keys) == 3
    assert keys[1] == GIVEN[1]
    assert list(keys[1:9]) == GIVEN[1:]
    assert not Keys()
    assert keys == Keys(GIVEN)
    assert hash(keys) == hash(Keys(GIVEN))
    assert keys != Keys(GIVEN[:2])


@pytest.mark.parametrize("make", [Keys, list])
def test_a_hundred_thousand_keys_are_no_work_for_the_collector(make):
    """Beside it a list of the same, which is: else this would show nothing."""
    gc.collect()
    before = len(gc.get_objects())
    keys = make((uuid4(),) for _ in range(100_000))
    gc.collect()
    walked = len(gc.get_objects()) - before
    assert len(keys) == 100_000
    assert (walked < 1000) is (make is Keys)
