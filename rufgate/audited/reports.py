"""Reports and copies as a person at the command line gets them.

In:  settings, a clock.
Out: reports to look at, copies to look at and decide on.
SECURITY: the entry is written before anything is shown, and in the transaction of what is changed:
     who cannot write the log sees nothing and changes nothing. Entries name filters, not values.
FAILS: ``KeyProblem`` without the log's key; ``StoreUnavailable``; ``FilterProblem``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Engine

from rufgate.audited.log import Clock, audit_of, looked, open_rows
from rufgate.govern.keys import load_keyring
from rufgate.review.reviewer import VERSION, Reviewer
from rufgate.settings import slices
from rufgate.settings.outputs import output_scopes
from rufgate.settings.schema import Settings
from rufgate.store.audit import Audit
from rufgate.store.audit_entries import Action
from rufgate.store.events import Events
from rufgate.store.filters import Filter
from rufgate.store.holds import Holds
from rufgate.store.outbox import Outbox, OutboxEntry
from rufgate.store.query import Order, Page, Query, Source
from rufgate.store.reports import ReportStore
from rufgate.store.reviews import Campaign, Review, Reviews
from rufgate.store.stored import StoredReport

_LIMIT: Final = "limit"
_AT_ONCE: Final = 1000

Held = Callable[[Sequence[UUID]], set[UUID]]  # those that a legal hold keeps


class AuditedReports:
    """The recorded reports."""

    def __init__(
        self, store: ReportStore, query: Query, reviewer: Reviewer, audit: Audit, held: Held
    ) -> None:
        self._store = store
        self._held = held
        self._query = query
        self._reviewer = reviewer
        self._reviews = reviewer.reviews
        self._audit = audit

    @property
    def waiting(self) -> int:
        """How many reports nobody has read for their verdict."""
        return self._reviews.count_waiting(VERSION)

    def read(self, told: Callable[[int], None]) -> None:
        """Read them now: a running gate does it by itself."""
        self._reviewer.run(told)

    def page(self, asked: Filter, order: Order, cursor: str | None, limit: int) -> Page:
        """Some reports, and how to ask for more."""
        found = self._query.page(asked, order=order, cursor=cursor, limit=limit)
        names = [*asked.names, _LIMIT]
        names += ["order"] if order is not Order.NEWEST else []
        names += ["cursor"] if cursor is not None else []
        self._looked(Action.REPORTS_LISTED, count=len(found.reports), filters=names)
        return replace(found, reports=self._marked(found.reports))

    def show(self, report_id: UUID) -> dict[str, Any] | None:
        """One report with its verdict; None where there is none. Then the entry has no id."""
        found = self._store.show(report_id)
        which = {"report": report_id} if found else {}
        self._looked(Action.REPORT_SHOWN, count=len(which), filters=["id"], **which)
        if found is None:
            return None
        campaign = self._reviews.campaigns_of([report_id]).get(report_id)
        told = {"campaign": None if campaign is None else str(campaign)}
        found = replace(found, summary=self._marked([found.summary])[0])
        return {**found.as_json(), "verdict": self._reviewer.judge(found).as_json(), **told}

    def count(self, asked: Filter, by: str | None) -> tuple[int, int, list[dict[str, Any]]]:
        """Reports and messages in all, and messages a day."""
        reports, seen = self._query.total(asked)
        names = [*asked.names, *(["by"] if by else [])]
        self._looked(Action.REPORTS_COUNTED, count=reports, filters=names)
        return reports, seen, self._query.over_time(asked, by)

    def sources(self, asked: Filter, limit: int) -> tuple[Source, ...]:
        """Who sent, the busiest first."""
        found = self._query.sources(asked, limit=limit)
        self._looked(Action.SOURCES_LISTED, count=len(found), filters=[*asked.names, _LIMIT])
        return found

    def campaigns(self, asked: Filter, limit: int) -> tuple[Campaign, ...]:
        """The newest first."""
        found = self._reviews.campaigns(asked, limit=limit)
        self._looked(Action.CAMPAIGNS_LISTED, count=len(found), filters=[*asked.names, _LIMIT])
        return found

    def export(self, asked: Filter) -> Iterator[dict[str, Any]]:
        """All that is asked for, the oldest first; entered before the first leaves."""
        count, _ = self._query.total(asked)
        self._looked(Action.REPORTS_EXPORTED, count=count, filters=asked.names)
        return self._exported(asked)

    def _exported(self, asked: Filter) -> Iterator[dict[str, Any]]:
        cursor: str | None = None
        while True:
            page = self._query.page(asked, order=Order.OLDEST, cursor=cursor, limit=_AT_ONCE)
            reviews = self._reviews.of([report.id for report in page.reports])
            for report in self._marked(page.reports):
                yield _row(report, reviews)
            if (cursor := page.cursor) is None:
                return

    def _marked(self, found: Sequence[StoredReport]) -> tuple[StoredReport, ...]:
        """The same, each told whether a legal hold keeps it."""
        held = self._held([report.id for report in found])
        return tuple(replace(report, held=report.id in held) for report in found)

    def _looked(
        self, action: Action, *, count: int, filters: Sequence[str], **more: object
    ) -> None:
        looked(self._audit, action, count=count, filters=list(filters), **more)


class AuditedCopies:
    """The copies that wait."""

    def __init__(self, outbox: Outbox, audit: Audit) -> None:
        self._outbox = outbox
        self._audit = audit
        self.retry: Final = outbox.retry  # both enter themselves, in their own transaction
        self.drop: Final = outbox.drop

    def list(self, limit: int) -> tuple[OutboxEntry, ...]:
        """The newest first, never their content."""
        found = self._outbox.list(limit)
        looked(self._audit, Action.COPIES_LISTED, count=len(found), filters=[_LIMIT])
        return found


def open_reports(settings: Settings, clock: Clock) -> AuditedReports:
    """The recorded reports."""
    return reports_in(open_rows(settings, clock), settings, clock)


def reports_in(engine: Engine, settings: Settings, clock: Clock) -> AuditedReports:
    """Those of an open store."""
    keyring = load_keyring(settings.keys.directory)
    reviewer = Reviewer(
        Reviews(engine, Events(engine, clock, output_scopes(settings)).add_within),
        keyring.fingerprint_key,
        known_sources=slices.known_sources(settings),
    )
    audit = audit_of(settings, engine, clock)
    held = partial(Holds(engine).among, now=clock())
    return AuditedReports(ReportStore(engine), Query(engine), reviewer, audit, held)


def open_outbox(settings: Settings, clock: Clock) -> AuditedCopies:
    """The copies that wait."""
    engine = open_rows(settings, clock)
    audit = audit_of(settings, engine, clock)
    return AuditedCopies(Outbox(engine, audit=audit), audit)


def _row(report: StoredReport, reviews: Mapping[UUID, Review]) -> dict[str, Any]:
    review = reviews.get(report.id)
    return {
        **report.as_json(),
        "dmarc": review and review.dmarc,
        "guess": review and review.guess,
        "sureness": review and review.sureness,
        "campaign": review and str(review.campaign_id),
    }
