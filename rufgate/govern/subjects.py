"""Finds and erases what is held about one data subject.

In:  an address, the epochs' keys, the store.
Out: ``Found``, of which an ``Answer`` is made; ``Erased``.
SECURITY: pseudonyms live in this process's memory only. An entry of the audit log holds counts.
FAILS: ``StoreUnavailable``.

Erasure deletes a report whole: what is left of one could still be told to be the person's.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy import Engine, func, not_, select

from rufgate.govern.plan import Plan, plan_for_reports
from rufgate.govern.purge import Purge
from rufgate.govern.retention import NotScrubbed, NotVerified
from rufgate.govern.subject_address import SubjectAddress, SubjectNames, names_of
from rufgate.govern.subject_answer import LostPeriod
from rufgate.govern.tombstones import Tombstones
from rufgate.store.audit import Audit
from rufgate.store.audit_entries import Action, Actor
from rufgate.store.byte_search import files_of, path_of, search_files
from rufgate.store.engine import reading
from rufgate.store.epochs import known_epochs
from rufgate.store.field_classes import FieldClass
from rufgate.store.files import patterns_in
from rufgate.store.holds import held_among
from rufgate.store.outbox import CopyState
from rufgate.store.own_reports import own_reports
from rufgate.store.schema import outbox, reports
from rufgate.store.subject_rows import Needles, Places, places

_IDS_PER_QUERY: Final = 500


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Found:
    """The reports in which the person stands, and what cannot be said."""

    names: SubjectNames
    places: Places
    lost: tuple[LostPeriod, ...]

    @property
    def digest(self) -> str:
        """Of the reports alone: what a second person approves, and nothing of the address."""
        lines = "\n".join(sorted(map(str, self.places)))
        return hashlib.sha256(f"subject\n{lines}".encode()).hexdigest()


@dataclass(frozen=True, kw_only=True, slots=True)
class Disclosed:
    """Copies that are out of reach: who must be asked to delete how many (Article 19)."""

    recipient: str | None
    delivered: int
    being_sent: int  # a worker had it, living or dead: it may have gone out


@dataclass(frozen=True, kw_only=True, slots=True)
class Erased:
    """What an erasure came to."""

    reports: int
    held: int  # kept by a legal hold
    rows: Mapping[str, int]
    disclosed: tuple[Disclosed, ...]
    left: int  # reports that still name the person, those on hold not counted
    files: tuple[str, ...]  # kinds of files in which bytes of the person still stand
    searched: bool  # whether files could be searched: not where a hold keeps something, or a server
    own: bool = False  # the address is one of the installation's own, so it stays in its files

    @property
    def complete(self) -> bool:
        """Whether nothing but what a hold keeps is left."""
        return not self.left and not self.files


@dataclass(frozen=True, kw_only=True, slots=True)
class Installation:
    """What else an erasure must know."""

    files: tuple[Path, ...] = ()  # beside the database's own
    addresses: tuple[str, ...] = ()  # of analysts and of the gate: they stand in every copy


class Subjects:
    """Data subjects of one store."""

    def __init__(
        self, engine: Engine, audit: Audit, epochs: Mapping[int, bytes], tombstones: Tombstones
    ) -> None:
        self._engine = engine
        self._audit = audit
        self._tombstones = tombstones
        self._epochs = dict(epochs)

    def find(self, address: SubjectAddress, analysts: Collection[str], actor: Actor) -> Found:
        """Where the person stands; entered by counts. ``analysts`` are those of today."""
        names = names_of(address, self._epochs, {*analysts, *_recipients(self._engine)})
        found = Found(
            names=names,
            places=places(self._engine, Needles(names.digests, names.plain)),
            lost=lost_periods(self._engine, self._epochs),
        )
        unknown = sum(period.reports for period in found.lost)
        counts = {"count": len(found.places), "unknown": unknown}
        self._audit.append(actor, Action.SUBJECT_SEARCHED, **counts)
        return found

    def plan(self, found: Found, at: datetime) -> Plan:
        """What erasing takes; ``held`` is how many reports a hold keeps."""
        return plan_for_reports(self._engine, found.places, FieldClass.FACTS, "delete", at)

    def erase(self, found: Found, plan: Plan, actor: Actor, place: Installation) -> Erased:
        """Carry ``plan`` out and look whether anything is left, in rows and in bytes."""
        with reading(self._engine) as connection:
            held = held_among(connection, found.places, plan.at)
        going = [report_id for report_id in found.places if report_id not in held]
        disclosed = copies_out_of_reach(self._engine, going)
        counts = {"count": len(going), "held": len(held)}
        changed = self._purge(plan, actor, counts)
        left = places(self._engine, Needles(found.names.digests, found.names.plain))
        # What a hold keeps stands in the files by right, so a search of bytes can tell nothing.
        searched = not held and self._engine.dialect.name == "sqlite"
        own = found.names.are_of(place.addresses)
        files = self._files_with(found.names, place, own=own) if searched else ()
        return Erased(
            reports=len(going),
            held=len(held),
            rows={name.value: rows for name, rows in changed.items() if rows},
            disclosed=disclosed,
            left=len(left.keys() - held),
            files=files,
            searched=searched,
            own=own,
        )

    def _purge(
        self, plan: Plan, actor: Actor, counts: Mapping[str, int]
    ) -> Mapping[FieldClass, int]:
        purge = Purge(self._engine, self._audit, self._tombstones)
        try:
            return purge.carry_out(plan, actor, Action.SUBJECT_ERASED, **counts)
        except (NotScrubbed, NotVerified) as trouble:
            return trouble.counts  # it is entered; the search of the files says what is left

    def _files_with(
        self, names: SubjectNames, place: Installation, *, own: bool
    ) -> tuple[str, ...]:
        beside = ((path, "list of tombstones") for path in place.files)
        places = dict([*files_of(path_of(self._engine)), *beside])
        hits = search_files([*places.items()], names.pseudonym_patterns()).hits
        found = {kind for kinds in hits.values() for kind in kinds}
        if not own:
            found |= {places[path] for path in patterns_in([*places], *names.plain_patterns())}
        return tuple(sorted(found))


def lost_periods(engine: Engine, existing: Collection[int]) -> tuple[LostPeriod, ...]:
    """Epochs of stored reports whose key does not exist any more, for as long as each ran."""
    day = reports.c.received_on
    query = select(reports.c.key_id, func.min(day), func.max(day), func.count())
    query = query.where(not_(reports.c.id.in_(own_reports()))).group_by(reports.c.key_id)
    with reading(engine) as connection:
        rows = connection.execute(query).all()
    ran = {f"p{epoch.number}": epoch for epoch in known_epochs(engine)}
    keys = {f"p{number}" for number in existing}
    periods = []
    for key_id, first, last, count in rows:
        if key_id not in keys:
            days = [first, last]
            if (epoch := ran.get(key_id)) is not None:
                days += [epoch.began_on, epoch.ended_on or last]
            periods.append(LostPeriod(epoch=key_id, first=min(days), last=max(days), reports=count))
    return tuple(sorted(periods, key=lambda period: (period.first, period.epoch)))


def copies_out_of_reach(engine: Engine, report_ids: Collection[UUID]) -> tuple[Disclosed, ...]:
    """By recipient: copies that were delivered, or that a worker had taken."""
    delivered: Counter[str | None] = Counter()
    being_sent: Counter[str | None] = Counter()
    ids, columns = sorted(report_ids), outbox.c
    with reading(engine) as connection:
        for start in range(0, len(ids), _IDS_PER_QUERY):
            some = columns.report_id.in_(ids[start : start + _IDS_PER_QUERY])
            query = select(columns.analyst, columns.state).where(some)
            for analyst, state in connection.execute(query):
                delivered[analyst] += state == CopyState.DELIVERED.value
                being_sent[analyst] += state == CopyState.CLAIMED.value
    names = sorted({*(+delivered), *(+being_sent)}, key=lambda name: name or "")
    return tuple(
        Disclosed(recipient=name, delivered=delivered[name], being_sent=being_sent[name])
        for name in names
    )


def _recipients(engine: Engine) -> set[str]:
    """Everybody for whom a copy was ever queued, configured still or not."""
    with reading(engine) as connection:
        names = connection.execute(select(outbox.c.analyst).distinct()).scalars()
        return {name for name in names if name is not None}
