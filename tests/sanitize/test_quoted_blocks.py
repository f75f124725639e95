"""Persons in quoted headers are persons of the report, without a model where the form tells it."""

from __future__ import annotations

import pytest

from rufgate.recognize.presidio import PresidioRecognizer
from rufgate.sanitize.spans import Recognizer
from tests import reports
from tests.sanitize.quoted_blocks import ABROAD, BLOCKS
from tests.sanitize.sanitizing import Finder, done, text_rules


@pytest.fixture(scope="module")
def recognizer() -> PresidioRecognizer:
    return PresidioRecognizer()


def left_of(block: str, recognizer: Recognizer) -> tuple[str, list[str]]:
    """The text that is shown, and the words of the names that are still in it."""
    header = reports.changed(reports.ORIGINAL_HEADER, Subject="hello")
    content = reports.report(reports.original(header, block.replace("\n", "\r\n")))
    text = str(done(content, text_rules(), recognizer=recognizer).report.text)
    return text, [w for w in ("oksana", "brevik", "tomas", "wexley") if w in text.lower()]


@pytest.mark.parametrize("name", list(BLOCKS))
def test_a_block_in_a_common_language_needs_no_model(name: str) -> None:
    text, left = left_of(BLOCKS[name], Finder())
    assert (left, "PERSON" in text) == ([], True)


def test_blocks_in_other_languages_are_read_with_the_models(recognizer: PresidioRecognizer) -> None:
    """A text in a language that no detector covers is left out, which is no leak either."""
    left = {
        name: found for name, block in ABROAD.items() if (found := left_of(block, recognizer)[1])
    }
    assert left == {}


def test_italian_dates_are_no_links() -> None:
    text, _ = left_of("*Data:* 2 novembre\n\nvedi data:text/plain,abc qui\n", Finder())
    assert text.startswith("*Data:* 2 novembre")
    assert "abc" not in text
