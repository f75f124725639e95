"""Where old mail lies: files, folders of files, mbox files, Maildirs.

In:  a path.
Out: ``OldMail``, one after another: nothing is read before it is asked for.
SECURITY: names of files are shown to whoever runs the import, and go to no log. Symbolic links
     inside folders are not followed.
FAILS: ``NoMailbox``; a mail that has vanished or cannot be read meanwhile raises ``OSError``.
"""

from __future__ import annotations

import mailbox
import os
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final

_MBOX_STARTS: Final = b"From "  # RFC 4155
_DATE_WORDS: Final = 5  # of asctime, at the end of the line that starts a mail


class NoMailbox(Exception):  # noqa: N818 - an answer for whoever imports, not a bug
    """There is none, or it cannot be opened; ``str()`` says which and why."""


class OldMail(ABC):
    """One mail where it lies."""

    name: str  # as whoever imports it knows it: a path, a number in a folder

    @property
    def identity(self) -> bytes | None:
        """Its name for good, where that is known without reading it; else its content is."""
        return None

    @abstractmethod
    def read(self) -> bytes:
        """All of it."""

    @abstractmethod
    def received_at(self, content: bytes) -> datetime | None:
        """When it came, by whoever kept it; None where nobody says."""

    def file_away(self, target: str) -> None:
        """Move it out of the way into ``target``, once it is recorded."""
        raise OSError(0, f"a mail of an mbox file cannot be moved to {target} by itself")


class Mailbox(ABC):
    """Mails that are imported together."""

    @abstractmethod
    def mails(self) -> Iterator[OldMail]:
        """All of them, in the order they lie in."""

    def close(self) -> None:  # noqa: B027 - most have nothing to close
        """Let go of it."""


def open_mailbox(path: Path) -> Mailbox:
    """What lies at ``path``, by what it looks like."""
    try:
        if path.is_dir():
            return Maildir(path) if _is_maildir(path) else Folder(path)
        with path.open("rb") as file:
            starts_mbox = file.read(len(_MBOX_STARTS)) == _MBOX_STARTS
    except OSError as error:
        raise NoMailbox(f"cannot read {path}: {error.strerror}") from None
    return Mbox(path) if starts_mbox else SingleFile(path)


class _FileMail(OldMail):
    """A mail in a file of its own."""

    def __init__(self, path: Path, came_at: float | None = None) -> None:
        self._path = path
        self._came_at = came_at
        self.name = str(path)

    def read(self) -> bytes:
        return self._path.read_bytes()

    def received_at(self, content: bytes) -> datetime | None:
        if self._came_at is not None:
            return datetime.fromtimestamp(self._came_at, UTC)
        return newest_received(content)

    def file_away(self, target: str) -> None:
        folder = Path(target)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        destination = folder / self._path.name
        if destination.exists():
            raise FileExistsError(17, "a file of that name is there already", str(destination))
        self._path.rename(destination)


class SingleFile(Mailbox):
    """One file with one mail."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def mails(self) -> Iterator[OldMail]:
        """The one."""
        yield _FileMail(self._path)


class Folder(Mailbox):
    """Every file below a folder; mbox files among them as such."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def mails(self) -> Iterator[OldMail]:
        """By rising path."""
        for folder, folders, names in os.walk(self._path):
            folders.sort()
            if _is_maildir(Path(folder)):
                folders.clear()
                yield from Maildir(Path(folder)).mails()
                continue
            for name in sorted(names):
                path = Path(folder, name)
                if path.is_file() and not path.is_symlink():
                    yield from open_mailbox(path).mails()


class Maildir(Mailbox):
    """New and read mails; the time is in the name (cr.yp.to/proto/maildir.html)."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def mails(self) -> Iterator[OldMail]:
        """New ones, then those that were seen."""
        for part in ("new", "cur"):
            for path in sorted((self._path / part).iterdir()):
                if path.is_file() and not path.is_symlink():
                    yield _FileMail(path, _time_in(path.name))


class _MboxMail(OldMail):
    def __init__(self, box: mailbox.mbox, key: str, name: str) -> None:
        self._box = box
        self._key = key
        self.name = name

    def read(self) -> bytes:
        return self._box.get_bytes(self._key)

    def received_at(self, content: bytes) -> datetime | None:
        line = self._box.get_message(self._key).get_from()
        words = line.split()[-_DATE_WORDS:]
        with suppress(ValueError):
            return datetime.strptime(" ".join(words), "%a %b %d %H:%M:%S %Y").replace(tzinfo=UTC)
        return newest_received(content)


class Mbox(Mailbox):
    """One file with many mails, which is only read."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def mails(self) -> Iterator[OldMail]:
        """In the order they stand in."""
        box = mailbox.mbox(self._path, create=False)
        try:
            for number, key in enumerate(box.iterkeys(), 1):
                yield _MboxMail(box, key, f"{self._path}#{number}")
        finally:
            box.close()


def newest_received(content: bytes) -> datetime | None:
    """The time of the topmost Received field (RFC 5321 section 4.4), else of Date."""
    head = content[:65_536].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    fields = head.replace(b"\n ", b" ").replace(b"\n\t", b" ").split(b"\n")
    for name, dated in ((b"received:", b";"), (b"date:", b":")):
        for field in fields:
            if field.lower().startswith(name):
                with suppress(ValueError, TypeError, OverflowError):
                    text = field.rpartition(dated)[2] if dated == b";" else field[len(name) :]
                    found = parsedate_to_datetime(text.decode("ascii", "replace").strip())
                    return found if found.tzinfo else found.replace(tzinfo=UTC)
                break
    return None


def _is_maildir(path: Path) -> bool:
    return (path / "cur").is_dir() and (path / "new").is_dir()


def _time_in(name: str) -> float | None:
    seconds = name.partition(".")[0]
    return float(seconds) if seconds.isdigit() and len(seconds) <= 10 else None
