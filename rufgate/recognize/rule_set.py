"""presidio's pattern recognizers and our own rules over a text, without its engine.

In:  readable text.
Out: presidio results, those that need words around them raised where such words stand there.
SECURITY: the patterns run over hostile text; presidio's run in its own bounded time.
FAILS: never by input.

The engine reads the text with its language model first, and copies every result to weigh it. Our
recognizers carry their scores; of presidio's, only what is too doubtful alone is looked at again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, cast

from presidio_analyzer import EntityRecognizer, RecognizerResult
from presidio_analyzer.context_aware_enhancers import LemmaContextAwareEnhancer
from presidio_analyzer.nlp_engine import NlpArtifacts

from rufgate.recognize.recognizers.rules import OWN_PREFIX
from rufgate.sanitize.spans import Entity

_NO_WORDS: Final = cast("NlpArtifacts", None)  # none of ours looks at them
# presidio's type -> ours, and the least score at which we believe it.
_STOCK: Final = {
    "CREDIT_CARD": (Entity.CARD, 0.0),
    "IBAN_CODE": (Entity.BANK, 0.0),
    "CRYPTO": (Entity.CRYPTO, 0.0),
    "PHONE_NUMBER": (Entity.PHONE, 0.0),
    "UK_NHS": (Entity.HEALTH_ID, 0.4),
    "UK_NINO": (Entity.NATIONAL_ID, 0.0),
    "UK_POSTCODE": (Entity.POSTCODE, 0.0),
    "UK_PASSPORT": (Entity.DOCUMENT_ID, 0.0),
    "UK_DRIVING_LICENCE": (Entity.DOCUMENT_ID, 0.0),
    "UK_VEHICLE_REGISTRATION": (Entity.VEHICLE, 0.3),
    "US_SSN": (Entity.NATIONAL_ID, 0.4),
    "IN_AADHAAR": (Entity.NATIONAL_ID, 0.5),
    "IN_PAN": (Entity.TAX_ID, 0.5),
    "AU_TFN": (Entity.TAX_ID, 0.5),
    "AU_MEDICARE": (Entity.HEALTH_ID, 0.5),
}


def meaning(entity_type: str) -> tuple[Entity, float]:
    """What ``entity_type`` is to us, and the least score at which we believe it."""
    if entity_type.startswith(OWN_PREFIX):
        return Entity[entity_type.removeprefix(OWN_PREFIX)], 0.0
    return _STOCK[entity_type]


class RuleSet:
    """Recognizers in the order in which they are named for what several find."""

    def __init__(
        self, words_of: Callable[[str], NlpArtifacts], recognizers: Sequence[EntityRecognizer]
    ) -> None:
        self._words_of: Final = words_of
        self._recognizers: Final = list(recognizers)
        self._enhancer: Final = LemmaContextAwareEnhancer()

    def find(self, text: str) -> list[RecognizerResult]:
        """What they find, those within others of their kind left out."""
        found = [
            result
            for recognizer in self._recognizers
            for result in recognizer.analyze(text, recognizer.supported_entities, _NO_WORDS)
        ]
        doubtful = [one for one in found if one.score < meaning(one.entity_type)[1]]
        if doubtful:
            sure = [one for one in found if one.score >= meaning(one.entity_type)[1]]
            found = [*sure, *self._raised(text, doubtful)]
        distinct: list[RecognizerResult] = EntityRecognizer.remove_duplicates(found)
        return distinct

    def _raised(self, text: str, doubtful: list[RecognizerResult]) -> list[RecognizerResult]:
        """``doubtful`` with a better score where a word beside says what it is."""
        raised: list[RecognizerResult] = self._enhancer.enhance_using_context(
            text, doubtful, self._words_of(text), self._recognizers, None
        )
        return raised
