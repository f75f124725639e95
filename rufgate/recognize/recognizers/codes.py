"""Codes that nobody explained: a run of letters and digits that is nothing everyday is somebody's.

In:  text.
Out: references. What a keeper calls a person by has no form that can be listed: rent accounts,
     membership numbers, device names, passwords. So the everyday forms are listed instead (prices,
     times, dates, versions, units, ``COVID-19``, ``RFC 5322``), and every other code goes.
SECURITY: one pass; every repeat is bounded.
FAILS: never.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from presidio_analyzer import EntityRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from rufgate.recognize.lexicon import Familiarity, Lexicon
from rufgate.recognize.recognizers.rules import OWN_PREFIX
from rufgate.sanitize.spans import Entity

_I = re.IGNORECASE
_NAME: Final = "code"
_TOKEN = re.compile(
    r"(?<![\w@./\\&+-])(?:[A-Z]{1,4}[ ])?"
    r"(?=[^\s\d]{0,40}\d)[^\W_](?:[\w]|[-/._#*$!%&+^~\\]{1,2}(?=[^\W_])){2,60}[*!$#]?(?![\w@])"
)
_SPACED = re.compile(
    r"(?<![\w./-])(?:[A-Z]{1,3}(?:[ -]\d{2,4}){2,4}"
    r"|[A-ZÄÖÜ]{1,3}-[A-ZÄÖÜ]{1,2} \d{1,4}"  # a German plate, and others of its kind
    r"|(?P<letters>[A-Z]{3})[ -]\d{3,4}|[A-Z]\d{3}[A-Z] [A-Z]{3}|\d{4} (?P<tail>[B-DF-HJ-NP-TV-Z]{3}))"
    r"(?!\w|[./-]\w|[ -]\d)"
)
_UNITS = (
    "st|nd|rd|th|er|º|am|pm|h|hr|hrs|min|mins|s|sec|secs|ms|kg|g|mg|mcg|km|m|m2|m3|cm|mm|mi|ft|in"
    "|lb|lbs|oz|l|ml|cl|k|bn|gb|mb|kb|tb|gib|mib|ghz|mhz|hz|w|kw|kwh|mwh|v|p|x|px|pt|dpi|fps|bit"
    "|bits|c|f|ppm|ph|rpm|mph|kmh|yo|yrs?|days?|weeks?|months?|years?|pm|kr|eur|gbp|usd|s"
)
_NUMBER = r"\d{1,3}(?:[.,']\d{3}){0,3}(?:[.,]\d{1,3})?"
_EVERYDAY = re.compile(
    rf"(?:{_NUMBER}|\d{{1,7}}[.,]\d{{1,2}}|\d{{1,4}})(?:{_UNITS})?|\d{{1,3}}[-/x]\d{{1,3}}(?:{_UNITS})?"  # 3kg, 10-12th
    r"|\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?:am|pm|z|uhr|h)?"  # times
    r"(?:[-–/]\d{1,2}(?:[:.h]\d{2})?(?:am|pm)?)?"
    r"|\d{1,2}(?:am|pm)?[-–]\d{1,2}(?:am|pm)"
    r"|\d{1,2}([./-])\d{1,2}\1(?:\d{2}|\d{4})|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"  # dates
    r"|\d{4}-\d{2}-\d{2}T[\d:.]{4,15}(?:Z|\+\d{2}:?\d{2})?|\d{8}T\d{4,6}Z?"
    r"|(?:19|20)\d{2}(?:[-/](?:\d{4}|\d{2}))?s?|'\d{2}s?"  # years
    r"|\d{1,2}(?:st|nd|rd|th)-\d{1,2}(?:st|nd|rd|th)"
    r"|v?\d{1,4}(?:\.\d{1,4}){1,4}(?:[-.]?(?:rc|beta|alpha|dev|post|a|b|p)[-.]?\d{0,3})?"
    rf"|(?:gbp|eur|usd|chf|rs|inr|aud|cad|kr){_NUMBER}"
    r"|#?[0-9a-f]{6}(?<=#.{6})|0x[0-9a-f]{1,8}|\d{1,3}%|u\+[0-9a-f]{4,6}"
    r"|[a-z]{1,2}\d{1,2}[a-z]?|[abm]\d{3,4}"  # P60, A4, w3c; roads
    r"|\d{1,2}[a-z]{1,3}|\d[a-z]\d{0,2}",
    _I,
)
_WORD_AND_NUMBER = re.compile(r"([^\W\d_]{2,20})[-_/ ]?(?:\d{1,3}|(?:19|20)\d{2})([^\W\d_]{0,3})")
_NUMBER_AND_WORD = re.compile(
    r"(?:\d{1,3}|(?:19|20)\d{2})[-/]([^\W\d_]{2,20}(?:-[^\W\d_]{2,20}){0,2})"
)
_KNOWN_FORMS = re.compile(
    r"(?:RFC|ISO|IEC|IEEE|CVE|CWE|KB|BS|EN|DIN|ANSI|ASTM|TLS|SSL|SHA|MD|UTF|AES|RSA|HTTP|IPv|MP|USB"
    r"|GPT|GDPR|PCI|SOC|ES|PEP|ITU|ECMA|FIPS|NIST|SP)[-/ ]?[\d.:-]{1,12}[a-z]?",
    _I,
)
_NEXT_WORD = re.compile(r"[ ]([a-zà-ÿ]{2,20}|kWh|MWh|GB|MB|TB|Hz)\b")
_FUNCTION_WORDS = frozenset(
    "is was are were be and or to at on in for from of by with when if as but so the an it its this"
    " that please you your they he she we my me not no has have had will can may should would must"
    " which who before after until till into im us our un und oder ist war et ou est es le la el de"
    " di en och og".split()
)
_ACRONYMS = frozenset(
    "RFC ISO IEC NHS BBC BMW EUR GBP USD CHF AUD CAD INR JPY SEK NOK DKK PLN CVE CWE PEP SSL TLS"
    " HTTP GDPR ICO GPS USB PIN FAX TEL MOB EXT NO. REF QTY VAT SKU ISBN CSS PHP SQL XML API URL"
    " IOS MAC RAM SSD DPI FAQ PDF SMS MMS CET GMT BST UTC EST PST HRS MIN MAX AVG SUM TOP DAY"
    " JAN FEB MAR APR JUN JUL AUG SEP OCT NOV DEC MON TUE WED THU FRI SAT SUN".split()  # noqa: SIM905
)
_PATH = re.compile(
    r"[^A-Z]*/[^A-Z]*|[\w.-]{1,60}(?:/[\w.-]{1,60}){3,20}|(?:[a-z_]\w*\.){1,6}[a-z_]\w*"
)
_THING_BEFORE = re.compile(
    r"(?:\b(?:order|invoice|parcel|tracking|shipment|consignment|item|sku|product|article|model|part"
    r"|version|firmware|release|build|flight|train|bus|room|platform|gate|seat|table|chapter|page"
    r"|figure|section|step|level|error|status|port|receipt|batch|lot|size|colou?r|bug|issue|pull"
    r"|ticket|commit|form|reading|readings|estimate|flow|count|total|score|population|attendance"
    r"|turnover|meter|mileage|odometer|distance|balance|views|votes|steps|stand|zählerstand)s?(?:[ -](?:number|num|no|nr|code|id|ref(?:erence)?))?\b[ .:#(]{0,4}"
    r"|[£$€#=]\s?|[:/])\Z",
    _I,
)


class CodeRecognizer(EntityRecognizer):
    """Codes that are no everyday form."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon: Final = lexicon
        super().__init__(
            supported_entities=[OWN_PREFIX + Entity.REFERENCE.name],
            name=_NAME,
            supported_language="en",
        )

    def load(self) -> None:
        """Nothing to load."""

    def analyze(
        self,
        text: str,
        entities: list[str],  # noqa: ARG002 - presidio's signature; all are always wanted
        nlp_artifacts: NlpArtifacts | None = None,  # noqa: ARG002 - presidio's signature
    ) -> list[RecognizerResult]:
        """Presidio's entry point."""
        return [self._result(start, end) for start, end in self._find(text)]

    def _find(self, text: str) -> Iterator[tuple[int, int]]:
        for match in _TOKEN.finditer(text):
            if not self._is_code(match[0]) or _names_a_thing(text, match.start()):
                continue
            if match[0].isdigit() and self._is_counted(text, match.end()):
                continue
            yield match.span()
        for match in _SPACED.finditer(text):
            letters = match["letters"] or match["tail"]
            unknown = letters is None or self._is_unknown(letters)
            if unknown and not _names_a_thing(text, match.start()):
                yield match.span()

    def _is_unknown(self, letters: str) -> bool:
        return (
            letters not in _ACRONYMS and self._lexicon.familiarity(letters) is Familiarity.UNKNOWN
        )

    def _is_code(self, token: str) -> bool:
        code = token.rpartition(" ")[2]
        if _KNOWN_FORMS.fullmatch(token) or _EVERYDAY.fullmatch(code) or _PATH.fullmatch(code):
            return False
        count = sum(char.isdigit() for char in code)
        if not any(char.isalpha() for char in code):
            return count >= 5
        few = 1 if code.isupper() and len(code) >= 6 else 2  # booking codes: letters and a digit
        return count >= few and not self._is_familiar(code)

    def _is_counted(self, text: str, end: int) -> bool:
        """``17808 kWh``, ``25000 visitors``: a lower-case content word comes after the number."""
        word = _NEXT_WORD.match(text, end)
        if not word or word[1] in _FUNCTION_WORDS:
            return False
        return self._lexicon.familiarity(word[1]) is Familiarity.EVERYDAY or word[1] == "kWh"

    def _is_familiar(self, code: str) -> bool:
        """``Covid-19``, ``base64``, ``post-2020``, ``12-month``: an everyday word and a number."""
        match = _WORD_AND_NUMBER.fullmatch(code) or _NUMBER_AND_WORD.fullmatch(code)
        if not match:
            return False
        if self._lexicon.familiarity(match[1]) is Familiarity.EVERYDAY:
            return True
        return match[1].isupper() and len(match[1]) <= 4 and len(code) <= 7

    def _result(self, start: int, end: int) -> RecognizerResult:
        return RecognizerResult(
            entity_type=OWN_PREFIX + Entity.REFERENCE.name,
            start=start,
            end=end,
            score=0.8,
            recognition_metadata={
                RecognizerResult.RECOGNIZER_NAME_KEY: _NAME,
                RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
            },
        )


def _names_a_thing(text: str, start: int) -> bool:
    return bool(_THING_BEFORE.search(text, max(0, start - 32), start))
