"""Dates of birth go, appointments stay: a date counts only if it says so or is long past.

In:  text.
Out: rules for dates beside a word of birth, and for full dates some years before any mail of today.
SECURITY: every repeat is bounded.
FAILS: never.
"""

from __future__ import annotations

import re
from typing import Final

from rufgate.recognize.recognizers.rules import Rule
from rufgate.sanitize.spans import Entity

_I = re.IGNORECASE
_MONTH = (
    r"(?:jan(?:uary|vier|uar|uari|eiro|\.?)|j[äa]nner|ener?o?|gen(?:naio)?|styczeń|stycznia"
    r"|feb(?:ruary|ruar|ruari|braio|rero|r)?|f[ée]v(?:rier|r)?|fevereiro|lut(?:y|ego)"
    r"|mar(?:ch|s|zo|ço|zec|ca)?|m[äa]rz|m[äa]r|maart|mrt|mrz|apr(?:il|ile)?|avr(?:il)?|abr(?:il)?"
    r"|kwie(?:cień|tnia)|may|mai|mei|mag(?:gio)?|mayo|maio|maja?"
    r"|june?|juin|juni|giu(?:gno)?|junio|junho|czerw(?:iec|ca)|july?|juil(?:let)?|juli|lug(?:lio)?"
    r"|julio|julho|lip(?:iec|ca)|aug(?:ust|ustus)?|ao[uû]t|ago(?:sto)?|sierp(?:ień|nia)"
    r"|sept?(?:ember|embre|tiembre)?|set(?:embro|tembre)?|wrze(?:sień|śnia)"
    r"|oct(?:ober|obre|ubre)?|okt(?:ober)?|ott(?:obre)?|out(?:ubro)?|październik|października"
    r"|nov(?:ember|embre|embro|iembre)?|listopada?|dec(?:ember)?|d[ée]c(?:embre)?|dez(?:ember"
    r"|embro)?"
    r"|dic(?:embre|iembre)?|grud(?:zień|nia))(?![^\W\d_])"
)
_ROMAN = r"(?:IX|IV|V?I{1,3}|V|XI{0,2})"
_ONES = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_TEENS = r"(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
_TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_ORDINAL = (
    r"(?:(?:twenty|thirty)[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
    r"|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth"
    r"|nineteenth|twentieth|thirtieth"
)
_SPOKEN_YEAR = (
    rf"(?:nineteen[ -](?:hundred[ -](?:and[ -])?)?(?:(?:oh|o)[ -]{_ONES}|{_TENS}(?:[ -]{_ONES})?"
    rf"|{_TEENS}|{_ONES})"
    rf"|two[ -]thousand(?:[ -](?:and[ -])?(?:{_ONES}|{_TEENS}|twenty(?:[ -](?:one|two))?))?"
    rf"|twenty[ -](?:(?:oh|o)[ -]{_ONES}|{_TEENS}|twenty(?:[ -](?:one|two))?))"
    rf"(?![ -]?{_ONES})\b"
)
_DAY = rf"(?:(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|\.|º|ª|°|er|e|de|ste)?|{_ORDINAL})"
_OF = r"(?:\s{0,2}[/.-]\s?|,?\s{1,2}(?:(?:of|de|di|do|den|del)\s)?(?:the\s|d['’])?)?"
_THE = r"\.?,?[ /.-]{0,2}(?:the\s)?"
_BEFORE_YEAR = r"\.?,?(?:\s{1,2}(?:(?:de|del|in|of|the year)\s)?|[/.-]|\s?['’])?"
_NUMERIC = r"(?:0?[1-9]|[12]\d|3[01])"
_PARTED = rf"{_NUMERIC}(?P<{{0}}>\s?[./-]\s?|\s){_NUMERIC}(?P={{0}})"
_BIRTH = (
    r"(?:(?:re)?born|(?:date[ _-]?of[ _-]?)?birth[ _-]?(?:day|date|dt)?s?|(?<!\w)b['’ -]?day"
    r"|d[./ ]?\s?o[./ ]?\s?b\.?|n[ée]{1,2}\(?e?\)?(?=\s(?:le|en|the|on|in|à|\d))|naiss(?:ance|\.)?"
    r"|anniversaire|geboren|geburts(?:datum|tag|dat\.?)|geboorte(?:datum|dag)?|gebdat"
    r"|geb\.?(?=[ :\d])"
    r"|nacid[oa](?:/a)?|naci[óo]|(?:fec\.?\s?)?nac(?:imiento|\.)|cumpleaños|nascita|compleanno"
    r"|nat[oa](?:/a)?(?=\s(?:il|nel|a\s|\d))|nascid[oa]|nasceu|nasc(?:imento|\.)|anivers[áa]rio"
    r"|urodz\w{1,9}|(?<!\w)ur\.|f[öø]dd?t?(?=[ :.\d])|foedt|christened|baptised)"
)
_SIGN = r"(?:(?<![\w.])b[.:]|(?<!\S)\*|†|(?<![\w.])n\.(?=\s(?:il|le|a)\s)|(?<=[(,])\s?b(?=\s\d))"
_FEAST = r"(?:['’]s)?[ -](?:party|lunch|dinner|drinks|meal|do|bash|trip|tea|weekend|outing)\b"
_END = r"(?!\d|[./-]\d)"
_NOT_SENT = r"(?!\s\d\d:\d\d:\d\d\s(?:[+-]\d{4}|GMT|UTC))"  # a mail's date, RFC 5322 3.3


def _dated(year: str, group: str) -> str:
    """Every way of a full date that ends or begins with ``year``."""
    return (
        rf"(?:(?:the\s)?{_DAY}{_OF}(?:{_MONTH}|\b{_ROMAN}\b){_BEFORE_YEAR}{year}"
        rf"|{_MONTH}{_THE}{_DAY}(?:,?\s{{1,2}}|,|\s?['’]|/|-){year}"
        rf"|{_PARTED.format(group)}['’]?{year}"
        rf"|{year}(?:[./ -]\s?\d{{1,2}}[./ -]\s?\d{{1,2}}|年\d{{1,2}}月\d{{1,2}}日"
        rf"|,?[ /.-]{_MONTH}{_THE}{_DAY}))"
    )


_ANY_YEAR = rf"(?:(?:18|19|20)\d{{2}}|['’]?\d{{2}}|{_SPOKEN_YEAR})"
_WHOLE = (
    rf"(?:{_dated(_ANY_YEAR, 'w')}|(?:19|20)\d{{6}}|\d{{6}}(?:\d{{2}})?"
    rf"|{_MONTH}{_BEFORE_YEAR}(?:(?:18|19|20)\d{{2}}|{_SPOKEN_YEAR})|(?:18|19|20)\d{{2}}"
    rf"|{_SPOKEN_YEAR})"
)
_YEARLESS = rf"(?:(?:the\s)?{_DAY}{_OF}{_MONTH}|{_MONTH}{_THE}{_DAY}|{_NUMERIC}[./]{_NUMERIC}\.?)"
_NOT_A_VERSION = "".join(
    rf"(?<!{word}[ :])"
    for word in (
        *("version", "ver", "v", "release", "build", "firmware", "software", "client", "agent"),
        *("app", "section", "clause", "rule", "score"),
    )
)


def _numeric_past() -> str:
    """Three groups of figures that end in a year of two: 17/08/50, 10.4.80; not 12.10.26."""
    year = r"['’]?(?:[013-9]\d|2[0-27-9])"
    plain = r"\d{1,2}\.(?:[1-9]|1[0-2])\.(?:1\d|2[0-2])"  # no zero anywhere: a version
    day_first = rf"(?!{plain}){_NUMERIC}(?P<s>[./-])(?:0?[1-9]|1[0-2])(?P=s){year}"
    month_first = rf"(?:0?[1-9]|1[0-2])(?P<t>[/-]){_NUMERIC}(?P=t){year}"
    return rf"(?:{day_first}|{month_first}|[3-9]\d(?P<u>[/-])(?:0[1-9]|1[0-2])(?P=u)[0-3]\d)"


_ANNOUNCED: Final = (
    Rule(
        "birth",
        Entity.BIRTH_DATE,
        re.compile(
            rf"(?<![^\W_])(?:{_BIRTH}(?![^\W\d_])|{_SIGN})(?!{_FEAST})[^\d\n\[\]]{{0,40}}?"
            rf"[^\w\[\]]{{0,12}}(?<![^\W_])(?P<v>{_WHOLE}){_END}",
            _I,
        ),
    ),
    Rule(
        "birth_camel",
        Entity.BIRTH_DATE,
        re.compile(
            r"(?:[Oo]fBirth|birth[Dd]ate|BirthDate|DOB|Dob)(?:Value|Iso)?[^\w\[\]]{1,6}"
            rf"(?P<v>{_WHOLE}){_END}"
        ),
    ),
    Rule(
        "birth_day",
        Entity.BIRTH_DATE,
        re.compile(
            rf"(?<![^\W_]){_BIRTH}(?![^\W\d_])(?:[^\w\[\]]{{1,6}}|\s{{1,2}})"
            r"(?:(?:is|was|falls|on|le|il|am|el|em|op|the|always|es|est)\s){0,4}"
            rf"(?P<v>{_YEARLESS}){_END}",
            _I,
        ),
    ),
    Rule(
        "birth_after",
        Entity.BIRTH_DATE,
        re.compile(
            rf"(?<![\w./-])(?P<v>{_dated(_ANY_YEAR, 'a')}){_END}[^\w\n\[\]]{{1,4}}"
            r"(?:(?:is|was|as|my|his|her|their|your|the|when|he|she|they|I|were|for)\s)"
            r"{0,4}"
            rf"{_BIRTH}(?![^\W_])",
            _I,
        ),
    ),
)


def birth_date_rules(latest_year: int) -> tuple[Rule, ...]:
    """``latest_year``: a full date up to that year is taken for a birth date without more."""
    return (*_ANNOUNCED, *_long_past(latest_year))


def _long_past(latest_year: int) -> tuple[Rule, ...]:
    """Dates that nobody has an appointment on any more."""
    year = "(?:" + "|".join(str(number) for number in range(1900, latest_year + 1)) + ")"
    short = r"['’]?(?:[3-9]\d|0\d|1\d|2[0-27-9])"
    return (
        Rule(
            "long_past",
            Entity.BIRTH_DATE,
            re.compile(
                rf"(?<![\d./-])(?<!\d,)(?<![^\W_])"
                rf"(?P<v>{_dated(f'(?:{year}|{_SPOKEN_YEAR})', 'l')}){_END}{_NOT_SENT}",
                _I,
            ),
        ),
        Rule(
            "short_past",
            Entity.BIRTH_DATE,
            re.compile(
                rf"(?<![\w.:/£$€#-])(?<!\d,){_NOT_A_VERSION}{_numeric_past()}(?![\w/-]|[.,:]\d"
                rf"|\s?[%£$€])",
                _I,
            ),
        ),
        Rule(
            "short_past_month",
            Entity.BIRTH_DATE,
            re.compile(
                rf"(?<![\w.:/-])(?<!\d,)(?:the\s)?(?:{_DAY}{_OF}{_MONTH}\.?,?[ /.-]?{short}"
                rf"|{_MONTH}{_THE}{_DAY},?\s?['’]\d{{2}})"
                r"(?![\w:/-]|[.,]\d|\s?(?:[%£$€]|am\b|pm\b|uhr\b|h\b|people|guests|st\b"
                r"|[A-Z][a-z]{2,20}\s(?:St|Street|Road)\b))",
                _I,
            ),
        ),
    )
