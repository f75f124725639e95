"""The command line in this process, so that its models are loaded once for many tests.

In:  a folder to work in, arguments, standard input.
Out: what a process would have given: exit code, standard output, standard error.
"""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from rufgate.cli.main import run
from rufgate.recognize import load
from rufgate.telemetry import configure

_STREAMS = ("stdin", "stdout", "stderr")
_NOTHING: Mapping[str, str] = {}

the_recognizer = cache(load.load_recognizer)


def run_here(
    folder: Path, *arguments: str, stdin: bytes = b"", environment: Mapping[str, str] = _NOTHING
) -> subprocess.CompletedProcess[bytes]:
    """One run; what a process sets for itself is put back."""
    with pytest.MonkeyPatch.context() as patch, contextlib.chdir(folder):
        for name in [name for name in os.environ if name.startswith("RUFGATE_")]:
            patch.delenv(name)
        for name, value in environment.items():
            patch.setenv(name, value)
        for module in ("rufgate.app", "rufgate.policy_trial"):
            patch.setattr(f"{module}.load_recognizer", the_recognizer)
        streams = {name: io.BytesIO(stdin if name == "stdin" else b"") for name in _STREAMS}
        for name, content in streams.items():
            patch.setattr(sys, name, io.TextIOWrapper(content, "utf-8", write_through=True))
        configure(style="console", level="error")  # as ``__main__`` does
        code = run(list(arguments))
        out, err = streams["stdout"].getvalue(), streams["stderr"].getvalue()
    return subprocess.CompletedProcess(arguments, code, out, err)
