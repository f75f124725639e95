"""What changed in the database's files is read by another process, so that no lock is lost."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from rufgate.store import page_reader
from rufgate.store.engine import StoreUnavailable, open_store
from rufgate.store.page_reader import BLOCK, digests, main, runs
from rufgate.store.pages import Snapshot
from rufgate.store.reports import ReportStore
from tests.store.full_report import sanitized


@pytest.fixture
def path(tmp_path):
    return tmp_path / "rufgate.db"


@pytest.fixture
def engine(path):
    engine = open_store(f"sqlite:///{path}")
    yield engine
    engine.dispose()


def test_what_is_written_later_is_there_and_most_of_what_was_there_before_is_not(engine, path):
    for number in range(30):  # with a copy of 64 KB each
        ReportStore(engine).record(sanitized("earlier", fingerprint=f"earlier-{number}"))
    snapshot = Snapshot(engine)
    later = sanitized("later-analyst", fingerprint="later")
    ReportStore(engine).record(later)
    changed = list(snapshot.changed())
    snapshot.close()
    content = b"".join(content for _, content in changed)
    assert {name for name, _ in changed} <= {"database file", "write-ahead log", "log index"}
    assert "write-ahead log" in {name for name, _ in changed}
    assert later.report.id.hex.encode() in content
    files = (path, Path(f"{path}-wal"))
    assert len(content) < sum(file.stat().st_size for file in files) / 4


def test_where_nothing_is_written_nothing_has_changed(engine):
    snapshot = Snapshot(engine)
    assert list(snapshot.changed()) == []
    snapshot.close()
    snapshot.close()


def test_other_processes_still_see_our_locks_afterwards(engine, path):
    """A process that closes a database file itself loses its locks on it; then the next reader
    takes itself for the last one, empties the log and deletes it under us.
    """
    ReportStore(engine).record(sanitized("one"))
    snapshot = Snapshot(engine)
    list(snapshot.changed())
    snapshot.close()
    script = (
        f"from rufgate.store.engine import open_store; open_store('sqlite:///{path}').dispose()"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)
    assert Path(f"{path}-wal").exists()
    ReportStore(engine).record(sanitized("two", fingerprint="two"))
    script = (
        "from rufgate.store.engine import open_store\n"
        "from rufgate.store.reports import ReportStore\n"
        f"print(ReportStore(open_store('sqlite:///{path}')).count())"
    )
    seen = subprocess.run(
        [sys.executable, "-c", script], check=True, timeout=60, capture_output=True
    )
    assert seen.stdout.split() == [b"2"]


def test_a_file_that_cannot_be_read_is_no_clean_file(engine, path, monkeypatch):
    snapshot = Snapshot(engine)
    snapshot._reader.kill()
    with pytest.raises(StoreUnavailable):
        list(snapshot.changed())
    snapshot.close()
    monkeypatch.setattr(page_reader, "__file__", str(path.parent / "missing.py"))
    with pytest.raises(StoreUnavailable):
        Snapshot(engine)


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [([], []), ([0], [(0, 0)]), ([0, 1, 2], [(0, 2)]), ([1, 3, 4, 9], [(1, 1), (3, 4), (9, 9)])],
)
def test_neighbours_are_read_in_one_go(numbers, expected):
    assert list(runs(numbers)) == expected


def test_a_changed_block_comes_with_its_neighbours(tmp_path):
    file = tmp_path / "x"
    blocks = [bytes([65 + n]) * BLOCK for n in range(6)]
    file.write_bytes(b"".join(blocks))
    before = digests(file)
    blocks[3] = b"!" * BLOCK
    file.write_bytes(b"".join(blocks))
    (content,) = page_reader.changed(file, before)
    assert content == b"".join(blocks[2:5])


def test_a_reader_whose_parent_is_gone_ends_without_a_word(tmp_path):
    sink = io.BytesIO()
    main([tmp_path / "none"], io.BytesIO(b""), sink)
    assert sink.getvalue() == b"R"
