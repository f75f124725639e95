"""Tightening: the plan lists exactly what changes, and nothing of it is left in any file."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from packaging.version import Version
from sqlalchemy import insert, select

from rufgate.govern.burial import stones_of
from rufgate.govern.plan import plan_for_reports
from rufgate.govern.retention import apply_plan
from rufgate.govern.tighten import mark_applied, plan_tightening
from rufgate.sanitize.policy import Audience, Policy, Sender
from rufgate.sanitize.render import render
from rufgate.sanitize.sanitized import (
    Flag,
    Sanitized,
    SanitizedAttachment,
    SanitizedHeader,
    SanitizedText,
    Tier,
)
from rufgate.store import schema
from rufgate.store.engine import open_store, reading, writing
from rufgate.store.field_classes import FieldClass
from rufgate.store.outbox import CopyState, Outbox
from rufgate.store.policies import known_policies, note_policy
from rufgate.store.reports import ReportStore
from tests.store.behind import held_in
from tests.store.full_report import RECEIVED, full_report

NOW = RECEIVED + timedelta(hours=1)
LOOSE = Policy(
    store_tier=Tier.TEXT, links="path", attachment_digest="sha256", domains="keep",
    uncovered_text="rules", allow_phrases=("Acme",),
)  # fmt: skip
ANNA = Audience(name="anna", address="anna@example.org")
SENDER = Sender(address="gate@example.org", hostname="gate.example.org")
LINK = "hxxps://shop[.]mark-host[.]example/mark-path/a"


def text(value: str) -> SanitizedText:
    return SanitizedText(value)


def stored(number: int, policy: Policy = LOOSE, **how: object):
    """A report in the form that the filter gives it under ``policy``."""
    report = full_report(fingerprint=f"f{number}")
    plain = SanitizedAttachment(
        media_type=text("application/pdf"), size_bytes=900, digest=text("ab" * 32), key_id=None
    )
    values = {
        "policy": text(policy.digest()),
        "subject": text("mark-subject"),
        "text": text(f"mark-text of [PERSON 1], see {LINK}; Project Nightingale at b.mark-dom.com"),
        "headers": (
            *report.headers,
            SanitizedHeader(name=text("References"), value=text("p1-x@in.mark-ref.com")),
        ),
        "attachments": (*report.attachments, plain),
    }
    return replace(report, **{**values, **how})


def fill(engine, *reports, audience: Audience = ANNA):
    for report in reports:
        copy = render(report, audience, SENDER, serial="s", loop_mark="m")
        ReportStore(engine).record(Sanitized(report=report, copies=(copy,)))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "rufgate.db"


@pytest.fixture
def engine(store_url):
    engine = open_store(store_url)
    note_policy(engine, LOOSE, RECEIVED)
    yield engine
    engine.dispose()


def contents(engine):
    with reading(engine) as connection:
        return {
            (table.name, tuple(row[c] for c in table.primary_key.columns)): dict(row)
            for table in schema.metadata.sorted_tables
            for row in connection.execute(select(table)).mappings()
        }


def tighten(engine, policy, audiences=(ANNA,), **how):
    """Plan and apply; what changed equals the plan, and a second plan is empty."""
    before = contents(engine)
    found = plan_tightening(engine, policy, audiences, NOW, **how)
    assert contents(engine) == before
    planned = Counter()
    for entry in found.plan.entries:
        planned[entry.rule.field_class] += len(entry.keys)
    assert +Counter(apply_plan(engine, found.plan)) == planned
    after = contents(engine)
    listed = {(entry.work.table.name, key) for entry in found.plan.entries for key in entry.keys}
    gone = {place for place in before if place not in after}
    assert {place for place in before if after.get(place) != before[place]} == listed | gone
    assert gone <= listed
    mark_applied(engine, found)
    assert not plan_tightening(engine, policy, audiences, NOW, **how).plan.entries
    return found


def settings(found):
    return {
        (setting, entry.work.table.name, entry.rule.field_class.value): len(entry.keys)
        for setting, entry in zip(found.settings, found.plan.entries, strict=True)
    }


@pytest.mark.parametrize(
    ("change", "gone", "stays"),
    [
        ({"store_tier": Tier.HEADERS}, [b"mark-text"], [b"mark-subject", b"mark-header"]),
        ({"store_tier": Tier.METADATA}, [b"mark-text", b"mark-subject", b"mark-ref"],
         [b"mark-header", b"mark-pseudonym"[:5]]),
        ({"links": "host"}, [b"mark-path"], [b"mark-text", b"mark-host"]),
        ({"attachment_digest": "keyed"}, [b"abab" * 16], [b"mark-attachment"]),
        ({"attachment_digest": "none"}, [b"abab" * 16, b"mark-attachment"], [b"x-mark/attachment"]),
        ({"source_ip": "truncate"}, [b"192.0.2.77", b"2001:db8::77"],
         [b"192.0.2.0/24", b"2001:db8::/48"]),
        ({"domains": "known"}, [b"mark-dom.com", b"mark-ref"],
         [b"mark-text", b"mark-domain.reported", b"mark-domain.dkim"]),
        ({"domains": "organizational"}, [b"mark-dom.com", b"mark-domain.reported"],
         [b"reported.example", b"mark-text"]),
        ({"deny_phrases": ("project  nightingale",)}, [b"mark-text"], [b"mark-subject"]),
        ({"deny_phrases": ("mark-text", "mark-subject"), "store_tier": Tier.METADATA},
         [b"mark-text", b"mark-subject"], []),
        ({"deny_phrases": ("project night",)}, [], [b"mark-text", b"mark-subject"]),
    ],
)  # fmt: skip
def test_what_a_stricter_setting_forbids_is_in_no_file(engine, change, gone, stays):
    fill(engine, stored(1), stored(2))
    policy = replace(LOOSE, **change)
    found = tighten(engine, policy, audiences=())
    engine.dispose()
    held = held_in(engine)
    assert [mark for mark in gone if mark in held] == []
    assert [mark for mark in stays if mark not in held] == []
    assert len(found.marked) == 2
    with reading(engine) as connection:
        rows = connection.execute(select(schema.reports.c.policy, schema.reports.c.policy_applied))
        assert {tuple(row) for row in rows} == {(LOOSE.digest(), policy.digest())}


@pytest.mark.quick_on_both
def test_text_that_no_model_read_goes_and_other_text_stays(engine):
    fill(engine, stored(1), stored(2, flags=(Flag.RULES_ONLY,)))
    found = tighten(engine, replace(LOOSE, uncovered_text="omit"), audiences=())
    assert settings(found)["uncovered_text", "reports", "text"] == 1
    assert settings(found)["uncovered_text", "reports", "subject"] == 1


def test_the_same_policy_takes_nothing(engine):
    fill(engine, stored(1))
    assert not plan_tightening(engine, LOOSE, [ANNA], NOW).plan.entries


def test_a_looser_policy_brings_nothing_back_and_is_named(engine):
    strict = replace(LOOSE, store_tier=Tier.HEADERS, links="host", allow_phrases=())
    note_policy(engine, strict, RECEIVED)
    fill(engine, stored(1, strict, tier=Tier.HEADERS, text=None))
    found = plan_tightening(engine, LOOSE, [ANNA], NOW)
    assert not found.plan.entries
    assert {(one.setting, one.was, one.now, one.reports) for one in found.looser} == {
        ("store_tier", "headers", "text", 1), ("links", "host", "path", 1),
        ("allow", "other", "1", 1),
    }  # fmt: skip


def test_a_report_of_an_unknown_policy_counts_as_made_under_the_loosest(engine):
    unknown = replace(LOOSE, allow_phrases=("other",), domains="known")
    fill(engine, stored(1, unknown))
    found = plan_tightening(engine, replace(LOOSE, domains="known"), [ANNA], NOW)
    assert found.unknown == 1
    assert "domains" in found.settings


@pytest.mark.parametrize(
    ("engine_name", "goes"),
    [("1.9.0", True), ("1.10.0rc1", True), ("1.10.0", False), ("1.11", False), ("odd", True)],
)
def test_what_an_older_engine_made_goes_by_the_order_of_versions(engine, engine_name, goes):
    fill(engine, stored(1, engine=text(engine_name)))
    found = tighten(engine, LOOSE, engine_before=Version("1.10.0"))
    assert (("engine", "reports", "text") in settings(found)) is goes
    assert (("engine", "outbox", "copy") in settings(found)) is goes


def copies(engine):
    return {(one.state, one.tier, one.reason) for one in Outbox(engine).list(10)}


@pytest.mark.parametrize(
    ("audiences", "left"),
    [
        ([ANNA], (CopyState.PENDING, "text", None)),
        ([replace(ANNA, tier=Tier.HEADERS)], (CopyState.PENDING, "headers", "analyst_tier")),
        ([replace(ANNA, tier=Tier.METADATA)], (CopyState.DROPPED, "text", "analyst_tier")),
        ([replace(ANNA, domains=("other.example",))],
         (CopyState.DROPPED, "text", "analyst_domains")),
        ([replace(ANNA, domains=("example.org",))], (CopyState.PENDING, "text", None)),
        ([], (CopyState.DROPPED, "text", "analyst_removed")),
    ],
)  # fmt: skip
def test_a_copy_leaves_only_as_its_analyst_may_have_it(engine, audiences, left):
    fill(engine, stored(1))
    tighten(engine, LOOSE, audiences)
    assert copies(engine) == {left}
    with reading(engine) as connection:
        content = connection.execute(select(schema.outbox.c.content)).scalar_one()
    assert (content is None) is (left[0] is CopyState.DROPPED)
    assert content is None or (b"mark-text" in content) is (left[1] == "text")


def test_a_copy_of_unknown_make_is_dropped_where_it_should_be_cut(engine):
    report = stored(1)
    fill(engine, report)
    with writing(engine) as connection:
        connection.execute(schema.outbox.update().values(content=b"Subject: x\r\n\r\nmark-text"))
    tighten(engine, LOOSE, [replace(ANNA, tier=Tier.HEADERS)])
    assert copies(engine) == {(CopyState.DROPPED, "text", "analyst_tier")}


@pytest.mark.parametrize(
    "change",
    [{"links": "host"}, {"domains": "known"}, {"source_ip": "truncate"},
     {"deny_phrases": ("Nightingale",)}],
)  # fmt: skip
def test_a_copy_made_under_a_looser_policy_is_dropped(engine, change):
    fill(engine, stored(1))
    tighten(engine, replace(LOOSE, **change))
    ((state, _, _),) = copies(engine)
    assert state is CopyState.DROPPED


SEALED = (
    b'Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/encrypted; boundary="b"\r\n\r\nx',
    b"Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: application/pkcs7-mime; name=x\r\n\r\nx",
)


@pytest.mark.parametrize("content", [*SEALED, b"Subject: x\r\n\r\nx"])
def test_a_sealed_copy_counts_as_holding_a_phrase_since_nobody_can_look(engine, content):
    fill(engine, stored(1))
    with writing(engine) as connection:
        connection.execute(schema.outbox.update().values(content=content))
    tighten(engine, replace(LOOSE, deny_phrases=("Nightingale",)))
    ((state, _, _),) = copies(engine)
    assert state is (CopyState.DROPPED if content in SEALED else CopyState.PENDING)


def test_a_stricter_tier_of_the_store_leaves_copies_alone(engine):
    fill(engine, stored(1))
    tighten(engine, replace(LOOSE, store_tier=Tier.METADATA))
    assert copies(engine) == {(CopyState.PENDING, "text", None)}


def test_a_delivered_copy_is_counted_and_cannot_be_called_back(engine):
    fill(engine, stored(1))
    (copy,) = Outbox(engine).claim(NOW, timedelta(minutes=5), 10)
    Outbox(engine).settle_delivered(copy.id, NOW)
    found = tighten(engine, LOOSE, audiences=())
    assert found.copies.delivered == 1
    assert copies(engine) == {(CopyState.DELIVERED, "text", None)}


def hold(engine, *, report: UUID, also_coarsening: bool = False):
    values = {
        "id": report, "report": report, "also_coarsening": also_coarsening, "reason": "r",
        "owner": "o", "began_at": NOW, "until": (NOW + timedelta(days=9)).date(),
        "ends_at": NOW + timedelta(days=9),
    }  # fmt: skip
    with writing(engine) as connection:
        connection.execute(insert(schema.legal_holds), values)


def test_a_hold_stops_what_deletes_and_not_what_coarsens(engine):
    first, second = stored(1), stored(2)
    fill(engine, first, second)
    hold(engine, report=first.id)
    policy = replace(LOOSE, store_tier=Tier.METADATA, source_ip="truncate")
    found = plan_tightening(engine, policy, (), NOW)
    apply_plan(engine, found.plan)
    mark_applied(engine, found)
    with reading(engine) as connection:
        rows = {row.id: row for row in connection.execute(select(schema.reports))}
    assert (rows[first.id].text is None, rows[second.id].text is None) == (False, True)
    assert {row.source_ip for row in rows.values()} == {"192.0.2.0/24"}
    assert rows[first.id].policy_applied is None
    assert (found.plan.held, found.copies.parked, found.marked) == (1, 1, (second.id,))
    assert copies(engine) == {
        (CopyState.PARKED, "text", "legal_hold"), (CopyState.DROPPED, "text", "analyst_removed"),
    }  # fmt: skip
    assert not plan_tightening(engine, policy, (), NOW).plan.entries


def test_a_hold_that_says_so_stops_coarsening_too(engine):
    report = stored(1)
    fill(engine, report)
    hold(engine, report=report.id, also_coarsening=True)
    assert "source_ip" not in settings(
        plan_tightening(engine, replace(LOOSE, source_ip="truncate"), [ANNA], NOW)
    )


def test_the_digest_changes_with_rows_policy_and_analysts(engine):
    policy = replace(LOOSE, store_tier=Tier.HEADERS)
    fill(engine, stored(1))
    one = plan_tightening(engine, policy, [ANNA], NOW).digest
    assert plan_tightening(engine, policy, [ANNA], NOW + timedelta(days=1)).digest == one
    other = [
        plan_tightening(engine, replace(policy, deny_phrases=("x",)), [ANNA], NOW).digest,
        plan_tightening(engine, policy, [ANNA], NOW, engine_before=Version("0.0.1")).digest,
        plan_tightening(engine, policy, [replace(ANNA, domains=("example.org",))], NOW).digest,
    ]
    fill(engine, stored(2))
    other.append(plan_tightening(engine, policy, [ANNA], NOW).digest)
    assert len({one, *other}) == 5


def test_a_policy_is_remembered_without_its_phrases(engine):
    policy = replace(LOOSE, deny_phrases=("mark-phrase",))
    note_policy(engine, policy, NOW)
    note_policy(engine, policy, NOW + timedelta(days=1))
    with reading(engine) as connection:
        known = known_policies(connection)
        (row,) = connection.execute(
            select(schema.policies).where(schema.policies.c.digest == policy.digest())
        ).all()
    assert (row.first_used_at, row.last_used_at) == (NOW, NOW + timedelta(days=1))
    assert known[policy.digest()]["links"] == "path"
    assert b"mark-phrase" not in held_in(engine)


@pytest.mark.parametrize("change", [{"store_tier": Tier.METADATA}, {"domains": "known"}])
def test_a_replayed_tombstone_takes_no_more_than_the_tightening_did(engine, change):
    fill(engine, stored(1))
    found = plan_tightening(engine, replace(LOOSE, **change), [ANNA], NOW)
    stones = {(stone.field_class, stone.action) for stone in stones_of(engine, found.plan)}
    apply_plan(engine, found.plan)
    before = contents(engine)
    for field_class, action in stones:
        ids = [key[1][0] for key in before if key[0] == "reports"]
        apply_plan(engine, plan_for_reports(engine, ids, FieldClass(field_class), action, NOW))
    ours = ("text", "delete"), ("subject", "delete")
    assert stones == ({*ours} if "store_tier" in change else set())
    after = contents(engine)
    assert {place for place in before if after.get(place) != before[place]} <= {
        place for place in before if place[0] == "report_headers" and before[place]["subject_value"]
    }
