"""Epochs of keys as a person at the command line looks at them, begins and destroys them.

In:  settings, a clock.
Out: the epochs; what destroying one means; the public half of ``signing``.
SECURITY: each look and each change is entered into the audit log.
FAILS: ``KeyProblem``; ``StoreUnavailable``; ``TombstonesUnavailable``.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from rufgate.audited.access import SecondPerson
from rufgate.audited.log import Clock, audit_of, looked, open_rows, tombstones_of
from rufgate.govern.burial import Burial
from rufgate.govern.epochs import Epochs, is_due
from rufgate.govern.signed_heads import load_signing_key
from rufgate.settings.schema import Settings
from rufgate.store.audit_entries import Action, Actor
from rufgate.store.epochs import Epoch


@dataclass(frozen=True, kw_only=True, slots=True)
class EpochState:
    """An epoch, whether its key is there, and what that means."""

    epoch: Epoch
    key_exists: bool
    is_current: bool
    is_due: bool

    @property
    def state(self) -> str:
        """In one word or two."""
        if self.is_current:
            return "in use"
        if self.epoch.destroyed_on is not None:
            return "destroyed, but there again" if self.key_exists else "destroyed"
        if not self.key_exists:
            return "missing"
        return "ended" if self.epoch.tokens or self.epoch.reports else "ended, no report left"

    def as_json(self) -> dict[str, Any]:
        """As ``keys list --json`` prints it."""
        epoch = self.epoch
        return {
            "number": epoch.number,
            "key_id": f"p{epoch.number}",
            "state": self.state,
            "began_on": _text(epoch.began_on),
            "ended_on": _text(epoch.ended_on),
            "destroyed_on": _text(epoch.destroyed_on),
            "reports": epoch.reports,
            "tokens": epoch.tokens,
            "key_exists": self.key_exists,
            "due_for_rotation": self.is_due,
        }


class AuditedKeys:
    """The epochs of one installation."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        engine = open_rows(settings, clock)
        self._days = settings.keys.epoch_days
        self._clock = clock
        self._audit = audit_of(settings, engine, clock)
        self.second = SecondPerson(settings, engine, self._audit, clock)
        self._burial = Burial(tombstones=tombstones_of(settings, clock), audit=self._audit)
        self._epochs = Epochs(engine, settings.keys.directory, self._audit)

    def list(self) -> tuple[EpochState, ...]:
        """The oldest first."""
        now = self._clock()
        known, existing = self._epochs.known(now), self._epochs.existing()
        looked(self._audit, Action.EPOCHS_LISTED, count=len(known))
        return tuple(
            EpochState(
                epoch=epoch,
                key_exists=epoch.number in existing,
                is_current=epoch.number == existing[-1],
                is_due=epoch.number == existing[-1] and is_due(epoch, now, self._days),
            )
            for epoch in known
        )

    def rotate(self) -> int:
        """Begin the next epoch; its number."""
        return self._epochs.rotate(self._clock(), Actor.OPERATOR)

    def destroy(self, numbers: Sequence[int]) -> None:
        """Destroy these keys for good."""
        for number in numbers:
            self._epochs.destroy(number, self._burial, self._clock(), Actor.OPERATOR)


def ended_before(states: Sequence[EpochState], day: date) -> list[EpochState]:
    """Those whose period was over before that day and whose key is there."""
    return [
        state
        for state in states
        if state.key_exists and state.epoch.ended_on is not None and state.epoch.ended_on < day
    ]


def open_keys(settings: Settings, clock: Clock) -> AuditedKeys:
    """The epochs, to look at, begin and destroy."""
    return AuditedKeys(settings, clock)


def public_key(settings: Settings) -> str:
    """The public half of ``signing``, as PEM."""
    key = load_signing_key(settings.keys.directory).public_key()
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii")


def runs_as_owner(settings: Settings) -> bool:
    """Whether a key made now belongs to whom the folder belongs to."""
    return settings.keys.directory.stat().st_uid == os.geteuid()


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
