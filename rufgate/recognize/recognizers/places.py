"""Postal addresses: United Kingdom first, then the ways of the covered languages."""

from __future__ import annotations

import re

from rufgate.recognize.recognizers.rules import Rule
from rufgate.sanitize.spans import Entity

_I = re.IGNORECASE
_KIND = (
    "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Cl|Court|Ct|Crescent|Cres|Way|Place|Pl"
    "|Square|Sq|Terrace|Gardens|Gdns|Grove|Hill|Park|Row|Walk|Mews|Rise|View|Green|Boulevard|Blvd"
    "|Parkway|Pkwy|Highway|Hwy|Circle|Cir|Trail|Loop|Wynd|Brae|Gate|Quay|Parade|Vale|Wharf|Yard"
    "|Embankment|Esplanade|Broadway|Alley|Croft|Loan|Path|Passage|Pike|Turnpike|Heights|Meadows?"
    "|Mead"
)
_SURE_KIND = (
    "Street|Road|Avenue|Lane|Drive|Close|Crescent|Terrace|Gardens|Grove|Mews|Boulevard|Wynd|Brae"
)
_NUMBER = r"\d{1,5}(?:[A-Za-z]|/\d{1,3})?(?:\s?[-–]\s?\d{1,5}[A-Za-z]?)?"
_FLAT = r"(?:(?:Flat|Apartment|Apt\.?|Unit|Suite|Ste\.?)\s?#?\w{1,5},?\s{1,2})"
_WORD = r"[A-ZÀ-Þ][\w'’.-]{0,20}"
_TOWN_WORD = r"[A-ZÀ-Þ][\w'’]{0,20}"  # without a hyphen: it parts words, and may not do both
_LINK = (
    r"(?:(?:de|du|des|della|delle|del|dei|da|do|dos|la|le|las|los|van|von|der|den)\s|d'|l'|d’"
    r"|l’){0,3}"
)

PLACE_RULES = (
    Rule(
        "street",
        Entity.STREET,
        re.compile(
            rf"\b{_FLAT}?{_NUMBER},?\s{{1,2}}(?:(?:St|Mount|The|Upper|Lower|North|South|East|West"
            rf"|[NSEW])\.?\s)?"
            rf"(?:{_WORD}\s{{1,2}}){{0,3}}{_WORD}\s{{1,2}}(?:{_KIND})\b(?:\s(?:North|South|East"
            rf"|West|[NSEW]{{1,2}})\b)?"
        ),
    ),
    Rule(
        "street_lower",
        Entity.STREET,
        re.compile(
            rf"\b{_FLAT}?\d{{1,4}}[a-z]?,?\s(?:[a-z'’-]{{3,20}}\s){{1,2}}(?:{_SURE_KIND})\b", _I
        ),
    ),
    Rule("street_bare", Entity.STREET, re.compile(rf"\b(?:{_WORD} ){{1,3}}(?:{_SURE_KIND})\b")),
    Rule(
        "flat",
        Entity.STREET,
        re.compile(
            r"\b(?:Flat|Apartment|Apt\.?)\s#?(?:\d{1,4}[A-Za-z]?"
            r"|[A-Z])\b(?:,?\s(?:[A-Z][\w'’]{1,20}\s){1,3}"
            r"(?:House|Court|Tower|Lodge|Heights|Point|Building))?"
        ),
    ),
    Rule(
        "house_name",
        Entity.STREET,
        re.compile(
            r"\b(?:The\s)?[A-Z][\w'’]{2,20}\s(?:Cottage|Lodge|Farm(?:house)?|Manor|Croft|Barn"
            r"|Villa)\b(?=\s?[,\n])"
        ),
    ),
    Rule(
        "unit",
        Entity.STREET,
        re.compile(
            r"\b(?:Suite|Ste\.|Unit|Apt\.|PSC|P\.?O\.? Box|Box)\s#?\d{1,5}(?:,? Box \d{1,5})?\b"
            r"(?:\s{1,2}[AFD]PO(?: A[AEP])?\b)?"
        ),
    ),
    Rule(
        "town",
        Entity.LOCATION,
        re.compile(
            rf"(?<![\w.'’-])(?P<v>{_TOWN_WORD}(?:[ -]{_TOWN_WORD}){{0,2}}),?\s{{1,2}}"
            r"(?=[A-Z]{1,2}\d[A-Z\d]?\s{0,2}\d[ABD-HJLNP-UW-Z]{2}\b)"
        ),
    ),
    Rule("po_box", Entity.STREET, re.compile(r"\bP\.?\s?O\.?\s?Box\s\d{1,6}\b", _I)),
    Rule(
        "street_german",
        Entity.STREET,
        re.compile(
            r"(?<![\w-])[\w-]{2,30}(?:stra(?:ß|ss)e|str\.|weg|platz|gasse|allee|ufer|damm|ring"
            r"|straat|laan|plein"
            r"|gracht|kade|dijk|gatan|vägen|gade|vej|katu|tie)\s\d{1,4}\s?[a-z]?\b",
            _I,
        ),
    ),
    Rule(
        "street_german_two",
        Entity.STREET,
        re.compile(
            r"\b(?:[A-ZÀ-Þ][\w'’]{0,20}[ -]){1,3}(?:Straße|Strasse|Str\.|Weg|Platz"
            r"|Allee)\s\d{1,4}\s?[a-z]?\b"
        ),
    ),
    Rule(
        "street_roman",
        Entity.STREET,
        re.compile(
            rf"(?:\b{_NUMBER}(?:\s(?:bis|ter))?,?\s)?\b(?:[Rr]ue|[Aa]venue|[Bb]oulevard|[Cc]hemin"
            rf"|[Ii]mpasse|[Aa]llée"
            rf"|[Qq]uai|[Vv]ia(?=\s[A-Z])|[Vv]iale|[Pp]iazza|[Cc]orso|[Vv]icolo|[Cc]alle"
            rf"|[Aa]venida|[Pp]laza|[Pp]aseo"
            rf"|[Cc]arrer|[Rr]ua|[Tt]ravessa|[Pp]raça"
            rf"|C/)\s?{_LINK}(?:{_WORD}\s?){{1,4}}(?:,?\s?(?:n[.°º]?\s?)?\d{{1,4}})?"
        ),
    ),
    Rule(
        "us_zip", Entity.POSTCODE, re.compile(r"\b[A-Z]{2}\s(?P<v>\d{5}(?:-\d{4})?)\b(?!\s?[%£$€])")
    ),
    Rule(
        "zip_context",
        Entity.POSTCODE,
        re.compile(
            r"\b(?:zip|post(?:al)?|plz|cap"
            r"|cp)[ -]?(?:code)?[^\w\[\]]{1,4}(?P<v>[A-Z\d][A-Z\d -]{2,8}\d[A-Z]{0,2})\b",
            _I,
        ),
    ),
    Rule("nl_postcode", Entity.POSTCODE, re.compile(r"\b[1-9]\d{3}\s?[A-Z]{2}\b(?=\s[A-Z])")),
    Rule(
        "ca_postcode", Entity.POSTCODE, re.compile(r"\b[A-CEGHJ-NPR-TVXY]\d[A-Z][ -]?\d[A-Z]\d\b")
    ),
    Rule(
        "eircode",
        Entity.POSTCODE,
        re.compile(r"\b(?:[AC-FHKNPRTV-Y]\d{2}|D6W)\s[0-9AC-FHKNPRTV-Y]{4}\b"),
    ),
    Rule(
        "town_postcode",
        Entity.POSTCODE,
        re.compile(
            r"(?:(?<=, )|(?<=\n)|(?<=\bD-)|(?<=\bF-))(?P<v>\d{4,5})(?=\s[A-ZÀ-Þ][a-zà-þ]{2,})"
        ),
    ),
)
