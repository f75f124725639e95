"""What SPF, DKIM and DMARC say of the reporter's own message."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Four columns, empty in the rows that are there."""
    for name in (
        "reporter_spf",
        "reporter_dkim",
        "reporter_dmarc",
        "reporter_authenticated_domain",
    ):
        op.add_column("reports", sa.Column(name, sa.Text(), nullable=True))
