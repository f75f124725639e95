"""Passwords, passphrases, one-time codes, PINs and door codes, as people hand them to each other.

In:  text.
Out: rules. A code has no form of its own: the words around it tell.
SECURITY: every repeat is bounded.
FAILS: never.
"""

from __future__ import annotations

import re

from rufgate.recognize.recognizers.passwords import PASSWORD_RULES
from rufgate.recognize.recognizers.rules import Rule
from rufgate.recognize.recognizers.secret_idioms import (
    CODE_WORD_ABROAD,
    FOR_NOW,
    NO_STATE,
    WORD_ABROAD,
)
from rufgate.sanitize.spans import Entity

_I = re.IGNORECASE
_QUOTE = r"[\"'“”‘’«`(<*]{0,2}"
_SPOKEN = r"(?:zero|oh|nought|one|two|three|four|five|six|seven|eight|nine)"
_FIGURES = r"(?:\d{2,4}(?:[ -]\d{2,4}){1,3}|\d(?:[ -]\d){3,7}|\d{4,8})"
_VALUE = (
    rf"(?:[*#]?(?:[A-Z]{{1,3}}-)?{_FIGURES}[A-Z]?[#*]?|C\d{{3,6}}[XYZ]|C?[XYZ]?\d{{3,6}}[XYZ]"
    r"|(?-i:[A-Z0-9]{3,6}(?:-[A-Z0-9]{3,6}){1,4})|(?-i:(?=[A-Z]{0,9}\d)[A-Z0-9]{5,10})"
    rf"|{_SPOKEN}(?:[ ,-]{{1,2}}{_SPOKEN}){{3,7}})"
)
_END = (
    r"(?![\w/%€£$@-]|[.,:]\d|\s?(?:%|€|£|kr\b|days?\b|hours?\b|hrs?\b|minutes?\b|mins?\b|people\b"
    r"|guests\b|euros?\b|pounds\b|kwh\b|km\b|miles\b|items\b|times\b|points\b|years?\b|uhr\b|am\b"
    r"|pm\b|members\b|kg\b|mb\b|gb\b)|\s(?:for|to get|to save|and (?:get"
    r"|save))\s[^\n.]{0,12}(?:%|£|€|\$|off\b"
    r"|free\b|discount)|\s(?:at|during|when you)\s(?:the\s)?check-?out\b)"
)
_NOT_OF_A_THING = "".join(
    rf"(?<!{word}[ -])"
    for word in (
        *("error", "status", "exit", "response", "product", "discount", "promo", "voucher"),
        *("coupon", "dress", "source", "zip", "area", "country", "reply", "return", "colour"),
        *("color", "item", "order", "smtp", "post", "sort", "bar", "qr", "offer", "tax", "fault"),
        *("enhanced", "dialling", "dialing", "result", "reason", "cost", "swift", "iban", "hs"),
    )
)
_KIND = (
    r"(?:one[- ]?time|single[- ]use|verification|security|access|confirmation|log[ -]?in|log[ -]?on"
    r"|sign[ -]?in|door|gate|entry|entrance|exit|alarm|unlock|activation|auth(?:entication"
    r"|ori[sz]ation)?|2fa|mfa|otp|tan|sms|safe|key[ -]?safe|locker|lock|key|backup|recovery|reset"
    r"|collection|pick[ -]?up|delivery|barrier|garage|building|lobby|intercom|keypad|bank(?:ing)?"
    r"|card|sim|voicemail|meeting|conference|guest|pairing|temporary|temp|secret)"
)
_CODE_WORD = (
    rf"(?:{_KIND}[ -]?(?:pass)?(?:codes?|pins?|passwords?|digits|keys?|combo|combination)"
    rf"|{_NOT_OF_A_THING}\bcodes?|pins?|pin ?codes?|pass ?codes?|OTPs?|m?TAN|[2M]FA|TOTP"
    r"|key ?safe|lock ?box|key ?box|keypad|digicode|intercom|padlock|combination|combo"
    r"|(?:four|six|last|secret) (?:digits|numbers)|(?:unlock|swipe) pattern"
    rf"|{CODE_WORD_ABROAD}"
    r"|zugangscode|bestätigungscode|sicherheitscode|einmal(?:code|passwort)|türcode|freischaltcode"
    r"|code d['’]acc[èe]s|c[óo]digo|codice|clave|toegangscode|pincode|kod(?:en)?)"
)
_FILLER = (
    r"(?:(?!(?:expires?|expiring|valid|until|before|after|within|dated|page|room|flat|order|version"
    r"|invoice|floor|row|line|section|call|ring|tel|phone|since|from|item|level|chapter|of)\b)"
    r"[^\W\d_][\w'’-]{0,15}[ ,:=]{1,2})"
)
_WORD_FOR_IT = (
    r"(?:pass[ -]?(?:word|phrase|code|key|wort)s?|pass|pw|pwd|p/w|passwd|kennwort|contraseña|clave"
    r"|mot de passe|mdp|wachtwoord|senha|palavra[- ]passe|hasło|lösenord|adgangskode|psk"
    rf"|{WORD_ABROAD}"
    r"|(?:wi-?fi|wlan|wpa\d?|network|security|guest|router)[ -]?(?:key|schlüssel|code|pass|pw)"
    r"|clé wi-?fi|memorable (?:word|phrase|name)|(?:safe|magic) ?word|the word|secret(?: word"
    r"| answer)?|credentials"
    r"|creds)"
)
_IS = r"(?:is|was|are|now|to|as|ist|est|es|è|é|lautet|luidt|jest|=|:|->|→|–|-)"
_TAIL = r"[^\s\"'”’`«»<>\[\]]{2,60}[^\s\"'”’`«»<>.,;:?)\[\]]"
_KEYLIKE = (  # digits or signs in it, an inner capital, or words joined by hyphens
    r"(?=[^\s]{0,60}[\d!#$%&*@^~+]|(?-i:[A-Za-z]{0,30}[a-z][A-Z])"
    r"|[^\W\d_]{2,12}(?:[-.][^\W\d_]{2,12}){2,5}(?![\w-]))"
)
_NO_FIGURE = (
    r"(?![£$€]|v?\d{1,4}(?:[.,:/]\d{1,4}){1,3}(?!\w)|\d{1,3}(?!\w)|\S{1,40}@|https?:"
    r"|[a-z]{2,12}-\d{1,2}(?!\w)|[a-z]{1,10}-(?:to|the|of|by|and|in|on|or|at|for|a|up|off|out)-)"
)
_LOCKED = (
    r"(?:wi-?fi|wlan|router|hotspot|network|server|voice|vpn|intercom|portal|keypad|safe|locker"
    r"|garage|barrier|gate|door|alarm|shed|laptop|tablet|ipad|netflix|zoom|teams|broadband|hub"
    r"|printer|camera|doorbell)"
)

CREDENTIAL_RULES = (
    Rule(
        "code",
        Entity.SECRET,
        re.compile(
            rf"(?<![^\W_]){_CODE_WORD}(?![^\W_])[^\w\n\[\].!?]{{0,6}}(?:{_FILLER}){{0,7}}?"
            rf"[^\w\n\[\].!?£$€#]{{0,4}}{_QUOTE}(?<![\w£$€])(?P<v>{_VALUE}){_END}",
            _I,
        ),
    ),
    Rule(
        "code_below",
        Entity.SECRET,
        re.compile(
            rf"(?<![^\W_]){_CODE_WORD}(?![^\W_])[^\n\d]{{0,80}}\n[ \t>*|]{{0,8}}(?:\n[ \t>*"
            rf"|]{{0,8}})?"
            rf"{_QUOTE}(?P<v>{_VALUE})(?=[ \t.*|\"'”]{{0,6}}(?:\n|\Z))",
            _I,
        ),
    ),
    Rule(
        "code_list",
        Entity.SECRET,
        re.compile(
            r"\b(?:backup|recovery|scratch|emergency|reset|one[- ]time|single[- ]use|spare"
            r"|log[ -]?in)"
            rf"[ -]?(?:codes?|keys?"
            rf"|pins?)\b[^\n\d]{{0,60}}?[:.,\s]\s{{0,4}}(?:1[.)]\s)?(?P<v>{_VALUE}(?:[,;\s]{{1,4}}"
            rf"(?:and\s|or\s|\d{{1,2}}[.)]\s)?(?:{_VALUE}|\[[A-Z ]{{2,20}}\])){{0,19}}){_END}",
            _I,
        ),
    ),
    Rule(
        "code_before",
        Entity.SECRET,
        re.compile(
            rf"(?<![\w.,£$€/-])(?P<v>{_VALUE})[\"'”’)]{{0,2}},?\s(?:(?:is|was|will be|est|ist|es"
            rf"|è|as)"
            rf"\s|[(:=-]\s?)(?:[\w'’-]{{1,20}}\s){{0,7}}?{_CODE_WORD}(?![^\W_])",
            _I,
        ),
    ),
    Rule(
        "code_typed",
        Entity.SECRET,
        re.compile(
            r"\b(?:enter|type|use|key|input|punch|quote|read|tap|text|reply|give|say|press|dial"
            r"|show"
            r"|send|insert|confirm|verify|unlock|log[ -]?in|sign[ -]?in|activate)\s(?:(?:in|out"
            r"|back|with|them|him|her|us|me|the|this|driver|number"
            r"|digits"
            rf"|your|it)\s){{0,3}}{_QUOTE}(?P<v>{_VALUE})[\"'”’]?(?=[,;]?\s(?:when|if\s(?:asked"
            rf"|prompted"
            r"|it|they)|to\s(?:the|your|our|him|her|them|any)\s|at\s(?:the|http|hxxp|www"
            r"|\S{2,40}\.\w)|on\s(?:the|arrival)"
            r"|to\s(?:log"
            r"|sign|get|unlock|open|confirm|verify|continue|proceed|collect|complete)\b|within\s"
            r"|as\s"
            r"|(?:and|then)\s(?:press|enter|hash|star|turn|pull|push)|followed\sby)"
            r"|[^\n.]{0,40}\b(?:codes?|pins?|keypad|prompt(?:ed)?|passcode)\b)"
            r"(?<!send 20\d\d)(?<!use 20\d\d)(?<!give \d{4})",
            _I,
        ),
    ),
    Rule(
        "code_hash",
        Entity.SECRET,
        re.compile(r"(?<![\w#*.,-])[*#]?(?:\d{4,8}|[A-Z0-9]{3,6}-[A-Z0-9]{3,6})#(?!\w)"),
    ),
    Rule(
        "code_of_lock",
        Entity.SECRET,
        re.compile(
            rf"\b(?:{_LOCKED}(?:\s(?:is|code|pin|wants|needs|takes|opens with|asks for"
            rf"|now)){{1,2}}\s?[:=]?|alarm|shed|garage|barrier|key)\s?"
            rf"{_QUOTE}(?P<v>{_VALUE}){_END}",
            _I,
        ),
    ),
    Rule(
        "password",
        Entity.SECRET,
        re.compile(
            rf"(?<![^\W_]){_WORD_FOR_IT}[\"']?(?:\s(?:now|still|for \w{{1,20}}|to \w{{1,20}}"
            rf"|{FOR_NOW}))?\s{{0,2}}[:=]\s{{0,2}}{_QUOTE}{NO_STATE}(?P<v>{_TAIL})",
            _I,
        ),
    ),
    Rule(
        "key_of_program",
        Entity.SECRET,
        re.compile(
            r"(?<![^\W_])(?:(?:api[ _-]?key|access[ _-]?(?:key|token)|auth(?:enti"
            r"cation)?[ _-]?token"
            rf"|client[ _-]?secret|token|key)[\"']?\s{{0,2}}[:=]\s{{0,2}}{_QUOTE}(?={_KEYLIKE})"
            rf"|(?:otp|totp|mfa|2fa|pin|passcode|tan)[\"']?\s{{0,2}}[:=]\s{{0,2}}{_QUOTE}"
            rf")(?P<v>{_TAIL})",
            _I,
        ),
    ),
    Rule(
        "password_is",
        Entity.SECRET,
        re.compile(
            rf"(?<![^\W_]){_WORD_FOR_IT}(?![^\W_])[^\w\n\[\].!?]{{0,3}}"
            rf"(?:[\w'’-]{{1,15}}[ ,:]{{1,2}}){{0,7}}?{_IS}[\s:]{{1,3}}{_QUOTE}{_NO_FIGURE}"
            rf"(?P<v>{_KEYLIKE}{_TAIL})",
            _I,
        ),
    ),
    Rule(
        "password_beside",
        Entity.SECRET,
        re.compile(
            rf"(?<![^\W_]){_WORD_FOR_IT}\s{{1,4}}\n?{_QUOTE}{_NO_FIGURE}(?P<v>{_KEYLIKE}{_TAIL})",
            _I,
        ),
    ),
    Rule(
        "password_of_lock",
        Entity.SECRET,
        re.compile(
            rf"\b{_LOCKED}(?:\s(?:login|access|network|key|name)){{0,2}}\s?(?:is|are|=|:|->|→"
            rf"|–)\s{{0,2}}"
            rf"{_QUOTE}{_NO_FIGURE}(?P<v>{_KEYLIKE}{_TAIL})",
            _I,
        ),
    ),
    Rule(
        "password_of_wifi",
        Entity.SECRET,
        re.compile(
            rf"\b(?:wi-?fi|wlan)(?:\s(?:key|code|pw|pass|login))?,?\s{{1,2}}{_QUOTE}{_NO_FIGURE}"
            rf"(?=\S{{8}})"
            rf"(?P<v>{_KEYLIKE}{_TAIL})",
            _I,
        ),
    ),
    Rule(
        "password_before",
        Entity.SECRET,
        re.compile(
            rf"(?<![\w@/.-]){_NO_FIGURE}(?P<v>{_KEYLIKE}"
            r"[^\s\"'”’`«»<>\[\]]{4,60})[\"'”’]?\s(?:is|was|as)\s"
            rf"(?:(?:one|some) of\s)?(?:the|your|my|our|a)\s(?:[\w-]{{1,15}}\s){{"
            rf"0,3}}{_WORD_FOR_IT}(?![^\W_])",
            _I,
        ),
    ),
    Rule(
        "password_typed",
        Entity.SECRET,
        re.compile(
            rf"\b(?:use|enter|type|try|with)\s{_QUOTE}{_NO_FIGURE}(?P<v>{_KEYLIKE}{_TAIL}"
            rf")[\"'”’]?\s"
            r"to\s(?:get in|log|sign|open|unlock|connect|join|start)",
            _I,
        ),
    ),
    Rule(
        "password_set",
        Entity.SECRET,
        re.compile(
            r"\b(?:reset|changed|set|updated|resetting|changing)\b(?:\s(?:it|this|yours|the|your|my"
            rf"|her|his|password)){{0,3}}\s(?:to|as)\s{_QUOTE}{_NO_FIGURE}"
            rf"(?=\S{{0,40}}[^\W\d_])(?P<v>{_KEYLIKE}[^\s\"'”’`«»<>\[\]/=()]{{7,60}}"
            r"[^\s\"'”’`«»<>.,;:?)\[\]])",
            _I,
        ),
    ),
    Rule(
        "passphrase",
        Entity.SECRET,
        re.compile(
            r"\bpass[ -]?phrase\b(?:\s[\w'’-]{1,15}){0,4}?\s?(?:is|:|=)\s{0,2}"
            r"(?P<v>[^\W\d_]{2,14}(?:[ -][^\W\d_]{2,14}){2,7})(?=[.,;\n\"”'’]|\Z)",
            _I,
        ),
    ),
    Rule(
        "password_quoted",
        Entity.SECRET,
        re.compile(
            rf"(?<![^\W_]){_WORD_FOR_IT}(?![^\W_])(?:\s[\w'’-]{{1,15}}){{0,5}}?\s?[:=]?\s?"
            r"[\"“«‘'](?P<v>[^\n\"”»’'\[\]]{3,60})[\"”»’']",
            _I,
        ),
    ),
    Rule(
        "password_of_pair",
        Entity.SECRET,
        re.compile(
            r"\b(?:portal|log[ -]?in|log[ -]?on|credentials|creds|access|account|user|sign[ -]?in"
            r"|vpn"
            r"|ftp|router|admin|wi-?fi)\b[^\n:]{0,20}(?:[:=]|with|as|is)\s?[^\s/:]{2,40}\s?(?:/"
            r"|\||:|and(?=\s\S{0,40}[\d!#$%&*]))"
            r"\s(?P<v>[^\s\"'”’`<>\[\]]{3,60}[^\s\"'”’`<>.,;\[\]])",
            _I,
        ),
    ),
    Rule("jwt", Entity.SECRET, re.compile(r"\beyJ[\w-]{8,2000}(?:\.[\w-]{4,2000}){0,2}")),
    *PASSWORD_RULES,
)
