"""Legal holds: what is held stays, addresses and times get coarser, and it ends by itself."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from rufgate.govern.holds import Asked, HoldProblem, new_hold
from rufgate.govern.matrix import matrix
from rufgate.govern.plan import make_plan, plan_for_reports
from rufgate.govern.retention import apply_plan, apply_retention
from rufgate.govern.rules import RetentionRule
from rufgate.store import schema
from rufgate.store.audit import Audit
from rufgate.store.audit_verify import newest, verify
from rufgate.store.engine import open_store, reading, writing
from rufgate.store.field_classes import FieldClass
from rufgate.store.holds import Holds, HoldState, held_among
from rufgate.store.outbox import CopyState, Outbox
from rufgate.store.reports import ReportStore
from tests.store.full_report import RECEIVED, sanitized

KEY = b"k" * 32
DAY = timedelta(days=1)
UNTIL = date(2026, 12, 31)
AFTER = datetime(2027, 1, 1, tzinfo=UTC)  # the first moment at which it is over


@pytest.fixture
def engine(store_url):
    engine = open_store(store_url)
    yield engine
    engine.dispose()


def record(engine, **how):
    given = sanitized("one", fingerprint=str(uuid4()), **how)
    ReportStore(engine).record(given)
    return given.report.id


def asked(**how):
    return Asked(**{"reason": "case 17", "owner": "desk", "until": UNTIL, **how})


def hold(engine, now=RECEIVED, **how):
    found = new_hold(asked(**how), uuid4(), now)
    return found, Holds(engine).add(found)


def rows_of(engine, report_id):
    """How many rows of each table there are of a report."""
    with reading(engine) as connection:
        return {
            table.name: len(connection.execute(select(table).where(key == report_id)).all())
            for table in schema.metadata.sorted_tables
            for key in [table.c.id if table is schema.reports else table.c.get("report_id")]
            if key is not None
        }


def values(engine, report_id):
    with reading(engine) as connection:
        query = select(schema.reports).where(schema.reports.c.id == report_id)
        return dict(connection.execute(query).mappings().one())


def is_held(engine, report_id, at=RECEIVED):
    with reading(engine) as connection:
        return held_among(connection, [report_id], at) == {report_id}


@pytest.mark.quick_on_both
def test_a_held_report_survives_retention_and_goes_when_the_hold_is_over(engine):
    kept, gone = record(engine), record(engine, owner="other.example")
    before = rows_of(engine, kept)
    hold(engine, domain="example.org", until=RECEIVED.date() + 800 * DAY)
    at = RECEIVED + 760 * DAY
    plan = make_plan(engine, (), at)
    assert plan.held == 1
    assert str(kept) not in str([e.as_json() for e in plan.entries if not e.work.coarsens])
    apply_retention(engine, (), at)
    assert rows_of(engine, kept) == before
    assert set(rows_of(engine, gone).values()) == {0}
    row = values(engine, kept)
    assert (row["text"], row["subject"]) != (None, None)

    over = RECEIVED + 802 * DAY
    assert make_plan(engine, (), over).held == 0
    apply_retention(engine, (), over)
    assert set(rows_of(engine, kept).values()) == {0}


def test_direct_identifiers_get_coarser_under_a_hold(engine):
    report_id = record(engine)
    hold(engine, report=report_id)
    apply_retention(engine, (), RECEIVED + 91 * DAY)
    row = values(engine, report_id)
    assert (row["source_ip"], row["source_port"], row["received_at"]) == (
        "192.0.2.0/24",
        None,
        None,
    )
    assert row["arrival_at"] == datetime(2026, 3, 10, tzinfo=UTC)
    assert row["text"] is not None


@pytest.mark.parametrize("field_class", [FieldClass.TIME, FieldClass.ADDRESS])
def test_a_rule_that_deletes_direct_identifiers_coarsens_them_under_a_hold(engine, field_class):
    held, free = record(engine), record(engine, owner="other.example")
    hold(engine, report=held)
    rules = (RetentionRule(field_class=field_class, days=3),)
    at = RECEIVED + 4 * DAY
    assert make_plan(engine, rules, at).held == 1
    apply_retention(engine, rules, at)
    column = {FieldClass.TIME: "arrival_at", FieldClass.ADDRESS: "source_ip"}[field_class]
    coarse = {
        FieldClass.TIME: datetime(2026, 3, 10, tzinfo=UTC),
        FieldClass.ADDRESS: "192.0.2.0/24",
    }[field_class]
    assert (values(engine, held)[column], values(engine, free)[column]) == (coarse, None)


def test_a_pseudonym_goes_under_a_hold_only_by_a_rule_that_coarsens(engine):
    report_id = record(engine)
    hold(engine, report=report_id)
    at = RECEIVED + 200 * DAY
    apply_retention(engine, (), at)
    assert rows_of(engine, report_id)["report_tokens"] > 0
    coarsen = RetentionRule(field_class=FieldClass.PSEUDONYM, days=180, action="coarsen")
    apply_retention(engine, (coarsen,), at)
    assert rows_of(engine, report_id)["report_tokens"] == 0


@pytest.mark.parametrize("action", ["coarsen", "delete"])
def test_a_hold_may_stop_coarsening_too(engine, action):
    report_id = record(engine)
    before = values(engine, report_id)
    hold(engine, report=report_id, also_coarsening=True)
    rules = tuple(
        RetentionRule(field_class=name, days=1, action=action)
        for name in (FieldClass.TIME, FieldClass.ADDRESS, FieldClass.PSEUDONYM)
    )
    apply_retention(engine, rules, RECEIVED + 250 * DAY)
    assert values(engine, report_id) == before
    assert rows_of(engine, report_id)["report_tokens"] > 0


def test_a_copy_that_waits_keeps_its_bytes_under_a_hold(engine):
    report_id = record(engine)
    hold(engine, report=report_id)
    apply_retention(engine, (), RECEIVED + 8 * DAY)
    assert Outbox(engine).list()[0].state is CopyState.PENDING


def test_a_copy_that_is_dropped_by_hand_is_not_sent_but_keeps_its_bytes_under_a_hold(engine):
    report_id = record(engine)
    record(engine, owner="other.example")
    hold(engine, report=report_id)
    outbox = Outbox(engine)
    copies = {entry.report_id: entry.id for entry in outbox.list()}
    assert outbox.drop(copies.values(), RECEIVED + DAY) == (1, 1)
    states = {entry.report_id: (entry.state, entry.reason) for entry in outbox.list()}
    assert states.pop(report_id) == (CopyState.PARKED, "legal_hold")
    assert [state for state, _ in states.values()] == [CopyState.DROPPED]
    assert outbox.claim(RECEIVED + DAY, DAY, 10) == ()
    with reading(engine) as connection:
        query = select(schema.outbox.c.report_id).where(schema.outbox.c.content.is_not(None))
        assert connection.execute(query).scalars().all() == [report_id]
    assert outbox.drop([copies[report_id]], AFTER) == (1, 0)


def test_erasure_skips_what_is_held_and_says_how_many(engine):
    held, free = record(engine), record(engine)
    hold(engine, report=held)
    plan = plan_for_reports(engine, [held, free], FieldClass.FACTS, "delete", RECEIVED + DAY)
    assert plan.held == 1
    apply_plan(engine, plan)
    assert rows_of(engine, held)["reports"] == 1
    assert set(rows_of(engine, free).values()) == {0}


def test_tightening_skips_what_is_held(engine):
    held, free = record(engine), record(engine)
    hold(engine, report=held)
    plan = plan_for_reports(engine, [held, free], FieldClass.SUBJECT, "delete", RECEIVED + DAY)
    assert plan.held == 1
    apply_plan(engine, plan)
    assert values(engine, held)["subject"] is not None
    assert values(engine, free)["subject"] is None


def test_a_hold_that_is_set_between_plan_and_purge_is_heard(engine):
    report_id = record(engine)
    before = rows_of(engine, report_id)
    at = RECEIVED + 800 * DAY
    plan = make_plan(engine, (), at)
    hold(engine, report=report_id, now=at, until=at.date() + DAY)
    apply_plan(engine, plan)
    assert rows_of(engine, report_id) == before
    assert make_plan(engine, (), at).digest != plan.digest


@pytest.mark.parametrize(
    ("how", "owner", "day", "is_so"),
    [
        ({"domain": "example.org"}, "example.org", 0, True),
        ({"domain": "example.org"}, "sub.example.org", 0, True),
        ({"domain": "example.org"}, "notexample.org", 0, False),
        ({"domain": "sub.example.org"}, "example.org", 0, False),
        ({"domain": "exam_le.org"}, "a.example.org", 0, False),
        ({"domain": "example.org"}, None, 0, False),
        ({"received_from": 0, "received_to": 0}, None, 0, True),
        ({"received_from": 1, "received_to": 3}, "example.org", 0, False),
        ({"received_from": 1, "received_to": 3}, "example.org", 3, True),
        ({"received_from": 1, "received_to": 3}, "example.org", 4, False),
        ({"domain": "example.org", "received_from": 0, "received_to": 1}, "example.org", 1, True),
        ({"domain": "example.org", "received_from": 0, "received_to": 1}, "example.net", 1, False),
        ({"domain": "example.org", "received_from": 0, "received_to": 1}, "example.org", 2, False),
    ],
)
def test_what_a_hold_names(engine, how, owner, day, is_so):
    report_id = record(engine, owner=owner, received_at=RECEIVED + day * DAY)
    days = {k: RECEIVED.date() + v * DAY if isinstance(v, int) else v for k, v in how.items()}
    _, count = hold(engine, **days)
    assert (is_held(engine, report_id), count) == (is_so, int(is_so))


def test_a_campaign_is_held_with_the_reports_that_join_it_later(engine):
    campaign, other = uuid4(), uuid4()
    first, second, beside, unread = (record(engine) for _ in range(4))
    joined(engine, first, campaign)
    joined(engine, beside, other)
    _, count = hold(engine, campaign=campaign)
    assert count == 1
    joined(engine, second, campaign)
    assert [is_held(engine, one) for one in (first, second, beside, unread)] == [
        True, True, False, False,
    ]  # fmt: skip
    apply_retention(engine, (), RECEIVED + 800 * DAY)  # the hold is over, and all is gone
    hold(engine, now=RECEIVED + 800 * DAY, until=RECEIVED.date() + 900 * DAY, campaign=campaign)
    assert not Holds(engine).knows_campaign(campaign)


def joined(engine, report_id, campaign):
    with writing(engine) as connection:
        mine = schema.reports.c.id == report_id
        connection.execute(update(schema.reports).where(mine).values(campaign_id=campaign))


def test_a_period_holds_after_the_time_of_day_is_forgotten(engine):
    report_id = record(engine)
    hold(engine, received_from=RECEIVED.date(), received_to=RECEIVED.date())
    at = RECEIVED + 120 * DAY
    apply_retention(engine, (), at)
    assert values(engine, report_id)["received_at"] is None
    assert is_held(engine, report_id, at)


def test_it_ends_by_itself_after_its_last_day(engine):
    report_id = record(engine)
    found, _ = hold(engine, report=report_id)
    last = AFTER - timedelta(microseconds=1)
    assert is_held(engine, report_id, last)
    assert not is_held(engine, report_id, AFTER)
    assert (found.state(last), found.state(AFTER)) == (HoldState.ACTIVE, HoldState.EXPIRED)
    holds = Holds(engine)
    assert (holds.list(AFTER), len(holds.list(AFTER, with_ended=True))) == ((), 1)


def test_setting_ending_and_expiry_are_entered_without_the_words(engine):
    report_id = record(engine)
    moment = [RECEIVED]
    holds = Holds(engine, Audit(engine, KEY, lambda: moment[0]))
    words = {"reason": "the-reason", "owner": "the-owner"}
    first = new_hold(asked(report=report_id, **words), uuid4(), RECEIVED)
    second = new_hold(asked(domain="example.org", **words), uuid4(), RECEIVED)
    holds.add(first)
    holds.add(second)
    assert holds.end(first, RECEIVED + DAY, "closed-words") is not None
    assert holds.end(first, RECEIVED + DAY, "closed-words") is None
    assert holds.enter_expired(AFTER - DAY) == 0
    assert (holds.enter_expired(AFTER), holds.enter_expired(AFTER)) == (1, 0)
    entries = newest(engine, 10)
    assert [(e.action, str(first.id) in e.details) for e in reversed(entries)] == [
        ("hold_added", True),
        ("hold_added", False),
        ("hold_ended", True),
        ("hold_expired", False),
    ]
    said = "".join(entry.details for entry in entries)
    assert "words" not in said
    assert "the-" not in said
    assert '"count":1' in said
    assert verify(engine, KEY).why is None


def test_the_row_of_a_hold_goes_by_class_audit_after_its_end_and_never_before(engine):
    hold(engine, domain="example.org", until=RECEIVED.date() + 3000 * DAY)
    apply_retention(engine, (), RECEIVED + 2900 * DAY)
    assert len(Holds(engine).list(RECEIVED, with_ended=True)) == 1
    apply_retention(engine, (), RECEIVED + (3001 + 1090) * DAY)
    assert len(Holds(engine).list(RECEIVED, with_ended=True)) == 1
    apply_retention(engine, (), RECEIVED + (3001 + 1096) * DAY)
    assert Holds(engine).list(RECEIVED, with_ended=True) == ()


def test_the_matrix_counts_what_holds_keep_apart(engine):
    record(engine)
    held = record(engine)
    hold(engine, report=held)
    rows = {state.rule.field_class: state for state in matrix(engine, (), RECEIVED)}
    assert (rows[FieldClass.TEXT].rows, rows[FieldClass.TEXT].held) == (1, 1)
    address = rows[FieldClass.ADDRESS]
    assert address.rows > 0
    assert address.held == 0  # coarsening goes on
    assert {state.held for state in matrix(engine, (), AFTER)} == {0}


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({}, "say what to hold"),
        ({"domain": "a.example", "report": uuid4()}, "--report and --campaign stand alone"),
        ({"campaign": uuid4(), "report": uuid4()}, "--report and --campaign stand alone"),
        ({"received_from": UNTIL}, "both --from and --to"),
        ({"received_from": UNTIL, "received_to": UNTIL - DAY}, "--from is after --to"),
        ({"domain": "a.example", "until": RECEIVED.date()}, "--until is not in the future"),
        ({"domain": "a.example", "until": date.max}, "ten years"),
        ({"domain": "a.example", "reason": "two\nlines"}, "--reason takes one line"),
        ({"domain": "a.example", "reason": "x" * 201}, "--reason takes one line"),
        ({"domain": "a.example", "reason": "for ada@home.example"}, "--reason holds an address"),
        ({"domain": "a.example", "owner": " \t"}, "--owner takes one line"),
        ({"domain": "a.example", "owner": "bell\a"}, "--owner takes one line"),
    ],
)
def test_what_no_hold_can_be_is_refused_with_what_to_do(how, said):
    with pytest.raises(HoldProblem, match=said):
        new_hold(asked(**how), uuid4(), RECEIVED)
