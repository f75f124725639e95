"""What the web application is made from.

In:  parts of the running gate, made by ``gate_web.py``.
Out: ``WebParts``, one value that every route is given.
FAILS: never.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, final

from sqlalchemy import Engine
from structlog.typing import FilteringBoundLogger

from rufgate.govern.counted import CountedRules
from rufgate.review.reviewer import Reviewer
from rufgate.review.told_months import ToldMonths
from rufgate.review.web.proxy import SignOn
from rufgate.review.web.who import Door
from rufgate.store.audit import Audit
from rufgate.store.names import Network


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class WebParts:
    """Everything a route may use."""

    engine: Engine
    audit: Audit
    clock: Callable[[], datetime]
    log: FilteringBoundLogger
    door: Door
    key: bytes  # signs sessions
    reviewer: Reviewer
    months: ToldMonths
    rules: CountedRules
    record: Callable[[str], dict[str, Any]]
    metrics: Callable[[], bytes]
    is_ready: Callable[[], bool]
    wake: Callable[[], None]  # copies are due
    version: str
    proxies: tuple[Network, ...] = ()  # whose word on TLS and the client counts
    sign_on: SignOn | None = None  # how a proxy says who asks
    is_local: bool = True  # listens on loopback alone
    is_unix: bool = False  # listens on a Unix socket alone
