"""Reports recorded in one transaction: one commit for all, and each its own outcome."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import event, text

from rufgate.store.engine import StoreFull, StoreUnavailable, open_store
from rufgate.store.groups import LARGEST, Entry
from rufgate.store.outbox import Outbox
from rufgate.store.reports import OutboxFull, Recorded, ReportStore
from rufgate.store.storms import StormKeys, StormRules
from tests.store.full_report import sanitized

NEW, DUPLICATE, COLLAPSED = Recorded.NEW, Recorded.DUPLICATE, Recorded.COLLAPSED


@pytest.fixture
def engine(tmp_path):
    engine = open_store(f"sqlite:///{tmp_path / 'rufgate.db'}")
    yield engine
    engine.dispose()


def fresh(*analysts: str, keys: StormKeys | None = None) -> Entry:
    return Entry(sanitized(*analysts, fingerprint=uuid4().hex), keys)


def outcomes(store: ReportStore, *entries: Entry) -> list[object]:
    told = store.record_waiting(lambda: entries)
    assert [entry for entry, _ in told] == list(entries)  # each its own, in their order
    return [outcome for _, outcome in told]


def kinds(told: list[object]) -> list[object]:
    return [one if isinstance(one, Recorded) else type(one) for one in told]


class Commits:
    """Counts the commits of an engine; fails the next one where it is told to."""

    def __init__(self, engine) -> None:
        self.count, self.fails = 0, False
        event.listen(engine, "commit", self._on_commit)

    def _on_commit(self, connection) -> None:
        if self.fails:
            self.fails = False
            connection.connection.driver_connection.rollback()
            raise StoreUnavailable("planted")
        self.count += 1


def test_a_group_is_one_commit(engine):
    store, commits = ReportStore(engine), Commits(engine)
    assert outcomes(store, *(fresh("one", "two") for _ in range(LARGEST))) == [NEW] * LARGEST
    assert commits.count == 1
    assert store.count() == LARGEST
    assert len(Outbox(engine).list()) == 2 * LARGEST
    assert all(store.show(report.id).domains for report in store.list())  # children, too


def test_the_same_report_twice_in_a_group_is_one_row(engine):
    store = ReportStore(engine)
    told = outcomes(store, *(Entry(sanitized("one"), None) for _ in range(3)), fresh("one"))
    assert told == [NEW, DUPLICATE, DUPLICATE, NEW]
    assert sorted(report.seen for report in store.list()) == [1, 3]
    assert len(Outbox(engine).list()) == 2


def test_a_report_that_cannot_be_recorded_does_not_touch_its_neighbours(engine):
    """Another report under an id that is taken: a fault of ours that a constraint finds."""
    store, commits = ReportStore(engine), Commits(engine)
    before = fresh("one")
    outcomes(store, before)
    spoiled = Entry(
        sanitized("two", fingerprint="other", report_id=before.sanitized.report.id), None
    )
    told = outcomes(store, fresh("one"), spoiled, fresh("one"))
    assert kinds(told) == [NEW, StoreUnavailable, NEW]
    assert "mark-" not in repr(told[1])
    assert store.count() == 3
    assert {item.analyst for item in Outbox(engine).list()} == {"one"}
    assert commits.count == 2  # the neighbours still shared theirs


def test_a_copy_that_cannot_be_recorded_costs_its_own_report_alone(engine):
    """Rows under the reports go in together at the end: there, too, a fault is one's own."""
    store = ReportStore(engine)
    spoiled = fresh("one")
    (copy,) = spoiled.sanitized.copies
    twice = replace(spoiled.sanitized, copies=(copy, copy))  # one id for two copies
    told = outcomes(store, fresh("one"), Entry(twice, None), fresh("one"))
    assert kinds(told) == [NEW, StoreUnavailable, NEW]
    assert store.count() == 2
    assert len(Outbox(engine).list()) == 2


def test_a_fault_of_any_kind_is_its_own_entrys(engine):
    store = ReportStore(engine)
    told = outcomes(store, fresh(), Entry(None, None), fresh())  # type: ignore[arg-type]
    assert kinds(told) == [NEW, AttributeError, NEW]
    assert store.count() == 2


def test_a_full_outbox_refuses_those_with_copies_alone(engine):
    store = ReportStore(engine, rules=StormRules(max_waiting=3))
    entries = [
        fresh("one", "two", keys=StormKeys(storm="a", sender="s")),
        fresh("one", keys=StormKeys(storm="b", sender="s")),
        fresh("one", keys=StormKeys(storm="c", sender="s")),
        fresh(keys=StormKeys(storm="d", sender="s")),
    ]
    assert kinds(outcomes(store, *entries)) == [NEW, NEW, OutboxFull, NEW]
    assert len(Outbox(engine).list()) == 3
    assert store.count() == 3


def test_a_storm_within_a_group_is_counted_as_one_after_the_other(engine):
    store = ReportStore(engine, rules=StormRules(after=2, rows_per_hour=3))
    entries = [fresh(keys=StormKeys(storm="alike", sender="s")) for _ in range(5)]
    others = [fresh(keys=StormKeys(storm=uuid4().hex, sender="s")) for _ in range(3)]
    told = outcomes(store, *entries, *others)
    assert told == [NEW, NEW, COLLAPSED, COLLAPSED, COLLAPSED, NEW, *2 * [Recorded.OVERFLOWED]]
    assert sum(report.seen for report in store.list()) == 8


def test_a_commit_that_fails_is_everybodys(engine):
    store, commits = ReportStore(engine), Commits(engine)
    commits.fails = True
    entries = [fresh("one") for _ in range(3)]
    assert kinds(outcomes(store, *entries)) == [StoreUnavailable] * 3
    assert store.count() == 0
    assert outcomes(store, *entries) == [NEW] * 3  # as their reporters send them again


def test_a_full_disk_is_everybodys(engine):
    store = ReportStore(engine)
    outcomes(store, fresh("one"))
    with engine.connect() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar()
        connection.execute(text(f"PRAGMA max_page_count={pages}"))
    entries = [fresh("one", "two") for _ in range(LARGEST)]
    assert kinds(outcomes(store, *entries)) == [StoreFull] * LARGEST
    assert store.count() == 1
    with engine.connect() as connection:
        connection.execute(text("PRAGMA max_page_count=1000000"))
    assert outcomes(store, *entries) == [NEW] * LARGEST


def test_a_locked_store_is_everybodys(engine, tmp_path):
    with engine.connect() as connection:
        connection.execute(text("PRAGMA busy_timeout=50"))
    store = ReportStore(engine)
    with sqlite3.connect(tmp_path / "rufgate.db", isolation_level=None) as holder:
        holder.execute("BEGIN IMMEDIATE")
        assert kinds(outcomes(store, fresh(), fresh())) == [StoreUnavailable] * 2
        holder.execute("ROLLBACK")
    holder.close()
    assert store.count() == 0


def test_who_comes_while_the_group_waits_for_its_turn_is_in_it(engine, tmp_path):
    """Entries are taken once the transaction is open, not before it waits for the lock."""
    taken_while_open = []

    def take():
        other = sqlite3.connect(tmp_path / "rufgate.db", timeout=0)
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            taken_while_open.append(True)
        finally:
            other.close()
        return [fresh()]

    ReportStore(engine).record_waiting(take)
    assert taken_while_open == [True]
