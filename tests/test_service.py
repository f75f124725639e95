"""The wired service: it takes a report over a socket, and goes on forgetting after a fault."""

from __future__ import annotations

import asyncio
import smtplib
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from structlog import get_logger
from structlog.testing import capture_logs

from rufgate.gate_audit import GateAudit
from rufgate.govern.keys import make_keys
from rufgate.govern.quiet import QuietHour
from rufgate.govern.retention import CutShort, NotScrubbed
from rufgate.sanitize.policy import Policy
from rufgate.sanitize.sanitized import Kind, Tier
from rufgate.service import Service, Wiring
from rufgate.settings import slices
from rufgate.settings.schema import Settings
from rufgate.store.audit import Audit, Head
from rufgate.store.audit_verify import newest, verify
from rufgate.store.engine import open_store
from rufgate.store.reports import ReportStore
from tests import reports
from tests.sanitize.sanitizing import ANALYST, rules


class Clock:
    """The time, until it is broken."""

    broken = False
    ahead = timedelta(0)

    def __call__(self) -> datetime:
        if self.broken:
            raise LookupError
        return datetime.now(UTC) + self.ahead


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
async def service(tmp_path, clock):
    values = {
        "web": {"listen": "off"},
        "smtp": {
            "listen": "127.0.0.1:0",
            "recipients": [reports.RECIPIENT],
            "hostname": "x.example",
        },
        "workers": {"processes": 1},
        "authenticity": {"check": False},
        "store": {"url": "sqlite:///var/rufgate.db"},
        "keys": {"directory": "var/keys"},
        "log": {"metrics_file": "var/metrics.prom"},
    }
    settings = Settings.model_validate(values, context={"base": tmp_path})
    make_keys(settings.keys.directory)
    engine = open_store(f"sqlite:///{tmp_path / 'rufgate.db'}")
    wiring = Wiring(
        settings=settings,
        rules=rules(replace(ANALYST, tier=Tier.METADATA), policy=Policy(store_tier=Tier.METADATA)),
        relay=slices.relay(settings),
        engine=engine,
        audit=Audit(engine, bytes(32), clock),
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


async def test_a_leak_check_hit_is_an_alarm_in_the_log_and_counted(service, tmp_path, monkeypatch):
    """The name of To stands in base64 where no detector reads: in the User-Agent."""
    monkeypatch.setattr("rufgate.service._METRICS_EVERY_S", 0.01)
    fields = reports.changed(reports.FEEDBACK, User_Agent="V2hpdGNvbWJl/1.0")
    with capture_logs() as lines:
        await asyncio.to_thread(send, service.port, reports.report(feedback=fields))
    alarms = [line for line in lines if line["event"] == "leakcheck_hit"]
    assert {line["log_level"] for line in alarms} == {"error"}
    (row,) = ReportStore(service._wiring.engine).list()
    assert {line["report"] for line in alarms} == {row.id}
    told = {(line["analyst"] and str(line["analyst"]), line["tier"]) for line in alarms}
    assert told == {(None, "metadata"), ("blue", "metadata")}
    assert {str(name) for line in alarms for name in line["fields"]} == {"user_agent"}
    assert "V2hp" not in repr(lines)
    await service.stop()
    counted = (tmp_path / "var" / "metrics.prom").read_text()
    assert 'leakcheck_hits_total{field="user_agent",tier="metadata"} 2.0' in counted
    assert "rufgate_leakcheck_reports_total 1.0" in counted
    assert 'reports_total{kind="auth_failure",recorded="new",tier="metadata"} 1.0' in counted
    assert "hitcombe" not in counted


async def test_counting_goes_on_where_the_file_cannot_be_written(service, tmp_path, monkeypatch):
    monkeypatch.setattr("rufgate.service._METRICS_EVERY_S", 0.01)
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    with capture_logs() as lines:
        writing = asyncio.create_task(service._write_metrics(blocked / "metrics.prom"))
        await _logged(lines, "metrics_failed")
        assert not writing.done()
        blocked.unlink()
        async with asyncio.timeout(10):
            while not (blocked / "metrics.prom").exists():  # noqa: ASYNC110 - nor has a file
                await asyncio.sleep(0.01)
        writing.cancel()


async def test_forgetting_goes_on_after_a_fault(service, clock, monkeypatch):
    monkeypatch.setattr("rufgate.gate_retention._EVERY_S", 0.01)
    with capture_logs() as lines:
        clock.broken = True
        retaining = asyncio.create_task(service._retention.run(service._stopping))
        await _logged(lines, "retention_failed")
        clock.broken = False
        await _logged(lines, "retention_applied")
        assert not retaining.done()
        retaining.cancel()


async def test_a_purge_ends_with_the_gate(service, clock):
    await asyncio.to_thread(send, service.port, reports.report())
    await forget(service)
    clock.ahead = timedelta(days=4000)
    await asyncio.to_thread(service._retention.forget, ())
    service._retention._is_stopping = lambda: True
    with pytest.raises(CutShort):
        await asyncio.to_thread(service._retention.forget, ())
    assert ReportStore(service._wiring.engine).count() > 0


async def forget(service):
    """Retention once, tried again while a reader (delivery looks for copies) holds the log."""
    for _ in range(50):
        with suppress(NotScrubbed):
            return await asyncio.to_thread(service._retention.forget, ())
        await asyncio.sleep(0.1)
    raise AssertionError("a reader held the log all the time")


async def test_a_clock_far_ahead_deletes_nothing_until_it_is_confirmed(service, clock):
    await asyncio.to_thread(send, service.port, reports.report())
    store = ReportStore(service._wiring.engine)
    await forget(service)
    clock.ahead = timedelta(days=4000)
    with capture_logs() as lines:
        await asyncio.to_thread(service._retention.forget, ())
    assert [line["event"] for line in lines] == ["retention_waits"]
    assert store.count() == 1
    await forget(service)
    assert store.count() == 0


async def test_outside_the_quiet_hour_nothing_is_forgotten_for_a_day_at_most(service, clock):
    async with asyncio.timeout(60):
        while service._retention._quiet._ran is None:  # noqa: ASYNC110 - the run of the start
            await asyncio.sleep(0.01)
    service._retention._quiet = QuietHour((service._wiring.clock().hour + 12) % 24)
    await forget(service)  # at the start, whatever the hour
    with capture_logs() as lines:
        await forget(service)
        assert lines == []
        service._retention._quiet.ran(service._wiring.clock() - timedelta(hours=25))
        await forget(service)
    assert [line["event"] for line in lines] == ["retention_applied"]


async def test_start_stop_and_what_was_forgotten_are_entered_in_the_audit_log(service, clock):
    engine = service._wiring.engine
    expected = ["gate_started", "purge_begun", "purge_settled", "retention_applied", "gate_stopped"]
    await asyncio.to_thread(send, service.port, reports.report())
    with suppress(NotScrubbed):
        await asyncio.to_thread(service._retention.forget, ())
    clock.ahead = timedelta(days=40)
    for _ in range(2):  # the second reading confirms the first
        with suppress(NotScrubbed):  # a reader was there: entered all the same
            await asyncio.to_thread(service._retention.forget, ())
    with capture_logs() as lines:
        await service.stop()
    entries = [entry.as_json() for entry in reversed(newest(engine, 9))]
    told = [e for e in entries if not e["action"].endswith("_summed")]
    assert [entry["action"] for entry in told] == expected
    started, _, _, applied, stopped = told
    rules = service._wiring.rules
    assert started["details"] == {"version": rules.engine, "policy": rules.policy.digest()}
    assert applied["details"]["counts"]["fingerprint"] > 0
    *_, noted = (line for line in lines if line["event"] == "audit_head")
    head = Head(sequence=noted["sequence"], mac=noted["mac"])
    assert verify(engine, bytes(32), head).bad is None
    assert head.sequence == stopped["sequence"]


async def test_a_store_that_cannot_be_written_holds_no_gate_up(service, monkeypatch):
    """What could not be entered is said in the log, and entered as soon as it can be."""
    monkeypatch.setattr("rufgate.gate_audit._AGAIN_S", 0.01)
    engine = service._wiring.engine
    with capture_logs() as lines:
        with engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE audit_entries RENAME TO away")
        audit = GateAudit(service._wiring)
        starting = asyncio.create_task(audit._started(asyncio.Event()))
        await _logged(lines, "audit_failed")
        with engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE away RENAME TO audit_entries")
        await starting
    assert newest(engine, 1)[0].action == "gate_started"


async def _logged(lines: list[dict[str, object]], event: str) -> None:
    async with asyncio.timeout(10):
        while event not in [line["event"] for line in lines]:  # noqa: ASYNC110 - a log has no event
            await asyncio.sleep(0.01)
