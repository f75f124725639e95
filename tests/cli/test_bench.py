"""``rufgate bench leak``: options, exit codes, and where the benchmark is looked for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from bench.leak import parts
from rufgate.cli import bench, main

ROOT = Path(__file__).parents[2]


def test_an_unknown_part_is_a_wrong_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(["bench", "leak", "--part", "nonsense"]) == 64
    assert "there is no part nonsense: tune, measure" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--style", "nonsense"], "there is no nonsense in part tune"),
        (["--write", str(ROOT / "LICENSE")], "is no page with the lines <!-- figures -->"),
        (["--write", "no-such-page.md"], "is no page"),
        (["--json", "no-such-folder/figures.json"], "there is no folder no-such-folder"),
    ],
)
def test_what_cannot_end_well_is_not_begun(
    options: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.run(["bench", "leak", "--part", "tune", *options]) == 64
    assert words in capsys.readouterr().err


def test_a_set_that_is_not_there_is_unavailable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RUFGATE_INDEPENDENT", str(tmp_path / "none.json"))
    assert main.run(["bench", "leak", "--part", "tune", "--independent"]) == 69
    assert "set RUFGATE_INDEPENDENT" in capsys.readouterr().err


def test_a_part_without_books_is_unavailable(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(parts.PARTS, "measure", ())
    assert main.run(["bench", "leak"]) == 69
    assert "part measure holds no book" in capsys.readouterr().err


def test_without_the_benchmark_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench, "_PLACES", (tmp_path,))
    assert main.run(["bench", "leak"]) == 69
    assert "comes with the source and the wheel" in capsys.readouterr().err


def test_a_wheel_holds_the_benchmark_where_it_is_looked_for() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]
    place = ROOT / build["targets"]["wheel"]["force-include"]["bench"]
    assert place == bench._PLACES[1] / "bench"


def test_another_package_of_that_name_is_not_taken_for_it(tmp_path: Path) -> None:
    (tmp_path / "bench").mkdir()
    (tmp_path / "bench" / "__init__.py").write_text("raise SystemExit('not this one')\n")
    done = subprocess.run(
        [sys.executable, "-m", "rufgate", "bench", "leak", "--part", "nonsense"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (tmp_path, ROOT)))},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 64, done.stderr
    assert "there is no part nonsense" in done.stderr


def test_a_small_run_prints_tables_writes_figures_and_checks_goals(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Figures\n\n<!-- figures -->\n<!-- end of figures -->\n")
    command = ["bench", "leak", "--part", "tune", "--count", "4", "--processes", "1", "--stock"]
    command += ["--json", str(tmp_path / "figures.json"), "--write", str(page), "--show", "2"]
    assert main.run([*command, "--keep", str(tmp_path / "kept"), "--tier", "metadata"]) == 0
    printed = capsys.readouterr().out
    assert "4 reports of 4 templates, part tune, seed 1, tier metadata" in printed
    figures = json.loads((tmp_path / "figures.json").read_text())
    assert figures["rufgate"]["reports"] == figures["stock"]["reports"] == 4
    assert figures["run"]["versions"]["presidio_analyzer"]
    assert "| strings leaked |" in page.read_text()
    kept = sorted(file.name for file in (tmp_path / "kept").rglob("*") if file.is_file())
    assert kept[:2] == ["0000.0.eml", "0000.0.eml"]
    assert {"0000.eml", "0000.json", "0000.1.eml", "0003.json"} <= set(kept)


def test_check_fails_where_a_goal_is_missed(capsys: pytest.CaptureFixture[str]) -> None:
    """At tier metadata no text is kept, and so no harmless phrase."""
    command = ["bench", "leak", "--part", "tune", "--count", "2", "--processes", "1", "--check"]
    assert main.run([*command, "--tier", "metadata"]) == 1
    assert "missed: " in capsys.readouterr().err
