"""What one principal sees and does: each look within its scope, each entered before it is shown.

In:  ``WebParts``, a ``Principal``.
Out: pages, reports with their verdict, counts; what was decided.
SECURITY: the scope of the principal is part of every question. An entry says in which role, by
     which token, how many rows or which row, and the names of the filters; who cannot write the log
     sees nothing.
FAILS: ``StoreUnavailable``; ``FilterProblem``; ``NotReadYet``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, final
from uuid import UUID

from rufgate.govern.counted import Counted
from rufgate.govern.receipts import Receipt, receipts
from rufgate.review.access import Principal
from rufgate.review.reviewer import VERSION
from rufgate.review.story import Story
from rufgate.review.verdict import Verdict
from rufgate.review.web.parts import WebParts
from rufgate.review.web.refused import Refused, refused
from rufgate.review.web.who import ALL_DOMAINS
from rufgate.store.alerts import Alerts
from rufgate.store.audit_entries import Action, Actor
from rufgate.store.audit_stored import Asked, StoredEntry, newest
from rufgate.store.deliveries import Deliveries
from rufgate.store.filters import Filter
from rufgate.store.holds import Hold, Holds
from rufgate.store.outbox import CopyState, OutboxEntry
from rufgate.store.query import Order, Page, Query, Source
from rufgate.store.reviews import Campaign, Review, Reviews
from rufgate.store.stored import StoredDetail

_LIMIT: Final = "limit"
_NEWEST_RECEIPTS: Final = 50
_OF_LATE: Final = timedelta(days=90)
_A_WEEK: Final = timedelta(days=7)
_SUMS: Final = 1000  # one an hour and gate

Reviewed = Mapping[UUID, Review]


class NotReadYet(Exception):  # noqa: N818 - an answer
    """Reports of a month that is to be told have no verdict yet."""


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """One report, and what was made of it."""

    detail: StoredDetail
    verdict: Verdict
    story: Story
    campaign: UUID | None

    def as_json(self) -> dict[str, Any]:
        """Plain values, as ``reports show --json`` gives them."""
        campaign = None if self.campaign is None else str(self.campaign)
        told = {"verdict": self.verdict.as_json(), "campaign": campaign}
        return {**self.detail.as_json(), **told}


@final
class Reader:
    """The store as ``principal`` may see it."""

    def __init__(self, parts: WebParts, principal: Principal) -> None:
        self._parts = parts
        self._principal = principal
        self._actor = Actor(principal.role.value)
        self._query = Query(parts.engine, principal.scope)
        self._reviews = Reviews(parts.engine)
        self._deliveries = Deliveries(
            parts.engine, principal.scope, parts.audit, actor=self._actor, token=principal.token
        )

    def signed_in(self) -> None:
        """Enter that a session begins."""
        self._enter(Action.SIGNED_IN)

    def page(
        self, asked: Filter, order: Order, cursor: str | None, limit: int
    ) -> tuple[Page, Reviewed]:
        """Some reports, what was made of them, and how to ask for more."""
        found = self._query.page(asked, order=order, cursor=cursor, limit=limit)
        names = [*asked.names, _LIMIT]
        names += ["order"] if order is not Order.NEWEST else []
        names += ["cursor"] if cursor is not None else []
        ids = [report.id for report in found.reports]
        reviewed, held = self._reviews.of(ids), self._held(ids)
        self._looked(Action.REPORTS_LISTED, len(ids), names)
        marked = tuple(replace(report, held=report.id in held) for report in found.reports)
        return replace(found, reports=marked), reviewed

    def report(self, report_id: UUID) -> Opened | None:
        """One report; None where there is none to be seen, and then the entry has no id."""
        found = self._query.detail(report_id)
        which = {} if found is None else {"report": report_id}
        self._looked(Action.REPORT_SHOWN, len(which), ["id"], **which)
        if found is None:
            return None
        summary = replace(found.summary, held=report_id in self._held([report_id]))
        found = replace(found, summary=summary)
        return Opened(
            detail=found,
            verdict=self._parts.reviewer.judge(found),
            story=Story.of(found),
            campaign=self._reviews.campaigns_of([report_id]).get(report_id),
        )

    def count(self, asked: Filter, by: str | None) -> tuple[int, int, list[dict[str, Any]]]:
        """Reports and messages in all, and messages a day."""
        reports, seen, days = self._query.counts(asked, by)  # in one pass
        self._looked(Action.REPORTS_COUNTED, reports, [*asked.names, *(["by"] if by else [])])
        return reports, seen, days

    def public_stats(self) -> dict[str, Any]:
        """Figures fit to share; ``NotReadYet`` while a month is not read to its end."""
        told = self._parts.months.told(None, self._parts.clock(), self._all_is_read)
        self._enter(Action.STATISTICS_PUBLISHED, count=len(told["months"]))
        return told

    def _all_is_read(self, last: date) -> None:
        """The gate reads by itself; a month is told once, so not before that is done."""
        oldest = self._reviews.waiting(VERSION, 1)
        if oldest and _day(oldest[0].summary.received_at) <= last:
            raise NotReadYet

    def alerts(self, since: date, limit: int) -> list[dict[str, Any]]:
        """What was told since then, the newest first."""
        scope = self._principal.scope
        found = Alerts(self._parts.engine).newest(limit, since=since, scope=scope)
        self._looked(Action.ALERTS_LISTED, len(found), ["since", _LIMIT])
        return found

    def sources(
        self, asked: Filter, limit: int, offset: int = 0
    ) -> tuple[tuple[Source, ...], Reviewed]:
        """Who sent, the busiest first, with what was made of the newest report of each."""
        found = self._query.sources(asked, limit=limit, offset=offset)
        reviewed = self._reviews.of([source.newest for source in found])
        self._looked(Action.SOURCES_LISTED, len(found), [*asked.names, *_place(offset)])
        return found, reviewed

    def campaigns(self, asked: Filter, limit: int, offset: int = 0) -> tuple[Campaign, ...]:
        """The newest first."""
        scope = self._principal.scope
        found = self._reviews.campaigns(asked, scope, limit=limit, offset=offset)
        self._looked(Action.CAMPAIGNS_LISTED, len(found), [*asked.names, *_place(offset)])
        return found

    def copies(
        self, state: CopyState | None, limit: int, offset: int = 0
    ) -> tuple[OutboxEntry, ...]:
        """Copies and their delivery, the newest first."""
        found = self._deliveries.list(limit, state=state, offset=offset)
        names = [*(["state"] if state else []), *_place(offset)]
        self._looked(Action.COPIES_LISTED, len(found), names)
        return found

    def copy_counts(self) -> Mapping[CopyState, int]:
        """How many copies stand where."""
        found = self._deliveries.counts()
        self._looked(Action.COPIES_COUNTED, sum(found.values()), [])
        return found

    def open_copies(self) -> Mapping[CopyState, int]:
        """The same of those that are not settled."""
        found = self._deliveries.open_counts()
        self._looked(Action.COPIES_COUNTED, sum(found.values()), [])
        return found

    def refused(self) -> tuple[Refused, ...] | None:
        """Mail that was refused of late, of the whole gate: None for those who see a part of it."""
        if ALL_DOMAINS not in self._principal.scope.domains:
            return None
        asked = Asked(action=Action.INTAKE_SUMMED, since=self._parts.clock() - _A_WEEK)
        found = refused(newest(self._parts.engine, _SUMS, asked))
        self._looked(Action.COPIES_COUNTED, len(found), ["since"])
        return found

    @property
    def are_copies_stopped(self) -> bool:
        """Whether nothing is forwarded: a state of the gate, no row."""
        return self._deliveries.are_stopped()

    def retry(self, copy_ids: Sequence[UUID]) -> int:
        """Have copies sent once more; how many may be. It is entered with the change."""
        count = self._deliveries.retry(copy_ids)
        self._parts.wake()
        return count

    def rules(self, *, anew: bool) -> Counted:
        """The rules of retention, and what each covers: by the last count, or by a new one."""
        rules = self._parts.rules
        found = rules.count() if anew else rules.shown()
        self._enter(Action.RETENTION_SHOWN, count=len(found.states))
        return found

    def receipts(self) -> tuple[Receipt, ...]:
        """What was forgotten of late, the newest first. Entered with the rules."""
        since = self._parts.clock() - _OF_LATE
        return receipts(self._parts.engine, since)[-_NEWEST_RECEIPTS:][::-1]

    def holds(self) -> tuple[tuple[Hold, int], ...]:
        """Legal holds in force."""
        found = Holds(self._parts.engine).list(self._parts.clock())
        self._enter(Action.HOLDS_LISTED, count=len(found))
        return found

    def entries(self, asked: Asked, limit: int, names: Sequence[str]) -> tuple[StoredEntry, ...]:
        """The audit log, the newest first."""
        found = newest(self._parts.engine, limit, asked)
        self._looked(Action.AUDIT_LISTED, len(found), [*names, _LIMIT])
        return found

    def record(self, kind: str) -> dict[str, Any]:
        """A record for the authority."""
        self._enter(Action.RECORD_MADE, record=kind)
        return self._parts.record(kind)

    def _held(self, ids: Sequence[UUID]) -> set[UUID]:
        return Holds(self._parts.engine).among(ids, self._parts.clock())

    def _looked(self, action: Action, count: int, filters: Sequence[str], **more: object) -> None:
        self._enter(action, count=count, filters=list(filters), **more)

    def _enter(self, action: Action, **details: object) -> None:
        token = self._principal.token
        self._parts.audit.append(self._actor, action, token=token, **details)


def _day(at: datetime | date) -> date:
    return at.astimezone(UTC).date() if isinstance(at, datetime) else at


def _place(offset: int) -> list[str]:
    return [_LIMIT, *(["offset"] if offset else [])]
