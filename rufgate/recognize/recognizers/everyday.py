"""The everyday forms of numbers: prices, times, dates, versions, sizes, rooms, published standards.

In:  a run of letters, digits and inner signs; what stands before and after it.
Out: whether it is nobody's: what is not in one of these forms is somebody's code.
SECURITY: the patterns are matched whole against runs of at most 60 characters.
FAILS: never.
"""

from __future__ import annotations

import re
from typing import Final

_I = re.IGNORECASE
_UNIT = (
    "st|nd|rd|th|er|º|am|pm|a|p|h|hr|hrs|hour|hours|min|mins|s|sec|secs|ms|kg|g|mg|mcg|km|m|m2|m3"
    "|cm|mm|mi|ft|in|lb|lbs|oz|l|ml|cl|k|bn|mn|gb|mb|kb|tb|gib|mib|ghz|mhz|khz|hz|w|kw|kwh|mwh|v|ma"
    "|mah|x|px|pt|pts|dpi|fps|mbps|gbps|bit|bits|c|f|ppm|ph|rpm|mph|kmh|yo|yrs?|days?|weeks?|months?"
    "|years?|kr|eur|gbp|usd|inr|aud|cad|chf|sek|nok|dkk|pln|€|£|\\$|%"
)
_GROUPED = (
    r"\d{1,3}(?:\.\d{3}){1,4}(?:,\d{1,3})?|\d{1,3}(?:[,'’]\d{3}){1,4}(?:\.\d{1,3})?"
    r"|\d{1,2}(?:,\d{2}){1,3},\d{3}(?:\.\d{1,2})?"
)
_PLAIN = rf"(?:{_GROUPED}|\d{{1,7}}[.,]\d{{1,2}}|\d{{1,4}}(?:[.,]\d{{1,4}})?)"
_AMOUNT = rf"(?:[a-z]{{0,3}}[$£€₹¥]|eur|gbp|usd|chf|rs\.?|inr|aud|cad|sek|nok|kr)?{_PLAIN}"
_TIME = r"\d{1,2}(?:[:.h]?[0-5]\d)?(?:[:.]\d{2})?(?:am|pm|z|uhr|h)?"
_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|okt|dez|mai"

_STANDARD = "RFC|ISO|IEC|IEEE|BS|EN|DIN|ANSI|ASTM|PEP|ITU|ECMA|FIPS|NIST|SP|KB|CVE|CWE|HTTP"

_FORMS: Final = tuple(
    re.compile(pattern, _I)
    for pattern in (
        rf"{_AMOUNT}(?:{_UNIT})?(?:/(?:{_UNIT}|day|night|week|month|year|person|pp|each))?",
        rf"\d{{1,3}}(?:{_UNIT})?(?:[-–/x+]\d{{1,3}}(?:{_UNIT})?|(?:x\d{{1,3}}){{1,3}}(?:{_UNIT})?)",
        r"\d{1,5}x\d{1,5}(?:x\d{1,5})?|\d{1,5}/(?:tcp|udp)",
        rf"{_PLAIN}(?:{_UNIT})[-–/x+]{_PLAIN}(?:{_UNIT})?",
        rf"{_TIME}[-–]{_TIME}",
        rf"(?=.*[:.hapz]){_TIME}",
        r"\d{1,2}([./-])\d{1,2}\1(?:\d{2}|\d{4})|\d{4}([./-])\d{1,2}\2\d{1,2}",
        rf"\d{{1,2}}(?:st|nd|rd|th)?[-/.]?(?:{_MONTH})[a-z]{{0,6}}(?:[-/.]?(?:\d{{4}}|\d{{2}}))?",
        rf"(?:{_MONTH})[a-z]{{0,6}}[-/.]?(?:\d{{1,2}}|\d{{4}})",
        r"\d{4}-\d{2}-\d{2}[T_][\d:.]{4,15}(?:Z|\+\d{2}:?\d{2})?|\d{8}T\d{4,6}Z?",
        r"(?:fy|ay|w|wk|q[1-4][-/]?|h[12][-/]?)?(?:19|20)\d{2}(?:[-/](?:\d{4}|\d{2})|-?w\d{1,2})?s?",
        (
            r"(?:v\d{1,4}|\d{1,2})(?:\.\d{1,3}){1,2}(?:\.\d{1,6})?"  # versions
            r"(?:[-.+]?(?:rc|beta|alpha|build|dev|post|lts|a|b|p|r)[-.]?\d{0,5}"
            r"|(?:-\d{1,3}){1,2}(?:-[a-z]{2,10}\d{0,3})?|-[a-z]{2,12}\d{0,3}|\+[0-9a-z.]{1,12})?"
        ),
        r"\d{1,3}(?:\.\d{1,5}){3,4}|(?:19|20)\d{6}\.\d{1,3}",
        r"0x[0-9a-f]{1,8}|u\+[0-9a-f]{4,6}|(?:ora|kb|err|sql)[-_]?\d{3,7}",
        r"(?:gi|te|fa|eth|et|xe|ge|po)\d{1,2}(?:/\d{1,3}){0,3}",  # network interfaces
        r"[a-z]{1,2}\d{1,2}[a-z]?|[a-z]\d{3}s?|[abm]\d{4}",  # P60, A4, w3c; E numbers, roads
        r"[a-z]{1,2}(?:[-.]\d{1,3}|\d{1,2}\.\d{1,2})[a-z]?|\d{1,2}\.\d{1,3}[a-z]",  # rooms
        r"\d{1,2}[a-z]{1,3}|\d[a-z]\d{0,2}",
        (
            rf"(?:{_STANDARD}|TLS|SSL|SHA|MD|UTF|AES|RSA|IPv|MP|USB|GPT|GDPR|PCI|SOC|ES)"
            r"[-/ ]?[a-z]?[\d.:-]{1,12}[a-z]?"
        ),
    )
)
_FORMULA: Final = re.compile(
    r"(?:(?:H|C|N|O|S|P|K|F|I|Na|Cl|Ca|Mg|Fe|Si|Al|Cu|Zn|Mn|Ag|Au|Pb)\d{0,2}){2,6}"
)
_PATH: Final = re.compile(
    r"(?=.*[a-z]{2})[^A-Z]*/[^A-Z]*|[\w.-]{1,60}(?:/[\w.-]{1,60}){3,20}|(?:[a-z_]\w*\.){1,6}[a-z_]\w*"
)
_ORDER = (
    "order|invoice|bestellung|rechnung|commande|facture|pedido|factura|ordine|fattura|bestelling"
)
_THINGS = f"""
{_ORDER}|parcel|tracking|shipment|consignment|colis|item|sku|product|article|model|type|part|pn|p/n
|version|firmware|release|build|client|tool|agent|flight|train|bus|coach|carriage|deck|terminal|room
|hall|ward|bay|desk|lane|court|pitch|track|row|platform|gate|seat|stand|locker|table|chapter|page
|slide|figure|section|clause|para|paragraph|annex|appendix|schedule|rule|step|level|stage|round
|question|module|class|grade|vitamin|error|status|port|receipt|batch|lot|size|colou?r|bug|issue|pull
|ticket|commit|form|readings?|estimate|flow|count|total|score|population|attendance|turnover|meter
|mileage|odometer|distance|balance|views|votes|steps|zählerstand|qty|quantity|serial|files|pages
|points|max|min|limit|grid|{_STANDARD}
""".replace("\n", "")
_THING: Final = re.compile(
    rf"(?:\b(?:{_THINGS})s?(?:[ -](?:number|num|no|nr|code|id|ref(?:erence)?))?"
    rf"(?<!\bcode)\b[ .:#(]{{0,4}}|\b(?:{_ORDER})[ ](?:\w{{2,12}}[ ]){{0,2}}?\w{{2,12}}[ ]?:[ ]"
    r"|[£$€₹¥#=]\s?|[:/])\Z",
    _I,
)
_QUANTITY: Final = re.compile(
    rf"\d{{1,7}}(?:[.,]\d{{1,3}})?(?!(?:[abcfhlmsvwx])\Z)(?:{_UNIT})|\d{{2,5}}p", _I
)
_COUNTED: Final = re.compile(r"[ ]([a-zà-ÿ]{2,20}|kWh|MWh|GB|MB|TB|Hz)\b")
_NOT_COUNTED: Final = frozenset(
    """
    is was are were be and or to at on in for from of by with when if as but so the an it its this
    that please you your they he she we my me not no has have had will can may should would must
    which who before after until till into im us our un und oder ist war et ou est es le la el de
    di en och og
    """.split()  # noqa: SIM905 - a list of words reads better as text
)


def is_everyday(code: str) -> bool:
    """Whether ``code`` has a form in which everybody writes numbers."""
    return any(form.fullmatch(code) for form in _FORMS) or any(
        form.fullmatch(code) for form in (_PATH, _FORMULA)
    )


def is_quantity(word: str) -> bool:
    """``418mm``, ``45p``: a number and its unit, which no house number looks like."""
    return bool(_QUANTITY.fullmatch(word))


def names_a_thing(text: str, start: int) -> bool:
    """Whether what stands before ``start`` says that a number of a thing follows."""
    return bool(_THING.search(text, max(0, start - 32), start))


def counted(text: str, end: int) -> str | None:
    """The content word that follows a number at ``end``: ``25000 visitors``."""
    word = _COUNTED.match(text, end)
    return word[1] if word and word[1] not in _NOT_COUNTED else None
