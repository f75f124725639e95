"""``rufgate reports show``: what was removed from a stored report is told, never what it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from rufgate.govern.keys import make_keys
from rufgate.sanitize.spans import Entity
from rufgate.store.engine import open_store
from rufgate.store.reports import ReportStore
from tests import reports
from tests.sanitize.sanitizing import REPORT_ID, Finder, done, text_rules

ROOT = Path(__file__).parents[2]


def shown(folder: Path, *arguments: str) -> str:
    environment = {key: v for key, v in os.environ.items() if not key.startswith("RUFGATE_")}
    environment |= {"PYTHONPATH": str(ROOT), "COLUMNS": "200"}
    run = subprocess.run(
        [sys.executable, "-m", "rufgate", "reports", "show", str(REPORT_ID), *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return run.stdout


def test_the_counts_of_a_stored_report_are_shown(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "rufgate.toml").write_text(
        f'[smtp]\nrecipients = ["{reports.RECIPIENT}"]\n'
    )
    make_keys(tmp_path / "var" / "keys")
    engine = open_store(f"sqlite:///{tmp_path / 'var' / 'rufgate.db'}")
    finder = Finder(r"confirm", Entity.REFERENCE)
    ReportStore(engine).record(done(reports.report(), text_rules(), recognizer=finder))
    engine.dispose()
    table = shown(tmp_path)
    for line in (
        "subject: person by known_names, 1",
        "text: reference by pattern, 1",
        "headers: address by pseudonym, 2",
        "feedback: address by pseudonym, 3",
    ):
        assert line in table
    told = json.loads(shown(tmp_path, "--json"))["counts"]
    assert {"entity": "reference", "recognizer": "pattern", "part": "text", "count": 1} in told
    assert {count["part"] for count in told} == {"subject", "text", "headers", "feedback"}
    assert "hitcombe" not in table + json.dumps(told)
