"""A second person's approval: for exactly one work, by somebody else, once, within a week."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from rufgate.govern.approvals import Approvals, Granted, Kind, NotGranted, Waiting
from rufgate.store.audit import Audit
from rufgate.store.audit_stored import newest
from rufgate.store.engine import open_store
from tests.store.full_report import RECEIVED

ONE, OTHER = "aaaaaaaaaa", "bbbbbbbbbb"
WORK = "0" * 64
DAY = timedelta(days=1)


@pytest.fixture
def engine(store_url):
    engine = open_store(store_url)
    yield engine
    engine.dispose()


@pytest.fixture
def approvals(engine):
    return Approvals(engine, Audit(engine, bytes(32), lambda: RECEIVED))


def asked(approvals, kind=Kind.SUBJECT_ERASE, digest=WORK, token=ONE, now=RECEIVED):
    return approvals.require(kind, digest, token, now)


def test_a_grant_is_used_once(approvals):
    waiting = asked(approvals)
    assert asked(approvals) == waiting  # asked again it is the same request
    approvals.grant(waiting.id, OTHER, RECEIVED)
    assert asked(approvals) == Granted(waiting.id)
    again = asked(approvals)
    assert isinstance(again, Waiting)
    assert again.id != waiting.id


def test_who_asks_cannot_grant(approvals):
    waiting = asked(approvals)
    with pytest.raises(NotGranted, match="another person"):
        approvals.grant(waiting.id, ONE, RECEIVED)
    assert isinstance(asked(approvals), Waiting)


@pytest.mark.parametrize(
    "other", [{"digest": "1" * 64}, {"kind": Kind.SUBJECT_FIND}, {"token": "cccccccccc"}]
)
def test_a_grant_is_for_exactly_what_was_asked_for(approvals, other):
    approvals.grant(asked(approvals).id, OTHER, RECEIVED)
    assert isinstance(asked(approvals, **other), Waiting)
    assert isinstance(asked(approvals), Granted)


def test_a_request_ends_after_a_week_granted_or_not(approvals):
    waiting = asked(approvals)
    assert waiting.until == RECEIVED + 7 * DAY
    with pytest.raises(NotGranted):
        approvals.grant(waiting.id, OTHER, RECEIVED + 7 * DAY)
    approvals.grant(waiting.id, OTHER, RECEIVED + 6 * DAY)
    assert isinstance(asked(approvals, now=RECEIVED + 7 * DAY), Waiting)


def test_it_is_granted_once_and_only_where_it_waits(approvals):
    waiting = asked(approvals)
    approvals.grant(waiting.id, OTHER, RECEIVED)
    with pytest.raises(NotGranted, match="already"):
        approvals.grant(waiting.id, "cccccccccc", RECEIVED)
    asked(approvals)
    with pytest.raises(NotGranted, match="no such request"):
        approvals.grant(waiting.id, "cccccccccc", RECEIVED)


@pytest.mark.quick_on_both
def test_two_at_once_cannot_use_one_grant_twice(approvals):
    approvals.grant(asked(approvals).id, OTHER, RECEIVED)
    answers, start = [], threading.Barrier(6)

    def use():
        start.wait()
        answers.append(asked(approvals))

    threads = [threading.Thread(target=use) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(isinstance(answer, Granted) for answer in answers) == 1


def test_each_step_is_entered_by_ids_alone(approvals, engine):
    waiting = asked(approvals)
    approvals.grant(waiting.id, OTHER, RECEIVED)
    asked(approvals)
    entries = [entry.as_json() for entry in reversed(newest(engine, 3))]
    assert [entry["action"] for entry in entries] == [
        "approval_asked", "approval_granted", "approval_used",
    ]  # fmt: skip
    assert [entry["details"]["token"] for entry in entries] == [ONE, OTHER, ONE]
    assert all(WORK not in entry["mac"] + str(entry["details"]) for entry in entries)


def test_the_list_has_what_can_still_be_used(approvals):
    first = asked(approvals)
    asked(approvals, kind=Kind.KEYS_DESTROY, digest="3")
    approvals.grant(first.id, OTHER, RECEIVED)
    assert {(r.kind, r.granted_by) for r in approvals.list(RECEIVED)} == {
        ("subject_erase", OTHER), ("keys_destroy", None),
    }  # fmt: skip
    assert approvals.list(RECEIVED + 8 * DAY) == ()
