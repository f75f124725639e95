"""The configuration as texts by name, to be hashed: so that a later start can say what changed.

In:  settings.
Out: the name of each setting, as the schema has it, and what is set as JSON. Pure.
SECURITY: the texts hold what is set (addresses, hosts, words): they are for a keyed hash alone.
     Names hold none of it: sections that can stand more than once have numbers.
FAILS: never.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from rufgate.settings.schema import Settings


def texts_by_name(settings: Settings) -> dict[str, str]:
    """``analysts.0.tier`` and the like; defaults are settings, too."""
    named = _named(settings.model_dump(mode="json"))
    return {name: json.dumps(value, sort_keys=True) for name, value in named}


def _named(sections: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, section in sections.items():
        entries = enumerate(section) if isinstance(section, list) else [(None, section)]
        for number, values in entries:
            where = name if number is None else f"{name}.{number}"
            for key, value in values.items():
                yield f"{where}.{key}", value
