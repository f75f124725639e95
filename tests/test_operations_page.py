"""docs/operations.md says of each limit what the code does, and what to do on each alarm."""

from __future__ import annotations

import ast
import re
from enum import Enum
from pathlib import Path

import pytest
from pydantic_core import PydanticUndefined

from rufgate.settings.schema import Settings

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "operations.md").read_text()
SECTIONS = ("smtp", "limits", "workers", "authenticity", "malware")
_ROW = re.compile(r"^\| `(\w+)` \| `?([^|`]+)`? \|", re.MULTILINE)


def _said(section: str) -> dict[str, str]:
    _, _, rest = PAGE.partition(f"### `[{section}]`\n")
    text, _, _ = rest.partition("\n##")
    return {key: value.strip() for key, value in _ROW.findall(text)}


def _written(value: object) -> str:
    """A default as the page has it."""
    match value:
        case _ if value is PydanticUndefined:
            return "required"
        case None:
            return "not set"
        case bool():
            return str(value).lower()
        case tuple():
            return "[" + ", ".join(map(_written, value)) + "]"
        case Enum():
            return f'"{value.value}"'
        case str() | Path():
            return f'"{value}"'
        case _:
            return str(value)


@pytest.mark.parametrize("section", SECTIONS)
def test_each_key_stands_there_with_its_default(section: str) -> None:
    model = Settings.model_fields[section].annotation
    assert isinstance(model, type)
    fields = {
        field.alias or name: _written(field.default)
        for name, field in model.model_fields.items()  # type: ignore[attr-defined]  # a section
    }
    assert _said(section) == fields


def _alarms() -> set[str]:
    """The events that the product logs as warnings or errors."""
    return {
        node.args[0].value
        for path in (ROOT / "rufgate").rglob("*.py")
        if path.parent.name not in {"doctor", "posture"}  # findings, which say what to do
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"warning", "error", "critical"}
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
        and re.fullmatch(r"[a-z]+(_[a-z]+)+", node.args[0].value)
    }


def test_each_alarm_stands_there() -> None:
    alarms = _alarms()
    assert {"canary_found", "copy_parked", "running_as_root"} <= alarms
    assert not {alarm for alarm in alarms if f"`{alarm}`" not in PAGE}


def test_each_counter_stands_there_or_on_its_page() -> None:
    counters = re.findall(r'"(\w+)",\s*\n?\s*"[^"]*[.]"', (ROOT / "rufgate/metrics.py").read_text())
    pages = PAGE + (ROOT / "docs" / "metrics.md").read_text()
    assert not [name for name in counters if f"rufgate_{name}" not in pages]
