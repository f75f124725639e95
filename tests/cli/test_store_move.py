"""``rufgate store move``: every table, a kill in the middle, a difference, and what is refused."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from rufgate import app as gate
from rufgate.cli import main
from rufgate.govern.keys import load_audit_key, make_keys
from rufgate.store import schema
from rufgate.store.audit import Audit
from rufgate.store.audit_entries import Action, Actor
from rufgate.store.column_types import UtcDateTime
from rufgate.store.engine import StoreUnavailable, open_store, reading, writing
from rufgate.store.outbox import Outbox
from rufgate.store.own_reports import SENTINEL_DAY
from rufgate.store.reports import ReportStore
from tests.postgres import Server
from tests.store.full_report import RECEIVED, sanitized

BARE = '[smtp]\nrecipients = ["dmarc-ruf@ruf.example.org"]\n'
TABLES = schema.metadata.sorted_tables
LETTERS = ("B", "a", "\N{LATIN CAPITAL LETTER A WITH DIAERESIS}", "_", "\N{PILE OF POO}\n")
GATE = (
    "import sys, time; from sqlalchemy import create_engine; "
    "from rufgate.store.gates import Gates; g = Gates(create_engine(sys.argv[1])); g.enter(); "
    "g.settle(); print('in', flush=True); time.sleep(60)"
)


class Installation:
    """A folder with a configuration, keys and a store."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str] | None = None) -> None:
        self.folder, self._capsys = folder, capsys
        self.database = folder / "var" / "rufgate.db"
        self.url = f"sqlite:///{self.database}"
        self.config = folder / "config" / "rufgate.toml"

    def fill(self) -> None:
        """Something in each table."""
        self.config.parent.mkdir(mode=0o700, parents=True)
        self.config.write_text(BARE)
        make_keys(self.folder / "var" / "keys")
        engine = open_store(self.url)
        for number in range(12):
            ReportStore(engine).record(sanitized("one", "two", fingerprint=str(number)))
        key = load_audit_key(self.folder / "var" / "keys")
        for at in (RECEIVED - timedelta(days=90), RECEIVED):
            audit = Audit(engine, key, lambda: at)  # noqa: B023 - used within the turn
            for number in range(5):
                audit.append(Actor.SERVICE, Action.REPORTS_LISTED, count=number)
            audit.prune(30)
        sentinel = sanitized(fingerprint="of a purge under way")
        ReportStore(engine).record(sentinel)
        report_id = sentinel.report.id
        with writing(engine) as connection:
            connection.execute(  # a canary's would be cleared away, as by a gate that starts
                sa.update(schema.reports)
                .where(schema.reports.c.id == report_id)
                .values(received_on=SENTINEL_DAY)
            )
            for table in TABLES:
                if connection.execute(sa.select(table).limit(1)).first() is None:
                    for letter in LETTERS[
                        : 1 if "report_id" in table.primary_key.columns else None
                    ]:
                        row = {c.name: _value(c, letter, report_id) for c in table.columns}
                        connection.execute(sa.insert(table).values(row))
        engine.dispose()

    def run(self, *arguments: str) -> tuple[int, str, str]:
        code = main.run([*arguments, "--config", str(self.config)])
        printed = self._capsys.readouterr()
        return code, printed.out, printed.err

    def change(self, statement: str) -> None:
        engine = open_store(self.url)
        with writing(engine) as connection:
            connection.exec_driver_sql(statement)
        engine.dispose()


_seen = count(1)


def _value(column: sa.Column[Any], letter: str, report_id: object) -> Any:
    number = next(_seen)
    match column.type:
        case sa.Uuid():
            return report_id if column.name == "report_id" else uuid4()
        case sa.Boolean():
            return True
        case sa.BigInteger():
            return 2**40 + number
        case sa.Integer():
            return number
        case sa.Date():
            return date(2026, 3, 1)
        case sa.LargeBinary():
            return bytes(range(256))
        case sa.JSON():
            return {"z": [letter], "a": None}
        case UtcDateTime():
            return datetime(2026, 3, 1, 12, 0, 0, number, tzinfo=UTC)
    return f"{letter}-{number}"


def rows_of(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """All rows as Python has them, in an order that no database has made."""
    engine = open_store(url)
    with reading(engine) as connection:
        found = {
            table.name: sorted(
                (tuple(row) for row in connection.execute(sa.select(table))), key=repr
            )
            for table in TABLES
        }
    engine.dispose()
    return found


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("filled") / "here"
    Installation(folder).fill()
    return folder


@pytest.fixture
def place(
    tmp_path: Path, filled: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> Installation:
    monkeypatch.delenv("RUFGATE_CONFIG", raising=False)
    monkeypatch.setattr(gate, "now", lambda: RECEIVED + timedelta(days=3))
    return Installation(shutil.copytree(filled, tmp_path / "here"), capsys)


@pytest.fixture
def target(postgres: Server) -> Iterator[str]:
    url = postgres.database()
    yield url
    postgres.drop(url)


def on(url: str, statement: str) -> list[Any]:
    engine = sa.create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        result = connection.exec_driver_sql(statement)
        return list(result) if result.returns_rows else []


def test_all_tables_are_moved_and_the_target_is_a_store(place, target):
    code, out, err = place.run("store", "move", target, "--json")
    said = json.loads(out)
    assert (code, said["was_begun"], said["audit_log_misfit"]) == (0, False, None), err
    here, there = rows_of(place.url), rows_of(target)
    assert [name for name, rows in here.items() if not rows] == []  # it would prove nothing
    entered = [row for row in there["audit_entries"] if row not in here["audit_entries"]]
    assert [row[3] for row in entered] == ["store_moved"]
    details = json.loads(entered[0][4])
    assert details["checksums"] == {n: t["sha256"] for n, t in said["tables"].items()}
    assert details["tables"] == {n: len(rows) for n, rows in here.items()}
    assert {**there, "audit_entries": []} == {**here, "audit_entries": []}
    place.config.write_text(f'{BARE}[store]\nurl = "{target}"\n')
    assert place.run("audit", "verify")[0] == 0
    assert len(Outbox(open_store(target)).claim(RECEIVED, timedelta(seconds=9), 99)) == 24


def test_people_are_told_what_to_do_next_and_what_is_left(place, target):
    code, out, err = place.run("store", "move", target)
    assert code == 0, err
    assert "reports " in out
    assert f'[store] url = "{target}"' in out
    assert f"shred -u {place.database}" in out
    assert place.run("store", "move", target)[0] == 65  # it is a store now


def test_killed_in_the_middle_it_goes_on_and_until_then_the_target_is_no_store(place, target):
    command = [sys.executable, "-m", "rufgate", "store", "move", target, "--config"]
    holding = sa.create_engine(target, poolclass=NullPool)
    with holding.begin() as connection:
        connection.exec_driver_sql("LOCK TABLE report_headers IN EXCLUSIVE MODE")
        process = subprocess.Popen(
            [*command, str(place.config)], env={**os.environ, "RUFGATE_CONFIG": ""}
        )
        waiting = (
            "SELECT 1 FROM pg_locks WHERE relation = 'report_headers'::regclass AND NOT granted"
        )
        end = time.monotonic() + 60
        while not on(target, waiting):
            assert process.poll() is None
            assert time.monotonic() < end
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        process.wait(30)
    done = {row[0]: row[2] for row in on(target, "SELECT * FROM rufgate_move")}
    assert done["reports"] == 13
    assert "report_headers" not in done
    with pytest.raises(StoreUnavailable, match="being moved here"):
        open_store(target)
    # What is copied is not copied again: a row of it that is changed is found.
    code, out, err = place.run("store", "move", target, "--json")
    assert (code, json.loads(out)["was_begun"]) == (0, True), err
    here, there = rows_of(place.url), rows_of(target)
    assert {**there, "audit_entries": []} == {**here, "audit_entries": []}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reports SET arrival_at = arrival_at + interval '1 microsecond'",
        *(
            pytest.param(statement, marks=pytest.mark.long)
            for statement in (
                "UPDATE report_headers SET value = value || ' ' WHERE position = 1",
                "DELETE FROM imported_mails WHERE digest LIKE 'a%%'",
                "UPDATE outbox SET content = 'x'",
                "UPDATE alerts SET day = day + 1",
            )
        ),
    ],
)
def test_a_difference_is_found_by_the_checksums(place, target, statement):
    table = statement.split()[2 if statement.startswith("DELETE") else 1]
    on(
        target,
        f"""
        CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        {statement}; RETURN NULL; END $$;
        CREATE TRIGGER spoil AFTER INSERT ON {table} FOR EACH STATEMENT EXECUTE FUNCTION spoil()
        """,
    )
    code, _, err = place.run("store", "move", target)
    assert code == 65
    assert f"checksums differ: {table}." in err
    with pytest.raises(StoreUnavailable, match="being moved here"):
        open_store(target)
    on(target, f"DROP TRIGGER spoil ON {table}")
    assert place.run("store", "move", target)[0] == 65  # what was copied is still wrong
    code, _, err = place.run("store", "move", target, "--anew")
    assert code == 0, err


def begun(place: Installation, target: str) -> None:
    """A move that stopped behind its first tables."""
    on(target, "ALTER TABLE reports ADD CONSTRAINT stop CHECK (size_bytes < 0) NOT VALID")
    assert place.run("store", "move", target)[0] != 0
    on(target, "ALTER TABLE reports DROP CONSTRAINT stop")


def test_a_gate_that_ran_meanwhile_is_noticed(place, target):
    begun(place, target)
    engine = open_store(place.url)
    key = load_audit_key(place.folder / "var" / "keys")
    Audit(engine, key, gate.now).append(Actor.SERVICE, Action.GATE_STARTED, version="0.1.0")
    engine.dispose()
    code, _, err = place.run("store", "move", target)
    assert code == 65
    assert "a gate has run on the store since" in err
    code, _, err = place.run("store", "move", target, "--anew")
    assert code == 0, err


def test_another_stores_move_is_not_gone_on_with(place, target, tmp_path, capsys):
    begun(place, target)
    other = Installation(tmp_path / "other", capsys)
    other.fill()
    code, _, err = other.run("store", "move", target)
    assert code == 65
    assert "another store is being moved" in err


def test_while_a_gate_runs_nothing_is_moved(place, target):
    other = subprocess.Popen([sys.executable, "-c", GATE, place.url], stdout=subprocess.PIPE)
    try:
        assert other.stdout.readline() == b"in\n"
        code, _, err = place.run("store", "move", target)
    finally:
        other.kill()
        other.wait(10)
        other.stdout.close()
    assert code == 65
    assert "stop it first" in err
    assert rows_of(target)["reports"] == []


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("INSERT INTO epochs VALUES (1)", "holds data already (table epochs)"),
        ("CREATE TABLE of_others (x int)", "has other tables (of_others)"),
        ("ALTER TABLE outbox ADD COLUMN x int", "another table outbox"),
        ("UPDATE alembic_version SET version_num = '9999'", "another version"),
    ],
)
def test_another_target_than_an_empty_store_is_refused_and_left_alone(
    place, target, statement, said
):
    if "INTO epochs" in statement:
        engine = open_store(target)
        with engine.begin() as connection:
            row = {c.name: _value(c, "x", None) for c in schema.epochs.columns}
            connection.execute(sa.insert(schema.epochs).values(row))
        engine.dispose()
    else:
        on(target, statement)
    code, _, err = place.run("store", "move", target)
    assert code in {65, 69}
    assert said in err
    assert on(target, "SELECT 1 FROM reports") == []


def test_an_empty_database_gets_the_tables(place, postgres):
    url = postgres.empty()
    assert place.run("store", "move", url)[0] == 0
    assert len(rows_of(url)["reports"]) == len(rows_of(place.url)["reports"])
    postgres.drop(url)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://u:secret-word@127.0.0.1/x",
        "postgresql+psycopg://u@127.0.0.1/x?password=secret-word",
        "sqlite:///x.db",
        "nonsense secret-word",
    ],
)
def test_a_url_with_a_password_or_of_another_kind_is_wrong_usage(place, url):
    code, out, err = place.run("store", "move", url)
    assert code == 64
    assert "secret-word" not in out + err
    assert ("postgresql+psycopg://" in err) != ("password on the command line" in err)


def test_a_server_that_cannot_be_reached_is_unavailable(place):
    code, _, err = place.run("store", "move", "postgresql+psycopg://u@127.0.0.1:1/x")
    assert (code, err.count("\n")) == (69, 1)
