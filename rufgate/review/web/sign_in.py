"""Signing in with a token, and out; whom a proxy names is in already.

In:  a form with a token.
Out: a session's cookie: HttpOnly, SameSite=Strict, Secure behind TLS.
SECURITY: the token is neither kept nor logged, and stands in no address. Attempts are bounded.
FAILS: ``Refusal``.
"""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from rufgate.review.web.deps import (
    COOKIE,
    SECURE_COOKIE,
    begin,
    identify,
    named,
    own_form,
    shared,
)
from rufgate.review.web.refusals import Refusal
from rufgate.review.web.views import page

router: Final = APIRouter(include_in_schema=False)


@router.get("/sign-in")
def ask(request: Request) -> Response:
    """The form."""
    return page(request, "sign_in.html", problem=None, is_known=named(request) is not None)


@router.post("/sign-in")
def sign_in(request: Request, token: Annotated[str, Form()] = "") -> Response:
    """Begin a session."""
    if named(request) is not None:
        raise Refusal(403, "Your single sign-on says who you are: a token does nothing here.")
    principal = identify(request, token.strip())
    if principal is None:
        problem = "That token is not valid: it is mistyped, expired or revoked."
        return page(request, "sign_in.html", status=401, problem=problem, is_known=False)
    begin(request, principal)
    return RedirectResponse("/", status_code=303)


@router.post("/sign-out")
def sign_out(request: Request, form: Annotated[str, Form()] = "") -> Response:
    """End it, here and in the browser."""
    shared(request).sessions.end(own_form(request, form))
    response = RedirectResponse("/sign-in", status_code=303)
    response.delete_cookie(COOKIE, httponly=True, samesite="strict")
    response.delete_cookie(SECURE_COOKIE, httponly=True, samesite="strict", secure=True)
    return response
