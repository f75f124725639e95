"""Identifiers with a form of their own, each with one that nearly is one; every rule has a test."""

from __future__ import annotations

from pathlib import Path

import pytest

from rufgate.recognize.recognizers.contact import CONTACT_RULES
from rufgate.recognize.recognizers.dates import birth_date_rules
from rufgate.recognize.recognizers.identifiers import IDENTIFIER_RULES
from rufgate.recognize.recognizers.places import PLACE_RULES
from rufgate.recognize.recognizers.references import REFERENCE_RULES
from rufgate.recognize.recognizers.uk import UK_RULES

RULES = (*IDENTIFIER_RULES, *UK_RULES, *CONTACT_RULES)


def found(text: str) -> list[tuple[str, str]]:
    return [(rule.name, text[start:end]) for rule in RULES for start, end in rule.find(text)]


@pytest.mark.parametrize(
    ("rule", "value", "before"),
    [
        ("card", "4111 1111 1111 1111", ""),
        ("card_context", "4111 1111 1111 1112", "my card "),
        ("card_dates", "123", "CVV: "),
        ("iban", "GB82 WEST 1234 5698 7654 32", ""),
        ("iban", "gb82west12345698765432", ""),
        ("iban_context", "GB82WEST12345698765433", "IBAN: "),
        ("iban_bare", "GB82 WEST 1234 5698 7654 33", ""),
        ("bic", "DEUTDEFF500", "BIC: "),
        ("us_ssn", "078-05-1120", ""),
        ("eu_vat", "DE123456789", ""),
        ("es_dni", "12345678Z", ""),
        ("it_fiscal", "RSSMRA85T10A562S", ""),
        ("fr_insee", "1 84 12 76 451 089 46", ""),
        ("pl_pesel", "44051401359", ""),
        ("nordic", "811228-9874", ""),
        ("be_register", "85.07.30-033 28", ""),
        ("ch_ahv", "756.9217.0769.85", ""),
        ("ie_pps", "1234567TW", ""),
        ("in_pan", "ABCPE1234F", ""),
        ("in_aadhaar", "2345 6789 0123", ""),
        ("named_id", "12 345 678 901", "Steuer-ID "),
        ("wallet", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", ""),
        ("nhs", "943 476 5919", ""),
        ("nhs_context", "943 476 5918", "NHS number "),
        ("chi", "0101701233", ""),
        ("nino", "AB 12 34 56 C", ""),
        ("nino_context", "QQ 12 34 56 C", "national insurance "),
        ("utr", "12345 67890", "UTR "),
        ("sort_code_context", "12 05 24", "sort code "),
        ("sort_code_account", "12-05-24 12345678", ""),
        ("sort_code", "20-40-60", ""),
        ("account", "12345678", "account number "),
        ("passport", "123 456 789", "passport "),
        ("driving_licence", "MORGA657054SM9IJ", ""),
        ("postcode", "SW1A 1AA", ""),
        ("postcode_lower", "sw1a 1aa", ""),
        ("known_key", "ghp_0123456789abcdef", ""),
        ("hex_key", "0123456789abcdef0123456789abcdef", ""),
        ("mixed_key", "aB3dE5gH7jK9mN1pQ3sT", ""),
        ("jwt", "eyJhbGciOiJI.eyJzdWIi.abcd", ""),
        (
            "private_key",
            f"-----BEGIN RSA PRIVATE KEY-----\n{'A' * 20}-----END RSA PRIVATE KEY-----",
            "",
        ),
    ],
)
def test_identifiers_are_found(rule: str, value: str, before: str) -> None:
    assert (rule, value) in found(f"{before}{value} .")


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("card", "4111 1111 1111 1112"),
        ("iban", "GB82 WEST 1234 5698 7654 33"),
        ("iban", "crew of 339 to 49 told 2026-05-18 17:20"),
        ("iban", "nc 784066 d\nyour award has gone down"),
        ("es_dni", "12345678A"),
        ("pl_pesel", "44051401358"),
        ("nhs", "943 476 5918"),
        ("chi", "9434765919"),
        ("sort_code", "12-05-24"),
        ("postcode_lower", "g4 1st"),
        ("mixed_key", "anOrdinaryWordInCamelCase"),
        ("us_ssn", "078-05-11200"),
    ],
)
def test_what_nearly_is_one_stays(rule: str, text: str) -> None:
    assert rule not in {name for name, _ in found(text)}


def test_every_rule_has_an_example() -> None:
    """A rule that is dropped turns a test red, since every example names its rule."""
    examples = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))
    rules = (*RULES, *birth_date_rules(2022), *PLACE_RULES, *REFERENCE_RULES)
    assert [rule.name for rule in rules if f'"{rule.name}"' not in examples] == []
