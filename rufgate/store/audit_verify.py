"""Verifies the chain of the audit log, and says which entry does not fit.

In:  an engine (also on a copy of the file), the ``audit`` key, a head noted earlier.
Out: a ``Verdict`` with the first sequence that does not fit, and why; which months are gone.
SECURITY: takes nothing in the database for granted (``audit_stored.py``). The months that are gone
     are verified like the entries: what stands in for them is sealed.
FAILS: ``StoreUnavailable``, also where the table is missing; ``StoreDamaged``.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Engine

from rufgate.store.audit import Head
from rufgate.store.audit_entries import GENESIS, Action, mac_of
from rufgate.store.audit_segments import Segment, segments
from rufgate.store.audit_stored import StoredEntry, chain, newest, newest_of
from rufgate.store.engine import reading

__all__ = ["Misfit", "Verdict", "newest", "verify"]


class Misfit(StrEnum):
    """Why an entry does not fit."""

    CHANGED = "changed"  # or written, or verified, with another key
    MISSING = "missing"  # deleted, or not pruned by the gate
    MISPLACED = "misplaced"  # an entry where a pruned or another one was
    CUT_OFF = "cut_off"  # the noted head is no longer there
    REPLACED = "replaced"  # the noted head is there with another MAC
    MONTH_CHANGED = "month_changed"  # the head of a month that is gone was changed or made up
    HEAD_PRUNED = "head_pruned"  # the noted head is older than what is kept: it proves nothing


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """``bad`` is the first sequence that does not fit; None where all is well."""

    entries: int  # that fit, from the first on
    first: int | None  # of what is kept
    head: Head | None  # the last that fits
    bad: int | None = None
    why: Misfit | None = None
    gone: tuple[Segment, ...] = ()  # months that were deleted by their rule, as their heads tell

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "valid": self.bad is None,
            "entries": self.entries,
            "first": self.first,
            "head": str(self.head) if self.head else None,
            "bad": self.bad,
            "why": self.why.value if self.why else None,
            "gone": [segment.as_json() for segment in self.gone],
        }


def verify(
    engine: Engine, key: bytes, noted: Head | None = None, others: Iterable[Head] = ()
) -> Verdict:
    """Walk the chain from its first month to its last entry; ``noted`` and ``others`` are in it."""
    with reading(engine) as connection:
        months = _Months(key)
        bad = months.walk(connection)
        walk = _Walk(key, months, noted, others)
        if bad is None:
            bad = walk.through(connection)
        return walk.verdict(bad)


class _Months:
    """The heads of the months that are gone, and what the first entry is bound to."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self.gone: list[Segment] = []
        self.end = Head(sequence=0, mac=GENESIS)

    def walk(self, connection: Connection) -> tuple[int, Misfit] | None:
        """Follow the seals; or say which head does not fit."""
        seal = GENESIS
        for segment in segments(connection):
            expected = self.end.sequence + 1
            if segment is None:
                return expected, Misfit.MONTH_CHANGED
            if segment.first > expected:
                return expected, Misfit.MISSING
            right = segment.sealed_by(self._key, seal)
            if not hmac.compare_digest(right.encode(), segment.seal.encode()):
                return expected, Misfit.MONTH_CHANGED
            seal = right
            self.gone.append(segment)
            self.end = Head(sequence=segment.last, mac=segment.mac)
        return self._forgotten(connection)

    def _forgotten(self, connection: Connection) -> tuple[int, Misfit] | None:
        """Whether the log itself tells of a month that went and has no head: it was put back."""
        anchor = newest_of(connection, Action.AUDIT_PRUNED)
        last = ((anchor.said if anchor else None) or {}).get("last")
        if type(last) is int and last > self.end.sequence:
            expected = self.end.sequence + 1
            has_next = any(entry.sequence == expected for entry in chain(connection))
            return expected, Misfit.MISPLACED if has_next else Misfit.MISSING
        return None


class _Walk:
    """Where in the chain we are, and what must come next."""

    def __init__(
        self, key: bytes, months: _Months, noted: Head | None, others: Iterable[Head]
    ) -> None:
        self._key = key
        self._months: Final = months
        self._start: Final = months.end
        self._last = months.end
        self._asked: Final = noted
        heads = [*([noted] if noted else []), *others]
        self._noted: Final = sorted(heads, key=lambda head: head.sequence)
        self._macs: dict[int, set[str]] = {}
        for head in heads:
            self._macs.setdefault(head.sequence, set()).add(head.mac)

    def through(self, connection: Connection) -> tuple[int, Misfit] | None:
        """Go to the end; or say what does not fit first."""
        for head in self._noted:
            if head.sequence <= self._start.sequence and (bad := self._in_months(head)):
                return bad
        bad = next((bad for entry in chain(connection) if (bad := self.step(entry))), None)
        return bad or self._missing_end()

    def step(self, entry: StoredEntry) -> tuple[int, Misfit] | None:
        """Go on to ``entry``; or say what does not fit."""
        expected = self._last.sequence + 1
        if entry.sequence > expected:
            return expected, Misfit.MISSING
        if entry.sequence < expected:
            return max(entry.sequence, 0), Misfit.MISPLACED
        fields = (entry.at, entry.actor, entry.action, entry.details)
        mac = mac_of(self._key, self._last.mac, expected, fields)
        if not hmac.compare_digest(mac.encode(), entry.mac.encode()):
            return expected, Misfit.CHANGED
        self._last = Head(sequence=expected, mac=mac)
        if self._macs.get(expected, {mac}) != {mac}:
            return expected, Misfit.REPLACED
        return None

    def _in_months(self, head: Head) -> tuple[int, Misfit] | None:
        """A head of a month that is gone: the last of one can be compared, others prove nothing.

        Of one head that is said; a collection of heads has old ones.
        """
        for segment in self._months.gone:
            if segment.last == head.sequence:
                return None if segment.mac == head.mac else (head.sequence, Misfit.REPLACED)
        return (head.sequence, Misfit.HEAD_PRUNED) if head == self._asked else None

    def _missing_end(self) -> tuple[int, Misfit] | None:
        """Whether a noted head lies behind the end."""
        if self._noted and self._noted[-1].sequence > self._last.sequence:
            return self._last.sequence + 1, Misfit.CUT_OFF
        return None

    def verdict(self, bad: tuple[int, Misfit] | None) -> Verdict:
        """What was found."""
        entries = self._last.sequence - self._start.sequence
        return Verdict(
            entries=entries,
            first=self._start.sequence + 1 if entries else None,
            head=self._last if entries else None,
            bad=bad[0] if bad else None,
            why=bad[1] if bad else None,
            gone=tuple(self._months.gone),
        )
