"""Retention with a shifted clock: each class goes on its day, the others stay, bytes included."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest
from sqlalchemy import select

from rufgate.govern.retention import NotScrubbed, apply_retention
from rufgate.govern.rules import BUILT_IN_RULES, RetentionRule, lapsing
from rufgate.store import schema
from rufgate.store.engine import StoreUnavailable, open_store, reading
from rufgate.store.field_classes import FieldClass
from rufgate.store.outbox import CopyState, Outbox
from rufgate.store.reports import Recorded, ReportStore
from tests.store.behind import held_in
from tests.store.full_report import MARKS, RECEIVED, sanitized

HOUR = timedelta(hours=1)
DAYS = {rule.field_class: rule.days for rule in BUILT_IN_RULES}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "rufgate.db"


@pytest.fixture
def engine(store_url):
    engine = open_store(store_url)
    yield engine
    engine.dispose()


def present(engine) -> set[str]:
    """The classes of which a mark can be found in the file, its log or its index; in any row."""
    held = held_in(engine)
    return {name for name, marks in MARKS.items() if any(mark in held for mark in marks)}


def test_the_built_in_days_are_those_of_the_design():
    assert {c.value: d for c, d in DAYS.items()} == {
        "facts": 730, "time": 90, "address": 30, "domain": 395, "pseudonym": 180, "header": 90,
        "subject": 30, "text": 30, "attachment": 180, "copy": 7, "fingerprint": 14, "account": 395,
        "audit": 1095,
    }  # fmt: skip
    assert {r.field_class for r in BUILT_IN_RULES} == set(FieldClass)


def test_a_new_report_loses_nothing_and_the_marks_can_be_found(engine):
    ReportStore(engine).record(sanitized("mark-account"))
    counts = apply_retention(engine, (), RECEIVED + HOUR)
    assert set(counts) == set(FieldClass)
    assert set(counts.values()) == {0}
    assert present(engine) == set(MARKS)


@pytest.mark.parametrize("name", sorted(MARKS))
def test_each_class_leaves_the_disk_on_its_day_and_the_rest_stays(engine, name):
    ReportStore(engine).record(sanitized("mark-account"))
    days = DAYS[FieldClass(name)]
    kept_longer = {other for other in MARKS if DAYS[FieldClass(other)] > days}

    apply_retention(engine, (), RECEIVED + timedelta(days=days) - 12 * HOUR - HOUR)
    assert name in present(engine)

    counts = apply_retention(engine, (), RECEIVED + timedelta(days=days) + HOUR)
    assert counts[FieldClass(name)] > 0
    assert present(engine) == kept_longer
    again = apply_retention(engine, (), RECEIVED + timedelta(days=days) + HOUR)
    assert set(again.values()) == {0}


@pytest.mark.parametrize("field_class", [FieldClass.TEXT, FieldClass.ADDRESS, FieldClass.COPY])
def test_while_the_time_is_kept_ages_are_exact(engine, field_class):
    ReportStore(engine).record(sanitized("one"))
    day = RECEIVED + timedelta(days=DAYS[field_class])
    apply_retention(engine, (), day - timedelta(seconds=1))
    assert field_class.value in present(engine)
    apply_retention(engine, (), day)
    assert field_class.value not in present(engine)


@pytest.mark.quick_on_both
def test_after_two_years_nothing_at_all_is_left(engine):
    ReportStore(engine).record(sanitized("one", "two"))
    apply_retention(engine, (), RECEIVED + timedelta(days=731))
    with reading(engine) as connection:
        for table in schema.metadata.sorted_tables:
            assert connection.execute(select(table)).all() == [], table.name


def test_a_report_half_forgotten_can_still_be_listed_and_shown(engine):
    given = sanitized("one")
    ReportStore(engine).record(given)
    apply_retention(engine, (), RECEIVED + timedelta(days=400))
    (line,) = ReportStore(engine).list()
    assert line.as_json()["received_at"] == "2026-03-10"
    assert line.source_ip == "192.0.2.0/24"
    assert line.as_json()["arrival_at"] == "2026-03-10"  # not midnight, which it was not
    assert line.auth_failure == "dmarc"
    assert "source_ip" not in line.not_stated  # forgotten, not unstated
    detail = ReportStore(engine).show(given.report.id)
    assert detail is not None
    assert detail.headers == ()
    assert Outbox(engine).list()[0].analyst is None


def test_a_report_sent_again_after_its_fingerprint_is_forgotten_is_new(engine):
    store = ReportStore(engine)
    store.record(sanitized("one"))
    apply_retention(engine, (), RECEIVED + timedelta(days=13))
    assert store.record(sanitized("one")) is Recorded.DUPLICATE
    apply_retention(engine, (), RECEIVED + timedelta(days=14))
    assert store.record(sanitized("one", received_at=RECEIVED + timedelta(days=14))) is Recorded.NEW


@pytest.mark.parametrize("state", [CopyState.PENDING, CopyState.CLAIMED, CopyState.PARKED])
def test_an_undelivered_copy_expires_with_its_bytes(engine, state):
    ReportStore(engine).record(sanitized("one"))
    outbox = Outbox(engine)
    now = RECEIVED + timedelta(days=7)
    if state is not CopyState.PENDING:
        (item,) = outbox.claim(RECEIVED, timedelta(days=8), 1)
    if state is CopyState.PARKED:
        outbox.park(item.id, RECEIVED, "5.1.1", claim=item.claim)
    apply_retention(engine, (), now)
    (entry,) = outbox.list()
    assert entry.state is CopyState.EXPIRED
    assert entry.size_bytes > 0
    assert outbox.claim(now + timedelta(days=30), timedelta(1), 10) == ()
    assert outbox.retry([entry.id]) == 0
    assert b"mark-copy" not in held_in(engine)


def test_a_copy_that_expires_while_it_is_sent_does_not_come_back_empty(engine):
    ReportStore(engine).record(sanitized("one"))
    outbox = Outbox(engine)
    (item,) = outbox.claim(RECEIVED, timedelta(days=8), 1)
    apply_retention(engine, (), RECEIVED + timedelta(days=7))
    outbox.defer(item.id, RECEIVED, RECEIVED, "timeout", claim=item.claim)
    assert outbox.list()[0].state is CopyState.EXPIRED
    outbox.settle_delivered(item.id, RECEIVED + timedelta(days=7))
    assert outbox.list()[0].state is CopyState.DELIVERED


def test_a_delivered_copy_keeps_its_state_when_the_class_is_due(engine):
    ReportStore(engine).record(sanitized("one"))
    outbox = Outbox(engine)
    (item,) = outbox.claim(RECEIVED, timedelta(1), 1)
    outbox.settle_delivered(item.id, RECEIVED)
    apply_retention(engine, (), RECEIVED + timedelta(days=8))
    assert outbox.list()[0].state is CopyState.DELIVERED


def rule(days, **how):
    return RetentionRule(field_class=FieldClass.TEXT, days=days, **how)


@pytest.mark.parametrize(
    ("owner", "reporter", "kept_days"),
    [
        ("other.example", "other.example", 30),  # the built-in rule
        (None, "other.example", 30),  # a report that is nobody's
        ("example.org", "other.example", 60),  # by domain
        ("sub.example.org", "other.example", 60),  # a name stands for its subdomains
        ("deep.special.example.org", "other.example", 5),  # the longer name is more specific
        ("notexample.org", "other.example", 30),  # no subdomain
        ("other.example", "reporter.example", 3),  # by reporter
        (None, "mx.reporter.example", 3),
        ("example.org", "reporter.example", 90),  # domain and reporter
    ],
)
def test_the_most_specific_rule_wins(engine, owner, reporter, kept_days):
    rules = (
        rule(3, reporter="reporter.example"),
        rule(60, domain="example.org"),
        rule(90, domain="Example.ORG.", reporter="reporter.example"),
        rule(5, domain="special.example.org"),
    )
    given = sanitized(owner=owner, reporter=reporter)
    ReportStore(engine).record(given)

    def text_is_kept():
        detail = ReportStore(engine).show(given.report.id)
        return detail is not None and detail.facts["text"] is not None

    day = RECEIVED + timedelta(days=kept_days)
    apply_retention(engine, rules, day - HOUR)
    assert text_is_kept()
    apply_retention(engine, rules, day)
    assert not text_is_kept()


def test_a_wildcard_in_a_name_is_no_wildcard(engine):
    ReportStore(engine).record(sanitized(owner="a.exampleXorg"))
    apply_retention(engine, (rule(1, domain="example_org"),), RECEIVED + timedelta(days=2))
    (line,) = ReportStore(engine).list()
    detail = ReportStore(engine).show(line.id)
    assert detail is not None
    assert detail.facts["text"] is not None


def test_a_general_rule_of_the_file_replaces_the_built_in_one(engine):
    ReportStore(engine).record(sanitized())
    apply_retention(engine, (rule(60),), RECEIVED + timedelta(days=59))
    assert "text" in present(engine)
    apply_retention(engine, (rule(60),), RECEIVED + timedelta(days=60))
    assert "text" not in present(engine)


def test_many_reports_are_forgotten_in_small_steps(engine):
    store = ReportStore(engine)
    for number in range(450):
        given = sanitized(fingerprint=f"f{number}")
        store.record(given)
    counts = apply_retention(engine, (), RECEIVED + timedelta(days=30))
    assert counts[FieldClass.TEXT] == 450
    assert "text" not in present(engine)


def test_only_what_is_due_goes(engine):
    store = ReportStore(engine)
    old = sanitized(fingerprint="old")
    new = sanitized(fingerprint="new", received_at=RECEIVED + timedelta(days=1))
    store.record(old)
    store.record(new)
    apply_retention(engine, (), RECEIVED + timedelta(days=30))
    kept = {report_id: store.show(report_id) for report_id in (old.report.id, new.report.id)}
    assert kept[old.report.id].facts["text"] is None
    assert kept[new.report.id].facts["text"] is not None


def test_a_scrub_that_a_reader_prevents_is_not_called_done(path, engine):
    ReportStore(engine).record(sanitized("one"))
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM reports").fetchall()
    with engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA busy_timeout=50")
    with pytest.raises(NotScrubbed):
        apply_retention(engine, (), RECEIVED + timedelta(days=30))
    assert "text" in present(engine)  # in the log, which is why it must not be called done
    reader.execute("ROLLBACK")
    reader.close()
    apply_retention(engine, (), RECEIVED + timedelta(days=30))
    assert "text" not in present(engine)
    assert issubclass(NotScrubbed, StoreUnavailable)


@pytest.mark.parametrize(
    ("rules", "lapses"),
    [
        ([rule(300, reporter="r.example")], False),
        ([rule(400, reporter="r.example")], True),
        ([rule(400, domain="example.org")], False),
        (
            [
                rule(400, reporter="r.example"),
                RetentionRule(field_class=FieldClass.DOMAIN, days=500),
            ],
            False,
        ),
    ],
)
def test_a_rule_by_reporter_that_outlives_the_reporters_name_is_found(rules, lapses):
    assert bool(lapsing(rules)) is lapses
