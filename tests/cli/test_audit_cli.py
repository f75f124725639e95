"""``rufgate audit``, and what the other verbs and a gate enter into the log."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine

from rufgate.cli import main
from rufgate.govern.keys import make_keys
from rufgate.store.audit import Audit
from rufgate.store.canary import CanaryRuns, RunState
from rufgate.store.engine import open_store
from rufgate.store.outbox import CopyState, Outbox
from rufgate.store.reports import ReportStore
from tests.store.full_report import MARKS, sanitized

NOW = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)
READERS = (("reports", "list"), ("reports", "show", str(uuid4())), ("outbox", "list"))
DECIDERS = (
    ("outbox", "retry", str(uuid4())),
    ("outbox", "drop", str(uuid4())),
    ("canary", "acknowledge"),
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("RUFGATE_CONFIG", raising=False)
    (tmp_path / "config").mkdir()
    text = '[smtp]\nrecipients = ["dmarc-ruf@ruf.example.org"]\n'
    (tmp_path / "config" / "rufgate.toml").write_text(text)
    make_keys(tmp_path / "var" / "keys")
    return tmp_path


@pytest.fixture
def engine(folder: Path) -> Iterator[Engine]:
    engine = open_store(f"sqlite:///{folder / 'var' / 'rufgate.db'}")
    yield engine
    engine.dispose()


@pytest.fixture
def rufgate(folder: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*arguments: str) -> tuple[int, str, str]:
        code = main.run([*arguments, "--config", str(folder / "config" / "rufgate.toml")])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def entries(rufgate: Any) -> list[tuple[str, str, dict[str, Any]]]:
    found = json.loads(rufgate("audit", "list", "--json")[1])
    return [(e["actor"], e["action"], e["details"]) for e in reversed(found)]


@pytest.mark.parametrize("verb", ["list", "head", "verify"])
def test_each_verb_explains_itself_with_an_example(
    verb: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.run(["audit", verb, "--help"]) == 0
    assert "Example" in capsys.readouterr().out


def test_what_a_person_looks_at_and_decides_is_entered_and_holds_no_value(
    rufgate: Any, engine: Engine
) -> None:
    report = sanitized("mark-account")
    ReportStore(engine).record(report)
    waiting = Outbox(engine).list()
    ids = [str(copy.id) for copy in waiting]
    runs = CanaryRuns(engine)
    runs.finish(runs.begin(NOW), NOW, RunState.FOUND, found=["surname in From: copy"])
    shown = str(report.report.id)
    assert rufgate("reports", "list", "--limit", "7")[0] == 0
    assert rufgate("reports", "show", shown)[0] == 0
    assert rufgate("reports", "show", str(uuid4()))[0] == 65
    assert rufgate("outbox", "list")[0] == 0
    assert rufgate("outbox", "retry", *ids)[0] == 0
    assert rufgate("outbox", "drop", *ids, str(uuid4()))[0] == 65
    assert rufgate("canary", "acknowledge", "--reason", "asked Alice Archer")[0] == 0
    assert rufgate("canary", "acknowledge")[0] == 0
    count = len(ids)
    assert entries(rufgate) == [
        ("operator", "reports_listed", {"count": 1, "filters": ["limit"]}),
        ("operator", "report_shown", {"count": 1, "filters": ["id"], "report": shown}),
        ("operator", "report_shown", {"count": 0, "filters": ["id"]}),
        ("operator", "copies_listed", {"count": count, "filters": ["limit"]}),
        ("operator", "copies_retried", {"count": count, "asked": count}),
        ("operator", "copies_dropped", {"count": count, "asked": count + 1}),
        ("operator", "canary_acknowledged", {"count": 1}),
    ]
    code, out, _ = rufgate("audit", "verify")
    assert code == 0
    assert "the log is whole: 7 entries, from 1 on" in out
    _, listed, _ = rufgate("audit", "list")
    assert "Archer" not in listed
    assert not [mark for marks in MARKS.values() for mark in marks if mark.decode() in listed]


def test_the_head_is_noted_and_a_cut_off_end_is_65(rufgate: Any, folder: Path) -> None:
    assert rufgate("audit", "head")[0] == 65
    assert rufgate("audit", "verify")[0] == 0
    for _ in range(3):
        rufgate("reports", "list")
    code, head, _ = rufgate("audit", "head")
    assert code == 0
    assert head.startswith("3:")
    noted = json.loads(rufgate("audit", "head", "--json")[1])
    assert f"{noted['sequence']}:{noted['mac']}" == head.strip()
    assert rufgate("audit", "verify", "--head", head)[0] == 0
    with sqlite3.connect(folder / "var" / "rufgate.db") as connection:
        connection.execute("DELETE FROM audit_entries WHERE sequence = 3")
    connection.close()
    assert rufgate("audit", "verify")[0] == 0
    code, out, err = rufgate("audit", "verify", "--head", head)
    assert (code, out) == (65, "")
    assert "entry 3" in err
    assert "cut off" in err
    code, out, _ = rufgate("audit", "verify", "--json", "--head", head)
    assert code == 65
    assert (json.loads(out)["bad"], json.loads(out)["why"]) == (3, "cut_off")


def test_a_changed_entry_is_65_also_in_a_copy(rufgate: Any, folder: Path) -> None:
    rufgate("reports", "list")
    rufgate("reports", "list")
    copy = folder / "copy.db"
    with sqlite3.connect(folder / "var" / "rufgate.db") as source, sqlite3.connect(copy) as target:
        source.backup(target)
        target.execute("UPDATE audit_entries SET actor = 'service' WHERE sequence = 2")
    source.close()
    target.close()
    assert rufgate("audit", "verify")[0] == 0
    code, _, err = rufgate("audit", "verify", "--file", str(copy))
    assert code == 65
    assert "entry 2 does not fit" in err
    assert rufgate("audit", "verify", "--file", str(folder / "none.db"))[0] == 69
    (folder / "none.db").write_text("no database")
    assert rufgate("audit", "verify", "--file", str(folder / "none.db"))[0] == 69


def test_a_head_that_is_none_is_64(rufgate: Any) -> None:
    for head in ("", "3", "0:" + "0" * 64, "3:XYZ"):
        assert rufgate("audit", "verify", "--head", head)[0] == 64


@pytest.mark.parametrize("verb", [*READERS, *DECIDERS, ("audit", "verify")])
def test_without_the_key_nothing_is_shown_or_changed_and_the_code_is_78(
    rufgate: Any, folder: Path, engine: Engine, verb: tuple[str, ...]
) -> None:
    ReportStore(engine).record(sanitized("mark-account"))
    (folder / "var" / "keys" / "audit").unlink()
    code, out, err = rufgate(*verb)
    assert (code, out) == (78, "")
    assert "keys/audit" in err


def test_without_any_keys_the_message_says_what_makes_them(rufgate: Any, folder: Path) -> None:
    for file in (folder / "var" / "keys").iterdir():
        file.unlink()
    (folder / "var" / "keys").rmdir()
    code, _, err = rufgate("reports", "list")
    assert code == 78
    assert "rufgate init" in err


def test_a_look_that_cannot_be_entered_shows_nothing(
    rufgate: Any, folder: Path, engine: Engine
) -> None:
    ReportStore(engine).record(sanitized("mark-account"))
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER full BEFORE INSERT ON audit_entries BEGIN SELECT RAISE(FAIL, 'x'); END"
        )
    ids = [str(copy.id) for copy in Outbox(engine).list()]
    for verb in (("reports", "list"), ("outbox", "list"), ("outbox", "drop", *ids)):
        code, out, _ = rufgate(*verb)
        assert code != 0
        assert out == ""
    assert CopyState.DROPPED not in Outbox(engine).counts()


def test_status_and_list_of_the_log_need_no_key(rufgate: Any, folder: Path) -> None:
    rufgate("reports", "list")
    (folder / "var" / "keys" / "audit").unlink()
    assert rufgate("canary", "status")[0] == 0
    assert len(entries(rufgate)) == 1
    assert rufgate("audit", "head")[0] == 0


def test_a_find_of_the_canary_is_entered_with_it(engine: Engine, rufgate: Any) -> None:
    runs = CanaryRuns(engine, Audit(engine, bytes(32), lambda: NOW + timedelta(hours=1)))
    passed, found = runs.begin(NOW), runs.begin(NOW)
    runs.finish(passed, NOW, RunState.PASSED)
    runs.finish(found, NOW, RunState.FOUND, found=["surname in From: copy", "phone in text: row"])
    assert entries(rufgate) == [("service", "canary_found", {"run": str(found), "count": 2})]


def test_a_plan_that_was_applied_is_entered_by_class(rufgate: Any, engine: Engine) -> None:
    ReportStore(engine).record(sanitized("mark-account"))
    at = ("--at", "2026-11-01")
    digest = json.loads(rufgate("retention", "plan", "--json", *at)[1])["digest"]
    code, out, _ = rufgate("retention", "apply", "--plan", digest, "--json", *at)
    assert code == 0
    rows = json.loads(out)["rows"]
    assert rows
    assert entries(rufgate) == [("operator", "retention_applied", {"counts": rows})]
