"""A name that a header tells is found in free text, however it is written."""

from __future__ import annotations

import pytest

from rufgate.sanitize.known_names import HeaderPerson, KnownNames
from rufgate.sanitize.people import positional_spans
from rufgate.sanitize.persons import PersonNumbers

JANE = HeaderPerson("Jane Müller-Doe", "jane.doe", "mail.example")
WILL = HeaderPerson("Will Hope", "whope42", "mail.example")


def found(text: str, *persons: HeaderPerson, exempt: tuple[str, ...] = ()) -> list[str]:
    spans = KnownNames(persons, exempt).find(text)
    return sorted({text[span.start : span.end] for span in spans})


@pytest.mark.parametrize(
    "written",
    [
        "Jane Müller-Doe",
        "MÜLLER-DOE, JANE",
        "jane muller-doe",
        "Jane Mueller",
        "J. Doe",
        "Doe, J",
        "jane",
        "janedoe",
        "jdoe",
        "jane.doe",
        "Jane",
    ],
)
def test_every_way_of_writing_is_found(written: str) -> None:
    assert written in found(f"we spoke to {written} about it", JANE)


def test_a_possessive_ending_stays() -> None:
    assert found("this is Jane's cat", JANE) == ["Jane"]


def test_words_inside_other_words_stay() -> None:
    assert found("a doeskin and Janeiro", JANE) == []


@pytest.mark.parametrize("text", ["he will hope so", "Will you come?", "Thanks.\nHope this helps"])
def test_plain_english_words_stay(text: str) -> None:
    assert found(text, WILL) == []


@pytest.mark.parametrize("text", ["ask Will Hope", "so Will said", "Hope, Will"])
def test_plain_english_words_in_a_names_place_go(text: str) -> None:
    assert found(text, WILL)


def test_a_local_part_with_digits_is_found_whole() -> None:
    assert "WHope42" in found("my login is WHope42.", WILL)


def test_role_addresses_name_nobody() -> None:
    billing = HeaderPerson("Billing Team", "billing", "shop.example")
    assert found("the billing team sends a bill", billing) == []


def test_exempt_words_stay_alone() -> None:
    brand = HeaderPerson("Acmeware", "news", "acmeware.example")
    assert found("news from Acmeware", brand, exempt=("acmeware",)) == []
    assert found("news from Acmeware", brand) == ["Acmeware"]


def test_names_without_spaces_around_are_found() -> None:
    assert found("こんにちは山田太郎さん", HeaderPerson("山田太郎", "", "")) == ["山田太郎"]


def test_guessed_words_count_with_a_capital_only() -> None:
    names = KnownNames().extended([HeaderPerson("Orchard Lindqvist", "", "")], guessed=True)
    text = "the orchard of Orchard Lindqvist"
    assert [text[span.start : span.end] for span in names.find(text)] == ["Orchard Lindqvist"]


def test_two_persons_in_a_row_are_two_spans() -> None:
    bob = HeaderPerson("Robert Stone", "", "")
    assert found("Jane Doe, Robert Stone", JANE, bob) == ["Jane Doe", "Robert Stone"]


def test_one_person_has_one_number() -> None:
    numbers = PersonNumbers([frozenset({"jane", "doe"})])
    written = ("Doe, Jane", "Jane", "J. Doe", "jdoe", "DOE")
    assert {numbers.number(name) for name in written} == {1}
    assert numbers.number("John Smith") == 2
    assert numbers.number("Jane Smith") == 3
    assert numbers.number("John") == 2


def test_a_sentence_end_parts_two_persons_and_a_month_beside_a_number_is_none() -> None:
    known = KnownNames(
        [
            HeaderPerson("Jane Doebury", "j", "home.example"),
            HeaderPerson("Robert Doebury", "r", "home.example"),
            HeaderPerson("May Smithe", "m", "home.example"),
        ]
    )
    text = "Jane Doebury met Robert Doebury. Jane left on 4 May. May 2026 is fine, May said."
    found = [text[span.start : span.end] for span in known.find(text)]
    assert found == ["Jane Doebury", "Robert Doebury", "Jane", "May"]


def test_a_word_before_an_address_that_begins_with_it_goes() -> None:
    text = "From: éva1984 <éva1984@home.example>, Info <info@shop.example>"
    found = [text[span.start : span.end] for span in positional_spans(text)]
    assert found == ["éva1984"]
