"""The search sees a mark in every form, across every cut, and nothing where there is none."""

from __future__ import annotations

import base64
import random

import pytest

from rufgate.receive.canary_marks import Kind, Mark, make_values
from rufgate.receive.canary_search import Search
from tests.e2e.marks import spellings

NAME = Mark(what="a name", value="Quillovexmarby", root="Quillovexmar")
OTHER = Mark(what="another name", value="Quillovexmarton", root="Quillovexmar")
PHONE = Mark(what="a phone number", value="0113 496 0123", kind=Kind.DIGITS, root="0113 496 0123")
CARD = Mark(what="a card", value="4000 0012 3456 7899", kind=Kind.DIGITS)
POSTCODE = Mark(what="a postcode", value="LS1 4AP", kind=Kind.CODE, root="LS1 4AP")
SEARCH = Search([NAME, OTHER, PHONE, CARD, POSTCODE])


def whats(content: bytes) -> set[str]:
    return {find.mark.what for find in SEARCH.find(content)}


@pytest.mark.parametrize(("form", "spelled"), list(spellings(NAME.value)))
def test_a_name_is_found_in_every_spelling_and_its_neighbour_is_not(form: str, spelled: bytes):
    assert whats(b"bytes before\r\n" + spelled + b"\r\nand after") == {NAME.what}, form


@pytest.mark.parametrize(
    "written",
    [
        "0113 496 0123", "01134960123", "+44 113 496 0123", "0113-496-0123", "(0113) 496.0123",
        "0113=20496=200123", "0113%20496%200123", "&#48;113 496 0123",
        base64.b64encode(b"call 0113 496 0123 now").decode(),
        base64.b64encode(b"x 01134960123 now").decode(),
    ],
)  # fmt: skip
def test_a_number_is_found_with_any_separators(written: str):
    assert whats(f"call {written} now".encode()) == {PHONE.what}


@pytest.mark.parametrize("written", ["LS1 4AP", "ls14ap", "LS1+4AP", "ls1-4ap", "(LS1 4AP)"])
def test_a_postcode_is_found_as_a_word(written: str):
    assert whats(f"at {written}, Leeds".encode()) == {POSTCODE.what}


@pytest.mark.parametrize("written", ["XLS14APX", "9LS1 4AP", "LS1 4APE"])
def test_a_postcode_within_a_word_is_none(written: str):
    assert whats(f"token {written} end".encode()) == set()


@pytest.mark.parametrize(
    "written",
    [
        "Quillovexm\u00e1rby", "Quillo\u00advexmarby", "Quillo\u200bvexmarby",
        "\uff31\uff55\uff49\uff4c\uff4c\uff4fvexmarby", "QUILLO VEXMARBY".replace(" ", "\r\n"),
    ],
)  # fmt: skip
def test_accents_wide_and_invisible_letters_do_not_hide_a_name(written: str):
    assert whats(f"Dear {written},".encode()) == {NAME.what}


def test_a_name_that_is_cut_off_is_told_as_a_part():
    assert whats(b"dear quillovexmar.") == {"part of a name"}


def test_a_find_says_in_which_form():
    (find,) = SEARCH.find(base64.b64encode(b"for Quillovexmarby"))
    assert find.form == "base64"


@pytest.mark.parametrize("offset", range(-24, 24, 3))
def test_no_cut_between_pieces_hides_a_name(offset: int):
    start = 1_048_576 + offset
    content = b"." * start + b"Quillovexmarby" + b"." * 100
    assert whats(content) == {NAME.what}


def test_nothing_is_found_where_nothing_is():
    chance = random.Random(5)
    junk = chance.randbytes(300_000)
    prose = b"Dear customer, your order 4711 of 2026-11-03 is on its way.\r\n" * 3000
    for seed in range(5):
        search = Search(make_values(random.Random(seed)).marks)
        assert search.find(junk) == ()
        assert search.find(base64.b64encode(junk)) == ()
        assert search.find(prose) == ()
    assert SEARCH.find(b"") == ()
