"""Several gates on one store: one does what is to be done once; when it dies, another does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event
from structlog.testing import capture_logs

from rufgate import gate_retention
from rufgate.deliver.heads import FileCarrier
from rufgate.gate_alerts import GateAlerts
from rufgate.gate_audit import GateAudit
from rufgate.gate_heads import HeadKeeper
from rufgate.gate_keys import GateKeys
from rufgate.gate_retention import GateRetention
from rufgate.govern.keys import epoch_numbers, load_audit_key, make_keys
from rufgate.parts import Wiring
from rufgate.store.audit import Audit
from rufgate.store.audit_entries import Action, Actor
from rufgate.store.audit_verify import verify
from rufgate.store.duties import duties_of
from rufgate.store.engine import StoreBusy, open_store, writing
from rufgate.store.reports import ReportStore
from tests.postgres import Server
from tests.store.full_report import RECEIVED, sanitized
from tests.test_service_audit import configured, wired

NOW = RECEIVED + timedelta(days=800)
ENDS_SESSIONS = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"


@pytest.fixture
def gates(postgres: Server, tmp_path: Any, monkeypatch: Any) -> Iterator[list[Wiring]]:
    """The wiring of two gates with one store; each has its own folder of the same keys."""
    monkeypatch.setattr(gate_retention, "_LOOK_EVERY_S", 0.05)
    url, made = postgres.database(), []
    for number in range(2):
        folder = tmp_path / f"gate{number}"
        folder.mkdir()
        settings = configured(folder, store={"url": url})
        make_keys(settings.keys.directory)
        engine = open_store(url)
        key = load_audit_key(tmp_path / "gate0" / "var" / "keys")
        plain = wired(folder, settings)
        plain.engine.dispose()
        made.append(
            replace(
                plain, engine=engine, audit=Audit(engine, key, lambda: NOW), clock=lambda: NOW,
                log=plain.log.bind(sequence=number),
            )
        )  # fmt: skip
    yield made
    for wiring in made:
        duties_of(wiring.engine).leave()
        wiring.engine.dispose()
    postgres.give_back(url)


class _Trusting:
    """The clock of this test is years ahead, and meant to be."""

    def believes(self, *_: object) -> bool:
        return True


def record(wiring: Wiring, at: datetime = RECEIVED, name: str = "one") -> None:
    ReportStore(wiring.engine).record(sanitized("desk", fingerprint=name, received_at=at))


async def until(condition: Callable[[], Any]) -> None:
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110 - a log has no event
            await asyncio.sleep(0.02)


async def test_one_runs_retention_and_another_takes_over(gates: list[Wiring]) -> None:
    stopping = asyncio.Event()
    retention = [GateRetention(wiring, GateAudit(wiring)) for wiring in gates]
    for one in retention:
        one._readings = _Trusting()  # type: ignore[assignment]
    record(gates[0])

    with capture_logs() as lines:

        def applied() -> list[int]:
            return [line["sequence"] for line in lines if line["event"] == "retention_applied"]

        first = asyncio.create_task(retention[0].run(stopping))
        await until(applied)
        second = asyncio.create_task(retention[1].run(stopping))
        await asyncio.sleep(0.5)
        assert applied() == [0]
        assert ReportStore(gates[0].engine).count() == 0
        record(gates[1], name="two")
        with gates[1].engine.begin() as connection:  # as when the first one's host is gone
            connection.exec_driver_sql(ENDS_SESSIONS)
        await until(lambda: len(applied()) > 1)
        assert applied() == [0, 1]
        assert ReportStore(gates[0].engine).count() == 0
        stopping.set()
        await asyncio.gather(first, second)
    assert not [line for line in lines if line["log_level"] in {"warning", "error"}]
    assert verify(gates[0].engine, load_audit_key(gates[0].settings.keys.directory)).bad is None


def test_one_looks_whether_somebody_should_look(gates: list[Wiring]) -> None:
    looked: list[int] = []
    alerts = [GateAlerts(wiring, {}) for wiring in gates]
    for number, one in enumerate(alerts):
        real = one._sight
        one._sight = lambda at, number=number, real=real: looked.append(number) or real(at)  # type: ignore[method-assign]  # it is still called
    for one in (*alerts, *alerts):
        one.look()
    assert looked == [0, 0]
    duties_of(gates[0].engine).leave()
    for one in reversed(alerts):
        one.look()
    assert looked == [0, 0, 1]


def test_one_begins_an_epoch_and_who_lacks_its_key_says_so(gates: list[Wiring]) -> None:
    pool: Any = SimpleNamespace(use=lambda _: None)
    keys = [GateKeys(wiring, pool) for wiring in gates]
    folders = [wiring.settings.keys.directory for wiring in gates]
    record(gates[0])
    keys[0].note()
    later = [GateKeys(replace(w, clock=lambda: NOW + timedelta(days=1)), pool) for w in gates]
    with capture_logs() as lines:
        for one in later:
            one._readings = _Trusting()  # type: ignore[assignment]
            one._rotate_if_due()
            one._rotate_if_due()
    assert [sorted(epoch_numbers(folder)) for folder in folders] == [[1, 2], [1]]
    told = [line for line in lines if line["event"] == "epoch_missing"]
    assert {(line["sequence"], line["key_id"]) for line in told} == {(1, "p2")}
    for name in ("epoch-2",):
        (folders[1] / name).write_bytes((folders[0] / name).read_bytes())
        (folders[1] / name).chmod(0o600)
    with capture_logs() as lines:
        later[1]._rotate_if_due()
        later[1]._take_up()
    assert [line["event"] for line in lines] == ["epoch_taken_up"]


async def test_one_carries_the_heads_of_all(gates: list[Wiring], tmp_path: Any) -> None:
    for wiring in gates:
        wiring.audit.append(Actor.SERVICE, Action.GATE_STOPPED)
    files = [tmp_path / f"heads{number}" for number in range(2)]
    keepers = [
        HeadKeeper(wiring, [FileCarrier(file)], 0.05)
        for wiring, file in zip(gates, files, strict=True)
    ]
    stopping = asyncio.Event()
    running = [asyncio.create_task(keeper.run(stopping)) for keeper in keepers]
    await until(lambda: any(file.exists() for file in files))
    await asyncio.sleep(0.3)
    (holder,) = [n for n, file in enumerate(files) if file.exists()]
    duties_of(gates[holder].engine).leave()
    gates[0].audit.append(Actor.SERVICE, Action.GATE_STOPPED)
    stopping.set()
    await asyncio.gather(*running)
    await keepers[1 - holder].last()
    assert files[1 - holder].exists()


def test_two_gates_that_write_at_once_have_one_writer(gates: list[Wiring]) -> None:
    """What reads and then writes finds what it read, whoever else writes: as with SQLite."""
    with writing(gates[0].engine), pytest.raises(StoreBusy):
        _write_in_a_hurry(gates[1].engine)
    with writing(gates[0].engine), writing(gates[1].engine, shared=True):
        pass


def _write_in_a_hurry(engine: Engine) -> None:
    def hurry(connection: Connection) -> None:
        connection.exec_driver_sql("SET LOCAL lock_timeout = '50ms'")

    event.listen(engine, "begin", hurry)
    try:
        with writing(engine):
            raise AssertionError("two writers at once")
    finally:
        event.remove(engine, "begin", hurry)
