"""Lists what is about to be forgotten by hand, before it goes; see ``tombstones.py``.

In:  the list, the audit log; a plan, or the name of a key.
Out: lines in the list; an entry of how many there are now, so that a lost list is noticed.
FAILS: ``TombstonesUnavailable``, ``StoreUnavailable``: then nothing is to be deleted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import Engine, select

from rufgate.govern.plan import Plan, PlanEntry, is_of_reports
from rufgate.govern.tombstones import Tombstone, Tombstones
from rufgate.store.audit import Audit
from rufgate.store.audit_entries import Action, Actor
from rufgate.store.engine import reading
from rufgate.store.field_classes import FieldClass
from rufgate.store.schema import reports

_IDS_PER_QUERY: Final = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class Burial:
    """The list of one installation, and the log that tells how long it is."""

    tombstones: Tombstones
    audit: Audit

    def of_plan(self, engine: Engine, plan: Plan, actor: Actor) -> None:
        """List what ``plan`` is about to take of reports."""
        self.of(stones_of(engine, plan), actor)

    def of_key(self, name: str, actor: Actor) -> None:
        """List a key that is about to be destroyed, by the name of its file."""
        self.of([Tombstone.of_key(name)], actor)

    def of(self, stones: Iterable[Tombstone], actor: Actor) -> None:
        """List them, and enter how many lines there are now."""
        listed = tuple(stones)
        if listed:
            end = self.tombstones.append(listed)
            self.audit.append(
                actor, Action.TOMBSTONES_WRITTEN, count=len(listed), last=end.lines, mac=end.mac
            )


def stones_of(engine: Engine, plan: Plan) -> list[Tombstone]:
    """One for each class of each report; rows of no report go by their age again.

    What is rewritten by a stricter policy is not listed: what the restored row is to become
    depends on its content, and `policy apply` finds it again by the policy that it names.
    """
    found: dict[tuple[UUID, FieldClass, str], None] = {}
    for entry in plan.entries:
        if is_of_reports(entry.work.table) and entry.work.rewrite is None:
            action = "coarsen" if entry.work.coarsens else "delete"
            for report_id in _reports_of(engine, entry):
                found[report_id, entry.rule.field_class, action] = None
    return [Tombstone.of_report(identity, name.value, action) for identity, name, action in found]


def _reports_of(engine: Engine, entry: PlanEntry) -> Iterable[UUID]:
    """Whose rows these are. A report's own row goes with its facts, and all else with it."""
    table = entry.work.table
    if table is reports:
        return [key[0] for key in entry.keys]
    if entry.rule.field_class is FieldClass.FACTS:
        return []
    names = [column.name for column in table.primary_key.columns]
    if "report_id" in names:
        return dict.fromkeys(key[names.index("report_id")] for key in entry.keys)
    (own,) = table.primary_key.columns
    found: list[UUID] = []
    with reading(engine) as connection:
        for start in range(0, len(entry.keys), _IDS_PER_QUERY):
            some = [key[0] for key in entry.keys[start : start + _IDS_PER_QUERY]]
            found += connection.execute(select(table.c.report_id).where(own.in_(some))).scalars()
    return dict.fromkeys(found)
