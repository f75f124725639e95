"""User names by what is said of them: "log in as", "started following you", a cell after "User".

In:  nothing.
Out: rules that complete those of ``accounts``.
SECURITY: every repeat is bounded.
FAILS: never.
"""

from __future__ import annotations

import re

from rufgate.recognize.recognizers.rules import Rule
from rufgate.sanitize.spans import Entity

_I = re.IGNORECASE
_PLAIN = (
    r"(?!(?:the|an?|your|my|me|you|us|it|this|that|follows?|usual|normal|well|soon|before|after"
    r"|calls?|accounts?|is|was|and|or|for|with|on|in|at|to|of|number|name|id|users?|pages?"
    r"|groups?|chats?"
    r"|meetings?|support|team|admin|administrator|guest|root|someone|somebody|anyone|they|he|she|we"
    r"|who|people|friends?|nobody|everyone|others?|premium|business|details|holder|has|have|will"
    r"|can"
    r"|link|links|store|app|apps|code|codes|cards?|games?|now|here|there|profile|settings|status"
    r"|servers?|channels?|rooms?|bots?|community|invite|message|messages|notes?|story|stories)\b)"
)
_NAME = rf"{_PLAIN}(?P<v>@?[A-Za-z][\w.+-]{{2,29}}\w)"
_END = r"(?![\w@]|[.-]\w)"
_NETWORK = (
    r"(?:skype|steam|discord|xbox|psn|playstation|twitch|insta(?:gram)?|snap(?:chat)?|tiktok"
    r"|telegram"
    r"|reddit|github|gitlab|mastodon|threads|signal|teams|slack|roblox|minecraft|strava)"
)

ACCOUNT_IDIOMS = (
    Rule(
        "account_state",
        Entity.USERNAME,
        re.compile(
            rf"\b(?:account|user|profile|login)\s[\"'“‘]?{_NAME}[\"'”’]?\s(?:was|has been"
            r"|is|will be)\s(?:now\s)?(?:locked|unlocked|disabled|suspended|created|blocked|reset"
            r"|closed|removed|deleted|banned|reported|restored|verified|logged)\b",
            _I,
        ),
    ),
    Rule(
        "account_path",
        Entity.USERNAME,
        re.compile(
            r"(?<![\w.])/(?:u|user|users|profile|member|people|in)/(?P<v>[A-Za-z][\w.+-]{2,29})", _I
        ),
    ),
    Rule(
        "signed_in_as",
        Entity.USERNAME,
        re.compile(
            r"\b(?:log(?:ged|ging)?|sign(?:ed|ing)?)[ -]?(?:in|on)\s(?:as|with|under)\s"
            rf"[\"'“‘]?{_NAME}{_END}",
            _I,
        ),
    ),
    Rule(
        "goes_by",
        Entity.USERNAME,
        re.compile(
            r"\b(?:goes by|plays as|posts as|writes as|signs as|streams as"
            rf"|find (?:me|him|her|them) as)\s[\"'“‘]?{_NAME}{_END}",
            _I,
        ),
    ),
    Rule(
        "user_cell",
        Entity.USERNAME,
        re.compile(
            r"\b(?:user(?:[ -]?name)?|log[ -]?in|user[ -]?id|screen name|handle|nick(?:name)?)"
            rf"\s{{0,3}}(?:\|\s{{0,20}}|[.·…_]{{3,40}}\s?:?\s{{0,4}}){_NAME}{_END}",
            _I,
        ),
    ),
    Rule(
        "network_named",
        Entity.USERNAME,
        re.compile(
            rf"\b{_NETWORK}(?:\s(?:name|id|handle|user(?:name)?|tag|nick))?(?:\sis|:"
            rf"|\s?=)?\s{_NAME}"
            r"(?=[.,;!?)\n]|\s[/|]|\s?\Z|\s(?:and|or|on|if|from|is|too)\b)",
            _I,
        ),
    ),
    Rule(
        "network_notice",
        Entity.USERNAME,
        re.compile(
            rf"(?:^|[.!?:>]\s|\n){_NAME}\s(?:commented on|started following|is now following"
            r"|followed you|liked your|mentioned you|tagged you|replied to your|sent you a"
            r"|wants to (?:be|follow|connect)|added you|viewed your|endorsed you|poked you)\b",
            _I,
        ),
    ),
)
