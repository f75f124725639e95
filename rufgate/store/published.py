"""Months of statistics as they were first told, and what a month's are counted from.

In:  a month; figures to be told.
Out: facts of its reports; the figures that stand.
SECURITY: what was told once is told again the same: whoever compares two answers learns nothing
     of an erasure between them. A row holds counts and names of own domains.
FAILS: ``StoreUnavailable``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, final
from uuid import UUID

from sqlalchemy import Connection, Engine, Select, and_, insert, select

from rufgate.sanitize.sanitized import TokenRole
from rufgate.store.engine import reading, writing
from rufgate.store.filters import EVERYTHING, visible
from rufgate.store.published_tables import published_months
from rufgate.store.schema import auth_results, report_tokens, reports

_PASSING: Final = ("pass",)
Figures = list[list[Any]]


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """What statistics need of one report."""

    guess: str | None  # None: nobody has read it for its verdict
    owner: str | None
    failing: frozenset[str]
    recipients: frozenset[tuple[str, str]]  # the key's id and the digest


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Published:
    """A month's figures."""

    month: str
    k: int
    figures: Figures


def month_of(day: date) -> str:
    """``2027-01``."""
    return day.isoformat()[:7]


class PublishedMonths:
    """The months of one store."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self) -> dict[str, Published]:
        """Those that were told."""
        with reading(self._engine) as connection:
            return _all(connection)

    def counted(self, first: date, last: date) -> list[Counted]:
        """The reports of these days, but the gate's own."""
        with reading(self._engine) as connection:
            return _counted(connection, first, last)

    def keep(self, made: Iterable[Published], at: datetime) -> None:
        """Tell these; a month that was told meanwhile stays as it was told."""
        with writing(self._engine) as connection:
            known = _all(connection)
            rows = [
                {"month": one.month, "k": one.k, "figures": one.figures, "published_at": at}
                for one in made
                if one.month not in known
            ]
            if rows:
                connection.execute(insert(published_months), rows)


def _all(connection: Connection) -> dict[str, Published]:
    columns = published_months.c
    rows = connection.execute(select(columns.month, columns.k, columns.figures))
    return {row.month: Published(month=row.month, k=row.k, figures=row.figures) for row in rows}


def _counted(connection: Connection, first: date, last: date) -> list[Counted]:
    within = and_(visible(EVERYTHING), reports.c.received_on.between(first, last))
    failing = _failing(connection, within)
    recipients: dict[UUID, set[tuple[str, str]]] = defaultdict(set)
    tokens = select(reports.c.id, report_tokens.c.key_id, report_tokens.c.digest).join(
        report_tokens, report_tokens.c.report_id == reports.c.id
    )
    is_recipient = report_tokens.c.role == TokenRole.RECIPIENT.value
    for row in connection.execute(tokens.where(within, is_recipient)):
        recipients[row.id].add((row.key_id, row.digest))
    query: Select[Any] = select(reports.c.id, reports.c.owner_domain, reports.c.guess)
    query = query.where(within)
    return [
        Counted(guess=row.guess, owner=row.owner_domain, failing=frozenset(failing[row.id]),
                recipients=frozenset(recipients[row.id]))
        for row in connection.execute(query)
    ]  # fmt: skip


def _failing(connection: Connection, within: Any) -> dict[UUID, set[str]]:  # noqa: ANN401 - a condition
    """Of each report the methods that are stated and never passed."""
    query = select(reports.c.id, auth_results.c.method, auth_results.c.result).join(
        auth_results, auth_results.c.report_id == reports.c.id
    )
    stated: dict[UUID, set[str]] = defaultdict(set)
    passed: dict[UUID, set[str]] = defaultdict(set)
    for row in connection.execute(query.where(within)):
        (passed if row.result in _PASSING else stated)[row.id].add(row.method)
    return defaultdict(set, {key: methods - passed[key] for key, methods in stated.items()})
