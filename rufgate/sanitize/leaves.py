"""The values of a sanitized report that come from the input, each under a name, and their removal.

The leak check asks for them; what it finds is taken out by the same name. Our own values (ids,
digests, labels, header names, media types) are no leaves.

In:  a ``SanitizedReport``.
Out: its leaves, or the report without some of them.
SECURITY: a new field is a leaf unless it is listed as ours.
FAILS: ``TypeError`` at a value of a type that is not sanitized.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import fields, replace
from datetime import datetime
from enum import Enum
from uuid import UUID

from rufgate.sanitize.sanitized import (
    Reason,
    SanitizedAuthResult,
    SanitizedDomain,
    SanitizedHeader,
    SanitizedReport,
    SanitizedText,
)

_OURS = frozenset(
    {"policy", "engine", "key_id", "fingerprint", "tokens", "counts", "attachments", "owner_domain"}
)


def leaves_of(report: SanitizedReport) -> Iterator[tuple[str, str]]:
    """``(name, text)`` of every value from the input; ``headers/3`` is the fourth header."""
    for field in fields(report):
        if field.name not in _OURS:
            yield from _leaves(field.name, getattr(report, field.name))


def without(report: SanitizedReport, names: Collection[str]) -> SanitizedReport:
    """``report`` with the named leaves taken out."""
    changes: dict[str, object] = {}
    for field in fields(report):
        value = getattr(report, field.name)
        if field.name in names:
            changes[field.name] = None
        elif isinstance(value, tuple):
            kept = tuple(
                item for index, item in enumerate(value) if f"{field.name}/{index}" not in names
            )
            if len(kept) != len(value):
                changes[field.name] = kept
    if "text" in changes:
        changes["text_omitted"] = Reason.LEAK_FOUND
    return replace(report, **changes)  # type: ignore[arg-type]  # names come from fields() itself


def _leaves(name: str, value: object) -> Iterator[tuple[str, str]]:
    match value:
        case None | bool() | int() | datetime() | UUID() | Enum():
            return
        case SanitizedText():
            yield name, str(value)
        case SanitizedHeader():
            yield name, str(value.value)
        case SanitizedDomain():
            yield name, str(value.name)
        case SanitizedAuthResult():
            yield name, " ".join(_auth_words(value))
        case tuple():
            for index, item in enumerate(value):
                yield from _leaves(f"{name}/{index}", item)
        case _:
            raise TypeError(f"{type(value).__name__} is not a sanitized value")


def _auth_words(result: SanitizedAuthResult) -> Iterator[str]:
    yield str(result.authserv or "")
    yield str(result.method)
    yield str(result.result)
    yield from (str(value) for _, value in result.properties)
