"""Keys whose work is not built yet: one table, so that building one means removing a line.

A value that promises protection or deletion is an error, never read and ignored; one that only
promises comfort is a warning. The default of each key is what this version really does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel

from rufgate.settings.problems import Loc
from rufgate.settings.remarks import Remark, warning
from rufgate.settings.schema import Settings


@dataclass(frozen=True, kw_only=True, slots=True)
class _Row:
    section: str
    key: str
    promises: Callable[[Any], bool]
    instead: str
    is_error: bool = True


def _is_url(value: object) -> bool:
    return ":/" in str(value)


_TABLE: Final = (
    _Row(section="store", key="tombstones", promises=_is_url,
         instead="a list in a second database; name a file: gates of one host share it"),
)  # fmt: skip


def not_built(settings: Settings) -> Iterator[Remark]:
    """A remark for every key that is set and whose work is not built."""
    for row in _TABLE:
        for loc, section in _sections(settings, row.section):
            given = row.key in section.model_fields_set
            if given and row.promises(getattr(section, row.key)):
                message = f"not built yet: {row.instead}"
                where = (*loc, row.key)
                yield Remark(where, message) if row.is_error else warning(where, message)


def _sections(settings: Settings, name: str) -> Iterator[tuple[Loc, BaseModel]]:
    value = getattr(settings, name)
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            yield (name, index), item
    else:
        yield (name,), value
