"""The running gate serves its pages on a port of their own, until it stops."""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from datetime import UTC, datetime

import httpx
import pytest
from structlog import get_logger

from rufgate import gate_web
from rufgate.deliver.courier import RelayConfig
from rufgate.govern.counted import CountedRules
from rufgate.govern.keys import load_keyring, make_keys
from rufgate.parts import CannotStart
from rufgate.sanitize.policy import Policy, Sender
from rufgate.sanitize.redact import Rules
from rufgate.sanitize.sanitized import Tier
from rufgate.service import Service, Wiring
from rufgate.settings.schema import Settings
from rufgate.store.access_tokens import AccessTokens
from rufgate.store.audit import Audit
from rufgate.store.engine import open_store
from tests import reports


@pytest.fixture
def wiring(tmp_path):
    keys = tmp_path / "var" / "keys"
    make_keys(keys)
    engine = open_store(f"sqlite:///{tmp_path / 'rufgate.db'}")
    yield lambda listen: Wiring(
        settings=Settings.model_validate(
            {
                "smtp": {"listen": "127.0.0.1:0", "recipients": [reports.RECIPIENT]},
                "workers": {"processes": 1},
                "authenticity": {"check": False},
                "canary": {"every_minutes": 0},
                "store": {"url": "sqlite:///rufgate.db"},
                "keys": {"directory": "var/keys"},
                "web": {"listen": listen},
            },
            context={"base": tmp_path},
        ),
        rules=Rules(
            policy=Policy(store_tier=Tier.METADATA), keyring=load_keyring(keys), audiences=(),
            sender=Sender(address="x@x.example", hostname="x.example"), engine="0.0.1",
        ),
        relay=RelayConfig(hostname="x.example", relay="127.0.0.1:1", tls="none"),
        engine=engine, audit=Audit(engine, b"k" * 32, lambda: datetime.now(UTC)),
        clock=lambda: datetime.now(UTC), log=get_logger(),
    )  # fmt: skip
    engine.dispose()


async def test_pages_are_served_until_the_gate_stops(wiring):
    given = wiring("127.0.0.1:0")
    service = Service(given)
    await service.start()
    base = f"http://127.0.0.1:{service.web_port}"
    try:
        async with httpx.AsyncClient(base_url=base, trust_env=False) as client:
            for path in ("/healthz", "/readyz"):
                assert (await client.get(path)).text == "ok\n"
            assert b"rufgate_reports" in (await client.get("/metrics")).content
            assert (await client.get("/reports")).status_code == 303
            _, token = AccessTokens(given.engine, given.audit).create(
                "one", "analyst", ["*"], given.clock()
            )
            headers = {"Authorization": f"Bearer {token}"}
            answer = await client.get("/api/v1/reports", headers=headers)
            assert answer.json() == {"reports": [], "cursor": None}
            assert "server" not in (await client.get("/sign-in")).headers
    finally:
        await service.stop()
    with pytest.raises(OSError, match="Connect"):
        await asyncio.open_connection("127.0.0.1", service.web_port)


async def test_a_port_in_use_is_said_before_anything_else(wiring):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        given = wiring(f"127.0.0.1:{port}")
        service = Service(given)
        with pytest.raises(CannotStart, match=rf"port {port} \(.*\): change \[web\] listen"):
            await service.start()
        await service.stop()


async def test_connections_are_bounded_in_number_and_in_silence(wiring, monkeypatch):
    monkeypatch.setattr(gate_web, "_SILENT_S", 1)
    given = wiring("127.0.0.1:0")
    web = gate_web.GateWeb(
        given,
        gate_web.Told(
            metrics=lambda: b"", is_taking=lambda: True, wake=lambda: None,
            rules=CountedRules(given.engine, (), given.clock),
        ),
    )  # fmt: skip
    await web.start()
    try:
        quiet = [await asyncio.open_connection("127.0.0.1", web.port) for _ in range(70)]
        ended = [asyncio.create_task(_ended(reader)) for reader, _ in quiet]
        done, _ = await asyncio.wait(ended, timeout=0.5)
        assert len(done) == 6  # the others may stay a while, and say something
        _, waiting = await asyncio.wait(ended, timeout=30)
        assert not waiting
        reader, writer = await asyncio.open_connection("127.0.0.1", web.port)
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert (await reader.readline()).startswith(b"HTTP/1.1 200")
        for one in (writer, *(other for _, other in quiet)):
            one.close()
    finally:
        await web.stop()


async def _ended(reader):
    with suppress(ConnectionError):
        await reader.read()
