"""``rufgate reports``: what is asked for, what comes out, what is entered."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from rufgate.cli import main
from rufgate.govern.keys import make_keys
from rufgate.review.exports import COLUMNS, inert
from rufgate.sanitize.sanitized import SanitizedText
from rufgate.store.audit_tables import audit_entries
from rufgate.store.engine import open_store, reading
from rufgate.store.reports import ReportStore
from tests.store.full_report import RECEIVED, full_report, sanitized

HOSTILE = "=cmd|'/C calc'!A0\x1b[2J\x07"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("RUFGATE_CONFIG", raising=False)
    make_keys(tmp_path / "var" / "keys")
    (tmp_path / "config").mkdir(mode=0o700)
    (tmp_path / "config" / "rufgate.toml").write_text(
        '[smtp]\nrecipients = ["dmarc-ruf@ruf.example.org"]\n'
        '[[domains]]\nname = "example.org"\nknown_sources = ["192.0.2.0/24"]\n'
    )
    return tmp_path


@pytest.fixture
def engine(folder: Path) -> Any:
    engine = open_store(f"sqlite:///{folder / 'var' / 'rufgate.db'}")
    store = ReportStore(engine)
    for number in range(3):
        report = full_report(
            fingerprint=str(number), received_at=RECEIVED + timedelta(days=number),
            owner=("example.org", "example.org", "example.net")[number],
        )  # fmt: skip
        if number == 2:
            hostile = dict.fromkeys(
                ("user_agent", "subject", "reported_domain"), SanitizedText(HOSTILE)
            )
            report = replace(report, source_ip=SanitizedText("198.51.100.9"), **hostile)
        store.record(replace(sanitized(), report=report, copies=()))
    yield engine
    engine.dispose()


@pytest.fixture
def reports(folder: Path, engine: Any, capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*arguments: str) -> tuple[int, str, str]:
        file = folder / "config" / "rufgate.toml"
        code = main.run(["reports", *arguments, "--config", str(file)])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def entered(engine: Any) -> list[tuple[str, dict[str, Any]]]:
    with reading(engine) as connection:
        rows = connection.execute(audit_entries.select()).mappings().all()
    return [(row["action"], json.loads(row["details"])) for row in rows]


def test_a_filter_narrows_and_its_name_is_entered_not_its_value(reports, engine):
    code, out, _ = reports("list", "--json", "--source", "192.0.2.0/24")
    assert (code, len(json.loads(out))) == (0, 2)
    action, details = entered(engine)[-1]
    assert (action, details) == ("reports_listed", {"count": 2, "filters": ["source", "limit"]})
    assert "192.0.2" not in json.dumps(entered(engine))


def test_a_page_says_how_to_go_on(reports):
    _, first, err = reports("list", "--json", "--limit", "2")
    cursor = err.split("--cursor ")[1].strip()
    _, second, err = reports("list", "--json", "--limit", "2", "--cursor", cursor)
    ids = [row["id"] for row in (*json.loads(first), *json.loads(second))]
    assert len(set(ids)) == 3
    assert not err


@pytest.mark.parametrize(
    "arguments",
    [("list", "--since", "soon"), ("list", "--source", "host"), ("stats", "--by", "luck"),
     ("list", "--cursor", "x"), ("campaigns", "--campaign", "1"), ("export", "--failing", "luck")],
)  # fmt: skip
def test_a_wrong_question_is_64_and_says_what_it_takes(reports, arguments):
    code, out, err = reports(*arguments)
    assert code == 64
    assert not out
    assert "takes" in err or "without a cursor" in err


def test_stats_count_messages_and_read_verdicts_first(reports, engine):
    _, out, _ = reports("stats", "--by", "guess", "--json")
    told = json.loads(out)
    assert (told["reports"], told["seen"]) == (3, 3)
    assert sum(day["seen"] for day in told["days"]) == 3
    known = [day for day in told["days"] if day["guess"] == "own_system"]
    assert sum(day["seen"] for day in known) == 2  # of known_sources, in example.org
    assert [action for action, _ in entered(engine)] == ["reports_counted", "sources_listed"]


def test_campaigns_put_reports_of_one_mailing_together(reports, engine):
    _, out, _ = reports("campaigns", "--json")
    assert sorted(row["reports"] for row in json.loads(out)) == [1, 2]
    assert entered(engine)[-1] == ("campaigns_listed", {"count": 2, "filters": ["limit"]})
    one = next(row for row in json.loads(out) if row["reports"] == 2)
    _, out, _ = reports("list", "--json", "--campaign", one["id"])
    assert len(json.loads(out)) == 2


def test_a_report_is_shown_with_its_verdict(reports):
    _, out, _ = reports("list", "--json")
    report = json.loads(out)[-1]["id"]
    _, out, _ = reports("show", report, "--json")
    assert json.loads(out)["verdict"]["rule"] == "known_source"
    _, out, _ = reports("show", report)
    assert "Next: Add 192.0.2.77 to the SPF record" in out


def test_an_export_has_every_report_and_nothing_of_the_text(reports, engine):
    _, out, _ = reports("export")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["received_at"][:10] for row in rows] == ["2026-03-10", "2026-03-11", "2026-03-12"]
    assert tuple(rows[0]) == COLUMNS
    assert rows[0]["guess"] == "own_system"
    assert "mark-text" not in out
    assert "mark-subject" not in out
    assert entered(engine)[-1] == ("reports_exported", {"count": 3, "filters": []})
    _, out, _ = reports("export", "--format", "ndjson")
    lines = [json.loads(line) for line in out.splitlines()]
    assert [line["id"] for line in lines] == [row["id"] for row in rows]
    assert tuple(lines[0]) == COLUMNS


def test_hostile_values_come_out_inert(reports):
    for form in ("csv", "ndjson"):
        _, out, _ = reports("export", "--format", form)
        assert "\x1b" not in out
        assert "\x07" not in out
    _, out, _ = reports("export")
    assert "'=cmd" in out
    assert not any(
        cell.startswith(("=", "+", "-", "@"))
        for row in csv.reader(io.StringIO(out))
        for cell in row
    )
    for verb in (("list",), ("campaigns",), ("stats",)):
        assert "\x1b" not in reports(*verb)[1]
    ids = [row["id"] for row in json.loads(reports("list", "--json")[1])]
    assert "\x1b" not in "".join(reports("show", report)[1] for report in ids)


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", " \x1b=1"])
def test_a_cell_is_never_a_formula(start):
    assert not inert(start).lstrip().startswith(("=", "+", "-", "@"))


def test_an_export_goes_to_a_new_file_of_its_own(reports, folder):
    file = folder / "out.csv"
    assert reports("export", "--out", str(file))[0] == 0
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(file.read_text().splitlines()) == 4
    code, _, err = reports("export", "--out", str(file))
    assert code == 69
    assert "does not exist" in err
