"""The tables of rules: check digits count, and no pattern can be made to crawl."""

from __future__ import annotations

import time

import pytest

from rufgate.recognize.recognizers import checks
from rufgate.recognize.recognizers.contact import CONTACT_RULES
from rufgate.recognize.recognizers.dates import birth_date_rules
from rufgate.recognize.recognizers.identifiers import IDENTIFIER_RULES
from rufgate.recognize.recognizers.places import PLACE_RULES
from rufgate.recognize.recognizers.references import REFERENCE_RULES
from rufgate.recognize.recognizers.rules import Rule
from rufgate.recognize.recognizers.uk import UK_RULES

ALL_RULES = (
    *UK_RULES,
    *IDENTIFIER_RULES,
    *REFERENCE_RULES,
    *PLACE_RULES,
    *birth_date_rules(2022),
    *CONTACT_RULES,
)
HOSTILE = [
    "a",
    "1",
    "1 ",
    "A ",
    "a-",
    "A-",
    "Aa ",
    "12/",
    "tel ",
    "ref ",
    "zero ",
    "code is ",
    "A1",
    "\n",
]


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.name)
def test_every_rule_takes_linear_time(rule: Rule) -> None:
    for unit in HOSTILE:
        text = unit * (10_000 // len(unit))
        start = time.process_time()
        for _ in rule.find(text):
            pass
        assert time.process_time() - start < 1, unit


@pytest.mark.parametrize(
    ("check", "right", "wrong"),
    [
        (checks.is_card, "4111 1111 1111 1111", "4111 1111 1111 1112"),
        (checks.is_card, "378282246310005", "0000 0000 0000 0000"),
        (checks.is_iban, "GB82 WEST 1234 5698 7654 32", "GB82 WEST 1234 5698 7654 33"),
        (checks.mod11, "943 476 5919", "943 476 5918"),
        (checks.mod11, "9434765919", "1111111111"),
        (checks.is_chi, "0101701233", "9434765919"),
        (checks.is_pesel, "44051401359", "44051401358"),
        (checks.is_dni, "12345678Z", "12345678A"),
        (checks.is_dni, "X1234567L", "X1234567M"),
        (checks.not_a_date, "20-40-60", "12-05-24"),
    ],
)
def test_check_digits(check: object, right: str, wrong: str) -> None:
    assert check(right)  # type: ignore[operator]
    assert not check(wrong)  # type: ignore[operator]


def test_rule_names_are_unique() -> None:
    names = [rule.name for rule in ALL_RULES]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.name)
def test_no_rule_reads_a_label_of_ours(rule: Rule) -> None:
    text = "[NATIONAL ID] [PERSON 1] [PHONE].\nThe [CARD] of [ADDRESS], [LOCATION] [POSTCODE]"
    assert list(rule.find(text)) == []
