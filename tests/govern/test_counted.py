"""What the rules cover, as the pages show it: counted at a time that is told, never in silence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from rufgate.govern.counted import EVERY, CountedRules
from rufgate.store.engine import open_store
from rufgate.store.field_classes import FieldClass
from rufgate.store.reports import ReportStore
from tests.store.full_report import RECEIVED, sanitized

START = datetime(2026, 4, 1, 12, tzinfo=UTC)


class Clock:
    now = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def engine(tmp_path):
    engine = open_store(f"sqlite:///{tmp_path / 'rufgate.db'}")
    yield engine
    engine.dispose()


def record(engine, name):
    ReportStore(engine).record(sanitized("desk", fingerprint=name, received_at=RECEIVED))


def subjects(counted):
    (rows,) = (one.rows for one in counted.states if one.rule.field_class is FieldClass.SUBJECT)
    return counted.at, rows // 2  # a report's own row, and that of its Subject field


def test_few_reports_are_counted_at_each_look(engine):
    clock = Clock()
    rules = CountedRules(engine, (), clock)
    assert subjects(rules.shown()) == (START, 0)
    record(engine, "one")
    clock.now += timedelta(seconds=1)
    assert subjects(rules.shown()) == (clock.now, 1)


def test_many_are_shown_as_they_were_counted_with_the_time_until_asked_anew(engine):
    clock = Clock()
    rules = CountedRules(engine, (), clock, few=1)
    record(engine, "one")
    record(engine, "two")
    assert subjects(rules.shown()) == (START, 2)  # there was no count yet
    record(engine, "three")
    clock.now += timedelta(minutes=59)
    rules.keep_fresh()
    assert subjects(rules.shown()) == (START, 2)
    assert subjects(rules.count()) == subjects(rules.shown()) == (clock.now, 3)


@pytest.mark.parametrize("passed", [EVERY, -EVERY])
def test_a_count_of_an_hour_ago_is_taken_anew(engine, passed):
    clock = Clock()
    rules = CountedRules(engine, (), clock, few=0)
    record(engine, "one")
    rules.keep_fresh()
    record(engine, "two")
    clock.now += passed
    rules.keep_fresh()
    assert subjects(rules.shown()) == (clock.now, 2)
