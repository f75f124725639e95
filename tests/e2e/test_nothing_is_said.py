"""An exception with a person in its message and its locals, at every stage: nothing of it gets out.

Not into the log, standard error, a reply, the database, a copy or the counters; and the gate goes
on serving.
"""

from __future__ import annotations

import json
import smtplib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import reports
from tests.e2e.gate import ROOT, Gate, Sink, wait_for
from tests.e2e.marks import Haystack
from tests.e2e.raising_serve import IN_WORKERS, MARKS, PERSON

MODULE = "tests.e2e.raising_serve"


class Stage:
    """Says which stage raises, and whether it did."""

    def __init__(self, at: Path) -> None:
        self._at = at
        self._raised = at.with_name(f"{at.name}.raised")

    def set(self, name: str) -> None:
        self._at.write_text(name)

    def raised(self, name: str) -> bool:
        return self._raised.exists() and name in self._raised.read_text().splitlines()


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    monkeypatch.setenv("RAISING_AT", str(tmp_path / "stage"))
    return Stage(tmp_path / "stage")


@pytest.fixture
def sink() -> Iterator[Sink]:
    analysts = Sink()
    analysts.start()
    yield analysts
    analysts.stop()


@pytest.fixture
def gate(tmp_path: Path, sink: Sink, stage: Stage) -> Iterator[Gate]:
    gate = Gate(tmp_path / "gate", sink.port, store_tier="text", processes=1)
    gate.program = (MODULE,)
    settings = gate.config.read_text()
    settings = settings.replace("[log]\n", '[log]\nmetrics_file = "var/metrics.prom"\n')
    settings = settings.replace("[smtp]\n", '[smtp]\npostmaster = "human@soc.example.net"\n')
    gate.config.write_text(settings.replace("check = false", "check = true"))
    yield gate
    if gate.running:
        gate.kill()


def lines(gate: Gate) -> list[dict[str, object]]:
    return [json.loads(line) for line in gate.log.read_text().splitlines()]


def found(content: bytes) -> list[str]:
    hay = Haystack(content)
    return [mark for mark in MARKS if hay.holds(mark)]


def staged(number: int, name: str) -> bytes:
    header = reports.changed(reports.ORIGINAL_HEADER, Message_ID=f"<{number}@mailer.example.net>")
    body = f"Hello, this is for the {name}.\r\n"
    return reports.report(reports.original(header, body), outer=(("X-Stage", name),))


def test_at_every_stage_of_a_running_gate(gate: Gate, sink: Sink, stage: Stage) -> None:
    said = b""
    stage.set("retention")
    gate.start()
    wait_for(lambda: stage.raised("retention"), seconds=60)
    both = (b'"retention_failed"', b'"metrics_failed"')
    wait_for(lambda: all(event in gate.log.read_bytes() for event in both), seconds=60)
    answers = {"session": 451, "record": 451, "stray": 250, "claim": 250, "send": 250}
    answers |= {"settle": 250, "counted": 250, "authenticity": 451}
    for number, (name, expected) in enumerate(answers.items(), 100):
        stage.set(name)
        code, text = gate.send(reports.numbered(number))
        said += text + b"\n"
        assert code == expected, name
        wait_for(lambda name=name: stage.raised(name), seconds=60)  # type: ignore[misc]  # bound
        stage.set("")
        assert gate.send(reports.numbered(number + 100))[0] == 250, f"after {name}"
    for number, name in enumerate(IN_WORKERS, 400):
        code, text = gate.send(staged(number, name))
        said += text + b"\n"
        assert code == 250, name
    stage.set("postmaster")
    with gate.client() as client, pytest.raises(smtplib.SMTPDataError) as refused:
        client.sendmail("ada@home.example", ["postmaster@gate.example.org"], "Subject: x\r\n\r\n")
    assert refused.value.smtp_code == 451
    assert stage.raised("postmaster")
    said += bytes(refused.value.smtp_error or b"") + b"\n"
    stage.set("canary")
    flown = gate.command("canary", "run", "--config", str(gate.config), expect=None)
    assert stage.raised("canary")
    stage.set("")
    assert gate.send(reports.numbered(500))[0] == 250
    assert gate.terminate() == 0
    stage.set("repair")
    ended = subprocess.run(
        [sys.executable, "-m", MODULE, "serve", "--config", str(gate.config)],
        capture_output=True,
        check=False,
        cwd=ROOT,
        timeout=120,
    )
    assert (ended.returncode, stage.raised("repair")) == (70, True)

    log = lines(gate)
    names = {str(line.get("error_type") or line.get("error")) for line in log}
    assert "Trouble" in names
    failed = [line["reason"] for line in log if line["event"] == "sanitizing_failed"]
    assert len(failed) >= len(IN_WORKERS)
    assert {line["event"] for line in log} >= {
        "uncaught_exception",
        "library_message",
        "counting_failed",
        "retention_failed",
        "metrics_failed",
        "delivery_failed",
        "courier_failed",
        "canary_trouble",
    }
    for place in (gate.log, *(gate.folder / "var").glob("*.*")):
        assert not found(place.read_bytes()), place
    listed = gate.command("reports", "list", "--json", "--config", str(gate.config)).stdout
    assert not found(
        b"\n".join(
            [said, flown.stdout, flown.stderr, ended.stdout, ended.stderr, listed, *sink.mails()]
        )
    )
    assert sink.mails()


VERBS = (
    "reports list",
    "reports show 00000000-0000-0000-0000-000000000001",
    "outbox list",
    "canary status",
    "sanitize README.md",
)


def test_in_every_verb(stage: Stage, tmp_path: Path) -> None:
    config = tmp_path / "gate.toml"
    config.write_text('[smtp]\nrecipients = ["dmarc-ruf@ruf.example.org"]\n')
    stage.set("verb")
    lines = [*(f"{verb} --config {config}" for verb in VERBS), f"init {tmp_path}"]
    done = subprocess.run(
        [sys.executable, "-m", MODULE, "each", *lines],
        capture_output=True,
        check=False,
        cwd=ROOT,
        timeout=120,
    )
    assert done.stdout.split() == [b"70"] * len(lines), done.stderr
    assert done.stderr.count(b"please report it: Trouble at ") == len(lines)
    assert not found(done.stdout + done.stderr)


def test_the_search_finds_what_python_would_say() -> None:
    text = subprocess.run(
        [sys.executable, "-c", f"from {MODULE} import trouble; trouble()"],
        capture_output=True,
        check=False,
        cwd=ROOT,
        timeout=60,
    ).stderr
    assert found(text) == list(MARKS)
    assert found(PERSON.encode()) == list(MARKS)
