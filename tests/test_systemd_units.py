"""The units keep what the documentation promises of them, and systemd can read them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

UNITS = Path(__file__).parents[1] / "config" / "systemd"
PROMISED = {
    "User": "rufgate",
    "Type": "notify",
    "MemorySwapMax": "0",
    "LimitCORE": "0",
    "UMask": "0077",
    "NoNewPrivileges": "yes",
    "CapabilityBoundingSet": "",
    "AmbientCapabilities": "",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "ProtectProc": "invisible",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "StateDirectory": "rufgate",
    "StateDirectoryMode": "0700",
    "RestrictAddressFamilies": "AF_INET AF_INET6 AF_UNIX",
    "RestrictNamespaces": "yes",
    "RestrictSUIDSGID": "yes",
    "MemoryDenyWriteExecute": "yes",
    "SystemCallArchitectures": "native",
    "RestartPreventExitStatus": "78",
    "OOMPolicy": "continue",
}
NEEDED_CALLS = {"@system-service", "seccomp", "landlock_restrict_self"}
FORBIDDEN_CALLS = {"@privileged", "@debug", "@mount", "@module", "@raw-io", "@reboot", "@swap"}


def values(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for line in (UNITS / name).read_text().splitlines():
        key, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            found[key].append(value)
    return found


@pytest.mark.parametrize(("key", "value"), PROMISED.items())
def test_the_service_is_shut_in_as_promised(key: str, value: str) -> None:
    assert values("rufgate.service")[key] == [value]


def test_calls_are_allowed_that_workers_need_and_no_dangerous_ones() -> None:
    allowed, forbidden = values("rufgate.service")["SystemCallFilter"]
    assert set(allowed.split()) >= NEEDED_CALLS
    assert forbidden.startswith("~")
    assert set(forbidden.removeprefix("~").split()) >= FORBIDDEN_CALLS


def test_the_socket_is_one_that_the_gate_takes() -> None:
    found = values("rufgate.socket")
    assert found["ListenStream"] == ["25"]
    assert found["Accept"] == ["no"]
    assert "rufgate.socket" in values("rufgate.service")["Requires"]


@pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="needs systemd-analyze: apt install systemd"
)
def test_systemd_finds_nothing_wrong(tmp_path: Path) -> None:
    for unit in UNITS.iterdir():
        text = unit.read_text().replace("/opt/rufgate/bin/rufgate", sys.executable)
        (tmp_path / unit.name).write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", *map(str, tmp_path.iterdir())],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={"PATH": "/usr/bin:/bin", "SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
    )
    found = [line for line in done.stderr.splitlines() if "rufgate" in line]
    assert not found, done.stderr
