"""Texts of others, technical prose and stock presidio: what counts as covered, and as lost."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from bench.leak import generate, independent, prose, score, stock
from bench.leak.coverage import aligned, by_rufgate
from bench.leak.independent import Sample
from rufgate.sanitize.normalize import readable
from rufgate.sanitize.sanitized import Tier

TEXT = "Ask Jo Bloggs, 12 Elm Road, or ACME on Friday."


def _span(text: str, value: str, kind: str) -> tuple[int, int, str]:
    return text.index(value), text.index(value) + len(value), kind


SAMPLE = Sample(
    text=TEXT,
    spans=(
        _span(TEXT, "Jo Bloggs", "PERSON"),
        _span(TEXT, "12 Elm Road", "STREET_ADDRESS"),
        _span(TEXT, "ACME", "ORGANIZATION"),
        _span(TEXT, "Friday", "DATE_TIME"),
    ),
)


def _covering(*values: str) -> frozenset[int]:
    starts = {value: TEXT.index(value) for value in values}
    return frozenset(at + start for value, start in starts.items() for at in range(len(value)))


def test_letters_and_digits_count_not_spaces() -> None:
    scored = independent.score_text(SAMPLE, _covering("Jo", "Elm Road"))
    assert scored.values == (("PERSON", 6, 8), ("STREET_ADDRESS", 2, 9))
    assert scored.lost == (0, len("Askoron"))


def test_neutral_types_are_neither_leak_nor_loss() -> None:
    scored = independent.score_text(SAMPLE, _covering("Jo Bloggs", "12 Elm Road", "ACME", "Friday"))
    assert scored.values == (("PERSON", 0, 8), ("STREET_ADDRESS", 0, 9))
    assert scored.lost == (0, len("Askoron"))
    assert independent.score_text(SAMPLE, _covering("Ask")).lost == (3, 7)


def test_a_text_that_is_left_out_loses_everything() -> None:
    scored = independent.score_text(SAMPLE, None)
    assert scored.values == (("PERSON", 0, 8), ("STREET_ADDRESS", 0, 9))
    assert scored.lost == (7, 7)
    assert independent.figures([scored])["left_out"] == 1


def test_figures_of_texts() -> None:
    scored = [independent.score_text(SAMPLE, _covering("Jo", "12 Elm Road", "Ask"))]
    found = independent.figures(scored)
    assert (found["leaked"]["hits"], found["leaked"]["of"]) == (6, 17)
    assert (found["lost"]["hits"], found["lost"]["of"]) == (3, 7)
    assert (found["values_covered_whole"]["hits"], found["values_met"]["hits"]) == (1, 2)
    assert found["by_type"]["PERSON"]["hits"] == 6


def test_places_are_those_of_the_text_as_given() -> None:
    given = (
        "Zürich\u200b \uff21\ufb01\r\n> x\r\n" + "long line of words that goes on and on 42\r\n" * 3
    )
    read = readable(given)
    assert read != given
    place = aligned(given, read)
    assert [at for at, char in enumerate(given) if char.isalnum()] == sorted(place)
    for at, there in place.items():
        assert read[there] in (given[at], "A", "f")  # full width and ligature


def test_aligned_texts_stay_together_where_one_has_more() -> None:
    assert aligned("abc", "ab") == {0: 0, 1: 1}


def test_the_independent_set_is_read_as_it_is_published(tmp_path: Path) -> None:
    span = {"entity_type": "PERSON", "entity_value": "Jo", "start_position": 4, "end_position": 6}
    file = tmp_path / "set.json"
    file.write_text(json.dumps([{"full_text": "Ask Jo", "masked": "", "spans": [span]}]))
    assert independent.samples(file) == [Sample(text="Ask Jo", spans=((4, 6, "PERSON"),))]


def test_the_independent_set_is_found_by_its_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RUFGATE_INDEPENDENT", str(tmp_path / "none.json"))
    assert independent.dataset() is None
    (tmp_path / "none.json").write_text("[]")
    assert independent.dataset() == tmp_path / "none.json"


def test_words_that_may_name_somebody_are_not_counted() -> None:
    text = (
        "The gate reads mail.\nMaintained by Jo Bloggs\nWrite to jo@home.example today\n"
        "see https://jo.example/bloggs for 2 more -- words\n"
    )
    words = [text[word.start : word.stop] for word in prose.counted_words(text)]
    assert words == ["The", "gate", "reads", "mail.", "see", "for", "2", "more", "words"]


def test_prose_is_cut_at_empty_lines_and_nothing_is_lost() -> None:
    text = "\n\n".join(f"{'word ' * 150}{number}" for number in range(20))
    pieces = prose.pieces(text)
    assert len(pieces) > 1
    assert max(map(len, pieces)) <= 4000
    assert "".join(pieces).split() == text.split()


def test_sources_are_this_project_and_others() -> None:
    names = [source.name for source in prose.sources()]
    assert names[0] == prose.OWN
    assert len(names) > 5


def test_prose_figures_pool_the_others() -> None:
    found = prose.figures({prose.OWN: [(1, 100)], "a 1": [(2, 50)], "b 1": [(0, 50)]})
    assert found["own"]["share"] == 0.01
    assert found["others"]["share"] == 0.02
    assert list(found["by_source"]) == ["a 1", "b 1"]


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("presidio reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.usefixtures("no_network")
def test_stock_presidio_redacts_text_and_fetches_nothing() -> None:
    shown = stock.redact("My name is John Smith and my mail is john.smith@gmail.com, thanks.")
    assert shown == "My name is <PERSON> and my mail is <EMAIL_ADDRESS>, thanks."
    assert stock.redact("Nothing here.") == "Nothing here."


def test_stock_presidio_gets_the_same_header_and_the_text_it_can_read() -> None:
    made = generate.case(0, seed=1, part="tune")
    rebuilt, shown = stock.output(made.content, number=0, tier=Tier.TEXT)
    scored = score.score_report(made.truth, [rebuilt, shown])
    metadata = [scored.kept[name] for name in ("metadata", "metadata_ip")]
    assert metadata == [(of, of) for _, of in metadata]
    assert b"text left out" in rebuilt
    assert len(shown) > 100
    at_metadata = stock.output(made.content, number=0, tier=Tier.METADATA)
    assert at_metadata[1] == b""


def test_rufgate_covers_what_is_personal_in_a_bare_text() -> None:
    text = "Dear all, please call John Smith on 020 7946 0018."
    covered = by_rufgate(text, frozenset())
    assert covered is not None
    left = "".join(char for at, char in enumerate(text) if at not in covered)
    assert "Dear all, please call" in left
    for word in ("John", "Smith", "7946"):
        assert word not in left
