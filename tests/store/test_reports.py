"""Recording a report with its copies, recognising a resent one, and reading back."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import select

from rufgate.sanitize.sanitized import Kind, SanitizedHeader, SanitizedText
from rufgate.store import schema
from rufgate.store.engine import StoreUnavailable, open_store, reading
from rufgate.store.outbox import Outbox
from rufgate.store.reports import Recorded, ReportStore
from rufgate.store.rows import rows_of
from tests.store.full_report import ARRIVED, RECEIVED, sanitized

# the stable interface: keys and their order
REPORTER_KEYS = ("spf", "dkim", "dmarc", "authenticated_domain")
KEYS = [
    "id", "received_at", "kind", "reason", "reporter_domain", "reported_domain", "from_domain",
    "source_ip", "auth_failure", "delivery_result", "arrival_at", "incidents_stated", "seen",
    "auth_results", "tier", "policy", "engine", "key_id",
]  # fmt: skip


@pytest.fixture
def engine(store_url):
    engine = open_store(store_url)
    yield engine
    engine.dispose()


@pytest.fixture
def store(engine):
    return ReportStore(engine)


def test_a_report_and_its_copies_are_recorded_together(store, engine):
    given = sanitized("one", "two")
    assert store.record(given) is Recorded.NEW
    (report,) = store.list()
    assert report.id == given.report.id
    assert {(entry.report_id, entry.analyst) for entry in Outbox(engine).list()} == {
        (report.id, "one"),
        (report.id, "two"),
    }


def test_a_resent_report_is_counted_and_sends_nothing(store, engine):
    first = sanitized("one")
    store.record(first)
    assert store.record(sanitized("one")) is Recorded.DUPLICATE
    assert store.record(sanitized("two")) is Recorded.DUPLICATE
    (report,) = store.list()
    assert (report.id, report.seen) == (first.report.id, 3)
    assert len(Outbox(engine).list()) == 1


@pytest.mark.quick_on_both
def test_of_the_same_report_from_many_sessions_at_once_one_is_new(store, engine):
    outcomes = []
    ready = threading.Barrier(8)

    def send():
        ready.wait()
        outcomes.append(store.record(sanitized("one")))

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count(Recorded.NEW) == 1
    assert outcomes.count(Recorded.DUPLICATE) == 7
    assert store.list()[0].seen == 8
    assert len(Outbox(engine).list()) == 1


def test_a_report_that_cannot_be_inserted_is_refused_whole(store):
    """A second report under the same id is a fault of ours: nothing of it may be stored."""
    given = sanitized("one")
    store.record(given)
    twin = sanitized("one", fingerprint="other", report_id=given.report.id)
    with pytest.raises(StoreUnavailable) as caught:
        store.record(twin)
    assert "mark-" not in repr(caught.value)
    assert store.list()[0].seen == 1


def test_the_list_has_the_promised_keys_in_their_order(store):
    store.record(sanitized("one"))
    line = store.list()[0].as_json()
    assert list(line) == [*KEYS, "not_stated", *(f"reporter_{key}" for key in REPORTER_KEYS)]
    assert line["received_at"] == RECEIVED.isoformat()
    assert line["arrival_at"] == ARRIVED.isoformat()
    assert line["incidents_stated"] == 4294967295
    assert line["not_stated"] == ["delivery_result"]
    assert line["auth_results"] == [
        {
            "authserv": "mark-domain.mx.example",
            "method": "spf",
            "result": "fail",
            "properties": {
                "smtp.mailfrom": "p1-markpseudonym@sender.example",
                "smtp.remote-ip": "2001:db8::77",
            },
        },
        {
            "authserv": None,
            "method": "dkim",
            "result": "pass",
            "properties": {"header.d": "mark-domain.dkim.example"},
        },
    ]
    assert json.loads(json.dumps(line)) == line


def test_the_newest_report_comes_first_and_the_list_can_be_cut_and_filtered(store):
    kinds = [Kind.AUTH_FAILURE, Kind.LOOP, Kind.UNPARSED]
    for day, kind in enumerate(kinds):
        given = sanitized(fingerprint=kind.value, received_at=RECEIVED.replace(day=day + 1))
        store.record(replace(given, report=replace(given.report, kind=kind)))
    assert [report.kind for report in store.list()] == ["unparsed", "loop", "auth_failure"]
    assert [report.kind for report in store.list(1, offset=1)] == ["loop"]
    assert [report.kind for report in store.list(kind=Kind.LOOP)] == ["loop"]


@pytest.mark.quick_on_both
def test_one_report_is_shown_with_all_that_is_kept_of_it(store):
    given = sanitized("one")
    store.record(given)
    detail = store.show(given.report.id)
    assert detail is not None
    shown = detail.as_json()
    assert list(shown)[: len(KEYS)] == KEYS
    report = given.report
    assert detail.headers == tuple((str(h.name), str(h.value)) for h in report.headers)
    assert shown["subject"] == "mark-subject"
    assert shown["text"] == "mark-text of [PERSON 1]"
    assert shown["spf_dns"] == ["txt : mark-domain.spf.example"]
    assert [d["role"] for d in shown["domains"]] == ["reported", "link"]
    assert shown["tokens"][0] == {
        "label": "addr",
        "role": "from",
        "digest": "markpseudonym",
        "key_id": "p1",
        "domain": "mark-domain.token.example",
    }
    assert shown["attachments"][0]["media_type"] == "x-mark/attachment"
    assert shown["counts"] == [
        {"entity": "PERSON", "recognizer": "ner", "part": "text", "count": 1}
    ]
    assert [(c["analyst"], c["state"]) for c in shown["copies"]] == [("one", "pending")]
    assert shown["flags"] == ["mbox_line"]
    assert "mark-copy" not in json.dumps(shown)


def test_a_report_that_does_not_exist_is_shown_as_none(store):
    assert store.show(uuid4()) is None


def test_every_field_of_a_sanitized_report_has_a_place_in_the_store():
    """A field added to the type must be given a column, or named here with a reason."""
    elsewhere = {"tokens", "domains", "headers", "auth_results", "attachments", "counts"}
    (_, (row,)), *_ = rows_of(sanitized())
    fields = set(sanitized().report.__dataclass_fields__)
    assert fields - set(row) == elsewhere
    assert set(row) - fields == {"received_on", "seen", "failing"}


@pytest.mark.parametrize(
    ("name", "value", "column"),
    [
        ("Subject", "Invoice from 192.0.2.1", "subject_value"),
        ("thread-topic", "x", "subject_value"),
        ("From", "p1-abc@example.org", "value"),
        (
            "Received",
            "from [192.0.2.1] by mx.example; Tue, 10 Mar 2026 11:47:14 +0000",
            "address_value",
        ),
        ("Received", "by mx.example; Tue, 10 Mar 2026 11:47:14 +0000", "time_value"),
        ("Received", "from [IPv6:2001:db8::1] by mx.example; x", "address_value"),
        ("Received-SPF", "fail client-ip=2001:db8::1", "address_value"),
        ("Date", "Tue, 10 Mar 2026 11:47:14 +0000", "time_value"),
        ("Message-ID", "<p1-abc@example.org>", "value"),
    ],
)
def test_a_header_field_stands_in_the_column_of_the_shortest_class(name, value, column):
    given = sanitized()
    header = SanitizedHeader(name=SanitizedText(name), value=SanitizedText(value))
    tables = dict(rows_of(replace(given, report=replace(given.report, headers=(header,)))))
    (row,) = tables[schema.report_headers]
    filled = {key for key in row if key.endswith("value") and row[key] is not None}
    assert filled == {column}


@pytest.mark.quick_on_both
def test_text_that_no_database_takes_is_stored_all_the_same(store):
    """Otherwise the reporter would be told 451 for ever."""
    given = sanitized()
    bad = SanitizedText("a\udcff\0b")
    store.record(replace(given, report=replace(given.report, text=bad, reported_uris=(bad,))))
    detail = store.show(given.report.id)
    assert detail is not None
    assert detail.facts["text"].startswith("a")
    assert detail.facts["reported_uris"][0].endswith("b")


def test_values_stand_in_the_columns_of_their_class(store, engine):
    store.record(sanitized())
    with reading(engine) as connection:
        rows = connection.execute(select(schema.auth_properties)).mappings().all()
    kept = [(r["domain_value"], r["token_value"], r["address_value"]) for r in rows]
    assert kept == [
        (None, "p1-markpseudonym@sender.example", None),
        (None, None, "2001:db8::77"),
        ("mark-domain.dkim.example", None, None),
    ]
