"""``rufgate retention hold``: set, listed, ended, seen beside the rules and in the plan."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from rufgate import app as gate
from rufgate.cli import main
from rufgate.govern.keys import make_keys
from rufgate.store.engine import open_store
from rufgate.store.reports import ReportStore
from tests.store.full_report import RECEIVED, sanitized

NOW = RECEIVED + timedelta(days=40)
WHO = ("--reason", "case 17", "--owner", "legal desk", "--until", "2026-12-31")


@pytest.fixture
def rufgate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> Any:
    monkeypatch.delenv("RUFGATE_CONFIG", raising=False)
    monkeypatch.setattr(gate, "now", lambda: NOW)
    make_keys(tmp_path / "var" / "keys")
    file = tmp_path / "config" / "rufgate.toml"
    file.parent.mkdir(mode=0o700)
    file.write_text('[smtp]\nrecipients = ["dmarc-ruf@ruf.example.org"]\n')
    file.chmod(0o600)

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main.run([*arguments, "--config", str(file)])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


@pytest.fixture
def report(tmp_path: Path) -> Any:
    engine = open_store(f"sqlite:///{tmp_path / 'var' / 'rufgate.db'}")
    given = sanitized("one")
    ReportStore(engine).record(given)
    ReportStore(engine).record(sanitized(owner="other.example", fingerprint="2"))
    yield str(given.report.id)
    engine.dispose()


def added(rufgate: Any, *arguments: str) -> Any:
    code, out, err = rufgate("retention", "hold", "add", *arguments, *WHO, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def test_a_hold_is_set_listed_and_ended(rufgate, report):
    made = added(rufgate, "--domain", "Example.ORG.")
    assert (made["domain"], made["kind"], made["reports"], made["state"]) == (
        "example.org",
        "domain",
        1,
        "active",
    )
    code, out, _ = rufgate("retention", "hold", "list", "--json")
    assert (code, json.loads(out)) == (0, [made])
    assert made["id"] in rufgate("retention", "hold", "list")[1]

    code, out, _ = rufgate("retention", "hold", "end", made["id"], "--reason", "closed")
    assert (code, "next run" in out) == (0, True)
    assert rufgate("retention", "hold", "list")[1] == "nothing is held\n"
    (over,) = json.loads(rufgate("retention", "hold", "list", "--all", "--json")[1])
    assert (over["state"], over["ended_reason"], over["ended_at"]) == (
        "ended",
        "closed",
        NOW.isoformat(),
    )
    entries = json.loads(rufgate("audit", "list", "--json")[1])
    actions = [entry["action"] for entry in entries]
    assert {"hold_added", "hold_ended", "holds_listed"} <= set(actions)
    assert "case 17" not in str(entries)


def test_it_is_seen_beside_the_rules_and_in_the_plan(rufgate, report):
    free = json.loads(rufgate("retention", "plan", "--json")[1])
    made = added(rufgate, "--report", report)
    plan = json.loads(rufgate("retention", "plan", "--json")[1])
    assert (free["held"], plan["held"]) == (0, 1)
    assert plan["digest"] != free["digest"]
    assert "kept by a legal hold: something of 1 reports" in rufgate("retention", "plan")[1]
    out = rufgate("retention", "show")[1]
    assert "legal holds in force" in out
    assert made["id"] in out
    assert "case 17" not in out
    rows = json.loads(rufgate("retention", "show", "--json")[1])
    assert {row["held"] for row in rows if row["class"] == "text"} == {1}
    code, _, err = rufgate("retention", "apply", "--plan", free["digest"])
    assert (code, "has changed" in err) == (65, True)
    code, out, _ = rufgate("retention", "apply", "--json", "--plan", plan["digest"])
    assert (code, json.loads(out)["held"]) == (0, 1)
    again = json.loads(rufgate("retention", "plan", "--json")[1])["digest"]
    out = rufgate("retention", "apply", "--plan", again)[1]
    assert "kept by a legal hold: something of 1 reports" in out


def test_a_held_report_says_so_wherever_it_is_shown(rufgate, report):
    made = added(rufgate, "--domain", "example.org")
    rows = json.loads(rufgate("reports", "list", "--json")[1])
    assert {row["id"]: row["held"] for row in rows}[report] is True
    assert [row["held"] for row in rows].count(True) == 1
    assert json.loads(rufgate("reports", "show", report, "--json")[1])["held"] is True
    assert "held" in rufgate("reports", "show", report)[1]
    rufgate("retention", "hold", "end", made["id"], "--reason", "closed")
    assert json.loads(rufgate("reports", "show", report, "--json")[1])["held"] is False


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 65, "say what to hold"),
        (("--domain", "no domain"), 64, "--domain is not a domain name"),
        (("--from", "2026-01-01"), 65, "give both --from and --to"),
        (("--from", "soon", "--to", "later"), 64, "--from takes a day"),
        (("--report", "5f0c7a52-6f4e-4a40-a5a5-0c9b3c0c2d11"), 65, "rufgate reports list"),
        (("--campaign", "5f0c7a52-6f4e-4a40-a5a5-0c9b3c0c2d11"), 65, "rufgate reports campaigns"),
        (("--domain", "example.org", "--until", "2026-01-01"), 65, "name the last day"),
    ],
)
def test_what_cannot_be_held_is_refused_with_what_to_do(rufgate, report, arguments, code, said):
    found = rufgate("retention", "hold", "add", *WHO, *arguments)
    assert (found[0], said in found[2]) == (code, True)
    assert rufgate("retention", "hold", "list")[1] == "nothing is held\n"


def test_a_copy_that_is_dropped_under_a_hold_is_told_of(rufgate, report):
    added(rufgate, "--report", report)
    copies = json.loads(rufgate("outbox", "list", "--json")[1])
    (held,) = [copy["id"] for copy in copies if copy["report_id"] == report]
    code, out, _ = rufgate("outbox", "drop", held)
    assert (code, "1 are not sent, but their bytes stay" in out) == (0, True)
    (entry,) = [
        e
        for e in json.loads(rufgate("audit", "list", "--json")[1])
        if e["action"] == "copies_dropped"
    ]
    assert '"held":1' in str(entry).replace(" ", "").replace("'", '"')


def test_a_hold_that_is_over_or_unknown_cannot_be_ended(rufgate, report):
    made = added(rufgate, "--report", report)["id"]
    assert rufgate("retention", "hold", "end", made, "--reason", "closed")[0] == 0
    for which, said in ((made, "over already"), (report, "no such hold")):
        code, _, err = rufgate("retention", "hold", "end", which, "--reason", "closed")
        assert (code, said in err, "hold list --all" in err) == (65, True, True)
    assert rufgate("retention", "hold", "end", made)[0] == 64
