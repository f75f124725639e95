"""Storms: what is alike stops making rows, is counted all the same, and the counting is shared."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from rufgate.govern.retention import apply_retention
from rufgate.govern.rules import RetentionRule
from rufgate.sanitize.sanitized import Kind, Reason, Sanitized
from rufgate.store import schema
from rufgate.store.engine import open_store, reading
from rufgate.store.field_classes import FieldClass
from rufgate.store.outbox import CopyState, Outbox
from rufgate.store.reports import OutboxFull, Recorded, ReportStore
from rufgate.store.storms import StormKeys, StormRules
from tests.store.full_report import RECEIVED, sanitized, text

MINUTE = timedelta(minutes=1)
NEW, DUPLICATE = Recorded.NEW, Recorded.DUPLICATE
COLLAPSED, OVERFLOWED = Recorded.COLLAPSED, Recorded.OVERFLOWED


@pytest.fixture
def engine(store_url):
    engine = open_store(store_url)
    yield engine
    engine.dispose()


def one(*analysts: str, after: timedelta = timedelta(), **changes: object) -> Sanitized:
    """A report of its own content that came ``after`` the first."""
    whole = sanitized(*analysts, received_at=RECEIVED + after, fingerprint=uuid4().hex)
    return replace(whole, report=replace(whole.report, **changes)) if changes else whole


def like(key: str, sender: str = "sender") -> StormKeys:
    return StormKeys(storm=key, sender=sender)


def rows(engine) -> list[tuple[str, int]]:
    """(kind, seen) of every row, as ``reports list`` tells them."""
    return sorted((report.kind, report.seen) for report in ReportStore(engine).list())


def test_what_comes_past_the_threshold_counts_on_the_first_row(engine):
    store = ReportStore(engine, rules=StormRules(after=3))
    told = [store.record(one(after=n * MINUTE), like("key")) for n in range(7)]
    assert told == [NEW, NEW, NEW, COLLAPSED, COLLAPSED, COLLAPSED, COLLAPSED]
    assert rows(engine) == [("auth_failure", 1), ("auth_failure", 1), ("auth_failure", 5)]
    storm = next(row.id for row in store.list() if row.seen == 5)
    shown = store.show(storm).as_json()["storm"]
    assert shown == {
        "began_at": RECEIVED.isoformat(),
        "last_at": (RECEIVED + 6 * MINUTE).isoformat(),
        "collapsed": 4,
    }


def test_another_key_is_no_part_of_it_and_a_resent_report_is_no_storm(engine):
    store = ReportStore(engine, rules=StormRules(after=2))
    same = one()
    assert [store.record(same, like("key")) for _ in range(4)] == [NEW, *[DUPLICATE] * 3]
    assert [store.record(one(), like("other")) for _ in range(3)] == [NEW, NEW, COLLAPSED]
    assert [store.record(one(), like("key")) for _ in range(2)] == [NEW, COLLAPSED]


def test_when_the_window_is_over_the_next_ones_make_rows_again(engine):
    store = ReportStore(engine, rules=StormRules(after=1, window=60 * MINUTE))
    minutes = [0, 59, 60, 61, 119, 120]
    told = [store.record(one(after=m * MINUTE), like("key")) for m in minutes]
    assert told == [NEW, COLLAPSED, NEW, COLLAPSED, COLLAPSED, NEW]
    assert rows(engine) == [("auth_failure", 1), ("auth_failure", 2), ("auth_failure", 3)]


def test_a_clock_that_jumps_either_way_ends_the_window(engine):
    store = ReportStore(engine, rules=StormRules(after=1))
    days = [timedelta(), timedelta(days=400), timedelta(minutes=5)]
    assert [store.record(one(after=when), like("key")) for when in days] == [NEW, NEW, NEW]


def test_what_is_no_report_has_a_window_of_a_day(engine):
    store = ReportStore(engine, rules=StormRules(after=1, window=60 * MINUTE))
    garbage = {"kind": Kind.UNPARSED, "reason": Reason.NOT_A_REPORT}
    mails = [one(after=timedelta(hours=hour), **garbage) for hour in (0, 23, 24)]
    told = [store.record(mail, like("key")) for mail in mails]
    assert told == [NEW, COLLAPSED, NEW]


def test_the_hour_bounds_rows_of_all_keys_and_counts_the_rest(engine):
    store = ReportStore(engine, rules=StormRules(after=20, rows_per_hour=3))
    told = [store.record(one(after=n * MINUTE), like(f"key {n}")) for n in range(6)]
    assert told == [NEW, NEW, NEW, OVERFLOWED, OVERFLOWED, OVERFLOWED]
    assert rows(engine) == [*[("auth_failure", 1)] * 3, ("overflow", 3)]
    assert store.record(one(after=60 * MINUTE), like("key 7")) is NEW
    assert store.count() == 5


def test_the_overflow_row_tells_nothing_of_any_report(engine):
    store = ReportStore(engine, rules=StormRules(rows_per_hour=1))
    for n in range(3):
        store.record(one(), like(f"key {n}"))
    (row,) = store.list(kind=Kind.OVERFLOW)
    shown = store.show(row.id).as_json()
    told = {name for name, value in shown.items() if value not in (None, [], {})}
    assert told == {"id", "received_at", "kind", "seen", "tier", "policy", "engine", "key_id"}


def test_the_hour_bounds_bytes_too(engine):
    store = ReportStore(engine, rules=StormRules(bytes_per_hour=25_000))
    told = [store.record(one(text=text("x" * 9000)), like(f"key {n}")) for n in range(3)]
    assert told == [NEW, OVERFLOWED, OVERFLOWED]
    assert store.record(one(), like("small")) is NEW


@pytest.mark.quick_on_both
def test_one_sender_takes_no_more_than_its_share_of_the_hour(engine):
    store = ReportStore(engine, rules=StormRules(rows_per_sender=2, rows_per_hour=3))
    senders = ["loud", "loud", "loud", "loud", "calm", "calm"]
    told = [store.record(one(), like(f"key {n}", name)) for n, name in enumerate(senders)]
    assert told == [NEW, NEW, OVERFLOWED, OVERFLOWED, NEW, OVERFLOWED]
    later = one(after=60 * MINUTE)
    assert store.record(later, like("key 9", "loud")) is NEW
    with reading(engine) as connection:
        hours = connection.execute(select(schema.intake_senders.c.hour)).scalars().all()
    assert hours == [RECEIVED + 60 * MINUTE]  # those of the hour before are gone


def test_senders_are_noted_for_the_rows_they_make_alone(engine):
    """Else made-up networks would fill the table that bounds them."""
    store = ReportStore(engine, rules=StormRules(rows_per_sender=2, rows_per_hour=3))
    for n in range(20):
        store.record(one(), like(f"key {n}", f"sender {n}"))
    with reading(engine) as connection:
        count = select(func.count()).select_from(schema.intake_senders)
        assert connection.execute(count).scalar_one() == 3


def test_every_so_many_th_of_a_storm_is_forwarded(engine):
    store = ReportStore(engine, rules=StormRules(after=1, forward_every=3))
    for _ in range(8):
        store.record(one("desk"), like("key"))
    assert len(Outbox(engine).list()) == 1 + 2
    (row,) = store.list()
    assert {entry.report_id for entry in Outbox(engine).list()} == {row.id}


def test_copies_of_a_storm_count_against_the_hour(engine):
    store = ReportStore(engine, rules=StormRules(after=1, forward_every=1, rows_per_hour=3))
    told = [store.record(one("desk"), like("key")) for _ in range(8)]
    assert told == [NEW, *[COLLAPSED] * 7]
    assert len(Outbox(engine).list()) == 3


def test_at_the_bound_of_waiting_copies_nothing_is_recorded_and_nothing_lost(engine):
    store, outbox = ReportStore(engine, rules=StormRules(max_waiting=2)), Outbox(engine)
    for n in range(2):
        assert store.record(one("desk"), like(f"key {n}")) is NEW
    late = one("desk")
    with pytest.raises(OutboxFull):
        store.record(late, like("key 3"))
    assert store.count() == 2
    assert store.record(one(), like("nothing to send")) is NEW
    (item, _) = outbox.claim(RECEIVED + MINUTE, MINUTE, 10)
    with pytest.raises(OutboxFull):  # one that is being sent waits, too
        store.record(late, like("key 3"))
    outbox.settle_delivered(item.id, RECEIVED + MINUTE)
    assert store.record(late, like("key 3")) is NEW
    assert outbox.counts()[CopyState.DELIVERED] == 1


def test_a_storm_does_not_stop_at_the_bound_of_waiting_copies(engine):
    rules = StormRules(after=1, forward_every=1, max_waiting=1)
    store = ReportStore(engine, rules=rules)
    assert [store.record(one("desk"), like("key")) for _ in range(3)] == [NEW, COLLAPSED, COLLAPSED]
    assert len(Outbox(engine).list()) == 1


@pytest.mark.quick_on_both
def test_two_gates_on_one_store_count_together(engine, store_url):
    """Each has connections of its own; 4 threads record 80 alike reports at once."""
    other = open_store(store_url)
    rules = StormRules(after=5, rows_per_hour=100)
    stores = [ReportStore(which, rules=rules) for which in (engine, other)]
    told: list[Recorded] = []

    def send(store: ReportStore) -> None:
        told.extend(store.record(one(), like("key")) for _ in range(20))

    threads = [threading.Thread(target=send, args=(store,)) for store in (*stores, *stores)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.dispose()
    assert sorted(recorded.value for recorded in told) == ["collapsed"] * 75 + ["new"] * 5
    assert sum(seen for _, seen in rows(engine)) == 80


def test_a_storm_row_that_is_deleted_takes_its_counter_along(engine):
    store = ReportStore(engine, rules=StormRules(after=1))
    store.record(one(), like("key"))
    rule = RetentionRule(field_class=FieldClass.FACTS, days=0)
    apply_retention(engine, [rule], RECEIVED + MINUTE)
    assert store.record(one(), like("key")) is NEW


def test_counters_are_forgotten_by_their_classes(engine):
    store = ReportStore(engine, rules=StormRules(after=1, rows_per_hour=10))
    for _ in range(2):
        store.record(one(), like("key"))

    def left() -> tuple[int, int, int]:
        storms, hours = schema.storms, schema.intake_hours
        with reading(engine) as connection:
            return connection.execute(
                select(
                    select(func.count(storms.c.storm_key)).scalar_subquery(),
                    select(func.count(storms.c.last_at)).scalar_subquery(),
                    select(func.count(hours.c.hour)).scalar_subquery(),
                )
            ).one()

    assert left() == (1, 1, 1)
    apply_retention(engine, (), RECEIVED + timedelta(days=15))
    assert left() == (0, 1, 1)
    apply_retention(engine, (), RECEIVED + timedelta(days=91))
    assert left() == (0, 1, 0)
    with reading(engine) as connection:
        last = connection.execute(select(schema.storms.c.last_at)).scalar_one()
    assert last == RECEIVED.replace(hour=0, minute=0, second=0, microsecond=0)  # the day alone
