"""Runs in a process of its own: whether byte patterns stand in files.

In:  on standard input one JSON object: ``paths``, ``exact`` and ``folded`` patterns in hex.
Out: on standard output a JSON list: for each path how many of the patterns stand in it.
SECURITY: reads only; patterns come by a pipe, so that no list of processes shows them.
FAILS: with an exit code other than 0.

It must be another process, for the reason given in ``page_reader``. Imports nothing of ours.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

_CHUNK: Final = 1 << 20


def found_in(path: Path, exact: Sequence[bytes], folded: Sequence[bytes]) -> int:
    """How many patterns stand in the file; none where there is no file."""
    overlap = max((len(pattern) for pattern in (*exact, *folded)), default=1) - 1
    found, kept = set[bytes](), b""
    try:
        with path.open("rb") as file:
            while block := file.read(_CHUNK):
                window = kept + block
                lower = window.lower()
                found.update(pattern for pattern in exact if pattern in window)
                found.update(pattern for pattern in folded if pattern in lower)
                kept = window[len(window) - min(overlap, len(window)) :]
    except FileNotFoundError:
        return 0
    return len(found)


def main() -> None:
    """Read the order, search, tell."""
    order = json.load(sys.stdin)
    exact, folded = ([bytes.fromhex(text) for text in order[key]] for key in ("exact", "folded"))
    json.dump([found_in(Path(path), exact, folded) for path in order["paths"]], sys.stdout)


if __name__ == "__main__":
    main()
