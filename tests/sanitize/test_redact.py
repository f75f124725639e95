"""The whole filter: what becomes of a mail, for the store and for each analyst."""

from __future__ import annotations

import re
from dataclasses import replace
from uuid import UUID

import pytest

from rufgate.sanitize.policy import Limits, OwnDomain
from rufgate.sanitize.redact import OuterLoop, bare
from rufgate.sanitize.sanitized import (
    Field,
    Flag,
    Kind,
    Reason,
    SanitizedReport,
    Tier,
    TokenRole,
)
from rufgate.sanitize.spans import Entity
from tests import reports
from tests.sanitize.sanitizing import (
    ANALYST,
    KEY,
    KEYRING,
    RECEIVED_AT,
    REPORT_ID,
    Finder,
    done,
    feedback,
    mail,
    message,
    row,
    rules,
    run,
    text_rules,
    third,
)

OWN_MARK = ("X-Rufgate-Loop", KEYRING.loop_mark(str(REPORT_ID)))
NAMES = Finder(r"Whitcombe|Marlowe")


def received(count: int) -> list[tuple[str, str]]:
    return [
        ("Received", f"from a by b; Tue, 03 Nov 2026 09:1{n % 10}:00 +0000") for n in range(count)
    ]


def told(report: SanitizedReport) -> str:
    """Everything a row says, as one text."""
    return repr(report)


# --- loops -----------------------------------------------------------------------------------


def test_our_own_mark_outside_is_a_loop():
    assert run(reports.report(outer=(OWN_MARK,))) == OuterLoop()
    assert run(reports.report(outer=((OWN_MARK[0].upper(), f"  {OWN_MARK[1]} "),))) == OuterLoop()


@pytest.mark.parametrize("value", ["", "x", OWN_MARK[1] + "0"])
def test_what_no_gate_writes_outside_is_no_mark(value):
    assert row(reports.report(outer=(("X-Rufgate-Loop", value),))).kind is Kind.AUTH_FAILURE


def test_too_many_received_fields_outside_are_a_loop():
    assert run(reports.report(outer=received(51))) == OuterLoop()
    assert row(reports.report(outer=received(50))).kind is Kind.AUTH_FAILURE


def test_many_received_fields_inside_are_none():
    inside = reports.original((*received(60), *reports.ORIGINAL_HEADER))
    assert row(reports.report(inside)).kind is Kind.AUTH_FAILURE


def test_a_report_about_our_own_copy_is_counted_and_not_forwarded():
    for third_type in ("message/rfc822", "text/rfc822-headers"):
        inside = reports.original((*reports.ORIGINAL_HEADER, OWN_MARK))
        outcome = done(reports.report(inside, third_type=third_type))
        assert (outcome.report.kind, outcome.report.reason) == (Kind.LOOP, Reason.OWN_MARK_INSIDE)
        assert outcome.report.tier is Tier.METADATA
        assert outcome.copies == ()


def test_a_report_about_a_copy_as_rendered_is_counted_and_not_forwarded():
    (copy,) = done(reports.report()).copies
    outcome = done(reports.report(copy.content))
    assert outcome.report.kind is Kind.LOOP
    assert outcome.copies == ()


def test_a_report_about_a_report_is_counted_and_not_forwarded():
    outcome = done(reports.report(reports.report()))
    assert (outcome.report.kind, outcome.report.reason) == (
        Kind.LOOP,
        Reason.REPORT_ABOUT_REPORT,
    )
    assert outcome.copies == ()
    assert outcome.report.tier is Tier.METADATA
    assert outcome.report.subject is None


# --- kinds -----------------------------------------------------------------------------------


def test_another_feedback_type_is_stored_and_not_forwarded():
    fields = reports.changed(reports.FEEDBACK, Feedback_Type="abuse")
    outcome = done(reports.report(feedback=fields))
    assert (outcome.report.kind, outcome.report.reason) == (Kind.ARF_OTHER, Reason.FEEDBACK_TYPE)
    assert outcome.copies == ()
    wanted = replace(ANALYST, kinds=(Kind.AUTH_FAILURE, Kind.ARF_OTHER))
    (copy,) = done(reports.report(feedback=fields), rules(wanted)).copies
    assert feedback(copy)["Feedback-Type"] == "abuse"


def test_what_is_no_report_leaves_nothing_of_itself():
    content = (
        b"From: Ada Whitcombe <ada.whitcombe@home.example>\r\nTo: x@home.example\r\n"
        b"Subject: unmistakable\r\nX-Note: unmistakable\r\n\r\nunmistakable 203.0.113.9\r\n"
    )
    outcome = done(content, text_rules())
    assert (outcome.report.kind, outcome.report.tier) == (Kind.UNPARSED, Tier.METADATA)
    assert outcome.report.reason is Reason.NOT_A_REPORT
    assert outcome.copies == ()
    shown = told(outcome.report)
    for gone in ("unmistakable", "203.0.113.9", "Whitcombe", "whitcombe"):
        assert gone not in shown
    assert outcome.report.headers == ()
    assert outcome.report.subject is None
    assert outcome.report.text is None


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (Limits(header_bytes=100), Reason.HEADER_LIMIT),
        (Limits(parts=2), Reason.PART_LIMIT),
    ],
)
def test_a_mail_over_a_limit_is_a_row_with_the_reason(limits, reason):
    outcome = done(reports.report(), rules(limits=limits))
    assert (outcome.report.kind, outcome.report.reason) == (Kind.UNPARSED, reason)
    assert outcome.report.not_stated == tuple(Field)
    assert outcome.copies == ()
    assert "whitcombe" not in told(outcome.report).lower()


def test_a_bare_row_says_when_how_large_and_why():
    content = reports.report()
    outcome = bare(message(content), rules=rules(), report_id=REPORT_ID, reason=Reason.WORKER_DIED)
    report = outcome.report
    assert outcome.copies == ()
    assert (report.kind, report.reason) == (Kind.UNPARSED, Reason.WORKER_DIED)
    assert (report.received_at, report.size_bytes) == (RECEIVED_AT, len(content))
    assert (
        report.fingerprint
        == bare(
            message(content), rules=rules(), report_id=UUID(int=1), reason=Reason.TIME_LIMIT
        ).report.fingerprint
    )
    assert report.not_stated == tuple(Field)
    assert (report.headers, report.tokens, report.domains) == ((), (), ())


# --- what is stated --------------------------------------------------------------------------


def test_stated_facts_pass():
    report = row(reports.report())
    assert str(report.reported_domain) == "example.org"
    assert str(report.from_domain) == "example.org"
    assert str(report.source_ip) == "198.51.100.23"
    assert str(report.auth_failure) == "dmarc"
    assert str(report.delivery_result) == "reject"
    assert str(report.reporter_domain) == "mx.receiver.example"
    assert report.arrival_at is not None
    assert report.arrival_at.isoformat() == "2026-11-03T09:14:58+00:00"
    assert report.not_stated == (Field.INCIDENTS,)


@pytest.mark.parametrize(
    ("field", "left_out"),
    [
        (Field.SOURCE_IP, "Source_IP"),
        (Field.AUTH_FAILURE, "Auth_Failure"),
        (Field.DELIVERY_RESULT, "Delivery_Result"),
        (Field.ARRIVAL_AT, "Arrival_Date"),
        (Field.AUTH_RESULTS, "Authentication_Results"),
    ],
)
def test_what_is_missing_is_named(field, left_out):
    fields = reports.changed(reports.FEEDBACK, **{left_out: None})
    report = row(reports.report(feedback=fields))
    assert set(report.not_stated) == {Field.INCIDENTS, field}
    assert not getattr(report, field.value)


def test_stated_incidents_are_no_absence():
    fields = (*reports.FEEDBACK, ("Incidents", "7"))
    report = row(reports.report(feedback=fields))
    assert report.incidents_stated == 7
    assert report.not_stated == ()


def test_a_report_without_a_third_part_names_its_absences():
    report = row(reports.report(third_type=None))
    assert Field.FROM_DOMAIN in report.not_stated
    assert Field.REPORTED_DOMAIN not in report.not_stated


def test_a_report_under_fo_1_with_dmarc_pass_is_called_what_it_states():
    """One mechanism failed, the message passed: no spoofing is to be read into it."""
    results = (
        "mx.receiver.example; dmarc=pass header.from=example.org; spf=fail;"
        " dkim=pass header.d=example.org"
    )
    fields = reports.changed(
        reports.FEEDBACK, Auth_Failure="spf", Delivery_Result="delivered",
        Authentication_Results=results,
    )  # fmt: skip
    outcome = done(reports.report(feedback=fields), text_rules())
    stated = {(str(one.method), str(one.result)) for one in outcome.report.auth_results}
    assert ("dmarc", "pass") in stated
    assert str(outcome.report.auth_failure) == "spf"
    everything = told(outcome.report) + outcome.copies[0].content.decode()
    assert not re.search(r"spoof|forg(ed|ery)|phish|fraud|malicious", everything, re.IGNORECASE)


@pytest.mark.parametrize("stated", ["none", "spf", "dkim", "dkim, spf"])
def test_identity_alignment_passes_as_stated_and_decides_nothing(stated):
    fields = reports.changed(reports.FEEDBACK, Identity_Alignment=stated)
    outcome = done(reports.report(feedback=fields))
    assert str(outcome.report.identity_alignment) == stated
    assert feedback(outcome.copies[0])["Identity-Alignment"] == stated
    other = done(reports.report(feedback=reports.changed(fields, Identity_Alignment=None)))
    assert replace(
        outcome.report, identity_alignment=None, fingerprint=other.report.fingerprint, size_bytes=0
    ) == replace(other.report, size_bytes=0)


# --- fingerprints ----------------------------------------------------------------------------


def test_the_same_report_with_another_trace_is_recognised():
    first = row(reports.report()).fingerprint
    again = reports.report(
        outer=(*received(3), ("DKIM-Signature", "v=1"), ("X-Spam", "no")), first="Other words.\r\n"
    )
    assert row(again).fingerprint == first
    assert row(reports.report(), report_id=UUID(int=7)).fingerprint == first


def test_another_message_is_another_report():
    first = row(reports.report()).fingerprint
    assert row(reports.report(reports.original(body="Hello.\r\n"))).fingerprint != first
    assert (
        row(reports.report(feedback=(*reports.FEEDBACK, ("Incidents", "2")))).fingerprint != first
    )
    other_key = replace(KEYRING, fingerprint_key=b"g" * 32)
    assert row(reports.report(), rules(keyring=other_key)).fingerprint != first


# --- who sees it -----------------------------------------------------------------------------

OWN = (OwnDomain(name="example.org"), OwnDomain(name="example.net"))


@pytest.mark.parametrize(
    ("reported", "author", "owner"),
    [
        ("example.org", "example.org", "example.org"),
        ("news.example.org", "news.example.org", "example.org"),
        ("EXAMPLE.ORG", "example.org", "example.org"),
        (None, "example.net", "example.net"),
        ("example.org", "example.net", "example.net"),  # they disagree: the From domain decides
        ("other.example", "example.net", "example.net"),
        ("example.org", "other.example", None),
        ("notexample.org", "notexample.org", None),
        ("org", "org", None),
        (None, "other.example", None),
    ],
)
def test_whose_report_it_is(reported, author, owner):
    header = reports.changed(reports.ORIGINAL_HEADER, From=f"Office <office@{author}>")
    fields = reports.changed(reports.FEEDBACK, Reported_Domain=reported)
    everybody = replace(ANALYST, name="all")
    mine = [
        replace(ANALYST, name="org", domains=("example.org",)),
        replace(ANALYST, name="net", domains=("example.net",)),
    ]
    outcome = done(
        reports.report(reports.original(header), feedback=fields),
        rules(everybody, *mine, own_domains=OWN),
    )
    shown = outcome.report.owner_domain
    assert (None if shown is None else str(shown)) == owner
    expected = ["all"] + ([owner.partition(".")[2]] if owner else [])
    assert [str(copy.analyst) for copy in outcome.copies] == expected


def test_without_own_domains_a_report_is_everybodys_only():
    named = replace(ANALYST, name="org", domains=("example.org",))
    outcome = done(reports.report(), rules(ANALYST, named))
    assert outcome.report.owner_domain is None
    assert [str(copy.analyst) for copy in outcome.copies] == ["blue"]


def test_an_analyst_of_a_domain_sees_the_subdomains_that_are_entries():
    entries = (OwnDomain(name="news.example.org"),)
    header = reports.changed(reports.ORIGINAL_HEADER, From="Office <office@news.example.org>")
    fields = reports.changed(reports.FEEDBACK, Reported_Domain="news.example.org")
    content = reports.report(reports.original(header), feedback=fields)
    parent = replace(ANALYST, name="parent", domains=("example.org",))
    sibling = replace(ANALYST, name="sibling", domains=("s.example.org",))
    outcome = done(content, rules(parent, sibling, own_domains=entries))
    assert [str(copy.analyst) for copy in outcome.copies] == ["parent"]


# --- tiers -----------------------------------------------------------------------------------


def test_each_has_a_tier_of_their_own():
    given = rules(*(replace(ANALYST, name=tier.value, tier=tier) for tier in Tier))
    outcome = done(reports.report(), given, recognizer=NAMES)
    assert outcome.report.tier is Tier.HEADERS
    assert {str(copy.analyst): copy.tier for copy in outcome.copies} == {
        tier.value: tier for tier in Tier
    }
    assert (outcome.report.text, outcome.report.subject is None) == (None, False)


@pytest.mark.parametrize("tier", Tier)
def test_the_store_keeps_its_own_tier(tier):
    report = row(reports.report(), rules(store_tier=tier), recognizer=NAMES)
    assert report.tier is tier
    assert (report.subject is not None) is (tier is not Tier.METADATA)
    assert (report.text is not None) is (tier is Tier.TEXT)
    assert report.text_chars == len(reports.ORIGINAL_BODY.replace("\r\n", "\n").strip())


@pytest.mark.parametrize("cap", Tier)
def test_a_cap_lowers_everybody(cap):
    outcome = done(
        reports.report(), text_rules(), recognizer=NAMES, tier_cap=cap, reason=Reason.TIME_LIMIT
    )
    assert outcome.report.tier is cap
    assert [copy.tier for copy in outcome.copies] == [cap]
    assert outcome.report.reason is Reason.TIME_LIMIT


def test_without_a_recognizer_no_free_text_is_shown():
    outcome = done(reports.report(), text_rules(), recognizer=None)
    assert outcome.report.subject is None
    assert outcome.report.text is None
    assert b"please confirm" not in outcome.copies[0].content
    assert third(outcome.copies[0])["Subject"] is None


def test_persons_become_numbers_and_the_rest_stays():
    report = row(reports.report(), text_rules(), recognizer=NAMES)
    assert str(report.subject) == "Your refund, Mrs [PERSON 1]"
    assert str(report.text).split("\n")[0].strip() == "Dear Mrs [PERSON 1],"
    assert "please confirm before Friday" in str(report.text)
    assert {str(count.part) for count in report.counts} >= {"subject", "text"}
    at_headers = row(reports.report(), recognizer=NAMES)
    assert {str(count.part) for count in at_headers.counts} == {"subject", "headers", "feedback"}


def test_a_text_in_a_language_nobody_covers_is_left_out_with_its_subject():
    body = "\u0414\u043e\u0431\u0440\u044b\u0439 \u0434\u0435\u043d\u044c\r\n"
    outcome = done(
        reports.report(reports.original(body=body)), text_rules(), recognizer=Finder(covered=False)
    )
    report = outcome.report
    assert (report.text, report.subject) == (None, None)
    assert report.text_omitted is Reason.LANGUAGE_NOT_COVERED
    assert report.text_chars is not None
    assert abs(report.text_chars - len(body.strip())) <= 2
    assert str(report.text_script).lower().startswith("cyr")
    assert report.tier is Tier.TEXT
    copy = outcome.copies[0]
    assert third(copy).get_content().strip() == "[text left out: language_not_covered]"
    assert third(copy)["Subject"] is None


def test_an_operator_may_have_such_a_text_redacted_by_rules_and_every_reader_is_told():
    body = "Umowa Whitcombe, kod 4711, wkr\u00f3tce. \u0414\u043c\u0438\u0442\u0440\u0438\u0439\r\n"
    content = reports.report(reports.original(body=body))
    finder = Finder(r"4711", Entity.REFERENCE, covered=False)
    outcome = done(content, text_rules(uncovered_text="rules"), recognizer=finder)
    report = outcome.report
    expected = "Umowa [PERSON 1], kod [REFERENCE], wkr\u00f3tce. [PERSON 2]"
    assert str(report.text).strip() == expected
    assert str(report.subject) == "Your refund, Mrs [PERSON 1]"
    assert report.text_omitted is None
    assert Flag.RULES_ONLY in report.flags
    explanation = mail(outcome.copies[0]).get_payload()[0].get_content()
    assert "rules alone: no model reads its language" in explanation
    kept = row(content, rules(uncovered_text="rules", store_tier=Tier.METADATA), recognizer=finder)
    assert Flag.RULES_ONLY not in kept.flags  # nothing of it is shown there


def test_a_text_that_models_read_is_not_said_to_be_read_by_rules_alone():
    outcome = done(reports.report(), text_rules(uncovered_text="rules"), recognizer=NAMES)
    assert Flag.RULES_ONLY not in outcome.report.flags
    assert b"rules alone" not in outcome.copies[0].content


def test_a_text_that_is_too_long_is_left_out_whole():
    body = "marker " * 200 + "\r\n"
    outcome = done(
        reports.report(reports.original(body=body)), text_rules(limits=Limits(text_chars=500))
    )
    assert outcome.report.text is None
    assert outcome.report.text_omitted is Reason.TEXT_TOO_LONG
    assert outcome.report.subject is not None
    assert b"marker" not in outcome.copies[0].content


# --- pseudonyms ------------------------------------------------------------------------------


def tokens(report: SanitizedReport, role: TokenRole) -> list[str]:
    return [str(token.digest) for token in report.tokens if token.role is role]


def test_the_same_recipient_is_recognised_in_two_reports():
    one, two = row(reports.numbered(1)), row(reports.numbered(2))
    assert one.fingerprint != two.fingerprint
    assert tokens(one, TokenRole.RECIPIENT) == tokens(two, TokenRole.RECIPIENT) != []
    expected = KEYRING.pseudonymizer().address("ada.whitcombe", "home.example")
    assert f"p1-{tokens(one, TokenRole.RECIPIENT)[0]}" == expected


def test_copies_carry_tokens_that_join_with_nobodys():
    audiences = [
        ANALYST,
        replace(ANALYST, name="red"),
        replace(ANALYST, name="same", pseudonyms="store"),
    ]
    outcome = done(reports.report(), rules(*audiences))
    shown = [set(re.findall(rb"p1-[a-z2-7]{24}", copy.content)) for copy in outcome.copies]
    blue, red, same = shown
    assert all(shown)
    assert not blue & red
    assert not blue & same
    stored = {f"p1-{token.digest}".encode() for token in outcome.report.tokens}
    assert same <= stored
    assert not (blue | red) & stored


def test_recipients_are_a_number_in_copies():
    several = ", ".join(f"Person {n} <person.{n}@home.example>" for n in range(3))
    header = reports.changed(reports.ORIGINAL_HEADER, To=several)
    given = text_rules(replace(ANALYST, pseudonyms="store"))
    outcome = done(reports.report(reports.original(header)), given)
    stored = tokens(outcome.report, TokenRole.RECIPIENT)
    assert len(stored) == 4  # the three of To, and the one of Original-Rcpt-To
    content = outcome.copies[0].content.decode()
    assert not [token for token in stored if token in content]
    assert "home.example" not in content
    assert "3" in third(outcome.copies[0])["To"]


def test_no_key_is_in_any_output():
    outcome = done(reports.report(), text_rules(), recognizer=NAMES)
    everything = told(outcome.report).encode() + outcome.copies[0].content
    for secret in (KEY, b"f" * 32, b"l" * 32):
        assert secret not in everything
        assert secret.hex().encode() not in everything


def test_the_filter_is_deterministic():
    first = done(reports.report(), text_rules(), recognizer=NAMES)
    assert done(reports.report(), text_rules(), recognizer=NAMES) == first


@pytest.mark.parametrize("end", [b"\n", b"\r"])
def test_line_ends_make_no_difference(end):
    first = row(reports.report(), text_rules(), recognizer=NAMES)
    other = row(reports.report().replace(b"\r\n", end), text_rules(), recognizer=NAMES)
    same = {"size_bytes": 0, "flags": (), "fingerprint": first.fingerprint}
    assert replace(other, **same) == replace(first, **same)
