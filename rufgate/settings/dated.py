"""What only the day shows: ended collection, old rules, keys that expire.

In:  valid ``Settings``, today (UTC).
Out: remarks. What a day brings is a warning, which keeps no gate from starting.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rufgate.settings.remarks import Remark, warning
from rufgate.settings.schema import Settings
from rufgate.settings.sealing import key_file_remarks
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
    yield from key_file_remarks(settings, today)
