"""The pages of analysts and postmasters: overview, reports, campaigns, sources, deliveries.

In:  requests of somebody who is signed in.
Out: HTML.
SECURITY: every value comes through ``Reader``; changes come by forms of our own alone.
FAILS: ``Refusal``; ``NotSignedIn``; ``FilterProblem``.
"""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import UTC, timedelta
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from rufgate.review.access import Verb
from rufgate.review.exports import csv_text
from rufgate.review.told_months import COLUMNS, rows_of
from rufgate.review.web.alert_page import shown
from rufgate.review.web.charts import chart
from rufgate.review.web.deps import own_form, reader_for, shared
from rufgate.review.web.reader import Reader
from rufgate.review.web.refusals import Refusal
from rufgate.review.web.steps import steps
from rufgate.review.web.views import link, page
from rufgate.review.web.who import allowed
from rufgate.store.filters import Filter
from rufgate.store.outbox import CopyState
from rufgate.store.query import Order

router: Final = APIRouter(include_in_schema=False)
_NAMES: Final = tuple(field.name for field in fields(Filter))
_PERIODS: Final = (7, 30, 90, 365)
_ROWS: Final = 50
_CAMPAIGNS: Final = 25  # each takes a look at its reports
_AT_A_GLANCE: Final = 5
_LATELY: Final = 30  # days
_FURTHEST: Final = 100_000
_AT_ONCE: Final = 200
_FILES: Final = {"public.csv": "text/csv; charset=utf-8", "public.json": "application/json"}

_TABLES: Final = {"guess": "probable cause", "domain": "domain", "mechanism": "what failed"}
_MECHANISMS: Final = {
    "spf": "SPF", "dkim": "DKIM", "spf_and_dkim": "SPF and DKIM", "dmarc_alone": "DMARC alone",
    "none_stated": "nothing stated",
}  # fmt: skip

ForStats = Annotated[Reader, Depends(reader_for(Verb.READ_STATS))]
ForReports = Annotated[Reader, Depends(reader_for(Verb.READ_REPORTS))]
ForSharing = Annotated[Reader, Depends(reader_for(Verb.SHARE_STATS))]
ForDeliveries = Annotated[Reader, Depends(reader_for(Verb.READ_DELIVERIES))]
ForRetry = Annotated[Reader, Depends(reader_for(Verb.RETRY_DELIVERIES))]
Offset = Annotated[int, Query(ge=0, le=_FURTHEST)]


@router.get("/")
def overview(request: Request, reader: ForStats, days: int = 30) -> Response:
    """What there is to know at a glance: as much of it as the role covers."""
    period = days if days in _PERIODS else 30
    last = shared(request).parts.clock().astimezone(UTC).date()
    first = last - timedelta(days=period - 1)
    asked, principal = Filter(since=first, until=last), request.state.principal
    reports, seen, counts = reader.count(asked, "guess")
    sums: dict[str | None, int] = {}
    for day in counts:
        sums[day["guess"]] = sums.get(day["guess"], 0) + int(day["seen"])
    values: dict[str, Any] = {
        "sees_reports": allowed(principal, Verb.READ_REPORTS),
        "sees_copies": allowed(principal, Verb.READ_DELIVERIES),
    }
    if values["sees_reports"]:
        sources, reviewed = reader.sources(asked, _AT_A_GLANCE)
        campaigns = reader.campaigns(asked, _AT_A_GLANCE)
        values |= {"sources": sources, "reviewed": reviewed, "campaigns": campaigns}
    alerts = shown(reader.alerts(last - timedelta(days=1), _AT_A_GLANCE), principal)
    copies = reader.open_copies() if values["sees_copies"] else {}
    return page(
        request, "overview.html", period=period, periods=_PERIODS, first=first, last=last,
        reports=reports, seen=seen, sums=sums, drawn=chart(counts, first, last), copies=copies,
        alerts=alerts, states=CopyState, **values,
        is_stopped=values["sees_copies"] and reader.are_copies_stopped,
    )  # fmt: skip


@router.get("/reports")
def reports(
    request: Request, reader: ForReports, cursor: str | None = None, order: str = "newest"
) -> Response:
    """A list that filters narrow."""
    given, asked = _asked(request)
    sort = next((one for one in Order if one.value == order), Order.NEWEST)
    found, reviewed = reader.page(asked, sort, cursor or None, _ROWS)
    return page(
        request, "reports.html", reports=found.reports, reviewed=reviewed, given=given,
        order=sort.value, orders=Order, is_first=not cursor,
        start=link("/reports", **given, order=sort.value),
        further=found.cursor and link("/reports", **given, order=sort.value, cursor=found.cursor),
    )  # fmt: skip


@router.get("/reports/{report_id}")
def report(request: Request, reader: ForReports, report_id: UUID) -> Response:
    """One report."""
    opened = reader.report(report_id)
    if opened is None:
        raise Refusal(404, "There is no such report, or it is not of your domains.")
    return page(
        request, "report.html", opened=opened, report=opened.detail.summary,
        facts=opened.detail.facts, detail=opened.detail, verdict=opened.verdict,
        steps=steps(opened.story),
    )  # fmt: skip


@router.get("/campaigns")
def campaigns(request: Request, reader: ForReports, offset: Offset = 0) -> Response:
    """Reports of one mailing as one."""
    given, asked = _lately(request)
    found = reader.campaigns(asked, _CAMPAIGNS + 1, offset)
    more = _pager("/campaigns", given, offset, len(found), _CAMPAIGNS)
    return page(request, "campaigns.html", campaigns=found[:_CAMPAIGNS], given=given, **more)


@router.get("/sources")
def sources(request: Request, reader: ForReports, offset: Offset = 0) -> Response:
    """Who sent."""
    given, asked = _lately(request)
    found, reviewed = reader.sources(asked, _ROWS + 1, offset)
    more = _pager("/sources", given, offset, len(found))
    return page(
        request, "sources.html", sources=found[:_ROWS], reviewed=reviewed, given=given, **more
    )


@router.get("/statistics")
def statistics(request: Request, reader: ForSharing) -> Response:
    """Figures fit to share."""
    told = reader.public_stats()
    return page(
        request, "statistics.html", told=told, months=told["months"][::-1], tables=_TABLES,
        mechanisms=_MECHANISMS,
    )  # fmt: skip


@router.get("/statistics/{name}")
def statistics_file(reader: ForSharing, name: str) -> Response:
    """The same as a file: ``public.csv``, ``public.json``."""
    if name not in _FILES:
        raise Refusal(404, "There is no such file.")
    told = reader.public_stats()
    is_csv = name.endswith(".csv")
    content = csv_text(COLUMNS, rows_of(told)) if is_csv else json.dumps(told, indent=2)
    said = f'attachment; filename="rufgate-statistics-{told["to"]}.{name.rpartition(".")[2]}"'
    return Response(content, media_type=_FILES[name], headers={"Content-Disposition": said})


@router.get("/deliveries")
def deliveries(
    request: Request, reader: ForDeliveries, state: str = "", offset: Offset = 0, done: int = -1
) -> Response:
    """The queue."""
    wanted = next((one for one in CopyState if one.value == state), None)
    found = reader.copies(wanted, _ROWS + 1, offset)
    given = {"state": wanted.value if wanted else ""}
    return page(
        request, "deliveries.html", copies=found[:_ROWS], counts=reader.copy_counts(),
        states=CopyState, state=wanted, is_stopped=reader.are_copies_stopped,
        refused=reader.refused(),
        done=done if 0 <= done <= _AT_ONCE else None,
        may_retry=allowed(request.state.principal, Verb.RETRY_DELIVERIES),
        may_open=allowed(request.state.principal, Verb.READ_REPORTS),
        **_pager("/deliveries", given, offset, len(found)),
    )  # fmt: skip


@router.post("/deliveries/retry")
def retry(
    request: Request,
    reader: ForRetry,
    form: Annotated[str, Form()] = "",
    chosen: Annotated[list[UUID], Form(alias="copy")] = [],  # noqa: B006 - FastAPI copies it
) -> Response:
    """Have the chosen copies sent once more."""
    own_form(request, form)
    if len(chosen) > _AT_ONCE:
        raise Refusal(422, f"At most {_AT_ONCE} copies at once.")
    count = reader.retry(chosen)
    return RedirectResponse(link("/deliveries", done=count), status_code=303)


def _asked(request: Request) -> tuple[dict[str, str], Filter]:
    """The filters of the address, as they were given and as they are understood."""
    query = request.query_params
    given = {name: query[name] for name in _NAMES if query.get(name)}
    return given, Filter.of(**given)


def _lately(request: Request) -> tuple[dict[str, str], Filter]:
    """The same, of the last days where no first day is given: sums over years take their time."""
    given, asked = _asked(request)
    if "since" in request.query_params or "until" in given:  # an empty one asks for all
        return given, asked
    today = shared(request).parts.clock().astimezone(UTC).date()
    given["since"] = str(today - timedelta(days=_LATELY - 1))
    return given, Filter.of(**given)


def _pager(
    path: str, given: dict[str, str], offset: int, found: int, rows: int = _ROWS
) -> dict[str, Any]:
    """Where the pages before and after are."""
    before = max(0, offset - rows)
    return {
        "earlier": link(path, **given, offset=before or None) if offset else None,
        "further": link(path, **given, offset=offset + rows) if found > rows else None,
        "offset": offset,
    }
