"""presidio-analyzer with the detectors of our choice, behind the core's ``Recognizer``.

In:  readable text.
Out: spans in our own ``Entity`` terms, and whether the text's language is covered; where it is not,
     the rules' spans alone.
SECURITY: never touches the network. presidio's ``EmailRecognizer`` and ``UrlRecognizer`` are left
     out: the first fetches the public suffix list at its first use and misses domains that are not
     public, the second takes a millisecond a character on hostile text. Addresses and links are
     found by structure in ``sanitize.text``. No default configuration is used: it downloads models.
FAILS: ``RecognizerUnavailable`` at construction, if a model is missing or is not the pinned one.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import presidio_analyzer.predefined_recognizers as stock
from presidio_analyzer import EntityRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from rufgate.recognize.language import COVERED, LanguageGuard
from rufgate.recognize.lexicon import Lexicon, OtherLexicon
from rufgate.recognize.memory import Memory
from rufgate.recognize.models import Models
from rufgate.recognize.rampart import RampartModel, RampartReader
from rufgate.recognize.recognizers.codes import CodeRecognizer
from rufgate.recognize.recognizers.contact import CONTACT_RULES
from rufgate.recognize.recognizers.dates import birth_date_rules
from rufgate.recognize.recognizers.everyday import is_everyday
from rufgate.recognize.recognizers.identifiers import IDENTIFIER_RULES
from rufgate.recognize.recognizers.names import HINT, NameShapes
from rufgate.recognize.recognizers.places import PLACE_RULES
from rufgate.recognize.recognizers.references import REFERENCE_RULES
from rufgate.recognize.recognizers.rules import RuleRecognizer
from rufgate.recognize.recognizers.uk import UK_RULES
from rufgate.recognize.rule_set import RuleSet, meaning
from rufgate.recognize.spacy_ner import NerEngine, NerReader
from rufgate.recognize.windows import Range
from rufgate.sanitize.raw import RawText
from rufgate.sanitize.spans import Analysis, Span

_MEMORY_BYTES = 32 * 2**20
_LAST_BIRTH_YEAR = 2022
_PHONE_REGIONS = ("GB", "US", "IE", "IN", "DE", "FR", "ES", "IT", "NL", "PT", "AU")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*\.?")
_DIGIT = re.compile(r"\d")
_LEAST_DIGITS = 7

# presidio's types that are told by their shape alone: "05-08-26", "KB5069050".
_SHAPED: Final = frozenset({"PHONE_NUMBER", "UK_PASSPORT", "UK_VEHICLE_REGISTRATION"})


class PresidioRecognizer:
    """The detectors, built once per worker; an instance holds about 250 MB."""

    def __init__(self, kept: Path | None = None) -> None:
        """``kept``: where the faster form of a model is kept."""
        logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)  # it can name what it found
        engine, model, lexicon = NerEngine(), RampartModel(kept=kept), Lexicon()
        engine.load()
        self.models: Final = model.form
        self.memory: Final[Memory[object]] = Memory(_MEMORY_BYTES)
        self._guard: Final = LanguageGuard(lexicon)
        lexicons = {"en": lexicon} | {
            language: OtherLexicon(lexicon, language) for language in sorted(COVERED - {"en"})
        }
        self._rules: Final = RuleSet(engine.words_of, [*_rules(), CodeRecognizer(lexicon)])
        self._names: Final = {language: NameShapes(words) for language, words in lexicons.items()}
        self._models: Final = Models(NerReader(engine, lexicon), RampartReader(model), lexicons)

    def analyze(
        self,
        text: RawText,
        language: str | None = None,
        *,
        hidden: Sequence[Range] = (),
        again: bool = False,
    ) -> Analysis:
        """Spans in ``text``; ``covered`` is False where no detector speaks its language.

        Then no model reads it, and what the rules find is for ``uncovered_text = "rules"``.
        """
        plain = text.reveal()
        if again:
            covered = language in COVERED
            spans = list(self._models.read(plain, language)) if covered and language else []
            return Analysis(spans=spans, language=language, covered=covered)
        self._models.forget()
        language, covered = self._guard.judge(plain, language)
        spans = list(_spans(plain, self._rules.find(plain)))
        if covered and language:  # an English model takes half of a German sentence for names
            gone = [*hidden, *((span.start, span.end) for span in spans)]
            spans += _of_names(plain, self._names[language])
            spans += self._models.read(plain, language, gone)
        return Analysis(
            spans=tuple(span for span in spans if span.recognizer != HINT),
            language=language,
            covered=covered,
            hints=tuple(span for span in spans if span.recognizer == HINT),
        )


def _of_names(plain: str, shapes: NameShapes) -> Iterator[Span]:
    for found in shapes.find(plain):
        yield Span(
            start=found.start,
            end=found.end,
            entity=found.entity,
            recognizer=found.name,
            score=found.score,
        )


class _PhoneRecognizer(stock.PhoneRecognizer):
    """presidio's, by the line, for those with digits enough for a number: it is its slowest."""

    def analyze(
        self,
        text: str,
        entities: list[str],
        nlp_artifacts: NlpArtifacts = None,  # type: ignore[assignment]  # presidio's signature
    ) -> list[RecognizerResult]:
        """Presidio's entry point."""
        found: list[RecognizerResult] = []
        start = 0
        for line in text.splitlines(keepends=True):
            if len(_DIGIT.findall(line)) >= _LEAST_DIGITS:
                for result in super().analyze(line, entities, nlp_artifacts):
                    result.start += start
                    result.end += start
                    found.append(result)
            start += len(line)
        return found


class _PanRecognizer(stock.InPanRecognizer):
    """presidio's surest pattern alone: the others never reach the score at which we believe it.

    One of them looks for four digits as far as the line's end at every word: a second of
    processor time for 20 KB of ``a.a.a``.
    """

    def __init__(self) -> None:
        super().__init__(
            patterns=[one for one in self.PATTERNS if one.score >= meaning("IN_PAN")[1]]
        )


def _rules() -> list[EntityRecognizer]:
    return [
        stock.CreditCardRecognizer(),
        stock.IbanRecognizer(),
        stock.CryptoRecognizer(),
        _PhoneRecognizer(supported_regions=_PHONE_REGIONS),
        stock.NhsRecognizer(),
        stock.UkNinoRecognizer(),
        stock.UkPostcodeRecognizer(),
        stock.UkPassportRecognizer(),
        stock.UkDrivingLicenceRecognizer(),
        stock.UkVehicleRegistrationRecognizer(),
        stock.UsSsnRecognizer(),
        stock.InAadhaarRecognizer(),
        _PanRecognizer(),
        stock.AuTfnRecognizer(),
        stock.AuMedicareRecognizer(),
        RuleRecognizer("uk", UK_RULES),
        RuleRecognizer("identifiers", IDENTIFIER_RULES),
        RuleRecognizer("references", REFERENCE_RULES),
        RuleRecognizer("places", PLACE_RULES),
        RuleRecognizer("dates", birth_date_rules(_LAST_BIRTH_YEAR)),
        RuleRecognizer("contact", CONTACT_RULES),
    ]


def _spans(text: str, results: list[RecognizerResult]) -> Iterator[Span]:
    for result in results:
        name = result.recognition_metadata[RecognizerResult.RECOGNIZER_NAME_KEY]
        entity, least = meaning(result.entity_type)
        doubtful = result.entity_type in _SHAPED and is_everyday(text[result.start : result.end])
        if result.score >= least and not doubtful:
            yield Span(
                start=result.start,
                end=result.end,
                entity=entity,
                recognizer=name,
                score=result.score,
            )
