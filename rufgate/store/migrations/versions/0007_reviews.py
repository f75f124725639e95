"""Verdicts and campaigns, and indexes for the questions of readers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """An empty table: reports that are there are read like new ones."""
    op.create_table(
        "reviews",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("guess", sa.Text(), nullable=False),
        sa.Column("sureness", sa.Text(), nullable=False),
        sa.Column("dmarc", sa.Text(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("shape", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("report_id", name="pk_reviews"),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name="fk_reviews_report_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_reviews_campaign_id", "reviews", ["campaign_id"])
    op.create_index("ix_reviews_guess", "reviews", ["guess"])
