"""Pages on which htmx swaps the results alone: it asks for the whole page, at the page's address.

In:  requests, some of them by htmx.
Out: the same answers as without; where one is no page of results (a refusal, the way to sign in), a
     word that has the browser load the address itself, and so show that answer whole.
SECURITY: each swap is a request like any other: checked, and entered. Only addresses of these pages
     are ever named to the browser. These pages alone may run a script, htmx's own; those that show
     one report may not.
FAILS: never.
"""

from __future__ import annotations

from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

PATHS: Final = frozenset({"/reports", "/campaigns"})
POLICY: Final = "; script-src 'self'; connect-src 'self'"  # htmx, and what it asks for
_OK: Final = 200


class Swaps:
    """Around the routes."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if not _is_swap(scope):
            await self._app(scope, receive, send)
            return
        is_whole = True

        async def send_or_reload(message: Message) -> None:
            nonlocal is_whole
            if message["type"] == "http.response.start" and message["status"] != _OK:
                is_whole = False
                query = scope["query_string"].decode("ascii", "replace")
                address = f"{scope['path']}?{query}".encode("ascii", "replace")
                headers = [(b"hx-redirect", address), (b"content-length", b"0")]
                await send({"type": "http.response.start", "status": _OK, "headers": headers})
                await send({"type": "http.response.body", "body": b""})
            elif is_whole:
                await send(message)

        await self._app(scope, receive, send_or_reload)


def _is_swap(scope: Scope) -> bool:
    asked = (b"hx-request", b"true") in scope["headers"]
    return asked and scope["method"] == "GET" and scope["path"] in PATHS
