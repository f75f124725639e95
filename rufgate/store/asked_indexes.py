"""The indexes of ``reports`` that hold all that lists, filters and sums read.

So a question reads a tenth of the table, and nothing is counted anywhere that could differ from a
fresh count: see decision 19. What is forgotten in a row leaves its index by the same statement.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Index

ASKED: Final = (
    # By time, with every column that a filter names.
    Index(
        "ix_reports_asked", "received_on", "received_at", "id", "owner_domain", "from_domain",
        "reported_domain", "reporter_domain", "source_ip", "seen", "kind", "tier", "auth_failure",
        "delivery_result", "failing", "guess", "dmarc", "campaign_id",
    ),
    # In the order of their sums, for those over all time.
    Index(
        "ix_reports_source", "source_ip", "from_domain", "reported_domain", "received_on", "id",
        "seen", "owner_domain", "reporter_domain",
    ),
    Index(
        "ix_reports_campaign", "campaign_id", "received_on", "id", "seen", "owner_domain", "guess",
        "source_ip", "reporter_domain",
    ),
)  # fmt: skip
