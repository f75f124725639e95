"""Which reports somebody asks for, and which of them may be seen.

In:  ``Filter``, ``Scope``.
Out: one SQL condition; the names of what was asked by, for the audit log.
SECURITY: the scope is part of every condition; a report that belongs to nobody is seen by those
     who may see all.
FAILS: ``FilterProblem``, which names the filter and never what was given.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from ipaddress import ip_network
from typing import Any, Final, Self, final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, func, not_, or_, true

from rufgate.store.names import Network, in_network, under
from rufgate.store.own_reports import own_reports
from rufgate.store.rows import MECHANISMS
from rufgate.store.schema import outbox, reports

_LONGEST: Final = 255


class FilterProblem(ValueError):  # noqa: N818 - an answer for who asks
    """What was asked by cannot be understood; ``str()`` says which filter and what it takes."""


@final
@dataclass(frozen=True, slots=True)
class Scope:
    """The domains whose reports somebody may see; ``*`` is all, also those of nobody."""

    domains: tuple[str, ...] = ()

    def condition(self) -> ColumnElement[bool]:
        """Whether a report is within it."""
        return or_(false(), *(under(reports.c.owner_domain, name) for name in self.domains))

    def covers(self, owner: str | None) -> bool:
        """Whether what belongs to ``owner`` is within it: the same rule, of a value."""
        return any(
            name in {"*", owner or ""} or (owner or "").endswith(f".{name}")
            for name in (one.lower().rstrip(".") for one in self.domains)
        )


EVERYTHING: Final = Scope(("*",))


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Filter:
    """Each of them narrows; None does not."""

    since: date | None = None  # the first and the last day received, UTC
    until: date | None = None
    domain: str | None = None  # reported or in From, with its subdomains
    reporter: str | None = None
    source: Network | None = None
    failing: str | None = None  # the mechanism that did not pass: spf, dkim or dmarc
    failure: str | None = None  # Auth-Failure
    delivery: str | None = None
    kind: str | None = None
    tier: str | None = None
    copies: str | None = None  # the state of one of its copies
    guess: str | None = None  # of the verdict
    dmarc: str | None = None  # passed, failed or unknown, by the verdict
    campaign: UUID | None = None

    @classmethod
    def of(cls, **given: object) -> Self:
        """From words; empty ones ask for nothing."""
        known = {field.name for field in fields(cls)}
        values: dict[str, Any] = {}
        for name, value in given.items():
            if value in (None, ""):
                continue
            if name not in known:
                raise FilterProblem("there is no such filter")
            values[name] = _READERS.get(name, _word)(name, value)
        return cls(**values)

    @property
    def names(self) -> list[str]:
        """What was asked by, never for what."""
        return sorted(field.name for field in fields(self) if getattr(self, field.name) is not None)

    @property
    def is_by_day(self) -> bool:
        """Whether nothing but the days narrows it."""
        return {"since", "until"}.issuperset(self.names)

    @property
    def needs_verdict(self) -> bool:
        """Whether it asks by what only a verdict knows."""
        return any(value is not None for value in (self.guess, self.dmarc, self.campaign))

    def condition(self, dialect: str) -> ColumnElement[bool]:
        """Whether a report is asked for."""
        columns = {
            reports.c.auth_failure: self.failure,
            reports.c.delivery_result: self.delivery,
            reports.c.kind: self.kind,
            reports.c.tier: self.tier,
            reports.c.guess: self.guess,
            reports.c.dmarc: self.dmarc,
            reports.c.campaign_id: self.campaign,
        }
        wanted = [column == value for column, value in columns.items() if value is not None]
        if self.since is not None:
            wanted.append(reports.c.received_on >= self.since)
        if self.until is not None:
            wanted.append(reports.c.received_on <= self.until)
        if self.domain is not None:
            wanted.append(
                or_(under(reports.c.reported_domain, self.domain),
                    under(reports.c.from_domain, self.domain))
            )  # fmt: skip
        if self.reporter is not None:
            wanted.append(under(reports.c.reporter_domain, self.reporter))
        if self.source is not None:
            wanted.append(in_network(reports.c.source_ip, self.source, dialect))
        if self.failing is not None:
            wanted.append(func.coalesce(reports.c.failing, "").contains(self.failing))
        if self.copies is not None:
            of_report = outbox.c.report_id == reports.c.id
            wanted.append(exists().where(of_report, outbox.c.state == self.copies))
        return and_(true(), *wanted)


def visible(scope: Scope) -> ColumnElement[bool]:
    """Reports within ``scope`` that are not the gate's own tests."""
    return and_(scope.condition(), not_(reports.c.id.in_(own_reports())))


def _word(name: str, value: object) -> str:
    text = str(value).strip()
    if not text or len(text) > _LONGEST or not text.isprintable():
        raise FilterProblem(f"{name} takes one word")
    return text.lower()


def _day(name: str, value: object) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise FilterProblem(f"{name} takes a day, as 2027-01-31") from None


def _source(name: str, value: object) -> Network:
    try:
        return ip_network(str(value).strip(), strict=False)
    except ValueError:
        raise FilterProblem(f"{name} takes an address or a network, as 192.0.2.0/24") from None


def _campaign(name: str, value: object) -> UUID:
    try:
        return UUID(str(value))
    except ValueError:
        raise FilterProblem(f"{name} takes the id of a campaign") from None


def _mechanism(name: str, value: object) -> str:
    word = str(value).strip().lower()
    if word not in MECHANISMS:
        raise FilterProblem(f"{name} takes one of {', '.join(MECHANISMS)}")
    return word


_READERS: Final = {
    "since": _day,
    "until": _day,
    "source": _source,
    "failing": _mechanism,
    "campaign": _campaign,
}
