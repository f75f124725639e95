"""The tables. Each column names its field class and its purpose; a test walks them all.

Content columns are nullable, so that forgetting is an UPDATE; a table whose rows are all of one
class names it, and its rows are deleted. Types are those that SQLite and PostgreSQL share.
Ages are counted from the report's ``received_at``, and from the day in ``received_on`` once that
is emptied; so a report's rows need no times of their own for retention.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Uuid,
)
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeEngine

from rufgate.store.column_types import StoredText, UtcDateTime
from rufgate.store.field_classes import FieldClass as C
from rufgate.store.field_classes import held, rows_of

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


_json = JSON(none_as_null=True)


def _col(
    name: str,
    kind: TypeEngine[Any],
    info: dict[str, Any],
    *more: SchemaItem,
    primary_key: bool = False,
    nullable: bool = True,
) -> Column[Any]:
    return Column(
        name, kind, *more, info=info, primary_key=primary_key, nullable=nullable and not primary_key
    )


def _parent(*, primary: bool = True) -> Column[Any]:
    return _col(
        "report_id",
        Uuid(),
        held(C.FACTS, "the report this row belongs to"),
        ForeignKey("reports.id", ondelete="CASCADE"),
        primary_key=primary,
        nullable=False,
    )


def _position(name: str = "position") -> Column[Any]:
    return _col(name, Integer(), held(C.FACTS, "keeps the report's order"), primary_key=True)


reports = Table(
    "reports",
    metadata,
    _col("id", Uuid(), held(C.FACTS, "names the report; random"), primary_key=True),
    _col("received_at", UtcDateTime(), held(C.TIME, "to join a report with mail logs")),
    _col(
        "received_on", Date(), held(C.FACTS, "the day from which retention counts"), nullable=False
    ),
    _col("size_bytes", BigInteger(), held(C.FACTS, "to see odd or abusive reports")),
    _col("kind", StoredText(), held(C.FACTS, "what the mail was"), nullable=False),
    _col("reason", StoredText(), held(C.FACTS, "why a row is less than a full report")),
    _col("tier", StoredText(), held(C.FACTS, "how much was kept"), nullable=False),
    _col("policy", StoredText(), held(C.FACTS, "evidence: the policy in force"), nullable=False),
    _col("engine", StoredText(), held(C.FACTS, "evidence: the version at work"), nullable=False),
    _col("key_id", StoredText(), held(C.FACTS, "the epoch of its tokens"), nullable=False),
    _col("fingerprint", StoredText(), held(C.FINGERPRINT, "to store a resent report once")),
    _col("seen", Integer(), held(C.FACTS, "how often the same report came"), nullable=False),
    _col("owner_domain", StoredText(), held(C.FACTS, "whose report it is: who may see it")),
    _col("reporter_domain", StoredText(), held(C.DOMAIN, "who reports")),
    _col("reported_domain", StoredText(), held(C.DOMAIN, "which of our domains is affected")),
    _col("from_domain", StoredText(), held(C.DOMAIN, "which domain the message claimed")),
    _col("source_ip", StoredText(), held(C.ADDRESS, "which host sent the failing message")),
    _col("source_port", Integer(), held(C.ADDRESS, "which host behind a shared address")),
    _col("feedback_type", StoredText(), held(C.FACTS, "what is reported")),
    _col("user_agent", StoredText(), held(C.FACTS, "which program wrote the report")),
    _col("reporting_mta", StoredText(), held(C.DOMAIN, "which host reports")),
    _col("auth_failure", StoredText(), held(C.FACTS, "which mechanism failed")),
    _col("delivery_result", StoredText(), held(C.FACTS, "what became of the message")),
    _col("arrival_at", UtcDateTime(), held(C.TIME, "when the failing message arrived")),
    _col("incidents_stated", BigInteger(), held(C.FACTS, "how many messages it stands for")),
    _col("identity_alignment", StoredText(), held(C.FACTS, "what the reporter says of alignment")),
    _col("dkim_domain", StoredText(), held(C.DOMAIN, "whose signature failed")),
    _col("dkim_selector", StoredText(), held(C.DOMAIN, "which key failed")),
    _col("dkim_identity", StoredText(), held(C.PSEUDONYM, "which identity signed")),
    _col("dkim_selector_dns", StoredText(), held(C.DOMAIN, "the key record the reporter saw")),
    _col("spf_dns", _json, held(C.DOMAIN, "the SPF records the reporter saw")),
    _col("reported_uris", _json, held(C.PSEUDONYM, "which links the report names")),
    _col("original_mail_from", StoredText(), held(C.PSEUDONYM, "to recognise a sender")),
    _col("original_envelope_id", StoredText(), held(C.PSEUDONYM, "to recognise a message")),
    _col("recipient_count", Integer(), held(C.FACTS, "how many recipients the report names")),
    _col("subject", StoredText(), held(C.SUBJECT, "to recognise a campaign")),
    _col("text", StoredText(), held(C.TEXT, "to tell a forgery from own mail")),
    _col("text_omitted", StoredText(), held(C.FACTS, "why there is no text")),
    _col("text_chars", Integer(), held(C.FACTS, "how long the text was")),
    _col("text_script", StoredText(), held(C.FACTS, "in which script the text was")),
    _col("not_stated", _json, held(C.FACTS, "tells absent from forgotten"), nullable=False),
    _col("flags", _json, held(C.FACTS, "oddities of the report"), nullable=False),
    _col("fields_dropped", Integer(), held(C.FACTS, "evidence: how much was dropped")),
    _col("reporter_spf", StoredText(), held(C.FACTS, "how far a report can be believed")),
    _col("reporter_dkim", StoredText(), held(C.FACTS, "how far a report can be believed")),
    _col("reporter_dmarc", StoredText(), held(C.FACTS, "how far a report can be believed")),
    _col(
        "reporter_authenticated_domain", StoredText(), held(C.DOMAIN, "who proved to be reporting")
    ),
    Index("uq_reports_fingerprint", "fingerprint", unique=True),
    Index("ix_reports_received_on", "received_on"),
    info=rows_of(C.FACTS),
)

report_domains = Table(
    "report_domains",
    metadata,
    _parent(),
    _position(),
    _col("name", StoredText(), held(C.DOMAIN, "a domain the report names"), nullable=False),
    _col("role", StoredText(), held(C.DOMAIN, "in which part it stood"), nullable=False),
    info=rows_of(C.DOMAIN),
)

report_tokens = Table(
    "report_tokens",
    metadata,
    _parent(),
    _position(),
    _col("label", StoredText(), held(C.PSEUDONYM, "what it stands for"), nullable=False),
    _col("role", StoredText(), held(C.PSEUDONYM, "where it stood"), nullable=False),
    _col("digest", StoredText(), held(C.PSEUDONYM, "to recognise, not to know"), nullable=False),
    _col("key_id", StoredText(), held(C.PSEUDONYM, "the key that made it"), nullable=False),
    _col("domain", StoredText(), held(C.DOMAIN, "the domain of a pseudonym")),
    Index("ix_report_tokens_digest", "digest"),
    info=rows_of(C.PSEUDONYM),
)

# A field stands in the column of the class by which it is kept shortest: at one time one of them.
report_headers = Table(
    "report_headers",
    metadata,
    _parent(),
    _position(),
    _col("name", StoredText(), held(C.HEADER, "the rebuilt header block"), nullable=False),
    _col("value", StoredText(), held(C.HEADER, "the rebuilt header block")),
    _col("subject_value", StoredText(), held(C.SUBJECT, "header fields of free text")),
    _col("address_value", StoredText(), held(C.ADDRESS, "header fields with an IP address")),
    _col("time_value", StoredText(), held(C.TIME, "header fields with a time")),
    info=rows_of(C.HEADER),
)

auth_results = Table(
    "auth_results",
    metadata,
    _parent(),
    _position(),
    _col("authserv", StoredText(), held(C.DOMAIN, "who checked")),
    _col("method", StoredText(), held(C.FACTS, "what was checked"), nullable=False),
    _col("result", StoredText(), held(C.FACTS, "with which outcome"), nullable=False),
    info=rows_of(C.FACTS),
)

auth_properties = Table(
    "auth_properties",
    metadata,
    _parent(),
    _position("result_position"),
    _position(),
    _col("name", StoredText(), held(C.FACTS, "which identity was checked"), nullable=False),
    _col("domain_value", StoredText(), held(C.DOMAIN, "the domain or selector checked")),
    _col("token_value", StoredText(), held(C.PSEUDONYM, "the pseudonym checked")),
    _col("address_value", StoredText(), held(C.ADDRESS, "the IP address checked")),
    info=rows_of(C.FACTS),
)

attachments = Table(
    "attachments",
    metadata,
    _parent(),
    _position(),
    _col("media_type", StoredText(), held(C.ATTACHMENT, "what was attached"), nullable=False),
    _col("size_bytes", BigInteger(), held(C.ATTACHMENT, "how large it was"), nullable=False),
    _col("digest", StoredText(), held(C.ATTACHMENT, "to recognise the same attachment")),
    _col("key_id", StoredText(), held(C.ATTACHMENT, "the key that made the digest")),
    _col("verdict", StoredText(), held(C.ATTACHMENT, "whether it was malware")),
    _col("unscanned", StoredText(), held(C.ATTACHMENT, "why there is no verdict")),
    info=rows_of(C.ATTACHMENT),
)

redaction_counts = Table(
    "redaction_counts",
    metadata,
    _parent(),
    _position(),
    _col("entity", StoredText(), held(C.FACTS, "evidence: what was removed"), nullable=False),
    _col("recognizer", StoredText(), held(C.FACTS, "evidence: what found it"), nullable=False),
    _col("part", StoredText(), held(C.FACTS, "evidence: where"), nullable=False),
    _col("count", Integer(), held(C.FACTS, "evidence: how often"), nullable=False),
    info=rows_of(C.FACTS),
)

outbox = Table(
    "outbox",
    metadata,
    _col("id", Uuid(), held(C.FACTS, "names the copy"), primary_key=True),
    _parent(primary=False),
    _col("analyst", StoredText(), held(C.ACCOUNT, "who receives it")),
    _col("tier", StoredText(), held(C.FACTS, "how much it discloses"), nullable=False),
    _col("message_id", StoredText(), held(C.FACTS, "a copy sent twice is seen as one")),
    _col("size_bytes", BigInteger(), held(C.FACTS, "how much was sent"), nullable=False),
    _col(
        "content",
        LargeBinary(),
        held(C.COPY, "the copy until it is delivered", when_emptied={"state": "expired"}),
    ),
    _col("state", StoredText(), held(C.FACTS, "what became of it"), nullable=False),
    _col("attempts", Integer(), held(C.FACTS, "how often it was tried"), nullable=False),
    _col("reason", StoredText(), held(C.FACTS, "why it was not delivered: a code")),
    _col("claim", Uuid(), held(C.FACTS, "which worker holds it")),
    _col("created_at", UtcDateTime(), held(C.TIME, "since when it waits")),
    _col("due_at", UtcDateTime(), held(C.TIME, "when to try next; empty: now")),
    _col("lease_until", UtcDateTime(), held(C.TIME, "until when the worker holds it")),
    _col("settled_at", UtcDateTime(), held(C.TIME, "when it was delivered or given up")),
    Index("ix_outbox_state_due_at", "state", "due_at"),
    Index("ix_outbox_report_id", "report_id"),
    info=rows_of(C.FACTS),
)

# Of reports that came so often that they stopped making rows: they count in ``seen`` of this one.
# The key is a keyed digest like the fingerprint; it is emptied when its window is over.
storms = Table(
    "storms",
    metadata,
    _parent(),
    _col("storm_key", StoredText(), held(C.FINGERPRINT, "to count what is alike")),
    _col("began_at", UtcDateTime(), held(C.TIME, "when the first of them came")),
    _col("last_at", UtcDateTime(), held(C.TIME, "when the last of them came")),
    _col("came", BigInteger(), held(C.FACTS, "how many came within the window"), nullable=False),
    _col("collapsed", BigInteger(), held(C.FACTS, "how many made no row"), nullable=False),
    Index("uq_storms_storm_key", "storm_key", unique=True),
    info=rows_of(C.FACTS),
)

# Of no report: what one clock hour has taken, so that the store grows by so much and no more.
intake_hours = Table(
    "intake_hours",
    metadata,
    _col("hour", UtcDateTime(), held(C.TIME, "which hour"), primary_key=True),
    _col("made", BigInteger(), held(C.TIME, "how many rows it made"), nullable=False),
    _col("held_bytes", BigInteger(), held(C.TIME, "how many bytes it took"), nullable=False),
    _col("overflow_id", Uuid(), held(C.TIME, "the row that counts what was too much")),
    info=rows_of(C.TIME, aged_by="hour"),
)

# The gate's own test reports: in no list and no count, and deleted when their run has ended.
canary_reports = Table(
    "canary_reports",
    metadata,
    _parent(),
    info=rows_of(C.FACTS),
)

# Of no report, so with an age of its own. A find that nobody has acknowledged stops forwarding.
canary_runs = Table(
    "canary_runs",
    metadata,
    _col("id", Uuid(), held(C.AUDIT, "names the run; random"), primary_key=True),
    _col("state", StoredText(), held(C.AUDIT, "what became of the run"), nullable=False),
    _col("began_at", UtcDateTime(), held(C.AUDIT, "when it was asked for"), nullable=False),
    _col("ended_at", UtcDateTime(), held(C.AUDIT, "when its outcome was known")),
    _col("trouble", StoredText(), held(C.AUDIT, "why it could not be carried out: a code")),
    _col("found", _json, held(C.AUDIT, "which marks were found where; never a value")),
    _col("acknowledged_at", UtcDateTime(), held(C.AUDIT, "since when forwarding goes on")),
    _col("acknowledged_reason", StoredText(), held(C.AUDIT, "why, in the operator's words")),
    info=rows_of(C.AUDIT, aged_by="began_at"),
)
