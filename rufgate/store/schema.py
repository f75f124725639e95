"""The tables. Each column names its field class and its purpose; a test walks them all.

Content columns are nullable, so that forgetting is an UPDATE; a table whose rows are all of one
class names it, and its rows are deleted. Types are those that SQLite and PostgreSQL share.
Ages are counted from the report's ``received_at``, and from the day in ``received_on`` once that
is emptied; so a report's rows need no times of their own for retention.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Date,
    Index,
    Integer,
    LargeBinary,
    Table,
    Uuid,
)

from rufgate.store.access_tables import access_tokens, approvals
from rufgate.store.alert_tables import alerts
from rufgate.store.asked_indexes import ASKED
from rufgate.store.audit_tables import audit_entries, audit_segments, noted_settings
from rufgate.store.column_types import StoredText, UtcDateTime
from rufgate.store.columns import col, json, metadata, parent, position
from rufgate.store.epoch_tables import epochs
from rufgate.store.event_tables import output_events
from rufgate.store.field_classes import FieldClass as C
from rufgate.store.field_classes import held, rows_of
from rufgate.store.hold_tables import legal_holds
from rufgate.store.import_tables import imported_mails
from rufgate.store.manifest_tables import report_manifests
from rufgate.store.policy_tables import policies
from rufgate.store.published_tables import published_months
from rufgate.store.review_tables import reviews
from rufgate.store.session_tables import ended_sessions
from rufgate.store.storm_tables import dropped_hours, intake_hours, intake_senders, storms
from rufgate.store.tombstone_tables import tombstone_marks

__all__ = [
    "access_tokens", "alerts", "approvals", "attachments", "audit_entries", "audit_segments",
    "auth_properties", "auth_results", "canary_reports", "canary_runs", "dropped_hours",
    "ended_sessions", "epochs", "imported_mails", "intake_hours", "intake_senders", "legal_holds",
    "metadata", "noted_settings", "outbox", "output_events", "policies", "published_months",
    "redaction_counts", "report_domains", "report_headers", "report_manifests", "report_tokens",
    "reports", "reviews", "storms", "tombstone_marks",
]  # fmt: skip

reports = Table(
    "reports",
    metadata,
    col("id", Uuid(), held(C.FACTS, "names the report; random"), primary_key=True),
    col("received_at", UtcDateTime(), held(C.TIME, "to join a report with mail logs")),
    col(
        "received_on", Date(), held(C.FACTS, "the day from which retention counts"), nullable=False
    ),
    col("size_bytes", BigInteger(), held(C.FACTS, "to see odd or abusive reports")),
    col("kind", StoredText(), held(C.FACTS, "what the mail was"), nullable=False),
    col("reason", StoredText(), held(C.FACTS, "why a row is less than a full report")),
    col("tier", StoredText(), held(C.FACTS, "how much was kept"), nullable=False),
    col("policy", StoredText(), held(C.FACTS, "evidence: the policy in force"), nullable=False),
    col("engine", StoredText(), held(C.FACTS, "evidence: the version at work"), nullable=False),
    col("key_id", StoredText(), held(C.FACTS, "the epoch of its tokens"), nullable=False),
    col("fingerprint", StoredText(), held(C.FINGERPRINT, "to store a resent report once")),
    col("seen", Integer(), held(C.FACTS, "how often the same report came"), nullable=False),
    col("owner_domain", StoredText(), held(C.FACTS, "whose report it is: who may see it")),
    col("reporter_domain", StoredText(), held(C.DOMAIN, "who reports")),
    col("reported_domain", StoredText(), held(C.DOMAIN, "which of our domains is affected")),
    col("from_domain", StoredText(), held(C.DOMAIN, "which domain the message claimed")),
    col(
        "source_ip",
        StoredText(),
        held(C.ADDRESS, "which host sent the failing message", coarse="network"),
    ),
    col("source_port", Integer(), held(C.ADDRESS, "which host behind a shared address")),
    col("feedback_type", StoredText(), held(C.FACTS, "what is reported")),
    col("user_agent", StoredText(), held(C.FACTS, "which program wrote the report")),
    col("reporting_mta", StoredText(), held(C.DOMAIN, "which host reports")),
    col("auth_failure", StoredText(), held(C.FACTS, "which mechanism failed")),
    col("delivery_result", StoredText(), held(C.FACTS, "what became of the message")),
    col(
        "arrival_at", UtcDateTime(), held(C.TIME, "when the failing message arrived", coarse="day")
    ),
    col("incidents_stated", BigInteger(), held(C.FACTS, "how many messages it stands for")),
    col("identity_alignment", StoredText(), held(C.FACTS, "what the reporter says of alignment")),
    col("dkim_domain", StoredText(), held(C.DOMAIN, "whose signature failed")),
    col("dkim_selector", StoredText(), held(C.DOMAIN, "which key failed")),
    col("dkim_identity", StoredText(), held(C.PSEUDONYM, "which identity signed")),
    col("dkim_selector_dns", StoredText(), held(C.DOMAIN, "the key record the reporter saw")),
    col("spf_dns", json, held(C.DOMAIN, "the SPF records the reporter saw")),
    col("reported_uris", json, held(C.PSEUDONYM, "which links the report names")),
    col("original_mail_from", StoredText(), held(C.PSEUDONYM, "to recognise a sender")),
    col("original_envelope_id", StoredText(), held(C.PSEUDONYM, "to recognise a message")),
    col("recipient_count", Integer(), held(C.FACTS, "how many recipients the report names")),
    col("subject", StoredText(), held(C.SUBJECT, "to recognise a campaign")),
    col("text", StoredText(), held(C.TEXT, "to tell a forgery from own mail")),
    col("text_omitted", StoredText(), held(C.FACTS, "why there is no text")),
    col("text_chars", Integer(), held(C.FACTS, "how long the text was")),
    col("text_script", StoredText(), held(C.FACTS, "in which script the text was")),
    col("not_stated", json, held(C.FACTS, "tells absent from forgotten"), nullable=False),
    col("flags", json, held(C.FACTS, "oddities of the report"), nullable=False),
    col("fields_dropped", Integer(), held(C.FACTS, "evidence: how much was dropped")),
    col("reporter_spf", StoredText(), held(C.FACTS, "how far a report can be believed")),
    col("reporter_dkim", StoredText(), held(C.FACTS, "how far a report can be believed")),
    col("reporter_dmarc", StoredText(), held(C.FACTS, "how far a report can be believed")),
    col(
        "reporter_authenticated_domain", StoredText(), held(C.DOMAIN, "who proved to be reporting")
    ),
    col("policy_applied", StoredText(), held(C.FACTS, "evidence: the policy applied since")),
    # Of auth_results, written with them: spf, dkim, dmarc where stated and never passed.
    col("failing", StoredText(), held(C.FACTS, "which mechanisms failed, to ask by")),
    # Of the review, written with it and never else; empty: nobody has read the report.
    col("guess", StoredText(), held(C.FACTS, "who probably sent the message")),
    col("dmarc", StoredText(), held(C.FACTS, "whether the mail passed")),
    col("campaign_id", Uuid(), held(C.FACTS, "reports of one mailing; random")),
    Index("uq_reports_fingerprint", "fingerprint", unique=True),
    *ASKED,
    info=rows_of(C.FACTS),
)

report_domains = Table(
    "report_domains",
    metadata,
    parent(),
    position(),
    col("name", StoredText(), held(C.DOMAIN, "a domain the report names"), nullable=False),
    col("role", StoredText(), held(C.DOMAIN, "in which part it stood"), nullable=False),
    info=rows_of(C.DOMAIN),
)

report_tokens = Table(
    "report_tokens",
    metadata,
    parent(),
    position(),
    col("label", StoredText(), held(C.PSEUDONYM, "what it stands for"), nullable=False),
    col("role", StoredText(), held(C.PSEUDONYM, "where it stood"), nullable=False),
    col("digest", StoredText(), held(C.PSEUDONYM, "to recognise, not to know"), nullable=False),
    col("key_id", StoredText(), held(C.PSEUDONYM, "the key that made it"), nullable=False),
    col("domain", StoredText(), held(C.DOMAIN, "the domain of a pseudonym")),
    Index("ix_report_tokens_digest", "digest"),
    info=rows_of(C.PSEUDONYM),
)

# A field stands in the column of the class by which it is kept shortest: at one time one of them.
report_headers = Table(
    "report_headers",
    metadata,
    parent(),
    position(),
    col("name", StoredText(), held(C.HEADER, "the rebuilt header block"), nullable=False),
    col("value", StoredText(), held(C.HEADER, "the rebuilt header block")),
    col("subject_value", StoredText(), held(C.SUBJECT, "header fields of free text")),
    col(
        "address_value",
        StoredText(),
        held(C.ADDRESS, "header fields with an IP address", coarse="line"),
    ),
    col("time_value", StoredText(), held(C.TIME, "header fields with a time", coarse="line")),
    info=rows_of(C.HEADER),
)

auth_results = Table(
    "auth_results",
    metadata,
    parent(),
    position(),
    col("authserv", StoredText(), held(C.DOMAIN, "who checked")),
    col("method", StoredText(), held(C.FACTS, "what was checked"), nullable=False),
    col("result", StoredText(), held(C.FACTS, "with which outcome"), nullable=False),
    info=rows_of(C.FACTS),
)

auth_properties = Table(
    "auth_properties",
    metadata,
    parent(),
    position("result_position"),
    position(),
    col("name", StoredText(), held(C.FACTS, "which identity was checked"), nullable=False),
    col("domain_value", StoredText(), held(C.DOMAIN, "the domain or selector checked")),
    col("token_value", StoredText(), held(C.PSEUDONYM, "the pseudonym checked")),
    col("address_value", StoredText(), held(C.ADDRESS, "the IP address checked", coarse="network")),
    info=rows_of(C.FACTS),
)

attachments = Table(
    "attachments",
    metadata,
    parent(),
    position(),
    col("media_type", StoredText(), held(C.ATTACHMENT, "what was attached"), nullable=False),
    col("size_bytes", BigInteger(), held(C.ATTACHMENT, "how large it was"), nullable=False),
    col("digest", StoredText(), held(C.ATTACHMENT, "to recognise the same attachment")),
    col("key_id", StoredText(), held(C.ATTACHMENT, "the key that made the digest")),
    col("verdict", StoredText(), held(C.ATTACHMENT, "whether it was malware")),
    col("unscanned", StoredText(), held(C.ATTACHMENT, "why there is no verdict")),
    info=rows_of(C.ATTACHMENT),
)

redaction_counts = Table(
    "redaction_counts",
    metadata,
    parent(),
    position(),
    col("entity", StoredText(), held(C.FACTS, "evidence: what was removed"), nullable=False),
    col("recognizer", StoredText(), held(C.FACTS, "evidence: what found it"), nullable=False),
    col("part", StoredText(), held(C.FACTS, "evidence: where"), nullable=False),
    col("count", Integer(), held(C.FACTS, "evidence: how often"), nullable=False),
    info=rows_of(C.FACTS),
)

outbox = Table(
    "outbox",
    metadata,
    col("id", Uuid(), held(C.FACTS, "names the copy"), primary_key=True),
    parent(primary=False),
    col("analyst", StoredText(), held(C.ACCOUNT, "who receives it")),
    col("tier", StoredText(), held(C.FACTS, "how much it discloses"), nullable=False),
    col("message_id", StoredText(), held(C.FACTS, "a copy sent twice is seen as one")),
    col("size_bytes", BigInteger(), held(C.FACTS, "how much was sent"), nullable=False),
    col(
        "content",
        LargeBinary(),
        held(C.COPY, "the copy until it is delivered", when_emptied={"state": "expired"}),
    ),
    col("state", StoredText(), held(C.FACTS, "what became of it"), nullable=False),
    col("attempts", Integer(), held(C.FACTS, "how often it was tried"), nullable=False),
    col("reason", StoredText(), held(C.FACTS, "why it was not delivered: a code")),
    col("claim", Uuid(), held(C.FACTS, "which worker holds it")),
    col("created_at", UtcDateTime(), held(C.TIME, "since when it waits", coarse="day")),
    col("due_at", UtcDateTime(), held(C.TIME, "when to try next; empty: now")),
    col("lease_until", UtcDateTime(), held(C.TIME, "until when the worker holds it")),
    col(
        "settled_at", UtcDateTime(), held(C.TIME, "when it was delivered or given up", coarse="day")
    ),
    Index("ix_outbox_state_due_at_report_id", "state", "due_at", "report_id"),
    Index("ix_outbox_report_id_state", "report_id", "state"),
    Index("ix_outbox_asked", "created_at", "id", "state", "report_id"),
    info=rows_of(C.FACTS),
)

# The gate's own test reports: in no list and no count, and deleted when their run has ended.
canary_reports = Table(
    "canary_reports",
    metadata,
    parent(),
    info=rows_of(C.FACTS),
)

# Of no report, so with an age of its own. A find that nobody has acknowledged stops forwarding.
canary_runs = Table(
    "canary_runs",
    metadata,
    col("id", Uuid(), held(C.AUDIT, "names the run; random"), primary_key=True),
    col("state", StoredText(), held(C.AUDIT, "what became of the run"), nullable=False),
    col("began_at", UtcDateTime(), held(C.AUDIT, "when it was asked for"), nullable=False),
    col("ended_at", UtcDateTime(), held(C.AUDIT, "when its outcome was known")),
    col("trouble", StoredText(), held(C.AUDIT, "why it could not be carried out: a code")),
    col("found", json, held(C.AUDIT, "which marks were found where; never a value")),
    col("acknowledged_at", UtcDateTime(), held(C.AUDIT, "since when forwarding goes on")),
    col("acknowledged_reason", StoredText(), held(C.AUDIT, "why, in the operator's words")),
    info=rows_of(C.AUDIT, aged_by="began_at"),
)
