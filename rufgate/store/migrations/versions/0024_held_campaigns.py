"""A legal hold may name a campaign."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("legal_holds", sa.Column("campaign", sa.Uuid(), nullable=True))
