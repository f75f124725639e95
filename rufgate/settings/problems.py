"""Problems of the configuration: what, where, what to do.

Out: ``Problem`` values; the line of a key in the text of a TOML file.
SECURITY: a problem names keys and never shows a value.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

Loc = tuple[str | int, ...]

_HEADER: Final = re.compile(r"\s*(\[\[?)([^\]]+)\]\]?\s*(?:#.*)?$")
_KEY: Final = re.compile(r"\s*[\"']?([A-Za-z0-9_-]+)[\"']?\s*[.=]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One thing that is wrong, or that deserves a second look."""

    level: Literal["error", "warning"]
    file: str  # "environment" where the value came from there, "" where there is no file
    line: int | None
    key: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (where, self.key, self.message) if part)

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)


class ConfigError(Exception):
    """The configuration cannot be used; ``problems`` says all that is wrong with it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems: Final = problems


def key_name(loc: Loc) -> str:
    """``analysts[0].tier`` for ``("analysts", 0, "tier")``; list items beside it are unnamed."""
    name = ""
    for step in loc:
        name += f"[{step}]" if isinstance(step, int) else f".{step}" if name else step
    return name


def line_of(text: str, loc: Loc) -> int | None:
    """Where ``loc`` stands in the text of a TOML file; its section where the key does not."""
    section, index, key = _parts(loc)
    current, seen, best = "", -1, None
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            current = header[2].strip().strip("\"'")
            seen += current == section and header[1] == "[["
        here = current == section and index in (None, seen)
        if here and header:
            best = number
        found = _KEY.match(line)
        if found and ((here and found[1] == key) or (not current and found[1] == section)):
            return number
    return best


def _parts(loc: Loc) -> tuple[str, int | None, str]:
    """The section's name, the number of its ``[[...]]``, the key."""
    section = str(loc[0]) if loc else ""
    rest = loc[1:]
    index = rest[0] if rest and isinstance(rest[0], int) else None
    keys = [step for step in rest if isinstance(step, str)]
    return section, index, keys[0] if keys else ""


def holds(values: object, loc: Loc) -> bool:
    """Is there a value at ``loc``, or at the list that holds it?"""
    for step in loc:
        if not isinstance(values, dict):
            return True
        if step not in values:
            return False
        values = values[step]
    return bool(loc)
