"""What a service manager gives and is told: listening sockets, readiness, signs of life.

In:  the variables and descriptors of sd_listen_fds(3), sd_notify(3) and sd_watchdog_enabled(3).
Out: listening sockets; one datagram for each state. Without these variables nothing happens.
SECURITY: a socket that is passed lets the gate serve port 25 without ever having been root. The
     variables count only where they name this process; a descriptor is looked at before use.
FAILS: ``NotASocket`` where what was passed is not a listening TCP socket. A manager that does not
     hear is no reason to stop: then nothing is said.
"""

from __future__ import annotations

import asyncio
import os
import socket
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

_FIRST: Final = 3  # SD_LISTEN_FDS_START
_MOST: Final = 16
_SENT_WITHIN_S: Final = 1.0


class NotASocket(Exception):  # noqa: N818 - an answer for the operator, not a bug
    """What was passed is no listening TCP socket; ``str()`` says what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Manager:
    """Whoever started this process. ``listening`` are numbers of descriptors."""

    listening: tuple[int, ...] = ()
    notify: str | None = None
    watchdog_s: float | None = None

    def sockets(self) -> list[socket.socket]:
        """The sockets that were passed, each checked; to be called once."""
        return [_listening(number) for number in self.listening]

    def tell(self, state: str) -> None:
        """``READY=1`` and its like."""
        if self.notify is None:
            return
        address = f"\0{self.notify[1:]}" if self.notify.startswith("@") else self.notify
        with (
            suppress(OSError),
            socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as way,
        ):
            way.settimeout(_SENT_WITHIN_S)
            way.sendto(state.encode("ascii"), address)

    async def keep_telling(self, stop: asyncio.Event) -> None:
        """Signs of life while the event loop turns, twice in the time that is asked for."""
        while self.watchdog_s is not None and not stop.is_set():
            self.tell("WATCHDOG=1")
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), self.watchdog_s / 2)


def manager(environment: Mapping[str, str], pid: int) -> Manager:
    """What ``environment`` says to the process ``pid``."""
    count, wakes = environment.get("LISTEN_FDS", ""), environment.get("WATCHDOG_USEC", "")
    for_us = environment.get("LISTEN_PID") == str(pid) and _is_number(count)
    sockets = min(int(count), _MOST) if for_us else 0
    watched = environment.get("WATCHDOG_PID", str(pid)) == str(pid) and _is_number(wakes)
    path = environment.get("NOTIFY_SOCKET", "")
    return Manager(
        listening=tuple(range(_FIRST, _FIRST + sockets)),
        notify=path if path.startswith(("/", "@")) and len(path) > 1 else None,
        watchdog_s=int(wakes) / 1_000_000 if watched and int(wakes) else None,
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 16


def _listening(number: int) -> socket.socket:
    try:
        if not stat.S_ISSOCK(os.fstat(number).st_mode):
            raise NotASocket(_ADVICE)
        found = socket.socket(fileno=number)
        found.set_inheritable(False)
        accepts = found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
    except OSError:
        raise NotASocket(_ADVICE) from None
    is_tcp = found.family in (socket.AF_INET, socket.AF_INET6)
    if not (accepts and is_tcp and found.type == socket.SOCK_STREAM):
        found.close()
        raise NotASocket(_ADVICE)
    found.setblocking(False)
    return found


_ADVICE: Final = (
    "what the service manager passed is no listening TCP socket: "
    "write ListenStream=25 and Accept=no in the socket unit"
)
