"""Every log call in the product: its event is a literal word, its keys are on the allow-list."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from rufgate.telemetry import ALLOWED_KEYS

PACKAGE = Path(__file__).parents[1] / "rufgate"
_LEVELS = {"debug", "info", "warning", "warn", "error", "exception", "critical", "fatal", "msg"}
_EVENT = re.compile(r"[a-z][a-z0-9_]{0,63}")
# A pass-through: whoever calls it is checked as well.
_PASS_ON = {"gate_canary.py:_TroubleOnly"}


def _is_log(node: ast.expr) -> bool:
    """``log``, ``self._log``, ``shared.log``, ``get_logger()``, ``structlog.get_logger(...)``."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.strip("_") in {"log", "logger", "logging"}
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name in {"get_logger", "getLogger", "bind"}
    return False


def _faults(node: ast.Call, dictionaries: dict[str, set[str] | None]) -> Iterator[str]:
    if len(node.args) != 1 or not isinstance(node.args[0], ast.Constant):
        yield "the event is no literal, or stands beside other values"
    elif not _EVENT.fullmatch(str(node.args[0].value)):
        yield "the event is no word"
    for keyword in node.keywords:
        if keyword.arg is not None:
            keys: set[str] | None = {keyword.arg}
        else:
            keys = _keys_of(keyword.value, dictionaries)
        if keys is None:
            yield "keys that cannot be read here"
        elif keys - ALLOWED_KEYS - {"exc_info"}:
            yield f"keys that are not on the list: {sorted(keys - ALLOWED_KEYS)}"


def _keys_of(node: ast.expr, dictionaries: dict[str, set[str] | None]) -> set[str] | None:
    match node:
        case ast.Name(id=name):
            return dictionaries.get(name)
        case ast.IfExp(body=body, orelse=other):
            both = (_keys_of(body, dictionaries), _keys_of(other, dictionaries))
            return None if both[0] is None or both[1] is None else both[0] | both[1]
        case ast.Dict(keys=keys) if all(isinstance(key, ast.Constant) for key in keys):
            return {str(key.value) for key in keys if isinstance(key, ast.Constant)}
    return None


def _check(name: str, source: str) -> Iterator[str]:
    tree = ast.parse(source)
    for outer in ast.walk(tree):
        if not isinstance(
            outer, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
        ):
            continue
        if f"{name}:{outer.name if not isinstance(outer, ast.Module) else ''}" in _PASS_ON:
            for call in ast.walk(outer):
                call.__dict__["passed"] = True
    dictionaries = {
        target.id: _keys_of(node.value, {})
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or "passed" in node.__dict__:
            continue
        called = node.func
        if isinstance(called, ast.Attribute) and called.attr in _LEVELS and _is_log(called.value):
            yield from (f"{name}:{node.lineno} {fault}" for fault in _faults(node, dictionaries))


def test_all_log_calls_are_of_that_form() -> None:
    found = [
        fault
        for path in sorted(PACKAGE.rglob("*.py"))
        for fault in _check(path.relative_to(PACKAGE).as_posix(), path.read_text())
    ]
    assert not found


def test_they_are_found_at_all() -> None:
    calls = [
        node
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in _LEVELS
        and _is_log(node.func.value)
    ]
    assert len(calls) > 25


@pytest.mark.parametrize(
    ("source", "is_fault"),
    [
        ('log.info("copy_delivered", copy=1)', False),
        ('self._shared.log.info("message", size=1)', False),
        ('own = {"canary": True} if x else {}\nlog.info("message", **own)', False),
        ('log.info(f"from {address}")', True),
        ('log.info("said %s", address)', True),
        ("self._log.warning(event)", True),
        ('get_logger().error("Bad address")', True),
        ('structlog.get_logger().info("message", address=1)', True),
        ('log.info("message", **keys)', True),
        ('own = {"address": 1}\nlog.info("message", **own)', True),
        ('logging.warning("told %s", address)', True),
        ('logging.getLogger("x").warning("odd", extra=1)', True),
        ('typer.echo("error")', False),
    ],
)
def test_the_rule_knows_right_from_wrong(source: str, is_fault: bool) -> None:
    assert bool(list(_check("receive/session.py", source))) is is_fault
