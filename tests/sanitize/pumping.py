"""Strings on which a regular expression takes longest: its own repeats, pumped, and a failing end.

Read off the parse tree of the standard library. For each repeat: what stands before it, then its
body again and again; the same with the part before it repeated, too, so that every start is good.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from re import _constants, _parser  # type: ignore[attr-defined]  # undocumented; a test's need
from typing import Any

_END = "\x00"
_OTHERS = "aA1 .-_@:/\n\t,;=&'\"()<>[]\xe4\u0430\u4e00"
_LEAST_PUMPED = 8  # a repeat of fewer is no loop
_CATEGORIES = {
    _constants.CATEGORY_DIGIT: str.isdigit,
    _constants.CATEGORY_SPACE: str.isspace,
    _constants.CATEGORY_WORD: lambda char: char.isalnum() or char == "_",
    _constants.CATEGORY_NOT_DIGIT: lambda char: not char.isdigit(),
    _constants.CATEGORY_NOT_SPACE: lambda char: not char.isspace(),
    _constants.CATEGORY_NOT_WORD: lambda char: not (char.isalnum() or char == "_"),
}
_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)


def hostile(pattern: re.Pattern[Any]) -> list[tuple[str, str]]:
    """Pairs of what stands first and what is repeated after it."""
    text = pattern.pattern
    text = text.decode("latin-1") if isinstance(text, bytes) else text
    flags = pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags
    tree = _parser.parse(text, flags & ~re.DEBUG)
    found: dict[tuple[str, str], None] = {}
    for before, pump in _pumps(tree, ""):
        found["", pump] = None
        if before:
            found[before, pump] = None
            found["", before + pump] = None
    return list(found)


def text_of(pattern: re.Pattern[Any], pair: tuple[str, str], size: int) -> Any:
    """One of the strings, about ``size`` characters; bytes for a pattern of bytes."""
    before, pump = pair
    text = before + pump * (size // len(pump)) + _END
    return text.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else text


def _pumps(tree: Iterable[Any], before: str) -> Iterator[tuple[str, str]]:
    for operation, value in tree:
        if operation in _REPEATS:
            _, most, body = value
            if most >= _LEAST_PUMPED:
                yield from ((before, one) for one in dict.fromkeys(_samples(body)) if one)
            yield from _pumps(body, before)
        else:
            for branch in _inside(operation, value):
                yield from _pumps(branch, before)
        before += _sample_of(operation, value)


def _inside(operation: Any, value: Any) -> list[Any]:
    if operation is _constants.SUBPATTERN:
        return [value[3]]
    if operation is _constants.BRANCH:
        return list(value[1])
    if operation in (_constants.ASSERT, _constants.ASSERT_NOT):
        return [value[1]]
    if operation is _constants.ATOMIC_GROUP:
        return [value]
    return []


def _samples(body: Any) -> Iterator[str]:
    """The body once, with each of its first alternatives and characters in turn."""
    yield "".join(_sample_of(*node) for node in body)
    for operation, value in body:
        if operation is _constants.IN:
            yield from list(_members(value))[:4]
        for branch in _inside(operation, value):
            yield from _samples(branch)


def _sample_of(operation: Any, value: Any) -> str:
    if operation is _constants.LITERAL:
        return chr(value)
    if operation is _constants.NOT_LITERAL:
        return next(char for char in _OTHERS if char != chr(value))
    if operation is _constants.IN:
        return next(_members(value), "")
    if operation is _constants.ANY:
        return "a"
    if operation in _REPEATS:
        least, _, body = value
        return "".join(_sample_of(*node) for node in body) * min(max(least, 1), 20)
    if operation in (_constants.ASSERT, _constants.ASSERT_NOT):
        return ""
    inside = _inside(operation, value)
    return "".join(_sample_of(*node) for node in inside[0]) if inside else ""


def _members(items: Any) -> Iterator[str]:
    """Characters of a class, different ones."""
    negated = items[0][0] is _constants.NEGATE
    named = [chr(value) for kind, value in items if kind is _constants.LITERAL]
    named += [chr(value[0]) for kind, value in items if kind is _constants.RANGE]
    for char in dict.fromkeys((*_OTHERS, *named)):
        if any(_is_in(char, *item) for item in items) != negated:
            yield char


def _is_in(char: str, kind: Any, value: Any) -> bool:
    if kind is _constants.LITERAL:
        return ord(char) == value
    if kind is _constants.RANGE:
        return bool(value[0] <= ord(char) <= value[1])
    return bool(kind is _constants.CATEGORY and _CATEGORIES[value](char))
