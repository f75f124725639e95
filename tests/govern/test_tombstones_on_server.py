"""The list of tombstones in a database of its own: as the file, and for gates on many hosts."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from rufgate.govern.tombstone_places import ListOnServer, Mark, place_of
from rufgate.govern.tombstones import Tombstone, Tombstones, TombstonesDamaged
from rufgate.store.engine import StoreUnavailable
from tests.postgres import Server

KEY = b"k" * 32
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
WRITER = """
import sys
from datetime import UTC, datetime
from uuid import UUID
from rufgate.govern.tombstone_places import place_of
from rufgate.govern.tombstones import Tombstone, Tombstones
list_ = Tombstones(place_of(sys.argv[1]), b"k" * 32, lambda: datetime(2026, 3, 10, tzinfo=UTC))
for n in range(int(sys.argv[2]), int(sys.argv[2]) + 20):
    list_.append([Tombstone.of_report(UUID(int=n), "text", "delete")] * 2)
"""


@pytest.fixture
def url(postgres: Server) -> Iterator[str]:
    url = postgres.empty()
    yield url
    postgres.drop(url)


@pytest.fixture
def stones(url: str) -> Tombstones:
    return Tombstones(place_of(url), KEY, lambda: NOON)


def some(count: int) -> list[Tombstone]:
    return [Tombstone.of_report(uuid4(), "facts", "delete") for _ in range(count)]


def changed(url: str, statement: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_what_is_appended_is_read_back_and_the_first_line_makes_the_table(stones):
    assert not stones.place.exists()
    assert stones.entries() == ()
    one = some(2)
    end = stones.append(one)
    assert (end.lines, stones.holds(end), stones.holds(Mark())) == (2, True, True)
    stones.append([Tombstone.of_key("epoch-3")])
    assert [stone.id for stone in stones.entries()] == [one[0].id, one[1].id, "epoch-3"]
    assert [stone.id for stone in stones.entries(end)] == ["epoch-3"]
    assert stones.place.exists()


def test_it_is_the_same_list_as_in_the_file(stones, tmp_path):
    """So that one can become the other: the same lines, marks and MACs."""
    in_file, given = Tombstones(tmp_path / "list", KEY, lambda: NOON), some(3)
    assert in_file.append(given) == stones.append(given)
    assert stones.place.content(Mark()) == (tmp_path / "list").read_bytes()


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ("UPDATE rufgate_tombstones SET line = replace(line, 'facts', 'text') WHERE number = 2", 2),
        ("DELETE FROM rufgate_tombstones WHERE number = 2", 2),
        ("DELETE FROM rufgate_tombstones WHERE number = 1", 1),
        (
            "UPDATE rufgate_tombstones a SET line = b.line FROM rufgate_tombstones b "  # noqa: ISC004
            "WHERE a.number + b.number = 4",
            1,
        ),
    ],
)
def test_what_is_changed_taken_away_or_moved_is_named(stones, url, statement, line):
    stones.append(some(3))
    changed(url, statement)
    with pytest.raises(TombstonesDamaged, match=f"line {line} does not fit") as caught:
        stones.entries()
    assert "postgresql" not in str(caught.value)


def test_a_cut_off_end_is_seen_by_a_mark_and_nothing_goes_behind_a_line_of_others(stones, url):
    end = stones.append(some(3))
    changed(url, "DELETE FROM rufgate_tombstones WHERE number = 3")
    assert not stones.holds(end)
    assert len(stones.entries()) == 2
    changed(url, "UPDATE rufgate_tombstones SET line = '{}' WHERE number = 2")
    with pytest.raises(TombstonesDamaged, match="line 2"):
        stones.append(some(1))


def test_several_processes_make_one_list(stones, url):
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, url, str(n * 1000)]) for n in range(3)
    ]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    assert len(stones.entries()) == 120


def test_a_server_that_is_away_is_said(postgres):
    url = postgres.empty()
    postgres.drop(url)
    with pytest.raises(StoreUnavailable):
        Tombstones(ListOnServer(url), KEY, lambda: NOON).append(some(1))
