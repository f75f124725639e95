"""``rufgate backup`` and ``restore``: sound under load, without keys, held against tombstones."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from rufgate import app as gate
from rufgate.cli import main
from rufgate.govern.keys import load_audit_key, make_keys
from rufgate.govern.tombstones import Tombstone, Tombstones
from rufgate.store.engine import open_store
from rufgate.store.reports import ReportStore
from tests.store.full_report import RECEIVED, sanitized

BARE = '[smtp]\nrecipients = ["dmarc-ruf@ruf.example.org"]\n'
RULES = """\
[[retention]]
class = "facts"
days = 1
domain = "example.org"
owner = "desk"
"""


class Installation:
    """A folder with a configuration, keys and two reports."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys
        self.database = folder / "var" / "rufgate.db"
        self.keys = folder / "var" / "keys"
        self.tombstones = folder / "var" / "tombstones.log"
        make_keys(self.keys)
        self.config = folder / "config" / "rufgate.toml"
        self.config.parent.mkdir(mode=0o700)
        self.config.write_text(BARE)
        self.record("one")
        self.record("two", owner="other.example")

    def record(self, name: str, **more: Any) -> None:
        engine = open_store(f"sqlite:///{self.database}")
        ReportStore(engine).record(sanitized(name, fingerprint=name, **more))
        engine.dispose()

    def run(self, *arguments: str) -> tuple[int, str, str]:
        code = main.run([*arguments, "--config", str(self.config)])
        printed = self._capsys.readouterr()
        return code, printed.out, printed.err

    def forget_one(self) -> None:
        """By hand, under a rule that is there for that moment alone."""
        self.config.write_text(BARE + RULES)
        _, out, _ = self.run("retention", "plan", "--json")
        code, _, err = self.run("retention", "apply", "--plan", json.loads(out)["digest"])
        assert code == 0, err
        self.config.write_text(BARE)

    def reports(self) -> int:
        _, out, _ = self.run("reports", "list", "--json")
        found = json.loads(out)
        return len(found["reports"] if isinstance(found, dict) else found)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> Installation:
    monkeypatch.delenv("RUFGATE_CONFIG", raising=False)
    monkeypatch.setattr(gate, "now", lambda: RECEIVED + timedelta(days=3))
    return Installation(tmp_path / "here", capsys)


@pytest.fixture
def backup(place: Installation, tmp_path: Path) -> Path:
    code, out, err = place.run("backup", str(tmp_path / "backup"))
    assert (code, err) == (0, "")
    assert "not in it: keys and tombstones" in out
    return tmp_path / "backup"


def test_a_backup_has_the_database_and_a_manifest_and_is_closed_to_others(place, tmp_path):
    place.forget_one()
    code, out, _ = place.run("backup", str(tmp_path / "b"), "--json")
    said, folder = json.loads(out), tmp_path / "b"
    assert code == 0
    assert {file.name for file in folder.iterdir()} == {"rufgate.db", "manifest.json"}
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}
    assert said["size"] == (folder / "rufgate.db").stat().st_size
    content = b"".join(file.read_bytes() for file in folder.iterdir())
    for key in place.keys.iterdir():
        assert key.read_bytes().strip() not in content
    gone = json.loads(place.tombstones.read_text().splitlines()[0])["id"]
    assert gone.encode() not in content
    assert gone.replace("-", "").encode() not in content


def test_a_restored_backup_lacks_what_was_forgotten_since(place, backup):
    place.forget_one()
    assert place.reports() == 1
    code, out, err = place.run("restore", str(backup), "--replace", "--json")
    said = json.loads(out)
    assert (code, err) == (0, "")
    assert said["tombstones"] == 1
    assert said["rows_forgotten"] > 0
    assert place.reports() == 1
    assert place.database.stat().st_mode & 0o777 == 0o600
    assert [f.name for f in place.database.parent.glob("*restoring*")] == []
    code, out, _ = place.run("audit", "list", "--json")
    entries = json.loads(out)
    restored = next(e for e in entries if e["action"] == "store_restored")
    assert f"{restored['details']['last']}:{restored['details']['mac']}" == said["replaced_head"]
    assert place.run("audit", "verify")[0] == 0
    code, _, err = place.run("audit", "verify", "--head", said["replaced_head"])
    assert code == 65
    kept = [json.loads(line) for line in Path(said["replaced_log"]).read_text().splitlines()]
    assert {"tombstones_written", "retention_applied"} <= {entry["action"] for entry in kept}


def test_a_list_cut_short_since_the_backup_is_noticed_by_the_store_that_is_replaced(place, backup):
    """The log in the backup knows of no line; that of the replaced store knows how many."""
    place.forget_one()
    place.tombstones.write_bytes(b"")
    code, out, _ = place.run("restore", str(backup), "--replace")
    assert code == 0
    assert "tombstones are missing" in out
    entries = json.loads(place.run("audit", "list", "--json")[1])
    assert "tombstones_lost" in {entry["action"] for entry in entries}


def test_a_key_destroyed_since_the_backup_stays_destroyed(place, tmp_path):
    assert place.run("keys", "rotate")[0] == 0
    assert place.run("backup", str(tmp_path / "later"))[0] == 0
    assert place.run("keys", "destroy", "1", "--yes")[0] == 0
    assert place.run("restore", str(tmp_path / "later"), "--replace")[0] == 0
    (first, _) = json.loads(place.run("keys", "list", "--json")[1])
    assert (first["state"], first["destroyed_on"]) == ("destroyed", "2026-03-13")


def test_a_database_put_back_by_hand_is_held_against_the_list_before_rows_are_read(place, backup):
    place.forget_one()
    for name in ("", "-wal", "-shm"):
        Path(f"{place.database}{name}").unlink(missing_ok=True)
    shutil.copy(backup / "rufgate.db", place.database)
    assert place.reports() == 1


def test_an_existing_database_is_not_replaced_unasked(place, backup):
    before = place.database.stat().st_ino
    code, _, err = place.run("restore", str(backup))
    assert code == 65
    assert "--replace" in err
    assert place.database.stat().st_ino == before


def test_nothing_is_restored_while_a_gate_runs(place, backup):
    script = (
        "import sys, time; from sqlalchemy import create_engine; "
        "from rufgate.store.gates import Gates; g = Gates(create_engine(sys.argv[1])); g.enter(); "
        "g.settle(); print('in', flush=True); time.sleep(60)"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", script, f"sqlite:///{place.database}"], stdout=subprocess.PIPE
    )
    try:
        assert other.stdout.readline() == b"in\n"
        code, _, err = place.run("restore", str(backup), "--replace")
    finally:
        other.kill()
        other.wait(10)
        other.stdout.close()
    assert code == 65
    assert "a gate runs on this store: stop it first" in err
    assert place.run("restore", str(backup), "--replace")[0] == 0


@pytest.mark.parametrize(
    ("file", "said"),
    [("rufgate.db", "does not fit its manifest"), ("manifest.json", "does not fit")],
)
def test_a_changed_backup_is_refused(place, backup, file, said):
    before = place.database.stat().st_ino
    content = bytearray((backup / file).read_bytes())
    place_of = content.rindex(b"headers") if file == "rufgate.db" else content.index(b"20")
    content[place_of + 1] ^= 1
    (backup / file).write_bytes(content)
    code, _, err = place.run("restore", str(backup), "--replace")
    assert code == 65
    assert said in err
    assert place.database.stat().st_ino == before


def test_a_folder_that_is_no_backup_and_one_that_is_not_empty(place, backup, tmp_path):
    code, _, err = place.run("restore", str(tmp_path / "none"))
    assert (code, "no backup in" in err) == (65, True)
    code, _, err = place.run("backup", str(backup))
    assert (code, "is not empty" in err) == (65, True)


def test_damaged_tombstones_refuse_a_restore_and_reading_and_are_named(place, backup):
    place.forget_one()
    content = bytearray(place.tombstones.read_bytes())
    content[20] ^= 1
    place.tombstones.write_bytes(content)
    before = place.database.stat().st_ino
    code, _, err = place.run("restore", str(backup), "--replace")
    assert code == 78
    assert "line 1 does not fit" in err
    assert place.database.stat().st_ino == before
    code, _, err = place.run("reports", "list")
    assert (code, "line 1 does not fit" in err) == (78, True)


def test_a_backup_under_load_is_sound(place, tmp_path):
    stop, written = threading.Event(), []

    def write() -> None:
        engine = open_store(f"sqlite:///{place.database}")
        store = ReportStore(engine)
        while not stop.is_set():
            store.record(sanitized(f"load-{len(written)}", fingerprint=f"load-{len(written)}"))
            written.append(1)
        engine.dispose()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(2):
            assert place.run("backup", str(tmp_path / f"b{number}"))[0] == 0
    finally:
        stop.set()
        writer.join(30)
    assert written
    for number in range(2):
        copy = sqlite3.connect(tmp_path / f"b{number}" / "rufgate.db")
        assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert copy.execute("PRAGMA foreign_key_check").fetchall() == []
        assert copy.execute("PRAGMA auto_vacuum").fetchone() == (2,)
        assert copy.execute("SELECT count(*) FROM reports").fetchone()[0] >= 2
        copy.close()
        code, out, _ = place.run(
            "audit", "verify", "--file", str(tmp_path / f"b{number}" / "rufgate.db"), "--head",
            json.loads((tmp_path / f"b{number}" / "manifest.json").read_text())["head"],
        )  # fmt: skip
        assert (code, "the log is whole" in out) == (0, True)


def checked(place: Installation) -> tuple[int, dict[str, str]]:
    code, out, _ = place.run("check", "--json")
    return code, {found["key"]: found["message"] for found in json.loads(out)}


def test_check_names_a_damaged_and_a_lost_list_and_a_key_that_is_back(place):
    place.forget_one()
    code, found = checked(place)
    assert (code, "store.tombstones" in found, "keys.directory" in found) == (0, False, False)
    whole = place.tombstones.read_bytes()
    place.tombstones.write_bytes(whole.replace(b"delete", b"deletf", 1))
    code, found = checked(place)
    assert (code, "line 1 does not fit" in found["store.tombstones"]) == (78, True)
    place.tombstones.unlink()
    code, found = checked(place)
    assert (code, "missing" in found["store.tombstones"]) == (0, True)
    place.tombstones.write_bytes(whole)
    audit_key = load_audit_key(place.keys)
    Tombstones(place.tombstones, audit_key, gate.now).append([Tombstone.of_key("epoch-1")])
    code, found = checked(place)
    assert (code, "epoch-1 was destroyed" in found["keys.directory"]) == (78, True)


KILLED = """
import os, signal, sys
from rufgate.govern import purge
purge.apply_plan = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
from rufgate.cli import main
main.run(sys.argv[1:])
"""


def test_a_purge_that_is_killed_before_it_deletes_is_finished_later(place):
    place.config.write_text(BARE + RULES)
    at = "2026-03-13T12:00:00"
    _, out, _ = place.run("retention", "plan", "--at", at, "--json")
    apply = ["retention", "apply", "--plan", json.loads(out)["digest"], "--at", at]
    done = subprocess.run(
        [sys.executable, "-c", KILLED, *apply, "--config", str(place.config)],
        check=False, capture_output=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == -9, done.stderr.decode()
    place.config.write_text(BARE)
    engine = open_store(f"sqlite:///{place.database}")
    assert len(ReportStore(engine).list()) == 2
    engine.dispose()
    assert place.reports() == 1
