"""The record of processing activities (UK GDPR and GDPR Article 30(1)).

In:  ``Facts``.
Out: plain values; rows for a table.
FAILS: never.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from rufgate.govern.records.facts import CATEGORIES, Facts, inventory

PURPOSES: Final = (
    "to find systems of our own whose mail fails authentication, and set them right",
    "to recognise forgeries of our domains and act against them",
)
SUBJECTS: Final = (
    "senders of mail in the name of our domains, genuine or forged",
    "recipients of such mail, whose mail systems report to us",
    "persons who are named in such mail",
)


def ropa(facts: Facts) -> dict[str, Any]:
    """The record, with the letters of Article 30(1) that its parts answer."""
    return {
        "record": "processing activities (Article 30)",
        **facts.heading,
        "purposes": list(PURPOSES),  # (b)
        "categories_of_persons": list(SUBJECTS),  # (c)
        "categories_of_data": [
            {"class": name.value, "what": what, **_columns(name.value)}
            for name, what in CATEGORIES.items()
        ],
        "recipients": facts.recipients,  # (d)
        "recipients_of_events": facts.event_recipients,
        "transfers": "none by the gate itself: copies go to the recipients above; say here where "
        "they are, if abroad",  # (e)
        "retention": facts.periods,  # (f)
        "measures": [{"what": what, "set_to": value} for what, value in facts.measures],  # (g)
        "domains": list(facts.domains),
        "collection_ends": [
            {"domain": domain, "day": day} for domain, day in facts.collection_ends
        ],
    }


def ropa_rows(record: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(part, item, value) for a spreadsheet: one thing a row, so that two can be compared."""
    for part, value in record.items():
        if not isinstance(value, list):
            yield part, "", str(value)
            continue
        for at, item in enumerate(value):
            if isinstance(item, dict):
                yield from ((part, f"{at + 1} {key}", _flat(text)) for key, text in item.items())
            else:
                yield part, str(at + 1), str(item)


def _columns(field_class: str) -> dict[str, Any]:
    held = [column for column in inventory() if column["class"] == field_class]
    return {
        "purposes": sorted({column["purpose"] for column in held}),
        "columns": [f"{column['table']}.{column['column']}" for column in held],
    }


def _flat(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
