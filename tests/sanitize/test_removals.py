"""What redaction by structure took away is counted by part and rule, and by nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rufgate.sanitize.policy import OwnDomain
from rufgate.sanitize.sanitized import SanitizedReport, Tier
from tests import reports
from tests.sanitize.sanitizing import ANALYST, done, row, rules, text_rules

PDF = (
    b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=inner\r\n\r\n--inner\r\n"
    b"Content-Type: text/plain\r\n\r\nplease confirm\r\n--inner\r\n"
    b'Content-Type: application/pdf; name="whitcombe.pdf"\r\n\r\n%PDF-1.4 ' + b"x" * 500 + b"\r\n"
    b"--inner\r\nContent-Type: image/png\r\n\r\n\x89PNG" + b"y" * 300 + b"\r\n--inner--\r\n"
)


def counts(report: SanitizedReport, part: str) -> dict[tuple[str, str], int]:
    return {
        (str(count.entity), str(count.recognizer)): count.count
        for count in report.counts
        if str(count.part) == part
    }


def header(*, tier: Tier = Tier.TEXT, **fields: str | None) -> dict[tuple[str, str], int]:
    content = reports.report(reports.original(reports.changed(reports.ORIGINAL_HEADER, **fields)))
    return counts(row(content, rules(store_tier=tier)), "headers")


def feedback(**fields: str | None) -> dict[tuple[str, str], int]:
    content = reports.report(feedback=reports.changed(reports.FEEDBACK, **fields))
    return counts(row(content), "feedback")


PLAIN = header()


def more(found: dict[tuple[str, str], int], base: dict[tuple[str, str], int] = PLAIN) -> dict:
    """What one more field adds to the usual report."""
    keys = found.keys() | base.keys()
    added = {key: found.get(key, 0) - base.get(key, 0) for key in keys}
    return {key: number for key, number in added.items() if number}


def test_persons_ids_and_names_of_the_header_are_counted() -> None:
    assert PLAIN["address", "pseudonym"] == 2  # From and To
    assert PLAIN["person", "pseudonym"] == 2
    assert PLAIN["message_id", "pseudonym"] == 1


@pytest.mark.parametrize(
    ("fields", "added"),
    [
        ({"X_Ada_Whitcombe": "secret"}, {("field", "no_rule"): 1}),
        ({"Cc": "bob@home.example, eve@home.example"}, {("address", "pseudonym"): 2}),
        (
            {"Cc": '"Bob" <bob@home.example>'},
            {("address", "pseudonym"): 1, ("person", "pseudonym"): 1},
        ),
        ({"References": "<a@x.example> <b@x.example>"}, {("message_id", "pseudonym"): 2}),
        ({"Resent_Date": "no date at all"}, {("field", "grammar"): 1}),
        ({"Content_Language": "en"}, {("field", "no_rule"): 1}),
        (
            {"Received": "from a (b [203.0.113.9]) by mx.receiver.example for <x@y.example>;"
             " Tue, 03 Nov 2026 09:14:58 +0000"},
            {("value", "rebuilt"): 1},
        ),
        ({"Resent_Date": "Tue, 03 Nov 2026 09:14:50 +0000"}, {}),
    ],
)  # fmt: skip
def test_each_field_is_counted_by_what_became_of_it(fields, added) -> None:
    assert more(header(**fields)) == added


def test_at_tier_metadata_what_a_higher_tier_shows_is_told_apart() -> None:
    lowest = header(tier=Tier.METADATA, List_Id="<list.example.org>", X_Odd="x")
    assert lowest["field", "tier"] >= 1
    assert lowest["field", "no_rule"] == 1 + PLAIN.get(("field", "no_rule"), 0)


def test_recipients_of_a_copy_are_only_a_number() -> None:
    many = ", ".join(f"r{number}@home.example" for number in range(8))
    content = reports.report(reports.original(reports.changed(reports.ORIGINAL_HEADER, To=many)))
    stored = counts(row(content), "headers")
    assert stored["address", "pseudonym"] == 1 + 5
    assert stored["address", "number"] == 3


def test_a_role_that_stays_is_not_counted() -> None:
    own = OwnDomain(name="example.org", role_addresses=("revenue",))
    found = counts(row(reports.report(), rules(own_domains=(own,))), "headers")
    assert found["address", "pseudonym"] == 1


USUAL = feedback()


def test_the_usual_feedback_part() -> None:
    assert USUAL["address", "pseudonym"] == 3  # mail from, recipient, smtp.mailfrom
    assert ("field", "grammar") not in USUAL


@pytest.mark.parametrize(
    ("fields", "added"),
    [
        ({"X_Whitcombe_Note": "secret"}, {("field", "no_rule"): 1}),
        ({"User_Agent": "ada@home.example"}, {("field", "grammar"): 1}),
        ({"User_Agent": "Filter/1.0 (run by Ada)"}, {("value", "rebuilt"): 1}),
        ({"Original_Envelope_Id": "abc-123"}, {("envelope_id", "pseudonym"): 1}),
        ({"Reported_URI": "https://x.example/ada?m=1"}, {("value", "rebuilt"): 1}),
        ({"DKIM_Identity": "ada@example.org"}, {("address", "pseudonym"): 1}),
        ({"SPF_DNS": "rubbish"}, {("field", "grammar"): 1}),
        ({"Delivery_Result": "REJECT"}, {}),
    ],
)
def test_each_feedback_field_is_counted_by_what_became_of_it(fields, added) -> None:
    assert more(feedback(**fields), USUAL) == added


def test_attachments_and_their_names_are_counted() -> None:
    report = row(reports.report(reports.original(body=PDF)), text_rules())
    assert counts(report, "attachments") == {
        ("attachment", "stub"): 2,
        ("file_name", "stub"): 1,
    }


def test_the_counts_hold_our_own_words_alone() -> None:
    """A header's name may be somebody's: it is not told either."""
    fields = reports.changed(
        reports.ORIGINAL_HEADER, X_Whitcombe="w", To="Ada Whitcombe <ada.whitcombe@home.example>"
    )
    outcome = done(
        reports.report(reports.original(fields, PDF), feedback=reports.changed(reports.FEEDBACK)),
        text_rules(replace(ANALYST, tier=Tier.TEXT)),
    )
    told = repr(outcome.report.counts).lower()
    for raw in ("whitcombe", "ada", "home.example", "198.51"):
        assert raw not in told
