"""The files that a verb reads: named ones, those of folders, standard input.

FAILS: a line on standard error and the exit code, for what is not there or cannot be read.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rufgate.cli.exits import BAD_INPUT, USAGE, end

_STDIN: Final = Path("-")


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read, and its name under an output folder."""

    source: Path
    name: Path

    def read(self) -> bytes:
        """All of it."""
        try:
            return sys.stdin.buffer.read() if self.source == _STDIN else self.source.read_bytes()
        except OSError as error:
            end(BAD_INPUT, f"cannot read {self.source}: {error.strerror}")


def inputs(paths: Sequence[Path]) -> list[Input]:
    """Every file of ``paths``; 64 where there is none."""
    found = list(_inputs(paths))
    if not found:
        end(USAGE, "there is no file in what was named")
    return found


def _inputs(paths: Sequence[Path]) -> Iterator[Input]:
    for path in paths:
        if path == _STDIN:
            yield Input(path, Path("stdin.eml"))
        elif path.is_dir():
            files = sorted(file for file in path.rglob("*") if file.is_file())
            yield from (Input(file, file.relative_to(path)) for file in files)
        elif path.is_file():
            yield Input(path, Path(path.name))
        else:
            end(USAGE, f"there is no file or folder {path}")
