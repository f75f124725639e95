"""``reports export --format sqlite``, and the real Datasette on it, as docs/analyst.md says."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from rufgate.cli import main
from rufgate.govern.keys import make_keys
from rufgate.review.export_database import write_database
from rufgate.review.exports import COLUMNS
from rufgate.sanitize.sanitized import SanitizedText
from rufgate.store.engine import open_store
from rufgate.store.reports import ReportStore
from tests.store.full_report import RECEIVED, full_report, sanitized

HOSTILE = (
    "=cmd|'/C calc'!A0\x1b[2J\x07",
    "<script>alert(1)</script>",
    "'; DROP TABLE reports; --\x00",
    '{{ 7*7 }}"><img src=x onerror=alert(1)>',
)
PAGE = Path(__file__).parents[2] / "docs" / "analyst.md"


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("gate")
    make_keys(folder / "var" / "keys")
    (folder / "config").mkdir(mode=0o700)
    (folder / "config" / "rufgate.toml").write_text(
        '[smtp]\nrecipients = ["dmarc-ruf@ruf.example.org"]\n'
        '[[domains]]\nname = "example.org"\nknown_sources = ["192.0.2.0/24"]\n'
    )
    engine = open_store(f"sqlite:///{folder / 'var' / 'rufgate.db'}")
    for number, text in enumerate(HOSTILE):
        report = full_report(
            fingerprint=str(number), received_at=RECEIVED + timedelta(days=number),
            owner="example.org" if number < 3 else "example.net",
        )  # fmt: skip
        if number:
            values = dict.fromkeys(
                ("user_agent", "subject", "reported_domain", "reporter_domain"), SanitizedText(text)
            )
            report = replace(report, **values)
        else:
            report = replace(report, reporter_domain=SanitizedText(text))
        ReportStore(engine).record(replace(sanitized(), report=report, copies=()))
    engine.dispose()
    return folder


def run(folder: Path, *arguments: str) -> int:
    file = folder / "config" / "rufgate.toml"
    return main.run(["reports", "export", *arguments, "--config", str(file)])


@pytest.fixture(scope="module")
def exported(folder) -> Path:
    path = folder / "reports.db"
    assert run(folder, "--format", "sqlite", "--out", str(path)) == 0
    return path


def read(path: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        return database.execute(query).fetchall()


def test_the_file_holds_one_table_of_the_exports_columns_and_is_private(exported):
    assert exported.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in exported.parent.glob("reports.db*")) == ["reports.db"]
    assert read(exported, "SELECT type, name FROM sqlite_master") == [("table", "reports")]
    assert tuple(row[1] for row in read(exported, "PRAGMA table_info(reports)")) == COLUMNS
    rows = read(exported, "SELECT * FROM reports")
    assert len(rows) == 4
    assert all(str(value).isprintable() for row in rows for value in row)
    content = exported.read_bytes()
    for mark in (b"mark-subject", b"mark-text", b"mark-header", b"mark-fingerprint"):
        assert mark not in content


def test_values_are_those_of_the_other_exports(exported, folder, capsys):
    assert run(folder, "--format", "ndjson") == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    rows = {row[0]: dict(zip(COLUMNS, row, strict=True))
            for row in read(exported, "SELECT * FROM reports")}  # fmt: skip
    assert set(rows) == {line["id"] for line in lines}
    for line in lines:
        row = rows[line["id"]]
        assert row["received_at"] == line["received_at"]
        assert row["seen"] == line["seen"] == 1
        assert json.loads(row["auth_results"]) == line["auth_results"]
        assert json.loads(row["not_stated"]) == line["not_stated"]
        assert row["guess"] == line["guess"]


def test_a_filter_narrows_and_a_file_is_never_overwritten(folder, tmp_path, capsys):
    path = tmp_path / "some.db"
    asked = ("--format", "sqlite", "--since", "2026-03-13", "--out", str(path))
    assert run(folder, *asked) == 0
    before = path.read_bytes()
    assert read(path, "SELECT count(*) FROM reports") == [(1,)]
    assert run(folder, *asked) == 69
    assert "does not exist yet" in capsys.readouterr().err
    assert path.read_bytes() == before
    assert run(folder, "--format", "sqlite") == 64
    assert "--out" in capsys.readouterr().err


def test_what_cannot_be_written_whole_leaves_no_file(tmp_path):
    def rows():
        yield {"id": "1"}
        raise KeyError

    with pytest.raises(KeyError):
        write_database(rows(), tmp_path / "a.db")
    with pytest.raises(OSError, match="cannot be written"):
        write_database([{"id": "1"}, {"id": "1"}], tmp_path / "b.db")
    with pytest.raises(FileNotFoundError):
        write_database([], tmp_path / "none" / "c.db")
    assert not list(tmp_path.iterdir())


@pytest.fixture(scope="module")
def datasette(exported):
    """The documented command, on a port that is free."""
    line = re.search(r"^    (datasette .*)$", PAGE.read_text(), re.MULTILINE)[1]
    _, *options = shlex.split(line)
    assert options[options.index("-i") + 1] == "reports.db"
    options[options.index("-p") + 1] = "0"
    command = [sys.executable, "-m", "datasette", *options]
    process = subprocess.Popen(command, cwd=exported.parent, stderr=subprocess.PIPE, text=True)
    try:
        for line in process.stderr:
            if found := re.search(r"running on (http://127\.0\.0\.1:\d+)", line):
                break
        with httpx.Client(base_url=found[1], trust_env=False, timeout=30) as client:
            yield client
    finally:
        process.terminate()
        process.wait(30)
        process.stderr.close()


def test_datasette_reads_the_rows_back(datasette, exported):
    told = datasette.get("/reports/reports.json?_shape=array&_size=max").json()
    rows = read(exported, "SELECT * FROM reports ORDER BY id")
    assert [tuple(row[name] for name in COLUMNS) for row in told] == rows
    answer = datasette.get(
        "/reports.json", params={"_shape": "array", "sql": "select count(*) as n from reports"}
    )
    assert answer.json() == [{"n": 4}]
    tables = datasette.get("/reports.json").json()["tables"]
    assert [table["name"] for table in tables] == ["reports"]


def test_hostile_values_are_inert_in_its_pages_and_files(datasette):
    page = datasette.get("/reports/reports").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page
    assert "\x1b" not in page
    rows = list(csv.reader(io.StringIO(datasette.get("/reports/reports.csv?_size=max").text)))
    assert len(rows) == 5
    cells = [cell for row in rows for cell in row]
    assert any(cell.startswith("'=cmd") for cell in cells)
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in cells)
    assert all(char.isprintable() for cell in cells for char in cell)


def test_the_copy_cannot_be_written_or_taken_as_a_file(datasette):
    answer = datasette.get("/reports.json", params={"sql": "delete from reports"})
    assert answer.status_code == 400
    assert datasette.get("/reports.db").status_code == 403
