"""A running gate tells other tools of what it took: to real receivers, through restarts."""

from __future__ import annotations

import asyncio
import json
import smtplib
import socket
import ssl
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
import trustme
from sqlalchemy import func, select
from structlog.testing import capture_logs

from rufgate.deliver.backoff import Backoff
from rufgate.service import Service
from rufgate.settings.outputs import output_scopes
from rufgate.store.engine import reading, writing
from rufgate.store.event_tables import output_events
from rufgate.store.events import Events
from rufgate.store.filters import EVERYTHING
from rufgate.store.reports import ReportStore
from tests import reports
from tests.deliver.http_peer import Peer, http_peer
from tests.deliver.tls_log_peer import log_peer
from tests.store.full_report import full_report, sanitized
from tests.test_service_audit import configured, entered, wired

FAST = Backoff(first=timedelta(seconds=0.1), cap=timedelta(seconds=0.2))


@pytest.fixture(autouse=True)
def secret(tmp_path):
    path = tmp_path / "secret"
    path.write_bytes(b"0123456789abcdef0123456789abcdef")
    path.chmod(0o600)


def webhook(port: int) -> dict:
    return {"kind": "webhook", "url": f"http://127.0.0.1:{port}/x", "secret_file": "secret"}


@asynccontextmanager
async def running(wiring):
    service = Service(wiring)
    service._outputs._backoff = FAST
    await service.start()
    try:
        yield service
    finally:
        await service.stop()


def send(port: int, number: int) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=30) as client:
        client.sendmail("", [reports.RECIPIENT], reports.numbered(number))


async def until(what, seconds=30):
    async with asyncio.timeout(seconds):
        while not what():  # noqa: ASYNC110 - rows and lists have no event
            await asyncio.sleep(0.05)


def waiting(wiring) -> int:
    with reading(wiring.engine) as connection:
        return connection.execute(select(func.count()).select_from(output_events)).scalar_one()


async def test_a_report_arrives_at_webhook_and_syslog_with_its_verdict(tmp_path):
    with (
        http_peer(Peer()) as peer,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as syslog,
    ):
        syslog.bind(str(tmp_path / "log"))
        syslog.settimeout(30)
        cef = {"kind": "syslog", "url": f"unix:{tmp_path / 'log'}", "format": "cef"}
        wiring = wired(tmp_path, configured(tmp_path, outputs=[webhook(peer.port), cef]))
        async with running(wiring) as service:
            await asyncio.to_thread(send, service.port, 1)
            await until(lambda: peer.taken and not waiting(wiring))
            message = syslog.recv(65536).decode()
        told = json.loads(peer.taken[0][2])
        assert told["source"]["ip"] == "198.51.100.23"
        assert told["rufgate"]["verdict"]["guess"] in {"spoof", "third_party", "forwarded"}
        assert told["rufgate"]["report"]["from_domain"] == "example.org"
        assert message.startswith("<134>1 ")
        assert "x.example rufgate " in message
        assert "- CEF:0|rufgate|rufgate|" in message
        everything = message + peer.taken[0][2].decode()
        for personal in ("Whitcombe", "whitcombe", "refund", "home.example", "p1-"):
            assert personal not in everything
    forwards = next(said for action, said in entered(wiring) if action == "forwards_summed")
    sent = {name.split("-")[0]: n for name, n in forwards["forwards"].items()}
    assert (sent["webhook"], sent["syslog"]) == (1, 1)
    wiring.engine.dispose()


async def test_what_could_not_be_sent_is_sent_after_a_restart_with_the_same_id(tmp_path):
    with http_peer(Peer(answers=[503])) as peer:
        wiring = wired(tmp_path, configured(tmp_path, outputs=[webhook(peer.port)]))
        async with running(wiring) as service:
            await asyncio.to_thread(send, service.port, 1)
            await until(lambda: len(peer.taken) >= 2)
        assert waiting(wiring) == 1
        tried = len(peer.taken)
        peer.answers[:] = [200]
        wiring.engine.dispose()
        wiring = wired(tmp_path, wiring.settings)
        async with running(wiring):
            await until(lambda: not waiting(wiring))
        ids = {headers["webhook-id"] for _, headers, _ in peer.taken}
        assert len(peer.taken) == tried + 1
        assert len(ids) == 1
    wiring.engine.dispose()


@pytest.mark.long
async def test_an_output_gets_its_domains_alone_even_of_what_was_queued_for_more(tmp_path):
    with http_peer(Peer()) as mine, http_peer(Peer()) as every:
        narrow = webhook(mine.port) | {"domains": ["example.net"]}
        own = [{"name": "example.org"}, {"name": "example.net"}]
        settings = configured(tmp_path, domains=own, outputs=[narrow, webhook(every.port)])
        wiring = wired(tmp_path, settings)
        queue_as_if_all_got_all(wiring)
        async with running(wiring):
            await until(lambda: len(every.taken) == 9 and not waiting(wiring))
    wiring.engine.dispose()
    assert Counter(map(domain_of, every.taken)) == {"example.org": 3, "example.net": 3, None: 3}
    assert Counter(map(domain_of, mine.taken)) == {"example.net": 3}


def queue_as_if_all_got_all(wiring) -> None:
    """An alert and a report of each domain and of none; the gate will tell of reports itself."""
    scopes = dict.fromkeys(output_scopes(wiring.settings), EVERYTHING)
    events = Events(wiring.engine, wiring.clock, scopes)
    for domain in ("example.org", "example.net", None):
        report = full_report(fingerprint=str(domain), owner=domain)
        ReportStore(wiring.engine).record(replace(sanitized(), report=report, copies=()))
        alert = {"kind": "spike", "domain": domain, "message": "many", "at": "2027-03-01T12:00:00Z"}
        with writing(wiring.engine) as connection:
            events.add_within(connection, [report.id])
            events.add_alert_within(connection, list(scopes), alert)


def domain_of(taken) -> str | None:
    told = json.loads(taken[2])["rufgate"]
    return told["alert"].get("domain") if "alert" in told else told["report"].get("owner_domain")


@pytest.mark.long
async def test_syslog_with_a_wrong_certificate_waits_with_its_reason_and_goes_when_it_is_right(
    tmp_path,
):
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("elsewhere.example").configure_cert(context)
    with log_peer(context) as peer, capture_logs() as lines:
        url = f"tls:localhost:{peer.port}"
        output = {"kind": "syslog", "url": url, "ca_file": str(tmp_path / "ca.pem")}
        wiring = wired(tmp_path, configured(tmp_path, outputs=[output]))
        async with running(wiring) as service:
            await asyncio.to_thread(send, service.port, 1)
            deferred = {"event": "event_deferred", "reason": "certificate"}
            await until(lambda: [line for line in lines if deferred.items() <= line.items()])
            assert waiting(wiring) == 1
            assert not peer.frames
            authority.issue_cert("localhost").configure_cert(context)
            await until(lambda: peer.frames and not waiting(wiring))
    assert b'"from_domain"' in peer.frames[0]
    assert b"from_domain" not in peer.wire
    wiring.engine.dispose()


@pytest.mark.long
async def test_an_event_that_is_not_wanted_or_too_old_is_given_up(tmp_path):
    with http_peer(Peer(answers=[422])) as peer:
        wiring = wired(tmp_path, configured(tmp_path, outputs=[webhook(peer.port)]))
        async with running(wiring) as service:
            await asyncio.to_thread(send, service.port, 1)
            await until(lambda: peer.taken and not waiting(wiring))
            peer.answers[:] = [503]
            service._outputs._backoff = Backoff(give_up_after=timedelta())
            await asyncio.to_thread(send, service.port, 2)
            await until(lambda: len(peer.taken) == 2 and not waiting(wiring))
        assert len({headers["webhook-id"] for _, headers, _ in peer.taken}) == 2
    wiring.engine.dispose()
