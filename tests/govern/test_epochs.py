"""Epochs: one new key whoever asks for it, and an end that is known beyond the key."""

from __future__ import annotations

import os
import stat
import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rufgate.govern import epochs as module
from rufgate.govern.burial import Burial
from rufgate.govern.epochs import CurrentEpoch, Epochs, KeyFolderClosed, UnknownEpoch
from rufgate.govern.keys import KeyProblem, load_audit_key, make_keys, shred_epoch
from rufgate.govern.replay import KeyIsBack, no_key_is_back
from rufgate.govern.tombstones import Tombstones
from rufgate.store.audit import Audit
from rufgate.store.audit_entries import Action, Actor
from rufgate.store.audit_verify import newest, verify
from rufgate.store.engine import open_store
from rufgate.store.epochs import known_epochs, note_epochs

T0 = datetime(2026, 3, 1, tzinfo=UTC)
LATER = T0 + timedelta(days=90)


class World:
    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder / "keys"
        make_keys(self.folder)
        self.engine = open_store(url)
        self.key = load_audit_key(self.folder)
        self.audit = Audit(self.engine, self.key, lambda: LATER)
        stones = Tombstones(folder / "tombstones.log", self.key, lambda: LATER)
        self.burial = Burial(tombstones=stones, audit=self.audit)
        self.epochs = Epochs(self.engine, self.folder, self.audit)

    def entered(self, action: Action) -> int:
        return sum(entry.action == action.value for entry in newest(self.engine, 100))

    def destroy(self, number: int) -> bool:
        return self.epochs.destroy(number, self.burial, LATER, Actor.OPERATOR)


@pytest.fixture
def world(tmp_path: Path, store_url: str) -> Any:
    made = World(tmp_path, store_url)
    yield made
    made.engine.dispose()


@pytest.mark.quick_on_both
def test_an_epoch_is_due_on_its_day_and_the_next_covers_what_follows(world):
    assert not world.epochs.is_due(T0, 90)
    assert not world.epochs.is_due(LATER - timedelta(seconds=1), 90)
    assert world.epochs.is_due(LATER, 90)
    assert world.epochs.rotate(LATER, Actor.SERVICE) == 2
    assert stat.S_IMODE((world.folder / "epoch-2").stat().st_mode) == 0o600
    first, second = world.epochs.known(LATER)
    assert (first.began_on, first.ended_on) == (date(2026, 3, 1), date(2026, 5, 30))
    assert (second.began_on, second.ended_on) == (date(2026, 5, 30), None)
    assert not world.epochs.is_due(LATER, 90)
    assert world.entered(Action.EPOCH_BEGUN) == 1


def test_gates_that_rotate_at_once_make_one_key(world, tmp_path):
    """Each has looked before any of them makes it."""
    count = 8
    world.epochs.known(T0)
    together = threading.Barrier(count)
    made, make_epoch = [], module.make_epoch

    def at_once(folder: Path, number: int) -> bool:
        together.wait(30)
        made.append(make_epoch(folder, number))
        return made[-1]

    def rotate() -> None:
        Epochs(world.engine, world.folder, world.audit).rotate(LATER, Actor.SERVICE)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "make_epoch", at_once)
        threads = [threading.Thread(target=rotate) for _ in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(made) == [False] * (count - 1) + [True]
    assert world.epochs.existing() == (1, 2)
    assert world.entered(Action.EPOCH_BEGUN) == 1
    assert not list(world.folder.glob(".*"))


def test_a_destroyed_key_is_listed_overwritten_gone_and_refused_ever_after(world):
    world.epochs.known(T0)
    world.epochs.rotate(LATER, Actor.SERVICE)
    path = world.folder / "epoch-1"
    key, other_name = path.read_bytes(), world.folder / ".epoch-1.0123.new"
    os.link(path, other_name)
    kept = world.folder.parent / "kept"
    os.link(path, kept)
    assert world.destroy(1)
    assert not path.exists()
    assert not other_name.exists()
    assert len(kept.read_bytes()) == len(key)
    assert kept.read_bytes() != key
    first, _ = world.epochs.known(LATER)
    assert (first.ended_on, first.destroyed_on) == (LATER.date(), LATER.date())
    path.write_bytes(key)
    path.chmod(0o600)
    with pytest.raises(KeyIsBack, match=r"rufgate keys destroy 1"):
        no_key_is_back(world.burial.tombstones.entries(), world.folder)
    assert verify(world.engine, world.key).bad is None


def test_the_epoch_in_use_and_one_that_never_was_are_not_destroyed(world):
    with pytest.raises(CurrentEpoch):
        world.destroy(1)
    with pytest.raises(UnknownEpoch):
        world.destroy(7)
    assert (world.folder / "epoch-1").exists()
    assert world.burial.tombstones.entries() == ()


def test_a_crash_between_tombstone_and_removal_is_finished_by_the_same_command(world, monkeypatch):
    world.epochs.known(T0)
    world.epochs.rotate(LATER, Actor.SERVICE)

    def crash(*_: object) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(module, "shred_epoch", crash)
        with pytest.raises(KeyboardInterrupt):
            world.destroy(1)
    assert len(world.burial.tombstones.entries()) == 1
    with pytest.raises(KeyIsBack):
        no_key_is_back(world.burial.tombstones.entries(), world.folder)
    assert world.destroy(1)
    no_key_is_back(world.burial.tombstones.entries(), world.folder)
    assert len(world.burial.tombstones.entries()) == 1
    assert not world.destroy(1)  # nothing is there any more


def test_a_row_outlives_its_key_while_it_is_needed(world):
    """It ages from the last day on which the key, or a report of it, was there."""
    note_epochs(world.engine, [1, 2], T0)
    shred_epoch(world.folder, 1)
    note_epochs(world.engine, [2], LATER)
    with world.engine.connect() as connection:
        rows = connection.exec_driver_sql("select number, last_needed_at from epochs").all()
    assert [(number, str(at)[:10]) for number, at in rows] == [(1, "2026-03-01"), (2, "2026-05-30")]
    assert len(known_epochs(world.engine)) == 2


@pytest.mark.parametrize("mode", [0o640, 0o604])
def test_a_key_that_others_can_read_stops_rotation_and_destruction(world, mode):
    (world.folder / "epoch-1").chmod(mode)
    with pytest.raises(KeyProblem, match="chmod 600"):
        world.epochs.rotate(LATER, Actor.SERVICE)
    with pytest.raises(KeyProblem, match="chmod 600"):
        world.destroy(1)


def test_a_folder_that_cannot_be_written_says_so_and_what_to_do(world, monkeypatch):
    def refused(*_: object) -> bool:
        raise PermissionError

    monkeypatch.setattr(module, "make_epoch", refused)
    with pytest.raises(KeyFolderClosed, match="cannot be written by this user"):
        world.epochs.rotate(LATER, Actor.SERVICE)
    assert world.epochs.existing() == (1,)
