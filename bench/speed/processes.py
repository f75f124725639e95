"""Programs that are started for a measurement, and what they use: processor time and memory.

In:  a command line.
Out: a running process with a port; its processor time, and the memory of its whole tree.
FAILS: ``CannotMeasure`` where it does not listen in time, with the end of what it printed.

Memory is PSS (proc(5), ``smaps_rollup``): pages that processes share count once. Who is not root
cannot read it of a gate, which is closed to others.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
MIB: Final = 1_048_576
_TICKS: Final = os.sysconf("SC_CLK_TCK")
_START_S: Final = 120
_STOP_S: Final = 40


class CannotMeasure(Exception):  # noqa: N818 - says the state
    """What a figure needs is not there; the message says what."""


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def python(*arguments: str) -> list[str]:
    """The command line of a module that is run by this interpreter."""
    return [sys.executable, "-m", *arguments]


def environment(**more: str) -> dict[str, str]:
    """Ours, with the benchmark to be found and one thread for each process that computes."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


class Program:
    """One server that listens on ``port``, with its files in ``folder``."""

    def __init__(self, command: Sequence[str], port: int, folder: Path) -> None:
        self._command, self.port, self.folder = command, port, folder
        self._log = folder / "log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """The seconds until it greets."""
        began = time.monotonic()
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=environment(),
                start_new_session=True,
            )
        while not _greets(self.port):
            if self._process.poll() is not None or time.monotonic() > began + _START_S:
                self.stop()
                said = self._log.read_text(errors="replace")[-1500:]
                raise CannotMeasure(f"{self._command[2:4]} does not listen: {said}")
            time.sleep(0.02)
        return time.monotonic() - began

    def stop(self) -> None:
        """Ask it to end; end its whole group where it does not."""
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            self._process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_STOP_S)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)  # it leads a session of its own
        self._process.wait()
        self._process = None

    @property
    def pid(self) -> int:
        if self._process is None:
            raise CannotMeasure("the program does not run")
        return self._process.pid

    def processor_s(self) -> float:
        """What the tree has used, with its children that have ended."""
        return processor_s(self.pid)

    def pss(self) -> int:
        """Bytes that the tree holds."""
        return pss(self.pid)


def _greets(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 1) as connection:
            connection.settimeout(5)
            return connection.recv(4).startswith(b"220")
    except OSError:
        return False


def tree(pid: int) -> Iterator[int]:
    """``pid`` and all that descend from it."""
    yield pid
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from tree(int(child))


def processor_s(pid: int) -> float:
    ticks = 0
    for member in tree(pid):
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(map(int, fields[11:15]))  # utime, stime, cutime, cstime: proc(5)
    return ticks / _TICKS


def pss(pid: int) -> int:
    total = 0
    for member in tree(pid):
        try:
            lines = Path(f"/proc/{member}/smaps_rollup").read_text().splitlines()
        except (ProcessLookupError, FileNotFoundError):
            continue  # it has just ended
        except PermissionError:
            raise CannotMeasure("memory of a closed process is shown to root alone") from None
        total += sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
    return total


class Peak:
    """The most that a tree held while the ``with`` block ran: looked at every ``every_s``."""

    def __init__(self, pid: int, every_s: float = 0.02) -> None:
        self._pid, self._every_s = pid, every_s
        self.before = self.most = pss(pid)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Peak:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(self._every_s):
            self.most = max(self.most, pss(self._pid))
