"""What the reporter saw of the reported message's arrival, from the trace in its header.

In:  the original's header fields, topmost first.
Out: ``Arrival``: address of the client, date, and which fields the reporter itself added.
SECURITY: fields below the reporter's own Received line are the sender's claims and are not read.
     Lines are passed over downwards only while they name internal addresses or none.
FAILS: never; what is not there is None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from rufgate.sanitize.fields import parse_date, parse_ip
from rufgate.sanitize.ip_redaction import is_private

Fields = Sequence[tuple[str, str]]

_MAX_LINES = 20
_MAX_VALUE = 4096
_BY = re.compile(r"\sby\s", re.IGNORECASE)
_BY_HOST = re.compile(r"(?:^|\s)by\s+([A-Za-z0-9.-]{1,255})", re.IGNORECASE)
_GREETING = re.compile(r"\b(?:helo|ehlo)[ =]\[?[^\s)\]]{0,255}", re.IGNORECASE)
_ADDRESS = r"((?:IPv6:)?[0-9A-Fa-f:.]{3,50})"
_PLACES: Final = (
    re.compile(rf"\([^()\[\]]{{0,300}}\[{_ADDRESS}\]", re.IGNORECASE),
    re.compile(rf"\((?:[^()\s]{{0,255}}@)?{_ADDRESS}(?::\d+)?\)", re.IGNORECASE),
    re.compile(rf"\[{_ADDRESS}\]", re.IGNORECASE),
    re.compile(rf"^\s*from\s+{_ADDRESS}(?=\s|$)", re.IGNORECASE),
)
_SENDER_IP = re.compile(r"sender IP is \[?([0-9A-Fa-f:.]{3,50})", re.IGNORECASE)
_CLIENT_IP = re.compile(r"\bclient-ip[ \t]*[=:][ \t]*\"?\[?([0-9A-Fa-f:.]{3,50})", re.IGNORECASE)
_NOT_OWN: Final = frozenset(["received", "from", "to", "subject", "date", "message-id"])


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival:
    """``own`` are the fields that the reporter put on top; ``host`` is its name for itself."""

    source_ip: str | None = None
    at: datetime | None = None
    host: str = ""
    own: Fields = ()


def read_arrival(fields: Fields, near: datetime | None = None) -> Arrival:
    """The arrival that ``fields`` tell of, in the order of trust: verdicts, then the trace."""
    lines = [at for at, (name, _) in enumerate(fields) if name.lower() == "received"]
    lines = lines[:_MAX_LINES]
    found = _handover(fields, lines)
    own = fields[: _trace_end(fields, 0 if found is None else found + 1)]
    value = fields[found][1] if found is not None else ""
    return Arrival(
        source_ip=_stated_ip(own) or _client(value),
        at=next(filter(None, (_date(fields[at][1], near) for at in lines)), None),
        host=_by_host(fields[lines[0]][1]) if lines else "",
        own=own,
    )


def _handover(fields: Fields, lines: Sequence[int]) -> int | None:
    """The line of the host that took the message from outside; the topmost if all are inside."""
    with_client = [(at, ip) for at in lines if (ip := _client(fields[at][1]))]
    outside = (at for at, ip in with_client if not is_private(ip))
    return next(outside, with_client[0][0] if with_client else None)


def _client(value: str) -> str | None:
    """The client's address in the ``from`` clause: what the server saw before what it was told."""
    clause = _BY.split(value[:_MAX_VALUE], maxsplit=1)[0]
    if not clause.lstrip().lower().startswith("from"):
        return None
    plain = _GREETING.sub(" ", clause)
    for place in _PLACES:
        for shape in place.findall(plain):
            if found := parse_ip(shape):
                return found
    return None


def _stated_ip(own: Fields) -> str | None:
    """Microsoft's ``sender IP is``, else a Received-SPF field's ``client-ip``."""
    verdicts = [value for name, value in own if name.lower().startswith(("authentication-", "x-"))]
    spf = [value for name, value in own if name.lower() == "received-spf"]
    for pattern, values in ((_SENDER_IP, verdicts), (_CLIENT_IP, spf)):
        for value in values:
            hit = pattern.search(value[:_MAX_VALUE])
            if hit and (found := parse_ip(hit[1].rstrip(".:"))):
                return found
    return None


def _trace_end(fields: Fields, start: int) -> int:
    """Where, from ``start`` on, the next host's line or the author's fields begin."""
    hits = (at for at in range(start, len(fields)) if fields[at][0].lower() in _NOT_OWN)
    return next(hits, len(fields))


def _date(value: str, near: datetime | None) -> datetime | None:
    return parse_date(value.rpartition(";")[2], near) if ";" in value else None


def _by_host(value: str) -> str:
    hit = _BY_HOST.search(value[:_MAX_VALUE])
    return hit[1].rstrip(".").lower() if hit else ""
