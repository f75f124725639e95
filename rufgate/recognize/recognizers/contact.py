"""Ways to reach or sign in as a person: phones, user names, devices, secrets."""

from __future__ import annotations

import re

from rufgate.recognize.recognizers.accounts import ACCOUNT_RULES
from rufgate.recognize.recognizers.checks import digits
from rufgate.recognize.recognizers.credentials import CREDENTIAL_RULES
from rufgate.recognize.recognizers.devices import DEVICE_RULES
from rufgate.recognize.recognizers.rules import Rule
from rufgate.sanitize.spans import Entity

_I = re.IGNORECASE
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})\b|\d{4}-\d{2}-\d{2}")
_GAP = r"[ .()/\u00a0\n-]{0,3}"
_CALL = (
    r"(?:tel(?:ephone|efon|efono|éfono|efoon)?|phone|ph|mobile|mob|cell(?:phone)?|call|ring|text"
    r"|sms|fax|whatsapp"
    r"|signal|landline|handy|portable|m[óo]vil|cellulare|dial|reach (?:me|us|him|her)|on|at|t|m|f"
    r"|p|w|h)"
)
_SPOKEN = r"(?:zero|oh|o|nought|one|two|three|four|five|six|seven|eight|nine|double|triple)"


def _is_phone(value: str) -> bool:
    return 9 <= len(digits(value)) <= 15 and not _DATE.search(value)


def _is_short_phone(value: str) -> bool:
    return 6 <= len(digits(value)) <= 15 and not _DATE.search(value)


def _mixed(value: str) -> bool:
    """Whether a run is a key and no word: two of digits, lower and upper case, and no path."""
    kinds = (r"\d", r"[a-z]", r"[A-Z]")
    return sum(bool(re.search(kind, value)) for kind in kinds) == 3 and len(digits(value)) >= 3


CONTACT_RULES = (
    Rule(
        "phone_international",
        Entity.PHONE,
        re.compile(rf"(?<![\w+])(?:\+|00|\(\+){_GAP}[1-9](?:{_GAP}\d){{7,14}}(?!\d)"),
        _is_phone,
    ),
    Rule(
        "phone_national",
        Entity.PHONE,
        re.compile(
            rf"(?<![\w.+,:£$€/-])\(?0\d{{1,5}}\)?(?:{_GAP}\d){{5,9}}(?!\d)(?:\s?(?:ext"
            rf"|x)\.?\s?\d{{1,5}})?"
        ),
        _is_phone,
    ),
    Rule(
        "phone_american",
        Entity.PHONE,
        re.compile(
            r"(?<![\w.+-])(?:1[ .-])?\(?[2-9]\d{2}\)?[ .-]{1,2}\d{3}[ .-]\d{4}(?![\w-])"
            r"(?:\s?(?:ext|x)\.?\s?\d{1,5})?"
        ),
    ),
    Rule(
        "phone_context",
        Entity.PHONE,
        re.compile(
            rf"\b{_CALL}\b(?:\s(?:number|no|nr|is|me|us|on"
            rf"|at)\b){{0,3}}\.?[ :=-]{{0,3}}"
            rf"(?P<v>[+(]{{0,2}}\d(?:[ .()/-]{{0,2}}\d){{6,14}})(?!\d)",
            _I,
        ),
        _is_short_phone,
    ),
    Rule(
        "phone_label",
        Entity.PHONE,
        re.compile(
            r"\b(?:tel|phone|mobile|mob|fax|landline|extension|ext)\b\.?(?:\s(?:number"
            r"|no)\b)?\.?\s?[:#]?\s?(?P<v>\d(?:[ -]?\d){2,11})(?!\d)",
            _I,
        ),
    ),
    Rule(
        "phone_spoken",
        Entity.PHONE,
        re.compile(rf"\b{_SPOKEN}(?:[ ,-]{{1,2}}{_SPOKEN}){{6,20}}\b", _I),
    ),
    Rule(
        "known_key",
        Entity.SECRET,
        re.compile(
            r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\b(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-"
            r"|sk[-_](?:live_|test_|proj-)?|pk_live_|AIza|ya29\.|hf_|npm_|dop_v1_"
            r"|SG\.)[\w.-]{10,200}"
        ),
    ),
    Rule("hex_key", Entity.SECRET, re.compile(r"(?<![\w-])[0-9a-f]{32,128}(?![\w-])", _I)),
    Rule(
        "mixed_key",
        Entity.SECRET,
        re.compile(r"(?<![\w/.+@-])[A-Za-z0-9+/_]{20,200}={0,2}(?![\w@/-])"),
        _mixed,
    ),
    Rule(
        "private_key",
        Entity.SECRET,
        re.compile(
            r"-----BEGIN [A-Z ]{3,30}-----[A-Za-z0-9+/=\s]{20,8000}(?:-----END [A-Z ]{3,30}-----)?"
        ),
    ),
    *ACCOUNT_RULES,
    *DEVICE_RULES,
    *CREDENTIAL_RULES,
)
