"""What lists ask by stands in ``reports``, and covering indexes hold it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_REVIEW = "FROM reviews v WHERE v.report_id = reports.id"
_MOVED = ("guess", "dmarc", "campaign_id")
_INDEXES = {
    "ix_reports_asked": (
        "received_on", "received_at", "id", "owner_domain", "from_domain", "reported_domain",
        "reporter_domain", "source_ip", "seen", "kind", "tier", "auth_failure", "delivery_result",
        "failing", "guess", "dmarc", "campaign_id",
    ),
    "ix_reports_source": (
        "source_ip", "from_domain", "reported_domain", "received_on", "id", "seen", "owner_domain",
        "reporter_domain",
    ),
    "ix_reports_campaign": (
        "campaign_id", "received_on", "id", "seen", "owner_domain", "guess", "source_ip",
        "reporter_domain",
    ),
}  # fmt: skip


def upgrade() -> None:
    """Verdicts move from their own rows; failing mechanisms are read from the results."""
    op.add_column("reports", sa.Column("failing", sa.Text(), nullable=True))
    for name in _MOVED:
        kind = sa.Uuid() if name == "campaign_id" else sa.Text()
        op.add_column("reports", sa.Column(name, kind, nullable=True))
    read = [f"{name} = (SELECT v.{name} {_REVIEW})" for name in _MOVED]
    failing = " || ".join(_failed(name) for name in ("spf", "dkim", "dmarc"))
    op.execute(f"UPDATE reports SET {', '.join(read)}, failing = trim({failing})")  # noqa: S608 - our own words
    op.drop_index("ix_reviews_campaign_id", "reviews")
    op.drop_index("ix_reviews_guess", "reviews")
    with op.batch_alter_table("reviews") as table:
        for name in _MOVED:
            table.drop_column(name)
    op.drop_index("ix_reports_received_on", "reports")
    for name, columns in _INDEXES.items():
        op.create_index(name, "reports", list(columns))
    op.drop_index("ix_outbox_state_due_at", "outbox")
    op.drop_index("ix_outbox_report_id", "outbox")
    op.create_index("ix_outbox_state_due_at_report_id", "outbox", ["state", "due_at", "report_id"])
    op.create_index("ix_outbox_report_id_state", "outbox", ["report_id", "state"])
    op.create_index("ix_outbox_asked", "outbox", ["created_at", "id", "state", "report_id"])
    op.create_index("ix_audit_entries_action_sequence", "audit_entries", ["action", "sequence"])


def _failed(method: str) -> str:
    """SQL: the method's name and a space where it is stated and never passed, else nothing."""
    of_report = f"FROM auth_results a WHERE a.report_id = reports.id AND a.method = '{method}'"
    return (
        f"CASE WHEN EXISTS (SELECT 1 {of_report}) "
        f"AND NOT EXISTS (SELECT 1 {of_report} AND a.result = 'pass') "
        f"THEN '{method} ' ELSE '' END"
    )
