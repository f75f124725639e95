"""Claims and leases: nothing is sent by two at once, nothing is lost by a death."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from rufgate.store.engine import open_store, reading
from rufgate.store.outbox import CopyState, Outbox
from rufgate.store.reports import ReportStore
from rufgate.store.schema import outbox as table
from tests.store.full_report import RECEIVED, sanitized

NOW = RECEIVED
LEASE = timedelta(seconds=60)


@pytest.fixture
def engine(store_url):
    engine = open_store(store_url)
    yield engine
    engine.dispose()


@pytest.fixture
def outbox(engine):
    return Outbox(engine)


def record(engine, *analysts, **how):
    ReportStore(engine).record(sanitized(*analysts, **how))


def content_of(engine, copy_id):
    with reading(engine) as connection:
        return connection.execute(select(table.c.content).where(table.c.id == copy_id)).scalar_one()


def test_a_copy_is_due_from_the_moment_its_report_was_received(engine, outbox):
    record(engine, "one")
    assert outbox.claim(NOW - timedelta(seconds=1), LEASE, 10) == ()
    (item,) = outbox.claim(NOW, LEASE, 10)
    assert (item.analyst, item.attempts, item.created_at) == ("one", 1, NOW)
    assert item.content.startswith(b"Subject: test\r\n")


def test_a_claimed_copy_is_nobody_elses_until_the_lease_ends(engine, outbox):
    record(engine, "one")
    (first,) = outbox.claim(NOW, LEASE, 10)
    assert outbox.claim(NOW + LEASE - timedelta(seconds=1), LEASE, 10) == ()
    (second,) = outbox.claim(NOW + LEASE, LEASE, 10)
    assert second.id == first.id
    assert second.claim != first.claim
    assert second.attempts == 2


def test_an_extended_lease_holds_longer(engine, outbox):
    record(engine, "one")
    items = outbox.claim(NOW, LEASE, 10)
    outbox.extend(items, NOW + LEASE / 2, LEASE)
    assert outbox.claim(NOW + LEASE, LEASE, 10) == ()
    assert len(outbox.claim(NOW + LEASE * 2, LEASE, 10)) == 1


def test_no_more_than_the_limit_is_claimed(engine, outbox):
    record(engine, "one", "two", "three")
    assert len(outbox.claim(NOW, LEASE, 2)) == 2
    assert len(outbox.claim(NOW, LEASE, 2)) == 1
    assert outbox.claim(NOW, LEASE, 2) == ()


@pytest.mark.quick_on_both
def test_many_claimers_never_share_a_copy(store_url, engine):
    record(engine, *(f"analyst{n}" for n in range(40)))
    taken: list = []

    def take():
        own = open_store(store_url)
        while items := Outbox(own).claim(NOW, LEASE, 3):
            taken.extend(item.id for item in items)
        own.dispose()

    threads = [threading.Thread(target=take) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == len(set(taken)) == 40


@pytest.mark.quick_on_both
def test_a_process_killed_with_a_claim_loses_nothing(store_url, engine, outbox):
    record(engine, "one")
    script = f"""
import sys, time
from datetime import datetime, timedelta
from rufgate.store.engine import open_store
from rufgate.store.outbox import Outbox
items = Outbox(open_store({store_url!r})).claim(
    datetime.fromisoformat({NOW.isoformat()!r}), timedelta(seconds=60), 10)
print(items[0].id, flush=True)
time.sleep(60)
"""
    holder = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    claimed = holder.stdout.readline().strip()
    holder.send_signal(signal.SIGKILL)
    holder.wait(timeout=10)
    holder.stdout.close()
    assert outbox.list()[0].state is CopyState.CLAIMED
    assert outbox.claim(NOW + timedelta(seconds=59), LEASE, 10) == ()
    (item,) = outbox.claim(NOW + LEASE, LEASE, 10)
    assert str(item.id) == claimed


@pytest.mark.quick_on_both
def test_settling_empties_the_copy_and_keeps_what_happened(engine, outbox):
    record(engine, "one")
    (item,) = outbox.claim(NOW, LEASE, 10)
    outbox.settle_delivered(item.id, NOW + timedelta(seconds=2))
    assert content_of(engine, item.id) is None
    (entry,) = outbox.list()
    assert entry.state is CopyState.DELIVERED
    assert entry.settled_at == NOW + timedelta(seconds=2)
    assert entry.analyst == "one"
    assert entry.size_bytes == len(item.content)
    assert outbox.claim(NOW + timedelta(days=1), LEASE, 10) == ()


def test_a_deferred_copy_waits_for_its_time(engine, outbox):
    record(engine, "one")
    (item,) = outbox.claim(NOW, LEASE, 10)
    due = NOW + timedelta(minutes=5)
    outbox.defer(item.id, due, NOW, "4.7.1", claim=item.claim)
    assert outbox.claim(due - timedelta(seconds=1), LEASE, 10) == ()
    (again,) = outbox.claim(due, LEASE, 10)
    assert again.attempts == 2
    assert outbox.list()[0].reason == "4.7.1"


@pytest.mark.quick_on_both
def test_a_worker_whose_lease_was_lost_cannot_put_the_copy_back(engine, outbox):
    record(engine, "one")
    (late,) = outbox.claim(NOW, LEASE, 10)
    (holder,) = outbox.claim(NOW + LEASE, LEASE, 10)
    outbox.defer(late.id, NOW + LEASE, NOW + LEASE, "timeout", claim=late.claim)
    outbox.park(late.id, NOW + LEASE, "5.1.1", claim=late.claim)
    assert outbox.list()[0].state is CopyState.CLAIMED
    outbox.settle_delivered(holder.id, NOW + LEASE)
    outbox.defer(late.id, NOW + LEASE, NOW + LEASE, "timeout")
    assert outbox.list()[0].state is CopyState.DELIVERED


def test_a_late_delivery_still_counts(engine, outbox):
    record(engine, "one")
    (late,) = outbox.claim(NOW, LEASE, 10)
    outbox.claim(NOW + LEASE, LEASE, 10)
    outbox.settle_delivered(late.id, NOW + LEASE)
    assert outbox.list()[0].state is CopyState.DELIVERED


def test_a_parked_copy_is_left_alone_until_somebody_retries_it(engine, outbox):
    record(engine, "one")
    (item,) = outbox.claim(NOW, LEASE, 10)
    outbox.park(item.id, NOW, "5.1.1", claim=item.claim)
    assert outbox.claim(NOW + timedelta(days=3), LEASE, 10) == ()
    assert outbox.list(state=CopyState.PARKED)[0].reason == "5.1.1"
    assert outbox.retry([item.id]) == 1
    (again,) = outbox.claim(NOW, LEASE, 10)
    assert (again.id, again.attempts) == (item.id, 1)
    assert again.content == item.content


def test_a_delivered_copy_cannot_be_retried(engine, outbox):
    record(engine, "one")
    (item,) = outbox.claim(NOW, LEASE, 10)
    outbox.settle_delivered(item.id, NOW)
    assert outbox.retry([item.id]) == 0
    assert outbox.drop([item.id], NOW) == (0, 0)
    assert outbox.counts() == {CopyState.DELIVERED: 1}


def test_a_dropped_copy_is_empty_and_is_not_sent(engine, outbox):
    record(engine, "one", "two")
    first, second = outbox.list()
    assert outbox.drop([first.id], NOW) == (1, 0)
    assert content_of(engine, first.id) is None
    assert [item.id for item in outbox.claim(NOW, LEASE, 10)] == [second.id]
    assert outbox.counts() == {CopyState.DROPPED: 1, CopyState.CLAIMED: 1}


def test_neither_a_list_nor_a_representation_shows_content(engine, outbox):
    record(engine, "one")
    (item,) = outbox.claim(NOW, LEASE, 10)
    assert "mark-copy" not in repr(item)
    assert "mark-copy" not in str(outbox.list()[0].as_json())
    assert list(outbox.list()[0].as_json()) == [
        "id", "report_id", "analyst", "tier", "state", "attempts", "reason", "size_bytes",
        "created_at", "due_at", "settled_at",
    ]  # fmt: skip
