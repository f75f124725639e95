"""Phones are found in figures, in words and in both; other numbers are left."""

from __future__ import annotations

import pytest

from rufgate.recognize.recognizers.phones import PHONE_RULES


def found(text: str) -> list[tuple[str, str]]:
    return [(rule.name, text[start:end]) for rule in PHONE_RULES for start, end in rule.find(text)]


@pytest.mark.parametrize(
    ("text", "rule", "value"),
    [
        ("on +44 (0)7700 900 123 x45", "phone_international", "+44 (0)7700 900 123 x45"),
        ("ring +1 202-555-0189 (24/7)", "phone_international", "+1 202-555-0189"),
        ("a,07700900123,b", "phone_national", "07700900123"),
        ("0118-496 0433", "phone_national", "0118-496 0433"),
        ("(212) 555-0142 ext. 12", "phone_american", "(212) 555-0142 ext. 12"),
        ("1-800-FLOWERS", "phone_vanity", "1-800-FLOWERS"),
        ("voicemail from 44 7700 900 949", "phone_without_plus", "44 7700 900 949"),
        ("ring 202 555 0189 (24/7)", "phone_context", "202 555 0189"),
        ("call 555 0142 9", "phone_context", "555 0142 9"),
        ("not answering at 71-33-52-22", "phone_context", "71-33-52-22"),
        ("416 60 039 office", "phone_label_after", "416 60 039"),
        ("extension 4123", "phone_label", "4123"),
        ("tel:+44-7700-900123", "phone_link", "+44-7700-900123"),
        ("O77OO 9OO 123", "phone_letters", "O77OO 9OO 123"),
        (
            "it's 0 double-7 double-0 nine hundred 505.",
            "phone_spoken",
            "0 double-7 double-0 nine hundred 505",
        ),
        (
            "o seven seven hundred nine hundred one six two",
            "phone_spoken",
            "o seven seven hundred nine hundred one six two",
        ),
        ("0 double-7 double-0 912 3", "phone_spoken", "0 double-7 double-0 912 3"),
        ("two five five, five oh one two", "phone_spoken", "two five five, five oh one two"),
        (
            "zéro six, douze, trente-quatre, vingt, dix",
            "phone_spoken",
            "zéro six, douze, trente-quatre, vingt, dix",
        ),
    ],
)
def test_phones_are_found(text: str, rule: str, value: str) -> None:
    assert (rule, value) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "one, two, three, four, five",
        "10 20 30 40 50 60",
        "twenty-five of one hundred and forty-five",
        "12.03.2026 10:30",
        "0.25 of 1,000,000",
        "Is it two or three o'clock, or four?",
        "at 12-03-26, on 2026-03-12, at 12.03.2026",
        "44 items, 12 boxes",
        "800 PEOPLE",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert found(text) == []
