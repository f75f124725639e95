"""What a service manager says counts where it is meant for this process, and is well formed."""

from __future__ import annotations

import asyncio
import os
import socket
from pathlib import Path

import pytest

from rufgate.systemd import Manager, NotASocket, manager


@pytest.mark.parametrize(
    ("environment", "numbers"),
    [
        ({}, ()),
        ({"LISTEN_PID": "7", "LISTEN_FDS": "1"}, (3,)),
        ({"LISTEN_PID": "7", "LISTEN_FDS": "2"}, (3, 4)),
        ({"LISTEN_PID": "8", "LISTEN_FDS": "1"}, ()),
        ({"LISTEN_FDS": "1"}, ()),
        ({"LISTEN_PID": "7", "LISTEN_FDS": "0"}, ()),
        ({"LISTEN_PID": "7", "LISTEN_FDS": "-1"}, ()),
        ({"LISTEN_PID": "7", "LISTEN_FDS": "many"}, ()),
        ({"LISTEN_PID": "7", "LISTEN_FDS": "²"}, ()),
        ({"LISTEN_PID": "7", "LISTEN_FDS": "999999"}, tuple(range(3, 19))),
    ],
)
def test_sockets_are_taken_where_they_are_ours(
    environment: dict[str, str], numbers: tuple[int, ...]
) -> None:
    assert manager(environment, 7).listening == numbers


@pytest.mark.parametrize(
    ("environment", "seconds"),
    [
        ({"WATCHDOG_USEC": "30000000"}, 30.0),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "7"}, 30.0),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "8"}, None),
        ({"WATCHDOG_USEC": "0"}, None),
        ({"WATCHDOG_USEC": "soon"}, None),
    ],
)
def test_signs_of_life_are_given_where_they_are_asked_of_us(
    environment: dict[str, str], seconds: float | None
) -> None:
    assert manager(environment, 7).watchdog_s == seconds


@pytest.mark.parametrize("path", ["", "relative", "vsock:2:1234", "/", "@"])
def test_an_address_of_another_kind_is_no_address(path: str) -> None:
    assert manager({"NOTIFY_SOCKET": path}, 7).notify is None


def test_a_state_reaches_a_named_and_an_abstract_socket(tmp_path: Path) -> None:
    name = f"rufgate-test-{os.getpid()}"
    for bound, told in ((str(tmp_path / "n"), str(tmp_path / "n")), (f"\0{name}", f"@{name}")):
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
            heard.settimeout(10)
            heard.bind(bound)
            manager({"NOTIFY_SOCKET": told}, 7).tell("READY=1")
            assert heard.recv(100) == b"READY=1"


def test_a_manager_that_is_gone_is_no_trouble(tmp_path: Path) -> None:
    manager({"NOTIFY_SOCKET": str(tmp_path / "gone")}, 7).tell("READY=1")
    Manager().tell("READY=1")


async def test_signs_of_life_end_with_the_service(tmp_path: Path) -> None:
    stop = asyncio.Event()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.settimeout(10)
        heard.bind(str(tmp_path / "n"))
        telling = asyncio.create_task(
            Manager(notify=str(tmp_path / "n"), watchdog_s=0.02).keep_telling(stop)
        )
        for _ in range(3):
            assert await asyncio.to_thread(heard.recv, 100) == b"WATCHDOG=1"
        stop.set()
        await asyncio.wait_for(telling, 10)


def passed(what: socket.socket) -> Manager:
    return Manager(listening=(os.dup(what.fileno()),))


def test_a_listening_socket_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        (found,) = passed(server).sockets()
        with found:
            assert found.getsockname() == server.getsockname()
            assert not found.get_inheritable()


def test_what_does_not_listen_for_tcp_is_refused(tmp_path: Path) -> None:
    with (
        socket.socket() as idle,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams,
        socket.socket(socket.AF_UNIX) as local,
    ):
        local.bind(str(tmp_path / "s"))
        local.listen()
        for wrong in (idle, datagrams, local):
            with pytest.raises(NotASocket, match="ListenStream"):
                passed(wrong).sockets()
    with (tmp_path / "file").open("wb") as file, pytest.raises(NotASocket):
        Manager(listening=(file.fileno(),)).sockets()
    with pytest.raises(NotASocket):
        Manager(listening=(4095,)).sockets()
