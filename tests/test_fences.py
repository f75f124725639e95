"""The fences must catch planted faults: import contracts, types, and our own rules as code."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "rufgate"


def _run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def _lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    return _run(
        folder,
        "-c",
        "from importlinter.cli import lint_imports_command as run; run()",
        "--no-cache",
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The package and its fences, free to be spoiled."""
    shutil.copytree(PACKAGE, tmp_path / "rufgate", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def _plant(folder: Path, name: str, line: str) -> None:
    path = folder / "rufgate" / name
    text = path.read_text() if path.exists() else ""
    path.write_text(f"{text}\n{line}\n")


def test_the_package_as_it_is_keeps_its_contracts(copy: Path) -> None:
    result = _lint_imports(copy)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("name", "line", "contract"),
    [
        ("sanitize/policy.py", "import logging", "no I/O"),
        ("sanitize/pseudonym.py", "import time", "no I/O"),
        ("store/reports.py", "import rufgate.sanitize.raw", "Raw mail stays upstream"),
        ("sanitize/sanitized.py", "import rufgate.sanitize.raw", "Raw mail stays upstream"),
        ("deliver/courier.py", "import rufgate.receive.replies", "downwards only"),
        ("store/outbox.py", "import rufgate.settings.schema", "downwards only"),
        ("sanitize/leakcheck.py", "import rufgate.sanitize.addresses", "second opinion"),
        ("sanitize/leak_readings.py", "import rufgate.sanitize.normalize", "second opinion"),
        ("sanitize/people.py", "import rufgate.sanitize.leakcheck", "detectors use nothing"),
        ("recognize/presidio.py", "import rufgate.sanitize.leak_readings", "detectors use nothing"),
        ("receive/canary_search.py", "import rufgate.sanitize.leakcheck", "canary's search"),
        ("helpers.py", "'''A module that no layer names.'''", "downwards only"),
        ("app.py", "import bench.leak.score", "without the benchmark"),
    ],
)
def test_an_import_against_the_direction_is_caught(
    copy: Path, name: str, line: str, contract: str
) -> None:
    _plant(copy, name, line)
    result = _lint_imports(copy)
    assert result.returncode != 0
    broken = [text for text in result.stdout.splitlines() if "BROKEN" in text]
    assert any(contract in text for text in broken), result.stdout


FAULTS = """
from datetime import UTC, datetime
from uuid import uuid4

from rufgate.sanitize.parsed import Malformed, ParsedReport
from rufgate.sanitize.raw import RawText
from rufgate.sanitize.redact import OuterLoop
from rufgate.sanitize.sanitized import Sanitized, SanitizedHeader, SanitizedText
from rufgate.store.reports import ReportStore


def stores_what_was_only_parsed(store: ReportStore, report: ParsedReport) -> None:
    store.record(report)  # fault 1


def forgets_malformed(outcome: ParsedReport | Malformed) -> ParsedReport:
    return outcome  # fault 2


def misses_an_arm(outcome: Sanitized | OuterLoop) -> int:  # fault 3
    match outcome:
        case OuterLoop():
            return 1


def puts_raw_into_clean(text: RawText) -> SanitizedHeader:
    return SanitizedHeader(name=SanitizedText("Subject"), value=text)  # fault 4
"""


def test_mypy_catches_raw_in_clean_places_and_forgotten_outcomes(copy: Path) -> None:
    (copy / "rufgate" / "faults.py").write_text(FAULTS)
    cache = ROOT / ".mypy_cache" / "fences"
    result = _run(
        copy, "-m", "mypy", "--follow-imports=silent", f"--cache-dir={cache}", "rufgate/faults.py"
    )
    lines = FAULTS.splitlines()
    faulty = {number for number, line in enumerate(lines, 1) if "# fault" in line}
    reported = {
        int(line.split(":")[1]) for line in result.stdout.splitlines() if ": error:" in line
    }
    assert reported == faulty, result.stdout


# Our own rules, which neither tool knows.

_MAY_CONSTRUCT = ("sanitize/", "store/reports.py")
_MAY_REVEAL = ("sanitize/", "recognize/")


def _violations(name: str, source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        word = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        if word == "SanitizedText" and not name.startswith(_MAY_CONSTRUCT):
            yield f"{name}:{node.lineno} constructs SanitizedText"
        if word == "reveal" and not name.startswith(_MAY_REVEAL):
            yield f"{name}:{node.lineno} reveals raw content"


def test_only_the_core_makes_clean_text_and_reads_raw_text() -> None:
    found = [
        violation
        for path in PACKAGE.rglob("*.py")
        for violation in _violations(path.relative_to(PACKAGE).as_posix(), path.read_text())
    ]
    assert not found


@pytest.mark.parametrize(
    ("name", "source", "is_caught"),
    [
        ("deliver/worker.py", 'SanitizedText("alice@example.com")', True),
        ("cli/reports.py", 'sanitized.SanitizedText("x")', True),
        ("sanitize/headers.py", 'SanitizedText("x")', False),
        ("store/reports.py", "SanitizedText(row.subject)", False),
        ("receive/session.py", "print(message.reveal())", True),
        ("recognize/presidio.py", "plain = text.reveal()", False),
        ("deliver/worker.py", "isinstance(x, SanitizedText)", False),
    ],
)
def test_the_rule_knows_right_from_wrong(name: str, source: str, is_caught: bool) -> None:
    assert bool(list(_violations(name, source))) is is_caught
