"""Dates of birth go, appointments stay: a date counts only if it says so or is long past."""

from __future__ import annotations

import re

from rufgate.recognize.recognizers.rules import Rule
from rufgate.sanitize.spans import Entity

_I = re.IGNORECASE
_MONTH = (
    r"(?:jan(?:uary|vier|uar|eiro)?|feb(?:ruary|ruar|braio)?|f[ée]vrier|febrero|fevereiro"
    r"|mar(?:ch|s|zo|ço)?|märz"
    r"|maart|apr(?:il|ile)?|avril|abril|may|mai|mei|maggio|mayo|maio|june?|juin|juni|giugno|junio"
    r"|junho|july?"
    r"|juillet|juli|luglio|julio|julho|aug(?:ust|ustus)?|ao[uû]t|agosto|sept?(?:ember|embre"
    r"|tiembre)?|settembre"
    r"|setembro|oct(?:ober|obre)?|okt(?:ober)?|ottobre|octubre|outubro|nov(?:ember|embre|embro)?"
    r"|noviembre"
    r"|dec(?:ember)?|d[ée]cembre|dez(?:ember|embro)?|dicembre|diciembre|styczeń|stycznia|lutego"
    r"|marca|kwietnia"
    r"|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th|\.|º|er)?"
_ANY_DATE = (
    rf"(?:\d{{1,2}}\s?[./ -]\s?\d{{1,2}}\s?[./ -]\s?\d{{2,4}}"
    rf"|\d{{4}}[./ -]\d{{1,2}}[./ -]\d{{1,2}}|\d{{8}}|\d{{6}}"
    rf"|{_DAY}[ -](?:of |de )?{_MONTH}\.?(?:,|\sde)?[ '’-]{{0,2}}(?:\d{{4}}|\d{{2}})?"
    rf"|{_MONTH}\.?\s{_DAY},?(?:\s\d{{4}})?|{_MONTH}\s\d{{4}}|(?:19|20)\d{{2}})"
)
_BIRTH = (
    r"(?:born|birth\s?(?:day|date)?|d\.?\s?o\.?\s?b\.?|n[ée]e?|né\(e\)|naissance|geboren"
    r"|geburts(?:datum|tag)|geb\.|\*"
    r"|nacid[oa]|nacimiento|nascita|nat[oa]|nascid[oa]|nascimento|geboortedatum|urodz\w{2,8})"
)


def birth_date_rules(latest_year: int) -> tuple[Rule, ...]:
    """``latest_year``: a full date up to that year is taken for a birth date without more."""
    numbers = [str(year) for year in range(1900, latest_year + 1)]
    year = "(?:" + "|".join(numbers) + ")"
    return (
        Rule(
            "birth",
            Entity.BIRTH_DATE,
            re.compile(rf"(?<!\w){_BIRTH}(?!\w)[^\d\n]{{0,24}}?(?P<v>{_ANY_DATE})(?!\d)", _I),
        ),
        Rule(
            "long_past",
            Entity.BIRTH_DATE,
            re.compile(
                rf"(?<![\d.])(?:\d{{1,2}}\s?[./ -]\s?\d{{1,2}}\s?[./ -]\s?{year}"
                rf"|{year}[./ -]\d{{1,2}}[./ -]\d{{1,2}}"
                rf"|{_DAY}[ -](?:of |de )?{_MONTH}\.?(?:,|\sde)?[ -]{year}"
                rf"|{_MONTH}\.?\s{_DAY},?\s{year})(?!\d)",
                _I,
            ),
        ),
    )
