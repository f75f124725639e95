"""Moving the store to PostgreSQL as a person at the command line carries it out.

In:  settings whose store is a file, the URL of a database, a clock.
Out: the same rows there, and the checksums of both sides in its audit log. The file stays.
SECURITY: no password is taken from the command line. What tombstones list is forgotten before.
FAILS: ``MoveRefused``, ``KeyProblem``, ``StoreUnavailable``: then the database is no store yet,
     and no gate takes it for one; the same command goes on with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, Engine, create_engine, make_url, select

from rufgate.audited.log import Clock, audit_of, open_rows
from rufgate.govern.keys import load_audit_key
from rufgate.settings.schema import Settings
from rufgate.settings.server_remarks import server_remarks
from rufgate.settings.values import StoreUrl
from rufgate.store import move_target
from rufgate.store.audit_entries import Action, Actor
from rufgate.store.audit_tables import audit_entries
from rufgate.store.audit_verify import verify
from rufgate.store.engine import open_store, reading, writing
from rufgate.store.gates import Gates
from rufgate.store.move_target import Begun, MoveRefused
from rufgate.store.moving import Moved, Progress, compare, copy_all
from rufgate.store.repair import repair

_BEGIN_ANEW: Final = "give --anew to empty the database and begin again"


class BadTarget(Exception):  # noqa: N818 - an answer for the operator, not a bug
    """The URL cannot be used; ``str()`` says why and never quotes it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """What a move came to."""

    file: Path
    tables: tuple[Moved, ...]
    was_begun: bool
    misfit: int | None  # the first entry of the audit log that does not fit: there as here
    warnings: tuple[str, ...]


def check_target(settings: Settings, url: str) -> tuple[str, ...]:
    """What is to be said of the URL before anything is done; ``BadTarget`` where it will not do."""
    try:
        asked = make_url(TypeAdapter(StoreUrl).validate_python(url))
    except ValidationError:
        asked = make_url("sqlite://")
    if asked.get_backend_name() != "postgresql":
        raise BadTarget("write postgresql+psycopg://USER@HOST/DATABASE (?host=FOLDER: a socket)")
    if asked.password is not None or "password" in asked.query:
        raise BadTarget(
            "a password on the command line is read by all users of this machine: leave it out, "
            "and put it into ~/.pgpass (0600), a file named by ?passfile=FILE, or PGPASSWORD"
        )
    store = settings.store.model_copy(update={"url": url})
    remarks = list(server_remarks(settings.model_copy(update={"store": store})))
    for remark in remarks:
        if remark.level == "error":
            raise BadTarget(remark.message)
    return tuple(remark.message for remark in remarks)


def move(settings: Settings, url: str, clock: Clock, progress: Progress, *, anew: bool) -> Done:
    """Copy the store to ``url``, or go on with it; ``anew`` empties what was begun."""
    warnings = check_target(settings, url)
    file = _file_of(settings)
    load_audit_key(settings.keys.directory)
    with _no_gate(settings) as gates:
        source = open_rows(settings, clock)
        repair(source, gates, clock())
        target = move_target.connect(url)
        with move_target.alone(target):
            was_begun, begun = _begin(settings, source, target, clock, anew=anew)
            tables = _copy(source, target, progress)
            misfit = verify(target, load_audit_key(settings.keys.directory)).bad
            _finish(settings, target, begun, tables, clock)
        source.dispose()
        target.dispose()
    return Done(file=file, tables=tables, was_begun=was_begun, misfit=misfit, warnings=warnings)


def _begin(
    settings: Settings, source: Engine, target: Engine, clock: Clock, *, anew: bool
) -> tuple[bool, Begun]:
    """Whether a move was under way, and where it began."""
    begun = move_target.begun(target)
    if begun and anew:
        move_target.empty(target, begun.version)
        begun = None
    if begun:
        _is_ours(source, begun)
        return True, begun
    open_store(target.url.render_as_string(hide_password=False)).dispose()
    with reading(source) as one, reading(target) as other:
        if wrong := move_target.misfit(one, other):
            raise MoveRefused(wrong)
        version = move_target.version_of(one)
    head = audit_of(settings, source, clock).append(Actor.OPERATOR, Action.STORE_MOVE_BEGUN)
    begun = Begun(sequence=head.sequence, mac=head.mac, version=version)
    move_target.begin(target, begun)
    return False, begun


def _is_ours(source: Engine, begun: Begun) -> None:
    """What was begun is this store's, and no gate has run on it since."""
    columns = audit_entries.c
    with reading(source) as connection:
        version = move_target.version_of(connection)
        mac = connection.execute(
            select(columns.mac).where(columns.sequence == begun.sequence)
        ).scalar_one_or_none()
        started = connection.execute(
            select(columns.sequence)
            .where(columns.action == Action.GATE_STARTED.value, columns.sequence > begun.sequence)
            .limit(1)
        ).first()
    if mac != begun.mac:
        raise MoveRefused(f"another store is being moved to this database; {_BEGIN_ANEW}")
    if started or version != begun.version:
        raise MoveRefused(f"a gate has run on the store since the move began; {_BEGIN_ANEW}")


def _copy(source: Engine, target: Engine, progress: Progress) -> tuple[Moved, ...]:
    """Under the source's write lock: what a command would write meanwhile would be lost."""
    with writing(source) as connection:
        copy_all(connection, target, progress)
        tables = compare(connection, target, progress)
    if differ := [table.name for table in tables if not table.is_same]:
        raise MoveRefused(
            f"checksums differ: {', '.join(differ)}. The store changed since the move began, or "
            f"somebody wrote to the database; {_BEGIN_ANEW}"
        )
    return tuple(tables)


def _finish(
    settings: Settings, target: Engine, begun: Begun, tables: tuple[Moved, ...], clock: Clock
) -> None:
    audit = audit_of(settings, target, clock)

    def enter(connection: Connection) -> None:
        audit.append_within(
            connection,
            Actor.OPERATOR,
            Action.STORE_MOVED,
            tables={table.name: table.target.rows for table in tables},
            checksums={table.name: table.target.sha256 for table in tables},
            last=begun.sequence,
            mac=begun.mac,
        )

    move_target.finish(target, begun.version, enter)


@contextmanager
def _no_gate(settings: Settings) -> Iterator[Gates]:
    """None runs on the source, and none starts."""
    gates = Gates(create_engine(settings.store.url))
    gates.enter()
    try:
        if not gates.alone:
            raise MoveRefused("a gate runs on this store: stop it first")
        yield gates
        gates.settle()
    finally:
        gates.leave()


def _file_of(settings: Settings) -> Path:
    url = make_url(settings.store.url)
    if url.get_backend_name() != "sqlite":
        raise MoveRefused(
            "this store is PostgreSQL's already: move it with `pg_dump --format=custom` and "
            "`pg_restore` while no gate runs"
        )
    file = Path(str(url.database))
    if not file.is_file() or not file.stat().st_size:
        raise MoveRefused(f"there is no store at {file}")
    return file
