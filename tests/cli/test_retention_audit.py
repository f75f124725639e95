"""The audit log under ``rufgate retention``: shown, planned by its months, pruned by the plan."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rufgate import app as gate
from rufgate.cli import main
from rufgate.govern.keys import load_audit_key, make_keys
from rufgate.store.audit import Audit
from rufgate.store.audit_entries import Action, Actor
from rufgate.store.engine import open_store

NOW = datetime(2026, 11, 25, tzinfo=UTC)


@pytest.fixture
def rufgate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> Any:
    """Ten entries of September and five of today, under a rule of 30 days."""
    monkeypatch.delenv("RUFGATE_CONFIG", raising=False)
    monkeypatch.setattr(gate, "now", lambda: NOW)
    make_keys(tmp_path / "var" / "keys")
    file = tmp_path / "config" / "rufgate.toml"
    file.parent.mkdir(mode=0o700)
    file.write_text(
        '[smtp]\nrecipients = ["dmarc-ruf@ruf.example.org"]\n'
        '[[retention]]\nclass = "audit"\ndays = 30\nowner = "desk"\n'
    )
    file.chmod(0o600)
    engine = open_store(f"sqlite:///{tmp_path / 'var' / 'rufgate.db'}")
    key = load_audit_key(tmp_path / "var" / "keys")
    for at, count in ((datetime(2026, 9, 10, tzinfo=UTC), 10), (NOW, 5)):
        audit = Audit(engine, key, lambda at=at: at)
        for _ in range(count):
            audit.append(Actor.OPERATOR, Action.REPORTS_LISTED, count=0, filters=["limit"])
    engine.dispose()

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main.run([*arguments, "--config", str(file)])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def planned(rufgate: Any, *arguments: str) -> Any:
    return json.loads(rufgate("retention", "plan", "--json", *arguments)[1])


def test_the_log_is_shown_with_the_day_on_which_its_oldest_month_goes(rufgate):
    rows = json.loads(rufgate("retention", "show", "--json")[1])
    (row,) = [row for row in rows if row["class"] == "audit"]
    # the last of September is 30 days old on October 30th; then the month goes whole
    assert (row["rows"], row["oldest"], row["next_due"]) == (15, "2026-09-10", "2026-10-30")


def test_the_plan_lists_what_pruning_takes_on_the_day_that_show_names(rufgate):
    assert planned(rufgate, "--at", "2026-10-29")["entries"] == []
    (entry,) = planned(rufgate, "--at", "2026-10-30")["entries"]
    assert (entry["class"], entry["table"], entry["rows"], entry["last"]) == (
        "audit",
        "audit_entries",
        10,
        10,
    )
    assert "audit_entries" in rufgate("retention", "plan")[1]


def test_apply_prunes_what_was_planned_and_the_chain_verifies(rufgate):
    digest = planned(rufgate)["digest"]
    assert rufgate("reports", "list")[0] == 0  # a new entry does not change the plan
    assert planned(rufgate)["digest"] == digest
    code, out, _ = rufgate("retention", "apply", "--json", "--plan", digest)
    assert (code, json.loads(out)["rows"]) == (0, {"audit": 10})
    assert rufgate("audit", "verify")[0] == 0
    said = [(e["sequence"], e["action"]) for e in json.loads(rufgate("audit", "list", "--json")[1])]
    assert min(sequence for sequence, _ in said) == 11
    assert "retention_applied" in {action for _, action in said}
    assert planned(rufgate)["entries"] == []
    assert rufgate("retention", "apply", "--plan", digest)[0] == 65


def test_apply_at_an_earlier_moment_takes_no_more_than_was_due_then(rufgate, monkeypatch):
    monkeypatch.setattr(gate, "now", lambda: NOW + timedelta(days=70))
    at = ("--at", "2026-11-25")
    code, out, _ = rufgate(
        "retention", "apply", "--json", "--plan", planned(rufgate, *at)["digest"], *at
    )
    assert (code, json.loads(out)["rows"]) == (0, {"audit": 10})
