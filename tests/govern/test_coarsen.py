"""Coarsening: what is left on the disk is the network and the day, wherever they stood."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select, update

from rufgate.govern import coarsen
from rufgate.govern.retention import apply_retention
from rufgate.govern.rules import RetentionRule
from rufgate.store.engine import open_store, reading, writing
from rufgate.store.field_classes import FieldClass
from rufgate.store.reports import ReportStore
from rufgate.store.schema import auth_properties, outbox, report_headers, report_tokens, reports
from tests.store.full_report import RECEIVED, sanitized


@pytest.fixture
def engine(store_url):
    engine = open_store(store_url)
    yield engine
    engine.dispose()


def detail(engine):
    store = ReportStore(engine)
    (line,) = store.list()
    return store.show(line.id).as_json()


def after(engine, days, *rules):
    return apply_retention(engine, rules, RECEIVED + timedelta(days=days, hours=13))


@pytest.mark.quick_on_both
def test_an_address_becomes_its_network_wherever_it_stood(engine):
    ReportStore(engine).record(sanitized())
    after(engine, 30)
    shown = detail(engine)
    assert (shown["source_ip"], shown["source_port"]) == ("192.0.2.0/24", None)
    assert shown["auth_results"][0]["properties"]["smtp.remote-ip"] == "2001:db8::/48"
    received = {h["name"]: h["value"] for h in shown["headers"]}["Received"]
    assert received == "from [192.0.2.0/24] by mx.example; Tue, 10 Mar 2026 11:47:14 +0000"


def test_a_line_whose_address_is_cut_is_still_cut_by_its_time(engine):
    ReportStore(engine).record(sanitized("one"))
    header = RetentionRule(field_class=FieldClass.HEADER, days=400)
    after(engine, 30, header)
    after(engine, 90, header)
    shown = detail(engine)
    headers = {h["name"]: h["value"] for h in shown["headers"]}
    assert headers["Received"] == "from [192.0.2.0/24] by mx.example; Tue, 10 Mar 2026"
    assert headers["Date"] == "Tue, 10 Mar 2026"
    assert (shown["received_at"], shown["arrival_at"]) == ("2026-03-10", "2026-03-10")
    with reading(engine) as connection:
        times = connection.execute(select(outbox.c.created_at, outbox.c.due_at)).one()
    assert times == (datetime(2026, 3, 10, tzinfo=UTC), None)


def test_what_is_coarse_is_left_alone_for_good(engine):
    ReportStore(engine).record(sanitized("one"))
    assert after(engine, 95)[FieldClass.ADDRESS] > 0
    before = detail(engine)
    again = after(engine, 96)
    assert (again[FieldClass.ADDRESS], again[FieldClass.TIME]) == (0, 0)
    assert detail(engine) == before


def test_a_rule_may_delete_where_another_coarsens(engine):
    ReportStore(engine).record(sanitized(owner="gone.example"))
    ReportStore(engine).record(sanitized(owner="kept.example", fingerprint="2"))
    gone = RetentionRule(field_class=FieldClass.ADDRESS, days=10, domain="gone.example")
    after(engine, 30, gone)
    assert {line.source_ip for line in ReportStore(engine).list()} == {None, "192.0.2.0/24"}


def test_a_pseudonym_is_dropped(engine):
    ReportStore(engine).record(sanitized())
    rule = RetentionRule(field_class=FieldClass.PSEUDONYM, days=5, action="coarsen")
    after(engine, 5, rule)
    with reading(engine) as connection:
        assert connection.execute(select(report_tokens)).all() == []
        assert connection.execute(select(reports.c.original_mail_from)).scalar_one() is None
        assert set(connection.execute(select(auth_properties.c.token_value)).scalars()) == {None}


@pytest.mark.parametrize("stored", ["192.0.2.7, 192.0.2.0/24", "no address at all"])
def test_what_cannot_be_made_a_network_is_dropped(engine, stored):
    ReportStore(engine).record(sanitized())
    with writing(engine) as connection:
        connection.execute(update(reports).values(source_ip=stored, source_port=None))
    after(engine, 30)
    assert detail(engine)["source_ip"] is None


@pytest.mark.parametrize("stored", ["192.0.2.0/24", "private", "2001:db8::/48", "2002::/16"])
def test_what_was_stored_as_a_network_stays_while_its_port_goes(engine, stored):
    ReportStore(engine).record(sanitized())
    with writing(engine) as connection:
        connection.execute(update(reports).values(source_ip=stored))
    after(engine, 30)
    shown = detail(engine)
    assert (shown["source_ip"], shown["source_port"]) == (stored, None)


def test_a_network_with_the_bits_of_a_host_is_cut(engine):
    ReportStore(engine).record(sanitized())
    with writing(engine) as connection:
        connection.execute(update(reports).values(source_ip="192.0.2.7/24", source_port=None))
    after(engine, 30)
    assert detail(engine)["source_ip"] == "192.0.2.0/24"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.255", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("2001:db8:0:2::1", "2001:db8::/48"),
        ("2a01:4f8::1", "2a01:4f8::/48"),
        ("2002:c000:24d::1", "2002::/16"),  # carries an IPv4 address
        ("64:ff9b::c000:24d", "64:ff9b::/32"),
        ("10.1.2.3", "private"),
        ("fe80::1", "private"),
    ],
)
def test_each_network_is_known_as_coarse(engine, address, network):
    ReportStore(engine).record(sanitized())
    with writing(engine) as connection:
        connection.execute(update(reports).values(source_ip=address, source_port=None))
    after(engine, 30)
    assert detail(engine)["source_ip"] == network
    assert after(engine, 31)[FieldClass.ADDRESS] == 0
    line = f"from mx.example ([IPv6:{address}]) by mx.example"
    assert coarsen.line_without_addresses(line) == f"from mx.example ([{network}]) by mx.example"
    assert coarsen.line_without_addresses(f"a ({address}), b ({network}); c") == (
        f"a ({network}), b ({network}); c"
    )


@pytest.mark.parametrize(
    "line", ["x192.0.2.7", "ip-192-0-2-7.example.net", "2001:db8:1:2:3:4:5:6:7:8", "a::b::c"]
)
def test_a_line_in_which_an_address_may_be_left_is_dropped(line):
    assert coarsen.line_without_addresses(f"from {line}") is None


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("Tue, 10 Mar 2026 11:47:13 +0000", "Tue, 10 Mar 2026"),
        ("Tue, 10 Mar 2026 11:47 GMT", "Tue, 10 Mar 2026"),
        ("Tue, 10 Mar 2026 11:47:13 +0000 (UTC)", "Tue, 10 Mar 2026"),
        ("2026-03-10T11:47:13.123Z", "2026-03-10"),
        ("by mx.example with ESMTP; Tue, 10 Mar 2026 11:47:13 +0000",
         "by mx.example with ESMTP; Tue, 10 Mar 2026"),
        ("20260310T114713Z", None),
        ("at 1773143233", None),
        ("11:47:13", None),
    ],
)  # fmt: skip
def test_a_time_of_day_is_cut_out_of_a_line(line, left):
    assert coarsen.line_without_clock(line) == left


def test_half_a_second_after_midnight_is_not_a_day(engine):
    given = sanitized()
    ReportStore(engine).record(given)
    moment = datetime(2026, 3, 10, 0, 0, 0, 500_000, tzinfo=UTC)
    with writing(engine) as connection:
        connection.execute(update(reports).values(arrival_at=moment, received_at=None))
    after(engine, 91)
    with reading(engine) as connection:
        (arrival,) = connection.execute(select(reports.c.arrival_at)).scalars()
    assert arrival == datetime(2026, 3, 10, tzinfo=UTC)


def test_many_lines_are_coarsened_in_small_steps(engine):
    ReportStore(engine).record(sanitized())
    with writing(engine) as connection:
        (report_id,) = connection.execute(select(reports.c.id)).scalars()
        extra = [
            {"report_id": report_id, "position": at, "name": "Received",
             "address_value": f"from [192.0.2.{at % 250}] by mx.example"}
            for at in range(100, 600)
        ]  # fmt: skip
        connection.execute(insert(report_headers), extra)
    after(engine, 30)
    values = [header["value"] for header in detail(engine)["headers"][3:]]
    assert set(values[1:]) == {"from [192.0.2.0/24] by mx.example"}
