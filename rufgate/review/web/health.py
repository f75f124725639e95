"""What watches the gate asks: is it up, is it ready, what has it counted; and the pages' own files.

In:  requests.
Out: ``ok`` or ``not ok``; counters; CSS, htmx and an icon.
SECURITY: health says one word. Counters hold no address and no domain; from outside the machine
     they need a token.
FAILS: ``Refusal``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

from rufgate.review.access import Verb
from rufgate.review.web.deps import identify, permitted, shared
from rufgate.review.web.refusals import Refusal

router: Final = APIRouter(include_in_schema=False)
_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_FILES: Final = {
    path.name: (path.read_bytes(), _TYPES[path.suffix])
    for path in (Path(__file__).parent / "static").iterdir()
    if path.suffix in _TYPES
}
_COUNTERS: Final = "text/plain; version=1.0.0; charset=utf-8"


@router.get("/healthz")
def is_up() -> Response:
    """It answers, so it is."""
    return PlainTextResponse("ok\n")


@router.get("/readyz")
def is_ready(request: Request) -> Response:
    """Whether reports are taken and the store can be read."""
    ready = shared(request).parts.is_ready()
    return PlainTextResponse("ok\n" if ready else "not ok\n", status_code=200 if ready else 503)


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """What was counted since the start."""
    parts = shared(request).parts
    if not parts.is_local or parts.proxies:  # behind a proxy everybody comes from this machine
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        principal = identify(request, token) if scheme.lower() == "bearer" else None
        if principal is None:
            raise Refusal(401, "a valid token is needed: Authorization: Bearer TOKEN")
        permitted(principal, Verb.HEALTH)
    return Response(parts.metrics(), media_type=_COUNTERS)


@router.get("/static/{name}")
def static(name: str) -> Response:
    """A file of ours, read when the program started."""
    if name not in _FILES:
        raise Refusal(404, "No such page.")
    content, kind = _FILES[name]
    return Response(content, media_type=kind)
