"""What a worker cannot do, tried by real workers; and what is said where a system cannot help."""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import landlock
import pool_runs
import pytest
from test_pool import children, is_ours, make, message, pid

from rufgate.recognize import sandbox
from rufgate.recognize.sandbox import Confinement

ALL = Confinement.LANDLOCK | Confinement.SECCOMP | Confinement.OOM_FIRST


@pytest.fixture(scope="module")
def target(tmp_path_factory):
    """A file that is not the worker's to read: a key, say."""
    file = tmp_path_factory.mktemp("keys") / "epoch-1.key"
    file.write_bytes(b"secret")
    return file


@pytest.fixture
async def pool():
    pool = make()
    await pool.start()
    yield pool
    await pool.stop()


@pytest.fixture
def confined(pool):
    """A pool on a system that can confine its workers; elsewhere there is nothing to test."""
    if not offered():
        pytest.skip("this kernel offers no Landlock or no seccomp")
    assert pool.confinement == ALL
    return pool


def offered() -> bool:
    """Asked of the kernel itself, not of the code under test."""
    try:
        landlock.landlock_abi_version()
    except landlock.LandlockError:
        return False
    return Path("/proc/sys/kernel/seccomp/actions_avail").exists()


async def test_worker_cannot_get_out(confined, target):
    """All attempts in one worker, so that one start is enough."""
    if platform.machine() != "x86_64":
        pytest.skip("the numbers of the system calls tried are those of x86_64")
    escaped = []
    for name in pool_runs.ESCAPES:
        result = await confined.sanitize(message(f"escape {name} {target}"), uuid4())
        if result.report.reason is not None:
            escaped.append(name)
    assert escaped == []
    assert target.read_bytes() == b"secret"
    assert [file.name for file in target.parent.iterdir()] == [target.name]


# What these need is not there for everybody: rights over others, IPv6, a listener, a kernel option.
UNSURE = {"pidfd", "trace", "limit_of", "environment", "netlink", "io_uring", "tcp", "tcp6"}
OUTSIDE = """
import os, sys
sys.path[:] = {path!r}
import pool_runs
for name in {names!r}:
    target = {folder!r} + "/" + name
    open(target, "wb").close()
    child = os.fork()
    if not child:
        os._exit(pool_runs.refused(lambda: pool_runs.ESCAPES[name](target)))
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
        print(name)
"""


def test_the_attempts_succeed_outside_of_a_worker(tmp_path):
    """Else the test above would pass for the wrong reason."""
    names = [name for name in pool_runs.ESCAPES if name not in UNSURE]
    program = OUTSIDE.format(path=sys.path, names=names, folder=str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, timeout=60, capture_output=True, text=True
    )
    assert done.stdout.split() == []


async def test_worker_can_do_what_it_needs(confined):
    result = await confined.sanitize(message("reaches"), uuid4())
    assert result.report.reason is None


def oom_score(process) -> int:
    return int(Path(f"/proc/{process}/oom_score_adj").read_text())


async def test_workers_and_template_dump_no_core_and_go_before_the_main_process(pool):
    worker = pid(await pool.sanitize(message("ok"), uuid4()))
    ours = [process for process in children(os.getpid()) if is_ours(process)]
    assert len(ours) >= 2
    for process in ours:
        assert resource.prlimit(process, resource.RLIMIT_CORE) == (0, 0)
        assert oom_score(process) > oom_score("self") or oom_score("self") >= 500
    assert worker in children(os.getpid())
    assert os.getpriority(os.PRIO_PROCESS, worker) > os.getpriority(os.PRIO_PROCESS, 0)


def test_where_the_system_offers_nothing_the_worker_runs_and_says_so():
    """In a process of its own, since confinement is for ever."""
    program = """
import sys
sys.modules["pyseccomp"] = None
from rufgate.recognize import sandbox
import landlock
def refuses(*a, **k): raise landlock.SyscallError(38, "no such call")
landlock.Ruleset = refuses
holds, lacks = sandbox.Sandbox().enter().names()
print(holds, lacks)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, timeout=30, text=True
    )
    assert done.stdout.strip() == "['oom_first'] ['landlock', 'seccomp']"


def test_confinement_fits_into_the_byte_that_a_worker_sends():
    assert int(ALL) < 256
    assert set(ALL.names()[0]) == {"landlock", "seccomp", "oom_first"}


def test_the_working_directory_is_not_readable_for_a_worker():
    """Keys may lie there; a source tree's package may, too, and is."""
    allowed = list(sandbox._readable())
    assert Path.cwd() not in allowed
    assert Path("/") not in allowed
    assert Path(sandbox.__file__).parents[1] in allowed
