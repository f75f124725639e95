"""The web application, put together.

In:  ``WebParts``.
Out: an ASGI application.
SECURITY: no page of documentation that loads from elsewhere; the guard is around everything.
FAILS: never.
"""

from __future__ import annotations

from fastapi import FastAPI
from starlette.types import ASGIApp

from rufgate.review.web import (
    alert_page,
    api,
    api_officer,
    health,
    officer,
    pages,
    refusals,
    sign_in,
)
from rufgate.review.web.attempts import Attempts
from rufgate.review.web.deps import Shared
from rufgate.review.web.guard import Guard
from rufgate.review.web.parts import WebParts
from rufgate.review.web.sessions import Sessions
from rufgate.review.web.swaps import Swaps
from rufgate.store.ended_sessions import EndedSessions


def routes(parts: WebParts) -> FastAPI:
    """All routes, without the guard."""
    app = FastAPI(
        title="rufgate",
        version=parts.version,
        description="Redacted DMARC failure reports: what came, what probably happened.",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,  # served by ``api``, as are all routes of programs
        redirect_slashes=False,
    )
    app.state.shared = Shared(
        parts=parts,
        sessions=Sessions(parts.key, parts.clock, EndedSessions(parts.engine)),
        attempts=Attempts(parts.clock),
        strangers=Attempts(parts.clock),
    )
    for part in (health, sign_in, pages, alert_page, officer, api, api_officer):
        app.include_router(part.router)
    refusals.install(app)
    return app


def build(parts: WebParts) -> ASGIApp:
    """What a server serves."""
    return Guard(Swaps(routes(parts)), parts)
