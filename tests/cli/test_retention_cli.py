"""``rufgate retention``: the matrix in force, the plan, and a plan carried out or refused."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from rufgate import app as gate
from rufgate.cli import main
from rufgate.govern.keys import make_keys
from rufgate.govern.sentinels import Sentinel
from rufgate.store.engine import open_store
from rufgate.store.field_classes import FieldClass
from rufgate.store.reports import ReportStore
from tests.store.full_report import RECEIVED, sanitized

RULES = """\
[smtp]
recipients = ["dmarc-ruf@ruf.example.org"]
[[retention]]
class = "text"
days = 20
domain = "example.org"
owner = "desk"
reason = "long enough"
review_by = 2026-01-01
"""
DAY_25 = "2026-04-04T13:00"


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("RUFGATE_CONFIG", raising=False)
    monkeypatch.setattr(gate, "now", lambda: RECEIVED + timedelta(days=26))
    make_keys(tmp_path / "var" / "keys")
    file = tmp_path / "config" / "rufgate.toml"
    file.parent.mkdir(mode=0o700)
    file.write_text(RULES)
    file.chmod(0o600)
    return file


@pytest.fixture
def store(tmp_path: Path) -> Any:
    engine = open_store(f"sqlite:///{tmp_path / 'var' / 'rufgate.db'}")
    store = ReportStore(engine)
    store.record(sanitized("one"))
    store.record(sanitized(owner="other.example", fingerprint="2"))
    yield store
    engine.dispose()


@pytest.fixture
def retention(config: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*arguments: str) -> tuple[int, str, str]:
        code = main.run(["retention", *arguments, "--config", str(config)])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def test_show_tells_each_rule_and_what_it_covers(retention, store):
    code, out, _ = retention("show", "--json")
    rows = {(row["class"], row["domain"]): row for row in json.loads(out)}
    assert code == 0
    assert rows["text", "example.org"] == {
        "class": "text", "domain": "example.org", "reporter": "*", "days": 20, "action": "delete",
        "owner": "desk", "reason": "long enough", "review_by": "2026-01-01",
        "review_overdue": True, "built_in": False, "rows": 1, "held": 0, "oldest": "2026-03-10",
        "next_due": "2026-03-30",
    }  # fmt: skip
    built_in = rows["text", "*"]
    assert (built_in["rows"], built_in["built_in"], built_in["owner"]) == (1, True, "unassigned")
    assert (rows["address", "*"]["action"], rows["copy", "*"]["rows"]) == ("coarsen", 1)
    assert len(rows) == 14


def test_show_says_what_is_past_its_review_date_and_ends_well(retention, store):
    code, out, _ = retention("show")
    assert code == 0
    assert "past its review date (2026-01-01): class text, domain example.org" in out


def test_show_of_an_empty_store(retention):
    code, out, _ = retention("show", "--json")
    assert code == 0
    assert {(r["rows"], r["oldest"], r["next_due"]) for r in json.loads(out)} == {(0, None, None)}


def planned(retention: Any, *arguments: str) -> Any:
    code, out, _ = retention("plan", "--json", *arguments)
    assert code == 0
    return json.loads(out)


def test_a_plan_is_what_apply_then_does_and_nothing_is_left_of_it(retention, store):
    plan = planned(retention, "--at", DAY_25)
    by_class: dict[str, int] = {}
    for entry in plan["entries"]:
        by_class[entry["class"]] = by_class.get(entry["class"], 0) + entry["rows"]
    assert by_class == {"text": 1, "copy": 1, "fingerprint": 2}
    assert all(len(entry["keys"]) == entry["rows"] for entry in plan["entries"])
    code, out, _ = retention("apply", "--json", "--plan", plan["digest"], "--at", DAY_25)
    assert (code, json.loads(out)["rows"]) == (0, by_class)
    assert planned(retention, "--at", DAY_25)["entries"] == []
    texts = [store.show(line.id).facts["text"] for line in store.list()]
    assert sorted(map(bool, texts)) == [False, True]


def test_a_plan_that_has_changed_is_refused_and_nothing_goes(retention, store):
    digest = planned(retention, "--at", DAY_25)["digest"]
    store.record(sanitized(fingerprint="3"))
    code, _, err = retention("apply", "--plan", digest, "--at", DAY_25)
    assert code == 65
    assert "the plan has changed" in err
    assert all(store.show(line.id).facts["text"] for line in store.list())


def test_a_changed_rule_changes_the_plan(retention, store, config):
    digest = planned(retention, "--at", DAY_25)["digest"]
    config.write_text(RULES.replace("days = 20", "days = 21"))
    assert planned(retention, "--at", DAY_25)["digest"] != digest
    assert retention("apply", "--plan", digest, "--at", DAY_25)[0] == 65


def test_the_future_is_planned_but_never_applied(retention, store):
    digest = planned(retention, "--at", "2027-01-01")["digest"]
    code, _, err = retention("apply", "--plan", digest, "--at", "2027-01-01")
    assert (code, "in the future" in err) == (65, True)
    assert retention("apply", "--plan", digest)[0] == 65


def test_the_table_for_people_has_the_digest(retention, store):
    code, out, _ = retention("plan", "--at", DAY_25)
    assert code == 0
    assert f"digest: {planned(retention, '--at', DAY_25)['digest']}" in out
    assert retention("plan", "--at", "soon")[0] == 64


@pytest.fixture
def purged(retention, store):
    digest = planned(retention, "--at", DAY_25)["digest"]
    assert retention("apply", "--plan", digest, "--at", DAY_25)[0] == 0


def copied(tmp_path: Path) -> Path:
    copy = tmp_path / "copy.db"
    for end in ("", "-wal"):
        Path(f"{copy}{end}").write_bytes((tmp_path / "var" / f"rufgate.db{end}").read_bytes())
    return copy


def verified(retention: Any, *arguments: str) -> tuple[int, Any]:
    code, out, _ = retention("verify", "--json", *arguments)
    return code, json.loads(out)


@pytest.mark.parametrize("how", [(), ("--full",)])
def test_what_was_purged_is_gone_from_the_store_and_a_copy(retention, purged, tmp_path, how):
    code, found = verified(retention, *how)
    (receipt,) = found["receipts"]
    assert (code, found["clean"], receipt["result"]) == (0, True, "verified")
    assert set(receipt["classes"]) == {"text", "copy", "fingerprint"} == set(receipt["counts"])
    code, found = verified(retention, "--file", str(copied(tmp_path)))
    assert (code, found["copy_age_known"], found["receipts"][0]["result"]) == (0, True, "verified")
    assert "1 of 1 purges verified" in retention("verify")[1]


def test_a_mark_that_is_still_there_is_named_with_its_class_and_receipt(
    retention, purged, store, tmp_path
):
    _, found = verified(retention)
    receipt = found["receipts"][0]["receipt"]
    mark = Sentinel(UUID(receipt), FieldClass.TEXT).word
    copy = copied(tmp_path)
    with copy.open("ab") as file:
        file.write(mark.encode())
    code, out, err = retention("verify", "--file", str(copy))
    assert code == 65
    assert f"failed: class text in the database file (receipt {receipt})" in out
    assert mark not in out + err
    store.record(sanitized(owner=f"{mark}.example", fingerprint="9"))
    code, out, _ = retention("verify")
    assert (code, "failed: class text in the" in out) == (65, True)
    assert verified(retention)[1]["receipts"][0]["entered"] == "failed"


def test_a_copy_from_before_the_purge_is_told_apart(retention, store, tmp_path):
    copy = copied(tmp_path)
    digest = planned(retention, "--at", DAY_25)["digest"]
    retention("apply", "--plan", digest, "--at", DAY_25)
    code, found = verified(retention, "--file", str(copy))
    assert (code, found["receipts"][0]["result"]) == (65, "older")


def test_a_file_that_is_no_database_is_searched_all_the_same(retention, purged, tmp_path):
    image = tmp_path / "image"
    image.write_bytes(b"x" * 5000)
    code, found = verified(retention, "--file", str(image))
    assert (code, found["copy_age_known"]) == (0, False)
    assert retention("verify", "--file", str(tmp_path / "none"))[0] == 69
    assert retention("verify", "--file", str(image), "--full")[0] == 64
