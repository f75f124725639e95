"""What a backup says of itself, under the audit key.

In:  facts of a backup, the ``audit`` key; the folder of one.
Out: ``manifest.json`` in it; the facts read back.
SECURITY: a MAC over all of it: a backup that was changed or put together is refused.
FAILS: ``BackupProblem``, which says what is wrong and what to do.
"""

from __future__ import annotations

import hmac
import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Final

DATABASE: Final = "rufgate.db"
MANIFEST: Final = "manifest.json"

_FORM: Final = "rufgate-backup-1"
_MAX_BYTES: Final = 65_536


class BackupProblem(Exception):  # noqa: N818 - an answer for the operator, not a bug
    """A backup cannot be made or used; ``str()`` says why and what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """The facts of one backup."""

    version: str  # of rufgate
    revision: str  # of the schema
    policy: str  # digest of the policy in force
    sha256: str  # of the database's file
    size: int
    at: str
    head: str  # of the audit log in it, as `audit verify --head` takes it
    format: str = _FORM

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)


def write_manifest(folder: Path, manifest: Manifest, key: bytes) -> None:
    """The last file of a backup: without it there is none."""
    said = {**manifest.as_json(), "mac": _mac(manifest, key)}
    path = folder / MANIFEST
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(json.dumps(said, indent=2) + "\n")
        file.flush()
        os.fsync(file.fileno())


def read_manifest(folder: Path, key: bytes) -> Manifest:
    """The facts, as they were written."""
    try:
        with (folder / MANIFEST).open("rb") as file:
            said = json.loads(file.read(_MAX_BYTES))
        manifest = Manifest(**{field.name: said[field.name] for field in fields(Manifest)})
        fits = hmac.compare_digest(_mac(manifest, key), said["mac"])
    except OSError:
        raise BackupProblem(f"no backup in {folder}: there is no {MANIFEST} to be read") from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BackupProblem(f"{folder / MANIFEST} is no manifest of a backup") from None
    if not fits or manifest.format != _FORM:
        raise BackupProblem(
            f"{folder / MANIFEST} does not fit: it was changed, or made with another audit key; "
            "restore the keys of that installation first"
        )
    return manifest


def _mac(manifest: Manifest, key: bytes) -> str:
    canonical = json.dumps([_FORM, manifest.as_json()], sort_keys=True, separators=(",", ":"))
    return hmac.digest(key, canonical.encode(), "sha256").hex()
