"""What the kernel keeps a worker from: other files, networks, programs and processes.

In:  nothing; called in the template before it forks, and in each worker before its first task.
Out: ``Confinement``: what holds here.
SECURITY: a parser that hostile mail has taken over can read our code and the system's libraries,
     and speak over the sockets it was handed; not open a file to write, nor one of the keys, nor
     make a socket, start a program, signal or look into another process, or undo its limits.
     It is a list of what is forbidden, not of what is allowed: onnxruntime, spaCy and the C library
     use what they like. ``io_uring`` is on it, which would pass by a filter of system calls.
FAILS: never; where kernel or library offer nothing the flag is missing, and ``serve`` says so.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import suppress
from enum import IntFlag
from pathlib import Path
from typing import TYPE_CHECKING, Final, final

import rufgate

if TYPE_CHECKING:
    from types import ModuleType

_NICER = 2  # a flood of reports must not starve the front door of the processor
_OOM_SCORE = 500  # of 1000: the main process, which holds the mail of all sessions, goes last
_PACKAGES: Final = frozenset({"site-packages", "dist-packages"})
_SYSTEM: Final = (
    "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/share/zoneinfo",
    "/etc/ld.so.cache", "/etc/localtime", "/dev/null", "/dev/urandom",
)  # fmt: skip
_FORBIDDEN: Final = (
    "socket", "socketpair", "connect", "bind", "listen", "accept", "accept4",
    "execve", "execveat", "fork", "vfork",
    "creat", "truncate", "mkdir", "mkdirat", "mknod", "mknodat", "link", "linkat", "symlink",
    "symlinkat", "unlink", "unlinkat", "rmdir",
    "rename", "renameat", "renameat2", "chmod", "fchmod", "fchmodat", "chown", "fchown", "lchown",
    "fchownat", "utime", "utimes",
    "futimesat", "utimensat", "setxattr", "lsetxattr", "fsetxattr", "removexattr", "lremovexattr",
    "fremovexattr",
    "open_by_handle_at", "memfd_create", "shmget", "shmat", "msgget", "msgsnd", "semget",
    "mq_open",
    "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "kcmp", "pidfd_open",
    "pidfd_getfd",
    "pidfd_send_signal", "tkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "setrlimit",
    "setpriority", "ioprio_set",
    "io_uring_setup", "io_uring_enter", "io_uring_register", "bpf", "perf_event_open",
    "userfaultfd",
    "keyctl", "add_key", "request_key", "personality", "unshare", "setns", "chroot", "pivot_root",
    "mount", "umount2", "move_mount",
    "open_tree", "fsopen", "fsconfig", "fsmount", "fspick", "fanotify_init", "quotactl", "swapon",
    "swapoff", "reboot",
    "init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load",
    "settimeofday", "clock_settime",
)  # fmt: skip
_NEWER_FORMS: Final = ("clone3", "openat2")  # their arguments cannot be seen; libc does without
_WRITING: Final = ((os.O_ACCMODE, os.O_WRONLY), (os.O_ACCMODE, os.O_RDWR), *(
    (flag, flag) for flag in (os.O_CREAT, os.O_TRUNC, os.O_APPEND)
))  # fmt: skip
_CLONE_THREAD = 0x10000  # linux/sched.h
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_PTRACER = 1, 4, 0x59616D61  # linux/prctl.h


_Call = tuple[int, str, tuple[object, ...]]  # what to do, about which, if its arguments are such


class Confinement(IntFlag):
    """What a worker is confined by, beside its resource limits."""

    LANDLOCK = 1
    SECCOMP = 2
    OOM_FIRST = 4

    def names(self) -> tuple[list[str], list[str]]:
        """What holds, and what does not: words for a log."""
        holds = [flag.name.lower() for flag in Confinement if flag in self and flag.name]
        lacks = [flag.name.lower() for flag in Confinement if flag not in self and flag.name]
        return holds, lacks


@final
class Sandbox:
    """The libraries, loaded once: looking for libseccomp starts a program, which no worker may."""

    def __init__(self) -> None:
        """In the template, while it is dumpable: else its file in ``/proc`` is root's."""
        with suppress(OSError):
            os.nice(_NICER)
        self._inherited = Confinement.OOM_FIRST if _raise_oom_score() else Confinement(0)
        self._seccomp = _libseccomp()

    def enter(self) -> Confinement:
        """Confine this process, a worker with one thread, for ever."""
        held = self._inherited
        if _landlock():
            held |= Confinement.LANDLOCK
        if self._seccomp is not None and _filter_calls(self._seccomp):
            held |= Confinement.SECCOMP
        return held


def _libseccomp() -> ModuleType | None:
    try:
        import pyseccomp  # noqa: PLC0415 - only the template needs it
    except Exception:  # noqa: BLE001 - RuntimeError where there is no libseccomp
        return None
    module: ModuleType = pyseccomp
    return module


def _raise_oom_score() -> bool:
    """Anybody may raise their own; workers inherit it, and are larger than the template."""
    file = Path("/proc/self/oom_score_adj")
    try:
        file.write_text(str(max(_OOM_SCORE, int(file.read_text("ascii")))), "ascii")
    except (OSError, ValueError):
        return False
    return True


def _landlock() -> bool:
    """No file is written, made or removed; only code and libraries are read."""
    import landlock  # noqa: PLC0415 - only workers need it

    ctypes.set_errno(0)  # the library takes whatever stands there for its own error
    try:
        rules = landlock.Ruleset()
        read = landlock.FSAccess.READ_FILE
        for path in _readable():
            tree = read | landlock.FSAccess.READ_DIR
            rules.allow(path, rules=tree if path.is_dir() else read)
        rules.apply()
    except (OSError, landlock.LandlockError):
        return False
    return True


def _readable() -> Iterator[Path]:
    """Where code lies that may be imported yet; not the working directory, where keys may be."""
    named = {*sysconfig.get_paths().values(), *_SYSTEM, str(Path(rufgate.__file__).parent)}
    wanted = ("stdlib", "platstdlib", "purelib", "platlib")
    named -= {path for name, path in sysconfig.get_paths().items() if name not in wanted}
    roots = [Path(root).resolve() for root in (sys.prefix, sys.base_prefix)]
    for entry in filter(None, sys.path):
        path = Path(entry).resolve()
        if path.name in _PACKAGES or any(path.is_relative_to(root / "lib") for root in roots):
            named.add(entry)
    yield from (path for path in map(Path, sorted(named)) if path.exists())


def _filter_calls(seccomp: ModuleType) -> bool:
    refused, unknown = seccomp.ERRNO(errno.EPERM), seccomp.ERRNO(errno.ENOSYS)
    rules: list[_Call] = [(refused, name, ()) for name in _FORBIDDEN]
    rules += [(unknown, name, ()) for name in _NEWER_FORMS]
    rules += [(refused, name, tests) for name, tests in _conditional(seccomp)]
    try:
        calls = seccomp.SyscallFilter(seccomp.ALLOW)
        for action, name, tests in rules:
            with suppress(OSError):  # a call that this machine or its libseccomp does not know
                calls.add_rule(action, name, *tests)
        calls.load()
    except OSError:
        return False
    return True


def _conditional(seccomp: ModuleType) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Calls that are refused for some of their arguments."""
    for mask, value in _WRITING:
        yield "open", (seccomp.Arg(1, seccomp.MASKED_EQ, mask, value),)
        yield "openat", (seccomp.Arg(2, seccomp.MASKED_EQ, mask, value),)
    yield "clone", (seccomp.Arg(0, seccomp.MASKED_EQ, _CLONE_THREAD, 0),)  # a process, no thread
    for name in ("kill", "tgkill"):
        yield name, (seccomp.Arg(0, seccomp.NE, os.getpid()),)
    yield "prlimit64", (seccomp.Arg(2, seccomp.NE, 0),)
    for option in (_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_PTRACER):
        yield "prctl", (seccomp.Arg(0, seccomp.EQ, option),)
