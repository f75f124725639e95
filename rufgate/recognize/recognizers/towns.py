"""Towns by what stands beside them: a postcode, or words of living, birth and travel.

In:  text.
Out: rules.
SECURITY: every repeat is bounded.
FAILS: never.
"""

from __future__ import annotations

import re

from rufgate.recognize.recognizers.rules import Rule
from rufgate.sanitize.spans import Entity

_TOWN_WORD = r"[A-ZÀ-Þ][\w'’]{0,20}"  # without a hyphen: it parts words, and may not do both
_NO_TOWN = (
    r"(?!(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Monday|Tuesday|Wednesday|Thursday|Friday"
    r"|Saturday|Sunday|English|French|German|Spanish|Italian|Christmas|Easter|Excel|Word|Outlook"
    r"|HR|IT|UK|EU|US|USA|GMT|UTC|The|This|That|My|Our|Your|His|Her|Their|Its|It|You|We|They|He"
    r"|She|I|Mr|Mrs|Ms|Dr|One|Two|Python|Java|Windows|Linux|Room|Building|Phase|Step|Section"
    r"|Chapter|Part|Tab|Page|Table|No|Draft|Version|Gate|Locker|Stand|Bay|Lane|Desk|Platform"
    r"|Pitch|Hall"
    r"|Floor|Level|Booth|Reception|Counter|Window|Door|Zone|Area|Ward|Unit|Court|Southern|Northern"
    r"|Eastern|Western)\b)"
)
_INNER = r"(?:on|upon|in|under|le|la|next|by|super|cum|en|sur|les|lès|am|an|der|de|of|al|del)"
_TOWN = (
    rf"{_NO_TOWN}[A-ZÀ-Þ][^\W\d_'’]{{1,20}}(?:(?:[ -]{_INNER}(?:[ -](?:the|la|le|der|los))?[ -]"
    rf"|[ -]){_NO_TOWN}[A-ZÀ-Þ][^\W\d_]{{1,20}}){{0,2}}(?!\w)"
)
_STAY = (
    r"(?:live[sd]?|living|moved?|moving|born|raised|grew up|brought up|based|resid(?:es?|ing|ed"
    r"|ent)"
    r"|stay(?:s|ing|ed)?|settled|buried|married|baptised|christened|lodg(?:es|ing|ed)|retired"
    r"|evacuated"
    r"|relocat(?:ed|ing)|emigrated)(?: back| down| up| over| out| away| round| happily| just){0,2}"
    r"(?: in| to| at| near| from| outside| around| close to| nearby)"
)
_GO = (
    r"(?:hails?|com(?:es|ing|e)|came|rang|rings|ringing|called|calling|phoned|sailed|flew|flying"
    r"|drove"
    r"|driving|walked|cycled|commut(?:es?|ed|ing)|travel(?:led|ling|s)?|going|train|flew|fly"
    r"|flies|bus|coach|ferry"
    r"|lift|drive|journey|trip|way|road|home|back|florist|baker|woman|man|girl|boy|lady|lad|couple"
    r"|family|farmer|student|pensioner|father|mother|grandmother|mum|dad)(?: all the way| home"
    r"| back"
    r"| over| down| up)?(?: from| to| out of| near)"
)
_ABROAD = (
    r"(?:wohn(?:e|t|haft) in|geboren in|aus|habite [àa]|née? à|vive en|nacid[oa] en|abita a|nato a"
    r"|mora em|nascid[oa] em|woont in)"
)

TOWN_RULES = (
    Rule(
        "town",
        Entity.LOCATION,
        re.compile(
            rf"(?<![\w.'’-])(?P<v>{_TOWN_WORD}(?:[ -]{_TOWN_WORD}){{0,2}}),?\s{{1,2}}"
            r"(?=[A-Z]{1,2}\d[A-Z\d]?\s{0,2}\d[ABD-HJLNP-UW-Z]{2}\b)"
        ),
    ),
    Rule("town_lived_in", Entity.LOCATION, re.compile(rf"\b(?i:{_STAY}) (?P<v>{_TOWN})")),
    Rule("town_travelled", Entity.LOCATION, re.compile(rf"\b(?i:{_GO}) (?P<v>{_TOWN})")),
    Rule(
        "town_from_to",
        Entity.LOCATION,
        re.compile(
            rf"\b(?i:{_GO}) (?:[A-Z][\w'’-]{{1,20}} ){{1,3}}to (?P<v>{_TOWN})(?=[ ,.;:!?\n])"
        ),
    ),
    Rule(
        "town_near", Entity.LOCATION, re.compile(rf"\b(?:near|over in|just outside) (?P<v>{_TOWN})")
    ),
    Rule(
        "town_of",
        Entity.LOCATION,
        re.compile(
            rf"\b(?i:(?:town|village|city|parish|hamlet|suburb|borough|commune|municipality)) of "
            rf"(?P<v>{_TOWN})"
        ),
    ),
    Rule(
        "town_from",
        Entity.LOCATION,
        re.compile(
            r"\b(?:from|in|at|to) (?P<v>(?:Great|Little|Upper|Lower|Nether|Over|Market|Long|Kings"
            r"|Castle"
            r"|Saint|St\.?) [A-Z][a-z]{3,14})(?=[.,;!?)])"
        ),
    ),
    Rule(
        "town_of_birth",
        Entity.LOCATION,
        re.compile(
            r"\b(?i:born|b\.|geb\.|n[ée]e|nat[oa]|nacid[oa]|birth)[^\n]{0,48}?\d{2},? (?:in |at "
            r"|à |en )?"
            rf"(?P<v>{_TOWN})(?=[ ]?[,.;)\n]|\Z)"
        ),
    ),
    Rule(
        "town_after_age",
        Entity.LOCATION,
        re.compile(
            rf"[A-ZÀ-Þ][^\W\d_]{{1,20}},? \(?(?:1[6-9]|[2-9]\d)\)?, (?:from )?(?P"
            rf"<v>{_TOWN})(?=[.\n;\"”)]|\Z)"
        ),
    ),
    Rule("town_abroad", Entity.LOCATION, re.compile(rf"\b{_ABROAD} (?P<v>{_TOWN})")),
    Rule(
        "town_on_river",
        Entity.LOCATION,
        re.compile(
            r"(?<![\w-])[A-ZÀ-Þ][^\W\d_]{1,20}-(?:on|upon|in|under|le|next|by|super|cum|en|sur"
            r"|lès|les|am"
            r"|an)-(?:(?:the|la|le|der)-)?[A-ZÀ-Þ][^\W\d_]{1,20}(?![\w-])"
        ),
    ),
    Rule(
        "town_form",
        Entity.LOCATION,
        re.compile(
            r"(?<![\w-])(?:(?:Nether|Much|Chipping|Steeple|Abbots|Bishops|Kings|Stow|Burton"
            r"|Stoke) [A-Z]"
            r"[a-z]{2,14}|(?:Inver|Llan|Bally|Carrick|Auchter|Strath|Ponty|Aberg|Kirkby)[a-z]{3,14}"
            r"|[A-Z][a-z]{2,10}(?:brough|chester|combe|minster|thorpe|thwaite|hausen|dorf|kirchen))"
            r"(?![\w-])"
        ),
    ),
)
