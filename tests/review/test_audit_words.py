"""Each action of the audit log is told in words."""

from __future__ import annotations

import pytest

from rufgate.review.audit_words import what, when, who
from rufgate.store.audit_stored import StoredEntry


def entry(**more: str) -> StoredEntry:
    said = {"sequence": 1, "at": "2026-11-25T10:30:00.123456+00:00", "actor": "operator",
            "action": "reports_exported", "details": "{}", "mac": ""}  # fmt: skip
    return StoredEntry(**(said | more))


@pytest.mark.parametrize(
    ("details", "told"),
    [
        ("{}", "exported reports"),
        ('{"count": 3, "filters": ["domain", "since"]}',
         "exported reports (how many: 3; asked by: domain, since)"),
        ('{"counts": {"text": 2}, "whole": true, "month": "2026-10"}',
         "exported reports (rows by class: text 2; whole: yes; month: 2026-10)"),
        ('{"count": 40, "filters": []}', "exported reports (how many: 40)"),
        ("[", "exported reports (its details cannot be read)"),
    ],
)  # fmt: skip
def test_details_are_told_behind_what_was_done(details, told):
    assert what(entry(details=details)) == told


def test_who_and_when():
    assert (who(entry()), when(entry())) == ("an operator", "2026-11-25 10:30:00 UTC")
    odd = entry(actor="nobody", at="yesterday", action="something_new")
    assert (who(odd), when(odd), what(odd)) == ("nobody", "yesterday", "something new")
