"""What DNS answered, and what is wrong with it. Pure.

In:  answers by name and type.
Out: ``Seen``, ``Finding``.
SECURITY: answers are other people's: a finding quotes at most 200 characters of them.
FAILS: never. What was not asked is as good as not answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, final

Question = tuple[str, str]  # a name, a type
Values = tuple[str, ...]

_QUOTED: Final = 200


class Level(StrEnum):
    """How bad it is, the worst first."""

    ERROR = "error"
    UNKNOWN = "unknown"  # DNS did not answer
    WARNING = "warning"


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """Something to do."""

    level: Level
    code: str
    name: str  # in DNS
    message: str
    found: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        found = None if self.found is None else self.found[:_QUOTED]
        return {
            "level": self.level.value,
            "code": self.code,
            "name": self.name,
            "message": self.message,
            "found": found,
        }


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Of a domain: where the DMARC record stands that counts, and its organizational domain."""

    policy: str | None
    organization: str


@final
class Seen:
    """Answers: the values, or None where there was no answer."""

    def __init__(
        self,
        answers: Mapping[Question, Values | None],
        places: Mapping[str, Place | None],
        spf: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._answers = answers
        self._places = places
        self.spf: Final = spf  # results for the sender's domain, by address of who sends

    def at(self, name: str, kind: str) -> Values | None:
        """The values; empty where there are none."""
        return self._answers.get((name, kind))

    def place(self, domain: str) -> Place | None:
        """None where DNS did not tell."""
        return self._places.get(domain)

    def unanswered(self) -> Iterator[Finding]:
        """One for each name."""
        kinds: dict[str, list[str]] = {}
        for (name, kind), values in self._answers.items():
            if values is None:
                kinds.setdefault(name, []).append(kind)
        for domain, place in self._places.items():
            if place is None:  # of it or of a name above it
                kinds.setdefault(f"_dmarc.{domain}", ["TXT"])
        for name, missing in kinds.items():
            yield _unknown(name, missing)


def error(code: str, name: str, message: str, found: str | None = None) -> Finding:
    """To be put right."""
    return Finding(level=Level.ERROR, code=code, name=name, message=message, found=found)


def warning(code: str, name: str, message: str, found: str | None = None) -> Finding:
    """To be looked at."""
    return Finding(level=Level.WARNING, code=code, name=name, message=message, found=found)


def _unknown(name: str, kinds: list[str]) -> Finding:
    message = f"no answer on {', '.join(kinds)}: try again, or name a name server by --resolver"
    return Finding(level=Level.UNKNOWN, code="no_answer", name=name, message=message)
