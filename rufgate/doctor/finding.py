"""What ``rufgate doctor`` finds, each with what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, final


class Level(StrEnum):
    """How bad it is, the worst first."""

    ERROR = "error"  # something promised is not kept, or soon will not be
    UNKNOWN = "unknown"  # it could not be looked at
    WARNING = "warning"


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One of them. ``code`` stays the same for the same thing, for scripts."""

    level: Level
    area: str
    code: str
    message: str
    to_do: str

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "level": self.level.value,
            "area": self.area,
            "code": self.code,
            "message": self.message,
            "to_do": self.to_do,
        }


@final
class Area:
    """Makes the findings of one area."""

    def __init__(self, name: str) -> None:
        self._name = name

    def error(self, code: str, message: str, to_do: str) -> Finding:
        """To be put right."""
        return self._finding(Level.ERROR, code, message, to_do)

    def warning(self, code: str, message: str, to_do: str) -> Finding:
        """To be looked at."""
        return self._finding(Level.WARNING, code, message, to_do)

    def unknown(self, code: str, message: str, to_do: str) -> Finding:
        """Not known to be wrong."""
        return self._finding(Level.UNKNOWN, code, message, to_do)

    def _finding(self, level: Level, code: str, message: str, to_do: str) -> Finding:
        return Finding(level=level, area=self._name, code=code, message=message, to_do=to_do)
