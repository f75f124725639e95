"""What a trial of phrases and role addresses tells: values only.

Out: frozen types of sanitized text, counts, and the operator's own words.
SECURITY: imports nothing of the raw side.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import final

from rufgate.sanitize.sanitized import Kind, SanitizedText


class Sort(StrEnum):
    """What is tried."""

    ALLOW = "allow"
    DENY = "deny"
    ROLE = "role"


class Part(StrEnum):
    """Where in a report something stands."""

    SUBJECT = "subject"
    TEXT = "text"
    HEADERS = "headers"
    FEEDBACK = "feedback"


class Danger(StrEnum):
    """What the operator ought to know of a phrase."""

    KNOWN_NAME = "known_name"  # a name of the header stays readable through it
    ADDRESS = "address"  # an address is never opened by a phrase
    LEAK_CHECK = "leak_check"  # the leak check takes the field away, which it did not before
    NEVER_MATCHED = "never_matched"
    NO_OWN_DOMAIN = "no_own_domain"  # a role address counts under a domain of [[domains]] only


@dataclass(frozen=True, kw_only=True, slots=True)
class Tried:
    """The operator's words."""

    allow: tuple[str, ...] = ()
    deny: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()  # whole addresses

    def __iter__(self) -> Iterator[tuple[Sort, str]]:
        """Each with what it is."""
        for sort, words in ((Sort.ALLOW, self.allow), (Sort.DENY, self.deny)):
            yield from ((sort, word) for word in words)
        yield from ((Sort.ROLE, word) for word in self.roles)


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Use:
    """How often something tried stands in a part, stayed there before, and would stay."""

    sort: Sort
    phrase: str
    part: Part
    occurs: int
    stayed: int
    stays: int


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """Lines that differ, both sanitized."""

    part: Part
    before: tuple[SanitizedText, ...]
    after: tuple[SanitizedText, ...]


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Warn:
    """A danger; ``fields`` are names of fields of the row, ``phrase`` is the operator's own."""

    danger: Danger
    phrase: str | None = None
    fields: tuple[str, ...] = ()


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Effect:
    """What one report shows of all that is tried."""

    kind: Kind
    uses: tuple[Use, ...]
    changes: tuple[Change, ...]
    warnings: tuple[Warn, ...]


@final
@dataclass(frozen=True, slots=True)
class NoReport:
    """Nothing of it would be forwarded, under any phrases."""

    why: str
