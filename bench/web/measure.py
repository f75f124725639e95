"""Measures every page and route of the API over HTTP, on a store of 100,000 reports in SQLite.

    python -m bench.web.measure [--reports 100000] [--rounds 40] [--store FILE] [--url URL]

Prints a table: for each address and each role the median and the 95th percentile of the time to the
first byte, the bound it is held to, and the processor time an answer takes, client included, which
is the same on a busy machine. Ends with 1 where a bound is missed. ``--store`` keeps the store, so
that a second run need not make it again; ``--url`` measures on another database.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import httpx
import uvicorn
from sqlalchemy import Engine, func, select
from structlog import get_logger

from bench.web.fill import LARGE, NOW, SMALL, fill
from rufgate.govern.counted import CountedRules
from rufgate.review.reviewer import Reviewer
from rufgate.review.told_months import ToldMonths
from rufgate.review.web.app import build
from rufgate.review.web.parts import WebParts
from rufgate.review.web.who import TokenDoor
from rufgate.store.access_tokens import AccessTokens
from rufgate.store.audit import Audit
from rufgate.store.engine import open_store
from rufgate.store.published import PublishedMonths
from rufgate.store.reviews import Reviews
from rufgate.store.schema import reports

KEY = b"k" * 32
PAGE_MS, LIST_MS = 300, 100
FILTERS = (
    "source=203.0.113.7", "domain=nobody.example", "reporter=reporter3.example", "failing=spf",
    "delivery=spam", "copies=delivered", "copies=parked", "guess=spoof&domain={owner}",
    "campaign=00000000-0000-0000-0000-000000000001",
    "campaign=00000000-0000-0000-0000-000000000000",
)  # fmt: skip
ANALYST = (
    "/", "/?days=7", "/?days=90", "/?days=365", "/reports", "/reports?order=oldest",
    "/reports?order=most_seen", *(f"/reports?{one}" for one in FILTERS), "/reports/{id}",
    "/campaigns", "/campaigns?since=", "/campaigns?since=&offset=1000",
    "/campaigns?since=&failing=spf", "/sources", "/sources?since=", "/sources?since=&offset=1000",
    "/sources?since=&copies=delivered", "/deliveries", "/deliveries?state=delivered&offset=40000",
    "/deliveries?state=pending",
    "/api/v1/reports?limit=50", "/api/v1/reports?limit=50&cursor={cursor}",
    *(f"/api/v1/reports?limit=50&{one}" for one in FILTERS), "/api/v1/reports/{id}",
    "/api/v1/sources?limit=50", "/api/v1/campaigns?limit=50", "/api/v1/stats",
    "/api/v1/stats?by=guess", "/api/v1/stats?by=domain&failing=dkim",
)  # fmt: skip
OFFICER = (
    "/", "/?days=365", "/retention", "/audit", "/audit?action=report_shown",
    "/audit?until=2026-09-01",
    "/audit?action=purged", "/records", "/api/v1/retention", "/api/v1/holds", "/api/v1/audit",
    "/api/v1/stats?by=guess",
)  # fmt: skip
POSTMASTER = ("/", "/?days=365", "/deliveries", "/deliveries?state=parked", "/api/v1/stats")
WHO = (
    ("analyst", ("*",), ANALYST),
    ("analyst", (LARGE,), ANALYST),
    ("analyst", (SMALL,), ANALYST),
    ("privacy-officer", ("*",), OFFICER),
    ("postmaster", ("*",), POSTMASTER),
    ("postmaster", (SMALL,), POSTMASTER),
)


class Measured(NamedTuple):
    """Of one address, in milliseconds."""

    middle: float
    late: float
    processor: float


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--url")
    given = parser.parse_args()
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        file = given.store or Path(folder) / "rufgate.db"
        engine = open_store(given.url or f"sqlite:///{file.absolute()}")
        with engine.connect() as connection:
            is_empty = connection.execute(select(func.count()).select_from(reports)).scalar() == 0
        if is_empty:
            fill(engine, given.reports)
        audit = Audit(engine, KEY, lambda: NOW)
        tokens = AccessTokens(engine, audit)
        parts = parts_of(engine, audit, tokens)
        parts.rules.count()  # as the gate does when it starts
        server, thread, base = serve(parts)
        print(f"| {'who':27} | {'address':60} | median ms | p95 ms | bound | processor ms | |")
        print("|---|---|--:|--:|--:|--:|---|")
        for role, domains, addresses in WHO:
            _, token = tokens.create("bench", role, domains, NOW)
            who = role if domains == ("*",) else f"{role}, {domains[0]}"
            asked = domains[0], addresses
            for shown, bound, found in measured(base, engine, token, asked, given.rounds):
                is_late = found.late > bound
                missed += is_late
                print(
                    f"| {who:27} | {shown:60} | {found.middle:9.1f} | {found.late:6.1f} "
                    f"| {bound:5} | {found.processor:12.1f} | {'missed' if is_late else ''} |",
                    flush=True,
                )
        server.should_exit = True
        thread.join(20)
        engine.dispose()
    print(f"\n{missed} bounds missed" if missed else "\nall within their bounds")
    return 1 if missed else 0


def parts_of(engine: Engine, audit: Audit, tokens: AccessTokens) -> WebParts:
    return WebParts(
        engine=engine, audit=audit, clock=lambda: NOW, log=get_logger(), key=KEY,
        door=TokenDoor(tokens, KEY, lambda: NOW), reviewer=Reviewer(Reviews(engine), KEY),
        rules=CountedRules(engine, (), lambda: NOW),
        months=ToldMonths(PublishedMonths(engine), (LARGE, SMALL)),
        record=lambda _: {}, metrics=lambda: b"", is_ready=lambda: True, wake=lambda: None,
        version="0",
    )  # fmt: skip


def serve(parts: WebParts) -> tuple[uvicorn.Server, threading.Thread, str]:
    config = uvicorn.Config(build(parts), host="127.0.0.1", port=0, log_config=None, ws="none",
                            log_level="critical", lifespan="off")  # fmt: skip
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    return server, thread, f"http://127.0.0.1:{port}"


def measured(
    base: str, engine: Engine, token: str, asked: tuple[str, tuple[str, ...]], rounds: int
) -> Iterator[tuple[str, int, Measured]]:
    """Each address with its bound and what it took."""
    domain, addresses = asked
    owner = LARGE if domain == "*" else domain
    with engine.connect() as connection:
        mine = select(reports.c.id).where(reports.c.owner_domain == owner).limit(1)
        id_ = connection.execute(mine).scalar_one()
    with httpx.Client(base_url=base, timeout=120, trust_env=False) as client:
        client.post("/sign-in", data={"token": token})
        program = {"Authorization": f"Bearer {token}"}
        first = client.get("/api/v1/reports?limit=300", headers=program).json()
        for path in addresses:
            address = path.format(id=id_, cursor=first.get("cursor"), owner=owner)
            is_api = path.startswith("/api/")
            client.headers = program if is_api else {}
            bound = LIST_MS if is_api and "retention" not in path else PAGE_MS
            yield path.partition("{cursor")[0], bound, measure(client, address, rounds)


def measure(client: httpx.Client, path: str, rounds: int) -> Measured:
    times, used = [], []
    for _ in range(rounds):
        began, used_before = time.perf_counter(), time.process_time()
        with client.stream("GET", path) as answer:
            next(answer.iter_raw(1), b"")
            times.append((time.perf_counter() - began) * 1000)
            answer.read() if not answer.is_stream_consumed else None
        used.append((time.process_time() - used_before) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{path}: {answer.status_code}")
    late = sorted(times)[math.ceil(len(times) * 0.95) - 1]
    return Measured(statistics.median(times), late, statistics.median(used))


if __name__ == "__main__":
    raise SystemExit(main())
