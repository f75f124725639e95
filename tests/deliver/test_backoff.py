"""The retry schedule as a table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from rufgate.deliver.backoff import Backoff
from rufgate.govern.rules import BUILT_IN_RULES

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


def interval(attempts: int, chance: float, **how) -> timedelta:
    due = Backoff(**how).next_due(attempts, created_at=NOW, now=NOW, chance=chance)
    assert due is not None
    return due - NOW


@pytest.mark.parametrize(
    ("attempts", "seconds"),
    [(0, 60), (1, 60), (2, 120), (3, 240), (7, 3840), (8, 7200), (9, 7200), (10**6, 7200)],
)
def test_intervals_double_up_to_the_cap(attempts, seconds):
    assert interval(attempts, 1.0).total_seconds() == seconds


@pytest.mark.parametrize(("chance", "share"), [(0.0, 0.5), (0.5, 0.75), (0.999, 0.9995)])
def test_chance_spreads_an_interval_over_its_second_half(chance, share):
    assert interval(3, chance) / timedelta(seconds=240) == pytest.approx(share)


def test_after_five_days_a_copy_is_given_up():
    backoff = Backoff()
    last = NOW + timedelta(days=5)
    before = last - timedelta(seconds=1)
    assert backoff.next_due(50, created_at=NOW, now=before, chance=0) is not None
    assert backoff.next_due(50, created_at=NOW, now=last, chance=0) is None


def test_a_copy_whose_age_was_forgotten_is_tried_until_retention_takes_it():
    assert Backoff().next_due(50, created_at=None, now=NOW, chance=0) is not None


def test_there_is_time_to_retry_by_hand_before_the_bytes_go():
    (days,) = (rule.days for rule in BUILT_IN_RULES if rule.field_class.value == "copy")
    assert Backoff().give_up_after < timedelta(days=days)
