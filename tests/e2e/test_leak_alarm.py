"""A real gate counts what it does, and raises an alarm where its leak check finds something."""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests import reports
from tests.e2e.gate import Gate, Sink

HIDDEN = "V2hpdGNvbWJl"  # "Whitcombe", whom To names, where no detector reads it


def alarms(log: Path) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    return [line for line in lines if line["event"] == "leakcheck_hit"]


def test_what_is_found_is_not_sent_is_an_alarm_and_is_counted(
    make_gate: Callable[..., Gate], sink: Sink
) -> None:
    gate = make_gate(processes=1)
    settings = gate.config.read_text()
    with_file = '[log]\nmetrics_file = "var/metrics.prom"\n'
    gate.config.write_text(settings.replace("[log]\n", with_file))
    gate.start()
    fields = reports.changed(reports.FEEDBACK, User_Agent=f"{HIDDEN}/1.0")
    assert gate.send(reports.report(feedback=fields))[0] == 250
    assert gate.send(reports.numbered(2))[0] == 250
    gate.wait_delivered()
    assert gate.terminate() == 0
    assert sorted(_tier(mail) for mail in sink.mails()) == ["headers", "text"]
    assert HIDDEN.encode() not in b"".join(sink.mails())
    found = alarms(gate.log)
    assert {line["level"] for line in found} == {"error"}
    views = {(line.get("analyst"), line["tier"]) for line in found}
    assert views >= {(None, "headers"), ("desk", "text")}
    assert {name for line in found for name in line["fields"]} == {"user_agent"}
    assert len({line["report"] for line in found}) == 1
    counters = gate.folder / "var" / "metrics.prom"
    assert stat.S_IMODE(counters.stat().st_mode) & ~0o640 == 0
    text = counters.read_text()
    assert "rufgate_leakcheck_reports_total 1.0" in text
    assert 'rufgate_leakcheck_hits_total{field="user_agent",tier="text"} 1.0' in text
    assert 'rufgate_copies_total{result="delivered"} 2.0' in text
    assert 'rufgate_reports_total{kind="auth_failure",recorded="new",tier="headers"} 1.0' in text
    assert 'rufgate_reports_total{kind="auth_failure",recorded="new",tier="metadata"} 1.0' in text
    for raw in (HIDDEN, "hitcombe", "example", "198.51"):
        assert raw not in text


def _tier(mail: bytes) -> str:
    match = re.search(rb"X-Rufgate-Redaction: .*tier=(\w+)", mail)
    assert match is not None
    return match[1].decode()
