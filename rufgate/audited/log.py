"""The audit log of an installation, as the command line writes to it.

In:  settings, a clock.
Out: the ``Audit`` of the store; entries in the operator's name.
FAILS: ``KeyProblem`` without the log's key; ``StoreUnavailable``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Engine

from rufgate.govern.burial import Burial
from rufgate.govern.keys import load_audit_key
from rufgate.govern.replay import catch_up
from rufgate.govern.tombstone_places import place_of
from rufgate.govern.tombstones import Tombstones
from rufgate.settings.schema import Settings
from rufgate.store.audit import Audit
from rufgate.store.audit_entries import Action, Actor
from rufgate.store.engine import open_store

Clock = Callable[[], datetime]


def audit_of(settings: Settings, engine: Engine, clock: Clock) -> Audit:
    """The log of the store behind ``engine``, under the key of this installation."""
    return Audit(engine, load_audit_key(settings.keys.directory), clock)


def open_rows(settings: Settings, clock: Clock) -> Engine:
    """The store, for whoever reads or changes rows: what tombstones list is not in it.

    A database that was restored by hand may hold it before a gate has started on it.
    """
    engine = open_store(settings.store.url)
    if place_of(settings.store.tombstones).exists():  # else nothing was forgotten by hand
        audit = audit_of(settings, engine, clock)
        catch_up(engine, Burial(tombstones=tombstones_of(settings, clock), audit=audit), clock())
    return engine


def tombstones_of(settings: Settings, clock: Clock) -> Tombstones:
    """The list of what was forgotten by hand, under the key of this installation."""
    key = load_audit_key(settings.keys.directory)
    return Tombstones(place_of(settings.store.tombstones), key, clock)


def looked(audit: Audit, action: Action, **details: object) -> None:
    """Enter that an operator is about to see something."""
    audit.append(Actor.OPERATOR, action, **details)
