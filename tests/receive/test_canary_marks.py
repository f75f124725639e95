"""The values of a canary: fresh, valid where a check digit says so, and nobody's."""

from __future__ import annotations

import random
import re

from rufgate.receive.canary_marks import Kind, Role, Values, make_values
from rufgate.sanitize.words import COMMON_WORDS, ROLE_WORDS

MANY = [make_values(random.Random(seed)) for seed in range(500)]


def digits(text: str) -> list[int]:
    return [int(char) for char in text if char.isdigit()]


def test_every_person_has_names_of_their_own():
    for values in MANY:
        names = [name for p in values.people.values() for name in (p.given, p.surname)]
        assert len(set(names)) == len(names) == 2 * len(Role)
        assert all(name.isalpha() and name.istitle() and len(name) >= 11 for name in names)
        assert not {name.lower() for name in names} & (COMMON_WORDS | ROLE_WORDS)


def test_nobody_is_met_twice():
    roots = [mark.root for values in MANY for mark in values.marks if mark.kind is Kind.WORD]
    assert len(set(roots)) == 2 * len(MANY)
    assert make_values(random.SystemRandom()) != make_values(random.SystemRandom())


def test_card_numbers_pass_luhns_check():
    for values in MANY:
        card = digits(values.card)
        doubled = [n * 2 - 9 * (n > 4) if at % 2 == 0 else n for at, n in enumerate(card)]
        assert len(card) == 16
        assert sum(doubled) % 10 == 0


def test_health_numbers_pass_mod_11_and_lie_in_the_range_for_tests():
    for values in MANY:
        number = digits(values.health)
        total = sum(n * (10 - at) for at, n in enumerate(number[:9]))
        assert len(number) == 10
        assert (11 - total % 11) % 11 == number[9]
        assert values.health.startswith("999 ")


def test_phone_numbers_are_those_set_aside_for_drama_and_postcodes_look_like_some():
    for values in MANY:
        assert re.fullmatch(r"0113 496 0\d{3}", values.phone)
        assert re.fullmatch(r"[A-Z]{2}\d{1,2} \d[A-Z]{2}", values.postcode)


def test_where_the_policy_keeps_domains_nobody_is_hidden_in_one():
    def hidden(values: Values) -> bool:
        return any(Role.HOST.value in mark.what for mark in values.marks)

    assert hidden(make_values(random.Random(1)))
    assert not hidden(make_values(random.Random(1), keeps_domains=True))
