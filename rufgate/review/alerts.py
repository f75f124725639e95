"""When somebody should look: rules over what was counted. Pure.

In:  a ``Sight``: counts by domain and day, networks, campaigns, the state of the gate; thresholds.
Out: ``Alert``; its cause is the same as long as it is about the same thing.
SECURITY: an alert names own domains, counts and random ids; no address, no network, no subject.
FAILS: never.

A day is a day of UTC. What is usual is the median of the fourteen days before, days without a
report counted in; a domain that has been seen for less than a week has no usual yet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from ipaddress import ip_address, ip_network
from statistics import median
from typing import Any, Final, final
from uuid import UUID

_USUAL_DAYS: Final = 14
_FEWEST_DAYS: Final = 7
_STEADY_DAYS: Final = 28  # silence is news where half of them had reports
WINDOW: Final = timedelta(days=60)  # how far counts by day must reach back

Owner = str | None  # an entry of [[domains]]; None: of none


class AlertKind(StrEnum):
    """What there is to look at."""

    NEW_SOURCE = "new_source"
    SPIKE = "spike"
    CAMPAIGN = "campaign"
    SILENCE = "silence"
    OUTBOX = "outbox"
    OUTPUTS = "outputs"
    CANARY = "canary_found"
    PURGE = "purge_not_verified"


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Thresholds:
    """From when on; 0 never."""

    new_source_messages: int = 10
    spike_factor: float = 5.0
    spike_messages: int = 50
    campaign_messages: int = 100
    silent_days: int = 3
    waiting_copies: int = 100
    waiting_hours: int = 6


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class SourceSeen:
    """A host that sent as a domain, and how many messages of it came today."""

    domain: Owner
    source: str
    first: date
    today: int


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class CampaignSeen:
    """A mailing of which something came today."""

    id: UUID
    domain: Owner
    messages: int


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Sight:
    """What is looked at, at one moment."""

    at: datetime
    days: Mapping[tuple[Owner, date], int] = field(default_factory=dict)
    sources: Sequence[SourceSeen] = ()
    campaigns: Sequence[CampaignSeen] = ()
    ended: frozenset[Owner] = frozenset()  # of which nothing is collected any more
    waiting: int = 0  # copies in the outbox
    oldest: datetime | None = None  # since when one of them waits
    events: int = 0  # that wait to be sent to other tools
    oldest_event: datetime | None = None
    finds: int = 0  # of the canary, that nobody has acknowledged
    unverified: int = 0  # purges of which something may be left

    @property
    def today(self) -> date:
        """The day that is not over yet."""
        return self.at.date()


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Alert:
    """Something to look at."""

    kind: AlertKind
    message: str
    domain: Owner = None
    count: int | None = None
    usual: int | None = None
    campaign: UUID | None = None

    @property
    def cause(self) -> str:
        """What it is about: told once a day."""
        return " ".join(str(part) for part in (self.kind.value, self.campaign, self.domain) if part)

    def as_json(self, at: datetime) -> dict[str, Any]:
        """Plain values, as they wait to be sent."""
        return {
            "kind": self.kind.value,
            "at": at.isoformat(),
            "message": self.message,
            "domain": self.domain,
            "count": self.count,
            "usual": self.usual,
            "campaign": None if self.campaign is None else str(self.campaign),
        }


def alerts(sight: Sight, limits: Thresholds = Thresholds()) -> list[Alert]:
    """All that is to be told now."""
    rules = (_new_sources, _spikes, _campaigns, _silences, _outbox, _outputs, _canary, _purges)
    return [alert for rule in rules for alert in rule(sight, limits)]


def network_of(source: str) -> str:
    """The /24 or /48 of an address, in which coarsening leaves it; else what stands there."""
    try:
        address = ip_address(source)
    except ValueError:
        return source
    return str(ip_network((address, 24 if address.version == 4 else 48), strict=False))


def _new_sources(sight: Sight, limits: Thresholds) -> Iterator[Alert]:
    if not limits.new_source_messages:
        return
    first: dict[tuple[Owner, str], date] = {}
    today: dict[tuple[Owner, str], int] = defaultdict(int)
    for seen in sight.sources:
        key = seen.domain, network_of(seen.source)
        first[key] = min(seen.first, first.get(key, seen.first))
        today[key] += seen.today
    found: dict[Owner, list[int]] = defaultdict(list)
    for (domain, network), day in first.items():
        messages = today[domain, network]
        if day == sight.today and messages >= limits.new_source_messages:
            found[domain].append(messages)
    for domain, counts in found.items():
        if _usual(sight, domain) is None:
            continue
        how_many = "A network" if len(counts) == 1 else f"{len(counts)} networks"
        yield Alert(
            kind=AlertKind.NEW_SOURCE, domain=domain, count=sum(counts),
            message=f"{how_many} not seen before sent {sum(counts)} failing messages "
                    f"{_as(domain)} today.",
        )  # fmt: skip


def _spikes(sight: Sight, limits: Thresholds) -> Iterator[Alert]:
    if not limits.spike_messages or not limits.spike_factor:
        return
    for domain in _domains(sight):
        count, usual = sight.days.get((domain, sight.today), 0), _usual(sight, domain)
        if usual is None or count < limits.spike_messages:
            continue
        if count >= limits.spike_factor * max(usual, 1):
            yield Alert(
                kind=AlertKind.SPIKE, domain=domain, count=count, usual=usual,
                message=f"{count} failing messages {_as(domain)} today; {usual} a day are usual.",
            )  # fmt: skip


def _campaigns(sight: Sight, limits: Thresholds) -> Iterator[Alert]:
    for seen in sight.campaigns:
        if 0 < limits.campaign_messages <= seen.messages:
            yield Alert(
                kind=AlertKind.CAMPAIGN, domain=seen.domain, count=seen.messages, campaign=seen.id,
                message=f"A mailing {_as(seen.domain)} has come to {seen.messages} failing "
                        "messages, and goes on today.",
            )  # fmt: skip


def _silences(sight: Sight, limits: Thresholds) -> Iterator[Alert]:
    if not limits.silent_days:
        return
    for domain in _domains(sight):
        days = [day for owner, day in sight.days if owner == domain and sight.days[owner, day]]
        last = max(days, default=None)
        if domain in sight.ended or last is None:
            continue
        silent = (sight.today - last).days
        busy = sum(timedelta() <= last - day < timedelta(days=_STEADY_DAYS) for day in days)
        if limits.silent_days < silent <= _STEADY_DAYS and busy >= _STEADY_DAYS // 2:
            yield Alert(
                kind=AlertKind.SILENCE, domain=domain, count=silent,
                message=f"No report {_about(domain)} for {silent} days; before, they came on most "
                        "days. Is the ruf= address right, and does mail reach the gate?",
            )  # fmt: skip


def _outbox(sight: Sight, limits: Thresholds) -> Iterator[Alert]:
    hours = _hours(sight, sight.oldest)
    many = 0 < limits.waiting_copies <= sight.waiting
    if many or (sight.waiting and 0 < limits.waiting_hours <= hours):
        yield Alert(
            kind=AlertKind.OUTBOX, count=sight.waiting,
            message=f"{sight.waiting} copies wait to be delivered, the oldest for {hours} hours: "
                    "`rufgate outbox list` says why.",
        )  # fmt: skip


def _outputs(sight: Sight, limits: Thresholds) -> Iterator[Alert]:
    """By age alone: a storm makes many events, which are sent soon."""
    hours = _hours(sight, sight.oldest_event)
    if sight.events and 0 < limits.waiting_hours <= hours:
        yield Alert(
            kind=AlertKind.OUTPUTS, count=sight.events,
            message=f"{sight.events} events wait to be sent to other tools, the oldest for {hours} "
                    "hours: the log says why, as event_deferred.",
        )  # fmt: skip


def _hours(sight: Sight, since: datetime | None) -> int:
    return int((sight.at - since).total_seconds() // 3600) if since else 0


def _canary(sight: Sight, _limits: Thresholds) -> Iterator[Alert]:
    if sight.finds:
        yield Alert(
            kind=AlertKind.CANARY, count=sight.finds,
            message="The gate found its own test data where none may be, and forwards nothing "
                    "until somebody has looked: `rufgate canary status`.",
        )  # fmt: skip


def _purges(sight: Sight, _limits: Thresholds) -> Iterator[Alert]:
    if sight.unverified:
        yield Alert(
            kind=AlertKind.PURGE, count=sight.unverified,
            message=f"Of {sight.unverified} purges of the last week it is not shown that all is "
                    "gone: `rufgate retention verify`.",
        )  # fmt: skip


def _usual(sight: Sight, domain: Owner) -> int | None:
    """Messages a day; None where that is not known yet."""
    before = [day for owner, day in sight.days if owner == domain and day < sight.today]
    if not before or (sight.today - min(before)).days < _FEWEST_DAYS:
        return None
    days = (sight.today - timedelta(days=ago) for ago in range(1, _USUAL_DAYS + 1))
    return int(median(sight.days.get((domain, day), 0) for day in days))


def _domains(sight: Sight) -> list[Owner]:
    return sorted({owner for owner, _ in sight.days}, key=str)


def _as(domain: Owner) -> str:
    return "as none of your domains" if domain is None else f"as {domain}"


def _about(domain: Owner) -> str:
    return "has come" if domain is None else f"about {domain} has come"
