"""Identifiers of the United Kingdom, with their check digits where they have one."""

from __future__ import annotations

import re

from rufgate.recognize.recognizers.checks import is_chi, mod11, not_a_date
from rufgate.recognize.recognizers.rules import Rule
from rufgate.recognize.recognizers.vehicles import VEHICLE_RULES
from rufgate.sanitize.spans import Entity

_I = re.IGNORECASE
_NUMBER = r"(?:[^\w\[\]]{0,3}\b(?:number|num|no|nr|ref(?:erence)?|is|was)\b){0,3}[^\w\[\]]{0,4}"
_POSTCODE = r"[A-Z]{1,2}\d[A-Z\d]?"

UK_RULES = (
    Rule(
        "nhs", Entity.HEALTH_ID, re.compile(r"(?<![\d-])\d{3}[ .-]?\d{3}[ .-]?\d{4}(?!\d)"), mod11
    ),
    Rule(
        "nhs_context",
        Entity.HEALTH_ID,
        re.compile(
            rf"\b(?:NHS|CHI|H&C|hospital"
            rf"|patient){_NUMBER}(?P<v>\d{{3}}[ .-]?\d{{3}}[ .-]?\d{{4}})\b",
            _I,
        ),
    ),
    Rule("chi", Entity.HEALTH_ID, re.compile(r"(?<![\d-])\d{6}[ -]?\d{4}(?!\d)"), is_chi),
    Rule(
        "nino",
        Entity.NATIONAL_ID,
        re.compile(
            r"\b[A-CEGHJ-PR-TW-Z][ .-]?[A-CEGHJ-NPR-TW-Z](?:[\s.-]{0,2}\d{2}){3}[\s.-]{0,2}[A-D]\b",
            _I,
        ),
    ),
    Rule(
        "nino_context",
        Entity.NATIONAL_ID,
        re.compile(
            r"\b(?:national insurance|NINO|NI)\b[^\d\n\[\]]{0,24}?\b"
            r"(?P<v>[A-Z]{2}(?:[\s.-]{0,2}\d{2}){3}[\s.-]{0,2}[A-Z]?)\b",
            _I,
        ),
    ),
    Rule(
        "utr",
        Entity.TAX_ID,
        re.compile(
            rf"\b(?:UTR|(?:unique )?tax(?:payer)?(?:'s)? reference|self[- ]assessment){_NUMBER}"
            r"(?P<v>\d{5}[ -]?\d{5}K?|\d{3}[ -]\d{3}[ -]\d{4})\b",
            _I,
        ),
    ),
    Rule(
        "sort_code_context",
        Entity.BANK,
        re.compile(
            rf"\b(?:sort[ -]?code|s/c|sc){_NUMBER}(?P<v>\d{{2}}[ -]?\d{{2}}[ -]?\d{{2}})\b", _I
        ),
    ),
    Rule(
        "sort_code_account",
        Entity.BANK,
        re.compile(r"(?<![\d-])\d{2}([- ])\d{2}\1\d{2}[\s,/|]{1,3}\d{8}(?!\d)"),
    ),
    Rule("sort_code", Entity.BANK, re.compile(r"(?<![\d-])\d{2}-\d{2}-\d{2}(?![\d-])"), not_a_date),
    Rule(
        "account",
        Entity.BANK,
        re.compile(
            rf"\b(?:account|acct|acc|a/c)(?!\w){_NUMBER}(?P<v>\d[\d -]{{4,14}}\d)\b(?!\s?[%£$€])",
            _I,
        ),
    ),
    Rule(
        "passport",
        Entity.DOCUMENT_ID,
        re.compile(
            r"\b(?:passport|passeport|reisepass|pasaporte)\b[^\d\n]{0,30}?"
            r"(?P<v>(?:[A-Z]{1,2}\s?)?\d{3}\s?\d{3}\s?\d{1,3})\b",
            _I,
        ),
    ),
    Rule(
        "driving_licence",
        Entity.DOCUMENT_ID,
        re.compile(
            r"\b[A-Z9]{5}[ -]?\d[0156]\d[0-3]\d{2}[ -]?[A-Z9]{2}[ -]?"
            r"[A-Z0-9][A-Z]{2}(?:\s?\d{2})?\b",
            _I,
        ),
    ),
    Rule(
        "postcode",
        Entity.POSTCODE,
        re.compile(rf"\b(?:GIR ?0AA|{_POSTCODE}\s{{0,2}}\d[ABD-HJLNP-UW-Z]{{2}})\b"),
    ),
    Rule(
        "postcode_lower",
        Entity.POSTCODE,
        re.compile(rf"\b{_POSTCODE}\s?\d[ABD-HJLNP-UW-Z]{{2}}\b(?!\s?(?:each|only))", _I),
        lambda value: (
            not re.fullmatch(r"[A-Za-z]\d{1,2}\s?\d(?:st|nd|th|rd|mb|gb|kb|am|pm)", value, _I)
        ),
    ),
    *VEHICLE_RULES,
)
