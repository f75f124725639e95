"""A folder of mails through one run of ``rufgate sanitize``, as an operator would have it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]


def sanitize(source: Path, target: Path, tier: str, *, allowed: Collection[int] = (0,)) -> None:
    """Every mail of ``source``; fails where the exit code is none of ``allowed``."""
    inputs = sorted(source.glob("*.eml")) or [source]  # truth files may lie in the same folder
    command = [sys.executable, "-m", "rufgate", "sanitize", *map(str, inputs)]
    command += ["--out", str(target), "--tier", tier]
    target.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "PYTHONPATH": f"{_ROOT}:{os.environ.get('PYTHONPATH', '')}"}
    done = subprocess.run(  # in a folder without a configuration: default rules
        command, check=False, cwd=target, env=environment, capture_output=True
    )
    assert done.returncode in allowed, done.stderr.decode(errors="replace")[-2000:]
