"""The Rampart model in the form that this machine runs fastest, made once and kept.

In:  the model as shipped, its digest already checked; a folder of our own.
Out: ``Model``: its bytes, whether they are int8, and if they are not, why.
SECURITY: the kept file is named by the digest of its source and by the libraries that made it; it
     begins with the digest of the rest, is ours alone, and is written whole or not at all. One that
     is damaged, somebody else's or writable by others is not used.
FAILS: never: what cannot be converted or kept is used as shipped, and ``why`` says so.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import stat
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from importlib import metadata
from pathlib import Path
from typing import Final

_BOOT: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]);"
    "from rufgate.recognize.convert import main; main()"
)
_PREFIX: Final = "rampart-int8-"
_WITHIN_S: Final = 60.0
_LEAST_BYTES: Final = 1_000_000
_DIGEST_BYTES: Final = 32
_INTEL: Final = ("x86_64", "AMD64")
_EXACT_PRODUCTS: Final = re.compile(r"^flags\s*:.*\bavx(?:512)?_vnni\b", re.MULTILINE)


class Why(Enum):
    """Why a model is not in int8, or not kept; the value is a word for the log."""

    NONE = ""
    PROCESSOR = "no_vnni"  # without it, sums of int8 products are cut off: other answers
    CONVERSION = "not_converted"
    FOLDER = "not_kept"  # int8, but made anew at each start


@dataclass(frozen=True, slots=True)
class Model:
    """What onnxruntime is given."""

    content: bytes
    is_int8: bool
    why: Why = Why.NONE

    def in_words(self) -> str:
        """For a log: ``int8``, ``shipped no_vnni``."""
        return " ".join(filter(None, ("int8" if self.is_int8 else "shipped", self.why.value)))


def default_folder() -> Path | None:
    """For a command without a gate: where the user's programs keep what they can make again."""
    try:
        return Path.home() / ".cache" / "rufgate"
    except RuntimeError:
        return None


def fast_model(shipped: bytes, folder: Path | None) -> Model:
    """``shipped`` in int8: the kept one, or a new one that is kept."""
    if not _has_exact_products():
        return Model(shipped, is_int8=False, why=Why.PROCESSOR)
    kept = folder / _name(shipped) if folder is not None else None
    if kept is not None and (content := _read(kept)) is not None:
        return Model(content, is_int8=True)
    content = _converted(shipped)
    if content is None:
        return Model(shipped, is_int8=False, why=Why.CONVERSION)
    is_kept = kept is not None and _write(kept, content)
    return Model(content, is_int8=True, why=Why.NONE if is_kept else Why.FOLDER)


def _has_exact_products() -> bool:
    """Older Intel-like processors add pairs of int8 products in 16 bits, which overflow."""
    if platform.machine() not in _INTEL:
        return True
    try:
        return bool(_EXACT_PRODUCTS.search(Path("/proc/cpuinfo").read_text("ascii", "replace")))
    except OSError:
        return False


def _name(shipped: bytes) -> str:
    libraries = [f"{name}={_version(name)}" for name in ("onnx", "onnxruntime", "numpy")]
    seed = b"\0".join([hashlib.sha256(shipped).digest(), *map(str.encode, libraries)])
    return f"{_PREFIX}{hashlib.sha256(seed).hexdigest()[:32]}.onnx"


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "none"


def _read(path: Path) -> bytes | None:
    """The content of a kept file that is ours and whole."""
    try:
        with path.open("rb") as file:
            state = os.fstat(file.fileno())
            is_ours = state.st_uid in (os.geteuid(), 0) and stat.S_ISREG(state.st_mode)
            if not is_ours or state.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
                return None
            digest, content = file.read(_DIGEST_BYTES), file.read()
    except OSError:
        return None
    return content if hashlib.sha256(content).digest() == digest else None


def _write(path: Path, content: bytes) -> bool:
    """Keep ``content``; whether it is kept. ``mkstemp`` makes files that are ours alone."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(dir=path.parent, prefix=".rampart-")
    except OSError:
        return False
    try:
        with os.fdopen(number, "wb") as file:
            file.write(hashlib.sha256(content).digest())
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError:
        with suppress(OSError):
            Path(name).unlink()
        return False
    _drop_others(path)
    return True


def _drop_others(path: Path) -> None:
    """What other releases of the libraries made is never read again."""
    with suppress(OSError):
        for other in path.parent.glob(f"{_PREFIX}*.onnx"):
            if other != path:
                other.unlink()


def _converted(shipped: bytes) -> bytes | None:
    """By a process of its own: what it imports is never in the memory of a worker."""
    arguments = [sys.executable, "-I", "-X", "utf8", "-c", _BOOT, json.dumps(sys.path)]
    environment = {"PATH": os.defpath, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter with constant code
            arguments,
            input=shipped,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            timeout=_WITHIN_S,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout if done.returncode == 0 and len(done.stdout) > _LEAST_BYTES else None
