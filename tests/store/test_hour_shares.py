"""On a server the hour's share is taken beside the transaction: exact, and nobody waits."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from rufgate.store import schema
from rufgate.store.engine import open_store, reading, writing
from rufgate.store.hour_shares import shares_of
from rufgate.store.inserts import Inserts
from rufgate.store.reports import OutboxFull, Recorded, ReportStore
from rufgate.store.storms import StormKeys, StormRules, record_within
from tests.store.full_report import sanitized

HIGH = StormRules(rows_per_hour=1000, bytes_per_hour=2**40, rows_per_sender=1000)


@pytest.fixture
def engine(postgres):
    url = postgres.database()
    engine = open_store(url)
    yield engine
    engine.dispose()
    postgres.give_back(url)


def keys(sender: str = "sender") -> StormKeys:
    return StormKeys(storm=uuid4().hex, sender=sender)


def one(*analysts: str):
    return sanitized(*analysts, fingerprint=uuid4().hex)


def taken(engine) -> tuple[int, int]:
    with reading(engine) as connection:
        hour = connection.execute(select(schema.intake_hours.c.made)).scalar_one()
        senders = connection.execute(select(func.sum(schema.intake_senders.c.made))).scalar_one()
    return hour, int(senders)


def test_a_report_that_is_not_committed_yet_keeps_no_other_waiting(engine):
    with writing(engine, shared=True) as connection:
        first = Inserts(connection, shares_of(engine))
        assert record_within(first, one(), keys(), HIGH) is Recorded.NEW
        first.flush()
        # In its transaction the count would hold this one up until it gives up.
        assert ReportStore(engine, rules=HIGH).record(one(), keys()) is Recorded.NEW
    assert taken(engine) == (2, 2)


@pytest.mark.parametrize(
    ("rules", "kept"),
    [
        (StormRules(rows_per_hour=13), 13),
        (StormRules(rows_per_sender=7), 14),
        (StormRules(rows_per_hour=11, rows_per_sender=7), 11),
        (StormRules(bytes_per_hour=1, rows_per_sender=7), 0),
    ],
)
def test_the_bounds_hold_however_many_gates_take_at_once(engine, rules, kept):
    store = ReportStore(engine, rules=rules)

    def send(number: int) -> Recorded:
        return store.record(one(), keys(f"sender {number % 2}"))

    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(send, range(30)))
    assert outcomes.count(Recorded.NEW) == kept
    assert outcomes.count(Recorded.OVERFLOWED) == 30 - kept
    assert store.count() == kept + 1  # and the row of all that came after


def test_what_the_outbox_has_no_room_for_is_given_back(engine):
    rules = StormRules(rows_per_hour=9, rows_per_sender=9, max_waiting=1)
    store = ReportStore(engine, rules=rules)
    assert store.record(one("desk"), keys()) is Recorded.NEW
    for _ in range(3):
        with pytest.raises(OutboxFull):
            store.record(one("desk"), keys())
    assert taken(engine) == (1, 1)


def test_of_a_storm_just_so_many_rows_are_made_however_many_gates_count(engine):
    store = ReportStore(engine, rules=StormRules(after=5, rows_per_hour=1000))
    alike = StormKeys(storm="alike", sender="sender")

    def send(_: int) -> Recorded:
        return store.record(one(), alike)

    assert send(0) is Recorded.NEW
    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(send, range(24)))
    assert outcomes.count(Recorded.NEW) == 4
    assert outcomes.count(Recorded.COLLAPSED) == 20
    assert sum(report.seen for report in store.list()) == 25
