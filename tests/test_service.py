"""The wired service: it takes a report over a socket, and goes on forgetting after a fault."""

from __future__ import annotations

import asyncio
import smtplib
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from structlog import get_logger
from structlog.testing import capture_logs

from rufgate.sanitize.policy import Policy
from rufgate.sanitize.sanitized import Kind, Tier
from rufgate.service import Service, Wiring
from rufgate.settings import slices
from rufgate.settings.schema import Settings
from rufgate.store.engine import open_store
from rufgate.store.reports import ReportStore
from tests import reports
from tests.sanitize.sanitizing import ANALYST, rules


class Clock:
    """The time, until it is broken."""

    broken = False

    def __call__(self) -> datetime:
        if self.broken:
            raise LookupError
        return datetime.now(UTC)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
async def service(tmp_path, clock):
    values = {
        "smtp": {
            "listen": "127.0.0.1:0",
            "recipients": [reports.RECIPIENT],
            "hostname": "x.example",
        },
        "workers": {"processes": 1},
        "store": {"url": "sqlite:///var/rufgate.db"},
        "keys": {"directory": "var/keys"},
    }
    settings = Settings.model_validate(values, context={"base": tmp_path})
    wiring = Wiring(
        settings=settings,
        rules=rules(replace(ANALYST, tier=Tier.METADATA), policy=Policy(store_tier=Tier.METADATA)),
        relay=slices.relay(settings),
        engine=open_store(f"sqlite:///{tmp_path / 'rufgate.db'}"),
        clock=clock,
        log=get_logger(),
    )
    service = Service(wiring)
    try:
        await service.start()
        yield service
    finally:
        await service.stop()
        wiring.engine.dispose()


def send(port: int, content: bytes) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=30) as client:
        client.sendmail("", [reports.RECIPIENT], content)


async def test_a_report_over_a_socket_is_in_the_store(service, tmp_path):
    await asyncio.to_thread(send, service.port, reports.report())
    (row,) = ReportStore(service._wiring.engine).list()
    assert row.kind == Kind.AUTH_FAILURE


async def test_forgetting_goes_on_after_a_fault(service, clock, monkeypatch):
    monkeypatch.setattr("rufgate.service._RETENTION_EVERY_S", 0.01)
    with capture_logs() as lines:
        clock.broken = True
        retaining = asyncio.create_task(service._retain())
        await _logged(lines, "retention_failed")
        clock.broken = False
        await _logged(lines, "retention_applied")
        assert not retaining.done()
        retaining.cancel()


async def _logged(lines: list[dict[str, object]], event: str) -> None:
    async with asyncio.timeout(10):
        while event not in [line["event"] for line in lines]:  # noqa: ASYNC110 - a log has no event
            await asyncio.sleep(0.01)
