"""A presidio recognizer made of a table of rules, each a pattern and, where there is one, a check.

In:  text.
Out: results whose entity type is ``RG_`` and the name of one of our own ``Entity`` members.
SECURITY: the patterns run over hostile text: every repeat in them is bounded.
FAILS: never by input.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from presidio_analyzer import EntityRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from rufgate.sanitize.spans import Entity

OWN_PREFIX = "RG_"


@dataclass(frozen=True, slots=True)
class Rule:
    """``pattern``'s group ``v`` (else the whole match) is an ``entity`` if ``valid`` agrees."""

    name: str
    entity: Entity
    pattern: re.Pattern[str]
    valid: Callable[[str], bool] | None = None

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Ranges of ``text`` to remove."""
        group = "v" if "v" in self.pattern.groupindex else 0
        for match in self.pattern.finditer(text):
            if self.valid is None or self.valid(match[group]):
                yield match.span(group)


@dataclass(frozen=True, slots=True)
class Found:
    """A range of a text, what it is, and who says so with which score."""

    name: str
    entity: Entity
    start: int
    end: int
    score: float = 1.0


class OwnRecognizer(EntityRecognizer):
    """What our own recognizers share: presidio's interface around ``find``."""

    def __init__(self, name: str, entities: Iterable[Entity]) -> None:
        supported = sorted({OWN_PREFIX + entity.name for entity in entities})
        super().__init__(supported_entities=supported, name=name, supported_language="en")

    def load(self) -> None:
        """Loaded at construction: what is missing must not be found at the first mail."""

    def find(self, text: str) -> Iterator[Found]:
        """What is personal in ``text``."""
        raise NotImplementedError

    def analyze(
        self,
        text: str,
        entities: list[str],  # noqa: ARG002 - presidio's signature; all are always wanted
        nlp_artifacts: NlpArtifacts | None = None,  # noqa: ARG002 - presidio's signature
    ) -> list[RecognizerResult]:
        """Presidio's entry point."""
        return [
            RecognizerResult(
                entity_type=OWN_PREFIX + found.entity.name,
                start=found.start,
                end=found.end,
                score=found.score,
                recognition_metadata={
                    RecognizerResult.RECOGNIZER_NAME_KEY: found.name,
                    RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
                },
            )
            for found in self.find(text)
        ]


class RuleRecognizer(OwnRecognizer):
    """All rules of one subject under one name."""

    def __init__(self, name: str, rules: Sequence[Rule]) -> None:
        self._rules = tuple(rules)
        super().__init__(name, (rule.entity for rule in self._rules))

    def find(self, text: str) -> Iterator[Found]:
        """What each rule finds."""
        for rule in self._rules:
            for start, end in rule.find(text):
                yield Found(rule.name, rule.entity, start, end)
