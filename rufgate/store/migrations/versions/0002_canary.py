"""The canary: which reports are the gate's own, and what its runs found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both tables; neither touches what is there."""
    op.create_table(
        "canary_reports",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name="fk_canary_reports_report_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report_id", name="pk_canary_reports"),
    )
    op.create_table(
        "canary_runs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("trouble", sa.Text(), nullable=True),
        sa.Column("found", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_canary_runs"),
    )
