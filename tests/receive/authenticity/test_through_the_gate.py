"""The running service, a name server on loopback, reports over SMTP: what is stored and refused."""

import asyncio
import smtplib
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import dkim
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
from rufgate.store.outbox import Outbox
from rufgate.store.reports import ReportStore
from tests import reports
from tests.dns_server import DnsServer
from tests.recognize.test_signatures import PRIVATE, RECORD
from tests.sanitize.sanitizing import ANALYST, rules

ZONE = f"""
    mail.reporter.example TXT "v=spf1 ip4:127.0.0.0/8 -all"
    other.example TXT "v=spf1 -all"
    _dmarc.reporter.example TXT "v=DMARC1; p=reject"
    s1._domainkey.reporter.example TXT "{RECORD[:200]}" "{RECORD[200:]}"
"""
KEYS = ("reporter_spf", "reporter_dkim", "reporter_dmarc", "reporter_authenticated_domain")


@pytest.fixture
def server() -> Iterator[DnsServer]:
    server = DnsServer(ZONE)
    yield server
    server.close()


@asynccontextmanager
async def _gate(
    folder: Path, time_limit_s: float = 20, **authenticity: Any
) -> AsyncIterator[Service]:
    values = {
        "web": {"listen": "off"},
        "smtp": {
            "listen": "127.0.0.1:0",
            "recipients": [reports.RECIPIENT],
            "hostname": "x.example",
        },
        "workers": {"processes": 1, "time_limit_s": time_limit_s},
        "canary": {"every_minutes": 0},
        "keys": {"directory": "var/keys"},
        "authenticity": authenticity,
    }
    settings = Settings.model_validate(values, context={"base": folder})
    make_keys(settings.keys.directory)
    engine = open_store(f"sqlite:///{folder / 'rufgate.db'}")
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


async def _send(service: Service, content: bytes, mail_from: str) -> tuple[int, bytes]:
    def send() -> tuple[int, bytes]:
        with smtplib.SMTP("127.0.0.1", service.port, timeout=60) as client:
            client.ehlo("mx.elsewhere.example")
            client.mail(mail_from)
            client.rcpt(reports.RECIPIENT)
            return client.data(content)

    return await asyncio.to_thread(send)


def _rows(service: Service) -> list[tuple[str | None, ...]]:
    found = ReportStore(service._wiring.engine).list()
    return sorted(tuple(row.as_json()[key] for key in KEYS) for row in found)


def _signed(number: int) -> bytes:
    content = reports.numbered(number).replace(
        b"From: ", b"From: r@reporter.example\r\nX-From: ", 1
    )
    return dkim.sign(content, b"s1", b"reporter.example", PRIVATE) + content


async def test_what_was_found_stands_on_the_row(server: DnsServer, tmp_path: Path) -> None:
    address = f"127.0.0.1:{server.port}"
    async with _gate(tmp_path, resolver=[address]) as service:
        assert (await _send(service, _signed(1), "b@other.example"))[0] == 250
        assert (await _send(service, reports.numbered(2), "b@mail.reporter.example"))[0] == 250
        assert (await _send(service, reports.numbered(3), "b@x.broken.example"))[0] == 250
        assert _rows(service) == sorted(
            [
                ("fail", "pass", "pass", "reporter.example"),
                ("pass", "none", "none", "reporter.example"),
                ("temperror", "none", "none", None),
            ]
        )
    inner = {name for _, value in reports.FEEDBACK for name in value.split()}
    assert not server.names & inner


async def test_without_the_check_nothing_is_asked(server: DnsServer, tmp_path: Path) -> None:
    address = f"127.0.0.1:{server.port}"
    async with _gate(tmp_path, resolver=[address], check=False) as service:
        assert (await _send(service, _signed(1), "b@mail.reporter.example"))[0] == 250
        assert _rows(service) == [(None, None, None, None)]
    assert not server.asked


async def test_only_listed_reporters_are_heard(server: DnsServer, tmp_path: Path) -> None:
    address = f"127.0.0.1:{server.port}"
    async with _gate(tmp_path, resolver=[address], reporters=["reporter.example"]) as service:
        assert (await _send(service, _signed(1), "b@other.example"))[0] == 250
        assert (await _send(service, reports.numbered(2), "b@mail.reporter.example"))[0] == 250
        refused = await _send(service, reports.numbered(3), "b@other.example")
        assert refused[0] == 550
        assert refused[1].startswith(b"5.7.1 ")
        forged = _signed(4).replace(b"Subject: ", b"Subject: x")
        assert (await _send(service, forged, "b@other.example"))[0] == 550
        assert len(_rows(service)) == 2


async def test_a_listed_reporter_s_report_that_no_run_gets_through_is_a_bare_row(
    server: DnsServer, tmp_path: Path
) -> None:
    """Its signature was verified by nobody: no reason to refuse it for good."""
    resolver = [f"127.0.0.1:{server.port}"]
    async with _gate(
        tmp_path, resolver=resolver, reporters=["reporter.example"], time_limit_s=0.0001
    ) as service:
        assert (await _send(service, _signed(1), "b@other.example"))[0] == 250
        assert (await _send(service, reports.numbered(2), "b@other.example"))[0] == 550
        (row,) = ReportStore(service._wiring.engine).list()
        shown = row.as_json()
        assert (shown["reason"], shown["reported_domain"]) == ("time_limit", None)
        assert (shown["reporter_dkim"], shown["reporter_authenticated_domain"]) == ("neutral", None)
        assert Outbox(service._wiring.engine).list() == ()
