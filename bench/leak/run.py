"""Generates reports, sends them through ``rufgate sanitize`` and scores what comes out.

    python -m bench.leak.run --count 300 --seed 1 --part measure

In:  the environment variable ``RUFGATE_SCORER``, else ``../shared/bench/leak/score.py`` beside the
     checkout.
Out: the scorer's words on standard output, its figures as JSON with ``--json``.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import Any

from bench.leak import generate, parts

_ROOT = Path(__file__).resolve().parents[2]


def scorer() -> Path | None:
    """The external scorer, if it is there."""
    path = Path(os.environ.get("RUFGATE_SCORER", _ROOT.parent / "shared/bench/leak/score.py"))
    return path if path.is_file() else None


def sanitize(source: Path, target: Path, tier: str, *, allowed: Collection[int] = (0,)) -> None:
    """Every report of ``source`` through one run of the command line."""
    inputs = sorted(source.glob("*.eml")) or [source]  # the truth files lie in the same folder
    command = [sys.executable, "-m", "rufgate", "sanitize", *map(str, inputs)]
    command += ["--out", str(target), "--tier", tier]
    target.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "PYTHONPATH": f"{_ROOT}:{os.environ.get('PYTHONPATH', '')}"}
    done = subprocess.run(  # in a folder without a configuration: default rules
        command, check=False, cwd=target, env=environment, capture_output=True
    )
    if done.returncode not in allowed:
        raise RuntimeError(
            f"exit {done.returncode}: {done.stderr.decode(errors='replace')[-2000:]}"
        )


def score(truth: Path, out: Path, program: Path, *, show: int = 0) -> tuple[str, dict[str, Any]]:
    """What the scorer prints, and its figures."""
    with tempfile.NamedTemporaryFile(suffix=".json") as figures:
        command = [sys.executable, str(program), "--truth", str(truth), "--out", str(out)]
        command += ["--json", figures.name, "--show", str(show)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        return done.stdout, json.loads(Path(figures.name).read_text())


def main() -> None:
    parser = argparse.ArgumentParser(description="Leak benchmark of the sanitizer")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--part", choices=parts.names(), default="measure")
    parser.add_argument("--tier", default="text")
    parser.add_argument("--show", type=int, default=0, help="print so many leaks")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--keep", type=Path, help="work in this folder and leave it")
    options = parser.parse_args()
    program = scorer()
    if program is None:
        sys.exit("no scorer: set RUFGATE_SCORER to its score.py")
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        truth, out = folder / "in", folder / "out"
        generate.write(truth, count=options.count, seed=options.seed, part=options.part)
        sanitize(truth, out, options.tier)
        words, figures = score(truth, out, program, show=options.show)
    print(words)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
