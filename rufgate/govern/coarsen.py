"""Coarser forms: a network for an address, a day for a time; also inside a line of text.

In:  a stored value, or a column.
Out: the coarser value, None where none is sure to be coarse; SQL for what is still finer.
SECURITY: what is left of a line is searched again for what looks like an address, and a line in
     which something does is dropped. A day is one of UTC.
FAILS: never.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, and_, func, not_, or_

from rufgate.sanitize.ip_redaction import PRIVATE, canonical_ip, truncate_ip
from rufgate.store.column_types import UtcDateTime

DAY: Final = "day"
NETWORK: Final = "network"
LINE: Final = "line"

_ADDRESS: Final = re.compile(
    r"(?<![\w.:-])(?:IPv6:)?(?P<ip>\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f]*:[0-9a-f:.]*)"
    r"(?:%[\w.-]{1,32})?(?P<length>/\d{1,3})?",
    re.IGNORECASE,
)
_CLOCK: Final = re.compile(
    r"(?:(?<=\d)T| |\b)\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?"
    r"(?: ?(?:[+-]\d{2}:?\d{2}\b|\(?(?:UTC|GMT)\b\)?|Z\b))?(?: \([A-Z]{1,5}\))?"
)
# Anything that still looks like an address or a time of day, generously.
_STILL_ADDRESS: Final = re.compile(
    r"\d{1,3}(?:[.-]\d{1,3}){3}|::|(?:[0-9a-f]{1,4}:){3}", re.IGNORECASE
)
_STILL_CLOCK: Final = re.compile(r"\d:\d|\dT\d{4}|\d{9}")
_NETWORK_FORMS: Final = ("%.0/24", "%::/48", "2002::/16", "2001::/32", "64:ff9b::/32")


def network(value: str) -> str | None:
    """The network of the one address in ``value``, or the network that it is already."""
    if value == PRIVATE:
        return value
    address = canonical_ip(value.partition("/")[0])
    return None if address is None else truncate_ip(address)


def line_without_addresses(value: str) -> str | None:
    """``value`` with each address cut to its network."""
    rest = _ADDRESS.sub(lambda hit: "" if canonical_ip(hit["ip"]) else hit[0], value)
    return None if _STILL_ADDRESS.search(rest) else _ADDRESS.sub(_network_of, value)


def line_without_clock(value: str) -> str | None:
    """``value`` with each time of day cut out; its date stays."""
    shorter = _CLOCK.sub("", value).strip()
    return None if not shorter or _STILL_CLOCK.search(shorter) else shorter


def holds_clock(value: str) -> bool:
    """Whether there is a time of day in ``value``."""
    return bool(_CLOCK.search(value))


def day(value: datetime) -> datetime:
    """Midnight (UTC) of its day."""
    return value.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def day_of(column: Column[datetime], dialect: str) -> ColumnElement[datetime]:
    """Midnight (UTC) of the day in ``column``, in the form in which the column stores it."""
    if dialect == "sqlite":
        return func.strftime("%Y-%m-%d 00:00:00.000000", column, type_=UtcDateTime())
    return func.date_trunc("day", column, "UTC", type_=UtcDateTime())


def finer(column: Column[Any], dialect: str) -> ColumnElement[bool]:
    """Whether the column holds what coarsening would still change."""
    form = column.info.get("coarse")
    if form == DAY:
        return column != day_of(column, dialect)
    if form == NETWORK:
        coarse = or_(column == PRIVATE, *(column.like(shape) for shape in _NETWORK_FORMS))
        several = or_(column.like("% %"), column.like("%,%"))
        return and_(column.is_not(None), or_(several, not_(coarse)))
    return column.is_not(None)  # emptied, or a line, which moves to another column


def _network_of(hit: re.Match[str]) -> str:
    """In place of an address, or of a network, which is the same then; else as it is."""
    address = canonical_ip(hit["ip"])
    return hit[0] if address is None else truncate_ip(address)
