"""The query layer: filters, scopes, pages, sources and counts, compared with plain Python."""

from __future__ import annotations

import base64
import json
import random
from collections import Counter
from datetime import date, timedelta
from ipaddress import ip_network
from uuid import uuid4

import pytest
from sqlalchemy import update

from rufgate.store import schema
from rufgate.store.engine import open_store, writing
from rufgate.store.filters import EVERYTHING, Filter, FilterProblem, Scope
from rufgate.store.query import CursorProblem, Order, Query
from rufgate.store.reports import ReportStore
from tests.store.full_report import RECEIVED, sanitized

DOMAINS = ("example.org", "mail.example.org", "example.net", "badexample.org", None)
SOURCES = ("192.0.2.1", "192.0.2.200", "198.51.100.7", "2001:db8::5", "192.0.2.0/24", "private")
REPORTERS = ("receiver.example", "mx.receiver.example", "other.example")
FAILURES = ("dmarc", "spf", "bodyhash")


@pytest.fixture(scope="module")
def filled(module_store_url):
    """Sixty reports over some days, some of them with their time forgotten; their values."""
    engine = open_store(module_store_url)
    store, chance, rows = ReportStore(engine), random.Random(4), []
    for number in range(60):
        given = sanitized("one", fingerprint=f"f{number}",
                          received_at=RECEIVED + timedelta(hours=7 * (number % 23)))  # fmt: skip
        store.record(given)
        values = {
            "owner_domain": chance.choice(DOMAINS),
            "from_domain": chance.choice(DOMAINS),
            "reported_domain": chance.choice(DOMAINS),
            "reporter_domain": chance.choice(REPORTERS),
            "source_ip": chance.choice((*SOURCES, None)),
            "auth_failure": chance.choice(FAILURES),
            "seen": chance.randint(1, 4),
        }
        if number % 4 == 0:
            values["received_at"] = None
        this = schema.reports.c.id == given.report.id
        with writing(engine) as connection:
            connection.execute(update(schema.reports).where(this).values(values))
        on = given.report.received_at.date()
        at = values.get("received_at", given.report.received_at)
        rows.append({"id": given.report.id, "on": on, **values, "at": at})
    yield engine, rows
    engine.dispose()


def ids(engine, scope=EVERYTHING, **asked):
    page = Query(engine, scope).page(Filter.of(**asked), limit=1000)
    return {report.id for report in page.reports}


def wanted(rows, keep):
    return {row["id"] for row in rows if keep(row)}


def is_under(name, of):
    return name is not None and (name == of or name.endswith(f".{of}"))


def within(held, network):
    if held in (None, "private"):
        return False
    held, network = ip_network(held), ip_network(network)
    return held.version == network.version and held.subnet_of(network)


@pytest.mark.quick_on_both
def test_each_filter_keeps_what_it_says_and_nothing_else(filled):
    engine, rows = filled
    day = (RECEIVED + timedelta(days=3)).date()
    expected = {
        ("since", day): lambda row: row["on"] >= day,
        ("until", day): lambda row: row["on"] <= day,
        ("domain", "example.org"): lambda row: (
            is_under(row["from_domain"], "example.org")
            or is_under(row["reported_domain"], "example.org")
        ),
        ("reporter", "Receiver.example"): lambda r: is_under(
            r["reporter_domain"], "receiver.example"
        ),
        ("source", "192.0.2.1"): lambda row: row["source_ip"] == "192.0.2.1",
        ("source", "192.0.2.0/24"): lambda row: within(row["source_ip"], "192.0.2.0/24"),
        ("source", "192.0.2.128/25"): lambda row: within(row["source_ip"], "192.0.2.128/25"),
        ("source", "2001:db8::/32"): lambda row: within(row["source_ip"], "2001:db8::/32"),
        ("failure", "spf"): lambda row: row["auth_failure"] == "spf",
    }
    for (name, value), keep in expected.items():
        found = wanted(rows, keep)
        assert 0 < len(found) < len(rows), name
        assert ids(engine, **{name: value}) == found, (name, value)
    assert ids(engine) == {row["id"] for row in rows}


def test_filters_together_narrow(filled):
    engine, _ = filled
    one = ids(engine, failure="spf")
    other = ids(engine, reporter="receiver.example")
    assert ids(engine, failure="spf", reporter="receiver.example") == one & other


@pytest.mark.parametrize("domain", ["example.org", "mail.example.org", "example.net"])
def test_a_scope_shows_its_domains_and_nothing_of_others(filled, domain):
    engine, rows = filled
    mine = wanted(rows, lambda row: is_under(row["owner_domain"], domain))
    scope = Scope((domain,))
    assert ids(engine, scope) == mine
    asked = Query(engine, scope)
    seen = sum(row["seen"] for row in rows if row["id"] in mine)
    assert asked.total(Filter()) == (len(mine), seen)
    assert sum(day["seen"] for day in asked.over_time(Filter())) == seen
    assert sum(source.seen for source in asked.sources(Filter(), limit=1000)) == seen
    assert {source.newest for source in asked.sources(Filter(), limit=1000)} <= mine


def test_nobody_sees_anything_without_a_domain(filled):
    engine, _ = filled
    assert ids(engine, Scope(())) == set()


def test_a_report_of_nobody_is_seen_by_who_may_see_all(filled):
    engine, rows = filled
    nobodys = wanted(rows, lambda row: row["owner_domain"] is None)
    every = Scope(("example.org", "example.net", "badexample.org"))
    assert nobodys
    assert not nobodys & ids(engine, every)
    assert nobodys <= ids(engine)


SORTED = {
    Order.NEWEST: lambda r: (-r["on"].toordinal(), r["at"] is None, -_stamp(r), r["id"].hex),
    Order.OLDEST: lambda r: (r["on"].toordinal(), r["at"] is None, _stamp(r), r["id"].hex),
    Order.MOST_SEEN: lambda r: (-r["seen"], -r["on"].toordinal(), r["id"].hex),
}


def _stamp(row):
    return 0 if row["at"] is None else row["at"].timestamp()


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("size", [1, 7, 60])
def test_pages_follow_each_other_without_gap_or_repeat(filled, order, size):
    engine, rows = filled
    found, cursor = [], None
    while True:
        page = Query(engine).page(Filter(), order=order, cursor=cursor, limit=size)
        found += [report.id for report in page.reports]
        cursor = page.cursor
        if cursor is None:
            break
    assert found == [row["id"] for row in sorted(rows, key=SORTED[order])]


def test_a_page_stays_where_it_was_when_reports_come_in(store_url):
    engine = open_store(store_url)
    store = ReportStore(engine)
    for number in range(6):
        store.record(sanitized(fingerprint=str(number),
                               received_at=RECEIVED + timedelta(minutes=number)))  # fmt: skip
    first = Query(engine).page(Filter(), limit=3)
    store.record(sanitized(fingerprint="new", received_at=RECEIVED + timedelta(days=1)))
    second = Query(engine).page(Filter(), cursor=first.cursor, limit=3)
    assert len({report.id for report in (*first.reports, *second.reports)}) == 6
    engine.dispose()


@pytest.mark.parametrize("cursor", ["", "x", "e30", "bnVsbA", "W10", "WzFd", "=", "\0", "é" * 9])
def test_a_made_up_cursor_is_refused(filled, cursor):
    engine, _ = filled
    with pytest.raises(FilterProblem, match="without a cursor"):
        Query(engine).page(Filter(), cursor=cursor)


def test_a_cursor_of_another_question_is_refused(filled):
    engine, _ = filled
    cursor = Query(engine).page(Filter(), limit=2).cursor
    for asked, order in ((Filter.of(failure="spf"), Order.NEWEST), (Filter(), Order.OLDEST)):
        with pytest.raises(FilterProblem):
            Query(engine).page(asked, order=order, cursor=cursor)


def test_a_cursor_widens_no_scope(filled):
    engine, rows = filled
    cursor = Query(engine).page(Filter(), limit=1).cursor
    page = Query(engine, Scope(("example.net",))).page(Filter(), cursor=cursor, limit=1000)
    mine = wanted(rows, lambda row: row["owner_domain"] == "example.net")
    assert {report.id for report in page.reports} <= mine


@pytest.mark.quick_on_both
def test_sources_are_grouped_and_the_busiest_comes_first(filled):
    engine, rows = filled
    expected: Counter = Counter()
    for row in rows:
        expected[row["from_domain"] or row["reported_domain"], row["source_ip"]] += row["seen"]
    found = Query(engine).sources(Filter(), limit=1000)
    assert {(s.domain, s.source_ip): s.seen for s in found} == dict(expected)
    assert [s.seen for s in found] == sorted(expected.values(), reverse=True)
    by_id = {row["id"]: row for row in rows}
    for source in found:
        assert by_id[source.newest]["source_ip"] == source.source_ip
        assert by_id[source.newest]["on"] == source.last
    again = (*Query(engine).sources(Filter(), limit=4),
             *Query(engine).sources(Filter(), limit=1000, offset=4))  # fmt: skip
    assert again == found


def test_counts_over_time_count_messages_a_day_and_group(filled):
    engine, rows = filled
    days: Counter = Counter()
    groups: Counter = Counter()
    for row in rows:
        days[row["on"].isoformat()] += row["seen"]
        groups[row["on"].isoformat(), row["auth_failure"]] += row["seen"]
    asked = Query(engine)
    assert {d["day"]: d["seen"] for d in asked.over_time(Filter())} == dict(days)
    grouped = asked.over_time(Filter(), "failure")
    assert {(d["day"], d["failure"]): d["seen"] for d in grouped} == dict(groups)


def test_a_mechanism_fails_where_it_is_stated_and_never_passed(store_url):
    engine = open_store(store_url)
    given = sanitized("one")
    ReportStore(engine).record(given)
    stated = {str(result.method) for result in given.report.auth_results}
    passed = {str(r.method) for r in given.report.auth_results if str(r.result) == "pass"}
    for method in ("spf", "dkim", "dmarc"):
        assert bool(ids(engine, failing=method)) == (method in stated - passed), method
    engine.dispose()


@pytest.mark.parametrize(
    ("name", "value"),
    [("since", "soon"), ("source", "host.example"), ("failing", "luck"), ("kind", "a\nb"),
     ("domain", "x" * 300), ("nonsense", "1"), ("condition", "1")],
)  # fmt: skip
def test_what_cannot_be_understood_is_refused_by_name_only(name, value):
    with pytest.raises(FilterProblem) as problem:
        Filter.of(**{name: value})
    assert value not in str(problem.value) or len(value) == 1


def test_names_tell_what_was_asked_by_and_not_for_what():
    asked = Filter.of(domain="example.org", source="192.0.2.1", since=date(2026, 1, 1), tier="")
    assert asked.names == ["domain", "since", "source"]


def test_hostile_words_are_values_and_not_sql(filled):
    engine, rows = filled
    for word in ("' OR 1=1 --", "%", "_", "example.org%", "*"):
        found = ids(engine, reporter=word)
        assert found == (wanted(rows, lambda _: True) if word == "*" else set())


@pytest.mark.parametrize(
    ("seen", "day", "time"),
    [(10**30, "2026-03-20", None), (-1, "2026-03-20", None), (float("inf"), "2026-03-20", None),
     (1, "0001-01-01", "0001-01-01T00:00:00+14:00"), (1, "9999-12-31", "9999-12-31T23:59:59-14:00"),
     (1, "2026-03-20", "2026-03-20T00:00:00"), ([], "2026-03-20", None), (1, 7, None)],
)  # fmt: skip
@pytest.mark.parametrize("order", list(Order))
def test_a_forged_cursor_is_a_page_that_is_not_there(filled, order, seen, day, time):
    place = json.dumps([seen, day, time, str(uuid4()), order.value, []])
    cursor = base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")
    with pytest.raises(CursorProblem):
        Query(filled[0]).page(Filter(), order=order, cursor=cursor)


@pytest.mark.parametrize("scope", [EVERYTHING, Scope(("example.org",)), Scope(("nobody.example",))])
def test_a_few_sources_are_told_as_they_are_among_all(filled, scope):
    engine, _ = filled
    query, some = Query(engine, scope), Filter.of(since=RECEIVED.date() + timedelta(days=2))
    for asked in (Filter(), some):
        everything = query.sources(asked, limit=1000)  # counted in one go
        assert query.sources(asked, limit=7, offset=3) == everything[3:10]
