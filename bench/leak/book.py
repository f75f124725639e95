"""A book: templates, the words that fill them, and slots of its own. A part is a row of books.

In:  modules that hold nothing but words and templates.
Out: ``Book`` and the form of a slot; ``parts.py`` says which book belongs to which part.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from types import ModuleType
from typing import Any

Template = tuple[str, str, str]
"""Style, subject, body. ``{slot}`` is filled by a ``Scene``, ``[[a phrase]]`` must survive."""


@dataclass(frozen=True, kw_only=True)
class Planted:
    """A slot that is personal: the type in the truth, and how to make a value."""

    kind: str
    make: Callable[[Random], str]


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A slot that is harmless: the class of ``survive`` it counts in, and how to make a value."""

    kind: str
    make: Callable[[Random], str]


@dataclass(frozen=True, kw_only=True)
class Composed:
    """A slot of a book's own making; it gets the scene and writes the truth down by itself."""

    make: Callable[[Any], str]


Slot = Planted | Kept | Composed


@dataclass(frozen=True, kw_only=True)
class Book:
    """Words, templates, and slots that come before the common ones of ``scene.py``."""

    name: str
    words: ModuleType
    templates: tuple[Template, ...]
    slots: Mapping[str, Slot] = field(default_factory=dict)
