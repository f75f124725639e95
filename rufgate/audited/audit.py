"""The audit log as a person at the command line looks at it.

In:  settings, a clock.
Out: entries, heads, verdicts.
SECURITY: a look at the entries is entered before it is shown, and so is that the log was verified.
     The head alone is not: to enter that would change it, and it tells nothing.
FAILS: ``KeyProblem``; ``StoreUnavailable``; ``HeadProblem``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from rufgate.audited.log import Clock, audit_of, looked
from rufgate.govern.keys import load_audit_key
from rufgate.govern.signed_heads import (
    FoundHead,
    heads_in,
    load_public_key,
    load_signing_key,
    signed_line,
)
from rufgate.settings.schema import Settings
from rufgate.store.audit import Head, head_of
from rufgate.store.audit_entries import Action
from rufgate.store.audit_segments import Segment, segments
from rufgate.store.audit_stored import Asked, StoredEntry, newest, open_copy
from rufgate.store.audit_verify import Verdict, verify
from rufgate.store.engine import open_store, reading


@dataclass(frozen=True, kw_only=True, slots=True)
class Against:
    """What the log is held against."""

    noted: Head | None = None
    heads: Path | None = None
    public_key: Path | None = None
    copy: Path | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Verified:
    """What was found, how many signed heads were in the chain, and the first that was not."""

    verdict: Verdict
    heads: int = 0
    first_missing: FoundHead | None = None


def list_entries(
    settings: Settings, clock: Clock, asked: Asked, limit: int, names: Sequence[str]
) -> tuple[StoredEntry, ...]:
    """The newest first; ``names`` are the filters that were given."""
    engine = open_store(settings.store.url)
    audit = audit_of(settings, engine, clock)
    found = newest(engine, limit, asked)
    looked(audit, Action.AUDIT_LISTED, count=len(found), filters=[*names, "limit"])
    return found


def months_gone(settings: Settings) -> tuple[Segment, ...]:
    """The months that were deleted, by their heads; whether these are genuine says ``verify``."""
    with reading(open_store(settings.store.url)) as connection:
        return tuple(segment for segment in segments(connection) if segment)


def newest_head(settings: Settings) -> Head | None:
    """The newest entry's number and MAC."""
    return head_of(open_store(settings.store.url))


def signed_head(settings: Settings, at: datetime) -> str | None:
    """The same as a line that others can check."""
    key = load_signing_key(settings.keys.directory)
    found = newest_head(settings)
    return signed_line(key, found, at) if found else None


def verify_log(settings: Settings, clock: Clock, against: Against) -> Verified:
    """Walk the log, or a copy of it. Of a copy nothing is entered: it is only read."""
    key = load_audit_key(settings.keys.directory)
    heads = _heads(settings, against) if against.heads else ()
    engine = open_copy(against.copy) if against.copy else open_store(settings.store.url)
    verdict = verify(engine, key, against.noted, [found.head for found in heads])
    if not against.copy:
        _enter(settings, engine, clock, verdict)
    missing = None
    if verdict.bad is not None:
        bad = verdict.bad
        missing = next((found for found in heads if found.head.sequence >= bad), None)
    return Verified(verdict=verdict, heads=len(heads), first_missing=missing)


def _enter(settings: Settings, engine: Engine, clock: Clock, verdict: Verdict) -> None:
    is_whole = verdict.bad is None
    audit = audit_of(settings, engine, clock)
    looked(audit, Action.AUDIT_VERIFIED, count=verdict.entries, whole=is_whole)


def _heads(settings: Settings, against: Against) -> tuple[FoundHead, ...]:
    public = (
        load_public_key(against.public_key)
        if against.public_key
        else load_signing_key(settings.keys.directory).public_key()
    )
    path = against.heads or Path()
    with path.open(encoding="utf-8", errors="replace") as lines:
        return heads_in(lines, public)
