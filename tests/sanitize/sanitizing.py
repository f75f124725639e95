"""What the tests of the whole filter share: rules, a recognizer of fixed patterns, short runs."""

from __future__ import annotations

import email
import email.message
import email.policy
import re
from datetime import UTC, datetime
from uuid import UUID

from rufgate.sanitize.policy import Audience, Policy, Sender
from rufgate.sanitize.pseudonym import Keyring
from rufgate.sanitize.raw import RawMessage, RawText
from rufgate.sanitize.redact import OuterLoop, Rules, sanitize
from rufgate.sanitize.sanitized import Sanitized, SanitizedMessage, SanitizedReport, Tier
from rufgate.sanitize.spans import Analysis, Entity, Span

KEY = b"test-key-0123456789abcdef0123456"
KEYRING = Keyring(1, KEY, b"f" * 32, b"l" * 32)
SENDER = Sender(address="rufgate@gate.example.org", hostname="gate.example.org")
ANALYST = Audience(name="blue", address="soc@analyst.example")
REPORT_ID = UUID("11111111-2222-4333-8444-555555555555")
RECEIVED_AT = datetime(2026, 11, 3, 9, 15, 4, tzinfo=UTC)


class Finder:
    """A recognizer that finds what a pattern matches; ``covered`` as told."""

    def __init__(self, pattern: str = r"(?!)", entity: Entity = Entity.PERSON, *, covered=True):
        self._pattern = re.compile(pattern)
        self._entity = entity
        self._covered = covered

    def analyze(self, text: RawText, language: str | None = None, **_: object) -> Analysis:
        spans = [
            Span(start=hit.start(), end=hit.end(), entity=self._entity, recognizer="pattern")
            for hit in self._pattern.finditer(text.reveal())
        ]
        return Analysis(spans=spans, language="en", covered=self._covered)


def rules(
    *audiences: Audience,
    policy: Policy | None = None,
    keyring: Keyring = KEYRING,
    **changes: object,
) -> Rules:
    """The rules of a gate for ``audiences`` (one analyst if none is given)."""
    return Rules(
        policy=policy or Policy(**changes),
        keyring=keyring,
        audiences=audiences or (ANALYST,),
        sender=SENDER,
        engine="0.1.0",
    )


def message(content: bytes, **envelope: str) -> RawMessage:
    return RawMessage(content, received_at=RECEIVED_AT, **envelope)


def run(content: bytes, given: Rules | None = None, **options: object) -> Sanitized | OuterLoop:
    """``content`` through the whole filter."""
    facts: dict[str, object] = {"report_id": REPORT_ID, "recognizer": Finder(), **options}
    return sanitize(message(content), rules=given or rules(), **facts)


def done(content: bytes, given: Rules | None = None, **options: object) -> Sanitized:
    """The same, where it is no outer loop."""
    outcome = run(content, given, **options)
    assert isinstance(outcome, Sanitized)
    return outcome


def row(content: bytes, given: Rules | None = None, **options: object) -> SanitizedReport:
    """What the store keeps of ``content``."""
    return done(content, given, **options).report


def text_rules(*audiences: Audience, **changes: object) -> Rules:
    """Rules under which the store keeps the text too."""
    return rules(*audiences, store_tier=Tier.TEXT, **changes)


def mail(copy: SanitizedMessage) -> email.message.EmailMessage:
    """A copy as Python's parser reads it, which must find no defect."""
    read = email.message_from_bytes(copy.content, policy=email.policy.default)
    assert isinstance(read, email.message.EmailMessage)
    assert [part.defects for part in read.walk() if part.defects] == []
    return read


def feedback(copy: SanitizedMessage) -> email.message.Message:
    """The fields of part 2."""
    return mail(copy).get_payload()[1].get_payload()[0]


def third(copy: SanitizedMessage) -> email.message.EmailMessage:
    """Part 3, whether it is a header block or a message."""
    part = mail(copy).get_payload()[2]
    if part.get_content_type() == "message/rfc822":
        return part.get_payload()[0]
    return email.message_from_bytes(
        part.get_payload(decode=True) + b"\r\n", policy=email.policy.default
    )
