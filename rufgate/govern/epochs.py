"""Epochs of pseudonyms: a new key every so many days, and the end of an old one.

In:  the folder of keys, the store, the list of tombstones, the audit log; a time.
Out: a new key; a key that is gone for good.
SECURITY: the tombstone is on disk before the key goes, so that a key that comes back from a backup
     is known. Done again, ``destroy`` finishes what a crash left.
FAILS: ``KeyFolderClosed`` where the folder cannot be written; ``CurrentEpoch``, ``UnknownEpoch``;
     ``StoreUnavailable``.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from rufgate.govern.burial import Burial
from rufgate.govern.keys import KeyProblem, epoch_numbers, key_problems, make_epoch, shred_epoch
from rufgate.govern.tombstones import KEY
from rufgate.store.audit import Audit
from rufgate.store.audit_entries import Action, Actor
from rufgate.store.epochs import Epoch, known_epochs, note_destroyed, note_epochs


class KeyFolderClosed(KeyProblem):
    """The folder of keys cannot be written."""


class CurrentEpoch(KeyProblem):
    """The newest epoch cannot be destroyed: new reports are made under it."""


class UnknownEpoch(KeyProblem):
    """There never was such an epoch here."""


class Epochs:
    """The epochs of one installation."""

    def __init__(self, engine: Engine, folder: Path, audit: Audit) -> None:
        self._engine = engine
        self._folder = folder
        self._audit = audit

    def known(self, now: datetime) -> tuple[Epoch, ...]:
        """All, the oldest first; what the folder tells anew is noted."""
        note_epochs(self._engine, self.existing(), now)
        return known_epochs(self._engine)

    def existing(self) -> tuple[int, ...]:
        """Those whose key is there; at least one, and none that others can read."""
        if problems := key_problems(self._folder):
            raise KeyProblem("; ".join(problems))
        return epoch_numbers(self._folder)

    def is_due(self, now: datetime, days: int) -> bool:
        """Whether the newest has been in use for so many days."""
        newest = self.existing()[-1]
        (current,) = (epoch for epoch in self.known(now) if epoch.number == newest)
        return is_due(current, now, days)

    def rotate(self, now: datetime, actor: Actor) -> int:
        """Begin the next epoch and say its number; of several at once, one makes it."""
        before = self.known(now)[-1].number
        number = max(before, self.existing()[-1]) + 1
        try:
            made = make_epoch(self._folder, number)
        except OSError:
            raise KeyFolderClosed(
                f"no new epoch: {self._folder} cannot be written by this user; let the gate's user "
                "write there (chown, ReadWritePaths= of the unit, no read-only mount)"
            ) from None
        note_epochs(self._engine, self.existing(), now)
        if made:
            self._audit.append(actor, Action.EPOCH_BEGUN, epoch=number)
        return number

    def destroy(self, number: int, burial: Burial, now: datetime, actor: Actor) -> bool:
        """Destroy its key for good; False where the key was gone already."""
        known = {epoch.number: epoch for epoch in self.known(now)}
        if number not in known:
            raise UnknownEpoch(f"there is no epoch {number}: see `rufgate keys list`")
        if number >= self.existing()[-1]:
            raise CurrentEpoch(
                f"epoch {number} is in use: run `rufgate keys rotate`, then destroy it"
            )
        name = f"epoch-{number}"
        stones = burial.tombstones.entries()
        if not any(stone.field_class == KEY and stone.id == name for stone in stones):
            burial.of_key(name, actor)
        try:
            was_there = shred_epoch(self._folder, number)
        except OSError:
            raise KeyFolderClosed(
                f"{self._folder / name} cannot be overwritten and removed by this user: it is "
                f"listed as destroyed, so no gate starts until it is; run this again as its owner"
            ) from None
        note_destroyed(self._engine, number, now)
        self._audit.append(actor, Action.EPOCH_DESTROYED, epoch=number)
        return was_there


def is_due(epoch: Epoch, now: datetime, days: int) -> bool:
    """Whether it has been in use for so many days."""
    return now.astimezone(UTC).date() >= epoch.began_on + timedelta(days=days)
