"""The web application with a store of two domains, and clients for its roles."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import uvicorn
from sqlalchemy import Engine
from structlog import get_logger

from rufgate.govern.counted import CountedRules
from rufgate.review.access import Role
from rufgate.review.reviewer import Reviewer
from rufgate.review.told_months import ToldMonths
from rufgate.review.web.app import build, routes
from rufgate.review.web.parts import WebParts
from rufgate.review.web.who import TokenDoor
from rufgate.sanitize.sanitized import SanitizedMessage, SanitizedText, Tier
from rufgate.store.access_tokens import AccessTokens
from rufgate.store.alerts import Alerts, Raised
from rufgate.store.audit import Audit
from rufgate.store.audit_stored import Asked, StoredEntry, newest
from rufgate.store.engine import open_store
from rufgate.store.events import Events
from rufgate.store.published import PublishedMonths
from rufgate.store.reports import ReportStore
from rufgate.store.reviews import Reviews
from tests.store.full_report import full_report, sanitized, text

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
KEY = b"k" * 32
A, B = "alpha.example", "beta.example"


@dataclass
class Site:
    """One application on its store."""

    engine: Engine
    tokens: AccessTokens
    parts: WebParts
    known: dict[str, tuple[str, str]] = field(default_factory=dict)  # id and text, by name
    base: str = ""
    clients: dict[str, httpx.Client] = field(default_factory=dict)
    ids: dict[str, list[UUID]] = field(default_factory=dict)  # of reports, by owner

    def add(self, name: str, role: Role, *domains: str) -> None:
        row, text = self.tokens.create(name, role.value, domains, NOW)
        self.known[name] = row.id, text

    @property
    def routes(self) -> Any:
        return routes(self.parts)

    def entries(self) -> tuple[StoredEntry, ...]:
        return newest(self.engine, 1000, Asked())

    def client(self, **how: Any) -> httpx.Client:
        return httpx.Client(base_url=self.base, timeout=30, trust_env=False, verify=False, **how)

    @contextmanager
    def signed_in(self, name: str) -> Iterator[httpx.Client]:
        with self.client() as client:
            answer = client.post("/sign-in", data={"token": self.known[name][1]})
            assert answer.status_code == 303, answer.text
            yield client

    def program(self, name: str) -> httpx.Client:
        return self.client(headers={"Authorization": f"Bearer {self.known[name][1]}"})


def make_site(folder: Path, **how: Any) -> Site:
    engine = open_store(f"sqlite:///{folder / 'rufgate.db'}")
    reviewer = Reviewer(Reviews(engine), KEY)
    audit = Audit(engine, KEY, lambda: NOW)
    tokens = AccessTokens(engine, audit)
    parts = WebParts(
        engine=engine, audit=audit, clock=lambda: NOW, log=get_logger(),
        door=TokenDoor(tokens, KEY, lambda: NOW), key=KEY, reviewer=reviewer,
        rules=CountedRules(engine, (), lambda: NOW),
        months=ToldMonths(PublishedMonths(engine), (A, B)),
        record=lambda kind: {"title": kind, "sections": []}, metrics=lambda: b"rufgate_x 1\n",
        is_ready=lambda: True, wake=lambda: None, version="0.0.1",
    )  # fmt: skip
    site = Site(engine=engine, tokens=tokens, parts=replace(parts, **how))
    for role in Role:
        site.add(role.value, role, "*")
        site.add(f"{role.value}-a", role, A)
    return site


def fill(site: Site, each: int = 3, days_ago: int = 0, **values: Any) -> None:
    """Reports of A and of B: every value of a domain names it, so that it can be searched for."""
    store = ReportStore(site.engine)
    for owner in (A, B):
        name = owner.partition(".")[0]
        for number in range(each):
            report = full_report(
                received_at=NOW - timedelta(days=days_ago + number, hours=1),
                fingerprint=f"{name}{number}",
                owner=owner, reporter=f"{name}-reporter.example",
            )  # fmt: skip
            report = replace(
                report, reported_domain=text(owner), from_domain=text(owner),
                source_ip=text(f"192.0.2.{number + (10 if owner == A else 20)}"),
                subject=text(f"{name}-subject of [PERSON 1] about the yearly invoice"),
                text=text(f"{name}-text with [EMAIL 1], pay the yearly invoice now, please"),
                user_agent=text(f"{name}-agent"), original_mail_from=text(f"x@{name}-mail.example"),
                auth_failure=text("dmarc"), **values,
            )  # fmt: skip
            copy = SanitizedMessage(
                report_id=report.id, analyst=text(f"{name}-analyst"), tier=Tier.TEXT,
                message_id=text(f"<{report.id}@x.example>"), content=b"Subject: x\r\n\r\nx\r\n",
            )  # fmt: skip
            store.record(replace(sanitized(), report=report, copies=(copy,)))
            site.ids.setdefault(owner, []).append(report.id)
    site.parts.reviewer.run()


def raise_(site: Site, domain: str | None, message: str, days_ago: int = 0, **more: str) -> None:
    """An alert, as the gate tells it."""
    at = NOW - timedelta(days=days_ago)
    said = {"kind": "spike", "domain": domain, "message": message, "at": at.isoformat()} | more
    events = Events(site.engine, lambda: at)
    Alerts(site.engine).tell([Raised(cause=message, said=said)], events, {}, at)


@contextmanager
def served(site: Site) -> Iterator[Site]:
    """Over real HTTP, in a thread of its own."""
    config = uvicorn.Config(
        build(site.parts), host="127.0.0.1", port=0, log_config=None, log_level="critical",
        lifespan="off", ws="none", server_header=False, proxy_headers=False,
    )  # fmt: skip
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()), daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        with suppress(RuntimeError):
            threading.Event().wait(0.01)
    site.base = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    try:
        yield site
    finally:
        for client in site.clients.values():
            client.close()
        server.should_exit = True
        thread.join(20)
        site.engine.dispose()


def form_token(html: str) -> str:
    found = re.search(r'name="form" value="([0-9a-f]+)"', html)
    assert found
    return found[1]


def hostile(value: str) -> SanitizedText:
    return SanitizedText(value)
