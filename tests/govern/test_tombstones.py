"""The list of what was forgotten: on disk, chained, torn by a crash, written by many."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from rufgate.govern.tombstones import Mark, Tombstone, Tombstones, TombstonesDamaged

KEY = b"k" * 32
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID
from rufgate.govern.tombstones import Tombstone, Tombstones
list_ = Tombstones(Path(sys.argv[1]), b"k" * 32, lambda: datetime(2026, 3, 10, tzinfo=UTC))
for n in range(int(sys.argv[2]), int(sys.argv[2]) + 100):
    list_.append([Tombstone.of_report(UUID(int=n), "text", "delete")] * 2)
"""


@pytest.fixture
def stones(tmp_path: Path) -> Tombstones:
    return Tombstones(tmp_path / "var" / "tombstones.log", KEY, lambda: NOON)


def some(count: int) -> list[Tombstone]:
    return [Tombstone.of_report(uuid4(), "facts", "delete") for _ in range(count)]


def test_a_missing_file_lists_nothing(stones):
    assert stones.entries() == ()


def test_what_is_appended_is_read_back_and_holds_no_more_than_it_says(stones):
    one = some(2)
    end = stones.append(one)
    stones.append([Tombstone.of_key("epoch-3")])
    found = stones.entries()
    assert [s.id for s in found] == [one[0].id, one[1].id, "epoch-3"]
    assert {s.at for s in found} == {"2026-03-10T12:00:00.000000+00:00"}
    assert [s.id for s in stones.entries(end)] == ["epoch-3"]
    lines = stones.place.path.read_text().splitlines()
    assert {tuple(json.loads(line)) for line in lines} == {
        ("n", "id", "class", "action", "at", "mac")
    }
    assert stones.place.path.stat().st_mode & 0o777 == 0o600
    assert stones.place.path.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("line", [1, 2, 3])
def test_a_flipped_byte_is_named_by_its_line(stones, line):
    stones.append(some(3))
    content = bytearray(stones.place.path.read_bytes())
    place = sum(len(text) + 1 for text in content.split(b"\n")[: line - 1]) + 20
    content[place] ^= 1
    stones.place.path.write_bytes(content)
    with pytest.raises(TombstonesDamaged, match=f"line {line} does not fit") as caught:
        stones.entries()
    assert caught.value.line == line


@pytest.mark.parametrize("change", ["delete", "swap", "insert"])
def test_a_line_that_is_taken_away_moved_or_put_in_is_named(stones, change):
    stones.append(some(3))
    one, two, three = stones.place.path.read_bytes().splitlines(keepends=True)
    lines = {"delete": [one, three], "swap": [two, one, three], "insert": [one, one, two, three]}
    stones.place.path.write_bytes(b"".join(lines[change]))
    with pytest.raises(TombstonesDamaged) as caught:
        stones.entries()
    assert caught.value.line == (1 if change == "swap" else 2)


def test_a_line_that_is_numbered_anew_after_one_was_taken_away_is_named(stones):
    stones.append(some(3))
    one, _, three = stones.place.path.read_text().splitlines(keepends=True)
    stones.place.path.write_text(one + three.replace('"n":3', '"n":2'))
    with pytest.raises(TombstonesDamaged, match="line 2"):
        stones.entries()


def test_a_cut_off_end_is_seen_by_a_mark(stones):
    end = stones.append(some(3))
    assert stones.holds(end)
    assert stones.holds(Mark())
    kept = stones.place.path.read_bytes().splitlines(keepends=True)[:2]
    stones.place.path.write_bytes(b"".join(kept))
    assert not stones.holds(end)
    stones.place.path.unlink()
    assert not stones.holds(end)
    assert stones.entries(end) == ()


def test_another_key_does_not_fit(stones):
    stones.append(some(1))
    with pytest.raises(TombstonesDamaged, match="line 1"):
        Tombstones(stones.place.path, b"x" * 32, lambda: NOON).entries()


@pytest.mark.parametrize("left", [1, 40, 150])
def test_a_torn_end_is_no_error_and_goes_with_the_next_line(stones, left):
    stones.append(some(2))
    whole = stones.place.path.read_bytes()
    stones.append(some(1))
    stones.place.path.write_bytes(stones.place.path.read_bytes()[: len(whole) + left])
    assert len(stones.entries()) == 2
    stones.append(some(1))
    assert len(stones.entries()) == 3
    assert stones.place.path.read_bytes().startswith(whole)


def test_several_processes_make_one_list(stones):
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(stones.place.path), str(n * 1000)])
        for n in range(3)
    ]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    assert len(stones.entries()) == 600
