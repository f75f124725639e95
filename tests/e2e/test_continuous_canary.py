"""The canary of a running gate, over real sockets: clean, leaking, stopped, killed, copied."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import trustme

from tests import reports
from tests.e2e.gate import ROOT, Gate, Sink, wait_for

ANALYSTS = (
    ("first", "first@soc.example.net", "text"),
    ("second", "second@soc.example.net", "metadata"),
)
QUICK = {  # without models, which take their time to load
    "analysts": (
        ("first", "first@soc.example.net", "metadata"),
        ("second", "second@soc.example.net", "metadata"),
    ),
    "store_tier": "metadata",
}
OWN = "SELECT count(*) FROM canary_reports"
POLL_S = 5.0  # of the delivery worker


def canary(gate: Gate, *arguments: str, expect: int = 0) -> dict[str, Any]:
    """One ``rufgate canary`` command: its exit code is checked, its JSON returned."""
    config = ("--config", str(gate.config))
    done = gate.command("canary", *arguments, "--json", *config, expect=expect)
    return json.loads(done.stdout)  # type: ignore[no-any-return]  # an object, by its contract


def spoil(gate: Gate, fault: str) -> None:
    gate.program = ("tests.e2e.spoiled_serve", fault)


def events(gate: Gate) -> list[dict[str, Any]]:
    lines = gate.log.read_bytes().splitlines()
    return [json.loads(line) for line in lines if line.startswith(b"{")]


def named(gate: Gate, event: str) -> list[dict[str, Any]]:
    return [line for line in events(gate) if line["event"] == event]


def on_disk(gate: Gate) -> bytes:
    files = gate.database.parent.glob(f"{gate.database.name}*")
    return b"".join(path.read_bytes() for path in files)


def test_a_canary_passes_in_a_gate_that_works_and_leaves_nothing(
    make_gate: Callable[..., Gate], sink: Sink
) -> None:
    gate = make_gate(analysts=ANALYSTS, store_tier="text")
    gate.start()
    assert gate.send(reports.report())[0] == 250
    gate.wait_delivered()
    before = {path.name for path in gate.folder.rglob("*")}
    assert canary(gate, "run")["state"] == "passed"
    assert canary(gate, "run")["state"] == "passed"
    assert len(gate.reports()) == 1
    assert len(gate.reports_in_database()) == 1
    assert gate.rows("SELECT count(*) FROM outbox") == [(2,)]
    assert gate.rows(OWN) == [(0,)]
    assert len(sink.mails()) == 2
    assert b"canary.invalid" not in on_disk(gate)
    assert {path.name for path in gate.folder.rglob("*")} == before
    status = canary(gate, "status")
    assert (status["forwarding"], status["every_minutes"]) == ("on", 0)
    assert status["last_passed_at"]
    assert [line["event"] for line in events(gate)].count("report_recorded") == 1
    assert len(named(gate, "copy_delivered")) == 2


@pytest.mark.parametrize(
    ("fault", "mark", "places"),
    [
        ("row", "To, the salutation and the subject", {"store, reports.subject (plain)"}),
        (
            "copy",
            "Reply-To",
            {"outgoing copy, metadata (base64)", "queue, outbox.content (base64)"},
        ),
        ("log", "the envelope sender of the report", {"log (plain)"}),
        ("free page", "Reply-To", {"write-ahead log (plain, reversed)"}),
    ],
)
def test_a_planted_leak_is_found_wherever_it_is(
    make_gate: Callable[..., Gate],
    monkeypatch: pytest.MonkeyPatch,
    fault: str,
    mark: str,
    places: set[str],
) -> None:
    gate = make_gate(**QUICK)
    monkeypatch.setenv("SPOILED_KEEP_AT", str(gate.database))
    spoil(gate, fault)
    gate.start()
    run = canary(gate, "run", expect=1)
    assert run["state"] == "found"
    assert {f"surname in {mark}: {place}" for place in places} <= set(run["found"])
    (alarm,) = named(gate, "canary_found")
    assert alarm["level"] == "error"
    assert alarm["places"] == run["found"]
    assert gate.rows(OWN) == [(0,)]


def test_a_find_stops_forwarding_until_it_is_acknowledged(
    make_gate: Callable[..., Gate], sink: Sink
) -> None:
    gate = make_gate(**QUICK)
    spoil(gate, "row")
    gate.start()
    canary(gate, "run", expect=1)
    assert gate.send(reports.numbered(1))[0] == 250  # intake goes on
    assert len(gate.reports()) == 1
    time.sleep(POLL_S + 1)
    assert sink.mails() == []
    assert gate.terminate() == 0

    gate.program = ("rufgate",)  # mended, and started again
    gate.start()
    assert gate.send(reports.numbered(2))[0] == 250
    assert canary(gate, "run")["state"] == "passed"  # which does not lift the stop
    time.sleep(POLL_S + 1)
    assert sink.mails() == []
    assert len(named(gate, "forwarding_stopped")) == 2
    assert {line["level"] for line in named(gate, "forwarding_stopped")} == {"error"}
    status = canary(gate, "status", expect=1)
    assert status["forwarding"] == "stopped"
    assert any("reports.subject" in place for place in status["finds"][0]["found"])

    assert canary(gate, "acknowledge", "--reason", "mended") == {"acknowledged": 1}
    gate.wait_delivered(seconds=20)
    assert len(sink.mails()) == 4  # both reports, to both analysts
    assert canary(gate, "status")["forwarding"] == "on"
    wait_for(lambda: named(gate, "forwarding_resumed"), seconds=10)
    assert canary(gate, "acknowledge") == {"acknowledged": 0}


def asked_to_run(gate: Gate) -> subprocess.Popen[bytes]:
    """``rufgate canary run`` beside us; its own output is of no interest."""
    return subprocess.Popen(
        [sys.executable, "-m", "rufgate", "canary", "run", "--config", str(gate.config)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
    )


def test_a_kill_in_the_middle_leaves_nothing_after_the_next_start(
    make_gate: Callable[..., Gate],
) -> None:
    gate = make_gate(**QUICK)
    spoil(gate, "hold")
    gate.start()
    asking = asked_to_run(gate)
    try:
        wait_for(lambda: gate.rows(OWN) == [(1,)], seconds=60)
        assert_not_listed(gate)
        gate.kill()
    finally:
        asking.kill()
        asking.wait()
    ((own_id,),) = gate.rows("SELECT report_id FROM canary_reports")
    assert own_id.encode() in on_disk(gate)
    assert_not_listed(gate)

    gate.program = ("rufgate",)
    gate.start()
    assert gate.rows(OWN) == [(0,)]
    for table in ("reports", "outbox", "report_headers", "report_tokens", "auth_results"):
        assert gate.rows(f"SELECT count(*) FROM {table}") == [(0,)]
    assert own_id.encode() not in on_disk(gate)
    last = canary(gate, "status")["last_run"]
    assert (last["state"], last["trouble"]) == ("failed", "interrupted")


def assert_not_listed(gate: Gate) -> None:
    assert gate.rows("SELECT count(*) FROM reports") == [(1,)]
    assert gate.reports() == []
    done = gate.command("outbox", "list", "--json", "--config", str(gate.config))
    assert json.loads(done.stdout) == []


@pytest.mark.long
def test_a_copied_canary_is_an_ordinary_report_even_beside_the_true_one(
    make_gate: Callable[..., Gate],
    sink: Sink,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    gate = make_gate(**QUICK)
    kept = tmp_path / "canary.eml"
    monkeypatch.setenv("SPOILED_KEEP_AT", str(kept))
    spoil(gate, "keep")
    gate.start()
    asking = asked_to_run(gate)
    wait_for(lambda: gate.rows(OWN) == [(1,)], seconds=60)
    content = kept.read_bytes()
    assert gate.send(content)[0] == 250  # while the true one's row is there
    assert [report["seen"] for report in gate.reports()] == [1]
    assert asking.wait(90) == 0
    gate.wait_delivered()
    assert gate.send(content)[0] == 250  # an old one
    (report,) = gate.reports()
    assert report["seen"] == 2
    assert len(sink.mails()) == len(QUICK["analysts"])
    assert canary(gate, "status")["last_run"]["state"] == "passed"


def test_where_tls_is_required_the_canary_uses_it(
    make_gate: Callable[..., Gate], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    gate = make_gate(store_tier="metadata", analysts=())
    issued = trustme.CA().issue_cert("gate.example.org")
    certificate, key = tmp_path / "gate.pem", tmp_path / "gate.key"
    issued.cert_chain_pems[0].write_to_path(certificate)
    issued.private_key_pem.write_to_path(key)
    key.chmod(0o600)
    monkeypatch.setenv("RUFGATE_SMTP__TLS_CERTIFICATE", str(certificate))
    monkeypatch.setenv("RUFGATE_SMTP__TLS_KEY", str(key))
    monkeypatch.setenv("RUFGATE_SMTP__REQUIRE_TLS", "true")
    gate.start()
    assert canary(gate, "run")["state"] == "passed"
    assert [line["tls"] for line in named(gate, "session")] == [True]


@pytest.mark.long
def test_canaries_beside_traffic_disturb_none_of_it(
    make_gate: Callable[..., Gate], sink: Sink
) -> None:
    gate = make_gate(**QUICK)
    gate.start()
    done, taken = threading.Event(), [0, 0]

    def report(line: int) -> None:
        with gate.client() as connection:
            for number in itertools.count(line, 2):
                if done.is_set():
                    return
                code, _ = gate.send(reports.numbered(number), connection=connection)
                taken[line] += code == 250

    lines = [threading.Thread(target=report, args=(line,)) for line in range(2)]
    for line in lines:
        line.start()
    try:
        outcomes = {canary(gate, "run")["state"] for _ in range(3)}
    finally:
        done.set()
        for line in lines:
            line.join()
    assert outcomes == {"passed"}
    gate.wait_delivered(seconds=120)
    assert gate.rows("SELECT count(*), max(seen) FROM reports") == [(sum(taken), 1)]
    assert len(sink.mails()) == 2 * sum(taken)
    assert min(taken) > 10


@pytest.mark.long
def test_it_flies_by_itself_soon_after_the_start(
    make_gate: Callable[..., Gate], monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = make_gate(store_tier="metadata", analysts=())
    monkeypatch.setenv("RUFGATE_CANARY__EVERY_MINUTES", "60")
    gate.start()
    wait_for(lambda: named(gate, "canary_passed"), seconds=90, every=1)
    assert canary(gate, "status")["every_minutes"] == 60
