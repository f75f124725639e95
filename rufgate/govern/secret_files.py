"""Files that hold a secret: closed to everybody but their owner, or refused.

In:  a path that the configuration names.
Out: what is wrong with it, in words that end "... and what to do"; its content.
SECURITY: a file that others could read is refused, not repaired: who has read it is unknown. That
     holds for root, too, whom no right stops. A symbolic link is refused, since whoever may write
     where it lies decides which file is read; the file is opened so that none is followed.
FAILS: ``SecretProblem``, which says what is wrong and never what the file holds.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

_OTHERS: Final = 0o077
_MAX_BYTES: Final = 65_536
_ROOT: Final = 0


class SecretProblem(Exception):  # noqa: N818 - an answer for the operator, not a bug
    """A file with a secret cannot be used; ``str()`` is what ``exposure`` says."""


def trusted_owners(folder: Path | None = None) -> frozenset[int]:
    """Who may own a secret: ourselves, and root, who can read it anyway.

    Root may look after an installation: then also the user whose key ``folder`` this is.
    """
    me = os.geteuid()
    owners = {me, _ROOT}
    if me == _ROOT and folder is not None:
        try:
            owners.add(folder.lstat().st_uid)
        except OSError:
            return frozenset(owners)
    return frozenset(owners)


def exposure(path: Path, owners: frozenset[int], *, is_folder: bool = False) -> str | None:
    """What is wrong with the file, as the end of a sentence that begins with its name."""
    try:
        found = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return "is missing: there is no such file"
    except OSError:
        return "cannot be looked at by this user: run `ls -ld` on the folders above it"
    return _exposed(found, owners, is_folder=is_folder)


def read_secret(path: Path, owners: frozenset[int]) -> bytes:
    """The content of a file that is closed to others; raises ``SecretProblem``."""
    problem = exposure(path, owners)
    if problem is not None:
        raise SecretProblem(problem)
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            problem = _exposed(os.fstat(descriptor), owners, is_folder=False)
            content = file.read(_MAX_BYTES + 1)
    except OSError:
        raise SecretProblem("cannot be read by this user") from None
    if problem is not None:  # it was another file a moment ago
        raise SecretProblem(problem)
    if len(content) > _MAX_BYTES:
        raise SecretProblem("is far larger than a secret: name another file")
    return content


def _exposed(found: os.stat_result, owners: frozenset[int], *, is_folder: bool) -> str | None:
    kind = stat.S_IFMT(found.st_mode)
    if kind == stat.S_IFLNK:
        return "is a symbolic link: name what it points to"
    if kind != (stat.S_IFDIR if is_folder else stat.S_IFREG):
        return f"is no {'folder' if is_folder else 'file'}"
    if found.st_uid not in owners:
        return "belongs to another user: run `chown` on it"
    if found.st_mode & _OTHERS:
        right = "700" if is_folder else "600"
        return f"is open to others than its owner: run `chmod {right}` on it"
    return None
