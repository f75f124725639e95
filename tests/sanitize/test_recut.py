"""A copy cut to tier ``headers`` is the copy that would have been written at that tier."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rufgate.sanitize.headers import PERSON_FIELDS
from rufgate.sanitize.link_forms import without_paths
from rufgate.sanitize.policy import Audience, Sender
from rufgate.sanitize.recut import cut_to_headers
from rufgate.sanitize.render import render
from rufgate.sanitize.sanitized import SanitizedText, Tier
from rufgate.sanitize.vocabulary import METADATA_FIELDS
from tests.store.full_report import full_report

SENDER = Sender(address="gate@example.org", hostname="gate.example.org")
READER = Audience(name="one", address="one@example.org")


def copy(report, tier):
    made = render(replace(report, tier=tier), READER, SENDER, serial="s", loop_mark="m")
    return made.content


BODIES = (
    None, "", "plain", "a\r\n\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nb",
    "x" * 5000, "\N{GREEK SMALL LETTER PI} and [PERSON 1]",
)  # fmt: skip


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("has_attachments", [True, False])
def test_the_cut_copy_is_the_copy_of_that_tier(body, has_attachments):
    report = full_report()
    report = replace(
        report,
        text=None if body is None else SanitizedText(body),
        attachments=report.attachments if has_attachments else (),
    )
    assert cut_to_headers(copy(report, Tier.TEXT)) == copy(report, Tier.HEADERS)


def test_a_copy_that_is_not_surely_ours_is_not_cut():
    whole = copy(full_report(), Tier.TEXT)
    boundary = b"\r\n--rufgate-"
    broken = [
        b"", b"Subject: test\r\n\r\nmark-copy\r\n", copy(full_report(), Tier.HEADERS), whole[:-4],
        whole.replace(b"message/rfc822", b"text/plain"), whole.replace(b"tier=text", b"tier=x"),
        whole.replace(b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed", b"X: 1"),
        whole.replace(boundary, boundary + b"x", 1),
    ]  # fmt: skip
    assert [cut_to_headers(content) for content in broken] == [None] * len(broken)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("see hxxps://a[.]example[.]org/orders/[label] now", "see hxxps://a[.]example[.]org/… now"),
        ("hxxp://[label][.]example[.]org:8080/a.html.", "hxxp://[label][.]example[.]org:8080/…."),
        ("shop[.]example[.]org/a", "shop[.]example[.]org/…"),
        ("hxxps://shop[.]example[.]org/… and/or 1/2", "hxxps://shop[.]example[.]org/… and/or 1/2"),
        ("hxxps://shop[.]example[.]org", "hxxps://shop[.]example[.]org"),
        ("[PERSON 1]/[PERSON 2]", "[PERSON 1]/[PERSON 2]"),
    ],
)  # fmt: skip
def test_a_link_loses_its_path_and_nothing_else_changes(before, after):
    assert without_paths(before) == after
    assert without_paths(after) == after


def test_the_fields_of_metadata_are_persons_id_and_date():
    assert {*PERSON_FIELDS, "message-id", "date"} == METADATA_FIELDS
