"""Postal addresses: United Kingdom first, then the ways of the covered languages.

In:  text.
Out: rules.
SECURITY: every repeat is bounded.
FAILS: never.
"""

from __future__ import annotations

import re

from rufgate.recognize.recognizers.rules import Rule
from rufgate.recognize.recognizers.streets_abroad import STREET_ABROAD_RULES
from rufgate.recognize.recognizers.towns import TOWN_RULES
from rufgate.sanitize.spans import Entity

_I = re.IGNORECASE
_KIND = (
    "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Cl|Court|Ct|Crescent|Cres|Way|Place|Pl"
    "|Square|Sq|Terrace|Gardens|Gdns|Grove|Hill|Park|Row|Walk|Mews|Rise|View|Green|Boulevard|Blvd"
    "|Parkway|Pkwy|Highway|Hwy|Circle|Cir|Trail|Loop|Wynd|Brae|Gate|Quay|Parade|Vale|Wharf|Yard"
    "|Embankment|Esplanade|Broadway|Alley|Croft|Loan|Path|Passage|Pike|Turnpike|Heights|Meadows?"
    "|Mead|Arcade|Approach|Circus|Common|Vennel|Pend|Ginnel|Snicket|Twitten|Fold|Hollow|Strand"
    "|Buildings|Cottages|Villas|Mansions|Drove|Copse|Spinney|Garth|Nook|Dene|Lea|Leys|Bank|Bypass"
    "|Crossing|Causeway|Canyon|Creek|Cove|Crest|Ridge|Knolls?|Landing|Orchards?|Overpass|Prairie"
    "|Radial|Rapids|Shoals?|Shores?|Skyway|Spurs?|Stravenue|Throughway|Trace|Trafficway|Underpass"
    "|Viaduct|Vista|Bluffs?|Brooks?|Estates?|Falls|Ferry|Fields?|Flats|Fords?|Forest|Forges?|Forks?"
    "|Glens?|Harbors?|Haven|Inlet|Isle|Islands?|Junction|Lakes?|Manor|Mills?|Mountains?|Mount|Neck"
    "|Oval|Plains?|Plaza|Ranch|Springs?|Stream|Summit|Tunnel|Unions?|Valleys?"
    "|Ville|Walks|Wells?|Courts|Parks|Roads|Streets|Squares|Extensions?|Expressway|Freeway|Motorway"
    "|Coves|Lodge|Village|Side"
)
_SURE_KIND = (
    "Street|Road|Avenue|Lane|Drive|Close|Crescent|Terrace|Gardens|Grove|Mews|Boulevard|Wynd|Brae"
    "|Ginnel|Snicket|Vennel"
)
_NO_STREET = (
    r"(?!(?:Hard|Test|Google|One|Pen|Flash|Disk|Shared|Network|USB|Food|Blood|Charity"
    r"|Tape) Drive\b)"
    r"(?!(?:[\w'’.-]{1,21} ){1,3}Close (?:to|of|the|for|this|your|and|all|by|at)\b)"
)
_CALENDAR = (
    r"(?!(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec|January|February|March|April"
    r"|August|September|October|November|December|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun|Monday|Tuesday"
    r"|Wednesday|Thursday|Friday|Saturday|Sunday|am|pm|AM|PM)\b)"
)
_NOT_A_THING = "".join(
    rf"(?<!{word} )"
    for word in (
        *("Table", "Bay", "Room", "Seat", "Gate", "Platform", "Page", "Phase", "Step", "Lot"),
        *(
            "Pitch",
            "Locker",
            "Hall",
            "Zone",
            "Stand",
            "Class",
            "Day",
            "Week",
            "Year",
            "Top",
            "Level",
            "Chapter",
            "Section",
            "No. of",
        ),
    )
)
_NUMBER = r"\d{1,5}(?:[A-Za-z]|/\d{1,3})?(?:\s?[-–]\s?\d{1,5}[A-Za-z]?)?"
_FLAT = r"(?:(?:Flat|Apartment|Apt\.?|Unit|Suite|Ste\.?)\s#?\w{1,5},?\s{1,2})"
_AHEAD = r"(?:(?<![\w.,£$€:/-])\d{2,5}\s(?=\d))"  # a number before the house number
_WORD = r"[A-ZÀ-Þ][\w'’.-]{0,20}"
_ROOM = r"(?i:Apt|Suite|Apartment|Unit|Flat|Ste)\.?\s#?\w?\d{1,5}\w?\b"
_OLD_HOUSE = (
    r"(?:Cottage|Lodge|Farm(?:house)?|Manor|Croft|Barn|Villa|House|Hall|Grange|Bungalow|Steading"
    r"|Rectory|Vicarage|Manse|Parsonage|Mill|Forge|Smithy|Stables|Granary|Dairy|Creamery|Oast"
    r"|Byre|Bothy|Priory|Coach House|Gatehouse|Chapel|Schoolhouse|Nook|View|Lea|Mead)"
)
_SPOT = (
    r"(?:(?:\d{1,5}[A-Za-z]?\s)?(?:[\w'’.-]{1,24}\s){0,5}?[\w'’.-]{2,24}"
    r"(?:\s\d{1,4}\.?)?)"
)

PLACE_RULES = (
    Rule(
        "street",
        Entity.STREET,
        re.compile(
            rf"\b(?<![\d][.,:/])(?<![£$€+]){_NOT_A_THING}{_AHEAD}?{_FLAT}?{_NUMBER}"
            rf",?\s{{1,2}}{_CALENDAR}"
            r"(?:(?:St|Mount|The|Upper|Lower|North|South|East|West|[NSEW])\.?\s)?"
            rf"(?:{_WORD}\s{{1,2}}){{0,3}}{_WORD}\s{{1,2}}(?:{_KIND})\b(?:\s(?:North|South|East"
            rf"|West|[NSEW]{{1,2}})\b)?(?:,?\s{{1,3}}{_ROOM})?"
        ),
    ),
    Rule(
        "street_numbered",
        Entity.STREET,
        re.compile(
            r"(?<![\w.,£$€:/-])\d{1,5}\s(?:[NSEWnsew]\.?\s|(?:North|South|East"
            r"|West)\s)?\d{1,3}(?:st|nd|rd|th)"
            r"\s(?:St|Street|Ave|Avenue|Ct|Court|Pl|Place|Rd|Road|Dr|Drive|Blvd|Terrace)\b",
            _I,
        ),
    ),
    Rule(
        "street_lower",
        Entity.STREET,
        re.compile(
            rf"\b{_FLAT}?\d{{1,4}}[a-z]?,?\s(?:[a-z'’-]{{3,20}}\s){{1,2}}(?:{_SURE_KIND})\b", _I
        ),
    ),
    Rule(
        "street_bare",
        Entity.STREET,
        re.compile(rf"\b{_NO_STREET}(?:{_WORD} ){{1,3}}(?:{_SURE_KIND})\b"),
    ),
    Rule(
        "street_the",
        Entity.STREET,
        re.compile(
            rf"\b(?:[Nn]umber|[Nn]o\.?)\s{_NUMBER},?\s[A-Z][\w'’]{{1,20}}(?: [A-Z"
            rf"][\w'’]{{1,20}}){{0,3}}\b"
            rf"|(?<![\w.,£$€:/-])(?!\d{{1,2}}/\d{{1,2}}/){_NUMBER},?\sThe\s[A-Z][\w'’-]{{2,20}}\b"
        ),
    ),
    Rule(
        "street_with_room",
        Entity.STREET,
        re.compile(
            rf"(?<![\w.,£$€:/-])\d{{1,5}}[A-Za-z]?,?\s(?:(?:{_CALENDAR}[A-ZÀ-ÞΑ-Ω\d"
            rf"][\w'’.-]{{0,24}}"
            rf"|de|la|du|des|le|del|do|da|van|u\.|ul\.|út|tér|utca),?\s){{1,6}}?\s?{_ROOM}"
            rf"|(?<![\w.,£$€:/-])\d{{2,5}}\s(?:[\w'’.-]{{2,24}}\s){{1,3}}\d{{1,4}}\.?,?\s{{1,2}}"
            rf"(?i:apt|suite)\.?\s\d{{1,5}}\b(?:,?\s{{1,3}}{_ROOM})?"
        ),
    ),
    Rule(
        "corner",
        Entity.STREET,
        re.compile(
            rf"\b(?:the\s)?(?:corner|junction|intersection|crossroads)\sof\s{_SPOT}\sand\s"
            r"(?:(?:\d{1,5}\s)?(?:[A-ZÀ-Þ][\w'’.-]{1,24}|ul\.)(?:\s[A-ZÀ-Þ\d][\w'’.-]{0,24}){0,3}"
            r"|(?:[\w'’.-]{2,24}\s){0,2}[\w'’-]{2,24})",
        ),
        lambda value: bool(re.search(r"[A-ZÀ-Þ\d]", value[1:])),
    ),
    Rule(
        "flat",
        Entity.STREET,
        re.compile(
            r"\b(?:Flat|Apartment|Apt\.?)\s#?(?:\d{1,4}[A-Za-z]?"
            r"|[A-Z]\d{0,2})\b(?:,?\s(?:[A-Z][\w'’]{1,20}\s){1,3}"
            r"(?:House|Court|Tower|Lodge|Heights|Point|Building))?"
        ),
    ),
    Rule(
        "flat_lower",
        Entity.STREET,
        re.compile(
            r"(?<![\w-])(?:(?:ground|first|second|third|top|\d(?:st|nd|rd|th)) floor flat"
            r"|basement flat"
            r"|(?:flat|apt|apartment)\.?\s#?\d{1,4}[a-z]?)\b,?\s(?=[A-Z\d])"
            r"(?:\d{1,4}[A-Za-z]?,?\s)?(?:[A-Z][\w'’-]{1,20}(?:\s[A-Z][\w'’-]{1,20}){0,3})?"
        ),
    ),
    Rule(
        "house_name",
        Entity.STREET,
        re.compile(
            rf"\b(?:The\s)?(?:[A-Z][\w'’]{{2,20}}\s){{1,2}}{_OLD_HOUSE}(?=\s?[,\n]\s{{0,3}}[A-Z\d])"
        ),
    ),
    Rule(
        "house_old",
        Entity.STREET,
        re.compile(
            rf"\bThe\s(?:Old\s[A-Z][\w'’]{{2,20}}(?:\s(?:House|Office|Station|Exchange|Box|Shop))?"
            rf"|{_OLD_HOUSE}(?=,\s[A-Z]))(?:,\s{{1,3}}(?:[A-Z][\w'’]{{1,20}} ){{1"
            rf",2}}(?:{_KIND})\b)?"
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
        "rural_route",
        Entity.STREET,
        re.compile(
            r"\bR\.?R\.?\s?#?\d{1,3}\b(?:,?\s(?:Site|Comp|Box|Stn|Group|Lot|GD)\s\w{1,5}){0,3}", _I
        ),
    ),
    Rule(
        "military",
        Entity.STREET,
        re.compile(
            r"\b(?:USNV|USCGC|USNS|USS|PSC|CMR|Unit)\s[\w-]{2,24}(?:,?\s(?:box\s)"
            r"?[\w-]{2,20}){0,2},?"
            r"\s{1,3}[AFD]PO,?\s(?:A[AEP])\s\d{5}\b",
            _I,
        ),
    ),
    Rule(
        "po_box",
        Entity.STREET,
        re.compile(
            rf"{_AHEAD}?\b(?:P\.?\s?O\.?\s?B(?:ox|\.)|post(?:al)? ?box|postfach|bo[îi]te postale"
            rf"|B\.P\."
            r"|apartado(?: de correos)?|apdo\.?|casella postale|caixa postal|postbus|skr\. poczt\.)"
            r"\s#?\d{1,6}(?:\s\d{2,3})?\b",
            _I,
        ),
    ),
    Rule(
        "address_label",
        Entity.STREET,
        re.compile(
            r"(?<![^\W_])(?<!ip )(?<!mac )(?<!mail )(?<!ware )(?<!cal )(?:addr(?:"
            r"ess)?(?:[ _]?(?:line)?[ _]?\d)?|adresse|anschrift|direcci[óo]n"
            r"|domicilio|indirizzo|morada|endereço|adres|street|stra(?:ß"
            r"|ss)e)[\"']?\s?[=:]\s{0,4}[\"']?"
            r"(?=[^\n]{0,60}\d)(?=[^\n]{0,60}[^\W\d_]{3})(?![^\n]{0,80}@)(?!\d{1,3}\.\d"
            r"|\S{0,20}://)"
            r"(?P<v>[^\s|;<>\"\[\]]{1,24}[ ,][^\n|;<>\"\[\]]{2,60}[^\W_])(?=\.?[\"|;<\n]|\.?\Z)",
            _I,
        ),
    ),
    Rule(
        "us_zip", Entity.POSTCODE, re.compile(r"\b[A-Z]{2}\s(?P<v>\d{5}(?:-\d{4})?)\b(?!\s?[%£$€])")
    ),
    Rule(
        "zip_context",
        Entity.POSTCODE,
        re.compile(
            r"\b(?i:zip(?:[ -]?code)?|post(?:al)?[ -]?code|postleitzahl|code postal"
            r"|c[óo]digo postal|plz|cap"
            r"|cp)\b[^\w\[\]]{1,4}(?:(?:is|ist|est)\s)?(?P<v>\d{3,5}(?:-\d{3,4})?"
            r"|[A-Z\d][A-Z\d -]{2,8}\d[A-Z]{0,2})"
            r"(?!\w|[.,:]\d)"
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
            r"(?:(?<=, )(?!(?<=\d, )(?:19|20)\d\d\s)|(?<=\n)|(?<=\bD-)"
            r"|(?<=\bF-))(?P<v>\d{4,5})(?=\s"
            r"[A-ZÀ-Þ][a-zà-þ]{2,})"
        ),
    ),
    *TOWN_RULES,
    *STREET_ABROAD_RULES,
)
