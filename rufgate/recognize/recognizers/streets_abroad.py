"""Streets as other countries write them: the number after the name, the kind joined or in front.

In:  text.
Out: rules.
SECURITY: every repeat is bounded.
FAILS: never.
"""

from __future__ import annotations

import re

from rufgate.recognize.recognizers.rules import Rule
from rufgate.sanitize.spans import Entity

_I = re.IGNORECASE
_AHEAD = r"(?:(?<![\w.,£$€:/-])\d{2,5}\s)"
_NUMBER = r"\d{1,5}(?:[A-Za-z]|/\d{1,3})?(?:\s?[-–]\s?\d{1,5}[A-Za-z]?)?"
_WORD = r"[A-ZÀ-Þ][\w'’.-]{0,20}"
_NAME = r"[A-ZÀ-Þ][\w'’-]{0,20}"
_LINK = (
    r"(?:(?:de|du|des|della|delle|del|dei|da|das|do|dos|la|le|las|los|van|von|der|den)\s|d'|l'|d’"
    r"|l’){0,3}"
)
_NO_TIME = r"(?![:.]\d|\s?(?:uhr|h\b|am\b|pm\b|%|€|£|km\b|kg\b)|\s(?:people|times|days|minutes)\b)"
_MONTH_AFTER = (
    r"(?!(?:[-–]\d{1,2})?\s(?:jan|feb|m[äa]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov"
    r"|de[cz])\w{0,7}\b)"
)
_ENGLISH = (  # words that end as a street does in German or Dutch
    r"(?!\w{0,12}(?:hearing|during|bring|spring|string|wiring|offering|clearing|bearing|sharing"
    r"|caring"
    r"|wearing|nearing|steering|entering|ordering|monitoring|engineering|scoring|earring|filtering"
    r"|catering|referring|covering|delivering|answering|gathering|rendering|buffering|catering|ring"
    r"|firing|hiring|storing|restoring|ignoring|exploring|preparing|comparing|declaring|expiring"
    r"|requiring|acquiring|measuring|featuring|ensuring|registering|altering|recovering|brigade"
    r"|renegade|decade|necktie|bowtie|auntie|tie)\b(?<![a-z][ _-]ring))"
)

STREET_ABROAD_RULES = (
    Rule(
        "street_german",
        Entity.STREET,
        re.compile(
            rf"(?<![\w-]){_AHEAD}?(?-i:(?:[A-ZÀ-Þ][\w'’]{{1,20}} ){{0,1}}){_ENGLISH}"
            r"[\w-]{2,30}(?:stra(?:ß|ss)e|str\.|weg|platz|gasse|allee|ufer|damm|ring|brücke|markt"
            r"|straat|laan|plein|gracht|kade|dijk|singel|gatan|vägen|gränd|gade|vej|vejen|stræde"
            r"|gata"
            r"|veien|vegen|gate|katu|tie|kuja|polku|vegur|braut|stígur)\s"
            rf"\d{{1,4}}(?:\s?[a-z]\b)?(?!\w){_NO_TIME}{_MONTH_AFTER}",
            _I,
        ),
    ),
    Rule(
        "street_german_two",
        Entity.STREET,
        re.compile(
            rf"{_AHEAD}?\b(?:[A-ZÀ-Þ][\w'’]{{0,20}}[ -]){{1,3}}(?:Straße|Strasse|Str\.|Weg|Platz"
            r"|Allee|Gasse|Ufer|Ring|Damm)\s\d{1,4}(?:\s?[a-z]\b)?(?!\w)"
        ),
    ),
    Rule(
        "street_roman",
        Entity.STREET,
        re.compile(
            rf"(?:\b{_AHEAD}?{_NUMBER}(?:\s(?:bis|ter))?,?\s)?\b(?:[Rr]ue|[Aa]venue|[Bb]oulevard"
            r"|[Cc]hemin|[Rr]oute|[Cc]ours"
            rf"|[Ii]mpasse|[Aa]llée|[Ss]quare(?=\s(?:de|du))|[Pp]lace(?=\s(?:de|du|des|d'))"
            rf"|[Qq]uai|[Vv]ia(?=\s[A-Z])|[Vv]iale|[Pp]iazza|[Cc]orso|[Vv]icolo|[Ss]trada|[Ll]argo"
            rf"|[Cc]alle|[Aa]venida|[Pp]laza|[Pp]aseo|[Cc]amino|[Rr]onda"
            rf"|[Cc]arrer|[Rr]ua|[Tt]ravessa|[Pp]raça|[Ee]strada"
            rf"|C/(?=\s?[A-ZÀ-Þ][a-zà-þ]{2}))\s?{_LINK}{_NAME}(?: (?:{_LINK}){_NAME}){{0,3}}"
            r"(?:,? ?(?:n[.°º]?\s?)?\d{1,4})?"
        ),
    ),
    Rule(
        "street_slavic",
        Entity.STREET,
        re.compile(
            rf"{_AHEAD}?(?<!\w)(?:[Uu]l\.|[Aa]l\.|[Pp]l\.|[Oo]s\.|[Uu]lica|[Uu]lice|[Tt]rg|[Cc]esta"
            rf"|[Nn]áměstí|[Tt]řída|[Ss]tr\.|[Bb]d\.|[Şş]os\.)\s(?:{_WORD}\s){{0,"
            rf"3}}{_WORD}\s\d{{1,4}}[A-Za-z]?"
            r"(?:/\d{1,4})?\b"
            rf"|{_AHEAD}?\b(?:{_NAME} ){{1,3}}(?:ulica|cesta|trg|ulice|náměstí"
            rf"|třída)\s\d{{1,4}}[a-z]?\b"
        ),
    ),
    Rule(
        "street_hungarian",
        Entity.STREET,
        re.compile(
            rf"{_AHEAD}?\b(?:{_NAME}\sand\s)?(?:{_NAME} ){{1,3}}(?:u\.|utca|út|útja|tér|tere"
            rf"|rkp\.|krt\."
            r"|köz|sor|sétány|fasor|dűlő|kapu|körút|rakpart)\s\d{1,4}(?:[./-]\s?[A-Za-z\d]{0,3})?"
        ),
    ),
    Rule(
        "street_town",
        Entity.STREET,
        re.compile(
            rf"(?<![\w.,£$€:/-])(?!(?:19|20)\d\d\s)\d{{3,5}}\s(?:{_NAME} ){{1,3}}\d{{"
            rf"1,4}}[A-Za-z]?(?=,?\n"
            rf"|,\s[A-ZÀ-Þ])"
        ),
    ),
)
