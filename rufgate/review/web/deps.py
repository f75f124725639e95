"""What routes ask for: who asks, and the store as they may see it.

In:  requests: a cookie of a page's reader, a bearer token of a program, a name that a proxy says.
Out: ``Principal``, ``Reader``.
SECURITY: the API takes no cookie, so no other site can use a browser's; a proxy's word serves it
     for looking alone, and where no other site asked. A token, or the row of a name, is looked up
     at each request: revoking it ends all it is used for.
FAILS: ``NotSignedIn`` and ``Refusal``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Annotated, Final, final

from fastapi import Depends, Request
from fastapi.responses import Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from rufgate.review.access import Principal, Verb
from rufgate.review.web.attempts import Attempts
from rufgate.review.web.guard import SAFE
from rufgate.review.web.parts import WebParts
from rufgate.review.web.proxy import UNCLEAR
from rufgate.review.web.reader import Reader
from rufgate.review.web.refusals import NotSignedIn, Refusal
from rufgate.review.web.sessions import LIFETIME, Session, Sessions
from rufgate.review.web.who import allowed
from rufgate.store.audit_entries import Action, Actor

COOKIE: Final = "rufgate"
SECURE_COOKIE: Final = "__Host-rufgate"
_LONGEST_TOKEN: Final = 200
_NOT_FOR_YOU: Final = "Your role or its domains do not cover this."
_OLD_FORM: Final = "This form is out of date: go back, load the page again, and repeat."
_STRANGER: Final = (
    "Your single sign-on let you through, but nobody of that login may look here, or no longer. "
    "Ask whoever runs this gate: `rufgate tokens create --sign-in LOGIN` lets you in."
)
_STRANGER_AGAIN: Final = "Nobody of that login may look here; asking again does not help."
_OWN_SITE: Final = frozenset({"same-origin", "none"})
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
    strangers: Attempts  # whom a proxy names, and nobody knows


def shared(request: Request) -> Shared:
    """As the application was made."""
    found: Shared = request.app.state.shared
    return found


def is_secure(request: Request) -> bool:
    """Whether the browser came by TLS: to a proxy whose word counts."""
    said = request.headers.get("x-forwarded-proto", "")
    return is_by_proxy(request) and said.strip().lower() == "https"


def client(request: Request) -> str:
    """Whose attempts are counted together."""
    if is_by_proxy(request):
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


def is_by_proxy(request: Request) -> bool:
    """Whether the proxy sent it; see ``guard.py``."""
    return getattr(request.state, "by_proxy", False) is True


def named(request: Request) -> Principal | None:
    """Whom a proxy names; None where it names nobody, or what asks is no proxy."""
    name: str | None = getattr(request.state, "named", None)
    if name is None:
        return None
    common, who = shared(request), client(request)
    principal = None if name == UNCLEAR else common.parts.door.named(name)
    if principal is not None:
        return principal
    if not common.strangers.may_try(who):
        raise Refusal(429, _STRANGER_AGAIN)
    common.strangers.failed(who)
    common.parts.audit.append(Actor.SERVICE, Action.SIGN_IN_REFUSED)
    raise Refusal(403, _STRANGER)


def begin(request: Request, principal: Principal) -> str:
    """A new session: the value of its cookie, which goes out with the answer."""
    common, secure = shared(request), is_secure(request)
    Reader(common.parts, principal).signed_in()
    value = common.sessions.begin(principal.token)
    carrier = Response()
    carrier.set_cookie(
        SECURE_COOKIE if secure else COOKIE,
        value,
        max_age=int(LIFETIME.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=secure,
    )
    request.state.cookies += [one for one in carrier.raw_headers if one[0] == b"set-cookie"]
    return value


def session_of(request: Request) -> Session | None:
    """The session of a browser's cookie."""
    cookie = request.cookies.get(SECURE_COOKIE) or request.cookies.get(COOKIE)
    return shared(request).sessions.read(cookie)


def signed_in(request: Request) -> Principal:
    """Whoever reads a page."""
    common, session, principal = shared(request), session_of(request), named(request)
    if principal is not None:
        session = _continued(request, session, principal)
    elif session is not None:
        principal = common.parts.door.again(session.token_id)
    if principal is None or session is None:
        raise NotSignedIn
    request.state.principal = principal
    request.state.form_token = common.sessions.form_token(session)
    return principal


def _continued(request: Request, session: Session | None, principal: Principal) -> Session:
    """The session of whom the proxy names, which begins by itself; one of somebody else ends."""
    if session is not None and session.token_id == principal.token:
        return session
    if request.method not in SAFE:
        raise Refusal(403, _OLD_FORM)
    begun = shared(request).sessions.read(begin(request, principal))
    if begun is None:
        raise NotSignedIn
    return begun


def own_form(request: Request, given: str) -> Session:
    """The session whose form it was."""
    session = session_of(request)
    if session is None or not shared(request).sessions.is_form_token(session, given):
        raise Refusal(403, _OLD_FORM)
    return session


def bearer(
    request: Request, given: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]
) -> Principal:
    """Whichever program asks."""
    principal = identify(request, given.credentials) if given else _vouched(request)
    if principal is None:
        raise Refusal(401, "a valid token is needed: Authorization: Bearer TOKEN")
    return principal


def _vouched(request: Request) -> Principal | None:
    """Whom the proxy names, for a look: what a browser does for another site is no wish of his."""
    principal = named(request)
    if principal is None:
        return None
    if request.method not in SAFE:
        raise Refusal(403, "to change something a token is needed: Authorization: Bearer TOKEN")
    if request.headers.get("sec-fetch-site", "none") not in _OWN_SITE:
        raise Refusal(403, "refused: another site asked for it")
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
