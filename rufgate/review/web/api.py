"""What programs ask: reports, campaigns, sources, counts, as JSON.

In:  requests with a bearer token.
Out: JSON under the keys of ``rufgate reports --json``; the OpenAPI document.
SECURITY: within the token's role and domains; each look is entered.
FAILS: ``Refusal``; ``FilterProblem``.
"""

from __future__ import annotations

from datetime import UTC, timedelta
from enum import StrEnum
from ipaddress import ip_network
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema

from rufgate.review.access import Verb
from rufgate.review.web.api_answers import RESPONSES, Day
from rufgate.review.web.deps import program_for, shared
from rufgate.review.web.reader import Reader
from rufgate.review.web.refusals import Refusal
from rufgate.store.filters import Filter
from rufgate.store.query import GROUPS, Order
from rufgate.store.reviews import Review

_MOST: Final = 1000
_FURTHEST: Final = 100_000
_LATELY: Final = 30  # days


def _is_network(text: str | None) -> str | None:
    if text is not None:
        ip_network(text, strict=False)
    return text


_Word = Annotated[str | None, Field(pattern=r"^[!-~]{1,255}$")]
_Network = Annotated[
    str | None, AfterValidator(_is_network), WithJsonSchema({"type": "string", "format": "ipv4"})
]
Mechanism = Literal["spf", "dkim", "dmarc"]
By = StrEnum("By", {name: name for name in sorted(GROUPS)})  # type: ignore[misc]


router: Final = APIRouter(prefix="/api")
_v1: Final = APIRouter(prefix="/v1", responses=RESPONSES)
Allowed = Annotated[Reader, Depends(program_for(Verb.READ_REPORTS))]
ForStats = Annotated[Reader, Depends(program_for(Verb.READ_STATS))]
ForSharing = Annotated[Reader, Depends(program_for(Verb.SHARE_STATS))]


class Filters(BaseModel):
    """Each narrows."""

    model_config = ConfigDict(extra="forbid")

    since: Day = Field(None, description="Received on that day (UTC) or later.")
    until: Day = Field(None, description="Received on that day or before.")
    domain: _Word = Field(None, description="Reported or in From; with its subdomains.")
    reporter: _Word = Field(None, description="Who reports; with subdomains.")
    source: _Network = Field(None, description="The host that sent, or a network.")
    failing: Mechanism | None = Field(None, description="Stated, and not a pass.")
    failure: _Word = Field(None, description="Auth-Failure.")
    delivery: _Word = Field(None, description="Delivery-Result.")
    kind: _Word = Field(None, description="auth_failure, arf_other, ...")
    tier: _Word = Field(None, description="metadata, headers or text.")
    copies: _Word = Field(None, description="With a copy in that state.")
    guess: _Word = Field(None, description="own_system, third_party, forwarded, spoof or unclear.")
    dmarc: _Word = Field(None, description="passed, failed or unknown.")
    campaign: UUID | None = Field(None, description="Of that campaign.")

    @property
    def asked(self) -> Filter:
        """For the store."""
        names = Filters.model_fields
        return Filter.of(**{name: getattr(self, name) for name in names})


class ReportsAsked(Filters):
    """Which reports."""

    order: Order = Field(Order.NEWEST, description="Which come first.")
    cursor: str | None = Field(None, max_length=1000, description="Of an earlier page.")
    limit: int = Field(100, ge=1, le=_MOST)


class SomeAsked(Filters):
    """Which of what reports sum up to."""

    limit: int = Field(50, ge=1, le=_MOST)
    offset: int = Field(0, ge=0, le=_FURTHEST)


class CountsAsked(Filters):
    """Which counts."""

    by: By | None = Field(None, description="Told apart by.")


class Reports(BaseModel):
    """Some reports; ``cursor`` asks for the next, null at the end."""

    reports: list[dict[str, Any]]
    cursor: str | None


class Campaigns(BaseModel):
    """Mailings."""

    campaigns: list[dict[str, Any]]


class Sources(BaseModel):
    """Hosts that sent."""

    sources: list[dict[str, Any]]


class Counts(BaseModel):
    """Reports and messages in all, and messages a day."""

    reports: int
    seen: int
    days: list[dict[str, Any]]


class PublicMonth(BaseModel):
    """One of them; what is missing is fewer than k, or would give others away."""

    month: str
    k: int
    reports: int
    guess: dict[str, int]
    domain: dict[str, int]
    mechanism: dict[str, int]


class PublicStats(BaseModel):
    """As ``rufgate reports stats --public --json`` gives them."""

    schema_version: int
    k: int
    first: str = Field(alias="from")
    last: str = Field(alias="to")
    months: list[PublicMonth]


class AlertsAsked(BaseModel):
    """Which alerts."""

    model_config = ConfigDict(extra="forbid")

    since: Day = Field(None, description="Told on that day (UTC) or later; 30 days ago by itself.")
    limit: int = Field(50, ge=1, le=_MOST)


class Alerts(BaseModel):
    """Each with ``kind``, ``domain``, ``at`` and what to look at."""

    alerts: list[dict[str, Any]]


@_v1.get("/reports")
def reports(reader: Allowed, given: Annotated[ReportsAsked, Query()]) -> Reports:
    """Reports without their text."""
    page, reviewed = reader.page(given.asked, given.order, given.cursor, given.limit)
    rows = [{**one.as_json(), **_review(reviewed.get(one.id))} for one in page.reports]
    return Reports(reports=rows, cursor=page.cursor)


@_v1.get("/reports/{report_id}")
def report(reader: Allowed, report_id: UUID) -> dict[str, Any]:
    """All that is kept of one report, and what probably happened."""
    found = reader.report(report_id)
    if found is None:
        raise Refusal(404, "there is no such report")
    return found.as_json()


@_v1.get("/campaigns")
def campaigns(reader: Allowed, given: Annotated[SomeAsked, Query()]) -> Campaigns:
    """Reports of one mailing as one."""
    found = reader.campaigns(given.asked, given.limit, given.offset)
    return Campaigns(campaigns=[one.as_json() for one in found])


@_v1.get("/sources")
def sources(reader: Allowed, given: Annotated[SomeAsked, Query()]) -> Sources:
    """Who sent, the busiest first."""
    found, reviewed = reader.sources(given.asked, given.limit, given.offset)
    rows = [
        {**one.as_json(), "guess": (review := reviewed.get(one.newest)) and review.guess}
        for one in found
    ]
    return Sources(sources=rows)


@_v1.get("/stats")
def stats(reader: ForStats, given: Annotated[CountsAsked, Query()]) -> Counts:
    """How much, day by day."""
    count, seen, days = reader.count(given.asked, given.by.value if given.by else None)
    return Counts(reports=count, seen=seen, days=days)


@_v1.get("/stats/public")
def public_stats(reader: ForSharing) -> PublicStats:
    """Figures fit to share, by complete month; no filter, so that no two answers can be compared.

    Each stands for k reports and k recipients or more, and is told again as it was told first.
    """
    return PublicStats.model_validate(reader.public_stats())


@_v1.get("/alerts")
def alerts(request: Request, reader: ForStats, given: Annotated[AlertsAsked, Query()]) -> Alerts:
    """What was told of own domains, the newest first; of the gate itself to who sees all."""
    today = shared(request).parts.clock().astimezone(UTC).date()
    since = given.since or today - timedelta(days=_LATELY)
    return Alerts(alerts=reader.alerts(since, given.limit))


router.include_router(_v1)


@router.get("/openapi.json", include_in_schema=False)
def openapi(request: Request) -> JSONResponse:
    """What there is, for programs; it needs no token, since it tells nothing of reports."""
    return JSONResponse(request.app.openapi())


def _review(review: Review | None) -> dict[str, Any]:
    return {
        "dmarc": review and review.dmarc,
        "guess": review and review.guess,
        "sureness": review and review.sureness,
        "campaign": review and str(review.campaign_id),
    }
