"""``rufgate policy apply``: a plan in words, done or refused, entered and proven."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from rufgate import app as gate
from rufgate.cli import main
from rufgate.govern.keys import make_keys
from rufgate.sanitize.sanitized import SanitizedText
from rufgate.settings import slices
from rufgate.settings.load import load
from rufgate.store.engine import open_store
from rufgate.store.policies import note_policy
from rufgate.store.reports import ReportStore
from tests.store.full_report import RECEIVED, sanitized

BASE = """\
[smtp]
recipients = ["dmarc-ruf@ruf.example.org"]
[forward]
relay = "127.0.0.1:2525"
sender = "gate@example.org"
"""
LOOSE = BASE + '[policy]\nstore_tier = "text"\n'
ANALYST = '[[analysts]]\nname = "one"\naddress = "one@example.org"\n'


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("RUFGATE_CONFIG", raising=False)
    monkeypatch.setattr(gate, "now", lambda: RECEIVED + timedelta(hours=1))
    make_keys(tmp_path / "var" / "keys")
    file = tmp_path / "config" / "rufgate.toml"
    file.parent.mkdir(mode=0o700)
    write(file, LOOSE + ANALYST)
    return file


def write(file: Path, text: str) -> None:
    file.write_text(text)
    file.chmod(0o600)


@pytest.fixture
def store(config: Path, tmp_path: Path) -> Any:
    """Two reports made under the loose policy, each with a waiting copy."""
    policy = slices.policy(load(config))
    engine = open_store(f"sqlite:///{tmp_path / 'var' / 'rufgate.db'}")
    note_policy(engine, policy, RECEIVED)
    for number in (1, 2):
        made = sanitized("one", fingerprint=str(number))
        report = replace(made.report, policy=SanitizedText(policy.digest()))
        ReportStore(engine).record(replace(made, report=report))
    yield ReportStore(engine)
    engine.dispose()


@pytest.fixture
def run(config: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def done(*arguments: str) -> tuple[int, str, str]:
        code = main.run([*arguments, "--config", str(config)])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return done


def files(tmp_path: Path) -> bytes:
    return b"".join(path.read_bytes() for path in (tmp_path / "var").glob("rufgate.db*"))


def test_the_plan_is_told_done_entered_and_leaves_nothing(run, store, config, tmp_path):
    write(config, BASE + ANALYST)
    code, out, _ = run("policy", "apply")
    assert code == 0
    assert "what the tier of the store does not hold any more" in out
    assert "nothing was changed; what --plan does cannot be undone" in out
    assert b"mark-text" in files(tmp_path)
    digest = out.split("digest: ")[1].strip()
    code, out, _ = run("policy", "apply", "--plan", digest)
    assert code == 0
    assert "done: 2 reports are now held to policy" in out
    assert b"mark-text" not in files(tmp_path)
    assert b"mark-subject" in files(tmp_path)
    _, out, _ = run("policy", "apply", "--json")
    assert json.loads(out)["entries"] == []
    code, out, _ = run("audit", "verify")
    assert code == 0
    _, out, _ = run("audit", "list", "--json")
    assert [e["action"] for e in json.loads(out)].count("policy_applied") == 1


def test_a_plan_that_has_changed_is_refused(run, store, config, tmp_path):
    write(config, BASE + ANALYST)
    digest = json.loads(run("policy", "apply", "--json")[1])["digest"]
    made = sanitized(fingerprint="3")
    store.record(made)
    code, _, err = run("policy", "apply", "--plan", digest)
    assert code == 65
    assert "the plan has changed, nothing was done" in err
    assert b"mark-text" in files(tmp_path)


def test_copies_of_a_removed_analyst_are_dropped_and_listed_so(run, store, config, tmp_path):
    write(config, LOOSE)
    digest = json.loads(run("policy", "apply", "--json")[1])["digest"]
    assert run("policy", "apply", "--plan", digest)[0] == 0
    listed = json.loads(run("outbox", "list", "--json")[1])
    assert {(one["state"], one["reason"]) for one in listed} == {("dropped", "analyst_removed")}
    assert b"mark-copy" not in files(tmp_path)


def test_loosening_is_said_to_bring_nothing_back(run, store, config):
    write(config, LOOSE.replace('"text"', '"text"\nlinks = "path"') + ANALYST)
    code, out, _ = run("policy", "apply")
    assert code == 0
    assert '[policy] links is "path", 2 reports were made under the stricter "host"' in out
    assert "does not come back" in out


def test_a_version_is_read_as_one(run, store):
    code, _, err = run("policy", "apply", "--engine-before", "soon")
    assert (code, "takes a version" in err) == (64, True)
    found = json.loads(run("policy", "apply", "--engine-before", "0.2", "--json")[1])
    assert {entry["setting"] for entry in found["entries"]} == {"engine"}
