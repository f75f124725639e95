"""``rufgate reports stats --public``: fixed questions, and the same answer for ever."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rufgate import app
from rufgate.cli import main
from rufgate.govern.keys import make_keys
from rufgate.govern.plan import plan_for_reports
from rufgate.govern.retention import apply_plan
from rufgate.sanitize.sanitized import SanitizedText, SanitizedToken, TokenLabel, TokenRole
from rufgate.store.audit_tables import audit_entries
from rufgate.store.engine import open_store, reading
from rufgate.store.field_classes import FieldClass
from rufgate.store.published import Published, PublishedMonths
from rufgate.store.reports import ReportStore
from tests.store.full_report import full_report, sanitized

MARCH = datetime(2027, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("RUFGATE_CONFIG", raising=False)
    make_keys(tmp_path / "var" / "keys")
    (tmp_path / "config").mkdir(mode=0o700)
    (tmp_path / "config" / "rufgate.toml").write_text(
        '[smtp]\nrecipients = ["dmarc-ruf@ruf.example.org"]\n'
        '[[domains]]\nname = "example.org"\n[[domains]]\nname = "example.net"\n'
    )
    return tmp_path


@pytest.fixture
def engine(folder: Path) -> Any:
    engine = open_store(f"sqlite:///{folder / 'var' / 'rufgate.db'}")
    yield engine
    engine.dispose()


@pytest.fixture
def stats(folder: Path, engine: Any, capsys, monkeypatch) -> Any:
    def run(*arguments: str, at: datetime = MARCH, code: int = 0) -> Any:
        monkeypatch.setattr(app, "now", lambda: at)  # the one clock; audited parts are given it
        file = str(folder / "config" / "rufgate.toml")
        ended = main.run(["reports", "stats", *arguments, "--config", file])
        printed = capsys.readouterr()
        assert ended == code, printed.err
        return json.loads(printed.out) if "--json" in arguments else printed.out + printed.err

    return run


def record(engine: Any, at: datetime, numbers: range, owner: str = "example.org") -> list[Any]:
    """Reports about a person each."""
    ids = []
    for number in numbers:
        token = SanitizedToken(
            label=TokenLabel.ADDRESS, role=TokenRole.RECIPIENT,
            digest=SanitizedText(f"person{number}"), key_id=SanitizedText("p1"),
        )  # fmt: skip
        report = full_report(fingerprint=f"{at} {number}", received_at=at, owner=owner)
        report = replace(report, tokens=(token,))
        ReportStore(engine).record(replace(sanitized(), report=report, copies=()))
        ids.append(report.id)
    return ids


def forget(engine: Any, ids: list[Any], field_class: FieldClass = FieldClass.FACTS) -> None:
    apply_plan(engine, plan_for_reports(engine, ids, field_class, "delete", MARCH))


def test_a_month_is_told_by_fixed_tables_and_entered(stats, engine):
    record(engine, MARCH - timedelta(days=20), range(12))
    record(engine, MARCH - timedelta(days=10), range(12, 16), "example.net")
    told = stats("--public", "--json")
    assert (told["k"], told["from"], told["to"]) == (5, "2025-03", "2027-02")
    (month,) = told["months"]
    guess = next(iter(month["guess"]))
    assert month == {
        "month": "2027-02", "k": 5, "reports": 10, "guess": {guess: 10},
        "domain": {"example.org": 10}, "mechanism": {"spf": 10},
    }  # fmt: skip
    with reading(engine) as connection:
        entry = connection.execute(audit_entries.select()).mappings().all()[-1]
    assert (entry["action"], json.loads(entry["details"])) == ("statistics_published", {"count": 1})
    assert "2027-02  " in stats("--public")


def test_the_running_month_is_not_told(stats, engine):
    record(engine, MARCH, range(20))
    assert stats("--public", "--json")["months"] == []
    april = MARCH + timedelta(days=31)
    assert stats("--public", "--json", at=april)["months"][0]["reports"] == 20


def test_answers_before_and_after_erasures_are_the_same(stats, engine):
    """Whoever asks each day and knows who was erased between learns nothing of that person."""
    ids = record(engine, MARCH - timedelta(days=20), range(10))
    later = record(engine, MARCH - timedelta(days=40), range(23), "example.net")
    first = stats("--public", "--json")
    for number, gone in enumerate([*ids[:4], *later[:9]]):
        forget(engine, [gone])
        assert stats("--public", "--json", at=MARCH + timedelta(hours=number)) == first
    forget(engine, [*ids[4:], *later[9:]])
    assert stats("--public", "--json", at=MARCH + timedelta(days=1)) == first


def test_a_month_has_one_k_for_ever(stats, engine):
    record(engine, MARCH - timedelta(days=20), range(13))
    assert stats("--public", "--json", "--k", "6")["months"][0]["reports"] == 12
    assert stats("--public", "--json")["months"][0]["reports"] == 12
    assert "ask with that one" in stats("--public", "--k", "5", code=64)
    april = MARCH + timedelta(days=31)
    record(engine, MARCH, range(20, 40))
    assert stats("--public", "--json", at=april)["months"][1]["reports"] == 18


def test_a_month_whose_pseudonyms_were_gone_is_not_told(stats, engine):
    ids = record(engine, MARCH - timedelta(days=20), range(30))
    forget(engine, ids[4:], FieldClass.PSEUDONYM)
    assert stats("--public", "--json")["months"] == []


def test_two_that_tell_a_month_at_once_tell_the_same(engine):
    months = PublishedMonths(engine)
    months.keep([Published(month="2027-02", k=5, figures=[[["spoof", None, None], 5]])], MARCH)
    months.keep([Published(month="2027-02", k=7, figures=[])], MARCH)
    assert months.all()["2027-02"].k == 5


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--public", "--domain", "example.org"), "leave out --domain"),
        (("--public", "--since", "2027-02-03", "--by", "guess"), "leave out --since, --by"),
        (("--public", "--limit", "3"), "leave out --limit"),
        (("--k", "5"), "--k goes with --public"),
        (("--public", "--k", "1"), "--k"),
    ],
)
def test_any_other_question_is_refused(stats, arguments, said):
    assert said in stats(*arguments, code=64)
