"""Devices by their numbers and names, and files by theirs.

In:  text.
Out: rules.
SECURITY: every repeat is bounded.
FAILS: never.
"""

from __future__ import annotations

import re

from rufgate.recognize.recognizers.checks import digits, luhn
from rufgate.recognize.recognizers.rules import Rule
from rufgate.sanitize.spans import Entity

_I = re.IGNORECASE
_HEX = r"[0-9a-f]"
_MAKE = (
    r"(?:MacBook(?:[- ](?:Pro|Air))?|iPhone|iPad|iMac|Galaxy|Pixel|ThinkPad|Surface|Kindle|Laptop"
    r"|PC"
    r"|Tablet|Chromebook|Phone|Handy|Watch|Mac(?:[- ]?mini)?|Desktop|AirPods|Computer|Notebook"
    r"|Echo)"
)
_SHORT = (
    r"(?:LAP|LT|LTP|PC|WS|WKS|NB|DT|DESK|DSK|LAPTOP|TAB|MOB|SURF|MAC|MBP|MBA|VDI|TC|IPAD|NBK|PHONE"
    r"|CB|XPS)"
)
_EXTENSION = (
    r"(?:pdf|docx?|docm|dotx?|xlsx?|xlsm|xlsb|xltx|pptx?|ppsx?|pub|vsdx?|mpp|accdb|mdb|one|pages"
    r"|key"
    r"|numbers|odt|ods|odp|odg|rtf|txt|csv|tsv|wps|tex|epub|mobi|xps|jpe?g|jfif|png|heic|heif|gif"
    r"|tiff?"
    r"|bmp|webp|avif|svg|raw|cr2|nef|dng|psd|ai|indd|eps|dwg|dxf|skp|stl|mp[34]|m4[av]|mov|wav"
    r"|wma|wmv"
    r"|avi|mkv|webm|aac|ogg|opus|flac|3gp|amr|zip|rar|7z|tar|t?gz|bz2|xz|iso|dmg|msg|eml|mbox|pst"
    r"|ost"
    r"|ics|vcf|p7[ms]|p12|pfx|pem|crt|ovpn|kdbx|gpx|kml|kmz|fit|tcx|dcm|sav|dta|qif|ofx|qbw|bak"
    r"|ipynb"
    r"|enex|ged|gedcom|mscz|als|apkg)"
)
_NAME_CHAR = r"[\w()'’&+,@#=-]"
_ASK = (
    r"(?:please|see|find|attached|enclosed|here|open|i|we|read|download|as|in|your|the attached)\b"
)
_NAME_END = r"(?![\w-]|\.\w)"


def _is_imei(value: str) -> bool:
    return len(digits(value)) == 15 and luhn(value)


DEVICE_RULES = (
    Rule(
        "mac",
        Entity.DEVICE,
        re.compile(
            rf"(?<![\w:-])(?:{_HEX}{{2}}[:-]){{5}}(?:(?:{_HEX}{{2}}[:-]){{2}})?{_HEX}"
            rf"{{2}}(?![\w:-])"
            rf"|(?<![\w.:-])(?:{_HEX}{{4}}([.:-]){_HEX}{{4}}\1{_HEX}{{4}})(?![\w.:-])"
            rf"|(?<![\w-])(?={_HEX}{{0,5}}[0-9])(?=[0-9-]{{0,12}}[a-f]){_HEX}{{6}}"
            rf"[-:]{_HEX}{{6}}(?![\w-])",
            _I,
        ),
    ),
    Rule(
        "mac_bare",
        Entity.DEVICE,
        re.compile(
            r"\b(?:MAC|ether|hwaddr|lladdr|bssid|hardware|physical|wlan0|wi-?fi|eth0|en0|bluetooth)"
            rf"(?:[ _-](?:addr(?:ess)?|id))?[^\w\[\]]{{0,4}}(?:is\s)?"
            rf"(?P<v>{_HEX}{{2}}(?:[ .:-]?{_HEX}{{2}}){{5,7}})\b",
            _I,
        ),
    ),
    Rule(
        "imei",
        Entity.DEVICE,
        re.compile(
            r"\b(?:IMEI|IMSI|ICCID|EID|MEID|UDID|device(?:\sid)?|asset(?:\s(?:tag|no|number))?)\d?"
            r"[^\w\[\]]{0,4}(?:is\s)?(?P<v>(?=[A-Z0-9 /-]{0,30}\d)[A-Z0-9](?:[ /-"
            r"]?[A-Z0-9]){4,39})\b",
            _I,
        ),
    ),
    Rule(
        "imei_bare",
        Entity.DEVICE,
        re.compile(r"(?<![\w.-])(?:01|35|86|99)[ -]?\d{4,6}(?:[ -]?\d{1,6}){1,3}(?![\w-])"),
        _is_imei,
    ),
    Rule(
        "serial",
        Entity.DEVICE,
        re.compile(
            r"\b(?:serial(?:[ _-]?(?:number|num|no|nr))?|S/N|SN|seriennummer|num[ée]ro de s[ée]rie"
            r"|n[úu]mero de s[ée]rie|matricola|serienummer)\.?[^\w\[\]]{0,4}(?:is\s)?"
            r"(?P<v>(?=[A-Z-]{0,20}\d)(?=\d{0,8}[A-Z-]|\d{8})[A-Z0-9-]{5,40})\b",
            _I,
        ),
    ),
    Rule(
        "device_name",
        Entity.DEVICE,
        re.compile(
            r"\b(?:DESKTOP|LAPTOP|PC|WIN|IPHONE|MACBOOK|NB|WS)-[A-Z0-9][A-Z0-9-]{3,20}\b"
            rf"|\b[A-Z][A-Z0-9]{{1,12}}-{_SHORT}-?[A-Z0-9]{{1,10}}\b|\b{_SHORT}-?\d{{4,8}}\b"
            r"|(?<![\w-])android-[0-9a-f]{6,20}\b"
            rf"|\b[A-Z]\w{{1,20}}['’]?s?[- ]{_MAKE}(?:[ -]\d{{1,3}})?(?!\w)"
        ),
    ),
    Rule(
        "device_of",
        Entity.DEVICE,
        re.compile(
            rf"(?<![\w-]){_MAKE}(?:[ -](?:[A-Z]?\d{{1,3}}\w{{0,4}}|Pro|Max|Plus|Ultra|Air"
            rf"|Mini)){{0,2}}"
            r"(?:-(?:of|von|van|de|di|da|from)-[\w.-]{2,30}|\s(?:von|van|de"
            r"|di)\s(?-i:[A-ZÀ-Þ])[\w'-]{1,20})"
            r"(?![\w-])",
            _I,
        ),
    ),
    Rule(
        "device_named_after",
        Entity.DEVICE,
        re.compile(
            r"(?<![\w-])[^\W_]{2,20}(?:[-_][^\W_]{1,20})?[-_](?:macbook|iphone|ipad|imac|laptop"
            r"|notebook"
            r"|pc|desktop|galaxy|pixel|phone|tablet|thinkpad|surface|mbp|mba|chromebook|handy"
            r"|watch)"
            r"(?:-\w{1,20}){0,3}(?![\w-])"
            rf"|(?<!\w)[^\W\d_]{{2,20}}['’]s[ -]{_MAKE}(?![\w-])",
            _I,
        ),
    ),
    Rule(
        "device_context",
        Entity.DEVICE,
        re.compile(
            r"(?<![^\W_])(?:device|host(?: ?name)?|computer|machine|laptop|phone|workstation"
            r"|station|endpoint"
            r"|asset(?: tag)?|netbios|client|nas-id|node|CN|pc|gerät|rechner|appareil|dispositivo)"
            r"(?:[ _-]?(?:name|id))?[\"']?(?:[:=]|\s(?:is|was|called|named)\s"
            r"|\s(?=[A-Z]{2,6}-?\d{3}))"
            r"\s{0,2}[\"'“]?(?P<v>(?=[\w.-]{0,40}[\d_-])(?=[\d.-]{0,40}[^\W\d])[^\W"
            r"_][^\s,;\"”()\[\]]{2,40}"
            r"(?: (?:iPhone|iPad|MacBook|laptop|phone))?)(?<![.:])",
            _I,
        ),
    ),
    Rule(
        "file",
        Entity.FILE,
        re.compile(
            rf"(?<![\w/.-])\w{_NAME_CHAR}{{0,80}}(?:\.[\w-]{{1,30}}){{0,3}}\.{_EXTENSION}"
            rf"{_NAME_END}",
            _I,
        ),
    ),
    Rule(
        "file_spaced",
        Entity.FILE,
        re.compile(
            rf"(?:(?<=[\"“«‘/\\>•|\[:=])|(?<=: )|(?<=\n)|(?<=- )|(?<=\* )"
            rf"|\A)(?!{_ASK})(?![^\n]{{0,60}}\s--?[a-z])(?P<v>\w{_NAME_CHAR}{{0,40}}"
            rf"(?:[ .]{{1,2}}{_NAME_CHAR}{{1,40}}){{0,7}} ?\.{_EXTENSION}){_NAME_END}",
            _I,
        ),
    ),
    Rule(
        "file_capitals",
        Entity.FILE,
        re.compile(
            rf"(?<![\w./-])(?:(?=[\w-]{{0,40}}[A-Z\d_])[\w()'’&+-]{{1,40}}(?:,? | - )){{1,6}}"
            rf"(?:(?:of|for|and|the|de|von|to|from"
            rf"|v)\s(?=\S{{0,40}}[A-Z\d])(?:\S{{1,40}} ){{1,3}})?"
            rf"{_NAME_CHAR}{{1,40}}(?:\.[\w-]{{1,30}}){{0,2}}\.(?i:{_EXTENSION}){_NAME_END}"
        ),
    ),
)
