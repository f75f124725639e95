"""``rufgate serve`` as systemd starts it: a socket is passed, states are told."""

from __future__ import annotations

import os
import re
import shutil
import signal
import smtplib
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.e2e.gate import RECIPIENT, ROOT, Gate, tree, wait_for
from tests.reports import report

# What systemd does between fork and exec: the descriptor becomes 3, and the process is named.
_START = (
    "import os, sys; os.dup2(int(sys.argv[1]), 3); os.environ['LISTEN_PID'] = str(os.getpid());"
    "os.execv(sys.executable, [sys.executable, '-m', 'rufgate', 'serve', '--config', sys.argv[2]])"
)


@pytest.fixture
def installed(tmp_path: Path) -> Gate:
    return Gate(tmp_path / "gate", 1, store_tier="metadata", analysts=())


def start(
    gate: Gate, passed: int, *, before: Sequence[str] = (), **variables: str
) -> subprocess.Popen[bytes]:
    with gate.log.open("wb") as log:
        return subprocess.Popen(
            [*before, sys.executable, "-c", _START, str(passed), str(gate.config)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            env={**os.environ, "LISTEN_FDS": "1", **variables},
            pass_fds=(passed,),
        )


@pytest.fixture
def heard(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as states:
        states.settimeout(90)
        states.bind(str(tmp_path / "notify"))
        yield states


def until(states: socket.socket, wanted: bytes) -> list[bytes]:
    found = [states.recv(1000)]
    while found[-1] != wanted:
        found.append(states.recv(1000))
    return found


def test_a_passed_socket_is_served_and_each_state_is_told(
    installed: Gate, heard: socket.socket, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        installed.port = listening.getsockname()[1]
        early = socket.create_connection(("127.0.0.1", installed.port))  # waits in the backlog
        gate = start(
            installed,
            listening.fileno(),
            NOTIFY_SOCKET=str(tmp_path / "notify"),
            WATCHDOG_USEC="200000",
        )
        try:
            until(heard, b"READY=1")
            early.settimeout(60)
            assert early.recv(1000).startswith(b"220 ")
            early.close()
            assert installed.send(report())[0] == 250
            until(heard, b"WATCHDOG=1")
            _is_closed(gate.pid)
            for kept in installed.folder.joinpath("var").rglob("*"):
                assert kept.stat().st_mode & 0o077 == 0, kept
            gate.send_signal(signal.SIGTERM)
            until(heard, b"STOPPING=1")
            assert gate.wait(90) == 0
        finally:
            gate.kill()
            gate.wait()
        socket.create_connection(("127.0.0.1", installed.port)).close()  # the socket is systemd's
    assert f'"port": {installed.port}' in installed.log.read_text()


def _is_closed(pid: int) -> None:
    """No core dump, and the umask of an owner."""
    limits = Path(f"/proc/{pid}/limits").read_text()
    assert re.search(r"Max core file size\s+0\s+0\s", limits)
    assert re.search(r"^Umask:\s+0077$", Path(f"/proc/{pid}/status").read_text(), re.M)


def test_what_is_no_listening_socket_is_a_configuration_error(installed: Gate) -> None:
    with socket.socket() as idle:
        gate = start(installed, idle.fileno())
        wait_for(lambda: gate.poll() is not None, seconds=90)
    assert gate.returncode == 78
    assert "ListenStream=25" in installed.log.read_text()


NOBODY = 65_534


@pytest.mark.skipif(
    os.geteuid() != 0 or shutil.which("setpriv") is None,
    reason="only root can open port 25 and then be somebody else: run as root, with util-linux",
)
def test_port_25_is_served_by_a_user_without_rights() -> None:
    with tempfile.TemporaryDirectory() as folder:  # pytest's own folders are closed to others
        Path(folder).chmod(0o711)
        installed = Gate(Path(folder) / "gate", 1, store_tier="metadata", analysts=())
        serves_as_nobody(installed)


def serves_as_nobody(installed: Gate) -> None:
    for path in (installed.folder, *installed.folder.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    user = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    # Python itself may lie in a folder of root's: reading is all that it may do more than others.
    user += ["--inh-caps=-all,+dac_read_search", "--ambient-caps=+dac_read_search"]
    with socket.create_server(("127.25.25.25", 25)) as listening:
        gate = start(installed, listening.fileno(), before=user)
        try:
            wait_for(
                lambda: gate.poll() is not None or b"listening" in installed.log.read_bytes(),
                seconds=90,
            )
            assert gate.poll() is None, installed.log.read_text()
            with smtplib.SMTP("127.25.25.25", 25, timeout=60) as client:
                client.sendmail("", [RECIPIENT], report())
            for member in tree(gate.pid):
                status = Path(f"/proc/{member}/status").read_text()
                assert re.search(rf"^Uid:(\s+{NOBODY}){{4}}$", status, re.M)
            gate.send_signal(signal.SIGTERM)
            assert gate.wait(90) == 0
        finally:
            gate.kill()
            gate.wait()
    assert "running_as_root" not in installed.log.read_text()
    owners = {path.stat().st_uid for path in (installed.folder / "var").rglob("*")}
    assert owners == {NOBODY}
