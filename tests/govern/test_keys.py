"""Key files: made once, complete, closed to others."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from rufgate.govern.keys import KeyProblem, key_problems, load_keyring, make_keys

ALL = {"epoch-1", "fingerprint", "audit", "loop", "web", "signing"}


def test_a_new_folder_gets_one_closed_file_per_purpose(tmp_path: Path) -> None:
    folder = tmp_path / "var" / "keys"
    old = os.umask(0)
    try:
        assert set(make_keys(folder)) == ALL
    finally:
        os.umask(old)
    assert {path.name for path in folder.iterdir()} == ALL
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in folder.iterdir())
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.parent.stat().st_mode) == 0o700
    assert len({path.read_bytes() for path in folder.iterdir()}) == len(ALL)
    load_pem_private_key((folder / "signing").read_bytes(), None)


def test_a_second_time_nothing_changes(tmp_path: Path) -> None:
    make_keys(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert make_keys(tmp_path) == ()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_an_upgrade_adds_purposes_and_never_an_epoch(tmp_path: Path) -> None:
    make_keys(tmp_path)
    (tmp_path / "web").unlink()
    (tmp_path / "epoch-1").unlink()
    assert make_keys(tmp_path) == ("web",)
    with pytest.raises(KeyProblem, match="no epoch key"):
        load_keyring(tmp_path)


def test_the_newest_epoch_is_in_force(tmp_path: Path) -> None:
    make_keys(tmp_path)
    (tmp_path / "epoch-10").write_text("ab" * 32)
    (tmp_path / "epoch-10").chmod(0o600)
    keyring = load_keyring(tmp_path)
    assert (keyring.key_id, keyring.epoch_key) == ("p10", b"\xab" * 32)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    make_keys(tmp_path)
    (tmp_path / "loop").chmod(mode)
    with pytest.raises(KeyProblem, match="chmod 600"):
        load_keyring(tmp_path)


@pytest.mark.parametrize("content", ["", "no hex", "ab" * 31])
def test_a_damaged_key_is_refused_without_showing_it(tmp_path: Path, content: str) -> None:
    make_keys(tmp_path)
    (tmp_path / "epoch-1").write_text(content)
    with pytest.raises(KeyProblem, match="damaged") as caught:
        load_keyring(tmp_path)
    assert not content or content not in str(caught.value)
    assert caught.value.__cause__ is None


def test_every_missing_key_is_named(tmp_path: Path) -> None:
    assert "rufgate init" in key_problems(tmp_path / "absent")[0]
    make_keys(tmp_path)
    (tmp_path / "web").unlink()
    (tmp_path / "audit").unlink()
    assert len(key_problems(tmp_path)) == 2
