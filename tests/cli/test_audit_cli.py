"""``rufgate audit``, and what the other verbs and a gate enter into the log."""

from __future__ import annotations

import base64
import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import Engine

from rufgate.cli import main
from rufgate.govern.keys import load_audit_key, make_keys
from rufgate.govern.signed_heads import load_signing_key, signed_line
from rufgate.store.audit import Audit, Head
from rufgate.store.audit_entries import Action, Actor
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
    """All but the looks at the log itself."""
    found = json.loads(rufgate("audit", "list", "--json")[1])
    told = [(e["actor"], e["action"], e["details"]) for e in reversed(found)]
    return [entry for entry in told if entry[1] not in {"audit_listed", "audit_verified"}]


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
    assert "the log is whole: 8 entries, from 1 on" in out
    _, listed, _ = rufgate("audit", "list")
    assert "Archer" not in listed
    assert not [mark for marks in MARKS.values() for mark in marks if mark.decode() in listed]


def test_the_head_is_noted_and_a_cut_off_end_is_65(rufgate: Any, folder: Path) -> None:
    assert rufgate("audit", "head")[0] == 65
    for _ in range(3):
        rufgate("reports", "list")
    code, head, _ = rufgate("audit", "head")
    assert code == 0
    assert head.startswith("3:")
    noted = json.loads(rufgate("audit", "head", "--json")[1])
    assert f"{noted['sequence']}:{noted['mac']}" == head.strip()
    assert rufgate("audit", "verify", "--head", head)[0] == 0
    with sqlite3.connect(folder / "var" / "rufgate.db") as connection:
        connection.execute("DELETE FROM audit_entries WHERE sequence >= 3")
    connection.close()
    copy = "--file", str(folder / "var" / "rufgate.db")  # only read: nothing is entered
    assert rufgate("audit", "verify", *copy)[0] == 0
    code, out, err = rufgate("audit", "verify", *copy, "--head", head)
    assert (code, out) == (65, "")
    assert "entry 3" in err
    assert "cut off" in err
    code, out, _ = rufgate("audit", "verify", *copy, "--json", "--head", head)
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


@pytest.mark.parametrize("verb", [*READERS, *DECIDERS, ("audit", "verify"), ("audit", "list")])
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


def test_the_status_of_the_canary_and_the_head_need_no_key(rufgate: Any, folder: Path) -> None:
    rufgate("reports", "list")
    (folder / "var" / "keys" / "audit").unlink()
    assert rufgate("canary", "status")[0] == 0
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
    assert entries(rufgate)[-1] == ("operator", "retention_applied", {"counts": rows})


# -- what is asked for --


def test_the_log_is_listed_by_action_month_day_and_page(
    rufgate: Any, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for at in (datetime(2026, 9, 30, 23, 59, tzinfo=UTC), datetime(2026, 10, 1, tzinfo=UTC), NOW):
        audit = Audit(
            engine, load_audit_key(_keys(engine)), partial(datetime.fromisoformat, str(at))
        )
        audit.append(Actor.SERVICE, Action.GATE_STOPPED)
        audit.append(Actor.OPERATOR, Action.COPIES_DROPPED, count=2, asked=3)

    def listed(*given: str) -> list[int]:
        code, out, _ = rufgate("audit", "list", "--json", *given)
        assert code == 0
        found = json.loads(out)
        return [e["sequence"] for e in found if e["action"] != "audit_listed"]

    assert listed("--month", "2026-10") == [4, 3]
    assert listed("--since", "2026-09-30", "--until", "2026-09-30") == [2, 1]
    assert listed("--since", "2026-10-01", "--action", "copies_dropped") == [6, 4]
    assert listed("--limit", "2", "--before", "6") == [5, 4]
    for wrong in (("--month", "2026-13"), ("--since", "yesterday"), ("--action", "none"),
                  ("--month", "2026-10", "--since", "2026-10-01")):  # fmt: skip
        assert rufgate("audit", "list", *wrong)[0] == 64, wrong
    code, out, err = rufgate("audit", "list", "--limit", "1", "--month", "2026-09")
    assert code == 0
    assert "2026-09-30 23:59:00 UTC" in out
    assert "an operator" in out
    assert "dropped copies that waited (asked for: 3; how many: 2)" in out
    assert "--before 2" in err
    assert rufgate("audit", "verify")[0] == 0


def test_a_look_at_the_log_is_entered_with_the_names_of_what_was_asked(rufgate: Any) -> None:
    rufgate("reports", "list")
    rufgate("audit", "list", "--month", "2026-10", "--action", "report_shown")
    rufgate("audit", "verify")
    found = json.loads(rufgate("audit", "list", "--json")[1])
    assert [(e["action"], e["details"]) for e in found[:2]] == [
        ("audit_verified", {"count": 2, "whole": True}),
        ("audit_listed", {"count": 0, "filters": ["action", "month", "limit"]}),
    ]


def test_what_is_stored_moves_no_terminal(rufgate: Any, folder: Path) -> None:
    rufgate("reports", "list")
    with sqlite3.connect(folder / "var" / "rufgate.db") as connection:
        put = "UPDATE audit_entries SET actor = ?, action = ?, details = ?"
        connection.execute(put, ("\x1b[2Jx", "\x9b31my", '{"\x1b]0;z": "\x07"}'))
    connection.close()
    _, out, _ = rufgate("audit", "list")
    assert not {"\x1b", "\x9b", "\x07"} & set(out)


def test_a_month_that_is_gone_is_named_with_its_head(rufgate: Any, engine: Engine) -> None:
    key, now = load_audit_key(_keys(engine)), NOW - timedelta(days=1200)
    head = Audit(engine, key, lambda: now).append(Actor.SERVICE, Action.GATE_STOPPED)
    Audit(engine, key, lambda: NOW).prune(1095)
    code, out, _ = rufgate("audit", "verify")
    assert code == 0
    assert f"{now:%Y-%m} is gone by its rule: entries 1 to 1, head {head}" in out
    gone = json.loads(rufgate("audit", "verify", "--json")[1])["gone"]
    assert [(part["month"], part["count"]) for part in gone] == [(f"{now:%Y-%m}", 1)]
    _, _, err = rufgate("audit", "list", "--month", f"{now:%Y-%m}")
    assert "1 entries" in err


# -- signed heads --


@pytest.fixture
def heads(rufgate: Any, folder: Path) -> Path:
    """A file with the heads of entries 1 to 3, and the public key beside it."""
    path = folder / "heads"
    for _ in range(3):
        rufgate("reports", "list")
        with path.open("a") as file:
            file.write(rufgate("audit", "head", "--signed")[1])
    public = load_signing_key(folder / "var" / "keys").public_key()
    (folder / "public.pem").write_bytes(
        public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )
    return path


def test_signed_heads_are_checked_with_the_public_key(
    rufgate: Any, folder: Path, heads: Path
) -> None:
    asked = "--heads", str(heads), "--public-key", str(folder / "public.pem")
    code, out, _ = rufgate("audit", "verify", *asked)
    assert code == 0
    assert "3 signed heads: all of them fit" in out
    assert rufgate("audit", "verify", "--heads", str(heads))[0] == 0
    first = json.loads(heads.read_text().splitlines()[0])
    assert set(first) == {"form", "sequence", "mac", "time", "signature"}
    text = f'["rufgate-head-1",1,"{first["mac"]}","{first["time"]}"]'
    public = load_signing_key(folder / "var" / "keys").public_key()
    public.verify(base64.b64decode(first["signature"]), text.encode())  # as docs tell outsiders


def test_the_first_signed_head_that_is_not_in_the_log_is_named(
    rufgate: Any, folder: Path, heads: Path
) -> None:
    with sqlite3.connect(folder / "var" / "rufgate.db") as connection:
        connection.execute("DELETE FROM audit_entries WHERE sequence >= 2")
    connection.close()
    copy = "--file", str(folder / "var" / "rufgate.db")
    assert rufgate("audit", "verify", *copy)[0] == 0, "without heads nothing can tell"
    code, _, err = rufgate("audit", "verify", *copy, "--heads", str(heads))
    assert code == 65
    assert "line 2, of entry 2" in err
    assert "entry 2 does not fit: the log ends before the noted head" in err
    rufgate("reports", "list")
    rufgate("reports", "list")
    code, _, err = rufgate("audit", "verify", "--heads", str(heads))
    assert code == 65
    assert "line 2, of entry 2" in err
    assert "made anew" in err


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"sequence": 2', '"sequence": 3'),
        ('"mac": "', '"mac": "0'),
        ('"time": "2', '"time": "3'),
        ('"signature": "', '"signature": "A'),
        ('"form": "rufgate-head-1"', '"form": "rufgate-head-1x"'),
        ("{", "["),
    ],
)
def test_a_line_that_was_changed_is_named(rufgate: Any, heads: Path, old: str, new: str) -> None:
    lines = heads.read_text().splitlines()
    lines[1] = lines[1].replace(old, new, 1)
    heads.write_text("\n".join(lines))
    code, _, err = rufgate("audit", "verify", "--heads", str(heads))
    assert code == 65
    assert "line 2" in err


def test_heads_signed_by_another_key_and_files_without_heads_are_65(
    rufgate: Any, folder: Path, heads: Path
) -> None:
    other = Ed25519PrivateKey.generate().public_key()
    pem = other.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (folder / "other.pem").write_bytes(pem)
    asked = "--heads", str(heads), "--public-key", str(folder / "other.pem")
    code, _, err = rufgate("audit", "verify", *asked)
    assert code == 65
    assert "line 1 is not signed by that key" in err
    (folder / "empty").write_text("nothing\n")
    assert rufgate("audit", "verify", "--heads", str(folder / "empty"))[0] == 65
    assert rufgate("audit", "verify", "--heads", str(folder / "none"))[0] == 65
    no_key = "--heads", str(heads), "--public-key", str(folder / "empty")
    assert rufgate("audit", "verify", *no_key)[0] == 78


def test_heads_are_found_behind_what_syslog_writes_before_them(rufgate: Any, heads: Path) -> None:
    lines = [f"Nov 25 10:30:00 gate rufgate: {line}" for line in heads.read_text().splitlines()]
    heads.write_text("\n".join(["Nov 25 another line", *lines]))
    code, out, _ = rufgate("audit", "verify", "--heads", str(heads))
    assert (code, "3 signed heads" in out) == (0, True)


def test_two_heads_of_one_entry_cannot_both_fit(
    rufgate: Any, folder: Path, engine: Engine, heads: Path
) -> None:
    key = load_signing_key(folder / "var" / "keys")
    other = signed_line(key, Head(sequence=2, mac="0" * 64), NOW)
    heads.write_text(heads.read_text() + other + "\n")
    code, _, err = rufgate("audit", "verify", "--heads", str(heads))
    assert code == 65
    assert "entry 2 does not fit" in err


def _keys(engine: Engine) -> Path:
    return Path(engine.url.database or "").parent / "keys"
