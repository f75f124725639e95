"""The wired service under a storm, and with an analysts' server that is down."""

from __future__ import annotations

import asyncio
import smtplib
import socket
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from structlog import get_logger

from rufgate.govern.keys import make_keys
from rufgate.sanitize.policy import Policy
from rufgate.sanitize.sanitized import Tier
from rufgate.service import Service, Wiring
from rufgate.settings import slices
from rufgate.settings.schema import Settings
from rufgate.store.audit import Audit
from rufgate.store.engine import open_store
from rufgate.store.outbox import CopyState, Outbox
from rufgate.store.reports import ReportStore
from tests import reports
from tests.e2e.gate import Sink
from tests.sanitize.sanitizing import ANALYST, rules

LIMITS = {
    "max_waiting_copies": 2,
    "storm_after": 3,
    "storm_forward_every": 2,
    "messages_per_minute_per_network": 1,
    "burst_per_network": 9,
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def sink():
    """A server that is down until it is started."""
    server = Sink()
    server.port = free_port()
    return server


@pytest.fixture
async def service(tmp_path, sink):
    values = {
        "web": {"listen": "off"},
        "smtp": {"listen": "127.0.0.1:0", "recipients": [reports.RECIPIENT]},
        "keys": {"directory": "var/keys"},
        "workers": {"processes": 1},
        "limits": LIMITS,
        "canary": {"every_minutes": 0},
        "forward": {"relay": f"127.0.0.1:{sink.port}", "tls": "none", "sender": "g@x.example"},
        "store": {"url": "sqlite:///var/rufgate.db"},
    }
    settings = Settings.model_validate(values, context={"base": tmp_path})
    make_keys(settings.keys.directory)
    engine = open_store(f"sqlite:///{tmp_path / 'rufgate.db'}")
    wiring = Wiring(
        settings=settings,
        rules=rules(replace(ANALYST, tier=Tier.METADATA), policy=Policy(store_tier=Tier.METADATA)),
        relay=slices.relay(settings),
        engine=engine,
        audit=Audit(engine, bytes(32), lambda: datetime.now(UTC)),
        clock=lambda: datetime.now(UTC),
        log=get_logger(),
    )
    service = Service(wiring)
    try:
        await service.start()
        yield service
    finally:
        await service.stop()
        wiring.engine.dispose()


def alike(number: int) -> bytes:
    """A report of its own content, and of the key of all others."""
    fields = reports.changed(reports.FEEDBACK, Source_IP=f"192.0.2.{number}")
    return reports.report(feedback=fields)


async def send(service: Service, content: bytes) -> tuple[int, bytes]:
    """The reply to the whole message."""

    def talk() -> tuple[int, bytes]:
        with smtplib.SMTP("127.0.0.1", service.port, timeout=30) as client:
            client.ehlo("reporter.example")
            code, text = client.mail("")
            if code != 250:
                return code, text
            client.rcpt(reports.RECIPIENT)
            return client.data(content)

    return await asyncio.to_thread(talk)


async def until(what: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not what():  # noqa: ASYNC110 - a database has no event
            await asyncio.sleep(0.05)


async def test_storms_and_a_server_that_is_down(service, sink):
    """Intake goes on until the bound, then 452; with the server back, the report is taken."""
    store, outbox = ReportStore(service._wiring.engine), Outbox(service._wiring.engine)
    replies = [(await send(service, alike(n)))[0] for n in (1, 2)]
    assert replies == [250, 250]
    code, said = await send(service, alike(3))
    assert (code, said[:5]) == (452, b"4.3.1")
    assert store.count() == 2

    sink.start()
    try:
        await until(lambda: outbox.counts().get(CopyState.CLAIMED, 0) == 0)
        outbox.retry([entry.id for entry in outbox.list()])
        service._delivery.wake()
        await until(lambda: outbox.counts().get(CopyState.DELIVERED) == 2)
        replies = [(await send(service, alike(n)))[0] for n in (3, 4, 5, 6)]
        assert replies == [250] * 4
        assert sorted(row.seen for row in store.list()) == [1, 1, 4]
        await until(lambda: len(sink.mails()) == 4)  # three rows, and one of the three counted
    finally:
        await asyncio.to_thread(sink.stop)

    assert (await send(service, alike(7)))[0] == 250
    assert (await send(service, alike(8)))[0] == 250
    code, said = await send(service, alike(9))
    assert (code, said[:5]) == (450, b"4.7.1")
