"""The published figures of the leak benchmark, read from the page that publishes them.

In:  the text of ``docs/leak-benchmark.md``.
Out: ``Figures``.
FAILS: never; a page without figures has none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, final

_MARK: Final = "<!-- figures -->"
_VERSION: Final = re.compile(r"^- rufgate (?P<version>[0-9][^\s,]*),", re.MULTILINE)
_ROW: Final = re.compile(r"^\| (?P<cells>.+) \|$", re.MULTILINE)
_COLUMNS: Final = ("measure", "figure", "interval", "stock_presidio", "goal", "reached")


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """What was measured, and with which version."""

    version: str | None = None
    rows: tuple[Mapping[str, str], ...] = ()


def read_figures(page: str) -> Figures:
    """The rows that have a goal, of the part of the page that a run wrote."""
    _, mark, written = page.partition(_MARK)
    version = _VERSION.search(written)
    if not mark or version is None:
        return Figures()
    cells = ([cell.strip() for cell in row["cells"].split(" | ")] for row in _ROW.finditer(written))
    rows = [dict(zip(_COLUMNS, row, strict=True)) for row in cells if len(row) == len(_COLUMNS)]
    kept = tuple(row for row in rows if row["measure"] != "measure" and "--" not in row["figure"])
    for row in kept:
        row["reached"] = row["reached"].strip("*")
    return Figures(version=version["version"], rows=kept)
