"""What routes ask for: who asks, and the store as they may see it.

In:  requests: a cookie of a page's reader, a bearer token of a program.
Out: ``Principal``, ``Reader``.
SECURITY: the API takes no cookie, so no other site can use a browser's. A token is looked up at
     each request: revoking it ends all it is used for.
FAILS: ``NotSignedIn`` and ``Refusal``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Annotated, Final, final

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from rufgate.review.access import Principal, Verb
from rufgate.review.web.attempts import Attempts
from rufgate.review.web.parts import WebParts
from rufgate.review.web.reader import Reader
from rufgate.review.web.refusals import NotSignedIn, Refusal
from rufgate.review.web.sessions import Session, Sessions
from rufgate.review.web.who import allowed

COOKIE: Final = "rufgate"
SECURE_COOKIE: Final = "__Host-rufgate"
_LONGEST_TOKEN: Final = 200
_NOT_FOR_YOU: Final = "Your role or its domains do not cover this."
_TOO_OFTEN: Final = "Too many tokens that are none: wait a minute."
_BEARER = HTTPBearer(
    auto_error=False, description="A personal token, made by `rufgate tokens create`."
)


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Shared:
    """What all requests share."""

    parts: WebParts
    sessions: Sessions
    attempts: Attempts


def shared(request: Request) -> Shared:
    """As the application was made."""
    found: Shared = request.app.state.shared
    return found


def is_secure(request: Request) -> bool:
    """Whether the browser came by TLS: to a proxy whose word counts."""
    said = request.headers.get("x-forwarded-proto", "")
    return _is_proxy(request) and said.strip().lower() == "https"


def client(request: Request) -> str:
    """Whose attempts are counted together."""
    if _is_proxy(request):
        told = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
        try:
            return str(ip_address(told))
        except ValueError:
            pass
    return request.client.host if request.client else "unknown"


def identify(request: Request, token: str) -> Principal | None:
    """Whose token it is."""
    common, who = shared(request), client(request)
    if not common.attempts.may_try(who):
        raise Refusal(429, _TOO_OFTEN)
    is_possible = 0 < len(token) <= _LONGEST_TOKEN and token.isascii() and token.isprintable()
    principal = common.parts.door.authenticate(token) if is_possible else None
    if principal is None:
        common.attempts.failed(who)
        common.parts.log.info("web_token_refused")
    return principal


def session_of(request: Request) -> Session | None:
    """The session of a browser's cookie."""
    cookie = request.cookies.get(SECURE_COOKIE) or request.cookies.get(COOKIE)
    return shared(request).sessions.read(cookie)


def signed_in(request: Request) -> Principal:
    """Whoever reads a page."""
    common, session = shared(request), session_of(request)
    principal = common.parts.door.again(session.token_id) if session else None
    if principal is None or session is None:
        raise NotSignedIn
    request.state.principal = principal
    request.state.form_token = common.sessions.form_token(session)
    return principal


def own_form(request: Request, given: str) -> Session:
    """The session whose form it was."""
    session = session_of(request)
    if session is None or not shared(request).sessions.is_form_token(session, given):
        raise Refusal(403, "This form is out of date: go back, load the page again, and repeat.")
    return session


def bearer(
    request: Request, given: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]
) -> Principal:
    """Whichever program asks."""
    principal = identify(request, given.credentials) if given else None
    if principal is None:
        raise Refusal(401, "a valid token is needed: Authorization: Bearer TOKEN")
    return principal


def reader_for(verb: Verb) -> Callable[[Request], Reader]:
    """A dependency of pages: the reader of somebody who may do that."""

    def reader(request: Request) -> Reader:
        principal = signed_in(request)
        return Reader(shared(request).parts, permitted(principal, verb))

    return reader


def program_for(verb: Verb) -> Callable[[Request, Principal], Reader]:
    """The same for the API."""

    def reader(request: Request, principal: Annotated[Principal, Depends(bearer)]) -> Reader:
        return Reader(shared(request).parts, permitted(principal, verb))

    return reader


def permitted(principal: Principal, verb: Verb) -> Principal:
    """The same principal, if it may do that."""
    if not allowed(principal, verb):
        raise Refusal(403, _NOT_FOR_YOU)
    return principal


def _is_proxy(request: Request) -> bool:
    try:
        peer = ip_address(request.client.host if request.client else "")
    except ValueError:
        return False
    return any(peer in network for network in shared(request).parts.proxies)
