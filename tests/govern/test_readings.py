"""A wrong reading of the clock deletes nothing; one that stays is believed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from rufgate.govern.readings import Readings

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_a_clock_that_goes_as_it_should_is_believed():
    readings = Readings(NOON)
    assert all(readings.believes(NOON + HOUR * n, 3600.0 * n) for n in range(48))


def test_one_wrong_reading_is_not_believed_and_the_right_one_after_it_is():
    readings = Readings(NOON)
    assert readings.believes(NOON, 0)
    assert not readings.believes(NOON + HOUR + 365 * DAY, 3600)
    assert readings.believes(NOON + 2 * HOUR, 7200)


def test_a_jump_that_stays_for_an_hour_is_believed():
    readings = Readings(NOON)
    assert readings.believes(NOON, 0)
    assert not readings.believes(NOON + DAY, 3600)
    assert readings.believes(NOON + DAY + HOUR, 7200)


def test_a_clock_put_back_is_believed_since_less_is_due_by_it():
    readings = Readings(NOON)
    assert readings.believes(NOON, 0)
    assert readings.believes(NOON - DAY, 3600)


def test_a_gate_that_starts_long_after_its_newest_report_asks_twice():
    readings = Readings(NOON - 8 * DAY)
    assert not readings.believes(NOON, 0)
    assert readings.believes(NOON + HOUR, 3600)


def test_an_empty_store_has_nothing_to_lose():
    assert Readings(None).believes(NOON, 0)
