"""The outermost layer of the web application: what holds for every answer, whatever made it.

In:  requests.
Out: answers with their security headers; plain ones to what is too large or not of ours.
SECURITY: a strict policy of content (no script but htmx, on two pages), no framing, no sniffing,
     no referrer, no storing. A form from another site is refused. What only a proxy may say is
     taken out of every request before anything else can read it. What goes wrong inside is logged
     by its type alone, and answered without a word about it.
FAILS: never.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rufgate.review.web.parts import WebParts
from rufgate.review.web.proxy import Doubt, Headers, is_proxy, named, without_claims
from rufgate.review.web.swaps import PATHS, POLICY

_CSP: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
_MAX_BODY: Final = 65_536
_A_MINUTE: Final = timedelta(minutes=1)
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_OURS: Final = frozenset({b"same-origin", b"none"})


class _TooLargeError(Exception):
    """More is sent than any form of ours holds."""


class Guard:
    """Around the application."""

    def __init__(self, app: ASGIApp, parts: WebParts) -> None:
        self._app = app
        self._parts = parts
        self._log = parts.log
        self._doubted_at: datetime | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            return
        begun, scope, cookies = False, *self._introduced(scope)

        async def guarded_send(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = _with_ours([*message["headers"], *cookies], scope["path"])
                message = {**message, "headers": headers}
            await send(message)

        if _is_from_elsewhere(scope):
            await _plain(guarded_send, 403, b"refused: the form came from another site\n")
            return
        if _length(scope) > _MAX_BODY:
            await _plain(guarded_send, 413, b"refused: too large\n")
            return
        try:
            await self._app(scope, _bounded(receive), guarded_send)
        except _TooLargeError:
            if not begun:
                await _plain(guarded_send, 413, b"refused: too large\n")
        except Exception as error:  # noqa: BLE001 - outermost: the gate goes on
            self._log.warning("web_failed", error_type=type(error).__name__)
            if not begun:
                await _plain(guarded_send, 500, b"something went wrong here; see the log\n")

    def _introduced(self, scope: Scope) -> tuple[Scope, Headers]:
        """The request as the application may see it, and where it puts cookies of its own."""
        parts, cookies = self._parts, Headers()
        by_proxy = is_proxy(scope, parts.proxies, is_unix=parts.is_unix)
        name = named(scope["headers"], parts.sign_on, by_proxy=by_proxy)
        if isinstance(name, Doubt):
            self._doubt(name)
            name = None
        state = {**scope.get("state", {}), "named": name, "by_proxy": by_proxy, "cookies": cookies}
        headers = without_claims(scope["headers"], parts.sign_on)
        return {**scope, "headers": headers, "state": state}, cookies

    def _doubt(self, doubt: Doubt) -> None:
        """Once a minute at most: an operator wants to know, and strangers shall fill no log."""
        now = self._parts.clock()
        if self._doubted_at is None or abs(now - self._doubted_at) >= _A_MINUTE:
            self._doubted_at = now
            self._log.info("web_proxy_not_believed", reason=doubt.value)


def _bounded(receive: Receive) -> Receive:
    size = 0

    async def bounded_receive() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > _MAX_BODY:
            raise _TooLargeError
        return message

    return bounded_receive


def _length(scope: Scope) -> int:
    """What the request says of its size; the body itself is counted, too."""
    said = [value for name, value in scope["headers"] if name == b"content-length"]
    return max((int(value) for value in said if value.isdigit()), default=0)


def _is_from_elsewhere(scope: Scope) -> bool:
    """A change that a page of another site asks for; browsers say so of their own accord."""
    if scope["method"] in SAFE:
        return False
    said = [value for name, value in scope["headers"] if name == b"sec-fetch-site"]
    return any(value not in _OURS for value in said)


def _with_ours(headers: Iterable[tuple[bytes, bytes]], path: str) -> list[tuple[bytes, bytes]]:
    stored = b"max-age=3600" if path.startswith("/static/") else b"no-store"
    policy = _CSP + POLICY if path in PATHS else _CSP
    ours = (
        (b"content-security-policy", policy.encode()),
        *_HEADERS,
        (b"cache-control", stored),
    )
    names = {name for name, _ in ours}
    return [*((name, value) for name, value in headers if name.lower() not in names), *ours]


async def _plain(send: Send, status: int, body: bytes) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"),
               (b"content-length", str(len(body)).encode())]  # fmt: skip
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
