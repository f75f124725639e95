"""The canary's report: valid, full of marks, and clean once it is sanitized."""

from __future__ import annotations

import email
import email.policy
import random
from datetime import UTC, datetime
from functools import cache
from uuid import uuid4

import pytest

from rufgate.receive.canary import internal_audiences
from rufgate.receive.canary_marks import make_values
from rufgate.receive.canary_report import CanaryReport, make_report
from rufgate.receive.canary_search import Search
from rufgate.recognize.load import load_recognizer
from rufgate.sanitize.policy import OwnDomain, Policy
from rufgate.sanitize.raw import RawMessage
from rufgate.sanitize.redact import sanitize
from rufgate.sanitize.sanitized import Kind, Sanitized, Tier
from rufgate.store.rows import rows_of
from tests import reports
from tests.sanitize.sanitizing import rules

NOW = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)
POLICIES = {
    "default": Policy(store_tier=Tier.TEXT),
    "all domains": Policy(store_tier=Tier.TEXT, domains="keep"),
    "paths": Policy(store_tier=Tier.TEXT, links="path"),
    "everything ours": Policy(
        store_tier=Tier.TEXT,
        domains="organizational",
        own_domains=(OwnDomain(name="example.org"), OwnDomain(name="home.example")),
        allow_phrases=("Leeds", "Harbour Lane"),
    ),
}
recognizer = cache(load_recognizer)


def report(seed: int, *, keeps_domains: bool = False) -> CanaryReport:
    values = make_values(random.Random(seed), keeps_domains=keeps_domains)
    return make_report(values, now=NOW, recipient=reports.RECIPIENT)


def test_it_is_a_valid_failure_report_in_seven_bits():
    content = report(1).content
    mail = email.message_from_bytes(content, policy=email.policy.default)
    assert mail.get_content_type() == "multipart/report"
    assert [part.get_content_type() for part in mail.iter_parts()] == [
        "text/plain", "message/feedback-report", "message/rfc822",
    ]  # fmt: skip
    assert content.isascii()
    assert max(map(len, content.split(b"\r\n"))) < 998
    assert b"\n" not in content.replace(b"\r\n", b"")


@pytest.mark.parametrize("seed", range(20))
def test_every_mark_is_in_it(seed: int):
    made = report(seed)
    found = Search(made.marks).find(made.content + made.mail_from.encode())
    assert {find.mark for find in found} == set(made.marks)


def test_it_says_nowhere_that_it_is_a_canary():
    made = report(1)
    assert b"canary" not in made.content.lower()
    assert "canary" not in made.mail_from


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("seed", range(10))
def test_sanitized_at_any_tier_it_holds_no_mark_and_lacks_nothing(policy: str, seed: int):
    """Else a gate that works would stop itself."""
    made = report(seed, keeps_domains=policy == "all domains")
    outcome = sanitize(
        RawMessage(
            made.content, received_at=NOW, mail_from=made.mail_from, helo="x.canary.invalid"
        ),
        rules=rules(*internal_audiences(Tier), policy=POLICIES[policy]),
        report_id=uuid4(),
        recognizer=recognizer(),
    )
    assert isinstance(outcome, Sanitized)
    search = Search(made.marks)
    written = repr([rows for _, rows in rows_of(outcome)]).encode()
    found = search.find(written) + tuple(f for c in outcome.copies for f in search.find(c.content))
    assert [(find.mark.what, find.form) for find in found] == []
    assert outcome.hits == ()
    assert (outcome.report.kind, outcome.report.reason) == (Kind.AUTH_FAILURE, None)
    assert [copy.tier for copy in outcome.copies] == list(Tier)
    assert outcome.report.text is not None
