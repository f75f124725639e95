"""Verdicts and campaigns beside the reports they were made of.

In:  ``Review``, the version of the rules that made it.
Out: reports that wait to be read; shapes of campaigns; campaigns for readers.
SECURITY: a row hangs on its report and goes with it. A campaign is nothing but its reports: it is
     counted within the scope of who asks, and a shape is forgotten with the fingerprints.
FAILS: ``StoreUnavailable``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    and_,
    bindparam,
    delete,
    func,
    insert,
    not_,
    or_,
    select,
    update,
)

from rufgate.store.duties import duties_of
from rufgate.store.engine import reading, writing
from rufgate.store.filters import EVERYTHING, Filter, Scope, visible
from rufgate.store.own_reports import own_reports
from rufgate.store.postgres import Lock
from rufgate.store.query import MOST_PER_PAGE
from rufgate.store.reports import details, summaries
from rufgate.store.review_tables import reviews
from rufgate.store.schema import reports
from rufgate.store.stored import StoredDetail, StoredReport

_SHAPES: Final = 50_000  # of the newest campaigns: bounds memory and time
_AT_ONCE: Final = 500  # SQLite binds a limited number of values to a statement


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Review:
    """What was made of one report."""

    report_id: UUID
    rule: str
    guess: str
    sureness: str
    dmarc: str
    campaign_id: UUID
    shape: str | None


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Campaign:
    """The reports of one mailing that may be seen."""

    id: UUID
    reports: int
    seen: int
    sources: int
    reporters: int
    first: date
    last: date
    guess: str
    representative: StoredReport  # its newest report
    subject: str | None  # of that

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        summary = self.representative
        return {
            "id": str(self.id),
            "domain": summary.from_domain or summary.reported_domain,
            "subject": self.subject,
            "guess": self.guess,
            "reports": self.reports,
            "seen": self.seen,
            "sources": self.sources,
            "reporters": self.reporters,
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "representative": str(summary.id),
        }


OnNew = Callable[[Connection, Sequence[UUID]], None]


def _nobody_is_told(_connection: Connection, _report_ids: Sequence[UUID]) -> None:
    """There is nobody."""


class Reviews:
    """The reviews of one store. ``on_new`` hears of those made first, in their transaction."""

    def __init__(self, engine: Engine, on_new: OnNew = _nobody_is_told) -> None:
        self._engine = engine
        self._on_new = on_new

    def waiting(
        self, version: int, limit: int, among: Collection[UUID] | None = None
    ) -> tuple[StoredDetail, ...]:
        """Reports that no rules of ``version`` have read, the oldest first.

        Without ``among`` every report is looked at, which takes the longer the more there are.
        """
        oldest = (reports.c.received_on, reports.c.id)
        ids = select(reports.c.id).where(_unread(version, among)).order_by(*oldest).limit(limit)
        if among is not None:
            ids = ids.where(reports.c.id.in_(list(among)))
        query = select(reports).where(reports.c.id.in_(ids)).order_by(*oldest)
        with reading(self._engine) as connection:
            return details(connection, query)

    def turn(self) -> AbstractContextManager[bool]:
        """Whether this process may read reports now: one of several gates does at a time."""
        return duties_of(self._engine).turn(Lock.REVIEW)

    def count_waiting(self, version: int) -> int:
        """How many there are."""
        with reading(self._engine) as connection:
            query = select(func.count()).select_from(reports).where(_unread(version))
            return connection.execute(query).scalar_one()

    def of(self, report_ids: Iterable[UUID]) -> Mapping[UUID, Review]:
        """What was made of these reports, as far as they have been read."""
        query = select(*_COLUMNS).select_from(_READ)
        query = query.where(reviews.c.report_id.in_(list(report_ids)))
        with reading(self._engine) as connection:
            rows = connection.execute(query).mappings()
            return {row["report_id"]: Review(**row) for row in rows}

    def campaigns_of(self, report_ids: Iterable[UUID]) -> Mapping[UUID, UUID]:
        """The campaigns of reports that were read before, by other rules."""
        query = select(reports.c.id, _campaign).where(_campaign.is_not(None))
        with reading(self._engine) as connection:
            rows = connection.execute(query.where(reports.c.id.in_(list(report_ids))))
            return {row.id: row.campaign_id for row in rows}

    def shapes(self) -> list[tuple[UUID, str]]:
        """One shape of each of the newest campaigns that still have one."""
        newest = func.max(reports.c.received_on)
        query = (
            select(_campaign, func.max(reviews.c.shape))
            .select_from(_READ)
            .where(reviews.c.shape.is_not(None))
            .group_by(_campaign)
            .order_by(newest.desc())
            .limit(_SHAPES)
        )
        with reading(self._engine) as connection:
            return [(row[0], row[1]) for row in connection.execute(query)]

    def save(self, made: Iterable[Review], version: int) -> None:
        """Write them in one transaction; of a report that went meanwhile nothing is left."""
        rows = {review.report_id: review for review in made}
        mine = reviews.c.report_id.in_(list(rows))
        with writing(self._engine, patient=True, lasting=False) as connection:
            before = set(connection.execute(select(reviews.c.report_id).where(mine)).scalars())
            connection.execute(delete(reviews).where(mine))
            there = set(
                connection.execute(
                    select(reports.c.id).where(reports.c.id.in_(list(rows)))
                ).scalars()
            )
            values = [_row(review, version) for key, review in rows.items() if key in there]
            if values:
                connection.execute(insert(reviews), values)
                connection.execute(_SAY, [_said(rows[value["report_id"]]) for value in values])
            self._on_new(connection, [key for key in rows if key in there - before])

    def campaigns(
        self, asked: Filter, scope: Scope = EVERYTHING, *, limit: int = 50, offset: int = 0
    ) -> tuple[Campaign, ...]:
        """Campaigns of the reports asked for, those with the newest report first."""
        where = and_(visible(scope), asked.condition(self._engine.dialect.name))
        last, seen = func.max(reports.c.received_on), func.sum(reports.c.seen)
        # The index of campaigns holds no filter's column: with one, whole rows would be walked.
        of = func.coalesce(_campaign, _campaign) if asked.names else _campaign
        is_later = asked.is_by_day and limit <= _AT_ONCE  # hosts, of those found: faster
        query = (
            select(
                of.label("id"), func.count().label("reports"), seen.label("seen"),
                func.min(reports.c.received_on).label("first"), last.label("last"),
                *(() if is_later else _HOSTS),
            )
            .where(where, _campaign.is_not(None))
            .group_by(of)
            .order_by(last.desc(), seen.desc(), of)
            .limit(max(1, min(limit, MOST_PER_PAGE)))
            .offset(max(0, offset))
        )  # fmt: skip
        with reading(self._engine) as connection:
            rows = [dict(row) for row in connection.execute(query).mappings()]
            rows = _with_hosts(connection, rows, where) if is_later else rows
            return tuple(_campaigns(connection, rows, where, _campaign if is_later else of))


_HOSTS: Final = (
    func.count(reports.c.source_ip.distinct()).label("sources"),
    func.count(reports.c.reporter_domain.distinct()).label("reporters"),
)
_campaign: Final = reports.c.campaign_id
_OF_REPORT: Final = (reports.c.guess, reports.c.dmarc, reports.c.campaign_id)  # the rest is how
_COLUMNS: Final = (
    *(column for column in reviews.c if column.name != "version"),
    *_OF_REPORT,
)
_READ: Final = reviews.join(reports, reviews.c.report_id == reports.c.id)
_SAY: Final = (
    update(reports)
    .where(reports.c.id == bindparam("said_of"))
    .values({column.name: bindparam(f"said_{column.name}") for column in _OF_REPORT})
)


def _unread(version: int, among: Collection[UUID] | None = None) -> Any:  # noqa: ANN401 - SQLAlchemy's condition
    older = select(reviews.c.report_id).where(reviews.c.version < version)
    if among is not None:  # else all reviews would be walked through for a few reports
        older = older.where(reviews.c.report_id.in_(list(among)))
    unread = or_(_campaign.is_(None), reports.c.id.in_(older))
    return and_(unread, not_(reports.c.id.in_(own_reports())))


def _row(review: Review, version: int) -> dict[str, Any]:
    return {
        "report_id": review.report_id,
        "version": version,
        "rule": review.rule,
        "sureness": review.sureness,
        "shape": review.shape,
    }


def _said(review: Review) -> dict[str, Any]:
    said = {f"said_{column.name}": getattr(review, column.name) for column in _OF_REPORT}
    return {"said_of": review.report_id, **said}


def _campaigns(
    connection: Connection,
    rows: Sequence[dict[str, Any]],
    where: ColumnElement[bool],
    of: ColumnElement[UUID],
) -> Iterator[Campaign]:
    """With the newest report of each, and what most of its messages were taken for."""
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start : start + _AT_ONCE]
        mine = and_(where, of.in_([row["id"] for row in some]))
        guesses = _guesses(connection, mine, of)
        newest = _newest(
            connection, and_(mine, reports.c.received_on.in_({r["last"] for r in some}))
        )
        subjects = select(reports.c.id, reports.c.subject).where(
            reports.c.id.in_([one.id for one in newest.values()])
        )
        subject_of = {row.id: row.subject for row in connection.execute(subjects)}
        for row in some:
            one = newest[row["id"]]
            yield Campaign(
                **row, guess=guesses[row["id"]], representative=one, subject=subject_of[one.id]
            )


def _with_hosts(
    connection: Connection, rows: Sequence[dict[str, Any]], where: ColumnElement[bool]
) -> list[dict[str, Any]]:
    query = select(_campaign.label("id"), *_HOSTS).where(where).group_by(_campaign)
    query = query.where(_campaign.in_([row["id"] for row in rows]))  # its index holds all of this
    hosts = {host["id"]: host for host in connection.execute(query).mappings()}
    return [{**row, **hosts[row["id"]]} for row in rows]


def _guesses(
    connection: Connection, mine: ColumnElement[bool], of: ColumnElement[UUID]
) -> dict[UUID, str]:
    groups = (of, reports.c.guess)
    common = select(*groups).where(mine).group_by(*groups)
    common = common.order_by(func.sum(reports.c.seen), reports.c.guess.desc())
    return {row[0]: row[1] for row in connection.execute(common)}  # the last one stays


def _newest(connection: Connection, mine: ColumnElement[bool]) -> dict[UUID, StoredReport]:
    place = func.row_number().over(
        partition_by=_campaign, order_by=(reports.c.received_on.desc(), reports.c.id)
    )
    ranked = select(reports.c.id, _campaign, place.label("place")).where(mine).subquery()
    first = select(ranked.c.id, ranked.c.campaign_id).where(ranked.c.place == 1)
    campaign_of = {row[0]: row[1] for row in connection.execute(first)}
    found = summaries(connection, select(reports).where(reports.c.id.in_(list(campaign_of))))
    return {campaign_of[one.id]: one for one in found}
