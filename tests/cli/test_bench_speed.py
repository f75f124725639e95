"""``rufgate bench speed``: it runs on real servers, counts what it sent, and leaves nothing behind.

No test here says how fast anything is: the machine that runs it may be busy.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from bench.speed import page
from bench.speed.client import Load, reports, send
from bench.speed.generate import Shape, report
from bench.speed.loads import Tools
from bench.speed.processes import CannotMeasure, Program, free_port, tree
from rufgate.cli import main

PAGE = f"# Speed\n\nbefore\n{page.BEGIN}\nold\n{page.END}\nafter\n"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--only", "nonsense"], "there is no row nonsense: unique, near"),
        (["--write", "no-such-page.md"], "is no page with the lines <!-- figures -->"),
        (["--json", "no-such-folder/figures.json"], "there is no folder no-such-folder"),
        (["--shared", "no-such-folder"], "holds no smtp_load.py"),
    ],
)
def test_what_cannot_end_well_is_not_begun(
    options: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.run(["bench", "speed", *options]) == 64
    assert words in capsys.readouterr().err


def test_a_small_run_fills_the_page_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    file, figures = tmp_path / "page.md", tmp_path / "figures.json"
    file.write_text(PAGE)
    command = ["bench", "speed", "--quick", "--rounds", "1", "--only", "metadata", "--salt", "7"]
    assert main.run([*command, "--json", str(figures), "--write", str(file)]) == 0
    captured = capsys.readouterr()
    assert "round 1 of 1, metadata" in captured.err
    run = json.loads(figures.read_text())
    (row,) = run["figures"]
    assert row["value"] > 0
    assert row["note"].startswith("by processor time ")
    assert ";" not in row["note"]
    assert row["low"] == row["high"] == row["value"]
    assert run["machine"]["cores"] > 0
    assert run["machine"]["versions"]["aiosmtpd"]
    assert "unique 30 KB reports, tier `metadata`" in captured.out
    text = file.read_text()
    assert text.startswith("# Speed\n\nbefore\n")
    assert text.endswith("\nafter\n")
    assert "old" not in text
    assert f"| {' | '.join(page.COLUMNS)} |" in text
    assert "`rufgate bench speed --rounds 1 --salt 7 --only metadata --quick`" in text
    assert {file.name for file in tmp_path.iterdir()} == {"page.md", "figures.json"}
    assert still_running(tmp_path) == []


def still_running(folder: Path) -> list[str]:
    """Servers whose files are in ``folder``."""
    found = []
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = line.read_bytes().split(b"\0")
        except OSError:
            continue
        if any(str(folder).encode() in word for word in words):
            found.append(line.parent.name)
    return found


def test_every_report_that_is_answered_is_counted(tmp_path: Path) -> None:
    program = Program(Tools().bare(port := free_port()), port, tmp_path)
    program.start()
    try:
        load = Load(count=7, sessions=3, distinct=2, shape=Shape(size=5_000, text=500))
        outcome = send(port, load)
        assert (outcome.accepted, dict(outcome.refused)) == (7, {})
        assert 0 < outcome.p50 <= outcome.p99 <= outcome.seconds
        assert len(list(tree(program.pid))) == 1
        assert program.pss() > 1_000_000
    finally:
        program.stop()


REFUSES = """
import asyncio, sys
from bench.speed.servers.bare import serve
class Handler:
    async def handle_DATA(self, server, session, envelope):
        return "451 4.3.0 later"
asyncio.run(serve(Handler(), int(sys.argv[1])))
"""


def test_what_is_refused_is_counted_by_its_code(tmp_path: Path) -> None:
    port = free_port()
    program = Program([sys.executable, "-c", REFUSES, str(port)], port, tmp_path)
    program.start()
    try:
        load = Load(count=3, sessions=1, shape=Shape(size=5_000, text=500))
        outcome = Tools().send(port, load)
        assert (outcome.accepted, outcome.refused) == (0, {"end of data 451": 3})
    finally:
        program.stop()


def test_an_open_loop_waits_until_a_report_is_due(tmp_path: Path) -> None:
    program = Program(Tools().bare(port := free_port()), port, tmp_path)
    program.start()
    try:
        outcome = send(port, Load(count=6, rate=20.0, shape=Shape(size=5_000, text=500)))
        assert outcome.accepted == 6
        assert outcome.seconds >= 5 / 20
    finally:
        program.stop()


def test_a_program_that_does_not_listen_is_told_with_what_it_said(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "raise SystemExit('no models')"]
    program = Program(command, free_port(), tmp_path)
    with pytest.raises(CannotMeasure, match="no models"):
        program.start()


def test_the_same_number_gives_the_same_report_and_campaigns_share_their_letter() -> None:
    shape = Shape(seed=3, alike=1.0, campaigns=1)
    assert report(1, shape) == report(1, shape)
    assert report(1, shape) != report(2, shape)
    letters = [
        report(number, shape).split(b"Dear ")[1].split(b"\r\n\r\n")[1:4] for number in (1, 2)
    ]
    assert letters[0] == letters[1]
    assert len(report(1, Shape())) == pytest.approx(30_000, rel=0.03)


def test_a_line_that_starts_with_a_dot_is_stuffed() -> None:
    shape = Shape(hostile=20)
    (content,) = reports(Load(count=1, shape=shape))
    assert content.endswith(b"\r\n.\r\n")
    assert content.count(b"\r\n.\r\n") == 1


@pytest.mark.long
def test_a_run_that_is_ended_stops_its_servers(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "rufgate", "bench", "speed", "--only", "metadata"]
    place = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=place) as run:
        assert run.stderr is not None
        for line in run.stderr:
            if "round 1" in line:
                break
        run.terminate()
        run.stderr.read()
        assert run.wait(90) in {143, 130}
    assert still_running(tmp_path) == []
    assert list(tmp_path.iterdir()) == []
