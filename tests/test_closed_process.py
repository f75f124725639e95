"""A closed process leaves no dump, and lets nobody look inside."""

from __future__ import annotations

import os
import subprocess
import sys

_LOOK = """
import ctypes, os, resource
from rufgate.closed_process import close_process
libc = ctypes.CDLL(None)
print(libc.prctl(3, 0, 0, 0, 0))  # PR_GET_DUMPABLE
print(close_process())
print(libc.prctl(3, 0, 0, 0, 0), *resource.getrlimit(resource.RLIMIT_CORE), oct(os.umask(0)))
"""


def test_it_is_closed_and_says_whether_it_is_root() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _LOOK], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.splitlines() == ["1", str(os.geteuid() == 0), "0 0 0 0o77"]
