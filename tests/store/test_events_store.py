"""Events wait in rows: one for each output, claimed by one worker, gone with the report."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select

from rufgate.govern.plan import plan_for_reports
from rufgate.govern.retention import apply_plan, apply_retention
from rufgate.review.reviewer import Reviewer
from rufgate.store import events as module
from rufgate.store.alerts import Alerts, Raised
from rufgate.store.canary import CanaryRuns, RunState
from rufgate.store.engine import open_store, reading, writing
from rufgate.store.event_tables import output_events
from rufgate.store.events import Events
from rufgate.store.field_classes import FieldClass
from rufgate.store.filters import EVERYTHING, Scope
from rufgate.store.reports import ReportStore
from rufgate.store.reviews import Reviews
from tests.store.full_report import full_report, sanitized

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
LEASE = timedelta(minutes=2)


class Clock:
    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def engine(store_url):
    engine = open_store(store_url)
    yield engine
    engine.dispose()


@pytest.fixture
def events(engine, clock):
    return Events(engine, clock, {"webhook-1": EVERYTHING, "syslog-1": EVERYTHING})


def record(engine, number=0, **changed):
    report = full_report(fingerprint=str(number), received_at=NOW, **changed)
    ReportStore(engine).record(replace(sanitized(), report=report, copies=()))
    return report.id


def waiting(engine) -> int:
    with reading(engine) as connection:
        return connection.execute(select(func.count()).select_from(output_events)).scalar_one()


def test_a_report_is_told_once_to_each_output_when_it_is_first_read(engine, events, monkeypatch):
    report = record(engine)
    reviewer = Reviewer(Reviews(engine, events.add_within), b"k" * 32)
    reviewer.run()
    assert waiting(engine) == 2
    (event,) = events.claim("webhook-1", LEASE, 9)
    assert (event.report_id, event.alert, event.attempts) == (report, None, 1)
    monkeypatch.setattr("rufgate.review.reviewer.VERSION", 99)  # rules that read all again
    assert reviewer.run() == 1
    assert waiting(engine) == 2


OWNERS = ("a.example", "x.a.example", "b.example", "aa.example", None)


@pytest.mark.parametrize(
    ("domains", "told"),
    [
        (("*",), OWNERS),
        (("a.example",), ("a.example", "x.a.example")),
        (("b.example", "A.example"), ("a.example", "x.a.example", "b.example")),
        (("x.a.example",), ("x.a.example",)),
        ((), ()),
    ],
)
def test_an_output_is_told_of_its_domains_alone(engine, clock, domains, told):
    events = Events(engine, clock, {"webhook-1": Scope(domains), "syslog-1": EVERYTHING})
    ids = {record(engine, number, owner=owner): owner for number, owner in enumerate(OWNERS)}
    with writing(engine) as connection:
        events.add_within(connection, list(ids))
    given = [ids[event.report_id] for event in events.claim("webhook-1", LEASE, 9)]
    assert sorted(given, key=str) == sorted(told, key=str)
    assert len(events.claim("syslog-1", LEASE, 9)) == len(OWNERS)

    raised = [Raised(cause=str(owner), said={"domain": owner}) for owner in OWNERS]
    scopes = {"webhook-2": Scope(domains), "syslog-2": EVERYTHING}
    Alerts(engine).tell(raised, events, scopes, NOW)
    given = [event.alert["domain"] for event in events.claim("webhook-2", LEASE, 9)]
    assert sorted(given, key=str) == sorted(told, key=str)
    assert len(events.claim("syslog-2", LEASE, 9)) == len(OWNERS)


@pytest.mark.quick_on_both
def test_many_claimers_never_share_an_event(store_url, engine, events, clock):
    with writing(engine) as connection:
        for number in range(30):
            events.add_alert_within(connection, ["webhook-1"], {"kind": "spike", "n": number})
    taken: list[UUID] = []

    def take():
        own = open_store(store_url)
        queue = Events(own, clock)
        while got := queue.claim("webhook-1", LEASE, 2):
            taken.extend(event.id for event in got)
        own.dispose()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == len(set(taken)) == 30


@pytest.mark.quick_on_both
def test_a_claim_is_one_workers_until_its_lease_ends(engine, events, clock):
    with writing(engine) as connection:
        events.add_alert_within(connection, ["webhook-1"], {"kind": "spike"})
    (event,) = events.claim("webhook-1", LEASE, 9)
    assert events.claim("webhook-1", LEASE, 9) == ()
    clock.now += LEASE
    (again,) = events.claim("webhook-1", LEASE, 9)
    assert (again.id, again.attempts) == (event.id, 2)
    events.defer(event, NOW)  # whose claim is over
    assert events.claim("webhook-1", LEASE, 9) == ()
    events.defer(again, clock.now + timedelta(minutes=5))
    assert events.claim("webhook-1", LEASE, 9) == ()
    clock.now += timedelta(minutes=5)
    (last,) = events.claim("webhook-1", LEASE, 9)
    events.settle(last)
    assert waiting(engine) == 0


def test_who_forgets_a_report_forgets_its_events(engine, events):
    report = record(engine)
    with writing(engine) as connection:
        events.add_within(connection, [report])
    apply_plan(engine, plan_for_reports(engine, [report], FieldClass.FACTS, "delete", NOW))
    assert waiting(engine) == 0


def test_what_waits_for_a_week_is_forgotten(engine, events):
    with writing(engine) as connection:
        events.add_alert_within(connection, ["gone-1"], {"kind": "spike"})
    apply_retention(engine, (), NOW + timedelta(days=6))
    assert waiting(engine) == 1
    apply_retention(engine, (), NOW + timedelta(days=7, hours=1))
    assert waiting(engine) == 0


def test_reports_wait_while_the_canary_has_found_something_and_alerts_do_not(engine, events):
    report = record(engine)
    with writing(engine) as connection:
        events.add_within(connection, [report])
        events.add_alert_within(connection, ["webhook-1"], {"kind": "canary_found"})
    runs = CanaryRuns(engine)
    runs.finish(runs.begin(NOW), NOW, RunState.FOUND, found=("a name in the outbox",))
    (alert,) = events.claim("webhook-1", LEASE, 9)
    assert alert.alert == {"kind": "canary_found"}
    runs.acknowledge(NOW, "looked at")
    (told,) = events.claim("webhook-1", LEASE, 9)
    assert told.report_id == report


def test_what_waits_is_bounded_and_alerts_find_room(engine, events, monkeypatch):
    monkeypatch.setattr(module, "MOST_WAITING", 3)
    ids = [record(engine, number) for number in range(5)]
    with writing(engine) as connection:
        events.add_within(connection, ids)
        events.add_within(connection, ids)
        events.add_alert_within(connection, ["webhook-1"], {"kind": "spike"})
    assert waiting(engine) == 3 + 3 + 1


def test_outputs_that_are_no_more_are_forgotten(engine, events):
    with writing(engine) as connection:
        events.add_alert_within(connection, ["webhook-1", "old"], {"kind": "spike"})
    assert events.forget_others(["webhook-1", "syslog-1"]) == 1
    assert waiting(engine) == 1
