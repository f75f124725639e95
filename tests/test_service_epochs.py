"""The running gate begins a new epoch by itself, and takes it up without refusing a report."""

from __future__ import annotations

import asyncio
import smtplib
from datetime import UTC, datetime, timedelta

import pytest
from structlog import get_logger
from structlog.testing import capture_logs

from rufgate import gate_keys
from rufgate.app import rules_of
from rufgate.audited.log import audit_of
from rufgate.govern.keys import make_epoch, make_keys
from rufgate.service import Service, Wiring
from rufgate.settings import slices
from rufgate.settings.schema import Settings
from rufgate.store.engine import open_store
from rufgate.store.reports import ReportStore
from tests import reports


class Clock:
    ahead = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@pytest.fixture
async def gate(tmp_path, monkeypatch):
    monkeypatch.setattr(gate_keys, "_LOOK_EVERY_S", 0.05)
    values = {
        "web": {"listen": "off"},
        "smtp": {
            "listen": "127.0.0.1:0",
            "recipients": [reports.RECIPIENT],
            "hostname": "x.example",
        },
        "policy": {"store_tier": "metadata"},
        "workers": {"processes": 2},
        "authenticity": {"check": False},
        "canary": {"every_minutes": 0},
        "store": {"url": "sqlite:///var/rufgate.db"},
        "keys": {"directory": "var/keys"},
    }
    settings = Settings.model_validate(values, context={"base": tmp_path})
    make_keys(settings.keys.directory)
    engine = open_store(settings.store.url)
    clock = Clock()
    wiring = Wiring(
        settings=settings,
        rules=rules_of(settings),
        relay=slices.relay(settings),
        engine=engine,
        audit=audit_of(settings, engine, clock),
        clock=clock,
        log=get_logger(),
    )
    service = Service(wiring)
    try:
        await service.start()
        yield service, clock, settings.keys.directory
    finally:
        await service.stop()
        engine.dispose()


def send(port: int, number: int) -> None:
    """Raises for every answer that is not 250."""
    fields = reports.changed(reports.FEEDBACK, Source_IP=f"192.0.2.{number % 250 + 1}")
    with smtplib.SMTP("127.0.0.1", port, timeout=30) as client:
        client.sendmail("", [reports.RECIPIENT], reports.report(feedback=fields))


def key_ids(service) -> list[str]:
    rows = ReportStore(service._wiring.engine).list(limit=1000)
    return [row.key_id for row in reversed(rows)]


async def until(there) -> None:
    async with asyncio.timeout(30):
        while not there():  # noqa: ASYNC110 - another process or thread tells nobody
            await asyncio.sleep(0.02)


async def test_the_gate_rotates_on_its_day_and_refuses_nobody_meanwhile(gate, monkeypatch):
    service, clock, folder = gate
    monkeypatch.setattr(gate_keys, "_CHECK_EVERY_S", 0.05)
    await until(lambda: service._keys._readings is not None)
    sent = 0
    stop = asyncio.Event()

    async def keep_sending() -> None:
        nonlocal sent
        while not stop.is_set():
            sent += 1
            await asyncio.to_thread(send, service.port, sent)

    sending = asyncio.create_task(keep_sending())
    await until(lambda: "p1" in key_ids(service))
    clock.ahead = timedelta(days=91)  # not believed at first: the next check confirms it
    await until(lambda: "p2" in key_ids(service))
    stop.set()
    await sending
    found = key_ids(service)
    assert found == sorted(found)
    assert set(found) == {"p1", "p2"}
    assert {path.name for path in folder.glob("epoch-*")} == {"epoch-1", "epoch-2"}


async def test_a_clock_that_jumped_begins_no_epoch(gate):
    service, clock, folder = gate
    await until(lambda: service._keys._readings is not None)
    clock.ahead = timedelta(days=91)
    with capture_logs() as lines:
        service._keys._rotate_if_due()
    assert [line["event"] for line in lines if line["event"].startswith("epoch")] == ["epoch_waits"]
    assert not (folder / "epoch-2").exists()


async def test_a_key_made_by_hand_is_taken_up_within_seconds(gate):
    service, _, folder = gate
    await asyncio.to_thread(send, service.port, 1)
    make_epoch(folder, 2)
    await until(lambda: service._keys._in_use == 2)
    await asyncio.to_thread(send, service.port, 2)
    assert key_ids(service) == ["p1", "p2"]


async def test_a_new_key_that_others_can_read_is_not_used(gate):
    service, _, folder = gate
    draft = folder.parent / "draft"
    draft.write_text("ab" * 32)
    draft.chmod(0o644)
    with capture_logs() as lines:
        draft.rename(folder / "epoch-2")
        await until(lambda: [line for line in lines if line["event"] == "epoch_failed"])
    await asyncio.to_thread(send, service.port, 1)
    assert key_ids(service) == ["p1"]


async def test_a_folder_that_cannot_be_written_is_said(gate, monkeypatch):
    service, clock, _ = gate
    await until(lambda: service._keys._readings is not None)

    def refused(*_: object) -> bool:
        raise PermissionError

    monkeypatch.setattr("rufgate.govern.epochs.make_epoch", refused)
    clock.ahead = timedelta(days=91)
    service._keys._readings = None
    with capture_logs() as lines:
        await service._keys._tried(service._keys._rotate_if_due)
        await service._keys._tried(service._keys._rotate_if_due)
    assert "epoch_not_rotated" in [line["event"] for line in lines]


async def test_after_a_long_stop_the_rows_are_needed_again_before_anything_is_forgotten(gate):
    service, clock, _ = gate
    await asyncio.to_thread(service._keys.note)
    clock.ahead = timedelta(days=5000)
    service._keys.note()
    with service._wiring.engine.connect() as connection:
        (at,) = connection.exec_driver_sql("select last_needed_at from epochs").scalars()
    assert str(at)[:10] == f"{clock():%Y-%m-%d}"
