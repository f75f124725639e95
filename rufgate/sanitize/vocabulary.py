"""The words that what may leave the gate is told in: closed lists, none of them a sender's.

Out: enumerations; ``sanitized`` builds its types of them and hands them on under its own name.
SECURITY: this module imports nothing of the raw side. ``recognize.answer`` builds these, and no
     others, from what a worker sends: it lists them by module.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

# The fields of a rebuilt header block at tier ``metadata``: persons as pseudonyms, id and date.
METADATA_FIELDS: Final = frozenset(
    {
        "from", "sender", "reply-to", "resent-from", "resent-sender", "return-path", "to", "cc",
        "message-id", "date",
    }
)  # fmt: skip


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
    RECIPIENT_NAMED = "recipient_named"  # the reporter did not hide who the mail was for (RFC 6590)
    SMIME = "smime"
    PGP = "pgp"


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


class Withheld(StrEnum):
    """Why a copy was not sealed, and so never queued."""

    KEY_EXPIRED = "key_expired"
    KEY_REVOKED = "key_revoked"
    KEY_UNREADABLE = "key_unreadable"
    KEY_UNFIT = "key_unfit"  # it cannot encrypt: its kind, its length, its use


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
