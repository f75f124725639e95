"""The gate's own reports, which no list, count or analyst sees: the canary's and sentinels.

Out: parts of a query.
FAILS: never.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, Final

from sqlalchemy import select

from rufgate.store.schema import canary_reports, reports

# The day of a sentinel's report (``govern/sentinels.py``): one that no rule or hold is about.
SENTINEL_DAY: Final = date(9999, 1, 1)
# A sentinel in a table with an age of its own is older than any row.
SENTINELS_BEFORE: Final = datetime(1980, 1, 1, tzinfo=UTC)


def own_reports() -> Any:  # noqa: ANN401 - a scalar subquery, whose type SQLAlchemy does not name
    """The ids of the gate's own reports, as part of a query."""
    return select(canary_reports.c.report_id)


def canarys_reports() -> Any:  # noqa: ANN401 - as above
    """Those of the canary alone."""
    both = canary_reports.join(reports, canary_reports.c.report_id == reports.c.id)
    return (
        select(canary_reports.c.report_id)
        .select_from(both)
        .where(reports.c.received_on < SENTINEL_DAY)
    )


def sentinel_reports() -> Any:  # noqa: ANN401 - as above
    """Those that carry sentinels."""
    return select(reports.c.id).where(reports.c.received_on == SENTINEL_DAY)
