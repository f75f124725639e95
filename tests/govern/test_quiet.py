"""The quiet hour: once a day in it, and never later than a day after the last run."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

from rufgate.govern.quiet import QuietHour

START = datetime(2026, 3, 10, 12, 30, tzinfo=UTC)


def runs(quiet: QuietHour, looks: int, *, every: timedelta = timedelta(hours=1), fails=()):
    """The times of the looks at which it ran."""
    found = []
    for number in range(looks):
        now = START + number * every
        if quiet.is_now(now):
            found.append(now)
            if number not in fails:
                quiet.ran(now)
    return found


def test_without_an_hour_every_look_is_a_run():
    assert len(runs(QuietHour(None), 10)) == 10


def test_with_an_hour_it_runs_at_the_start_and_then_in_that_hour_alone():
    hours = [(now.day, now.hour) for now in runs(QuietHour(3), 72)]
    assert hours == [(10, 12), (11, 3), (12, 3), (13, 3)]


def test_a_run_that_failed_is_repeated_once_a_day_has_passed_and_then_every_hour():
    quiet = QuietHour(3)
    quiet.ran(START - timedelta(hours=9))  # in the hour
    hours = [(now.day, now.hour) for now in runs(quiet, 20, fails={15, 16})]
    assert hours == [(11, 3), (11, 4), (11, 5)]


def test_looks_that_drift_past_the_hour_leave_no_day_out():
    found = runs(QuietHour(3), 2000, every=timedelta(minutes=60, seconds=97))
    gaps = [later - earlier for earlier, later in pairwise(found)]
    assert max(gaps) < timedelta(hours=25, minutes=5)


def test_a_clock_that_went_back_does_not_put_it_off():
    quiet = QuietHour(3)
    quiet.ran(START)
    assert quiet.is_now(START - timedelta(days=40))


def test_the_hour_is_one_of_utc():
    quiet = QuietHour(3)
    quiet.ran(START)
    east = timezone(timedelta(hours=2))
    assert quiet.is_now(datetime(2026, 3, 11, 5, 10, tzinfo=east))
    assert not quiet.is_now(datetime(2026, 3, 11, 3, 10, tzinfo=east))
