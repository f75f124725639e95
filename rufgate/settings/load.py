"""Reads the configuration: a TOML file, then ``RUFGATE_*`` over it.

In:  a path; the environment (nothing else reads it).
Out: frozen ``Settings`` and the warnings about them.
SECURITY: values are never shown, whatever the key.
FAILS: ``ConfigError`` with every problem at once.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Sequence
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from stat import S_IWOTH
from typing import Any, Final, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, EnvSettingsSource, SettingsConfigDict, SettingsError

from rufgate.settings.checks import key_remarks, remarks
from rufgate.settings.problems import ConfigError, Loc, Problem, holds, key_name, line_of
from rufgate.settings.schema import Settings

DEFAULT_PATH: Final = Path("config/rufgate.toml")
_PREFIX: Final = "RUFGATE_"


class _Environment(Settings, BaseSettings):
    """Never made: it tells pydantic-settings which variables there are."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX,
        env_nested_delimiter="__",
        enable_decoding=False,  # lists may be written with commas, too; see ``_decoded``
        frozen=True,
        extra="forbid",
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Source:
    """Where values came from, to say so of what is wrong with them."""

    file: Path
    text: str
    environment: dict[str, Any]

    def problem(self, loc: Loc, message: str, *, level: str = "error") -> Problem:
        from_environment = holds(self.environment, loc)
        return Problem(
            level="error" if level == "error" else "warning",
            file="environment" if from_environment else str(self.file),
            line=None if from_environment else line_of(self.text, loc),
            key=key_name(loc),
            message=message,
        )


def load(path: Path | None = None) -> Settings:
    """The settings in force. ``path`` defaults to ``RUFGATE_CONFIG``, then ``DEFAULT_PATH``."""
    return load_with_warnings(path)[0]


def load_with_warnings(
    path: Path | None = None, today: date | None = None
) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings in force, and what deserves a second look."""
    file = config_path(path)
    text = _text_of(file)
    source = _Source(file=file, text=text, environment=_environment())
    merged = _merged(_parsed(file, text), source.environment)
    for section in ("store", "keys"):
        merged.setdefault(section, {})  # their default paths count from the file's folder, too
    settings = _validated(merged, source)
    problems = [
        source.problem(remark.loc, remark.message, level=remark.level)
        for remark in remarks(settings, today)
        if not (remark.is_of_file and holds(source.environment, remark.loc))
    ]
    if any(problem.level == "error" for problem in problems):
        raise ConfigError(tuple(problems))
    return settings, tuple(problems)


def check_all(path: Path | None = None, today: date | None = None) -> tuple[Problem, ...]:
    """Every error and warning, those of the key files and of the day included."""
    try:
        settings, problems = load_with_warnings(path, today)
    except ConfigError as error:
        return error.problems
    source = _Source(file=config_path(path), text=_text_of(config_path(path)), environment={})
    return *(
        source.problem(r.loc, r.message, level=r.level) for r in key_remarks(settings)
    ), *problems


def config_path(path: Path | None) -> Path:
    """The file that is read; it may be absent."""
    return path or Path(os.environ.get(_PREFIX + "CONFIG") or DEFAULT_PATH)  # noqa: TID251 - the one reader


def imap_password() -> str | None:
    """The password of ``rufgate import``, where the environment has it."""
    return os.environ.get("IMAP_PASSWORD") or None  # noqa: TID251 - the one reader


def base_of(file: Path) -> Path:
    """From where relative paths count: the folder above ``config/``, else the file's folder."""
    folder = file.absolute().parent
    return folder.parent if folder.name == "config" else folder


def _text_of(file: Path) -> str:
    try:
        if not file.stat().st_mode & S_IWOTH:
            return file.read_text("utf-8")
        message = "anybody can write to it, and say where copies go: run `chmod o-w` on it"
    except FileNotFoundError:
        message = "there is no such file: make one with `rufgate init`, or name it with --config"
    except UnicodeDecodeError:
        message = "the file is not UTF-8 text"
    except OSError:
        message = "the file cannot be read by this user"
    raise _whole_file(file, message) from None


def _parsed(file: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        # 3.14 gives the line as an attribute; before, it is the only number pair in the text.
        _, _, place = str(error).rpartition("(at line ")
        line, _, _ = place.partition(",")
        raise _whole_file(
            file,
            "this is not valid TOML: look at this line and the one before",
            line=int(line) if line.isdecimal() else None,
        ) from None


def _whole_file(file: Path, message: str, line: int | None = None) -> ConfigError:
    problem = Problem(level="error", file=str(file), line=line, key="", message=message)
    return ConfigError((problem,))


def _environment() -> dict[str, Any]:
    """What ``RUFGATE_*`` sets, by section; a name that sets nothing is an error, not ignored."""
    try:
        given: dict[str, Any] = _decoded(EnvSettingsSource(_Environment)())
    except (SettingsError, json.JSONDecodeError):
        message = "a RUFGATE_ variable begins with [ or { and is not valid JSON"
        raise _whole_file(Path("environment"), message) from None
    unknown = [
        Problem(
            level="error",
            file="environment",
            line=None,
            key=name,
            message="there is no such section" + _suggestion(section.lower(), Settings),
        )
        for name in sorted(os.environ)  # noqa: TID251 - the one reader
        if name.startswith(_PREFIX) and "__" in name
        for section in [name.removeprefix(_PREFIX).partition("__")[0]]
        if section.lower() not in Settings.model_fields
    ]
    if unknown:
        raise ConfigError(tuple(unknown))
    return given


def _decoded(value: Any) -> Any:  # noqa: ANN401 - JSON is what it is
    if isinstance(value, dict):
        return {key: _decoded(item) for key, item in value.items()}
    if isinstance(value, str) and value.lstrip().startswith(("[{", '["', "{", "[]")):
        return json.loads(value)
    return value


def _merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        if isinstance(value, dict) and isinstance(old, dict):
            merged[key] = _merged(old, value)
        else:
            merged[key] = value
    return merged


def _validated(merged: dict[str, Any], source: _Source) -> Settings:
    context = {"base": base_of(source.file)}
    try:
        return Settings.model_validate(merged, context=context)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
    found = [_from_pydantic(detail, source) for detail in details]
    left, places = _without(merged, [detail["loc"] for detail in details])
    with suppress(ValidationError):  # what is left may hold more to say in the same breath
        rest = Settings.model_validate(left, context=context)
        found += [
            source.problem(_original(remark.loc, places), remark.message)
            for remark in remarks(rest)
            if remark.level == "error"
            and not (remark.is_of_file and holds(source.environment, remark.loc))
        ]
    raise ConfigError(tuple(sorted(found, key=lambda problem: problem.line or 0))) from None


def _without(
    values: dict[str, Any], locs: Sequence[Loc]
) -> tuple[dict[str, Any], dict[str, list[int]]]:
    """A copy without what is wrong at ``locs``, and where the items of its lists stood before.

    Of a list of sections the whole item goes; the one required key gets a stand-in.
    """
    left = deepcopy(values)
    places: dict[str, list[int]] = {}
    for section, inside in left.items():
        if isinstance(inside, list):
            bad = {loc[1] for loc in locs if loc[0] == section and len(loc) > 1}
            places[section] = [index for index in range(len(inside)) if index not in bad]
            left[section] = [inside[index] for index in places[section]]
        elif isinstance(inside, dict):
            for loc in locs:
                if loc[0] == section and len(loc) > 1:
                    inside.pop(loc[1], None)
    left = {key: value for key, value in left.items() if (key,) not in locs}
    left.setdefault("smtp", {}).setdefault("recipients", ["nobody@rufgate.example"])
    return left, places


def _original(loc: Loc, places: dict[str, list[int]]) -> Loc:
    """``loc`` as it was before ``_without``."""
    match loc:
        case (str(section), int(index), *rest) if section in places:
            return (section, places[section][index], *rest)
        case _:
            return loc


def _from_pydantic(detail: ErrorDetails, source: _Source) -> Problem:
    return source.problem(detail["loc"], _message(detail))


def _message(detail: ErrorDetails) -> str:
    loc = detail["loc"]
    match detail["type"]:
        case "extra_forbidden":
            return _unknown_key(loc)
        case "missing":
            return "this key is required" + _HINTS.get(key_name(loc), "")
        case "value_error":
            return str(detail["ctx"]["error"])
        case "string_pattern_mismatch":
            return "use letters, digits, '.', '_' and '-' only, 64 at most"
        case _:
            return detail["msg"][:1].lower() + detail["msg"][1:]


_HINTS: Final = {
    "smtp": ': write a section [smtp] with recipients = ["dmarc-ruf@ruf.example.org"]',
    "smtp.recipients": ': write the addresses of your ruf= tags, ["dmarc-ruf@ruf.example.org"]',
}


def _unknown_key(loc: Loc) -> str:
    return "there is no such key" + _suggestion(str(loc[-1]), _model_at(loc[:-1]))


def _suggestion(name: str, model: type[BaseModel] | None) -> str:
    if model is None:
        return ""
    known = [field.alias or key for key, field in model.model_fields.items()]
    close = get_close_matches(name, known, n=1)
    return f"; did you mean {close[0]!r}?" if close else f"; there are: {', '.join(sorted(known))}"


def _model_at(loc: Loc) -> type[BaseModel] | None:
    """The section that ``loc`` names."""
    model: type[BaseModel] = Settings
    for step in loc:
        if isinstance(step, int):
            continue
        field = model.model_fields.get(step)
        candidates = (field.annotation, *get_args(field.annotation)) if field else ()
        inner = [c for c in candidates if isinstance(c, type) and issubclass(c, BaseModel)]
        if not inner:
            return None
        model = inner[0]
    return model
