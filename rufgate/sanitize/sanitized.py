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
from enum import StrEnum
from typing import final
from uuid import UUID

from rufgate.sanitize.verdicts import DkimResult, DmarcResult, SpfResult


class Tier(StrEnum):
    """How much of a report is kept or passed on; each contains the one before."""

    METADATA = "metadata"
    HEADERS = "headers"
    TEXT = "text"

    @property
    def rank(self) -> int:
        """0, 1, 2 in order of disclosure."""
        return list(Tier).index(self)

    def below(self) -> Tier | None:
        """The next tier down; None below ``metadata``."""
        return None if self is Tier.METADATA else list(Tier)[self.rank - 1]


class Kind(StrEnum):
    """What a received mail turned out to be."""

    AUTH_FAILURE = "auth_failure"  # RFC 6591 / 9991, or a plain-text template of the same meaning
    ARF_OTHER = "arf_other"  # abuse, fraud, opt-out, ... (RFC 5965 section 7.3), XARF
    COMPLAINT = "complaint"  # Hotmail's JMRP shape: the original alone, without a feedback part
    AGGREGATE = "aggregate"  # a DMARC aggregate report sent to the wrong address
    TLS_REPORT = "tls_report"  # an SMTP TLS report (RFC 8460) sent to the wrong address
    LOOP = "loop"  # a report about a report, or about our own copy
    UNPARSED = "unparsed"  # none of these
    LEAKCHECK = "leakcheck"  # the leak check hit at tier ``metadata``: nothing is kept
    OVERFLOW = "overflow"  # more than rows may be made for in an hour: counted, nothing is kept


class Reason(StrEnum):
    """Why a row is less than a full failure report, or its text is missing."""

    NOT_A_REPORT = "not_a_report"
    NO_FEEDBACK_FIELDS = "no_feedback_fields"
    FEEDBACK_TYPE = "feedback_type"  # not auth-failure
    COMPLAINT_SHAPE = "complaint_shape"
    AGGREGATE_REPORT = "aggregate_report"
    TLS_REPORT = "tls_report"
    REPORT_ABOUT_REPORT = "report_about_report"
    OWN_MARK_INSIDE = "own_mark_inside"
    FOREIGN_MARK = "foreign_mark"  # another gate's copy: it ends here, or two gates never stop
    DEPTH_LIMIT = "depth_limit"
    PART_LIMIT = "part_limit"
    HEADER_LIMIT = "header_limit"
    FIELD_LIMIT = "field_limit"
    TIME_LIMIT = "time_limit"
    MEMORY_LIMIT = "memory_limit"
    WORKER_DIED = "worker_died"
    PARSER_ERROR = "parser_error"
    LEAK_FOUND = "leak_found"
    TEXT_TOO_LONG = "text_too_long"
    LANGUAGE_NOT_COVERED = "language_not_covered"
    UNDECODABLE = "undecodable"


class Flag(StrEnum):
    """Oddities of the input that an analyst may want to know; none of them loses a report."""

    DUPLICATE_FIELD = "duplicate_field"
    BOTH_DATES = "both_dates"  # Arrival-Date and Received-Date (RFC 5965 section 3.2)
    BAD_DATE = "bad_date"
    BAD_SOURCE_IP = "bad_source_ip"
    BAD_INCIDENTS = "bad_incidents"
    ENCODED_FEEDBACK = "encoded_feedback"  # base64 or QP on message/feedback-report
    NO_FEEDBACK_TYPE = "no_feedback_type"
    NO_THIRD_PART = "no_third_part"
    NO_REPORT_TYPE = "no_report_type"
    TEXT_TEMPLATE = "text_template"  # Exim and relatives
    BARE_NEWLINES = "bare_newlines"
    MBOX_LINE = "mbox_line"
    TIER_LOWERED = "tier_lowered"
    FIELD_REMOVED = "field_removed"  # by the leak check
    RULES_ONLY = "rules_only"  # no model read the subject or text that is shown
    SMIME = "smime"
    PGP = "pgp"


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


class TokenLabel(StrEnum):
    """What kind of value a token stands for; equal values under other labels do not link."""

    ADDRESS = "addr"
    MESSAGE_ID = "msgid"
    ENVELOPE_ID = "envid"
    ATTACHMENT = "att"


class TokenRole(StrEnum):
    """Where the value stood."""

    REPORTER = "reporter"  # envelope sender of the report
    FROM = "from"
    SENDER = "sender"
    REPLY_TO = "reply_to"
    RETURN_PATH = "return_path"
    MAIL_FROM = "mail_from"  # Original-Mail-From
    RECIPIENT = "recipient"  # Original-Rcpt-To, To, Cc
    DKIM_IDENTITY = "dkim_identity"
    MESSAGE_ID = "message_id"
    ENVELOPE_ID = "envelope_id"


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class SanitizedToken:
    """A keyed pseudonym as stored: never the value, always the key that made it."""

    label: TokenLabel
    role: TokenRole
    digest: SanitizedText  # 24 characters of base32, lower case, without the key id
    key_id: SanitizedText  # "p1" for epoch-1
    domain: SanitizedText | None = None


class DomainRole(StrEnum):
    """In which part of a report a kept domain stood."""

    REPORTER = "reporter"
    REPORTED = "reported"
    FROM = "from"
    MAIL_FROM = "mail_from"
    DKIM = "dkim"
    SPF = "spf"
    LINK = "link"
    RECIPIENT = "recipient"


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


class Verdict(StrEnum):
    """What a scanner said of an attachment. Only ``malware`` has a public digest."""

    CLEAN = "clean"
    MALWARE = "malware"
    SUSPECT = "suspect"  # by a heuristic or a local rule, which also hit harmless letters
    UNSCANNED = "unscanned"


class Unscanned(StrEnum):
    """Why there is no verdict."""

    NOT_REACHED = "not_reached"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    TIME_LIMIT = "time_limit"
    LOST = "lost"  # the connection ended
    REFUSED = "refused"  # an error in clamd's own words
    NONSENSE = "nonsense"
    SECOND_RUN = "second_run"  # the first passed a limit; this one does the least


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


class Field(StrEnum):
    """Facts a report may state; those it does not are listed in ``not_stated``.

    The values are the keys of ``reports list --json``.
    """

    REPORTER_DOMAIN = "reporter_domain"
    REPORTED_DOMAIN = "reported_domain"
    FROM_DOMAIN = "from_domain"
    SOURCE_IP = "source_ip"
    AUTH_FAILURE = "auth_failure"
    DELIVERY_RESULT = "delivery_result"
    ARRIVAL_AT = "arrival_at"
    INCIDENTS = "incidents_stated"
    AUTH_RESULTS = "auth_results"


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
    content: bytes


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
