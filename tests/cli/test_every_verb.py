"""Every verb of the command line: what it shows or does is in the audit log, and a sentinel is not.

The verbs are those of the command line itself: a new one is an error here until it says which
entry it leaves, or why it leaves none.
"""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import typer
from sqlalchemy import insert, select

from rufgate import app as gate
from rufgate.cli import main
from rufgate.govern.keys import load_audit_key, make_keys
from rufgate.govern.plan import make_plan
from rufgate.govern.proof import Proof
from rufgate.govern.sentinels import ALSO
from rufgate.sanitize.pseudonym import Keyring
from rufgate.store.audit import Audit
from rufgate.store.audit_tables import audit_entries
from rufgate.store.engine import open_store, reading, writing
from rufgate.store.own_reports import SENTINELS_BEFORE
from rufgate.store.reports import ReportStore
from rufgate.store.schema import dropped_hours
from tests import reports
from tests.sanitize.sanitizing import done, rules
from tests.store.behind import held_in

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
ADDRESS = "ada.whitcombe@home.example"

# What each verb that shows or changes something leaves, in an order in which they can run.
ENTERED: dict[str, tuple[str, str]] = {
    "reports list": ("", "reports_listed"),
    "reports show": ("REPORT", "report_shown"),
    "reports stats": ("", "reports_counted"),
    "reports campaigns": ("", "campaigns_listed"),
    "reports export": ("", "reports_exported"),
    "outbox list": ("", "copies_listed"),
    "retention show": ("", "retention_shown"),
    "retention plan": ("--at 2029-06-01", "retention_shown"),
    "retention hold add": (
        "--report REPORT --reason case --owner desk --until 2027-01-31",
        "hold_added",
    ),
    "retention hold list": ("", "holds_listed"),
    "retention hold end": ("HOLD --reason over", "hold_ended"),
    "subject find": ("", "subject_searched"),
    "policy apply": ("", "policy_planned"),
    "keys list": ("", "epochs_listed"),
    "approve list": ("", "approvals_listed"),
    "tokens create": ("--name desk --role analyst", "token_created"),
    "tokens list": ("", "tokens_listed"),
    "audit list": ("", "audit_listed"),
    "audit verify": ("", "audit_verified"),
    "records ropa": ("", "record_made"),
    "records dpia": ("", "record_made"),
    "records notice": ("", "record_made"),
    "records disclosure": ("", "record_made"),
    "records breach": ("--from 2026-11-01 --to 9999-12-31", "record_made"),
    "backup": ("FOLDER", "store_backed_up"),
    "retention verify": ("", "purges_searched"),
    "keys rotate": ("", "epoch_begun"),
    "keys destroy": ("1 --yes", "epoch_destroyed"),
}
ELSEWHERE = {
    "subject erase": "test_subject_cli.py",
    "retention apply": "test_retention_cli.py",
    "restore": "test_backup_cli.py: the entry is in the database that is put in place",
    "store move": "test_store_move.py: the entries are in both databases",
    "import": "test_import.py",
    "outbox retry": "test_cli.py",
    "outbox drop": "test_cli.py",
    "approve grant": "test_access_cli.py",
    "tokens revoke": "test_access_cli.py",
    "canary acknowledge": "test_canary_cli.py",
    "canary run": "asks the running gate, which enters what it finds",
    "canary status": "the gate's own test: no report's row is shown",
    "audit head": "an entry would change the head that it prints",
    "keys export-public": "a public key",
    "manifest verify": "reads a file, opens no store",
    "dns records": "reads the configuration alone",
    "dns check": "reads the configuration and DNS",
    "serve": "test_service_audit.py",
    "init": "makes an installation",
    "check": "reads the configuration alone",
    "doctor": "counts and days; no row is shown",
    "sanitize": "reads files, opens no store",
    "policy test": "reads files, opens no store",
    "demo": "sends made-up reports",
    "bench leak": "made-up reports, no store",
    "bench speed": "made-up reports, stores of its own",
}


def verbs(command: Any, path: tuple[str, ...] = ()) -> Iterator[str]:
    children = getattr(command, "commands", None)
    if children is None:
        yield " ".join(path)
        return
    for name, child in children.items():
        yield from verbs(child, (*path, name))


class World:
    """An installation with one report."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.is_server = not url.startswith("sqlite")
        keys = folder / "var" / "keys"
        make_keys(keys)
        self.file = folder / "config" / "rufgate.toml"
        self.file.parent.mkdir(mode=0o700)
        self.file.write_text(
            '[smtp]\nrecipients = ["dmarc-ruf@ruf.example.org"]\n'
            f'[store]\nurl = "{url}"\n[[domains]]\nname = "example.org"\n'
        )
        self.engine = open_store(url)
        names = ("epoch-1", "fingerprint", "loop")
        secrets = [bytes.fromhex((keys / name).read_text()) for name in names]
        made = done(reports.report(), rules(keyring=Keyring(1, *secrets)))
        ReportStore(self.engine).record(made)
        self.report = made.report.id
        self.audit = Audit(self.engine, load_audit_key(keys), lambda: NOW)

    def run(self, monkeypatch: Any, capsys: Any, verb: str, arguments: str) -> tuple[int, str]:
        """Exit code and output."""
        known = {"REPORT": self.report, "FOLDER": self.folder / "backup", "HOLD": self.hold()}
        for name, value in known.items():
            arguments = arguments.replace(name, str(value))
        given = SimpleNamespace(buffer=io.BytesIO(ADDRESS.encode()), isatty=lambda: False)
        monkeypatch.setattr(sys, "stdin", given)
        monkeypatch.setattr(gate, "now", lambda: NOW)
        monkeypatch.delenv("RUFGATE_CONFIG", raising=False)
        words = [*verb.split(), *arguments.split(), "--config", str(self.file)]
        return main.run(words), capsys.readouterr().out

    def hold(self) -> str:
        entered = [said for action, said in self.entries() if action == "hold_added"]
        return str(json.loads(entered[-1])["hold"]) if entered else ""

    def entries(self) -> list[tuple[str, str]]:
        query = select(audit_entries.c.action, audit_entries.c.details)
        with reading(self.engine) as connection:
            rows = connection.execute(query.order_by(audit_entries.c.sequence)).all()
        return [(row.action, row.details) for row in rows]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, module_store_url: str) -> Iterator[World]:
    world = World(tmp_path_factory.mktemp("gate"), module_store_url)
    yield world
    world.engine.dispose()


def test_each_verb_of_the_command_line_is_named_here():
    assert set(verbs(typer.main.get_command(main.app))) == {*ENTERED, *ELSEWHERE}


@pytest.mark.parametrize("verb", ENTERED)
def test_what_a_verb_shows_or_does_is_entered_without_a_value(world, monkeypatch, capsys, verb):
    before = len(world.entries())
    arguments, action = ENTERED[verb]
    if verb == "backup" and world.is_server:  # the server's own work
        assert main.run([verb, arguments, "--config", str(world.file)]) == 65
        assert "pg_dump" in capsys.readouterr().err
        return
    assert world.run(monkeypatch, capsys, verb, arguments)[0] == 0
    entries = world.entries()[before:]
    assert action in [entered for entered, _ in entries]
    said = json.dumps(entries)
    assert ADDRESS not in said
    assert not re.search(r"p1-[a-z2-7]{24}|\d+\.\d+\.\d+\.\d+", said)


# What these print must not change while a purge is under way, or after one was killed.
SHOWN = [
    verb
    for verb, (_, action) in ENTERED.items()
    if action.endswith(("listed", "shown", "counted", "exported", "searched", "made", "planned"))
    and verb not in {"audit list", "retention verify", "retention hold list"}
]


def test_no_verb_shows_a_sentinel_and_the_next_search_clears_up(
    tmp_path, store_url, monkeypatch, capsys
):
    world = World(tmp_path, store_url)

    def shown() -> dict[str, str]:
        found = {}
        for verb in SHOWN:
            code, out = world.run(monkeypatch, capsys, verb, ENTERED[verb][0])
            assert code == 0, verb
            if verb == "records breach":  # it tells of the looks before it
                out = out.partition("## Read")[0]
            found[verb] = re.sub(r"audit +\* .*", "", out)  # as does the rule of the log
        return found

    with writing(world.engine) as connection:  # an hour of a table with an age of its own
        connection.execute(insert(dropped_hours).values(hour=NOW, dropped=1))
    shown()  # the first look groups reports into campaigns
    before = shown()
    plan = make_plan(world.engine, (), NOW + timedelta(days=4000))
    assert len({entry.rule.field_class for entry in plan.entries}) > 7
    Proof(world.engine, world.audit).plant(plan)  # and then it is killed
    assert shown() == before
    assert world.run(monkeypatch, capsys, "retention verify", "")[0] == 0
    assert b"9999-01-01" not in held_in(world.engine)
    with reading(world.engine) as connection:
        for table in ALSO:
            old = table.c[table.info["aged_by"]] < SENTINELS_BEFORE
            assert not connection.execute(select(table).where(old)).all()
