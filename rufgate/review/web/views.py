"""Pages made of templates.

In:  a template's name, plain values.
Out: HTML.
SECURITY: every value is escaped, and what is not printable (controls, marks that turn the direction
     of text) is left out, wherever it came from. Templates hold no script and no style.
FAILS: an unknown name in a template is an error, never an empty place.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from rufgate.review.access import Principal, Verb
from rufgate.review.exports import printable
from rufgate.review.web.who import allowed

_HERE: Final = Path(__file__).parent
GUESSES: Final = {
    "own_system": "Own system",
    "third_party": "Service",
    "forwarded": "Forwarded",
    "spoof": "Forgery",
    "unclear": "Unclear",
    None: "Not read yet",
}
_MENU: Final = (
    ("/", "Overview", Verb.READ_STATS),
    ("/reports", "Reports", Verb.READ_REPORTS),
    ("/campaigns", "Campaigns", Verb.READ_REPORTS),
    ("/sources", "Sources", Verb.READ_REPORTS),
    ("/statistics", "Statistics", Verb.SHARE_STATS),
    ("/deliveries", "Deliveries", Verb.READ_DELIVERIES),
    ("/retention", "Retention", Verb.READ_RETENTION),
    ("/audit", "Audit", Verb.READ_AUDIT),
    ("/records", "Records", Verb.READ_RECORDS),
)


def page(
    request: Request,
    template: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **values: Any,  # noqa: ANN401 - what a template shows
) -> HTMLResponse:
    """The page of ``template``, in the frame of all pages."""
    principal: Principal | None = getattr(request.state, "principal", None)
    path = request.url.path
    frame = {
        "principal": principal,
        "form_token": getattr(request.state, "form_token", None),
        "menu": [
            (href, name, href == path or (href != "/" and path.startswith(f"{href}/")))
            for href, name, verb in _MENU
            if principal is not None and allowed(principal, verb)
        ],
    }
    html = _ENVIRONMENT.get_template(template).render({**frame, **values})
    return HTMLResponse(html, status_code=status, headers=dict(headers or {}))


def link(path: str, **query: Any) -> str:  # noqa: ANN401 - plain values
    """``path`` with those values that are given."""
    given = {name: str(value) for name, value in query.items() if value not in (None, "")}
    return f"{path}?{urlencode(given)}" if given else path


def _plain(value: object) -> object:
    """Whatever a template puts out, escaped after this."""
    if isinstance(value, Markup):
        return value
    return "" if value is None else printable(str(value))


def _moment(value: datetime | date | str | None) -> str:
    """To the minute, UTC; a day where the time was forgotten."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return str(value)
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M}"
    return "" if value is None else value.isoformat()


def _size(count: int | None) -> str:
    if count is None:
        return ""
    return f"{count} B" if count < 1000 else f"{count / 1000:,.1f} kB"


def _words(code: object) -> str:
    return str(code if code is not None else "").replace("_", " ")


def _number(count: int) -> str:
    return f"{count:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def _short(count: int) -> str:
    """For the scale of a drawing."""
    for size, sign in ((1_000_000, "M"), (1000, "k")):
        if count >= size:
            return f"{count / size:g}{sign}"
    return str(count)


_ENVIRONMENT: Final = Environment(
    loader=FileSystemLoader(_HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    finalize=_plain,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters |= {
    "moment": _moment,
    "size": _size,
    "words": _words,
    "number": _number,
    "short": _short,
}
_ENVIRONMENT.globals |= {"link": link, "guesses": GUESSES}
