"""The leak check takes a field for what the input held, not for the words that we write."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from rufgate.sanitize.policy import Policy, Sender
from rufgate.sanitize.pseudonym import Keyring
from rufgate.sanitize.raw import RawMessage, RawText
from rufgate.sanitize.redact import Rules, sanitize
from rufgate.sanitize.sanitized import Flag, Sanitized, Tier
from rufgate.sanitize.spans import Analysis
from tests.reports import FEEDBACK, ORIGINAL_HEADER, changed, original, report

RULES = Rules(
    policy=Policy(store_tier=Tier.TEXT),
    keyring=Keyring(1, b"test-key-0123456789abcdef0123456", b"f" * 32, b"l" * 32),
    audiences=(),
    sender=Sender(address="rufgate@gate.example.org", hostname="gate.example.org"),
    engine="0.1.0",
)


class Silent:
    """A recognizer that knows the language and finds nothing."""

    def analyze(self, text: RawText, language: str | None = None, **_: object) -> Analysis:
        return Analysis(spans=[], language="en", covered=True)


def row(body: str = "Hello.\r\n", **header: str):
    fields = (
        *changed(ORIGINAL_HEADER, **header),
        ("Authentication-Results", "mx.receiver.example; dmarc=fail header.from=example.org"),
        ("DKIM-Signature", "v=1; a=rsa-sha256; d=example.org; s=s1; h=from:message-id; b=x"),
    )
    content = report(original(fields, body), feedback=FEEDBACK)
    message = RawMessage(content, received_at=datetime(2026, 11, 3, tzinfo=UTC))
    done = sanitize(message, rules=RULES, report_id=UUID(int=1), recognizer=Silent())
    assert isinstance(done, Sanitized)
    return done.report


@pytest.mark.parametrize("name", ["Fail Message", "Dmarc Relaxed", "Recipient Alternative"])
def test_a_sender_cannot_name_its_results_away(name):
    found = row(From=f'"{name}" <office@example.org>')
    shown = {str(header.name): str(header.value) for header in found.headers}
    assert "dmarc=fail" in shown["Authentication-Results"]
    assert "h=from:message-id" in shown["DKIM-Signature"]
    assert found.auth_results
    assert Flag.FIELD_REMOVED not in found.flags


def test_a_kept_domain_may_be_called_like_a_person():
    found = row(To='"Outlook Whitcombe" <ada@outlook.com>', Reply_To="Gate <g@gate-keeper.example>")
    names = [str(header.name) for header in found.headers]
    assert "Reply-To" in names
    assert Flag.FIELD_REMOVED not in found.flags


def test_a_name_in_a_rebuilt_field_still_takes_it_out():
    found = row(To='"Esp Sentori" <ada@home.example>', Feedback_ID="a:b:Sentori")
    assert "Sentori" not in repr(found)


def test_what_hides_in_an_encoding_still_costs_the_text():
    found = row(body="see V2hpdGNvbWJlIGF0IGhvbWU here\r\n", To='"A Whitcombe" <a@home.example>')
    assert found.text is None or "V2hp" not in str(found.text)
