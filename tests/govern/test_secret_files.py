"""Files with secrets: what is open to others, or not ours, is refused, for root as for anybody."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rufgate.govern.keys import KeyProblem, key_problems, load_keyring, make_keys
from rufgate.govern.secret_files import SecretProblem, exposure, read_secret, trusted_owners

ME = os.geteuid()
SECRET = "correct-horse-battery"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret"
    path.write_text(SECRET)
    path.chmod(0o600)
    return path


def test_a_closed_file_of_ours_is_read(secret: Path) -> None:
    assert exposure(secret, trusted_owners()) is None
    assert read_secret(secret, trusted_owners()) == SECRET.encode()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o610, 0o601, 0o644, 0o666])
def test_any_right_of_others_is_refused(secret: Path, mode: int) -> None:
    secret.chmod(mode)
    assert "chmod 600" in (exposure(secret, trusted_owners()) or "")
    with pytest.raises(SecretProblem, match="open to others") as caught:
        read_secret(secret, trusted_owners())
    assert SECRET not in str(caught.value)


def test_a_link_is_refused_although_its_target_is_closed(secret: Path) -> None:
    link = secret.with_name("link")
    link.symlink_to(secret)
    assert "symbolic link" in (exposure(link, trusted_owners()) or "")
    with pytest.raises(SecretProblem, match="symbolic link"):
        read_secret(link, trusted_owners())


def test_a_file_of_somebody_else_is_refused(secret: Path) -> None:
    assert "another user" in (exposure(secret, frozenset({ME + 1})) or "")
    with pytest.raises(SecretProblem, match="chown"):
        read_secret(secret, frozenset({ME + 1}))


def test_what_is_no_file_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe, 0o600)
    for path in (pipe, tmp_path, Path("/dev/null")):
        with pytest.raises(SecretProblem, match="is no file"):
            read_secret(path, trusted_owners())


def test_a_missing_or_huge_file_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(SecretProblem, match="no such file"):
        read_secret(tmp_path / "absent", trusted_owners())
    with pytest.raises(SecretProblem, match="no such file"):
        read_secret(tmp_path / "absent" / "deeper", trusted_owners())
    huge = tmp_path / "huge"
    huge.write_bytes(b"x" * 70_000)
    huge.chmod(0o600)
    with pytest.raises(SecretProblem, match="larger"):
        read_secret(huge, trusted_owners())


@pytest.mark.parametrize("mode", [0o755, 0o750, 0o701, 0o770])
def test_an_open_folder_of_keys_is_refused(tmp_path: Path, mode: int) -> None:
    folder = tmp_path / "keys"
    make_keys(folder)
    folder.chmod(mode)
    (problem,) = key_problems(folder)
    assert "chmod 700" in problem
    with pytest.raises(KeyProblem, match="chmod 700"):
        load_keyring(folder)


def test_a_linked_folder_or_key_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    make_keys(folder)
    (tmp_path / "elsewhere").symlink_to(folder)
    assert "symbolic link" in key_problems(tmp_path / "elsewhere")[0]
    (folder / "loop").rename(tmp_path / "loop")
    (folder / "loop").symlink_to(tmp_path / "loop")
    (problem,) = key_problems(folder)
    assert "loop" in problem
    assert "symbolic link" in problem


def test_keys_go_into_a_folder_that_was_made_by_hand(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    folder.mkdir(mode=0o755)
    make_keys(folder)
    assert key_problems(folder) == ()


@pytest.mark.skipif(ME != 0, reason="only root can give files to another user")
def test_root_may_look_after_the_files_of_the_user_who_owns_the_keys(tmp_path: Path) -> None:
    folder, password = tmp_path / "keys", tmp_path / "password"
    make_keys(folder)
    password.write_text("u:p")
    password.chmod(0o600)
    for path in (folder, *folder.iterdir(), password):
        os.chown(path, 12345, 12345)
    assert key_problems(folder) == ()
    assert exposure(password, trusted_owners(folder)) is None
    os.chown(password, 12346, 12346)
    assert "another user" in (exposure(password, trusted_owners(folder)) or "")
    os.chown(folder / "web", 12346, 12346)
    assert "another user" in key_problems(folder)[0]
