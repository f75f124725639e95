"""What only the day shows: ended collection, rules that nobody has looked at again.

In:  valid ``Settings``, today (UTC).
Out: warnings; none keeps the gate from starting.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rufgate.settings.remarks import Remark, warning
from rufgate.settings.schema import Settings
from rufgate.settings.slices import ended_domains


def dated_remarks(settings: Settings, today: date) -> Iterator[Remark]:
    """All that is to be said about ``settings`` on that day."""
    over = ended_domains(settings, today)
    for index, entry in enumerate(settings.domains):
        if entry.name in over:
            yield warning(
                ("domains", index, "collect_until"),
                "collecting is over: reports are counted and dropped; take ruf= out of the "
                "domain's DMARC record",
            )
    for index, rule in enumerate(settings.retention):
        if rule.review_by is not None and rule.review_by < today:
            yield warning(
                ("retention", index, "review_by"),
                "this day is over: look at the rule again, then set the next",
            )
