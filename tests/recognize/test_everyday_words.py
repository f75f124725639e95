"""The English model takes an everyday word for a person where a sentence opens with it."""

from __future__ import annotations

import pytest

from rufgate.recognize.presidio import PresidioRecognizer
from rufgate.sanitize.raw import RawText


@pytest.fixture(scope="module")
def recognizer() -> PresidioRecognizer:
    return PresidioRecognizer()


@pytest.mark.parametrize(
    "text", ["Melt the butter with the sage and pour it over.", "Attendance has been very good."]
)
def test_everyday_words_are_nobody(recognizer: PresidioRecognizer, text: str) -> None:
    assert recognizer.analyze(RawText(text)).spans == ()


@pytest.mark.parametrize("name", ["Sarah", "Sipho Mokoena", "Patrick"])
def test_names_at_the_same_place_are_found(recognizer: PresidioRecognizer, name: str) -> None:
    spans = recognizer.analyze(RawText(f"{name} has been very good at school this year.")).spans
    assert spans
    assert min(span.start for span in spans) == 0
