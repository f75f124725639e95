"""The canary's own reports, which no list, count or analyst sees.

Out: a part of a query.
FAILS: never.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from rufgate.store.schema import canary_reports


def own_reports() -> Any:  # noqa: ANN401 - a scalar subquery, whose type SQLAlchemy does not name
    """The ids of the canary's own reports, as part of a query."""
    return select(canary_reports.c.report_id)
