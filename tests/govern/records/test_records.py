"""Records come from what runs: each change of the configuration shows, and nothing else does."""

from __future__ import annotations

import csv
import io
import json
import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from rufgate.cli import main
from rufgate.govern.keys import make_keys
from rufgate.govern.records.document import markdown
from rufgate.govern.records.dpia import PROMISES, dpia
from rufgate.govern.records.facts import CATEGORIES, inventory
from rufgate.govern.records.figures import Figures, read_figures
from rufgate.govern.records.notice import notice
from rufgate.govern.records.ropa import ropa
from rufgate.settings import slices
from rufgate.settings.load import load
from rufgate.settings.recorded import facts_of, published_figures
from rufgate.store.engine import open_store, writing
from rufgate.store.field_classes import FieldClass
from rufgate.store.outbox import Outbox
from rufgate.store.reports import ReportStore
from rufgate.store.schema import metadata, reports
from tests.store.full_report import RECEIVED, full_report, sanitized

ROOT = Path(__file__).parents[3]
BASE = """\
[smtp]
recipients = ["dmarc-ruf@ruf.example.org"]
hostname = "ruf.example.org"
[[domains]]
name = "example.org"
[[analysts]]
name = "blue"
address = "blue@analyst.example"
tier = "text"
[forward]
relay = "127.0.0.1:25"
sender = "rufgate@ruf.example.org"
[govern]
controller = "Example Council"
contact = "dpo@example.org"
"""
MADE = (ropa, lambda facts: dpia(facts, Figures()), notice)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("RUFGATE_CONFIG", raising=False)
    make_keys(tmp_path / "var" / "keys")
    (tmp_path / "config").mkdir(mode=0o700)
    (tmp_path / "config" / "rufgate.toml").write_text(BASE)
    return tmp_path


def facts(folder: Path, text: str = BASE) -> Any:
    file = folder / "config" / "rufgate.toml"
    file.write_text(text)
    return facts_of(load(file), "1.2.3")


def leaves(value: Any, path: str = "") -> dict[str, str]:
    """Every plain value by its place."""
    if isinstance(value, dict):
        parts = value.items()
    elif isinstance(value, list):
        parts = enumerate(value)
    else:
        return {path: str(value)}
    return {k: v for key, part in parts for k, v in leaves(part, f"{path}/{key}").items()}


def changed(folder: Path, make: Any, text: str) -> dict[str, str]:
    """The places that are not as they were, with their new values."""
    before, after = leaves(make(facts(folder))), leaves(make(facts(folder, text)))
    return {key: after.get(key, "") for key in before | after if before.get(key) != after.get(key)}


def test_the_same_configuration_makes_the_same_record(folder):
    for make in MADE:
        assert changed(folder, make, BASE) == {}


def test_a_tier_that_changes_is_the_only_change(folder):
    text = BASE.replace('tier = "text"', 'tier = "metadata"')
    assert changed(folder, ropa, text) == {"/recipients/0/tier": "metadata"}
    ((place, sentence),) = changed(folder, notice, text).items()
    assert place.startswith("/text/")
    assert "blue: technical data and pseudonyms, no words" in sentence


def test_a_retention_rule_that_changes_is_the_only_change(folder):
    text = BASE + '[[retention]]\nclass = "text"\ndays = 9\nowner = "DPO"\nreason = "short"\n'
    place = f"/retention/{list(FieldClass).index(FieldClass.TEXT)}"
    assert changed(folder, ropa, text) == {
        f"{place}/days": "9", f"{place}/owner": "DPO", f"{place}/reason": "short",
    }  # fmt: skip
    assert changed(folder, MADE[1], text) == changed(folder, ropa, text)
    assert "9 days" in "".join(changed(folder, notice, text).values())


def test_a_policy_that_changes_shows_with_its_new_hash(folder):
    text = BASE + '[policy]\nsource_ip = "truncate"\n'
    file = folder / "config" / "rufgate.toml"
    found = changed(folder, ropa, text)
    digest = slices.policy(load(file)).digest()
    assert found["/policy"] == digest
    assert set(found.values()) == {digest, "truncate"}


def test_the_policy_named_is_the_one_that_rows_carry(folder):
    record = ropa(facts(folder))
    assert record["policy"] == slices.policy(load(folder / "config" / "rufgate.toml")).digest()


def test_every_column_of_every_table_stands_in_the_record(folder):
    listed = {column for c in ropa(facts(folder))["categories_of_data"] for column in c["columns"]}
    assert listed == {
        f"{table.name}.{column.name}" for table in metadata.sorted_tables for column in table.c
    }
    assert {column["class"] for column in inventory()} <= {name.value for name in CATEGORIES}
    assert set(CATEGORIES) == set(FieldClass)


def test_what_nobody_filled_in_is_said_so(folder):
    text = BASE.replace('controller = "Example Council"\n', "")
    assert "[govern] controller" in changed(folder, notice, text)["/controller"]


def test_the_figures_are_those_of_the_page():
    figures = published_figures()
    page = (ROOT / "docs" / "leak-benchmark.md").read_text()
    assert figures.version
    assert len(figures.rows) >= 15
    for row in figures.rows:
        assert f"| {row['measure']} | {row['figure']} |" in page
    assert {row["reached"] for row in figures.rows} <= {"yes", "no"}
    assert read_figures("no figures here") == Figures()


def test_figures_of_another_version_are_said_to_be_so(folder):
    record = dpia(facts(folder), Figures(version="9.9"))
    assert record["leak_benchmark"]["is_this_version"] is False
    record = dpia(facts(folder), Figures(version="1.2.3"))
    assert record["leak_benchmark"]["is_this_version"] is True


def test_each_promise_names_tests_that_are_there():
    assert len(PROMISES) >= 8
    for _, tests in PROMISES:
        for test in tests:
            assert "def test_" in (ROOT / test).read_text(), test


@pytest.mark.parametrize("make", MADE)
def test_a_document_tells_every_value(folder, make):
    record = make(facts(folder))
    text = markdown(record)
    title, *values = leaves(record).values()
    assert title.lower() in text.lower()
    for value in values:
        if value not in ("True", "False", "None"):
            assert value.replace("|", "\\|") in text


@pytest.fixture
def records(folder: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*arguments: str) -> str:
        file = folder / "config" / "rufgate.toml"
        assert main.run(["records", *arguments, "--config", str(file)]) == 0
        return capsys.readouterr().out

    return run


def test_the_verbs_print_documents_json_and_csv_and_enter_it(folder, records):
    assert records("notice").startswith("# Privacy notice")
    assert json.loads(records("dpia", "--json"))["contact"] == "dpo@example.org"
    rows = list(csv.reader(io.StringIO(records("ropa", "--format", "csv"))))
    assert ["contact", "", "dpo@example.org"] in rows
    assert json.loads(records("ropa", "--json")) == json.loads(records("ropa", "--format", "json"))
    main.run(["audit", "list", "--json", "--config", str(folder / "config" / "rufgate.toml")])


def test_a_breach_counts_what_left_and_what_lay_there(folder, records):
    """Forty reports over ten days to two analysts, half delivered; the middle four days asked."""
    engine = open_store(f"sqlite:///{folder / 'var' / 'rufgate.db'}")
    chance, planted = random.Random(2), []
    for number in range(40):
        day = RECEIVED + timedelta(days=number % 10)
        given = sanitized("blue", "red")
        report = full_report(received_at=day, fingerprint=str(number))
        copies = tuple(replace(copy, report_id=report.id) for copy in given.copies)
        ReportStore(engine).record(replace(given, report=report, copies=copies))
        outbox, sent = Outbox(engine), day + timedelta(hours=1)
        for item in outbox.claim(sent, timedelta(minutes=1), 2):
            if chance.random() < 0.5:
                outbox.settle_delivered(item.id, sent)
                planted.append((sent.date(), item.analyst))
            else:
                outbox.drop([item.id], sent)
    first, last = (RECEIVED + timedelta(days=3)).date(), (RECEIVED + timedelta(days=6)).date()
    told = json.loads(records("breach", "--from", str(first), "--to", str(last), "--json"))
    wanted = {
        name: sum(first <= day <= last and analyst == name for day, analyst in planted)
        for name in ("blue", "red")
    }
    assert {copy["recipient"]: copy["copies"] for copy in told["delivered"]} == wanted
    assert {copy["tier"] for copy in told["delivered"]} == {"text"}
    assert told["stored"]["reports"] == 16
    classes = {c["class"]: c["reports"] for c in told["stored"]["classes"]}
    assert classes["text"] == classes["subject"] == classes["address"] == 16
    assert {p["policy"] for p in told["stored"]["policies"]} == {"mark-facts-policy"}
    assert told["from"] == first.isoformat()
    with writing(engine) as connection:
        connection.execute(update(reports).values(policy_applied="0123456789abcdef"))
    told = json.loads(records("breach", "--from", str(first), "--to", str(last), "--json"))
    assert {p["policy"] for p in told["stored"]["policies"]} == {"0123456789abcdef"}
    engine.dispose()


def test_a_breach_needs_two_days_in_order(folder, capsys):
    file = str(folder / "config" / "rufgate.toml")
    for first, last in (("2027-01-02", "2027-01-01"), ("soon", "2027-01-01")):
        code = main.run(["records", "breach", "--from", first, "--to", last, "--config", file])
        assert code == 64
