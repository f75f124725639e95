"""``rufgate canary``: what it prints, and the exit codes that a monitor goes by."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from rufgate.cli import main
from rufgate.govern.keys import make_keys
from rufgate.store.canary import CanaryRuns, RunState
from rufgate.store.engine import open_store

NOW = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)
PLACE = "surname in From: outgoing copy, text (plain)"


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("RUFGATE_CONFIG", raising=False)
    file = tmp_path / "config" / "rufgate.toml"
    file.parent.mkdir()
    file.write_text('[smtp]\nrecipients = ["dmarc-ruf@ruf.example.org"]\n')
    make_keys(tmp_path / "var" / "keys")
    return file


@pytest.fixture
def runs(tmp_path: Path) -> Iterator[CanaryRuns]:
    """The store that ``config`` names."""
    engine = open_store(f"sqlite:///{tmp_path / 'var' / 'rufgate.db'}")
    yield CanaryRuns(engine)
    engine.dispose()


@pytest.fixture
def find(runs: CanaryRuns) -> None:
    runs.finish(runs.begin(NOW), NOW, RunState.FOUND, found=[PLACE])


@pytest.fixture
def canary(config: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*arguments: str) -> tuple[int, str, str]:
        code = main.run(["canary", *arguments, "--config", str(config)])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def answering(runs: CanaryRuns, state: RunState, **how: Any) -> threading.Thread:
    """A stand-in for a running gate, which takes one request and ends it so."""

    def gate() -> None:
        end = time.monotonic() + 20
        while time.monotonic() < end:
            if run_id := runs.take():
                runs.finish(run_id, NOW, state, **how)
                return
            time.sleep(0.05)

    thread = threading.Thread(target=gate)
    thread.start()
    return thread


@pytest.mark.parametrize("verb", ["status", "run", "acknowledge"])
def test_each_verb_explains_itself_with_an_example(
    verb: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.run(["canary", verb, "--help"]) == 0
    assert "Example" in capsys.readouterr().out


def test_before_the_first_run_all_is_well(canary: Any) -> None:
    code, out, _ = canary("status", "--json")
    assert code == 0
    assert json.loads(out) == {
        "forwarding": "on",
        "stopped_at": None,
        "finds": [],
        "last_run": None,
        "last_passed_at": None,
        "every_minutes": 60,
    }
    assert "none yet" in canary("status")[1]


@pytest.mark.usefixtures("find")
def test_a_stop_is_exit_code_1_and_says_what_to_do(canary: Any) -> None:
    code, out, _ = canary("status", "--json")
    status = json.loads(out)
    assert code == 1
    assert status["forwarding"] == "stopped"
    assert status["stopped_at"] == NOW.isoformat()
    assert status["finds"][0]["found"] == [PLACE]
    code, out, _ = canary("status")
    assert code == 1
    assert "STOPPED" in out
    assert PLACE in out
    assert "rufgate canary acknowledge" in out


@pytest.mark.usefixtures("find")
def test_acknowledging_ends_the_stop_and_keeps_why(canary: Any, runs: CanaryRuns) -> None:
    run = runs.status().finds[0]
    code, out, _ = canary("acknowledge", "--reason", "rule mended")
    assert (code, out) == (0, "1 find acknowledged: forwarding goes on\n")
    assert runs.show(run.id).acknowledged_reason == "rule mended"
    assert canary("status")[0] == 0
    assert canary("acknowledge")[:2] == (0, "forwarding was not stopped\n")
    code, out, _ = canary("acknowledge", "--json")
    assert json.loads(out) == {"acknowledged": 0}


@pytest.mark.parametrize(
    ("state", "how", "code", "printed"),
    [
        (RunState.PASSED, {}, 0, "passed"),
        (RunState.FOUND, {"found": [PLACE]}, 1, PLACE),
        (RunState.FAILED, {"trouble": "no_connection"}, 69, "[smtp] listen"),
        (RunState.FAILED, {"trouble": "refused_451"}, 69, "refused_451"),
    ],
)
def test_run_waits_for_the_gate_and_exits_by_its_outcome(
    canary: Any, runs: CanaryRuns, state: RunState, how: dict[str, Any], code: int, printed: str
) -> None:
    gate = answering(runs, state, **how)
    assert canary("run")[0] == code
    gate.join()
    gate = answering(runs, state, **how)
    assert json.loads(canary("run", "--json")[1])["state"] == state.value
    gate.join()
    assert printed in canary("status")[1]


def test_without_a_gate_the_request_is_taken_back(
    canary: Any, runs: CanaryRuns, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rufgate.audited.canary._TAKEN_WITHIN_S", 0.3)
    code, out, err = canary("run")
    assert (code, out) == (69, "")
    assert "rufgate serve" in err
    assert runs.take() is None


def test_a_gate_that_never_ends_its_run_is_not_waited_for_for_ever(
    canary: Any, runs: CanaryRuns, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rufgate.audited.canary._ENDED_WITHIN_S", 0.5)
    gate = answering(runs, RunState.RUNNING)
    code, out, _ = canary("run")
    gate.join()
    assert code == 69
    assert "running" in out
