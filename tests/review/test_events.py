"""Events hold what their schema lists for their tier, and nothing in them ends a line."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from rufgate.review import event_schema
from rufgate.review.event_schema import FIELDS
from rufgate.review.events import (
    Observer,
    alert_fields,
    as_cef,
    as_ecs,
    event_of,
    report_fields,
)
from rufgate.review.story import Story
from rufgate.review.verdict import verdict
from rufgate.sanitize.sanitized import SanitizedText, Tier
from rufgate.store.engine import open_store
from rufgate.store.reports import ReportStore
from tests.store.full_report import full_report, sanitized

ID = UUID(int=7)
OBSERVER = Observer(hostname="gate.example.org", version="1.2.3")
HOSTILE = "a|b\\c=d\r\nCEF:0|x\x1b[2J\x00\u2028<134>1 e"
PAGE = Path(__file__).parents[2] / "docs" / "schema.md"


@pytest.fixture
def stored(store_url):
    """What comes back of a report of which each field class is marked."""

    def record(**changed):
        engine = open_store(store_url)
        report = replace(full_report(), **changed)
        ReportStore(engine).record(replace(sanitized(), report=report, copies=()))
        found = ReportStore(engine).show(report.id)
        engine.dispose()
        return found

    return record


def event(detail, tier=Tier.METADATA):
    said = report_fields(detail, verdict(Story.of(detail)), ID)
    return event_of(said, ID, OBSERVER, tier)


@pytest.mark.parametrize("tier", list(Tier))
def test_an_event_holds_what_its_tier_allows_and_no_more(stored, tier):
    line = as_ecs(event(stored(), tier))
    assert ("mark-subject" in line) == (tier is not Tier.METADATA)
    assert ("mark-text" in line) == (tier is Tier.TEXT)
    for never in ("markpseudonym", "mark-header", "mark-fingerprint", "mark-account", "mark-copy"):
        assert never not in line
    told = json.loads(line)
    assert told["rufgate"]["tier"] == tier.value
    assert told["source"]["ip"] == "192.0.2.77"
    assert told["ecs"]["version"]
    assert told["event"]["id"] == str(ID)


def test_every_field_of_the_schema_is_sent_by_something(stored):
    sent = {*event(stored(), Tier.TEXT)}
    sent |= {*event_of(alert_fields(ALERT), ID, OBSERVER, Tier.TEXT)}
    assert sent == {*FIELDS}


def test_what_the_schema_does_not_list_is_never_sent():
    with pytest.raises(ValueError, match="not in the schema: surprise"):
        event_of({"surprise": 1}, ID, OBSERVER, Tier.TEXT)


def test_the_page_has_the_schema():
    text = PAGE.read_text()
    assert event_schema.page() in text
    assert f"Schema version {event_schema.SCHEMA_VERSION}." in text


def test_hostile_values_end_neither_a_line_nor_a_field(stored):
    calm = stored(fingerprint=SanitizedText("calm"))
    names = ("subject", "from_domain", "auth_failure", "delivery_result", "user_agent")
    told = event(stored(**dict.fromkeys(names, SanitizedText(HOSTILE))), Tier.TEXT)
    for line in (as_ecs(told), as_cef(told)):
        assert line.isprintable()
        assert "\n" not in line
    fields = re.split(r"(?<!\\)\|", as_cef(told), maxsplit=7)  # in the rest a bar means nothing
    assert fields[4] == "failure_report"
    keys = set(re.findall(r"(?:^| )([A-Za-z0-9]+)=", fields[7]))
    assert keys == set(
        re.findall(r"(?:^| )([A-Za-z0-9]+)=", as_cef(event(calm, Tier.TEXT)).split("|", 7)[7])
    )
    assert r"cs1=a|b\\c\=d" in fields[7]
    alert = {**ALERT, "message": HOSTILE}
    line = as_cef(event_of(alert_fields(alert), ID, OBSERVER, Tier.METADATA))
    assert re.split(r"(?<!\\)\|", line, maxsplit=7)[6] == "7"
    decoded = json.loads(as_ecs(told))["rufgate"]["report"]["from_domain"]
    assert "\x1b" not in decoded
    assert "\x00" not in decoded


def test_cef_names_its_own_strings(stored):
    line = as_cef(event(stored()))
    assert line.startswith("CEF:0|rufgate|rufgate|1.2.3|failure_report|")
    for said in ("src=192.0.2.77", "cs1Label=fromDomain", "cs1=mark-domain.from.example",
                 "rt=1773144000000", "cs6=00000000-0000-0000-0000-000000000007"):  # fmt: skip
        assert said in line
    assert "subject" not in line
    six = as_cef(event(stored(source_ip=SanitizedText("2001:db8::7"), fingerprint=None)))
    assert "c6a2=2001:db8::7" in six


def test_a_coarsened_source_is_no_address(stored):
    told = event(stored(source_ip=SanitizedText("192.0.2.0/24")))
    assert told["source.address"] == "192.0.2.0/24"
    assert "source.ip" not in told


ALERT = {
    "kind": "spike", "at": "2027-03-01T12:00:00+00:00", "message": "many | reports",
    "domain": "example.org", "count": 90, "usual": 3, "campaign": str(ID),
}  # fmt: skip


def test_an_alert_is_an_event_of_its_own_kind():
    told = json.loads(as_ecs(event_of(alert_fields(ALERT), ID, OBSERVER, Tier.METADATA)))
    assert told["event"]["kind"] == "alert"
    assert told["event"]["action"] == "spike"
    assert told["rufgate"]["alert"] == {
        "kind": "spike", "domain": "example.org", "count": 90, "usual": 3,
    }  # fmt: skip
    assert "|spike|many \\| reports|7|" in as_cef(
        event_of(alert_fields(ALERT), ID, OBSERVER, Tier.METADATA)
    )
