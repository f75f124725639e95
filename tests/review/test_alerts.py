"""Rules of alerts on made series: what is told, and what is not."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from rufgate.review.alerts import (
    AlertKind,
    CampaignSeen,
    Sight,
    SourceSeen,
    Thresholds,
    alerts,
    network_of,
)

AT = datetime(2027, 3, 1, 12, tzinfo=UTC)
TODAY = AT.date()
ID = UUID(int=7)
DEFAULT = Thresholds()
NEVER = Thresholds(**{field.name: 0 for field in fields(Thresholds)})


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def series(*counts: int, domain: str | None = "example.org") -> dict:
    """Messages of today, of yesterday and so on back."""
    return {(domain, ago(number)): count for number, count in enumerate(counts) if count}


STEADY = series(*[4] * 40)


def told(sight: Sight, limits: Thresholds = DEFAULT) -> list[tuple[str, str | None, int]]:
    return [(one.kind.value, one.domain, one.count) for one in alerts(sight, limits)]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([60, *[4] * 20], [("spike", "example.org", 60)]),
        ([49, *[4] * 20], []),  # few
        ([60, *[15] * 20], []),  # many, but four times the usual
        ([75, *[15] * 20], [("spike", "example.org", 75)]),
        ([60, *[4] * 4], []),  # nobody knows yet what is usual
        ([60, *[0] * 9, 1], [("spike", "example.org", 60)]),  # nothing is usual
        ([60, *([200] * 3 + [1] * 17)], [("spike", "example.org", 60)]),  # a storm last week
        ([4] * 20, []),
    ],
)
def test_a_spike_is_many_and_many_times_the_usual(counts, expected):
    assert told(Sight(at=AT, days=series(*counts))) == expected


@pytest.mark.parametrize(
    ("counts", "is_told"),
    [
        ([0] * 4 + [3] * 20, True),
        ([0] * 3 + [3] * 20, False),  # three days may be a weekend
        ([0] * 4 + [3] * 13, False),  # a domain that has just begun
        ([0] * 4 + [3, 0] * 14, True),
        ([0] * 4 + [3, 0, 0] * 10, False),  # now and then
        ([0] * 29 + [3] * 20, False),  # told for weeks
    ],
)
def test_silence_is_news_of_a_domain_that_spoke_on_most_days(counts, is_told):
    days = series(*counts)
    found = [("silence", "example.org", counts.index(3))] if is_told else []
    assert told(Sight(at=AT, days=days)) == found
    assert told(Sight(at=AT, days=days, ended=frozenset({"example.org"}))) == []


def seen(source: str, first: int = 0, today: int = 12, domain: str | None = "example.org"):
    return SourceSeen(domain=domain, source=source, first=ago(first), today=today)


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ([seen("192.0.2.7")], [("new_source", "example.org", 12)]),
        ([seen("192.0.2.7", today=9)], []),
        ([seen("192.0.2.7", today=6), seen("192.0.2.8", today=6)],
         [("new_source", "example.org", 12)]),
        ([seen("192.0.2.7", first=1)], []),
        ([seen("192.0.2.7"), seen("192.0.2.0/24", first=90, today=0)], []),  # coarsened meanwhile
        ([seen("192.0.2.7"), seen("192.0.2.9", first=20, today=0)], []),  # a pool of one sender
        ([seen("2001:db8::7"), seen("2001:db8::/48", first=90, today=0)], []),
        ([seen("192.0.2.7"), seen("192.0.2.9", first=20, domain="example.net")],
         [("new_source", "example.org", 12)]),
        ([seen("192.0.2.7"), seen("198.51.100.7")], [("new_source", "example.org", 24)]),
        ([seen("192.0.2.7", domain="new.example")], []),  # all is new to a new domain
    ],
)  # fmt: skip
def test_a_new_source_is_a_network_that_the_domain_had_not_seen(sources, expected):
    assert told(Sight(at=AT, days=STEADY, sources=sources)) == expected


def test_a_campaign_is_told_by_its_id_from_a_threshold_on():
    few, many = (CampaignSeen(id=ID, domain="example.org", messages=n) for n in (99, 100))
    assert told(Sight(at=AT, days=STEADY, campaigns=[few])) == []
    (alert,) = alerts(Sight(at=AT, days=STEADY, campaigns=[many]))
    assert alert.cause == f"campaign {ID} example.org"
    assert alert.as_json(AT)["campaign"] == str(ID)


@pytest.mark.parametrize(
    ("waiting", "hours", "is_told"),
    [(99, 1, False), (100, 0, True), (1, 6, True), (1, 5, False), (0, 0, False)],
)
def test_an_outbox_grows_in_number_or_in_age(waiting, hours, is_told):
    sight = Sight(at=AT, waiting=waiting, oldest=AT - timedelta(hours=hours))
    assert bool(told(sight)) is is_told


@pytest.mark.parametrize(("events", "hours", "is_told"), [(1, 6, True), (9999, 5, False)])
def test_outputs_that_are_down_are_told_by_how_long_events_wait(events, hours, is_told):
    sight = Sight(at=AT, events=events, oldest_event=AT - timedelta(hours=hours))
    assert told(sight) == ([("outputs", None, events)] if is_told else [])


def test_a_find_and_an_open_purge_are_always_told():
    found = alerts(Sight(at=AT, finds=1, unverified=2), NEVER)
    assert [one.kind for one in found] == [AlertKind.CANARY, AlertKind.PURGE]


EVERYTHING = Sight(
    at=AT, days=series(90, *[3] * 30) | series(0, 0, 0, 0, *[1] * 30, domain="example.net"),
    sources=[seen("198.51.100.7")], campaigns=[CampaignSeen(id=ID, domain=None, messages=500)],
    waiting=500, events=3, oldest_event=AT - timedelta(days=1), finds=1, unverified=1,
)  # fmt: skip


def test_every_kind_can_be_told_and_switched_off():
    assert {one.kind for one in alerts(EVERYTHING)} == set(AlertKind)
    assert len(alerts(EVERYTHING, NEVER)) == 2
    for name in ("new_source_messages", "spike_messages", "campaign_messages", "silent_days"):
        limits = replace(Thresholds(), **{name: 0})
        assert len(alerts(EVERYTHING, limits)) == len(alerts(EVERYTHING)) - 1


def test_an_alert_names_no_address_and_no_network():
    said = [str(one.as_json(AT)) for one in alerts(EVERYTHING)]
    assert not [text for text in said if "198.51" in text]
    assert all(one.message.endswith((".", "?")) for one in alerts(EVERYTHING))
    assert len({one.cause for one in alerts(EVERYTHING)}) == len(said)


def test_what_is_no_address_is_its_own_network():
    assert network_of("private") == "private"
    assert network_of("2001:db8:1:2::7") == "2001:db8:1::/48"
