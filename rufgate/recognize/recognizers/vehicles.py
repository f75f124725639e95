"""Number plates: the United Kingdom of all eras first, then the common forms of other countries.

In:  text.
Out: rules. Forms that could be anything else count only beside a word for a vehicle.
SECURITY: every repeat is bounded.
FAILS: never.
"""

from __future__ import annotations

import re

from rufgate.recognize.recognizers.rules import Rule
from rufgate.sanitize.spans import Entity

_I = re.IGNORECASE
_WORD = (
    r"(?:reg(?:istration|istered|istr\.|\.)?(?:\s(?:no|number|mark|plate))?|(?:number|licen[cs]e)"
    r" ?plates?|plates?|car|van|vehicle|lorry|truck|taxi|cab|minibus|motor(?:bike|cycle)|scooter"
    r"|moped|permit|rego|keeper|pcn|anpr|pick-?up|jeep|suv|estate car|hatchback"
    r"|caravan|trailer|vrn|vrm|v5c?|logbook|mot|dvla|parked|parking|towed|drives|driving|driver"
    r"|kennzeichen|kfz|auto|wagen|pkw|fahrzeug|immatriculation|immatricul[ée]e?|plaque|voiture"
    r"|v[ée]hicule|matr[íi]cula|placa|coche|carro|ve[íi]culo|targa(?:ta)?|macchina|veicolo|kenteken"
    r"|voertuig|rejestracyjny|nr rej|tablica|samoch[óo]d|regnr|ford|vauxhall|toyota|honda|bmw|audi"
    r"|mercedes|volkswagen|vw|skoda|nissan|kia|hyundai|peugeot|renault|citro[ëe]n|fiat|seat|volvo"
    r"|mini|tesla|dacia|mazda|suzuki|land rover|range rover|jaguar|golf|polo|fiesta|focus|corsa"
    r"|astra"
    r"|yaris|transit|clio|qashqai|passat|fabia|octavia)"
)
_SHAPES = (
    r"[A-Z]{2}[ -]\d{2}[ -][A-Z]{2,3}|[A-Z] \d{1,3} [A-Z]{3}|\d[A-Z]{2,3}[ -]?\d[A-Z]{2}|"
    r"[A-Z]{2}\d{2}[ -]?[A-Z]{3}|[A-Z]\d{1,3}[ -]?[A-Z]{3}|[A-Z]{3}[ -]?\d{1,4}[ -]?[A-Z]{0,2}"
    r"|\d{1,4}[ -]?[A-Z]{1,3}(?:[ -]?\d{2,4})?|[A-Z]{1,3}[ -:·]{1,2}[A-Z]{1,2}[ -]?\d{1,4}[EH]?"
    r"|[A-Z]{2}[ -]?\d{3}[ -]?[A-Z]{2}|[A-Z]{1,3}[ -]?\d{1,6}[A-Z]{0,3}"
    r"|\d{2,3}[ -][A-Z]{1,2}[ -]\d{1,6}"
    r"|\d[ -]?[A-Z]{3}[ -]?\d{3}|[A-Z]{2}[ -]?\d{1,2}[ -]?[A-Z]{1,3}[ -]?\d{4}"
    r"|[A-Z0-9]{2}-[A-Z0-9]{2,3}-[A-Z0-9]{1,2}|[A-Z]{2,3}[ -]?\d[A-Z0-9]{3,4}|\d[A-Z]{3}\d{3}"
)
_AGE = r"(?:0[1-9]|[12]\d|5[1-9]|[67]\d)"
_NO_LETTERS = frozenset(  # groups of letters that are words, months, units or currencies
    """
    the and for per you are has was not all any can but our out off its his her who how now new old
    one two six ten get got had let may use via yes jan feb mar apr may jun jul aug sep oct nov dec
    is in on at of to by my no or if it be we he an as do so up us go am pm mon tue wed thu fri sat
    sun gbp usd eur chf aud cad inr sek nok dkk pln kg km cm mm mg ml gb mb tb kw hp mph cc st nd rd
    th min hrs hr max days day pts mot vat ltd tax fee
    """.split()  # noqa: SIM905 - a list of words reads better as text
)
_CUE_LOWER = (
    r"(?:(?:car|van|vehicle|licen[cs]e|number|trade|bike)\s)?(?:reg(?:istration|o)?|plates?|vrn|vrm"
    r"|kennzeichen|kenteken|targa|matr[íi]cula|immatricul(?:ation|ée?)|regnr|nr rej|rejestracyjny)"
)
_LINK_LOWER = (
    r"(?:\s(?:no|nr|number|mark|plate|is|was|of|it's|says|del?|do|du|da|des?|della|mi|la|my|il|"
    r"carro|coche|auto|macchina|voiture|è|é|es|est|ist|lautet)){0,5}\.?\s?[:=(]?\s{0,3}[\"'“(]?"
)
_IRISH = r"(?:C[ENW]?|DL?|G|K[EKY]?|L[DHKMS]?|M[HNO]|OY|RN|SO|TN?|TS|W[DHXW]?)"


def _may_be_plate(value: str) -> bool:
    """Whether no group of its letters is an everyday word, a month, a unit or a currency."""
    low = value.lower()
    whole = re.fullmatch(r"\d+[ -]?([a-z]+)|([a-z]{3})[ -]?\d+", low)
    alone = re.findall(r"(?<!\S)[a-z]+(?!\S)", low)
    return _NO_LETTERS.isdisjoint([*alone, *(whole.groups() if whole else ())])


def _is_long_enough(value: str) -> bool:
    """Whether it is more than a road, a room or a count."""
    return _may_be_plate(value) and not re.fullmatch(
        r"(?:A|M|B|J)\d{1,4}|[A-Z]{1,3}[ -]?\d{1,2}|\d{1,4}[A-Z]?", value
    )


VEHICLE_RULES = (
    Rule("plate", Entity.VEHICLE, re.compile(r"\b[A-HJ-PR-Y]{2}\d{2}[ -]?[A-HJ-PR-Z]{3}\b")),
    Rule(
        "plate_lower",
        Entity.VEHICLE,
        re.compile(
            rf"(?<![\w-])[a-hj-pr-y]{{2}}{_AGE} ?(?!(?:the|and|for|per|you|are|has|was|not|all"
            rf"|any|can"
            r"|but|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\b)[a-hj-pr-z]{3}(?![\w-])"
        ),
    ),
    Rule(
        "plate_context",
        Entity.VEHICLE,
        re.compile(
            rf"(?<![^\W_])(?i:{_WORD})(?![^\W_])[^\n\d\[\].!?]{{0,30}}?(?<![^\W_]"
            rf")(?P<v>{_SHAPES})(?![\w-])"
        ),
        _is_long_enough,
    ),
    Rule(
        "plate_context_lower",
        Entity.VEHICLE,
        re.compile(
            rf"(?<![^\W_]){_CUE_LOWER}(?![^\W_]){_LINK_LOWER}(?<![^\W_])"
            r"(?P<v>[a-z]{1,3}[ -]?\d{1,4}(?:[ -]?[a-z]{1,3})?"
            r"|[a-z]{1,3}[ -][a-z]{1,2}[ -]?\d{2,4}|\d{1,4}[ -]?[a-z]{2,3}"
            r"|\d{2}[ -][a-z]{2}[ -]\d{2})(?![\w-])",
            _I,
        ),
        _may_be_plate,
    ),
    Rule(
        "plate_parted",
        Entity.VEHICLE,
        re.compile(rf"(?<![\w-])[A-HJ-PR-Y]{{2}} {_AGE} [A-HJ-PR-Z]{{3}}(?![\w-])"),
        _may_be_plate,
    ),
    Rule(
        "plate_spelled",
        Entity.VEHICLE,
        re.compile(
            rf"(?<![^\W_]){_CUE_LOWER}(?![^\W_]){_LINK_LOWER}(?<![^\W_])"
            r"(?P<v>(?=[a-z \d]{0,12}\d)(?=[\d ]{0,12}[a-z])(?:[a-z\d][ -]){4,7}[a-z\d])(?![\w-])",
            _I,
        ),
    ),
    Rule(
        "plate_trade",
        Entity.VEHICLE,
        re.compile(
            r"\btrade plates?(?:\s(?:no|number|nos|numbers|is|are|was)\b\.?){0,2}\s?:?\s{1,2}"
            r"(?P<v>\d{3,5}(?: ?[A-Z]{1,3})?)(?![\w-]|[.,]\d)",
            _I,
        ),
    ),
    Rule(
        "plate_old_lower",
        Entity.VEHICLE,
        re.compile(
            rf"(?<![^\W_])(?i:{_WORD})(?:\s?[:=(]\s?|\s(?:is|was|plate|no|reg)\s)[(\"“]?"
            r"(?P<v>[a-z]\d{1,3} ?[a-z]{3}|[a-z]{3} ?\d{1,3}[a-z]|[a-z]{2}\d{2} ?[a-z]{3})(?![\w-])"
        ),
    ),
    Rule(
        "plate_private",
        Entity.VEHICLE,
        re.compile(
            r"\b(?i:(?:number|licen[cs]e|private|personali[sz]ed|cherished) ?plates?"
            r"|reg(?:istration)?)"
            r"\b(?i:\s(?:is|was|says|reads|of|number|mark|reading)){0,2}\s?:?\s[\"'“]?"
            r"(?P<v>(?=[A-Z0-9 ]{0,7}[A-Z])[A-Z0-9]{1,4}(?: [A-Z0-9]{1,4})?)(?![\w-])"
        ),
    ),
    Rule(
        "plate_prefix",
        Entity.VEHICLE,
        re.compile(
            r"\b(?:[A-HJ-NP-TV-Y]\d{2,3} [A-HJ-PR-Y][A-HJ-PR-Z]{2}"
            r"|[A-HJ-PR-Z]{3} \d{2,3}[A-HJ-NPR-TV-Y]|[A-HJ-NPR-TV-Y]\d{3}[A-HJ-PR-Y][A-HJ-PR-Z]{2}"
            r"|[A-HJ-PR-Z]{3}\d{3}[A-HJ-NPR-TV-Y])\b"
        ),
    ),
    Rule(
        "plate_northern_irish",
        Entity.VEHICLE,
        re.compile(r"\b[A-Z](?:[A-HJ-NP-VX-Y]Z|I[ABGJLW]|[JOUX]I)[ -]?\d{1,4}\b"),
    ),
    Rule(
        "plate_irish",
        Entity.VEHICLE,
        re.compile(rf"(?<![\w-])(?:0\d|[89]\d|[12]\d[12]?)([ -]){_IRISH}\1\d{{1,6}}(?![\w-])"),
    ),
    Rule(
        "plate_german",
        Entity.VEHICLE,
        re.compile(
            r"(?<![\w-])[A-ZÄÖÜ]{1,3}-(?:[A-Z]{1,2} \d{1,4}[EH]?|[A-Z]{1,2}-\d{2,4}[EH]?)(?![\w-])"
        ),
    ),
    Rule(
        "plate_french_italian",
        Entity.VEHICLE,
        re.compile(r"(?<![\w-])[A-HJ-NP-TV-Z]{2}([ -]?)\d{3}\1[A-HJ-NP-TV-Z]{2}(?![\w-])"),
    ),
    Rule(
        "plate_dutch",
        Entity.VEHICLE,
        re.compile(
            r"(?<![\w-])(?:[A-Z]{2}-\d{2}-\d{2}|\d{2}-\d{2}-[A-Z]{2}|\d{2}-[A-Z]{2}-\d{2}"
            r"|[A-Z]{2}-\d{2}-[A-Z]{2}|[A-Z]{2}-[A-Z]{2}-\d{2}|\d{2}-[A-Z]{2}-[A-Z]{2}"
            r"|\d{2}-[B-DF-HJ-NP-TV-Z]{3}-\d|\d-[B-DF-HJ-NP-TV-Z]{3}-\d{2}|[A-Z]{2}-\d{3}-[A-Z]"
            r"|[A-Z]-\d{3}-[A-Z]{2}|[A-Z]{3}-\d{2}-[A-Z]|[A-Z]-\d{2}-[A-Z]{3}|\d-[A-Z]{2}-\d{3}"
            r"|\d{3}-[A-Z]{2}-\d|[12]-[A-Z]{3}-\d{3})(?![\w-])"
        ),
    ),
    Rule(
        "plate_indian",
        Entity.VEHICLE,
        re.compile(
            r"(?<![\w-])(?:A[NPRS]|B[HR]|C[GH]|D[DLN]|G[AJ]|H[PR]|J[HK]|K[AL]|L[AD]|M[HLNPZ]|NL"
            r"|O[DR]"
            r"|P[BY]|RJ|SK|T[GNRS]|U[AKP]|WB)[ -]?\d{1,2}[ -]?[A-Z]{1,3}[ -]?\d{4}(?![\w-])"
        ),
    ),
)
