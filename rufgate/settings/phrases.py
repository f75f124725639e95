"""A file of phrases to try: the ``[phrases]`` of a configuration, alone.

In:  a path.
Out: ``Phrases``.
SECURITY: values are never shown in a problem.
FAILS: ``ConfigError``.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import ValidationError

from rufgate.settings.problems import ConfigError, Problem
from rufgate.settings.schema import Phrases


def load_phrases(path: Path) -> Phrases:
    """The phrases in the ``[phrases]`` section of ``path``, which holds nothing else."""
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError:
        raise _problem(path, "this is not valid TOML") from None
    except UnicodeDecodeError:
        raise _problem(path, "the file is not UTF-8 text") from None
    except OSError:
        raise _problem(path, "there is no such file, or this user cannot read it") from None
    if set(values) - {"phrases"}:
        raise _problem(path, "write one section, [phrases], with allow and deny")
    try:
        return Phrases.model_validate(values.get("phrases", {}))
    except ValidationError:
        raise _problem(path, "[phrases] holds two lists of text, allow and deny") from None


def _problem(path: Path, message: str) -> ConfigError:
    return ConfigError(
        (Problem(level="error", file=str(path), line=None, key="", message=message),)
    )
