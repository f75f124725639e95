"""Alerts that were raised, and what they are raised from.

In:  alerts; days.
Out: those that are new today, waiting to be sent; counts by domain, network and campaign.
SECURITY: a row names own domains, counts and random ids.
FAILS: ``StoreUnavailable``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, Final, final
from uuid import UUID

from sqlalchemy import Engine, and_, case, func, insert, not_, select

from rufgate.store.alert_tables import alerts
from rufgate.store.engine import reading, writing
from rufgate.store.events import Events
from rufgate.store.filters import EVERYTHING, Scope, visible
from rufgate.store.own_reports import own_reports
from rufgate.store.schema import outbox, reports

_WAITING: Final = ("pending", "claimed")


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Raised:
    """An alert as it is kept."""

    cause: str
    said: Mapping[str, Any]


class Alerts:
    """The alerts of one store."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def tell(
        self, raised: Iterable[Raised], events: Events, outputs: Mapping[str, Scope], at: datetime
    ) -> list[Raised]:
        """Keep those that were not told today, and send each to who may know; which these were."""
        new, day = list[Raised](), at.date()
        given = {one.cause: one for one in raised}
        if not given:
            return new
        told = select(alerts.c.cause).where(alerts.c.day == day, alerts.c.cause.in_(list(given)))
        with writing(self._engine) as connection:
            before = set(connection.execute(told).scalars())
            for cause, one in given.items():
                if cause not in before:
                    row = {"cause": cause, "day": day, "said": dict(one.said), "raised_at": at}
                    connection.execute(insert(alerts), [row])
                    who = [key for key in outputs if outputs[key].covers(one.said["domain"])]
                    events.add_alert_within(connection, who, one.said)
                    new.append(one)
        return new

    def newest(
        self, limit: int, *, since: date | None = None, scope: Scope = EVERYTHING
    ) -> list[dict[str, Any]]:
        """The newest first. Those of the gate itself are for who may see everything."""
        query = select(alerts.c.said).order_by(alerts.c.raised_at.desc(), alerts.c.cause)
        if since is not None:
            query = query.where(alerts.c.day >= since)
        with reading(self._engine) as connection:
            found = connection.execute(query).scalars()
            return list(islice((one for one in found if scope.covers(one["domain"])), limit))

    def days(self, since: date) -> dict[tuple[str | None, date], int]:
        """Messages by owner and day."""
        groups = reports.c.owner_domain, reports.c.received_on
        query = select(*groups, func.sum(reports.c.seen)).where(
            visible(EVERYTHING), reports.c.received_on >= since
        )
        with reading(self._engine) as connection:
            rows = connection.execute(query.group_by(*groups))
            return {(owner, day): int(seen) for owner, day, seen in rows}

    def sources(self, today: date) -> list[tuple[str | None, str, date, int]]:
        """Owner, source, its first day, and its messages of today."""
        groups = reports.c.owner_domain, reports.c.source_ip
        of_today = func.sum(case((reports.c.received_on == today, reports.c.seen), else_=0))
        query = select(*groups, func.min(reports.c.received_on), of_today).where(
            visible(EVERYTHING), reports.c.source_ip.is_not(None)
        )
        with reading(self._engine) as connection:
            rows = connection.execute(query.group_by(*groups))
            return [(owner, source, first, int(seen)) for owner, source, first, seen in rows]

    def campaigns(self, today: date) -> list[tuple[UUID, str | None, int]]:
        """Those of which something came today: id, and by owner all messages."""
        groups = reports.c.campaign_id, reports.c.owner_domain
        of_today = reports.alias()
        running = select(of_today.c.campaign_id).where(
            of_today.c.received_on == today, of_today.c.campaign_id.is_not(None)
        )
        query = select(*groups, func.sum(reports.c.seen)).where(
            visible(EVERYTHING), reports.c.campaign_id.in_(running)
        )
        query = query.group_by(*groups)
        with reading(self._engine) as connection:
            return [(id_, owner, int(seen)) for id_, owner, seen in connection.execute(query)]

    def waiting(self) -> tuple[int, datetime | None]:
        """Copies in the outbox, and since when the oldest is there."""
        mine = and_(outbox.c.state.in_(_WAITING), not_(outbox.c.report_id.in_(own_reports())))
        query = select(func.count(), func.min(outbox.c.created_at)).where(mine)
        with reading(self._engine) as connection:
            count, oldest = connection.execute(query).one()
            return count, oldest
