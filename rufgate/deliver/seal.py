"""Seals a copy for one analyst, before it is queued: whoever reads the outbox reads ciphertext.

In:  the MIME entity of a copy; the file of the analyst's public key.
Out: an entity that only the holder of the private key can open.
SECURITY: a key that has expired, is revoked or cannot encrypt is never used and never gone round:
     the copy is withheld. The file is read again when it has changed, so that a revocation counts
     at once. A file that others may write is refused: they would decide who can read.
FAILS: ``NoSeal``, which says why as one of ``Withheld``.
"""

from __future__ import annotations

import os
import stat
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from rufgate.sanitize.vocabulary import Withheld

_MAX_KEY_BYTES: Final = 1_048_576
_OTHERS_WRITE: Final = 0o022


class NoSeal(Exception):  # noqa: N818 - an outcome, not an error of the caller
    """The copy cannot be sealed; it must not leave."""

    def __init__(self, reason: Withheld, why: str) -> None:
        super().__init__(why)
        self.reason = reason


@dataclass(frozen=True, kw_only=True, slots=True)
class PublicKey:
    """What the file says of the key, whatever its kind."""

    ends_at: datetime | None  # None: never
    addresses: tuple[str, ...]  # that it says it belongs to


class Seal(ABC):
    """One analyst's way of encrypting."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read_as: tuple[int, int, int] | None = None

    def seal(self, entity: bytes, at: datetime) -> bytes:
        """``entity``, sealed; raises ``NoSeal``."""
        ends_at = self.look(at).ends_at
        if ends_at is not None and ends_at <= at:
            raise NoSeal(Withheld.KEY_EXPIRED, f"the key in {self._path} expired on {ends_at:%F}")
        return self._encrypt(entity)

    def look(self, at: datetime) -> PublicKey:
        """The key as it is in the file now; raises ``NoSeal`` unless it is of use at all.

        That it has expired by ``at`` is for whoever asks to see: ``ends_at`` says so.
        """
        try:
            found = self._path.stat()
            stamp = (found.st_ino, found.st_size, found.st_mtime_ns)
            if stamp != self._read_as:
                self._read_as = None
                self._load(_content(self._path, found))
                self._read_as = stamp
        except OSError:
            raise NoSeal(
                Withheld.KEY_UNREADABLE, f"{self._path} cannot be read: name the public key's file"
            ) from None
        return self._examine(at)

    @abstractmethod
    def _load(self, content: bytes) -> None:
        """Keep the key that the file holds."""

    @abstractmethod
    def _examine(self, at: datetime) -> PublicKey:
        """What it says of itself; raises ``NoSeal`` if it is revoked or cannot encrypt."""

    @abstractmethod
    def _encrypt(self, entity: bytes) -> bytes: ...

    def _unreadable(self, what: str) -> NoSeal:
        return NoSeal(Withheld.KEY_UNREADABLE, f"{self._path} is no {what}")

    def _unfit(self, why: str) -> NoSeal:
        return NoSeal(Withheld.KEY_UNFIT, f"the key in {self._path} {why}")


def _content(path: Path, found: os.stat_result) -> bytes:
    if not stat.S_ISREG(found.st_mode):
        raise NoSeal(Withheld.KEY_UNREADABLE, f"{path} is no file")
    if found.st_mode & _OTHERS_WRITE:
        raise NoSeal(
            Withheld.KEY_UNREADABLE,
            f"others may write {path}, and so decide who can read copies: run `chmod go-w` on it",
        )
    if found.st_size > _MAX_KEY_BYTES:
        raise NoSeal(Withheld.KEY_UNREADABLE, f"{path} is far larger than a key")
    return path.read_bytes()
