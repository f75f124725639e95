"""Alerts as people see them: what was told, and where what it is about can be looked at.

In:  alerts as they are kept; what the reader may see.
Out: ``Shown``; the page of the last month.
SECURITY: a link is made of the alert's own domain, day and id; it leads to pages that ask again who
     may see what.
FAILS: ``Refusal``; ``NotSignedIn``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import Annotated, Any, Final, final

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from rufgate.review.access import Principal, Verb
from rufgate.review.alerts import AlertKind
from rufgate.review.web.deps import reader_for, shared
from rufgate.review.web.reader import Reader
from rufgate.review.web.views import link, page
from rufgate.review.web.who import allowed

router: Final = APIRouter(include_in_schema=False)
_LATELY: Final = timedelta(days=30)
_MOST: Final = 500
_OF_A_DAY: Final = (AlertKind.NEW_SOURCE.value, AlertKind.SPIKE.value)

ForStats = Annotated[Reader, Depends(reader_for(Verb.READ_STATS))]


@final
@dataclass(frozen=True, slots=True)
class Shown:
    """One of them."""

    kind: str
    message: str
    at: str
    href: str | None


def shown(found: Iterable[Mapping[str, Any]], principal: Principal) -> list[Shown]:
    """Each with the page that has its evidence, where the reader has one."""
    return [
        Shown(one["kind"], one["message"], one["at"], _evidence(one, principal)) for one in found
    ]


@router.get("/alerts")
def alerts(request: Request, reader: ForStats) -> Response:
    """The newest first."""
    since = shared(request).parts.clock().astimezone(UTC).date() - _LATELY
    found = shown(reader.alerts(since, _MOST), request.state.principal)
    return page(request, "alerts.html", alerts=found, since=since, most=_MOST)


def _evidence(alert: Mapping[str, Any], principal: Principal) -> str | None:
    kind, day = alert["kind"], str(alert["at"])[:10]
    if kind == AlertKind.OUTBOX.value and allowed(principal, Verb.READ_DELIVERIES):
        return "/deliveries"
    if kind == AlertKind.PURGE.value and allowed(principal, Verb.READ_RETENTION):
        return "/retention"
    if not allowed(principal, Verb.READ_REPORTS):
        return None
    if kind in _OF_A_DAY:
        return link("/sources", domain=alert["domain"], since=day, until=day)
    if kind == AlertKind.CAMPAIGN.value and alert.get("campaign"):
        return link("/reports", campaign=alert["campaign"])
    return None
