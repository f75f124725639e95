"""Numbers under which an organisation keeps a person: case, rent, student, staff, member, policy.

Order, invoice, parcel and ticket numbers stay: they name a thing, and analysts follow them.
"""

from __future__ import annotations

import re

from rufgate.recognize.recognizers.rules import Rule
from rufgate.sanitize.spans import Entity

_I = re.IGNORECASE
_CODE = (
    r"(?P<v>(?=[A-Za-z0-9/._-]{0,24}\d{2})[A-Za-z0-9]{1,14}(?:[/._-][A-Za-z0-9]{1,14}){0,5}"
    r"(?:\s\d{2,8}){0,3})(?![\w/])"
)
_KEEPER = (
    r"(?:tenan(?:cy|t)|rent|council[ -]tax|case|student|pupil|employee|staff|payroll|personnel"
    r"|works"
    r"|patient|hospital|medical|customer|client|member(?:ship)?|policy|claim|claimant|applicant"
    r"|application|enrol?ment|matriculation|candidate|crime|court|docket|visa|permit|licen[cs]e"
    r"|benefits?|housing|loan|mortgage|pension|insurance|account|subscriber|library|loyalty|donor"
    r"|driver|badge|appeal|penalty|fine|voter|electoral|UCAS|URN|MRN|universal credit"
    r"|kunden|mitglieds?|versicherungs|akten|matrikel|personal)"
)
_WORD = r"(?:number|num|no|nr|nummer|ref(?:erence)?|id(?:entifier)?|code|card|account|zeichen)"

REFERENCE_RULES = (
    Rule(
        "keeper",
        Entity.REFERENCE,
        re.compile(
            rf"\b{_KEEPER}s?[ -]?{_WORD}\b(?:[ .]{{0,2}}\b{_WORD}\b)?[^\w\[\]]{{0,4}}(?:\b(?:is"
            rf"|was)\b[^\w\[\]]{{0,3}})?{_CODE}",
            _I,
        ),
    ),
    Rule("keeper_sign", Entity.REFERENCE, re.compile(rf"\b{_KEEPER}\s?[:#]\s{{0,2}}#?{_CODE}", _I)),
    Rule(
        "reference",
        Entity.REFERENCE,
        re.compile(
            r"\b(?:(?:our|your|my|quote|quoting)\s)?(?:ref(?:erence)?|aktenzeichen|dossier"
            r"|expediente)\b"
            rf"\.?(?:\s(?:number|num|no|nr|code))?\.?[^\w\[\]]{{0,4}}(?:\b(?:is|was)\b[^\w\[\]]{{0,3}})?{_CODE}",
            _I,
        ),
    ),
    Rule(
        "uuid",
        Entity.REFERENCE,
        re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b", _I),
    ),
    Rule(
        "slashed",
        Entity.REFERENCE,
        re.compile(r"\b[A-Z]{2,5}/(?:[A-Z0-9]{1,8}/){0,2}\d{4,10}(?:/[A-Z0-9]{1,6})?\b"),
    ),
)
