"""What a privacy officer sees where something is held, was forgotten, or was tampered with."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update

from rufgate.govern.counted import CountedRules
from rufgate.govern.receipts import begin
from rufgate.govern.rules import with_built_in
from rufgate.store import schema
from rufgate.store.audit_entries import Action, Actor
from rufgate.store.canary import CanaryRuns, RunState
from rufgate.store.engine import writing
from rufgate.store.field_classes import FieldClass
from rufgate.store.holds import Hold, Holds
from tests.review.web.site import NOW, fill, make_site, served
from tests.review.web.test_web_hostile import PAYLOAD, inert


@pytest.fixture
def site(tmp_path):
    site = make_site(tmp_path)
    fill(site, each=1)
    with served(site):
        yield site


def test_holds_and_receipts_stand_beside_the_rules(site):
    Holds(site.engine).add(
        Hold(id=uuid4(), domain="alpha.example", reason=PAYLOAD, owner="legal", began_at=NOW,
             until=(NOW + timedelta(days=9)).date(), ends_at=NOW + timedelta(days=10))
    )  # fmt: skip
    receipt = uuid4()
    with writing(site.engine) as connection:
        begin(site.parts.audit, connection, receipt, with_built_in(()), [FieldClass.TEXT])
    with site.signed_in("privacy-officer") as client:
        page = client.get("/retention").text
    inert(page, "/retention")
    assert "{{7*7}}" in page
    for shown in ("2026-03-29", "domain alpha.example", str(receipt), "unverified", "pseudonym"):
        assert shown in page


def test_the_count_is_shown_with_its_time_and_taken_anew_when_asked(site):
    clock = [NOW]
    rules = CountedRules(site.engine, (), lambda: clock[0], few=0)
    other = replace(site, parts=replace(site.parts, rules=rules), clients={})
    with served(other), other.program("privacy-officer") as client:
        first = client.get("/api/v1/retention").json()
        fill(site, each=2)
        clock[0] += timedelta(minutes=30)
        assert client.get("/api/v1/retention").json() == first
        assert first["counted_at"] == "2026-03-20T12:00:00Z"
        with other.signed_in("privacy-officer") as officer:
            assert "Counted on 2026-03-20 12:00 UTC" in officer.get("/retention").text
            page = officer.get("/retention?count=now").text
            assert "Counted on 2026-03-20 12:30 UTC" in page
        last = client.get("/api/v1/retention").json()
        assert client.get("/api/v1/retention?count=never").status_code == 422
    assert last["counted_at"] == "2026-03-20T12:30:00Z"
    rows = [
        {one["class"]: one["rows"] for one in told["rules"]}["subject"] for told in (first, last)
    ]
    assert rows[1] == 2 * rows[0] > 0


def test_programs_get_the_same(site):
    with site.program("privacy-officer") as client:
        found = client.get("/api/v1/retention").json()
        assert {rule["class"] for rule in found["rules"]} == {one.value for one in FieldClass}
        assert client.get("/api/v1/holds").json() == {"holds": []}
        first, second = client.get("/api/v1/audit", params={"limit": 2}).json()["entries"]
        assert (first["action"], second["action"]) == ("holds_listed", "retention_shown")
        query = {"action": "token_created", "until": "9999-12-31", "limit": 1}
        (found,) = client.get("/api/v1/audit", params=query).json()["entries"]
        assert found["action"] == "token_created"
        assert client.get("/api/v1/audit", params={"until": "2026-03-01"}).json()["entries"] == []
    assert site.entries()[0].said["filters"] == ["until", "limit"]


def test_a_tampered_log_is_shown_as_it_stands_and_obeys_nothing(site):
    with site.signed_in("privacy-officer") as client:
        client.get("/audit")
        entries = schema.audit_entries
        with writing(site.engine) as connection:
            values = {"action": PAYLOAD, "actor": PAYLOAD, "details": '{"x": "<script>"}'}
            connection.execute(update(entries).where(entries.c.sequence == 1).values(values))
        page = client.get("/audit").text
        assert inert(page, "/audit") == 2
        assert client.get("/audit?since=yesterday").status_code == 422
        assert "signed in by the web" in client.get("/audit?action=signed_in").text
        assert "signed in by the web" not in client.get("/audit?until=2026-03-01").text


def test_the_log_is_read_page_by_page(site):
    for _ in range(120):
        site.parts.audit.append(Actor.OPERATOR, Action.HOLDS_LISTED)
    with site.signed_in("privacy-officer") as client:
        first = client.get("/audit").text
        before = first.partition("/audit?before=")[2].partition('"')[0]
        assert before.isdigit()
        second = client.get(f"/audit?before={before}").text
        assert f">{int(before) - 1}</th>" in second
        assert f">{before}</th>" not in second


def test_a_find_of_the_canary_is_said_where_copies_are_seen(site):
    with site.signed_in("postmaster") as client:
        assert "Nothing is forwarded" not in client.get("/").text
        runs = CanaryRuns(site.engine)
        runs.finish(runs.begin(NOW), NOW, RunState.FOUND, found=["x"])
        for path in ("/", "/deliveries"):
            assert "Nothing is forwarded" in client.get(path).text
    with site.signed_in("privacy-officer") as client:
        assert "Nothing is forwarded" not in client.get("/").text


def test_refusals_are_added_up_for_those_who_see_the_whole_gate(site):
    for count in (3, 4):
        outcomes = {"new": 9, "450 4.7.1": count, "550 5.7.1": 1}
        site.parts.audit.append(Actor.SERVICE, Action.INTAKE_SUMMED, outcomes=outcomes)
    with site.signed_in("postmaster") as client:
        page = client.get("/deliveries").text
    assert "450 4.7.1" in page
    assert "Too much mail in too short a time" in page
    assert re.search(r'How often" class="n">7<', page)
    with site.signed_in("postmaster-a") as client:
        assert "450 4.7.1" not in client.get("/deliveries").text
