"""Who signs in at a proxy: a digest of the name it says."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A column, empty in the rows of tokens."""
    op.add_column("access_tokens", sa.Column("sign_in", sa.Text(), nullable=True))
