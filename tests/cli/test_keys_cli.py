"""``rufgate keys`` as a person uses it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from rufgate import app as gate
from rufgate.cli import main
from rufgate.govern.keys import load_keyring, make_keys
from rufgate.store.audit_stored import newest
from rufgate.store.engine import open_store
from rufgate.store.reports import ReportStore
from tests import reports as made
from tests.sanitize.sanitizing import done, rules

T0 = datetime(2026, 3, 1, tzinfo=UTC)


class World:
    def __init__(self, folder: Path, capsys: Any) -> None:
        self.now = T0
        self.folder = folder
        self.keys = folder / "var" / "keys"
        make_keys(self.keys)
        self.file = folder / "config" / "rufgate.toml"
        self.file.parent.mkdir(mode=0o700)
        self.file.write_text('[smtp]\nrecipients = ["dmarc-ruf@ruf.example.org"]\n')
        self.file.chmod(0o600)
        self.url = f"sqlite:///{folder / 'var' / 'rufgate.db'}"
        self._capsys = capsys

    def run(self, *arguments: str) -> tuple[int, str, str]:
        code = main.run([*arguments, "--config", str(self.file)])
        printed = self._capsys.readouterr()
        return code, printed.out, printed.err

    def list(self) -> list[dict[str, Any]]:
        code, out, _ = self.run("keys", "list", "--json")
        assert code == 0
        return json.loads(out)

    def actions(self) -> list[str]:
        return [entry.action for entry in newest(open_store(self.url), 100)]


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> World:
    monkeypatch.delenv("RUFGATE_CONFIG", raising=False)
    made_world = World(tmp_path, capsys)
    monkeypatch.setattr(gate, "now", lambda: made_world.now)
    return made_world


def test_the_list_tells_when_and_whether_the_next_is_due(world):
    (only,) = world.list()
    assert only == {
        "number": 1, "key_id": "p1", "state": "in use", "began_on": "2026-03-01", "ended_on": None,
        "destroyed_on": None, "reports": 0, "tokens": 0, "key_exists": True,
        "due_for_rotation": False,
    }  # fmt: skip
    world.now += timedelta(days=90)
    assert world.list()[0]["due_for_rotation"]
    assert world.run("keys", "rotate")[:2] == (0, "epoch 2 has begun: new reports carry p2\n")
    states = [(row["number"], row["state"], row["due_for_rotation"]) for row in world.list()]
    assert states == [(1, "ended, no report left", False), (2, "in use", False)]
    assert "epoch_begun" in world.actions()
    assert "epochs_listed" in world.actions()


def test_destroying_says_what_it_means_and_leaves_no_key(world):
    world.run("keys", "list")
    world.now += timedelta(days=10)
    world.run("keys", "rotate")
    code, out, said = world.run("keys", "destroy", "1", "--yes")
    assert (code, out) == (0, "destroyed: epoch 1\n")
    for word in ("epoch 1, 2026-03-01 to 2026-03-11: 0 stored reports", "noise", "backup", "flash"):
        assert word in said
    assert {path.name for path in world.keys.glob("epoch-*")} == {"epoch-2"}
    first = world.list()[0]
    assert (first["state"], first["destroyed_on"]) == ("destroyed", "2026-03-11")
    assert '"id":"epoch-1"' in (world.folder / "var" / "tombstones.log").read_text()
    assert "epoch_destroyed" in world.actions()


def test_nothing_is_destroyed_unasked_nor_the_epoch_in_use(world):
    assert world.run("keys", "destroy", "1")[0] == 64
    assert world.run("keys", "destroy", "--yes")[0] == 64
    assert world.run("keys", "destroy", "1", "--before", "2026-04-01", "--yes")[0] == 64
    code, _, said = world.run("keys", "destroy", "1", "--yes")
    assert (code, "rufgate keys rotate" in said) == (65, True)
    assert world.run("keys", "destroy", "9", "--yes")[0] == 65
    assert (world.keys / "epoch-1").exists()


def test_before_takes_those_that_ended_before_that_day(world):
    world.run("keys", "list")
    for _ in range(2):
        world.now += timedelta(days=10)
        world.run("keys", "rotate")
    code, out, _ = world.run("keys", "destroy", "--before", "2026-03-21", "--yes", "--json")
    assert (code, json.loads(out)) == (0, {"destroyed": [1]})  # the second ended on that day
    assert world.run("keys", "destroy", "--before", "2026-03-21", "--yes")[0] == 0
    assert {path.name for path in world.keys.glob("epoch-*")} == {"epoch-2", "epoch-3"}


def test_the_public_key_is_that_of_signing(world):
    _, pem, _ = world.run("keys", "export-public")
    private = load_pem_private_key((world.keys / "signing").read_bytes(), None)
    assert load_pem_public_key(pem.encode()) == private.public_key()
    _, out, _ = world.run("keys", "export-public", "--json")
    assert json.loads(out) == {"algorithm": "Ed25519", "public_key": pem}
    assert "PRIVATE" not in pem


def test_check_warns_of_a_folder_that_cannot_be_written(world, monkeypatch):
    """As the system tells it: root, who may run the tests, may write everywhere."""
    monkeypatch.setattr("os.access", lambda path, _mode: path != world.keys)
    code, out, _ = world.run("check", "--json")
    assert code == 0
    assert any("no new epoch" in problem["message"] for problem in json.loads(out))


def test_reports_and_tokens_are_counted_by_their_epoch(world):
    def record(number: int) -> None:
        given = replace(rules(), keyring=load_keyring(world.keys))
        done_ = done(made.numbered(number), given, report_id=UUID(int=number))
        ReportStore(open_store(world.url)).record(done_)

    record(1)
    world.run("keys", "list")
    world.run("keys", "rotate")
    record(2)
    record(3)
    first, second = world.list()
    assert (first["reports"], second["reports"]) == (1, 2)
    assert first["tokens"] > 0
    assert first["state"] == "ended"
    _, _, said = world.run("keys", "destroy", "1", "--yes")
    assert f"1 stored reports, {first['tokens']} pseudonyms" in said
    assert world.list()[0]["reports"] == 1


def test_epoch_days_is_taken_and_a_bad_one_is_named(world):
    text = world.file.read_text()
    world.file.write_text(text + "[keys]\nepoch_days = 30\n")
    assert world.run("check", "--json")[0] == 0
    world.list()
    world.now += timedelta(days=30)
    assert world.list()[0]["due_for_rotation"]
    world.file.write_text(text + "[keys]\nepoch_days = 0\n")
    code, out, _ = world.run("check", "--json")
    assert code == 78
    assert "keys.epoch_days" in {problem["key"] for problem in json.loads(out)}
