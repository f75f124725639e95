"""The running gate serves its pages and its API: one more listener in the same loop.

In:  the wiring; what the service counts and whether it takes reports.
Out: HTTP on ``[web] listen``, an address or a Unix socket.
SECURITY: off the machine, tokens need TLS: a proxy in front. Connections are bounded in number and
     in how long they may say nothing, so that they take no files from the SMTP server.
FAILS: ``CannotStart`` where the address is not to be had.
"""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import uvicorn
from sqlalchemy import text
from uvicorn.protocols.http.h11_impl import H11Protocol

from rufgate import parts
from rufgate.govern.counted import CountedRules
from rufgate.govern.keys import load_web_key
from rufgate.parts import CannotStart, Wiring
from rufgate.review.told_months import ToldMonths
from rufgate.review.web.app import build
from rufgate.review.web.parts import WebParts
from rufgate.review.web.unix_socket import UnixListener
from rufgate.settings import slices
from rufgate.settings.recorded import record_of
from rufgate.settings.values import is_loopback, split_listen, unix_path
from rufgate.store.engine import StoreUnavailable, reading
from rufgate.store.published import PublishedMonths

_MOST_CONNECTIONS: Final = 64
_SILENT_S: Final = 10
_GRACE_S: Final = 5
_BACKLOG: Final = 64


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What the service tells the pages."""

    metrics: Callable[[], bytes]
    is_taking: Callable[[], bool]
    wake: Callable[[], None]
    rules: CountedRules


class GateWeb:
    """The web application and its server; nothing where ``listen`` is ``off``."""

    def __init__(self, wiring: Wiring, told: Told) -> None:
        self._wiring = wiring
        self._told = told
        self._server: _Server | None = None
        self._task: asyncio.Task[None] | None = None
        self._unix: UnixListener | None = None
        self.port: int | None = None

    async def start(self) -> None:
        """Listen, if it is wanted."""
        listen = self._wiring.settings.web.listen
        if listen == "off":
            return
        path = unix_path(listen)
        made = _web_parts(self._wiring, self._told)
        listener = self._bound(listen) if path is None else self._bound_unix(path)
        config = uvicorn.Config(
            build(made),
            http=_Protocol, ws="none", lifespan="off", log_config=None, log_level="critical",
            access_log=False, server_header=False, proxy_headers=False,
            timeout_keep_alive=_SILENT_S, timeout_graceful_shutdown=_GRACE_S,
        )  # fmt: skip
        self._server = _Server(config)
        self._task = asyncio.create_task(self._server.serve(sockets=[listener]))
        if path is None:
            self._wiring.log.info("serving_pages", host=split_listen(listen)[0], port=self.port)
        else:
            self._wiring.log.info("serving_pages", detail="unix")

    async def stop(self) -> None:
        """Finish what is under way, a few seconds at most."""
        if self._server is not None and self._task is not None:
            self._server.should_exit = True
            await self._task
        if self._unix is not None:
            self._unix.remove()

    def _bound(self, listen: str) -> socket.socket:
        listener = _bound(*split_listen(listen))
        self.port = listener.getsockname()[1]
        return listener

    def _bound_unix(self, path: Path) -> socket.socket:
        try:
            self._unix = UnixListener(path)
        except OSError as error:
            raise CannotStart(
                f"cannot serve pages on {path} ({error.strerror or 'no such place'}): change [web] "
                "listen, or make its folder"
            ) from None
        return self._unix.socket


class _Server(uvicorn.Server):
    """The gate has its own handlers of signals."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """None are taken over."""
        yield


class _Protocol(H11Protocol):
    """Bounded in number, and each must say something soon."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """One more, unless there are enough."""
        super().connection_made(transport)
        if len(self.connections) > _MOST_CONNECTIONS:
            transport.abort()
            return
        self.timeout_keep_alive_task = self.loop.call_later(
            self.timeout_keep_alive, self.timeout_keep_alive_handler
        )


def _web_parts(wiring: Wiring, told: Told) -> WebParts:
    settings = wiring.settings
    is_unix = unix_path(settings.web.listen) is not None
    version = str(wiring.rules.engine)

    def is_ready() -> bool:
        return told.is_taking() and _can_read(wiring)

    return WebParts(
        engine=wiring.engine,
        audit=wiring.audit,
        clock=wiring.clock,
        log=wiring.log,
        door=parts.door(wiring),
        key=load_web_key(settings.keys.directory),
        reviewer=parts.reviewer(wiring),
        months=ToldMonths(PublishedMonths(wiring.engine), slices.domain_names(settings)),
        rules=told.rules,
        record=lambda kind: record_of(kind, settings, version),
        metrics=told.metrics,
        is_ready=is_ready,
        wake=told.wake,
        version=version,
        proxies=slices.web_proxies(settings),
        sign_on=slices.web_sign_on(settings),
        is_local=not is_unix and is_loopback(split_listen(settings.web.listen)[0]),
        is_unix=is_unix,
    )


def _can_read(wiring: Wiring) -> bool:
    try:
        with reading(wiring.engine) as connection:
            connection.execute(text("SELECT 1"))
    except StoreUnavailable:
        return False
    return True


def _bound(host: str, port: int) -> socket.socket:
    try:
        family, _, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, socket.SOCK_STREAM)
    except OSError:
        raise _no_listener(host, port, "unknown host") from None
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_BACKLOG)
        listener.setblocking(False)
    except OSError as error:
        listener.close()
        why = os.strerror(error.errno) if error.errno else "unknown host"
        raise _no_listener(host, port, why) from None
    return listener


def _no_listener(host: str, port: int, why: str) -> CannotStart:
    return CannotStart(
        f'cannot serve pages on {host} port {port} ({why}): change [web] listen, or set it to "off"'
    )
