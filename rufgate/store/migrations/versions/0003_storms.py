"""Storms: reports that came too often to make rows, and what each hour has taken."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; none touches what is there."""
    op.create_table(
        "storms",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("storm_key", sa.Text(), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("came", sa.BigInteger(), nullable=False),
        sa.Column("collapsed", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name="fk_storms_report_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report_id", name="pk_storms"),
    )
    op.create_index("uq_storms_storm_key", "storms", ["storm_key"], unique=True)
    op.create_table(
        "intake_hours",
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.Column("held_bytes", sa.BigInteger(), nullable=False),
        sa.Column("overflow_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("hour", name="pk_intake_hours"),
    )
    op.create_table(
        "intake_senders",
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sender_key", sa.Text(), nullable=False),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hour", "sender_key", name="pk_intake_senders"),
    )
