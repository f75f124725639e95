"""What programs of privacy officers ask: retention, holds, the audit log, as JSON.

In:  requests with a bearer token.
Out: JSON under the keys of ``rufgate retention show --json`` and its like.
SECURITY: for privacy officers of all domains alone; each look is entered. Of a hold, the words of
     whoever set it are part of it.
FAILS: ``Refusal``.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from rufgate.review.access import Verb
from rufgate.review.web.api_answers import RESPONSES, Day
from rufgate.review.web.deps import program_for, shared
from rufgate.review.web.reader import Reader
from rufgate.store.audit_entries import Action
from rufgate.store.audit_stored import Asked

router: Final = APIRouter(prefix="/api/v1", responses=RESPONSES)
_MOST: Final = 1000
_LAST: Final = 2**62
_LAST_DAY: Final = date(9999, 12, 30)

ForRetention = Annotated[Reader, Depends(program_for(Verb.READ_RETENTION))]
ForHolds = Annotated[Reader, Depends(program_for(Verb.READ_HOLDS))]
ForAudit = Annotated[Reader, Depends(program_for(Verb.READ_AUDIT))]


class EntriesAsked(BaseModel):
    """Which entries; each narrows."""

    model_config = ConfigDict(extra="forbid")

    action: Action | None = None
    since: Day = Field(None, description="On that day (UTC) or later.")
    until: Day = Field(None, description="On that day or before.")
    before: int | None = Field(None, ge=0, le=_LAST, description="Go on behind that number.")
    limit: int = Field(100, ge=1, le=_MOST)


class CountAsked(BaseModel):
    """Whether the last count will do."""

    model_config = ConfigDict(extra="forbid")

    count: Literal["now"] | None = Field(None, description="Count anew; it may take seconds.")


class Retention(BaseModel):
    """The rules with what each covered at ``counted_at``, and what was forgotten of late."""

    counted_at: datetime
    rules: list[dict[str, Any]]
    receipts: list[dict[str, Any]]


class LegalHolds(BaseModel):
    """Those in force, each with how many reports it names."""

    holds: list[dict[str, Any]]


class Entries(BaseModel):
    """The newest first."""

    entries: list[dict[str, Any]]


@router.get("/retention")
def retention(
    request: Request, reader: ForRetention, given: Annotated[CountAsked, Query()]
) -> Retention:
    """The matrix of retention with counts, and receipts."""
    today = shared(request).parts.clock().astimezone(UTC).date()
    found = reader.rules(anew=given.count == "now")
    return Retention(
        counted_at=found.at,
        rules=[rule.as_json(today) for rule in found.states],
        receipts=[receipt.as_json() for receipt in reader.receipts()],
    )


@router.get("/holds")
def holds(request: Request, reader: ForHolds) -> LegalHolds:
    """Legal holds in force."""
    now = shared(request).parts.clock()
    found = [{**hold.as_json(now), "reports": count} for hold, count in reader.holds()]
    return LegalHolds(holds=found)


@router.get("/audit")
def audit(reader: ForAudit, given: Annotated[EntriesAsked, Query()]) -> Entries:
    """Who did what when."""
    names = [name for name in ("action", "since", "until", "before") if getattr(given, name)]
    asked = Asked(
        action=given.action,
        since=datetime.combine(given.since, time(), UTC) if given.since else None,
        until=_midnight_after(given.until) if given.until else None,
        before=given.before,
    )
    found = reader.entries(asked, given.limit, names)
    return Entries(entries=[entry.as_json() for entry in found])


def _midnight_after(day: date) -> datetime:
    """When that day is over; the last of all days is not."""
    return datetime.combine(min(day, _LAST_DAY), time(), UTC) + timedelta(days=1)
