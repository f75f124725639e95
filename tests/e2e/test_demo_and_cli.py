"""The demonstration and the stable parts of the command line, as a stranger types them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests import reports
from tests.e2e.gate import ROOT, Gate, Sink

KEYS = {
    *("id", "received_at", "kind", "reason", "reporter_domain", "reported_domain", "from_domain"),
    *("source_ip", "auth_failure", "delivery_result", "arrival_at", "incidents_stated", "seen"),
    *("auth_results", "tier", "policy", "engine", "key_id"),
}


def rufgate(*arguments: str, stdin: bytes = b"", cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """One run in ``cwd``, where there is no configuration."""
    return subprocess.run(
        [sys.executable, "-m", "rufgate", *arguments],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "HOME": str(cwd)},
        timeout=120,
        check=False,
    )


def test_demo_shows_before_and_after(tmp_path: Path) -> None:
    done = rufgate("demo", cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    shown = done.stdout.decode()
    before, after = shown.partition("after:")[::2]
    assert "Whitcombe" in before
    assert "[PERSON 1]" in after
    for copy in shown.split("--- after:")[1:]:
        text = copy.partition("===== report")[0]
        for gone in ("Whitcombe", "0113 496 0123", "AB 12 34 56 C", "LS1 4AP", "GB82 WEST"):
            assert gone not in text, gone


def test_listed_reports_have_the_stable_keys(gate: Gate) -> None:
    gate.send(reports.report())
    gate.send(b"From: x@home.example\r\nSubject: hello\r\n\r\nno report\r\n")
    listed = gate.reports()
    assert len(listed) == 2
    for row in listed:
        proven = ("spf", "dkim", "dmarc", "authenticated_domain")  # beside the stable keys
        assert row.pop("held") is False
        assert set(row) == {*KEYS, "not_stated", *(f"reporter_{name}" for name in proven)}
        for key in row["not_stated"]:
            assert not row[key], key


def test_a_stated_value_is_in_the_row(gate: Gate) -> None:
    gate.send(reports.report(feedback=(*reports.FEEDBACK, ("Incidents", "7"))))
    (row,) = gate.reports()
    assert row["source_ip"] == "198.51.100.23"
    assert row["reported_domain"] == row["from_domain"] == "example.org"
    assert row["reporter_domain"] == "mx.receiver.example"
    assert row["auth_failure"] == "dmarc"
    assert row["delivery_result"] == "reject"
    assert row["arrival_at"].startswith("2026-11-03T09:14:58")
    assert row["incidents_stated"] == 7
    assert row["seen"] == 1
    assert row["kind"] == "auth_failure"
    assert row["reason"] is None
    assert row["not_stated"] == []


def test_show_gives_one_object(gate: Gate) -> None:
    gate.send(reports.report())
    (row,) = gate.reports()
    done = gate.command("reports", "show", row["id"], "--json", "--config", str(gate.config))
    shown = json.loads(done.stdout)
    assert shown["id"] == row["id"]
    assert set(shown) >= KEYS


def test_a_resent_report_is_counted_and_not_sent_again(gate: Gate, sink: Sink) -> None:
    content = reports.report()
    for _ in range(3):
        assert gate.send(content)[0] == 250
    gate.wait_delivered()
    (row,) = gate.reports()
    assert row["seen"] == 3
    assert len(sink.mails()) == 1


def test_sanitize_is_a_filter(tmp_path: Path) -> None:
    done = rufgate("sanitize", "-", stdin=reports.report(), cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    assert b"message/feedback-report" in done.stdout
    assert b"Whitcombe" not in done.stdout
    assert b"198.51.100.23" in done.stdout


def test_sanitize_writes_the_reports_and_names_the_others(tmp_path: Path) -> None:
    source = tmp_path / "in" / "sub"
    source.mkdir(parents=True)
    (source / "good.eml").write_bytes(reports.report())
    (tmp_path / "in" / "bad.eml").write_bytes(b"Subject: no report\r\n\r\nhello Mrs Whitcombe\r\n")
    done = rufgate("sanitize", "in", "--out", "out", cwd=tmp_path)
    assert done.returncode == 65
    written = sorted(p.relative_to(tmp_path / "out") for p in (tmp_path / "out").rglob("*.eml"))
    assert written == [Path("sub/good.eml")]
    assert b"Whitcombe" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("sanitize",), 64),
        (("reports", "list", "--no-such-option"), 64),
        (("serve", "--config", "absent.toml"), 78),
        (("check", "--config", "absent.toml"), 78),
    ],
)
def test_exit_codes_follow_sysexits(arguments: tuple[str, ...], code: int, tmp_path: Path) -> None:
    done = rufgate(*arguments, cwd=tmp_path)
    assert done.returncode == code, done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_serve_without_keys_names_init(make_gate, tmp_path: Path) -> None:
    gate: Gate = make_gate()
    for key in (gate.folder / "var" / "keys").iterdir():
        key.unlink()
    done = gate.command("serve", "--config", str(gate.config), expect=78)
    assert b"rufgate init" in done.stdout + done.stderr


def test_init_overwrites_nothing(make_gate) -> None:
    gate: Gate = make_gate()
    before = {p: p.read_bytes() for p in gate.folder.rglob("*") if p.is_file()}
    gate.command("init", str(gate.folder))
    assert {p: p.read_bytes() for p in gate.folder.rglob("*") if p.is_file()} == before
