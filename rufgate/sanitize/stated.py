"""Facts that part 2 leaves out, from where else the report states them.

In:  what was read of feedback part, original and prose.
Out: ``Feedback`` with source address, arrival and authentication results filled in, and flags.
SECURITY: order of trust: part 2, then what the reporter itself put on the original, then its
     prose. What only the reported message's sender can have written is not believed.
FAILS: never.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from rufgate.sanitize.auth_results import parse_auth_results
from rufgate.sanitize.dialects import Sentence
from rufgate.sanitize.parsed import Feedback, Original, RawAuthResult
from rufgate.sanitize.raw import RawText
from rufgate.sanitize.received import Arrival, Fields, read_arrival
from rufgate.sanitize.sanitized import Flag, Kind

_PLAUSIBLE = timedelta(days=7)
_ENVELOPE_FROM = re.compile(r"envelope-from[ \t]*=[ \t]*\"?<?([^\s\";>]{1,320})", re.IGNORECASE)
_SPF_RESULT = re.compile(r"\s*(pass|fail|softfail|neutral|none|temperror|permerror)\b", re.I)
_MAX_RESULTS = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    """What a date is compared with: when the mail came, and when it says it was written."""

    received_at: datetime
    written_at: datetime | None

    @property
    def near(self) -> datetime:
        """The moment that decides between two readings of a zone."""
        return self.written_at or self.received_at

    def plausible(self, at: datetime | None, kind: Kind) -> datetime | None:
        """``at``, or our own clock for a date that cannot be.

        That is one in the future; and of failure reports, which are sent at once, one far from the
        report's own date. Complaints come late; a report without a date of its own may be old.
        """
        clocks = [moment for moment in (self.received_at, self.written_at) if moment is not None]
        if at is None or any(abs(at - clock) <= _PLAUSIBLE for clock in clocks):
            return at
        is_sent_at_once = kind is Kind.AUTH_FAILURE and self.written_at is not None
        return self.received_at if at > self.received_at or is_sent_at_once else at


@dataclass(frozen=True, kw_only=True, slots=True)
class Stated:
    """What the parts of one report say. ``is_template``: a text, which states no results itself."""

    feedback: Feedback
    original: Original | None
    kind: Kind
    sentence: Sentence
    is_template: bool = False


def complete(stated: Stated, clock: Clock) -> tuple[Feedback, frozenset[Flag]]:
    """The feedback with its gaps filled."""
    feedback = stated.feedback
    fields = _plain_fields(stated.original)
    arrival = read_arrival(fields, clock.near)
    trace_date = arrival.at if stated.kind is Kind.COMPLAINT else None
    stated_at = feedback.arrival_at or stated.sentence.at or trace_date
    at = clock.plausible(stated_at, stated.kind)
    source_ip = feedback.source_ip or arrival.source_ip or stated.sentence.source_ip
    results = tuple(feedback.auth_results)
    if stated.is_template or not results:
        results = (*results, *_original_results(fields, arrival))[:_MAX_RESULTS]
    flags = {Flag.BAD_DATE} if at != stated_at else set()
    if source_ip is None and stated.sentence.is_obscured:
        flags.add(Flag.BAD_SOURCE_IP)
    completed = replace(feedback, source_ip=source_ip, arrival_at=at, auth_results=results)
    return completed, frozenset(flags)


def _plain_fields(original: Original | None) -> Fields:
    headers = original.headers if original else ()
    return [(header.name.reveal(), header.value.reveal()) for header in headers]


def _original_results(fields: Fields, arrival: Arrival) -> Iterator[RawAuthResult]:
    """What the reporter wrote on the original; Received-SPF only where no field tells of SPF."""
    found = list(_reporters(fields, arrival))
    yield from found
    if not any(result.method.reveal() == "spf" for result in found):
        yield from _received_spf(arrival.own)


def _reporters(fields: Fields, arrival: Arrival) -> Iterator[RawAuthResult]:
    """Of Authentication-Results those that the reporter added, by place or by its name."""
    own = {id(one) for one in arrival.own}
    for one in fields:
        if one[0].lower() == "authentication-results":
            results = parse_auth_results(one[1])
            yield from (result for result in results if id(one) in own or _is_by(result, arrival))


def _is_by(result: RawAuthResult, arrival: Arrival) -> bool:
    """Whether the field's authserv-id names the host that received the message, or its domain."""
    name = result.authserv.reveal().lower().rstrip(".") if result.authserv else ""
    host = arrival.host
    if name.count(".") < 1 or host.count(".") < 1:
        return False
    return name == host or host.endswith(f".{name}") or name.endswith(f".{host}")


def _received_spf(own: Fields) -> Iterator[RawAuthResult]:
    for name, value in own:
        result = _SPF_RESULT.match(value) if name.lower() == "received-spf" else None
        if result:
            sender = _ENVELOPE_FROM.search(value[:4096])
            properties = (("smtp.mailfrom", RawText(sender[1])),) if sender else ()
            yield RawAuthResult(
                authserv=None,
                method=RawText("spf"),
                result=RawText(result[1].lower()),
                properties=properties,
            )
