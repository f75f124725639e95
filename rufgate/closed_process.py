"""Closes this process: nobody looks into its memory, and what it writes is its owner's alone.

SECURITY: raw mail and keys are in memory. A core dump would put them on a disk; a limit of 0 does
     not stop a kernel that pipes dumps to a program, and a worker that was taken over runs under
     the same user and could read its parent's memory. A process that is not dumpable is safe from
     both (prctl(2), PR_SET_DUMPABLE; core(5); ptrace(2)).
FAILS: ``OSError`` where the system refuses, which Linux does not.
"""

from __future__ import annotations

import ctypes
import os
import resource
from typing import Final

_PR_SET_DUMPABLE: Final = 4  # linux/prctl.h


def close_process() -> bool:
    """To be called before the first key is read. Whether this is root: then no right protects."""
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl failed")
    return os.geteuid() == 0
