"""A database as it was before a purge: what was forgotten by hand since then goes again."""

from __future__ import annotations

import shutil
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import make_url, select

import rufgate.audited
from rufgate.govern.burial import Burial
from rufgate.govern.plan import plan_for_reports
from rufgate.govern.purge import Purge
from rufgate.govern.replay import KeyIsBack, catch_up, replay
from rufgate.govern.tombstones import Tombstones
from rufgate.store.audit import Audit
from rufgate.store.audit_entries import Action, Actor
from rufgate.store.audit_stored import newest
from rufgate.store.engine import open_store, reading
from rufgate.store.field_classes import FieldClass
from rufgate.store.holds import Hold, Holds
from rufgate.store.reports import ReportStore
from rufgate.store.schema import outbox, reports
from tests.postgres import program
from tests.store.behind import held_in
from tests.store.full_report import MARKS, RECEIVED, sanitized

KEY = b"k" * 32
NOW = RECEIVED + timedelta(hours=1)


class World:
    """A store with two reports, a list of tombstones and a folder of keys."""

    def __init__(self, folder: Path, url: str) -> None:
        self.url = url
        self.path = Path(make_url(url).database) if url.startswith("sqlite") else None
        self.keys = folder / "keys"
        self.keys.mkdir()
        self.tombstones = Tombstones(folder / "tombstones.log", KEY, lambda: NOW)
        self.open()
        for name in ("1", "2"):
            ReportStore(self.engine).record(sanitized("mark-account", fingerprint=name))
        self.ids = self.all_ids()
        self.engine.dispose()
        self.backup = folder / "backup"
        if self.path:
            shutil.copytree(self.path.parent, self.backup)
        else:
            self.server_program("pg_dump", "--format=custom", f"--file={self.backup}")
        self.open()

    def open(self) -> None:
        self.engine = open_store(self.url)
        self.burial = Burial(tombstones=self.tombstones, audit=Audit(self.engine, KEY, lambda: NOW))

    def restore(self) -> None:
        """By hand, as with ``cp`` or ``pg_restore``."""
        self.engine.dispose()
        if self.path:
            shutil.rmtree(self.path.parent)
            shutil.copytree(self.backup, self.path.parent)
        else:
            self.server_program("pg_restore", "--clean", "--if-exists", str(self.backup))
        self.open()

    def server_program(self, name: str, *arguments: str) -> None:
        url = self.url.replace("postgresql+psycopg://", "postgresql://")
        subprocess.run([program(name), f"--dbname={url}", *arguments], check=True, timeout=120)

    def forget(self, field_class: FieldClass, action: Any = "delete") -> None:
        plan = plan_for_reports(self.engine, self.ids[:1], field_class, action, NOW)
        purge = Purge(self.engine, self.burial.audit, self.tombstones)
        purge.carry_out(plan, Actor.OPERATOR, Action.RETENTION_APPLIED)

    def replay(self) -> Any:
        return replay(self.engine, self.burial, self.keys, NOW)

    def all_ids(self) -> list[Any]:
        with reading(self.engine) as connection:
            return list(connection.execute(select(reports.c.id).order_by(reports.c.id)).scalars())

    def column(self, column: Any) -> list[Any]:
        whose = column.table.c.get("report_id", column.table.c.id)
        with reading(self.engine) as connection:
            found = connection.execute(select(column).where(whose == self.ids[0])).scalars()
            return list(found)

    def entries(self, action: Action) -> list[Any]:
        return [e.said for e in newest(self.engine, 100) if e.action == action.value]


@pytest.fixture
def world(tmp_path: Path, store_url: str) -> Any:
    """A folder of its own for the file, which a copy takes whole."""
    is_file = store_url.startswith("sqlite")
    url = f"sqlite:///{tmp_path / 'store' / 'rufgate.db'}" if is_file else store_url
    world = World(tmp_path, url)
    yield world
    world.engine.dispose()


@pytest.mark.quick_on_both
def test_a_report_that_was_forgotten_is_gone_again_with_its_bytes(world):
    world.forget(FieldClass.FACTS)
    world.restore()
    assert len(world.all_ids()) == 2
    done = world.replay()
    assert (done.lines, done.lost) == (1, 0)
    assert done.rows > 0
    assert world.all_ids() == world.ids[1:]
    assert world.entries(Action.TOMBSTONES_REPLAYED) == [{"count": done.rows}]
    again = world.replay()
    assert (again.lines, again.rows) == (0, 0)


@pytest.mark.parametrize(
    ("field_class", "action", "column", "left"),
    [
        (FieldClass.TEXT, "delete", reports.c.text, None),
        (FieldClass.TIME, "coarsen", reports.c.received_at, None),
        (FieldClass.ADDRESS, "coarsen", reports.c.source_ip, "192.0.2.0/24"),
        (FieldClass.COPY, "delete", outbox.c.content, None),
    ],
    ids=str,
)
def test_one_class_is_forgotten_again_and_the_rest_stays(world, field_class, action, column, left):
    before = world.column(column)
    world.forget(field_class, action)
    purged = world.column(column)
    world.restore()
    assert world.column(column) == before != purged
    world.replay()
    assert world.column(column) == purged == [left]
    assert world.all_ids() == world.ids


def test_bytes_are_scrubbed(world):
    world.forget(FieldClass.FACTS)
    world.ids = world.ids[1:]
    world.forget(FieldClass.FACTS)
    world.restore()
    world.replay()
    files = held_in(world.engine)
    assert [mark for marks in MARKS.values() for mark in marks if mark in files] == []


def test_a_crash_between_tombstone_and_deletion_is_finished(world):
    plan = plan_for_reports(world.engine, world.ids[:1], FieldClass.FACTS, "delete", NOW)
    world.burial.of_plan(world.engine, plan, Actor.OPERATOR)
    assert world.replay().rows > 0
    assert world.all_ids() == world.ids[1:]


def test_a_hold_of_the_backup_does_not_bring_it_back(world):
    world.forget(FieldClass.FACTS)
    world.restore()
    ends = NOW + timedelta(days=9)
    hold = Hold(
        id=uuid4(), report=world.ids[0], reason="case", owner="desk", began_at=NOW,
        until=ends.date(), ends_at=ends,
    )  # fmt: skip
    assert Holds(world.engine).add(hold) == 1
    world.replay()
    assert world.all_ids() == world.ids[1:]


def test_a_key_that_is_there_again_is_named(world):
    world.burial.of_key("epoch-1", Actor.OPERATOR)
    world.replay()
    (world.keys / "epoch-1").touch()
    with pytest.raises(KeyIsBack, match=r"epoch-1 was destroyed on 2026-03-10 and is there again"):
        world.replay()


def test_a_lost_or_shortened_list_is_noticed_once(world):
    world.forget(FieldClass.TEXT)
    world.forget(FieldClass.COPY)
    one = world.tombstones.place.path.read_bytes().splitlines(keepends=True)[0]
    world.tombstones.place.path.write_bytes(one)
    assert world.replay().lost == 1
    assert world.replay().lost == 0
    world.tombstones.place.path.unlink()
    assert world.replay().lost == 1
    assert [e["count"] for e in world.entries(Action.TOMBSTONES_LOST)] == [1, 1]


def test_another_list_in_its_place_is_noticed(world):
    world.forget(FieldClass.TEXT)
    world.tombstones.place.path.unlink()
    plan = plan_for_reports(world.engine, world.ids[:1], FieldClass.COPY, "delete", NOW)
    purge = Purge(world.engine, world.burial.audit, world.tombstones)
    world.tombstones.append([])
    assert world.replay().lost == 1
    purge.carry_out(plan, Actor.OPERATOR, Action.RETENTION_APPLIED)
    world.restore()
    assert world.replay().rows > 0


def test_a_command_that_reads_rows_catches_up(world):
    world.forget(FieldClass.FACTS)
    world.restore()
    assert catch_up(world.engine, world.burial, NOW).rows > 0
    assert world.all_ids() == world.ids[1:]
    assert catch_up(world.engine, world.burial, NOW).lines == 0


def test_no_command_opens_rows_without_holding_them_against_the_list():
    """Whoever opens the store itself reads no rows of reports: canary, audit log, tokens, and
    ``store move``, which makes the tables of an empty target.
    """
    folder = Path(rufgate.audited.__file__).parent
    own = {file.name for file in folder.glob("*.py") if "open_store(" in file.read_text()}
    assert own == {"log.py", "canary.py", "audit.py", "backup.py", "access.py", "move.py"}
