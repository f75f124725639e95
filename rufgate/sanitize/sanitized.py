"""What may leave the gate: redacted values only.

Out: frozen, final, keyword-only types; every leaf is a ``SanitizedText``, an enum, a number, a UUID
     or an aware datetime. ``store``, ``deliver``, logs and pages take these and nothing else.
SECURITY: this module imports nothing of the raw side. ``SanitizedText`` is made only in
     ``sanitize`` (and read back from the store by ``store.reports``); a test of the syntax tree
     holds that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import final
from uuid import UUID

from rufgate.sanitize.verdicts import DkimResult, DmarcResult, SpfResult
from rufgate.sanitize.vocabulary import (
    DomainRole,
    Field,
    Flag,
    Kind,
    Reason,
    Tier,
    TokenLabel,
    TokenRole,
    Unscanned,
    Verdict,
    Withheld,
)

__all__ = [
    "DomainRole",
    "Field",
    "Flag",
    "Kind",
    "LeakHit",
    "Reason",
    "RedactionCount",
    "Sanitized",
    "SanitizedAttachment",
    "SanitizedAuthResult",
    "SanitizedDomain",
    "SanitizedHeader",
    "SanitizedMessage",
    "SanitizedReport",
    "SanitizedText",
    "SanitizedToken",
    "SignedManifest",
    "Tier",
    "TokenLabel",
    "TokenRole",
    "Unscanned",
    "Verdict",
    "Withheld",
]


@final
class SanitizedText:
    """Text that has been through redaction. ``str()`` gives it back."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"SanitizedText({self._text!r})"

    def __len__(self) -> int:
        return len(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SanitizedText) and self._text == other._text

    def __hash__(self) -> int:
        return hash((SanitizedText, self._text))


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class SanitizedToken:
    """A keyed pseudonym as stored: never the value, always the key that made it."""

    label: TokenLabel
    role: TokenRole
    digest: SanitizedText  # 24 characters of base32, lower case, without the key id
    key_id: SanitizedText  # "p1" for epoch-1
    domain: SanitizedText | None = None


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class SanitizedDomain:
    """A kept domain and its role."""

    name: SanitizedText
    role: DomainRole


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class SanitizedHeader:
    """One rebuilt header field: unfolded, no line ends, Unicode allowed (encoded at render)."""

    name: SanitizedText
    value: SanitizedText


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class SanitizedAuthResult:
    """One method of an Authentication-Results field (RFC 8601 section 2.2), rebuilt."""

    authserv: SanitizedText | None
    method: SanitizedText
    result: SanitizedText
    properties: tuple[tuple[SanitizedText, SanitizedText], ...] = ()  # ("header.d", "example.org")


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class SanitizedAttachment:
    """A stub: the attachment itself never passes."""

    media_type: SanitizedText  # by magic number, else application/octet-stream
    size_bytes: int
    digest: SanitizedText | None  # keyed ("att") unless it is malware or the policy wants SHA-256
    key_id: SanitizedText | None
    verdict: Verdict | None = None  # None: no scanner is configured
    unscanned: Unscanned | None = None


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class RedactionCount:
    """How often something was removed: never what."""

    entity: SanitizedText
    recognizer: SanitizedText
    part: SanitizedText  # subject, text, headers, ...; of the leak check: the field or tier it cost
    count: int


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class SanitizedReport:
    """One received mail as one audience may see it, at the tier that the leak check allowed."""

    id: UUID
    received_at: datetime
    size_bytes: int
    kind: Kind
    tier: Tier
    policy: SanitizedText  # hash of the policy in force
    engine: SanitizedText  # rufgate's version
    key_id: SanitizedText
    fingerprint: SanitizedText  # HMAC over feedback part and third part; hex
    reason: Reason | None = None
    owner_domain: SanitizedText | None = None  # the [[domains]] entry; None: only "*" sees it
    reporter_domain: SanitizedText | None = None
    reporter_spf: SpfResult | None = None  # of the report's own message; None: not checked
    reporter_dkim: DkimResult | None = None
    reporter_dmarc: DmarcResult | None = None
    reporter_authenticated_domain: SanitizedText | None = None
    reported_domain: SanitizedText | None = None
    from_domain: SanitizedText | None = None
    source_ip: SanitizedText | None = None
    source_port: int | None = None
    feedback_type: SanitizedText | None = None
    user_agent: SanitizedText | None = None
    reporting_mta: SanitizedText | None = None
    auth_failure: SanitizedText | None = None
    delivery_result: SanitizedText | None = None
    arrival_at: datetime | None = None
    incidents_stated: int | None = None
    identity_alignment: SanitizedText | None = None  # stated; meaning unknown
    dkim_domain: SanitizedText | None = None
    dkim_selector: SanitizedText | None = None
    dkim_identity: SanitizedText | None = None
    dkim_selector_dns: SanitizedText | None = None
    spf_dns: tuple[SanitizedText, ...] = ()
    reported_uris: tuple[SanitizedText, ...] = ()
    original_mail_from: SanitizedText | None = None
    original_envelope_id: SanitizedText | None = None
    auth_results: tuple[SanitizedAuthResult, ...] = ()
    recipient_count: int = 0
    tokens: tuple[SanitizedToken, ...] = ()
    domains: tuple[SanitizedDomain, ...] = ()
    headers: tuple[SanitizedHeader, ...] = ()  # the rebuilt block; empty at tier metadata
    subject: SanitizedText | None = None
    text: SanitizedText | None = None
    text_omitted: Reason | None = None
    text_chars: int | None = None
    text_script: SanitizedText | None = None
    attachments: tuple[SanitizedAttachment, ...] = ()
    not_stated: tuple[Field, ...] = ()
    flags: tuple[Flag, ...] = ()
    counts: tuple[RedactionCount, ...] = ()
    fields_dropped: int = 0


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class SanitizedMessage:
    """A finished copy for one analyst: a valid ARF mail, 7-bit, CRLF line ends."""

    report_id: UUID
    analyst: SanitizedText
    tier: Tier
    message_id: SanitizedText
    content: bytes  # empty where it is withheld
    counts: tuple[RedactionCount, ...] = ()  # what was removed for this analyst's tier
    fields_dropped: int = 0
    withheld: Withheld | None = None


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class SignedManifest:
    """By what a row or a copy was made, and a signature over it."""

    statement: SanitizedText  # JSON, in the one form that is signed
    signature: SanitizedText  # Ed25519, in hex


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class LeakHit:
    """Where the leak check found something of the input before it left: never what."""

    field: SanitizedText  # of ``SanitizedReport``; "mail": the finished copy as a whole
    tier: Tier  # of the view that was searched
    analyst: SanitizedText | None  # whose copy; None: the store's row
    count: int = 1  # items of a list in which it was found


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Sanitized:
    """Everything one received mail becomes: the store's view and the analysts' copies."""

    report: SanitizedReport
    copies: tuple[SanitizedMessage, ...] = ()
    hits: tuple[LeakHit, ...] = ()  # of the leak check, in the row and in every copy
    signatures: tuple[DkimResult, ...] = ()  # of the report's own message, as they were asked about
    manifest: SignedManifest | None = None  # of the row
