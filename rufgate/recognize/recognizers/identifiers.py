"""Cards, bank accounts and national identifiers outside the United Kingdom."""

from __future__ import annotations

import re

from rufgate.recognize.recognizers.checks import digits, is_card, is_dni, is_iban, is_pesel
from rufgate.recognize.recognizers.rules import Rule
from rufgate.sanitize.spans import Entity

_I = re.IGNORECASE
_NUMBER = (
    r"(?:[^\w\[\]]{0,3}\b(?:number|num|no|nr|nummer|n°|code|card|id|is|was)\b){0,3}[^\w\[\]]{0,4}"
)
_CODE = (
    r"(?P<v>(?=[A-Z]{0,4}[ ./-]?\d)(?=[A-Z0-9 ./-]{0,20}\d{3})"
    r"[A-Z0-9](?:[ ./-]?[A-Z0-9]){5,17})(?![A-Za-z0-9])"
)
_NAMES = (
    r"aadhaar|aadhar|social security|social insurance|SSN|SIN|TFN|tax file|medicare|PAN card"
    r"|PPSN?|BSN"
    r"|burgerservicenummer|PESEL|NIP|DNI|NIE|NIF|CURP|CPF|codice fiscale|steuer-?(?:id|nummer)"
    r"|steuerliche identifikationsnummer|personalausweis|ausweis|identity card|id card|national id"
    r"|sozialversicherungsnummer|rijksregisternummer|num[ée]ro de s[ée]curit[ée] sociale"
    r"|personnummer"
)

IDENTIFIER_RULES = (
    Rule("card", Entity.CARD, re.compile(r"(?<![\d.])\d(?:[ .\n-]{0,2}\d){12,18}(?!\d)"), is_card),
    Rule(
        "card_context",
        Entity.CARD,
        re.compile(
            r"\b(?:card|visa|mastercard|amex"
            r"|maestro)\b[^\d\n]{0,24}(?P<v>\d{4}(?:[ .\n-]{0,2}\d{3,6}){2,4})\b",
            _I,
        ),
    ),
    Rule(
        "card_dates",
        Entity.CARD,
        re.compile(r"\b(?:CVV|CVC|CV2)2?[^\w\[\]]{0,4}(?:is\s)?(?P<v>\d{3,4})\b", _I),
    ),
    Rule(
        "iban",
        Entity.BANK,
        re.compile(
            r"\b(?:[A-Z]{2}[ -]?\d{2}(?:[ \n-]{0,2}[A-Z0-9]){11,30}"
            r"|[a-z]{2}\d{2}(?:[ -]?[a-z0-9]{4}){2,7}(?:[ -]?[a-z0-9]{1,4})?)(?![A-Za-z0-9])"
        ),
        lambda value: len(digits(value)) >= 10 and is_iban(value),  # not a sentence by chance
    ),
    Rule(
        "iban_context",
        Entity.BANK,
        re.compile(
            r"\bIBAN\b[^\w\[\]]{0,6}(?:is\s)?"
            r"(?P<v>[A-Z]{2}\d{2}(?:[ \n-]{0,2}[A-Z0-9]{2,4}){3,8})\b",
            _I,
        ),
    ),
    Rule(
        "iban_bare",
        Entity.BANK,
        re.compile(r"\b[A-Z]{2}\d{2}(?: [A-Z0-9]{4}){3,7}(?: [A-Z0-9]{1,3})?\b"),
    ),
    Rule(
        "bic",
        Entity.BANK,
        re.compile(
            r"\b(?:BIC|SWIFT)(?:/(?:BIC"
            r"|SWIFT))?[^\w\[\]]{0,6}(?:code[^\w\[\]]{0,3})?(?P<v>[A-Z]{6}[A-Z0-9]{2,5})\b"
        ),
    ),
    Rule("us_ssn", Entity.NATIONAL_ID, re.compile(r"(?<![\d-])\d{3}[- ]\d{2}[- ]\d{4}(?![\d-])")),
    Rule(
        "eu_vat",
        Entity.TAX_ID,
        re.compile(
            r"\b(?:ATU\d{8}|BE[01]\d{9}|(?:DE|EE|EL|PT)\d{9}|(?:DK|FI|HU|LU|MT|SI)\d{8}"
            r"|FR[A-Z0-9]{2}\s?\d{9}"
            r"|ES[A-Z0-9]\d{7}[A-Z0-9]|(?:IT|HR|LV)\d{11}|NL\d{9}B\d{2}|(?:PL|SK)\d{10}|SE\d{12}"
            r"|IE\d{7}[A-W]{1,2}"
            r"|GB\s?\d{3}\s?\d{4}\s?\d{2})\b"
        ),
    ),
    Rule(
        "es_dni",
        Entity.NATIONAL_ID,
        re.compile(r"\b(?:\d{8}|[XYZ]\d{7})-?[A-HJ-NP-TV-Z]\b", _I),
        is_dni,
    ),
    Rule(
        "it_fiscal",
        Entity.TAX_ID,
        re.compile(r"\b[A-Z]{6}\d{2}[ABCDEHLMPRST]\d{2}[A-Z]\d{3}[A-Z]\b", _I),
    ),
    Rule(
        "fr_insee",
        Entity.NATIONAL_ID,
        re.compile(
            r"(?<!\d)[12]\s?\d{2}\s?(?:0[1-9]|1[0-2])\s?(?:\d{2}"
            r"|2[AB])\s?\d{3}\s?\d{3}(?:\s?\d{2})?(?!\d)"
        ),
    ),
    Rule("pl_pesel", Entity.NATIONAL_ID, re.compile(r"(?<!\d)\d{11}(?!\d)"), is_pesel),
    Rule(
        "nordic",
        Entity.NATIONAL_ID,
        re.compile(r"(?<![\d-])(?:\d{2})?\d{6}[-+A]\d{3}[0-9A-Z](?![\w-])"),
    ),
    Rule(
        "be_register",
        Entity.NATIONAL_ID,
        re.compile(r"(?<!\d)\d{2}\.\d{2}\.\d{2}[- ]\d{3}[. ]\d{2}(?!\d)"),
    ),
    Rule("ch_ahv", Entity.NATIONAL_ID, re.compile(r"(?<!\d)756\.?\d{4}\.?\d{4}\.?\d{2}(?!\d)")),
    Rule("ie_pps", Entity.NATIONAL_ID, re.compile(r"\b\d{7}[A-W][A-IW]?\b")),
    Rule("in_pan", Entity.TAX_ID, re.compile(r"\b[A-Z]{3}[ABCFGHLJPT][A-Z]\d{4}[A-Z]\b")),
    Rule(
        "in_aadhaar",
        Entity.NATIONAL_ID,
        re.compile(r"(?<![\d-])[2-9]\d{3}([ -])\d{4}\1\d{4}(?![\d-]| \d)"),
    ),
    Rule("named_id", Entity.NATIONAL_ID, re.compile(rf"\b(?:{_NAMES})\b{_NUMBER}{_CODE}", _I)),
    Rule(
        "wallet",
        Entity.CRYPTO,
        re.compile(
            r"\b(?:bc1[02-9ac-hj-np-z]{25,60}|0x[0-9a-fA-F]{40}|[13][1-9A-HJ-NP-Za-km-z]{25,34})\b"
        ),
    ),
)
