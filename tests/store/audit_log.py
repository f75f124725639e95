"""An audit log of its own for a test: its key, its clock, some entries."""

from __future__ import annotations

from datetime import datetime

from rufgate.store.audit import Audit, Head
from rufgate.store.audit_entries import Action, Actor

KEY = bytes(range(32))


class Clock:
    """Stands still at ``now`` until a test moves it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def write(audit: Audit, count: int) -> Head:
    """So many entries; the newest."""
    for number in range(count):
        head = audit.append(Actor.OPERATOR, Action.REPORTS_LISTED, count=number, filters=["limit"])
    return head
