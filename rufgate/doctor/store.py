"""The store: its file, its schema, what waits in it, what should be gone, its audit log.

In:  settings, the time; the database, which is only read: nothing is migrated here.
Out: findings; counts and days, never a value of a report.
FAILS: never: a store that cannot be read is a finding.
"""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, func, inspect, make_url, select, text
from sqlalchemy.exc import SQLAlchemyError

from rufgate.doctor.finding import Area, Finding
from rufgate.govern.keys import KeyProblem, load_audit_key
from rufgate.govern.matrix import matrix
from rufgate.govern.receipts import Result, receipts
from rufgate.settings.schema import Settings
from rufgate.settings.slices import retention_rules
from rufgate.store.audit_stored import open_copy
from rufgate.store.audit_verify import verify
from rufgate.store.canary import CanaryRuns, RunState
from rufgate.store.engine import StoreDamaged, StoreUnavailable, reading, translated
from rufgate.store.outbox import CopyState
from rufgate.store.own_reports import own_reports
from rufgate.store.repair import check
from rufgate.store.schema import audit_entries, outbox

_AREA: Final = Area("store")
_OLD_COPY: Final = timedelta(hours=6)
_SLACK: Final = timedelta(days=2)  # a quiet hour may be almost a day away
_AHEAD: Final = timedelta(minutes=10)
_LEAST_FREE: Final = 512 * 2**20
_LEAST_SHARE: Final = 0.05
_CANARIES_MISSED: Final = 4


def look_at_store(settings: Settings, now: datetime) -> Iterator[Finding]:
    """File first; what stands in it only if it can be read."""
    path = _path_of(settings)
    if path is not None:
        yield from _of_file(path)
        if not path.exists():
            yield _AREA.warning(
                "no_store", f"there is no database {path} yet", "start the gate once: it makes it"
            )
            return
    try:
        with _closing(_opened(settings, path)) as engine:
            yield from _of_rows(engine, settings, now)
    except StoreDamaged:
        yield _damaged()
    except (StoreUnavailable, SQLAlchemyError):
        yield _unreadable()


@contextmanager
def _closing(engine: Engine) -> Iterator[Engine]:
    try:
        yield engine
    finally:
        engine.dispose()


def _of_rows(engine: Engine, settings: Settings, now: datetime) -> Iterator[Finding]:
    with translated():
        found = list(_of_schema(engine))
    yield from found
    if found:  # the tables are not those that the rest asks for
        return
    if engine.dialect.name == "sqlite" and not _is_sound(engine):
        yield _damaged()
        return
    for one in (_of_time, _of_queue, _of_canary, _of_retention, _of_audit):
        yield from one(engine, settings, now)


def _of_file(path: Path) -> Iterator[Finding]:
    folder = path.parent
    for one in (path, Path(f"{path}-wal"), folder):
        with suppress(OSError):
            if one.stat().st_mode & (stat.S_IRWXO | stat.S_IRWXG):
                right = "700" if one == folder else "600"
                yield _AREA.error(
                    "store_open_to_others",
                    f"others than its owner may use {one}",
                    f"chmod {right} {one}",
                )
    with suppress(OSError):
        space = shutil.disk_usage(folder if folder.exists() else folder.parent)
        if space.free < _LEAST_FREE or space.free < space.total * _LEAST_SHARE:
            yield _AREA.error(
                "disk_nearly_full",
                f"{space.free // 2**20} MB are free where the database lies",
                "make room: without it reports are answered 452, and purges cannot be scrubbed",
            )


def _of_schema(engine: Engine) -> Iterator[Finding]:
    """Every revision that is known is in the shipped folder; the newest is the head."""
    scripts = Config()
    scripts.set_main_option("script_location", "rufgate.store:migrations")
    folder = ScriptDirectory.from_config(scripts)
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            yield _damaged()
            return
        at = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    head = folder.get_current_head()
    known = {script.revision for script in folder.walk_revisions()}
    if at not in known:
        yield _AREA.error(
            "schema_of_newer_version",
            f"the database was made by a newer rufgate (schema {at}; this one knows {head})",
            "install that version again, or restore a backup made before it",
        )
    elif at != head:
        yield _AREA.warning(
            "schema_behind",
            f"the database has schema {at}, this version has {head}",
            "start the gate: it brings it up to date; make a backup first",
        )


def _is_sound(engine: Engine) -> bool:
    try:
        check(engine)
    except StoreUnavailable:
        return False
    return True


def _of_time(engine: Engine, settings: Settings, now: datetime) -> Iterator[Finding]:
    del settings
    with reading(engine) as connection:
        newest = connection.execute(select(func.max(audit_entries.c.at))).scalar()
    if newest is not None and newest > now + _AHEAD:
        yield Area("clock").error(
            "clock_behind",
            f"the log has an entry of {newest:%F %H:%M} UTC, which is still to come",
            "put the clock right: a gate whose clock is behind keeps everything too long",
        )


def _of_queue(engine: Engine, settings: Settings, now: datetime) -> Iterator[Finding]:
    del settings
    area = Area("queue")
    waiting = outbox.c.state.in_([CopyState.PENDING.value, CopyState.CLAIMED.value])
    mine = outbox.c.report_id.not_in(own_reports())
    parked = select(func.count()).where(outbox.c.state == CopyState.PARKED.value, mine)
    oldest = select(func.min(outbox.c.created_at), func.count()).where(waiting, mine)
    with reading(engine) as connection:
        since, count = connection.execute(oldest).one()
        stuck = connection.execute(parked).scalar_one()
    if since is not None and since < now - _OLD_COPY:
        yield area.error(
            "copies_wait",
            f"{count} copies wait, the oldest since {since:%F %H:%M} UTC",
            "see why by `rufgate outbox list`; is the relay reachable, is the gate running?",
        )
    if stuck:
        yield area.warning(
            "copies_parked",
            f"{stuck} copies were refused for good, or tried for long enough",
            "see `rufgate outbox list`, mend the reason, then `rufgate outbox retry`",
        )


def _of_canary(engine: Engine, settings: Settings, now: datetime) -> Iterator[Finding]:
    area, status = Area("canary"), CanaryRuns(engine).status()
    if status.is_stopped:
        yield area.error(
            "canary_found",
            "the gate found its own test data where none may be: nothing is forwarded",
            "see `rufgate canary status`; after mending it, `rufgate canary acknowledge`",
        )
    if status.last is not None and status.last.state not in (RunState.PASSED, RunState.FOUND):
        yield area.warning(
            "canary_failed",
            "the last self-test could not be carried out",
            "see `rufgate canary status`, then `rufgate canary run`",
        )
    every = timedelta(minutes=settings.canary.every_minutes)
    if every and status.passed_at and status.passed_at < now - _CANARIES_MISSED * every:
        yield area.warning(
            "canary_late",
            f"the last self-test that passed was at {status.passed_at:%F %H:%M} UTC",
            "is the gate running? Ask for one by `rufgate canary run`",
        )


def _of_retention(engine: Engine, settings: Settings, now: datetime) -> Iterator[Finding]:
    area, today = Area("retention"), now.date()
    late = 0
    for state in matrix(engine, retention_rules(settings), now):
        if state.next_due is not None and state.next_due < today - _SLACK:
            late += state.rows
        if state.is_overdue(today):
            yield area.warning(
                "review_overdue",
                f"the rule for {state.rule.field_class.value} was to be looked at by "
                f"{state.rule.review_by}",
                "look at it again, and set the next review_by",
            )
    if late:
        yield area.error(
            "retention_overdue",
            f"rules cover {late} rows that are past their day",
            "is the gate running? See `rufgate retention plan`, then `retention apply`",
        )
    results = [receipt.result for receipt in receipts(engine, now - timedelta(days=30))]
    if Result.FAILED in results:
        yield area.error(
            "purge_found_again",
            "a value that was purged was found in the database's files afterwards",
            "run `rufgate retention verify --full`",
        )


def _of_audit(engine: Engine, settings: Settings, now: datetime) -> Iterator[Finding]:
    del now
    try:
        verdict = verify(engine, load_audit_key(settings.keys.directory))
    except KeyProblem:
        return  # said with the configuration
    if verdict.bad is not None:
        yield Area("audit").error(
            "audit_broken",
            f"the audit log does not fit from entry {verdict.bad} on",
            "see `rufgate audit verify`; compare with the heads that were kept elsewhere",
        )


def _opened(settings: Settings, path: Path | None) -> Engine:
    if path is not None:
        return open_copy(path)
    return create_engine(make_url(settings.store.url), hide_parameters=True)


def _path_of(settings: Settings) -> Path | None:
    url = make_url(settings.store.url)
    return Path(str(url.database)) if url.get_backend_name() == "sqlite" else None


def _unreadable() -> Finding:
    return _AREA.unknown(
        "store_unreadable",
        "the store cannot be read now",
        "run this as the gate's user; with a server, see that it answers",
    )


def _damaged() -> Finding:
    return _AREA.error(
        "store_damaged",
        "the file is no sound database of rufgate",
        "restore it from a backup: `rufgate restore DIR`",
    )
