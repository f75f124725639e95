"""The pages of privacy officers: retention, audit log, records.

In:  requests of somebody who is signed in.
Out: HTML, and records as files.
SECURITY: for privacy officers of all domains alone; each look is entered.
FAILS: ``Refusal``; ``NotSignedIn``.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from rufgate.govern.records.document import markdown
from rufgate.review.access import Verb
from rufgate.review.audit_words import what, when, who
from rufgate.review.web.deps import reader_for, shared
from rufgate.review.web.reader import Reader
from rufgate.review.web.refusals import Refusal
from rufgate.review.web.views import link, page
from rufgate.store.audit_entries import Action
from rufgate.store.audit_stored import Asked
from rufgate.store.filters import FilterProblem

router: Final = APIRouter(include_in_schema=False)
_ROWS: Final = 100
_MOST: Final = 2**62
_KINDS: Final = {
    "ropa": "Record of processing activities (Article 30)",
    "dpia": "Evidence for an impact assessment (Article 35)",
    "notice": "Text for a privacy notice (Articles 13 and 14)",
}
_FORMS: Final = {"md": "text/markdown; charset=utf-8", "json": "application/json"}

ForRetention = Annotated[Reader, Depends(reader_for(Verb.READ_RETENTION))]
ForAudit = Annotated[Reader, Depends(reader_for(Verb.READ_AUDIT))]
ForRecords = Annotated[Reader, Depends(reader_for(Verb.READ_RECORDS))]


@router.get("/retention")
def retention(request: Request, reader: ForRetention, count: str = "") -> Response:
    """The rules with counts, what was forgotten, what is held; ``count=now`` counts anew."""
    now = shared(request).parts.clock()
    found = reader.rules(anew=count == "now")
    return page(
        request, "retention.html", rules=found.states, counted_at=found.at,
        receipts=reader.receipts(), holds=reader.holds(), today=now.astimezone(UTC).date(),
    )  # fmt: skip


@router.get("/audit")
def audit(
    request: Request,
    reader: ForAudit,
    action: str = "",
    since: str = "",
    until: str = "",
    before: Annotated[int | None, Query(ge=0, le=_MOST)] = None,
) -> Response:
    """Who did what when."""
    wanted = next((one for one in Action if one.value == action), None)
    last = _day("until", until)
    asked = Asked(
        action=wanted,
        since=_midnight(_day("since", since)),
        until=_midnight(last + timedelta(days=1)) if last else None,
        before=before,
    )
    given = {"action": wanted.value if wanted else "", "since": since, "until": until}
    names = [name for name, value in given.items() if value] + (["before"] if before else [])
    found = reader.entries(asked, _ROWS + 1, names)
    shown = found[:_ROWS]
    is_more = len(found) > _ROWS
    return page(
        request, "audit.html",
        entries=[(entry.sequence, when(entry), who(entry), what(entry)) for entry in shown],
        actions=Action, given=given,
        further=link("/audit", **given, before=shown[-1].sequence) if is_more else None,
    )  # fmt: skip


@router.get("/records")
def records(request: Request, reader: ForRecords) -> Response:
    """What can be made."""
    del reader  # nothing is read: a record is made when it is asked for
    return page(request, "records.html", kinds=_KINDS)


@router.get("/records/{name}")
def record(reader: ForRecords, name: str) -> Response:
    """A record as a file: ``ropa.md``, ``dpia.json``."""
    kind, _, form = name.partition(".")
    if kind not in _KINDS or form not in _FORMS:
        raise Refusal(404, "There is no such record.")
    made = reader.record(kind)
    content = json.dumps(made, indent=2) if form == "json" else markdown(made)
    said = f'attachment; filename="rufgate-{kind}.{form}"'
    return Response(content, media_type=_FORMS[form], headers={"Content-Disposition": said})


def _day(name: str, text: str) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise FilterProblem(f"{name} takes a day, as 2027-01-31") from None
    if day.year > 9000:
        raise FilterProblem(f"{name} takes a day, as 2027-01-31")
    return day


def _midnight(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), UTC)
