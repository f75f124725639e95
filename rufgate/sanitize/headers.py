"""The header block of the reported message, rebuilt from an allow-list.

In:  ``RawHeader`` values in their order, and a ``RedactionContext``.
Out: ``HeaderBlock``: the fields to show, tokens and domains for the store, and the raw subject,
     which is free text and redacted as such elsewhere.
SECURITY: names that are emitted come from the tables below, never from the input; a field of any
     other name is dropped and counted. Values are decoded first, and lose every control character.
FAILS: never.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, final

from rufgate.sanitize.addresses import Mailbox, parse_mailboxes
from rufgate.sanitize.context import RedactionContext
from rufgate.sanitize.domains import HIDDEN, public_name
from rufgate.sanitize.fields import decode_words
from rufgate.sanitize.header_fields import (
    FieldRule,
    redact_arc,
    redact_auth_field,
    redact_dkim,
    redact_feedback_id,
    redact_list_id,
    redact_list_links,
    redact_media_type,
    redact_mime_version,
    redact_received_spf,
    signature_domain,
)
from rufgate.sanitize.hidden_recipients import names_somebody
from rufgate.sanitize.parsed import RawHeader
from rufgate.sanitize.raw import RawText
from rufgate.sanitize.received_redaction import redact_received, utc_date
from rufgate.sanitize.sanitized import (
    DomainRole,
    SanitizedDomain,
    SanitizedHeader,
    SanitizedText,
    SanitizedToken,
    Tier,
    TokenLabel,
    TokenRole,
)
from rufgate.sanitize.vocabulary import METADATA_FIELDS

SHOWN_MAILBOXES: Final = 5
SHOWN_REFERENCES: Final = 3

_MAX_REPEATS = 50  # of one name
_MAX_VALUE = 65_536

_PERSONS: Final[Mapping[str, tuple[str, TokenRole]]] = {
    "from": ("From", TokenRole.FROM),
    "sender": ("Sender", TokenRole.SENDER),
    "reply-to": ("Reply-To", TokenRole.REPLY_TO),
    "resent-from": ("Resent-From", TokenRole.FROM),
    "resent-sender": ("Resent-Sender", TokenRole.SENDER),
    "return-path": ("Return-Path", TokenRole.RETURN_PATH),
}
_RECIPIENTS: Final = {"to": "To", "cc": "Cc"}
_IDS: Final = {
    "message-id": "Message-ID",
    "references": "References",
    "in-reply-to": "In-Reply-To",
    "resent-message-id": "Resent-Message-ID",
}
_FIELDS: Final[Mapping[str, tuple[str, FieldRule]]] = {
    "received": ("Received", redact_received),
    "date": ("Date", lambda value, _: utc_date(value)),
    "resent-date": ("Resent-Date", lambda value, _: utc_date(value)),
    "dkim-signature": ("DKIM-Signature", redact_dkim),
    "x-google-dkim-signature": ("X-Google-DKIM-Signature", redact_dkim),
    "domainkey-signature": ("DomainKey-Signature", redact_dkim),
    "arc-seal": ("ARC-Seal", redact_arc),
    "arc-message-signature": ("ARC-Message-Signature", redact_arc),
    "arc-authentication-results": ("ARC-Authentication-Results", redact_auth_field),
    "authentication-results": ("Authentication-Results", redact_auth_field),
    "authentication-results-original": ("Authentication-Results-Original", redact_auth_field),
    "received-spf": ("Received-SPF", redact_received_spf),
    "list-id": ("List-Id", redact_list_id),
    "list-unsubscribe": ("List-Unsubscribe", redact_list_links),
    "list-subscribe": ("List-Subscribe", redact_list_links),
    "list-post": ("List-Post", redact_list_links),
    "list-owner": ("List-Owner", redact_list_links),
    "list-help": ("List-Help", redact_list_links),
    "list-archive": ("List-Archive", redact_list_links),
    "feedback-id": ("Feedback-ID", redact_feedback_id),
    "mime-version": ("MIME-Version", redact_mime_version),
    "content-type": ("Content-Type", redact_media_type),
}
PERSON_FIELDS: Final = frozenset({*_PERSONS, *_RECIPIENTS})
_SIGNATURES: Final = frozenset({"dkim-signature", "x-google-dkim-signature"})


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class HeaderBlock:
    """What is left of a header block."""

    headers: tuple[SanitizedHeader, ...]
    dropped: int
    tokens: tuple[SanitizedToken, ...]
    domains: tuple[SanitizedDomain, ...]
    subject: RawText | None  # the first one, still encoded and personal; None at tier metadata
    subject_at: int  # where among ``headers`` it stood
    from_domain: SanitizedText | None
    recipient_count: int  # mailboxes of To and Cc
    names_recipient: bool = False


def is_known_field(name: str, tier: Tier = Tier.TEXT) -> bool:
    """Whether a field of this lower-case name has a rule by which it passes at ``tier``."""
    if tier is Tier.METADATA:
        return name in METADATA_FIELDS
    return name in PERSON_FIELDS or name in _IDS or name in _FIELDS


def redact_headers(headers: Sequence[RawHeader], context: RedactionContext) -> HeaderBlock:
    """``headers`` rebuilt for ``context``'s tier and audience."""
    builder = _Builder(context)
    for header in headers:
        builder.add(header)
    return builder.block()


def from_domain(headers: Sequence[RawHeader]) -> str | None:
    """The domain of the first mailbox of the first From field, as a public name."""
    for header in headers:
        if header.name.reveal().strip().lower() == "from":
            boxes = parse_mailboxes(header.value.reveal()[:_MAX_VALUE])
            names = (public_name(box.domain) for box in boxes if box.domain)
            return next(filter(None, names), None)
    return None


@dataclass(slots=True)
class _Builder:
    """Collects a block field by field."""

    context: RedactionContext
    shown: list[SanitizedHeader] = field(default_factory=list)
    tokens: list[SanitizedToken] = field(default_factory=list)
    domains: dict[tuple[str, DomainRole], None] = field(default_factory=dict)
    repeats: Counter[str] = field(default_factory=Counter)
    dropped: int = 0
    subject: RawText | None = None
    subject_at: int = 0
    author: str | None = None
    recipient_count: int = 0
    names_recipient: bool = False

    def add(self, header: RawHeader) -> None:
        name = header.name.reveal().strip().lower()
        value = header.value.reveal()[:_MAX_VALUE]
        if name == "subject" and self.subject is None and self.context.tier is not Tier.METADATA:
            self.subject, self.subject_at = header.value, len(self.shown)
            return
        emitted = self._rebuilt(name, value)
        if emitted is None:
            self.dropped += 1
            return
        canonical, text = emitted
        self.shown.append(
            SanitizedHeader(name=SanitizedText(canonical), value=SanitizedText(_one_line(text)))
        )

    def block(self) -> HeaderBlock:
        return HeaderBlock(
            headers=tuple(self.shown),
            dropped=self.dropped,
            tokens=tuple(self.tokens),
            domains=tuple(
                SanitizedDomain(name=SanitizedText(name), role=role) for name, role in self.domains
            ),
            subject=self.subject,
            subject_at=self.subject_at,
            from_domain=SanitizedText(self.author) if self.author else None,
            recipient_count=self.recipient_count,
            names_recipient=self.names_recipient,
        )

    def _rebuilt(self, name: str, value: str) -> tuple[str, str] | None:
        """``(our name, value)``, or None to drop the field."""
        self.repeats[name] += 1
        text = self._value(name, value) if self.repeats[name] <= _MAX_REPEATS else None
        if not text or (self.context.tier is Tier.METADATA and name not in METADATA_FIELDS):
            return None
        known = _PERSONS.get(name) or _FIELDS.get(name)
        return (known[0] if known else _RECIPIENTS.get(name) or _IDS[name]), text

    def _value(self, name: str, value: str) -> str | None:
        if name in _PERSONS:
            return self._persons(name, value)
        if name in _RECIPIENTS:
            return self._recipients(value)
        decoded = _one_line(decode_words(value)) if "=?" in value else _one_line(value)
        if name in _IDS:
            return self._ids(name, decoded)
        if name not in _FIELDS:
            return None
        if name in _SIGNATURES:
            self._keep(signature_domain(decoded), DomainRole.DKIM, sender_side=True)
        return _FIELDS[name][1](decoded, self.context)

    def _persons(self, name: str, value: str) -> str | None:
        role = _PERSONS[name][1]
        if name == "return-path" and value.strip() == "<>":
            return "<>"
        boxes = [box for box in parse_mailboxes(value) if box.domain]
        for box in boxes[:SHOWN_MAILBOXES]:
            if box.local:
                token = self.context.address_token(box.local, box.domain, role, sender_side=True)
                self.tokens.append(token)
        if name == "from":
            self._note_author(boxes)
        elif name == "return-path" and boxes:
            self._keep(boxes[0].domain, DomainRole.MAIL_FROM, sender_side=True)
        return self._listing(boxes, sender_side=True)

    def _note_author(self, boxes: Sequence[Mailbox]) -> None:
        for box in boxes:
            kept = self._keep(box.domain, DomainRole.FROM, sender_side=True)
            self.author = self.author or kept

    def _recipients(self, value: str) -> str | None:
        boxes = [box for box in parse_mailboxes(value) if box.local]
        self.recipient_count += len(boxes)
        self.names_recipient = self.names_recipient or names_somebody(boxes)
        if self.context.recipients == "count":
            return _group(len(boxes), "recipient") if boxes else None
        for box in boxes[:SHOWN_MAILBOXES]:
            self._keep(box.domain, DomainRole.RECIPIENT, sender_side=False)
            self.tokens.append(
                self.context.address_token(
                    box.local, box.domain, TokenRole.RECIPIENT, sender_side=False
                )
            )
        return self._listing(boxes, sender_side=False)

    def _listing(self, boxes: Sequence[Mailbox], *, sender_side: bool) -> str | None:
        """The first five pseudonyms and the number of the others, as an empty group."""
        shown = [
            self.context.address(box.local, box.domain, sender_side=sender_side)
            for box in boxes[:SHOWN_MAILBOXES]
        ]
        if len(boxes) > SHOWN_MAILBOXES:
            shown.append(_group(len(boxes) - SHOWN_MAILBOXES, "more"))
        return ", ".join(filter(None, shown)) or None

    def _ids(self, name: str, value: str) -> str | None:
        ids = [_bare_id(word) for word in value.replace("<", " <").split()]
        shown = []
        for local, domain in [pair for pair in ids if any(pair)][-SHOWN_REFERENCES:]:
            text, token = self._id(local, domain)
            shown.append(text)
            if name == "message-id":
                self.tokens.append(token)
        return " ".join(shown) or None

    def _id(self, local: str, domain: str) -> tuple[str, SanitizedToken]:
        """``<p1-token@host>``; the token alone where the host is none of the public DNS."""
        host = self.context.host(domain)
        plain = f"{local}@{domain.lower()}"
        text, token = self.context.opaque(
            TokenLabel.MESSAGE_ID, TokenRole.MESSAGE_ID, plain, domain=host
        )
        return (f"<{text}@{host}>" if public_name(domain) else f"<{text}>"), token

    def _keep(self, domain: str | None, role: DomainRole, *, sender_side: bool) -> str | None:
        kept = self.context.rule.keep(domain, sender_side=sender_side) if domain else HIDDEN
        if kept == HIDDEN:
            return None
        self.domains[kept, role] = None
        return kept


def _group(number: int, noun: str) -> str:
    """An empty group (RFC 5322 section 3.4) whose name is a number, such as ``3 recipients:;``."""
    plural = "s" if noun == "recipient" and number != 1 else ""
    return f"{number} {noun}{plural}:;"


def _bare_id(word: str) -> tuple[str, str]:
    local, _, domain = word.strip("<>,;").rpartition("@")
    return (local, domain) if local else (domain, "")


def _one_line(text: str) -> str:
    """``text`` without control characters and line ends, which a decoded word may have brought."""
    if not text.isprintable():
        text = "".join(char if char.isprintable() else " " for char in text)
    return text.strip()
