"""A backup put back by hand: what was forgotten since is gone before a real gate listens."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from rufgate.app import now
from rufgate.govern.keys import load_audit_key
from rufgate.govern.tombstones import Tombstone, Tombstones
from tests.e2e.gate import Gate
from tests.e2e.load import domain
from tests.e2e.rounds import marked

QUIET = {"analysts": (), "store_tier": "metadata", "processes": 1}
RULE = """
[[retention]]
class = "facts"
days = 0
domain = "*"
owner = "desk"
"""


def _forget_all(gate: Gate) -> None:
    config = gate.config.read_text()
    gate.config.write_text(config + RULE)
    options = ("--at", now().isoformat(), "--config", str(gate.config))
    plan = json.loads(gate.command("retention", "plan", *options, "--json").stdout)
    gate.command("retention", "apply", "--plan", plan["digest"], *options)
    gate.config.write_text(config)


@pytest.mark.long
def test_tombstoned_reports_are_gone_before_the_gate_listens(
    make_gate: Callable[..., Gate], tmp_path: Path
) -> None:
    gate = make_gate(**QUIET)
    gate.start()
    for number in range(3):
        assert gate.send(marked(number))[0] == 250
    gate.terminate()
    assert len(gate.reports_in_database()) == 3
    shutil.copy(gate.database, tmp_path / "old.db")
    _forget_all(gate)
    assert gate.reports_in_database() == []

    for name in ("", "-wal", "-shm"):
        Path(f"{gate.database}{name}").unlink(missing_ok=True)
    shutil.copy(tmp_path / "old.db", gate.database)
    assert domain(1).encode() in gate.database.read_bytes()
    gate.log.unlink()
    gate.start()
    assert gate.reports_in_database() == []
    events = [json.loads(line)["event"] for line in gate.log.read_text().splitlines()]
    assert events.index("tombstones_replayed") < events.index("listening")
    gate.terminate()
    assert domain(1).encode() not in gate.database.read_bytes()

    key = load_audit_key(gate.database.parent / "keys")
    listed = Tombstones(gate.database.parent / "tombstones.log", key, now)
    listed.append([Tombstone.of_key("epoch-1")])
    done = gate.command("serve", "--config", str(gate.config), expect=78)
    assert b"epoch-1 was destroyed" in done.stderr

    listed.path.write_bytes(listed.path.read_bytes().replace(b"delete", b"deletf", 1))
    done = gate.command("serve", "--config", str(gate.config), expect=78)
    assert b"line 1 does not fit" in done.stderr
