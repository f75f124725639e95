"""Data subjects as a person at the command line finds and erases them.

In:  settings, an address, a clock.
Out: what is held, what was erased.
SECURITY: nothing is searched for without an entry in the audit log, nor more often than the limit.
FAILS: ``KeyProblem`` without the keys; ``StoreUnavailable``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from rufgate.audited.access import SecondPerson
from rufgate.audited.log import Clock, audit_of, open_rows, tombstones_of
from rufgate.govern.keys import load_epochs
from rufgate.govern.plan import Plan
from rufgate.govern.subject_address import SubjectAddress
from rufgate.govern.subject_answer import Answer
from rufgate.govern.subject_rate import TooOften, begin_search
from rufgate.govern.subject_report import answer_of
from rufgate.govern.subjects import Erased, Found, Installation, Subjects
from rufgate.settings import slices
from rufgate.settings.schema import Settings
from rufgate.store.audit import Audit
from rufgate.store.audit_entries import Actor

_ACTOR: Final = Actor.OPERATOR


class AuditedSubjects:
    """Data subjects of this installation."""

    def __init__(self, settings: Settings, engine: Engine, audit: Audit, clock: Clock) -> None:
        self._settings = settings
        self._engine = engine
        self._audit = audit
        self._clock = clock
        epochs = load_epochs(settings.keys.directory)
        self.second: Final = SecondPerson(settings, engine, audit, clock)
        self._subjects = Subjects(engine, audit, epochs, tombstones_of(settings, clock))

    def search(self, address: SubjectAddress) -> Found | TooOften:
        """The reports in which the person stands, where the limit allows it."""
        per_hour = self._settings.govern.subject_searches_per_hour
        refused = begin_search(self._engine, self._audit, _ACTOR, per_hour, self._clock())
        if refused is not None:
            return refused
        analysts = [analyst.name for analyst in self._settings.analysts]
        return self._subjects.find(address, analysts, _ACTOR)

    def answer(self, found: Found) -> Answer:
        """What is held about the person, to be handed out."""
        rules = slices.retention_rules(self._settings)
        return answer_of(self._engine, found, rules, self._clock())

    def plan(self, found: Found) -> Plan:
        """What erasing would take."""
        return self._subjects.plan(found, self._clock())

    def erase(self, found: Found, plan: Plan) -> Erased:
        """Erase it, and look whether it is gone."""
        settings = self._settings
        own = [settings.forward.sender, *(analyst.address for analyst in settings.analysts)]
        listed = settings.store.tombstones
        place = Installation(
            files=(listed,) if isinstance(listed, Path) else (),
            addresses=tuple(address for address in own if address is not None),
        )
        return self._subjects.erase(found, plan, _ACTOR, place)


def open_subjects(settings: Settings, clock: Clock) -> AuditedSubjects:
    """Data subjects of the store in ``settings``."""
    engine = open_rows(settings, clock)
    return AuditedSubjects(settings, engine, audit_of(settings, engine, clock), clock)
