"""A second scorer, written by others, where it is present: ours is compared with it.

In:  the environment variable ``RUFGATE_SCORER``, else ``../shared/bench/leak/score.py`` beside the
     checkout; folders with truth files and outputs.
Out: what it prints, and its figures.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parents[2]


def scorer() -> Path | None:
    """The program, if it is there."""
    path = Path(os.environ.get("RUFGATE_SCORER", _ROOT.parent / "shared/bench/leak/score.py"))
    return path if path.is_file() else None


def score(truth: Path, out: Path, program: Path, *, show: int = 0) -> tuple[str, dict[str, Any]]:
    """What the scorer prints, and its figures."""
    with tempfile.NamedTemporaryFile(suffix=".json") as figures:
        command = [sys.executable, str(program), "--truth", str(truth), "--out", str(out)]
        command += ["--json", figures.name, "--show", str(show)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        return done.stdout, json.loads(Path(figures.name).read_text())
