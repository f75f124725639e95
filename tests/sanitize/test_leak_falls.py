"""Where a redactor misses something, the second opinion takes it out: field and tier, else all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rufgate.sanitize import checked, normalize, original, text_structure
from rufgate.sanitize.checked import checked_copy, checked_view
from rufgate.sanitize.draft import Draft, draft
from rufgate.sanitize.leakcheck import Needles
from rufgate.sanitize.parse import parse
from rufgate.sanitize.parsed import ParsedReport
from rufgate.sanitize.policy import Limits, OwnDomain, Policy
from rufgate.sanitize.sanitized import (
    Field,
    Flag,
    Kind,
    Reason,
    SanitizedMessage,
    SanitizedReport,
    SanitizedText,
    Tier,
)
from rufgate.sanitize.view import Lens, Stamp
from tests import reports
from tests.sanitize.sanitizing import (
    ANALYST,
    KEYRING,
    RECEIVED_AT,
    REPORT_ID,
    SENDER,
    Finder,
    done,
    mail,
    message,
    text_rules,
)

LENS = Lens(tier=Tier.TEXT, pseudonymizer=KEYRING.pseudonymizer(), recipients="count")
STAMP = Stamp(
    id=REPORT_ID,
    received_at=RECEIVED_AT,
    size_bytes=1234,
    policy=SanitizedText("p"),
    engine=SanitizedText("0.1.0"),
    key_id=SanitizedText("p1"),
    fingerprint=SanitizedText("f"),
)
NOTHING = Needles(addresses=frozenset(), words=frozenset(), ips=frozenset())
PDF = (
    b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=inner\r\n\r\n--inner\r\n"
    b"Content-Type: text/plain\r\n\r\nplease confirm\r\n--inner\r\n"
    b"Content-Type: application/pdf\r\n\r\n%PDF-1.4 " + b"x" * 500 + b"\r\n--inner--\r\n"
)


def drafted(**needles: set[str]) -> Draft:
    """A real draft that is to be searched for ``needles``."""
    given = message(reports.report(reports.original(body=PDF)))
    parsed = parse(given, Limits())
    assert isinstance(parsed, ParsedReport)
    found = draft(parsed, given, Policy(), Finder())
    sought = {name: frozenset(values) for name, values in needles.items()}
    return replace(found, needles=replace(NOTHING, **sought))


def copy_of(found: Draft) -> SanitizedMessage | None:
    return checked_copy(found, LENS, STAMP, ANALYST, SENDER, ("mark.0123", "5e41a1"))[0]


def hits_of(found: Draft, lens: Lens = LENS) -> list[tuple[str, str, int]]:
    """Where the check found something in the row."""
    hits = checked_view(found, lens, STAMP)[1]
    assert all(hit.analyst is None for hit in hits)
    return [(str(hit.field), hit.tier.value, hit.count) for hit in hits]


def falls_of(report: SanitizedReport) -> list[tuple[str, str, int]]:
    """What the leak check counted."""
    counts = (count for count in report.counts if str(count.recognizer) == "leakcheck")
    return [(str(count.entity), str(count.part), count.count) for count in counts]


def viewed(found: Draft) -> SanitizedReport:
    return checked_view(found, LENS, STAMP)[0]


def test_what_is_clean_is_left_alone():
    report = viewed(drafted())
    assert report.tier is Tier.TEXT
    assert not {Flag.FIELD_REMOVED, Flag.TIER_LOWERED} & set(report.flags)
    assert (report.subject is None, report.text is None) == (False, False)
    assert hits_of(drafted()) == []


@pytest.mark.parametrize(
    "written",
    [
        "V2hpdGNvbWJlIGFuZCBvdGhlcnM=",  # base64
        "%57%68%69%74%63%6F%6D%62%65",
        "=57=68=69=74=63=6F=6D=62=65",
    ],
)
def test_a_name_that_the_redactors_miss_costs_the_field_and_a_tier(written, monkeypatch):
    """The name stands in To; subject and text hold it in a form that detection is kept from."""
    monkeypatch.setattr(normalize, "unescaped", lambda text: text)
    monkeypatch.setattr(original, "undeclared", lambda content: content)
    monkeypatch.setattr(text_structure, "encoded_spans", lambda text, apart: ())
    header = reports.changed(reports.ORIGINAL_HEADER, Subject=f"refund {written} today")
    content = reports.report(reports.original(header, f"please {written} confirm\r\n"))
    outcome = done(content, text_rules())
    report = outcome.report
    assert (report.subject, report.text) == (None, None)
    assert report.text_omitted is Reason.LEAK_FOUND
    assert {Flag.FIELD_REMOVED, Flag.TIER_LOWERED} <= set(report.flags)
    assert report.tier is Tier.HEADERS
    assert str(report.source_ip) == "198.51.100.23"
    (copy,) = outcome.copies
    assert copy.tier is Tier.HEADERS
    assert written.encode() not in copy.content
    assert b"Text left out:    leak_found" in copy.content
    places = [(hit.analyst and str(hit.analyst), str(hit.field)) for hit in outcome.hits]
    assert set(places) == {
        (reader, name) for reader in (None, "blue") for name in ("text", "subject")
    }


def test_a_name_in_one_field_costs_that_field_and_one_tier():
    found = drafted(addresses={"please confirm"})
    report = viewed(found)
    assert report.text is None
    assert report.tier is Tier.HEADERS
    assert str(report.subject).startswith("Your refund")
    assert report.flags.count(Flag.FIELD_REMOVED) == 1
    assert falls_of(report) == [("field_removed", "text", 1), ("tier_lowered", "text", 1)]
    assert hits_of(found) == [("text", "text", 1)]


def test_a_field_of_a_lower_tier_goes_there_and_costs_no_further_tier():
    found = drafted(addresses={"your refund"})
    report = viewed(found)
    assert report.tier is Tier.HEADERS
    assert report.subject is None
    assert report.headers
    assert hits_of(found) == [("subject", "text", 1), ("subject", "headers", 1)]
    assert falls_of(report) == [("field_removed", "subject", 1), ("tier_lowered", "text", 1)]


def test_at_the_lowest_tier_the_field_alone_goes():
    found, lowest = drafted(ips={"198.51.100.23"}), replace(LENS, tier=Tier.METADATA)
    report, _ = checked_view(found, lowest, STAMP)
    assert (report.kind, report.tier) == (Kind.AUTH_FAILURE, Tier.METADATA)
    assert report.source_ip is None
    assert str(report.reported_domain) == "example.org"
    assert falls_of(report) == [("field_removed", "source_ip", 1)]
    assert hits_of(found, lowest) == [("source_ip", "metadata", 1)]


def test_a_structured_field_goes_too():
    report = viewed(drafted(ips={"198.51.100.23"}))
    assert report.source_ip is None
    assert Flag.FIELD_REMOVED in report.flags
    copy = copy_of(drafted(ips={"198.51.100.23"}))
    assert copy is not None
    assert b"198.51.100.23" not in copy.content


def test_an_item_of_a_list_goes_and_its_neighbours_stay():
    whole = viewed(drafted())
    assert len(whole.auth_results) == 2
    report = viewed(drafted(words={"fail"}, addresses={"mailer.example.net"}))
    names = [str(header.name) for header in whole.headers]
    left = [str(header.name) for header in report.headers]
    assert set(left) < set(names)
    assert left
    found = drafted(addresses={"mx.receiver.example"})
    counted = [hit for hit in hits_of(found) if hit[0] == "auth_results"]
    assert counted == [("auth_results", "text", 2), ("auth_results", "headers", 2)]


def test_a_trace_in_the_finished_copy_lowers_its_tier():
    """The stub is written at tier ``text`` alone, and is no field that could be taken out."""
    assert mail(copy_of(drafted())).get_payload()[2].get_content_type() == "message/rfc822"
    copy = copy_of(drafted(addresses={"attachment 1 removed"}))
    assert copy is not None
    assert copy.tier is Tier.HEADERS
    assert mail(copy).get_payload()[2].get_content_type() == "text/rfc822-headers"
    assert b"please confirm" not in copy.content
    _, hits = checked_copy(
        drafted(addresses={"attachment 1 removed"}), LENS, STAMP, ANALYST, SENDER, ("m.0", "5")
    )
    assert [(str(h.field), h.tier, str(h.analyst)) for h in hits] == [("mail", Tier.TEXT, "blue")]


def test_a_trace_in_each_tier_of_a_copy_leaves_no_copy():
    assert copy_of(drafted(addresses={"message/feedback-report"})) is None


def test_the_addresses_of_sender_and_analyst_are_no_trace():
    copy = copy_of(drafted(addresses={ANALYST.address, SENDER.address}))
    assert copy is not None
    assert copy.tier is Tier.TEXT


def test_where_taking_out_does_not_help_a_bare_row_is_left(monkeypatch):
    """A fault in the removal itself: nothing of the report may be shown then."""
    monkeypatch.setattr(checked, "without", lambda report, names: report)
    found = drafted(addresses={"refund"}, ips={"198.51.100.23"})
    report = viewed(found)
    assert (report.kind, report.reason) == (Kind.LEAKCHECK, Reason.LEAK_FOUND)
    assert report.tier is Tier.METADATA
    assert report.not_stated == tuple(Field)
    assert (report.source_ip, report.subject, report.headers) == (None, None, ())
    assert (report.size_bytes, report.received_at) == (1234, RECEIVED_AT)
    assert {count[1] for count in falls_of(report)} >= {"source_ip", "subject"}
    assert copy_of(found) is None


def test_where_a_lower_tier_is_clean_the_row_falls_to_it(monkeypatch):
    monkeypatch.setattr(checked, "without", lambda report, names: report)
    report = viewed(drafted(addresses={"please confirm"}))
    assert report.tier is Tier.HEADERS
    assert Flag.TIER_LOWERED in report.flags
    assert ("tier_lowered", "text", 1) in falls_of(report)
    assert report.text is None


def test_nothing_is_forwarded_of_a_bare_row(monkeypatch):
    monkeypatch.setattr(checked, "without", lambda report, names: report)
    monkeypatch.setattr(checked, "_hits", lambda report, needles: frozenset({"source_ip"}))
    outcome = done(reports.report(), text_rules())
    assert outcome.report.kind is Kind.LEAKCHECK
    assert outcome.copies == ()


@pytest.mark.parametrize("word", ["postmaster", "noreply", "info"])
def test_a_role_word_is_free_alone(word):
    header = reports.changed(reports.ORIGINAL_HEADER, To=f"{word}@home.example")
    header = reports.changed(header, Subject=f"to {word} today")
    report = done(reports.report(reports.original(header)), text_rules()).report
    assert word in str(report.subject)
    assert Flag.FIELD_REMOVED not in report.flags


def test_a_role_of_the_policy_is_free_in_its_own_words():
    """Else a gate that lists it would lose that header, and a tier, in each of its reports."""
    header = reports.changed(reports.ORIGINAL_HEADER, From="<kundenservice.nord@example.org>")
    content = reports.report(reports.original(header))
    listed = OwnDomain(name="example.org", role_addresses=("kundenservice.nord",))
    report = done(content, text_rules(own_domains=(listed,))).report
    assert ("From", "kundenservice.nord@example.org") in [
        (str(field.name), str(field.value)) for field in report.headers
    ]
    assert (report.tier, Flag.FIELD_REMOVED in report.flags) == (Tier.TEXT, False)


def test_a_label_of_a_kept_domain_is_free_alone_but_not_in_an_address():
    header = reports.changed(reports.ORIGINAL_HEADER, To="Example <example@home.example>")
    header = reports.changed(header, Subject="the example of example@home.example")
    report = done(reports.report(reports.original(header)), text_rules()).report
    assert "the example of" in str(report.subject)
    assert "example@home.example" not in str(report.subject)


def test_an_allowed_phrase_is_free_alone_but_not_in_an_address(monkeypatch):
    monkeypatch.setattr(text_structure, "encoded_spans", lambda text, apart: ())
    header = reports.changed(
        reports.ORIGINAL_HEADER, To='"Whitcombe Harbour" <whitcombe@home.example>'
    )
    secret = "d2hpdGNvbWJlQGhvbWUuZXhhbXBsZQ=="  # whitcombe@home.example
    plain = reports.report(reports.original(reports.changed(header, Subject="for Whitcombe")))
    rules = text_rules(allow_phrases=("Whitcombe",))
    assert "Whitcombe" in str(done(plain, rules).report.subject)
    assert "Whitcombe" not in str(done(plain, text_rules()).report.subject)
    hidden = reports.report(reports.original(reports.changed(header, Subject=f"for {secret}")))
    report = done(hidden, rules).report
    assert report.subject is None
    assert Flag.FIELD_REMOVED in report.flags


@pytest.mark.parametrize(
    "written",
    ["203.0.113.9", "[203.0.113.9]", "2001:db8::9", "IPv6:2001:db8::9", "::ffff:203.0.113.9"],
)
def test_an_address_of_the_trace_is_sought_and_the_source_is_free(written):
    trace = (
        f"from a.example.net (a.example.net [{written}]) by mx.receiver.example;"
        " Tue, 03 Nov 2026 09:14:58 +0000"
    )
    given = message(
        reports.report(reports.original((("Received", trace), *reports.ORIGINAL_HEADER)))
    )
    parsed = parse(given, Limits())
    assert isinstance(parsed, ParsedReport)
    sought = draft(parsed, given, Policy(), None).needles.ips
    assert sought == {"203.0.113.9" if "203" in written else "2001:db8::9"}


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("198.51.100.23", "198.51.100.23"),
        ("198.51.100.23", "::ffff:198.51.100.23"),
        ("2001:db8::9", "IPv6:2001:DB8:0:0::9"),
        ("2001:DB8::9", "2001:db8:0:0:0:0:0:9"),
    ],
)
def test_the_source_survives_however_the_trace_writes_it(source, written):
    trace = (
        f"from a.example.net (a.example.net [{written}]) by mx.receiver.example;"
        " Tue, 03 Nov 2026 09:14:58 +0000"
    )
    fields = reports.changed(reports.FEEDBACK, Source_IP=source)
    inside = reports.original((("Received", trace), *reports.ORIGINAL_HEADER))
    report = done(reports.report(inside, feedback=fields)).report
    assert str(report.source_ip) == source.lower()
    assert Flag.FIELD_REMOVED not in report.flags
