"""What deleting leaves in a page's gap goes once its rows are moved; no row is lost by that."""

from __future__ import annotations

import sqlite3
import threading

import pytest
from sqlalchemy import select

from rufgate.store import schema
from rufgate.store.engine import open_store, reading, writing
from rufgate.store.reports import ReportStore
from rufgate.store.scrub import compact, move_rows
from tests.store.full_report import sanitized

NEEDLE = b"left-in-the-gap-of-a-page"
PAGE = 4096
LEAF = 0x0D  # a leaf of a table's tree (sqlite.org/fileformat2.html section 1.6)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "rufgate.db"


def filled(path, count):
    engine = open_store(f"sqlite:///{path}")
    store = ReportStore(engine)
    for number in range(count):
        store.record(sanitized(fingerprint=str(number)))
    return engine


def contents(engine):
    with reading(engine) as connection:
        return {
            (table.name, tuple(row[c] for c in table.primary_key.columns)): tuple(row.values())
            for table in schema.metadata.sorted_tables
            for row in connection.execute(select(table)).mappings()
        }


def leave_in_gaps(path, table):
    """Write the needle between the pointers and the cells of each leaf; how many had room."""
    with sqlite3.connect(path) as plain:
        pages = plain.execute("SELECT pageno FROM dbstat WHERE name = ?", (table,)).fetchall()
    plain.close()
    content, count = bytearray(path.read_bytes()), 0
    for (number,) in pages:
        start = (number - 1) * PAGE
        cells = int.from_bytes(content[start + 3 : start + 5])
        first, end = start + 8 + 2 * cells, start + int.from_bytes(content[start + 5 : start + 7])
        if content[start] == LEAF and end - first >= len(NEEDLE):
            content[first : first + len(NEEDLE)] = NEEDLE
            count += 1
    path.write_bytes(content)
    return count


def test_moving_rows_empties_the_gaps_of_all_but_a_page_or_two(path):
    engine = filled(path, 100)
    compact(engine)
    engine.dispose()
    assert leave_in_gaps(path, "reports") > 15
    engine = open_store(f"sqlite:///{path}")
    before = contents(engine)
    for _ in range(2):
        move_rows(engine, ["reports"])
    assert compact(engine)
    assert contents(engine) == before
    engine.dispose()
    # The pages between old and new rows may be used again, gap and all: `verify --full` is left.
    assert path.read_bytes().count(NEEDLE) <= 2
    with sqlite3.connect(path) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert plain.execute("PRAGMA foreign_key_check").fetchall() == []
    plain.close()


def test_rows_that_come_in_meanwhile_are_in_nobodys_way(path):
    engine = filled(path, 60)
    store, over, added = ReportStore(engine), threading.Event(), []

    def intake():
        while not over.is_set():
            given = sanitized(fingerprint=f"new-{len(added)}")
            store.record(given)
            added.append(given.report.id)

    thread = threading.Thread(target=intake)
    thread.start()
    move_rows(
        engine, [table.name for table in schema.metadata.sorted_tables if "report_id" in table.c]
    )
    move_rows(engine, ["reports"])
    over.set()
    thread.join()
    assert added
    assert store.count() == 60 + len(added)
    engine.dispose()


def test_an_empty_table_is_left_alone(path):
    engine = open_store(f"sqlite:///{path}")
    move_rows(engine, ["reports"])
    with writing(engine) as connection:  # no transaction was left open
        connection.execute(select(schema.reports))
    engine.dispose()
