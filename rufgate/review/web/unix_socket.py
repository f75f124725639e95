"""A listening Unix socket for a proxy on this machine.

In:  a path.
Out: a socket that user and group may open (0660); the path is free again after the end.
SECURITY: the socket gets its rights before it listens and its name after it has them, so nobody
     slips in between; only a socket that nobody listens on is replaced, never a file of another
     kind. Who may write in its folder could put another socket there: keep the folder closed.
FAILS: ``OSError``; ``InUse``.
"""

from __future__ import annotations

import errno
import os
import secrets
import socket
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final, final

_RIGHTS: Final = 0o660
_BACKLOG: Final = 64


class InUse(OSError):  # noqa: N818 - an answer for the operator
    """Something else is there; ``strerror`` says what."""


@final
class UnixListener:
    """One such socket, until ``remove``."""

    def __init__(self, path: Path) -> None:
        self._path: Final = path
        self.socket: Final = _bound(path)
        self._made: Final = path.lstat().st_ino

    def remove(self) -> None:
        """Free the path, unless another process has it by now."""
        with suppress(OSError):
            if self._path.lstat().st_ino == self._made:
                self._path.unlink()


def _bound(path: Path) -> socket.socket:
    _refuse_what_is_there(path)
    draft = path.with_name(f".{secrets.token_hex(4)}")  # no longer than names are: see settings
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC)
    try:
        listener.bind(str(draft))
        draft.chmod(_RIGHTS)
        listener.listen(_BACKLOG)
        listener.setblocking(False)
        draft.rename(path)
    except OSError:
        listener.close()
        draft.unlink(missing_ok=True)
        raise
    return listener


def _refuse_what_is_there(path: Path) -> None:
    try:
        kind = path.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISSOCK(kind):
        raise InUse(errno.EEXIST, "a file that is no socket is there")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC) as caller:
        caller.settimeout(1)
        try:
            caller.connect(os.fspath(path))
        except (ConnectionRefusedError, FileNotFoundError):
            return  # what an end without warning left
    raise InUse(errno.EADDRINUSE, "another program listens there")
