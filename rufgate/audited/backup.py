"""Backup and restore as a person at the command line carries them out.

In:  settings, a folder, a clock.
Out: a folder with a copy of the database and its manifest; or the database of such a folder.
SECURITY: no key and no tombstone is in a backup. What is restored is changed before anything else
     can read it: tombstones are replayed on a draft beside the database, which takes its place.
FAILS: ``BackupProblem``, ``KeyIsBack``, ``TombstonesDamaged``, ``KeyProblem``,
     ``StoreUnavailable``: then the database is as it was.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import create_engine, make_url, text

from rufgate.audited.log import Clock, audit_of, open_rows, tombstones_of
from rufgate.govern.burial import Burial
from rufgate.govern.keys import load_audit_key
from rufgate.govern.manifest import (
    DATABASE,
    BackupProblem,
    Manifest,
    read_manifest,
    write_manifest,
)
from rufgate.govern.replay import Replayed, replay
from rufgate.settings import slices
from rufgate.settings.schema import Settings
from rufgate.store.audit import Head, head_of
from rufgate.store.audit_entries import Action, Actor
from rufgate.store.audit_stored import chain, open_copy
from rufgate.store.copying import Progress, copy_file, copy_store, digest_of, move_in, remove
from rufgate.store.engine import StoreUnavailable, open_store, reading
from rufgate.store.gates import Gates
from rufgate.store.repair import check
from rufgate.store.scrub import compact
from rufgate.store.tombstone_marks import noted_end

_CHECKED_WITHIN_S: Final = 3600.0
_BY_SERVER: Final = (
    "this store is PostgreSQL's: copy it with `pg_dump --format=custom`, put it back with "
    "`pg_restore` while no gate runs; what was forgotten by hand since is forgotten again by "
    "[store] tombstones when a gate starts"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Restored:
    """What a restore came to."""

    manifest: Manifest
    replayed: Replayed
    replaced: Head | None  # the newest entry of the log that was replaced
    kept_log: Path | None  # its entries since the backup


def make_backup(
    settings: Settings, folder: Path, clock: Clock, version: str, progress: Progress
) -> Manifest:
    """Copy the database into ``folder``, which is to be new or empty."""
    if make_url(settings.store.url).get_backend_name() != "sqlite":
        raise BackupProblem(_BY_SERVER)
    key = load_audit_key(settings.keys.directory)
    engine = open_rows(settings, clock)
    _make_folder(folder)
    target = folder / DATABASE
    audit_of(settings, engine, clock).append(Actor.OPERATOR, Action.STORE_BACKED_UP)
    copy_store(engine, target, progress)
    copy = open_copy(target)
    head = head_of(copy)
    with reading(copy) as connection:
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    manifest = Manifest(
        version=version,
        revision=str(revision),
        policy=slices.policy(settings).digest(),
        sha256=digest_of(target),
        size=target.stat().st_size,
        at=clock().isoformat(timespec="seconds"),
        head=str(head),
    )
    write_manifest(folder, manifest, key)
    return manifest


def restore(
    settings: Settings, folder: Path, clock: Clock, progress: Progress, *, replace: bool
) -> Restored:
    """Put the database of ``folder`` in its place; an existing one goes only with ``replace``."""
    manifest = read_manifest(folder, load_audit_key(settings.keys.directory))
    path = _database_of(settings)
    if path.exists() and path.stat().st_size and not replace:
        raise BackupProblem(f"{path} exists: give --replace to lose what came since the backup")
    gates = Gates(create_engine(settings.store.url))
    gates.enter()
    try:
        if not gates.alone:
            raise BackupProblem("a gate runs on this store: stop it first")
        restored = _restore(settings, folder, manifest, path, clock, progress)
        gates.settle()
        return restored
    finally:
        gates.leave()


def _restore(
    settings: Settings, folder: Path, manifest: Manifest, path: Path, clock: Clock,
    progress: Progress,
) -> Restored:  # fmt: skip
    """Behind the lock: no gate is alive, and none starts."""
    draft = path.with_name(f"{path.name}-restoring")
    remove(draft)  # of a restore that was cut short
    try:
        if copy_file(folder / DATABASE, draft, progress) != manifest.sha256:
            raise BackupProblem(f"{folder / DATABASE} does not fit its manifest: it is damaged")
        replaced, kept_log = _replaced(path, manifest)
        replayed = _changed(settings, draft, path, replaced, clock)
        move_in(draft, path)
    finally:
        remove(draft)
    return Restored(manifest=manifest, replayed=replayed, replaced=replaced, kept_log=kept_log)


def _changed(
    settings: Settings, draft: Path, path: Path, replaced: Head | None, clock: Clock
) -> Replayed:
    """Bring it to today's schema, forget again, enter the restore."""
    engine = open_store(f"sqlite:///{draft}")
    try:
        check(engine, at_most_s=_CHECKED_WITHIN_S)
        audit = audit_of(settings, engine, clock)
        burial = Burial(tombstones=tombstones_of(settings, clock), audit=audit)
        # The backup knows of fewer tombstones than the store that it replaces.
        noted = noted_end(open_copy(path)) if replaced else None
        replayed = replay(engine, burial, settings.keys.directory, clock(), noted)
        before = {"last": replaced.sequence, "mac": replaced.mac} if replaced else {}
        audit.append(Actor.OPERATOR, Action.STORE_RESTORED, count=replayed.rows, **before)
        if not compact(engine):
            raise StoreUnavailable("the restored copy is read by somebody: try again")
    finally:
        engine.dispose()
    return replayed


def _replaced(path: Path, manifest: Manifest) -> tuple[Head | None, Path | None]:
    """The newest entry of the log that goes, and its entries that the backup does not have.

    They are evidence of what was done since. A damaged database cannot tell them.
    """
    if not path.exists() or not path.stat().st_size:
        return None, None
    with suppress(StoreUnavailable):
        engine = open_copy(path)
        head, first = head_of(engine), int(manifest.head.partition(":")[0]) + 1
        if head is None or head.sequence < first:
            return head, None
        kept = path.with_name(f"audit-replaced-{first}-{head.sequence}.jsonl")
        with reading(engine) as connection:
            lines = [json.dumps(e.as_json()) for e in chain(connection) if e.sequence >= first]
        descriptor = os.open(kept, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write("\n".join(lines) + "\n")
            file.flush()
            os.fsync(file.fileno())
        return head, kept
    return None, None


def _database_of(settings: Settings) -> Path:
    url = make_url(settings.store.url)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise BackupProblem(_BY_SERVER)
    path = Path(url.database)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        if any(folder.iterdir()):
            raise BackupProblem(f"{folder} is not empty: name a new folder for each backup")
    except OSError:
        raise BackupProblem(f"{folder} cannot be made or written") from None
