"""``make fuzz``: every target under atheris, each with its share of the time, then SMTP dialogues.

    python -m tests.fuzz.run --minutes 10
    python -m tests.fuzz.run --minutes 2 --target planted --target again

In:  minutes; ``var/fuzz/<target>`` with what earlier runs found new, filled with seeds if empty.
Out: one line a target (executions, seconds, new paths), also appended to ``var/fuzz/summary.txt``.
     Stops at the first crash, hang or leak with 1, and says where its input lies.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.dictionary import WORDS
from tests.fuzz.table import TARGETS

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "var" / "fuzz"
_STATS = re.compile(r"^stat::(\w+):\s*(\d+)", re.MULTILINE)
_LEAST_S = 5
_DIALOGUES = 0.1  # of the time, for the SMTP server
_STUCK_S = 30  # wall clock, for what never comes back; slowness is the target's own to tell
_MEMORY_MB = 2048


@dataclass(frozen=True)
class Outcome:
    """What a run of one target came to."""

    target: str
    executions: int
    seconds: float
    new_paths: int
    is_good: bool

    def line(self) -> str:
        verdict = "ok" if self.is_good else "FAILED"
        numbers = f"{self.executions:>10,} executions {self.seconds:>7.0f} s"
        return f"{self.target:<14}{numbers} {self.new_paths:>6} new paths  {verdict}"


def _corpus(name: str) -> Path:
    folder = FOLDER / name
    folder.mkdir(parents=True, exist_ok=True)
    if not any(folder.iterdir()):
        for seed in TARGETS[name].seeds():
            (folder / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    return folder


def _dictionary() -> Path:
    path = FOLDER / "words.dict"
    path.parent.mkdir(parents=True, exist_ok=True)
    coded = ("".join(f"\\x{byte:02x}" for byte in word) for word in WORDS)
    path.write_text("".join(f'"{word}"\n' for word in coded))
    return path


def run_target(name: str, seconds: int) -> Outcome:
    """``name`` for so long."""
    corpus, target = _corpus(name), TARGETS[name]
    options = (
        f"-max_total_time={seconds}",
        f"-max_len={target.max_len}",
        f"-timeout={_STUCK_S}",
        f"-rss_limit_mb={_MEMORY_MB}",
        f"-artifact_prefix={FOLDER}/{name}-",
        f"-dict={_dictionary()}",
        "-print_final_stats=1",
    )
    command = (sys.executable, "-m", "tests.fuzz.atheris_target", name, *options, str(corpus))
    began = time.monotonic()
    done = subprocess.run(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    (FOLDER / f"{name}.log").write_text(done.stdout)
    stats = {key: int(value) for key, value in _STATS.findall(done.stdout)}
    outcome = Outcome(
        target=name,
        executions=stats.get("number_of_executed_units", 0),
        seconds=time.monotonic() - began,
        new_paths=stats.get("new_units_added", 0),
        is_good=done.returncode == 0,
    )
    with (FOLDER / "summary.txt").open("a") as summary:
        summary.write(f"{outcome.line()}\n")
    return outcome


def _shares(names: list[str], minutes: float) -> list[tuple[str, int]]:
    whole = sum(TARGETS[name].weight for name in names)
    return [
        (name, max(_LEAST_S, round(minutes * 60 * TARGETS[name].weight / whole))) for name in names
    ]


def main() -> int:
    """Returns 0 where nothing was found."""
    parser = argparse.ArgumentParser(description="Fuzz the filter with atheris.")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--target", action="append", choices=sorted(TARGETS))
    given = parser.parse_args()
    outcomes = []
    for name, seconds in _shares(given.target or list(TARGETS), given.minutes * (1 - _DIALOGUES)):
        outcomes.append(run_target(name, seconds))
        print(outcomes[-1].line(), flush=True)
        if not outcomes[-1].is_good:
            print(f"Read {FOLDER}/{name}.log; the input lies at {FOLDER}/{name}-*")
            return 1
    print(f"{'all':<14}{sum(one.executions for one in outcomes):>10,} executions", flush=True)
    return 0 if given.target else _dialogues(given.minutes)


def _dialogues(minutes: float) -> int:
    """The SMTP server's turn; it prints its own line."""
    seconds = str(max(_LEAST_S, round(minutes * 60 * _DIALOGUES)))
    command = (sys.executable, "-m", "tests.fuzz.smtp_dialogue", "--seconds", seconds)
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
