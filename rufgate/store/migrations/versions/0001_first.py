"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the report, its parts and the outbox."""
    op.create_table(
        "reports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("tier", sa.Text(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=True),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("owner_domain", sa.Text(), nullable=True),
        sa.Column("reporter_domain", sa.Text(), nullable=True),
        sa.Column("reported_domain", sa.Text(), nullable=True),
        sa.Column("from_domain", sa.Text(), nullable=True),
        sa.Column("source_ip", sa.Text(), nullable=True),
        sa.Column("source_port", sa.Integer(), nullable=True),
        sa.Column("feedback_type", sa.Text(), nullable=True),
        sa.Column("user_agent", sa.Text(), nullable=True),
        sa.Column("reporting_mta", sa.Text(), nullable=True),
        sa.Column("auth_failure", sa.Text(), nullable=True),
        sa.Column("delivery_result", sa.Text(), nullable=True),
        sa.Column("arrival_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("incidents_stated", sa.BigInteger(), nullable=True),
        sa.Column("identity_alignment", sa.Text(), nullable=True),
        sa.Column("dkim_domain", sa.Text(), nullable=True),
        sa.Column("dkim_selector", sa.Text(), nullable=True),
        sa.Column("dkim_identity", sa.Text(), nullable=True),
        sa.Column("dkim_selector_dns", sa.Text(), nullable=True),
        sa.Column("spf_dns", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("reported_uris", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("original_mail_from", sa.Text(), nullable=True),
        sa.Column("original_envelope_id", sa.Text(), nullable=True),
        sa.Column("recipient_count", sa.Integer(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("text_omitted", sa.Text(), nullable=True),
        sa.Column("text_chars", sa.Integer(), nullable=True),
        sa.Column("text_script", sa.Text(), nullable=True),
        sa.Column("not_stated", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("flags", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("fields_dropped", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_reports"),
    )
    op.create_index("ix_reports_received_on", "reports", ["received_on"], unique=False)
    op.create_index("uq_reports_fingerprint", "reports", ["fingerprint"], unique=True)

    op.create_table(
        "attachments",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=True),
        sa.Column("key_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name="fk_attachments_report_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report_id", "position", name="pk_attachments"),
    )
    op.create_table(
        "auth_properties",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("result_position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("domain_value", sa.Text(), nullable=True),
        sa.Column("token_value", sa.Text(), nullable=True),
        sa.Column("address_value", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name="fk_auth_properties_report_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(
            "report_id", "result_position", "position", name="pk_auth_properties"
        ),
    )
    op.create_table(
        "auth_results",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("authserv", sa.Text(), nullable=True),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name="fk_auth_results_report_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report_id", "position", name="pk_auth_results"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("analyst", sa.Text(), nullable=True),
        sa.Column("tier", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("claim", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name="fk_outbox_report_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
    )
    op.create_index("ix_outbox_report_id", "outbox", ["report_id"], unique=False)
    op.create_index("ix_outbox_state_due_at", "outbox", ["state", "due_at"], unique=False)

    op.create_table(
        "redaction_counts",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("recognizer", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name="fk_redaction_counts_report_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report_id", "position", name="pk_redaction_counts"),
    )
    op.create_table(
        "report_domains",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name="fk_report_domains_report_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report_id", "position", name="pk_report_domains"),
    )
    op.create_table(
        "report_headers",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("subject_value", sa.Text(), nullable=True),
        sa.Column("address_value", sa.Text(), nullable=True),
        sa.Column("time_value", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name="fk_report_headers_report_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report_id", "position", name="pk_report_headers"),
    )
    op.create_table(
        "report_tokens",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("domain", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name="fk_report_tokens_report_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report_id", "position", name="pk_report_tokens"),
    )
    op.create_index("ix_report_tokens_digest", "report_tokens", ["digest"], unique=False)
