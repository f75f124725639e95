"""The database file: its settings, its rights, its errors, and bytes that must leave it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
import time

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import IntegrityError

from rufgate.store import schema
from rufgate.store.engine import (
    StoreDamaged,
    StoreFull,
    StoreUnavailable,
    open_store,
    reading,
    writing,
)
from rufgate.store.outbox import Outbox
from rufgate.store.reports import ReportStore
from rufgate.store.scrub import compact
from rufgate.store.versions import newest_version
from tests.store.full_report import RECEIVED, sanitized

pytestmark = pytest.mark.migrates


@pytest.fixture
def path(tmp_path):
    return tmp_path / "made" / "var" / "rufgate.db"


@pytest.fixture
def engine(path):
    engine = open_store(f"sqlite:///{path}")
    yield engine
    engine.dispose()


def test_what_will_be_done_again_waits_for_no_disk_and_nothing_else_does_so(engine):
    def synchronous(**how):
        with writing(engine, **how) as connection:
            return connection.exec_driver_sql("PRAGMA synchronous").scalar_one()

    assert [synchronous(), synchronous(lasting=False), synchronous()] == [2, 1, 2]
    with pytest.raises(LookupError), writing(engine, lasting=False):
        raise LookupError
    assert synchronous() == 2


def on_disk(path) -> bytes:
    return b"".join(
        file.read_bytes()
        for file in sorted(path.parent.iterdir())
        if file.name.startswith(path.name)
    )


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),  # FULL
        ("secure_delete", 1),
        ("foreign_keys", 1),
        ("auto_vacuum", 2),  # INCREMENTAL
        ("busy_timeout", 5000),
    ],
)
def test_every_connection_has_the_settings_that_the_promises_rest_on(engine, pragma, value):
    with engine.connect() as first, engine.connect() as second:
        for connection in (first, second):
            assert connection.execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_upgrading_an_empty_database_gives_exactly_the_declared_tables(engine):
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), schema.metadata) == []


def test_the_migration_and_create_all_agree_on_the_tables_and_indexes(engine, tmp_path):
    declared = create_engine(f"sqlite:///{tmp_path / 'declared.db'}")
    schema.metadata.create_all(declared)
    query = "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'alembic%' AND sql IS NOT NULL"

    def definitions(of):
        with of.connect() as connection:
            return {
                name: " ".join(sql.replace('"', "").split())
                for name, sql in connection.execute(text(query))
            }

    assert definitions(engine) == definitions(declared)
    declared.dispose()


def test_opening_again_keeps_what_is_there(path, engine):
    ReportStore(engine).record(sanitized("one"))
    again = open_store(f"sqlite:///{path}")
    assert len(ReportStore(again).list()) == 1
    again.dispose()


def test_several_processes_may_open_a_new_store_at_once(path):
    script = f"from rufgate.store.engine import open_store; open_store('sqlite:///{path}')"
    starts = [
        subprocess.Popen([sys.executable, "-c", script], stderr=subprocess.PIPE) for _ in range(3)
    ]
    errors = [start.communicate(timeout=60)[1] for start in starts]
    assert [start.returncode for start in starts] == [0, 0, 0], errors


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o277])
def test_files_are_0600_and_folders_0700_whatever_the_umask(path, umask):
    before = os.umask(umask)
    try:
        engine = open_store(f"sqlite:///{path}")
        ReportStore(engine).record(sanitized())
    finally:
        os.umask(before)
    modes = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
    assert modes == {"rufgate.db": 0o600, "rufgate.db-wal": 0o600, "rufgate.db-shm": 0o600}
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert path.parent.parent.stat().st_mode & 0o777 == 0o700
    engine.dispose()


def test_a_file_that_others_could_read_is_closed_to_them(path):
    open_store(f"sqlite:///{path}").dispose()
    path.chmod(0o644)
    open_store(f"sqlite:///{path}").dispose()
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_store_in_memory_is_refused_for_it_would_lose_what_was_acknowledged(url):
    with pytest.raises(StoreUnavailable):
        open_store(url)


def test_an_unreachable_folder_is_reported_without_its_name(tmp_path):
    blocker = tmp_path / "secret-name"
    blocker.write_text("")
    with pytest.raises(StoreUnavailable) as caught:
        open_store(f"sqlite:///{blocker}/rufgate.db")
    assert "secret-name" not in str(caught.value)


def test_a_locked_database_is_unavailable_and_nothing_is_quoted(path, engine, monkeypatch):
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA busy_timeout=50")
    with pytest.raises(StoreUnavailable) as caught:
        ReportStore(engine).record(sanitized("one"))
    assert type(caught.value) is StoreUnavailable
    assert "mark-" not in repr(caught.value)
    assert caught.value.__cause__ is None
    holder.execute("ROLLBACK")
    holder.close()
    ReportStore(engine).record(sanitized("one"))


def test_a_full_disk_is_named_so_and_leaves_nothing_behind(engine):
    with engine.connect() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar()
        connection.connection.driver_connection.execute(f"PRAGMA max_page_count={pages + 3}")
    with pytest.raises(StoreFull) as caught:
        ReportStore(engine).record(sanitized("one", "two"))
    assert "mark-" not in repr(caught.value)
    with engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA max_page_count=1000000")
    assert ReportStore(engine).list() == ()
    assert Outbox(engine).list() == ()


def test_a_failed_transaction_is_rolled_back(engine):
    def fail_halfway():
        with writing(engine) as connection:
            connection.execute(text("DELETE FROM alembic_version"))
            raise ZeroDivisionError

    def versions():
        with reading(engine) as connection:
            return connection.execute(text("SELECT version_num FROM alembic_version")).all()

    before = versions()
    with pytest.raises(ZeroDivisionError):
        fail_halfway()
    assert versions() == before
    assert len(before) == 1


def test_writers_wait_for_each_other_instead_of_failing(engine):
    store, outcomes = ReportStore(engine), []

    def many(name: str) -> None:
        outcomes.extend(store.record(sanitized(fingerprint=f"{name}{n}")) for n in range(10))

    threads = [threading.Thread(target=many, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 40
    assert store.count() == 40


def test_a_delivered_copy_leaves_the_file_at_the_next_compaction(path, engine):
    report = sanitized("one")
    ReportStore(engine).record(report)
    assert b"mark-copy" in on_disk(path)
    (entry,) = Outbox(engine).list()
    Outbox(engine).settle_delivered(entry.id, RECEIVED)
    assert compact(engine)
    assert b"mark-copy" not in on_disk(path)
    assert b"mark-text" in on_disk(path)  # the search itself works


def test_compaction_gives_freed_pages_back(path, engine):
    store = ReportStore(engine)
    for number in range(20):
        store.record(sanitized("one", fingerprint=f"f{number}"))
    assert compact(engine)
    before = path.stat().st_size
    outbox = Outbox(engine)
    for entry in outbox.list():
        outbox.settle_delivered(entry.id, RECEIVED)
    assert compact(engine)
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA freelist_count")).scalar() == 0
    assert path.stat().st_size < before / 2


def test_compaction_says_so_when_a_reader_holds_the_log(path, engine):
    ReportStore(engine).record(sanitized("one"))
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM reports").fetchall()
    ReportStore(engine).record(sanitized("one", fingerprint="other"))
    with engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA busy_timeout=50")
    assert not compact(engine)
    reader.execute("ROLLBACK")
    reader.close()
    assert compact(engine)


def test_deleting_a_report_takes_everything_under_it(engine):
    ReportStore(engine).record(sanitized("one"))
    with writing(engine) as connection:
        connection.execute(schema.reports.delete())
    with reading(engine) as connection:
        for table in schema.metadata.sorted_tables:
            assert connection.execute(table.select()).all() == [], table.name


def test_every_foreign_key_is_indexed_by_its_first_column(engine):
    inspector = inspect(engine)
    for table in inspector.get_table_names():
        led = {index["column_names"][0] for index in inspector.get_indexes(table)}
        led |= set(inspector.get_pk_constraint(table)["constrained_columns"][:1])
        for key in inspector.get_foreign_keys(table):
            assert key["constrained_columns"][0] in led, table


def test_a_database_error_never_shows_the_values_it_was_about(engine):
    row = {"id": "mark-id", "text": "mark-text"}

    def break_a_constraint():
        with writing(engine) as connection:
            connection.execute(text("INSERT INTO reports (id, text) VALUES (:id, :text)"), row)

    with pytest.raises(IntegrityError) as caught:
        break_a_constraint()
    assert "mark-" not in str(caught.value)


def test_the_newest_version_is_that_of_the_last_migration(engine):
    config = Config()
    config.set_main_option("script_location", "rufgate.store:migrations")
    assert newest_version() == ScriptDirectory.from_config(config).get_current_head()
    with reading(engine) as connection:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    assert found == newest_version()


def test_a_store_at_the_newest_version_is_opened_while_another_writes(path, engine):
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        began = time.monotonic()
        open_store(f"sqlite:///{path}").dispose()
        assert time.monotonic() - began < 4  # SQLite would have waited for 5 seconds, and failed
    finally:
        holder.close()


def test_a_store_made_by_a_newer_version_is_left_alone(path, engine):
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreUnavailable, match="another version"):
        open_store(f"sqlite:///{path}")


def test_a_file_that_is_no_database_is_reported_without_its_content(path):
    path.parent.mkdir(parents=True)
    path.write_bytes(b"mark-content of something else " * 100)
    with pytest.raises(StoreUnavailable) as caught:
        open_store(f"sqlite:///{path}")
    assert "mark-" not in repr(caught.value)
    assert path.read_bytes().startswith(b"mark-content")


def test_a_file_that_is_no_database_is_damage_even_beside_a_sound_log(path, engine):
    """The log of a killed gate may hold each page that is asked for at the start."""
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE more (x)"))
    assert path.with_name(f"{path.name}-wal").stat().st_size > 0
    path.write_bytes(b"no database" * 1000)
    with pytest.raises(StoreDamaged):
        open_store(f"sqlite:///{path}")
