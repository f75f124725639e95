"""Measures pages and API over HTTP, on a store of 100,000 reports in SQLite.

    python -m bench.web.measure [--reports 100000] [--rounds 40] [--store FILE]

Prints, for each address, the median and the 95th percentile of the time to the first byte in
milliseconds. ``--store`` keeps the store, so that a second run need not make it again.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import httpx
import uvicorn
from sqlalchemy import Engine, insert, select
from structlog import get_logger

from rufgate.review.reviewer import VERSION, Reviewer
from rufgate.review.web.app import build
from rufgate.review.web.parts import WebParts
from rufgate.review.web.who import TokenDoor
from rufgate.sanitize.sanitized import (
    Kind,
    Sanitized,
    SanitizedAuthResult,
    SanitizedHeader,
    SanitizedMessage,
    SanitizedReport,
    SanitizedText,
    Tier,
)
from rufgate.store.access_tokens import AccessTokens
from rufgate.store.audit import Audit
from rufgate.store.engine import open_store, writing
from rufgate.store.reviews import Reviews
from rufgate.store.rows import rows_of
from rufgate.store.schema import outbox, reports, reviews

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
KEY = b"k" * 32
DAYS = 365
AT_ONCE = 2000
PAGES = (
    "/", "/?days=90", "/?days=365", "/reports", "/reports?guess=spoof&domain=d3.example",
    "/reports/{id}", "/campaigns", "/campaigns?since=", "/sources", "/sources?since=",
    "/deliveries",
)  # fmt: skip
API = (
    "/api/v1/reports?limit=50", "/api/v1/reports?limit=50&cursor={cursor}",
    "/api/v1/reports?limit=50&source=192.0.2.0/24", "/api/v1/reports?limit=50&failing=spf",
    "/api/v1/sources?limit=50", "/api/v1/campaigns?limit=50", "/api/v1/stats?by=guess",
)  # fmt: skip


def text(value: str) -> SanitizedText:
    return SanitizedText(value)


def made(number: int, chance: random.Random) -> tuple[Sanitized, dict[str, object]]:
    """A report, and what was made of it."""
    owner, campaign = f"d{chance.randrange(5)}.example", int(chance.expovariate(1 / 300))
    source = f"{chance.choice(('192.0.2', '198.51.100', '203.0.113'))}.{chance.randrange(250)}"
    at = NOW - timedelta(days=chance.randrange(DAYS), seconds=chance.randrange(40_000))
    id_ = UUID(int=chance.getrandbits(128), version=4)
    report = SanitizedReport(
        id=id_, received_at=at, size_bytes=4000, kind=Kind.AUTH_FAILURE, tier=Tier.TEXT,
        policy=text("p"), engine=text("1"), key_id=text("p1"), fingerprint=text(f"f{number}"),
        owner_domain=text(owner), from_domain=text(owner), reported_domain=text(owner),
        reporter_domain=text(f"reporter{chance.randrange(12)}.example"), source_ip=text(source),
        auth_failure=text("dmarc"), delivery_result=text("reject"),
        subject=text(f"invoice number {campaign} of [PERSON 1]"), text=text("Please pay. " * 40),
        headers=tuple(SanitizedHeader(name=text(name), value=text("x" * 40))
                      for name in ("From", "To", "Subject", "Date", "Message-ID")),
        auth_results=tuple(
            SanitizedAuthResult(authserv=text("mx"), method=text(method), result=text("fail"),
                                properties=((text("x"), text(owner)),))
            for method in ("spf", "dkim", "dmarc")),
    )  # fmt: skip
    copies = () if number % 2 else (
        SanitizedMessage(report_id=id_, analyst=text("soc"), tier=Tier.TEXT,
                         message_id=text(f"<{number}@x.example>"), content=b"x" * 500),
    )  # fmt: skip
    review = {
        "report_id": id_, "version": VERSION, "rule": "nothing_passed",
        "guess": chance.choice(("spoof", "own_system", "third_party", "forwarded", "unclear")),
        "sureness": "possible", "dmarc": "failed", "campaign_id": UUID(int=campaign + 1),
        "shape": None,
    }  # fmt: skip
    return Sanitized(report=report, copies=copies), review


def fill(engine: Engine, count: int) -> None:
    chance = random.Random(7)
    for start in range(0, count, AT_ONCE):
        rows: dict[object, list[dict[str, object]]] = {}
        made_of = []
        for number in range(start, min(start + AT_ONCE, count)):
            given, review = made(number, chance)
            made_of.append(review)
            for table, values in rows_of(given):
                rows.setdefault(table, []).extend(dict(value) for value in values)
        for copy in rows[outbox][len(rows[outbox]) // 50 :]:  # most copies are delivered
            copy.update({"state": "delivered", "content": None, "settled_at": NOW, "due_at": None})
        with writing(engine) as connection:
            for table, values in rows.items():
                if values:
                    connection.execute(insert(table), values)  # type: ignore[arg-type]
            connection.execute(insert(reviews), made_of)


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


def measure(client: httpx.Client, path: str, rounds: int) -> tuple[float, float]:
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        with client.stream("GET", path) as answer:
            next(answer.iter_raw(1), b"")
            times.append((time.perf_counter() - began) * 1000)
            answer.read() if not answer.is_stream_consumed else None
        if answer.status_code != 200:
            raise SystemExit(f"{path}: {answer.status_code}")
    return statistics.median(times), sorted(times)[int(len(times) * 0.95) - 1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--store", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = given.store or Path(folder) / "rufgate.db"
        is_new = not file.exists()
        engine = open_store(f"sqlite:///{file.absolute()}")
        if is_new:
            fill(engine, given.reports)
        audit = Audit(engine, KEY, lambda: NOW)
        tokens = AccessTokens(engine, audit)
        parts = WebParts(
            engine=engine, audit=audit, clock=lambda: NOW, log=get_logger(), key=KEY,
            door=TokenDoor(tokens, lambda: NOW), reviewer=Reviewer(Reviews(engine), KEY), rules=(),
            record=lambda _: {}, metrics=lambda: b"", is_ready=lambda: True, wake=lambda: None,
            version="0",
        )  # fmt: skip
        server, thread, base = serve(parts)
        for domains in (["*"], ["d3.example"]):
            _, token = tokens.create("bench", "analyst", domains, NOW)
            report(base, engine, token, domains[0], given.rounds)
        server.should_exit = True
        thread.join(20)
        engine.dispose()


def report(base: str, engine: Engine, token: str, domain: str, rounds: int) -> None:
    with engine.connect() as connection:
        mine = select(reports.c.id).where(reports.c.owner_domain == "d3.example").limit(1)
        id_ = connection.execute(mine).scalar_one()
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=base, timeout=120, trust_env=False) as client:
        client.post("/sign-in", data={"token": token})
        first = client.get("/api/v1/reports?limit=1000", headers=headers)
        for path in (*PAGES, *API):
            address = path.format(id=id_, cursor=first.json()["cursor"])
            shown = path.partition("{cursor")[0]
            client.headers = headers if path in API else {}
            middle, late = measure(client, address, rounds)
            print(f"{domain:12} {shown:50} median {middle:7.1f} ms  p95 {late:7.1f} ms", flush=True)


if __name__ == "__main__":
    main()
