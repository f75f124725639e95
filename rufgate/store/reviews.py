"""Verdicts and campaigns beside the reports they were made of.

In:  ``Review``, the version of the rules that made it.
Out: reports that wait to be read; shapes of campaigns; campaigns for readers.
SECURITY: a row hangs on its report and goes with it. A campaign is nothing but its reports: it is
     counted within the scope of who asks, and a shape is forgotten with the fingerprints.
FAILS: ``StoreUnavailable``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    and_,
    delete,
    func,
    insert,
    not_,
    or_,
    select,
)

from rufgate.store.engine import reading, writing
from rufgate.store.filters import EVERYTHING, Filter, Scope, visible
from rufgate.store.own_reports import own_reports
from rufgate.store.query import MOST_PER_PAGE
from rufgate.store.reports import details
from rufgate.store.review_tables import reviews
from rufgate.store.schema import reports
from rufgate.store.stored import StoredDetail

_SHAPES: Final = 50_000  # of the newest campaigns: bounds memory and time


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
    representative: StoredDetail  # its newest report

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        facts, summary = self.representative.facts, self.representative.summary
        return {
            "id": str(self.id),
            "domain": summary.from_domain or summary.reported_domain,
            "subject": facts.get("subject"),
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
        query = select(reports).outerjoin(reviews, reviews.c.report_id == reports.c.id)
        query = query.where(_unread(version)).order_by(reports.c.received_on, reports.c.id)
        if among is not None:
            query = query.where(reports.c.id.in_(list(among)))
        with reading(self._engine) as connection:
            return details(connection, query.limit(limit))

    def count_waiting(self, version: int) -> int:
        """How many there are."""
        with reading(self._engine) as connection:
            query = select(func.count()).select_from(
                reports.outerjoin(reviews, reviews.c.report_id == reports.c.id)
            )
            return connection.execute(query.where(_unread(version))).scalar_one()

    def of(self, report_ids: Iterable[UUID]) -> Mapping[UUID, Review]:
        """What was made of these reports, as far as they have been read."""
        query = select(*_COLUMNS).where(reviews.c.report_id.in_(list(report_ids)))
        with reading(self._engine) as connection:
            rows = connection.execute(query).mappings()
            return {row["report_id"]: Review(**row) for row in rows}

    def campaigns_of(self, report_ids: Iterable[UUID]) -> Mapping[UUID, UUID]:
        """The campaigns of reports that were read before, by other rules."""
        query = select(reviews.c.report_id, reviews.c.campaign_id)
        with reading(self._engine) as connection:
            rows = connection.execute(query.where(reviews.c.report_id.in_(list(report_ids))))
            return {row.report_id: row.campaign_id for row in rows}

    def shapes(self) -> list[tuple[UUID, str]]:
        """One shape of each of the newest campaigns that still have one."""
        newest = func.max(reports.c.received_on)
        query = (
            select(reviews.c.campaign_id, func.max(reviews.c.shape))
            .join(reports, reports.c.id == reviews.c.report_id)
            .where(reviews.c.shape.is_not(None))
            .group_by(reviews.c.campaign_id)
            .order_by(newest.desc())
            .limit(_SHAPES)
        )
        with reading(self._engine) as connection:
            return [(row[0], row[1]) for row in connection.execute(query)]

    def save(self, made: Iterable[Review], version: int) -> None:
        """Write them in one transaction; of a report that went meanwhile nothing is left."""
        rows = {review.report_id: review for review in made}
        mine = reviews.c.report_id.in_(list(rows))
        with writing(self._engine) as connection:
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
            self._on_new(connection, [key for key in rows if key in there - before])

    def campaigns(
        self, asked: Filter, scope: Scope = EVERYTHING, *, limit: int = 50, offset: int = 0
    ) -> tuple[Campaign, ...]:
        """Campaigns of the reports asked for, those with the newest report first."""
        where = and_(visible(scope), asked.condition(self._engine.dialect.name))
        query = (
            select(
                reviews.c.campaign_id.label("id"),
                func.count().label("reports"),
                func.sum(reports.c.seen).label("seen"),
                func.count(reports.c.source_ip.distinct()).label("sources"),
                func.count(reports.c.reporter_domain.distinct()).label("reporters"),
                func.min(reports.c.received_on).label("first"),
                func.max(reports.c.received_on).label("last"),
            )
            .select_from(reports.outerjoin(reviews, reviews.c.report_id == reports.c.id))
            .where(where)  # an inner join would be walked by campaign, whatever is asked for
            .group_by(reviews.c.campaign_id)
            .having(reviews.c.campaign_id.is_not(None))
            .order_by(func.max(reports.c.received_on).desc(), func.sum(reports.c.seen).desc(),
                      reviews.c.campaign_id)
            .limit(max(1, min(limit, MOST_PER_PAGE)))
            .offset(max(0, offset))
        )  # fmt: skip
        with reading(self._engine) as connection:
            rows = [dict(row) for row in connection.execute(query).mappings()]
            return _campaigns(connection, rows, where)


_COLUMNS: Final = tuple(column for column in reviews.c if column.name != "version")


def _unread(version: int) -> Any:  # noqa: ANN401 - SQLAlchemy's condition
    unread = or_(reviews.c.report_id.is_(None), reviews.c.version < version)
    return and_(unread, not_(reports.c.id.in_(own_reports())))


def _row(review: Review, version: int) -> dict[str, Any]:
    return {
        "report_id": review.report_id,
        "version": version,
        "rule": review.rule,
        "guess": review.guess,
        "sureness": review.sureness,
        "dmarc": review.dmarc,
        "campaign_id": review.campaign_id,
        "shape": review.shape,
    }


def _campaigns(
    connection: Connection, rows: list[dict[str, Any]], where: ColumnElement[bool]
) -> tuple[Campaign, ...]:
    """With the newest report of each, and what most of its messages were taken for."""
    of_reports = reports.join(reviews, reviews.c.report_id == reports.c.id)
    mine = and_(where, reviews.c.campaign_id.in_([row["id"] for row in rows]))
    newest = func.row_number().over(
        partition_by=reviews.c.campaign_id, order_by=(reports.c.received_on.desc(), reports.c.id)
    )
    ranked = select(reports.c.id, reviews.c.campaign_id, newest.label("place"))
    ranked_rows = ranked.select_from(of_reports).where(mine).subquery()
    first = select(ranked_rows.c.id, ranked_rows.c.campaign_id).where(ranked_rows.c.place == 1)
    campaign_of = {row[0]: row[1] for row in connection.execute(first)}
    found = details(connection, select(reports).where(reports.c.id.in_(list(campaign_of))))
    representatives = {campaign_of[one.summary.id]: one for one in found}
    counted = select(reviews.c.campaign_id, reviews.c.guess).select_from(of_reports).where(mine)
    groups = (reviews.c.campaign_id, reviews.c.guess)
    common = counted.group_by(*groups).order_by(func.sum(reports.c.seen), reviews.c.guess.desc())
    guesses = {row[0]: row[1] for row in connection.execute(common)}  # the last one stays
    return tuple(
        Campaign(**row, guess=guesses[row["id"]], representative=representatives[row["id"]])
        for row in rows
    )
