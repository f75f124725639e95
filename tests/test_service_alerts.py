"""A running gate tells people and tools that somebody should look, once a day for each cause."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from uuid import uuid4

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from rufgate.gate_alerts import GateAlerts
from rufgate.settings.checks import remarks
from rufgate.store.alerts import Alerts
from rufgate.store.audit_entries import Action, Actor
from rufgate.store.canary import CanaryRuns, RunState
from rufgate.store.engine import reading
from rufgate.store.event_tables import output_events
from rufgate.store.filters import EVERYTHING
from rufgate.store.reports import ReportStore
from tests.deliver.http_peer import Peer, http_peer
from tests.deliver.peers import Sink, smtp_peer
from tests.store.full_report import full_report, sanitized
from tests.test_service_audit import configured, running, wired
from tests.test_service_outputs import until, webhook

EVERYBODY = {"mail-1": EVERYTHING, "webhook-1": EVERYTHING}
NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)


def find_something(engine) -> None:
    runs = CanaryRuns(engine)
    runs.finish(runs.begin(NOW), NOW, RunState.FOUND, found=("a name in the outbox",))


def record(engine, day: datetime, count: int, source: str = "192.0.2.77") -> None:
    for number in range(count):
        report = full_report(fingerprint=f"{day} {number} {source}", received_at=day)
        report = replace(report, source_ip=type(report.user_agent)(source))
        ReportStore(engine).record(replace(sanitized(), report=report, copies=()))


def queued(engine) -> list[dict]:
    with reading(engine) as connection:
        return list(connection.execute(select(output_events.c.alert)).scalars())


@pytest.fixture
def gate(tmp_path):
    """The alerts of a gate on a day that a test sets."""
    wiring = wired(tmp_path, configured(tmp_path))
    clock = [NOW]
    wiring = replace(wiring, clock=lambda: clock[0])
    made = GateAlerts(wiring, EVERYBODY)
    made.clock = clock
    yield made
    wiring.engine.dispose()


async def test_a_find_is_mailed_and_posted_by_a_running_gate(tmp_path):
    sink = Sink()
    (tmp_path / "secret").write_bytes(b"0123456789abcdef0123456789abcdef")
    (tmp_path / "secret").chmod(0o600)
    with http_peer(Peer()) as peer:
        async with smtp_peer(sink):
            forward = {"relay": f"127.0.0.1:{sink.port}", "tls": "none",
                       "sender": "rufgate@example.org"}  # fmt: skip
            settings = configured(
                tmp_path, forward=forward, alerts={"to": ["soc@example.net"]},
                outputs=[webhook(peer.port)],
            )  # fmt: skip
            wiring = wired(tmp_path, settings)
            find_something(wiring.engine)
            async with running(wiring):
                await until(lambda: sink.mails and peer.taken)
    (mail,) = sink.mails
    assert mail.recipients == ["soc@example.net"]
    parsed = message_from_bytes(mail.content, policy=default)
    assert parsed["Subject"] == "rufgate on x.example: canary found"
    assert parsed["Auto-Submitted"] == "auto-generated"
    assert "rufgate canary status" in parsed.get_content()
    told = json.loads(peer.taken[0][2])
    assert (told["event"]["kind"], told["event"]["action"]) == ("alert", "canary_found")
    wiring.engine.dispose()


def test_each_cause_is_told_once_a_day(gate):
    engine = gate._wiring.engine
    find_something(engine)
    with capture_logs() as lines:
        gate.look()
        gate.look()
        GateAlerts(gate._wiring, EVERYBODY).look()  # after a restart
        assert len(queued(engine)) == 2
        gate.clock[0] += timedelta(days=1)
        gate.look()
    assert len(queued(engine)) == 6
    kinds = ["canary_found", "outputs", "canary_found"]  # events of the first day still wait
    assert [line["kind"] for line in lines if line["event"] == "alert"] == kinds
    assert [said["kind"] for said in Alerts(engine).newest(9)] == kinds


def test_the_store_is_read_as_the_rules_want_it(gate):
    engine = gate._wiring.engine
    for day in range(1, 12):
        record(engine, NOW - timedelta(days=day), 2)
    record(engine, NOW, 55, "198.51.100.9")
    gate.look()
    said = {one["kind"]: one for one in Alerts(engine).newest(9)}
    assert set(said) == {"spike", "new_source"}
    assert (said["spike"]["count"], said["spike"]["usual"]) == (55, 2)
    assert said["new_source"]["domain"] == "example.org"
    assert "198.51" not in json.dumps(said)


def test_a_purge_of_which_something_is_left_is_told(gate):
    audit = gate._wiring.audit
    begun, failed = {"rules": {}, "classes": []}, uuid4()
    for number, result in ((failed, "failed"), (uuid4(), "verified"), (uuid4(), "unverified")):
        said = {"receipt": number, "result": "unverified", **begun}
        audit.append(Actor.SERVICE, Action.PURGE_BEGUN, **said)
        audit.append(Actor.SERVICE, Action.PURGE_SETTLED, receipt=number, result=result)
    gate.clock[0] = datetime.now(UTC)
    assert gate._unverified(gate.clock[0]) == 1
    gate.clock[0] += timedelta(hours=3)  # the search of the third has not ended for hours
    assert gate._unverified(gate.clock[0]) == 2
    gate.look()
    assert [said["kind"] for said in Alerts(gate._wiring.engine).newest(9)] == [
        "purge_not_verified"
    ]


def test_who_is_told_by_mail_needs_a_sender(tmp_path):
    settings = configured(tmp_path, alerts={"to": ["soc@example.net"]})
    found = {remark.loc: remark.message for remark in remarks(settings)}
    assert "[alerts] to" in found["forward", "sender"]
