"""Events that wait to be sent to other tools."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; reports from before are not told of."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "output_events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("output", sa.Text(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=True),
        sa.Column("alert", sa.JSON(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claim", sa.Uuid(), nullable=True),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("due_at", moment, nullable=True),
        sa.Column("lease_until", moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_output_events"),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name="fk_output_events_report_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_output_events_output_due_at", "output_events", ["output", "due_at"])
    op.create_index("ix_output_events_report_id", "output_events", ["report_id"])
