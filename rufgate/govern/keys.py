"""Key files: made once, read by their owner only.

In:  a folder; randomness of the operating system.
Out: one 0600 file per purpose; a ``Keyring`` of the newest epoch.
SECURITY: files that others can read are refused, not repaired: who may have read them is unknown.
     An epoch key that is gone is never made again, since its pseudonyms are meant to be noise.
FAILS: ``KeyProblem``, which names the file and never its content.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from rufgate.govern.secret_files import SecretProblem, exposure, read_secret, trusted_owners
from rufgate.sanitize.pseudonym import Keyring

_KEY_BYTES: Final = 32
_EPOCH: Final = re.compile(r"epoch-([1-9]\d{0,8})")


class KeyProblem(Exception):  # noqa: N818 - an answer for the operator, not a bug
    """A key is missing, damaged or open to others; ``str()`` says which and what to do."""


def make_keys(folder: Path) -> tuple[str, ...]:
    """Make what is missing and say what that was. An epoch is made in an empty folder only."""
    for missing_folder in reversed([p for p in (folder, *folder.parents) if not p.exists()]):
        missing_folder.mkdir(mode=0o700)  # ``parents=True`` would leave parents open to all
    present = {path.name for path in folder.iterdir()}
    if not present:
        folder.chmod(0o700)  # nobody can have read what is not there yet
    is_new = not present & {*_PURPOSES} and not any(_EPOCH.fullmatch(name) for name in present)
    wanted = (("epoch-1",) if is_new else ()) + tuple(_PURPOSES)
    missing = tuple(name for name in wanted if name not in present)
    for name in missing:
        _write_new(folder / name, _PURPOSES.get(name, _symmetric)())
    _sync(folder)
    return missing


def load_keyring(folder: Path) -> Keyring:
    """The keys for redacting: the newest epoch, and one key per purpose."""
    problems = key_problems(folder)
    if problems:
        raise KeyProblem("; ".join(problems))
    epoch = max(_epochs(folder))
    return Keyring(
        epoch=epoch,
        epoch_key=_read(folder / f"epoch-{epoch}"),
        fingerprint_key=_read(folder / "fingerprint"),
        loop_key=_read(folder / "loop"),
    )


def load_audit_key(folder: Path) -> bytes:
    """The key of the audit log alone: looking at the log needs no other."""
    problem = exposure(folder, trusted_owners(folder), is_folder=True)
    if problem is not None:
        raise KeyProblem(f"the folder of keys {folder} {problem}; `rufgate init` makes keys")
    return _read(folder / "audit")


def load_web_key(folder: Path) -> bytes:
    """The key that signs sessions of browsers."""
    problem = exposure(folder, trusted_owners(folder), is_folder=True)
    if problem is not None:
        raise KeyProblem(f"the folder of keys {folder} {problem}; `rufgate init` makes keys")
    return _read(folder / "web")


def load_epochs(folder: Path) -> dict[int, bytes]:
    """The key of every epoch that still exists, by its number."""
    problems = key_problems(folder)
    if problems:
        raise KeyProblem("; ".join(problems))
    return {number: _read(folder / f"epoch-{number}") for number in _epochs(folder)}


def epoch_numbers(folder: Path) -> tuple[int, ...]:
    """Of the epochs whose key exists, in order; raises ``OSError``."""
    return tuple(_epochs(folder))


def make_epoch(folder: Path, number: int) -> bool:
    """Make that epoch's key; False where another process was first. Raises ``OSError``."""
    try:
        _write_new(folder / f"epoch-{number}", _symmetric())
    except FileExistsError:
        return False
    _sync(folder)
    return True


def shred_epoch(folder: Path, number: int) -> bool:
    """Overwrite and remove an epoch's key; False where there is none. Raises ``OSError``.

    A file system or disk that writes elsewhere than it reads keeps the old bytes nevertheless.
    """
    path = folder / f"epoch-{number}"
    drafts = folder.glob(f".{path.name}.*.new")  # of a crash: the same file by another name
    found = [one for one in (path, *drafts) if os.path.lexists(one)]
    for one in found:
        if not one.is_symlink():
            _overwrite(one)
        one.unlink()
    _sync(folder)
    return path in found


def _overwrite(path: Path) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        os.pwrite(descriptor, secrets.token_bytes(os.fstat(descriptor).st_size), 0)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def throw_away_keyring() -> Keyring:
    """Keys that nobody keeps, for redacting without an installation."""
    epoch_key, fingerprint_key, loop_key = (secrets.token_bytes(_KEY_BYTES) for _ in range(3))
    return Keyring(epoch=1, epoch_key=epoch_key, fingerprint_key=fingerprint_key, loop_key=loop_key)


def key_problems(folder: Path) -> tuple[str, ...]:
    """What is wrong with the key files, and what to do about it; empty where all is well."""
    owners = trusted_owners(folder)
    try:
        if not folder.is_dir():
            return (f"no keys in {folder}: run `rufgate init`",)
        open_folder = exposure(folder, owners, is_folder=True)
        names = {path.name for path in folder.iterdir()}
    except OSError:
        return (f"the keys in {folder} cannot be read by this user",)
    problems = [f"the folder of keys {folder} {open_folder}"] if open_folder else []
    missing = [name for name in _PURPOSES if name not in names]
    problems += [f"key {folder / name} is missing: run `rufgate init`" for name in missing]
    epochs = sorted(name for name in names if _EPOCH.fullmatch(name))
    if not epochs:
        problems.append(f"no epoch key in {folder}: restore it, or start with a new folder")
    for name in (*(name for name in _PURPOSES if name in names), *epochs):
        problem = exposure(folder / name, owners)
        if problem is not None:
            problems.append(f"key {folder / name} {problem}")
    return tuple(problems)


def _epochs(folder: Path) -> list[int]:
    found = (_EPOCH.fullmatch(path.name) for path in folder.iterdir())
    return sorted(int(match[1]) for match in found if match)


def _symmetric() -> bytes:
    return secrets.token_hex(_KEY_BYTES).encode() + b"\n"


def _signing() -> bytes:
    key = Ed25519PrivateKey.generate()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


_PURPOSES: Final[Mapping[str, Callable[[], bytes]]] = {
    "fingerprint": _symmetric,
    "audit": _symmetric,
    "loop": _symmetric,
    "web": _symmetric,
    "signing": _signing,
}


def _read(path: Path) -> bytes:
    try:
        key = bytes.fromhex(read_secret(path, trusted_owners(path.parent)).decode("ascii"))
    except SecretProblem as problem:
        raise KeyProblem(f"key {path} {problem}") from None
    except ValueError:
        raise KeyProblem(f"key {path} is damaged: restore it") from None
    if len(key) < _KEY_BYTES:
        raise KeyProblem(f"key {path} is damaged: restore it")
    return key


def _write_new(path: Path, content: bytes) -> None:
    """Appears whole or not at all, under its own rights, whatever the umask."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}.new")  # no other process's
    descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)  # refuses to overwrite, which a rename would not
    finally:
        draft.unlink()


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
