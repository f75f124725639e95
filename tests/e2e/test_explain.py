"""What is said of a redaction never holds what was redacted: marks in every place, one search."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.cli.here import run_here
from tests.e2e.marks import Haystack
from tests.e2e.test_canary import PLACES, PREFIX


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("planted")
    for number, place in enumerate(PLACES.values()):
        mark = f"{PREFIX}{number:03d}Vexmar"
        (folder / f"{number:03d}.eml").write_bytes(place(mark).content)
    return folder


def rufgate(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    done = run_here(folder, *arguments)
    assert done.returncode in (0, 65), done.stderr[-2000:]
    return done


def leaking(output: bytes) -> list[str]:
    haystack = Haystack(output)
    if not haystack.holds(PREFIX):
        return []
    return [
        name for number, name in enumerate(PLACES) if haystack.holds(f"{PREFIX}{number:03d}Vexmar")
    ]


def test_no_explanation_holds_a_planted_value(planted: Path) -> None:
    done = rufgate(planted, "sanitize", ".", "--out", "out", "--explain")
    assert done.stderr.count(b"found by") > 0.9 * len(PLACES)
    for part in (b"subject", b"text", b"headers", b"feedback", b"attachments"):
        assert part in done.stderr
    assert leaking(done.stdout + done.stderr) == []


def test_no_trial_holds_a_planted_value(planted: Path) -> None:
    done = rufgate(
        planted, "policy", "test", ".", "--deny", "refund", "--allow", "please confirm", "--json"
    )
    assert done.stdout.count(b'"input"') >= len(PLACES)
    assert leaking(done.stdout + done.stderr) == []
