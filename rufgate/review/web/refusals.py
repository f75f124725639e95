"""Answers other than what was asked for, in our own words.

In:  what went wrong.
Out: JSON for programs, a page for people.
SECURITY: nothing of the request comes back: neither a value nor a path.
FAILS: never.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from rufgate.govern.keys import KeyProblem
from rufgate.review.web.reader import NotReadYet
from rufgate.review.web.views import page
from rufgate.store.engine import StoreUnavailable
from rufgate.store.filters import FilterProblem
from rufgate.store.query import CursorProblem

API: Final = "/api/"
_HEADERS: Final = {401: {"WWW-Authenticate": "Bearer"}, 429: {"Retry-After": "60"}}
_TITLES: Final = {
    400: "That cannot be understood",
    401: "Sign in first",
    403: "That is not for you",
    404: "There is nothing here",
    405: "That cannot be done here",
    413: "That is too large",
    422: "That cannot be understood",
    429: "Too many attempts",
    503: "Not just now",
}


class Refusal(Exception):  # noqa: N818 - an answer
    """What is answered instead."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


class NotSignedIn(Exception):  # noqa: N818 - an answer
    """A page was asked for by nobody we know."""


def install(app: FastAPI) -> None:
    """Every exception that a route may raise."""
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(NotSignedIn, _sign_in)
    app.add_exception_handler(FilterProblem, _misunderstood)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(StoreUnavailable, _unavailable)
    app.add_exception_handler(KeyProblem, _unavailable)
    app.add_exception_handler(NotReadYet, _not_yet)


def answer(
    request: Request, status: int, message: str, allow: Mapping[str, str] | None = None
) -> Response:
    """In the form that who asks can read."""
    headers = dict(allow or _HEADERS.get(status, {}))
    if request.url.path.startswith(API):
        return JSONResponse({"detail": message}, status_code=status, headers=headers)
    title = _TITLES.get(status, "That did not work")
    return page(request, "problem.html", status=status, headers=headers, title=title, told=message)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)  # noqa: S101 - as it was registered
    return answer(request, error.status, error.message)


def _sign_in(_request: Request, _error: Exception) -> Response:
    return RedirectResponse("/sign-in", status_code=303)


def _misunderstood(request: Request, error: Exception) -> Response:
    """``str()`` of it names the filter and never what was given."""
    return answer(request, 404 if isinstance(error, CursorProblem) else 422, str(error))


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - as it was registered
    places = (one.get("loc", ()) for one in error.errors())
    named = sorted({str(loc[1]) for loc in places if len(loc) > 1 and str(loc[1]) in _KNOWN})
    what = f"cannot be understood: {', '.join(named)}" if named else "cannot be understood"
    return answer(request, 422, what)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - as it was registered
    messages = {404: "No such page.", 405: "Not by this method."}
    message = messages.get(error.status_code, "Refused.")
    return answer(request, error.status_code, message, error.headers)


def _unavailable(request: Request, _error: Exception) -> Response:
    return answer(request, 503, "The store cannot be reached just now; try again.")


def _not_yet(request: Request, _error: Exception) -> Response:
    return answer(request, 503, "The gate is still reading the last month: try again in a minute.")


_KNOWN: Final = frozenset(
    {"limit", "cursor", "order", "report_id", "offset", "by", "kind", "token", "since", "until",
     "domain", "reporter", "source", "failing", "failure", "delivery", "tier", "copies", "guess",
     "dmarc", "campaign", "id"}
)  # fmt: skip
