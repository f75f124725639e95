"""What a check says of one key: the type that all checks share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rufgate.settings.problems import Loc


@dataclass(frozen=True, slots=True)
class Remark:
    """An error or a warning about the key at ``loc``."""

    loc: Loc
    message: str
    level: Literal["error", "warning"] = "error"
    is_of_file: bool = False  # of no matter where the value comes from the environment


def warning(loc: Loc, message: str) -> Remark:
    """Something that works, but deserves a second look."""
    return Remark(loc, message, "warning")
