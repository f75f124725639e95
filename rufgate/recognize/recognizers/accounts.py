"""User names and handles: in sign-in details, on social media, in logs, in paths.

In:  text.
Out: rules.
SECURITY: every repeat is bounded.
FAILS: never.
"""

from __future__ import annotations

import re

from rufgate.recognize.recognizers.account_idioms import ACCOUNT_IDIOMS
from rufgate.recognize.recognizers.rules import Rule
from rufgate.recognize.recognizers.user_names import NOBODY, USER_NAME_RULES
from rufgate.sanitize.spans import Entity

_I = re.IGNORECASE
_QUOTE = r"[\"'“‘«`<\[(]{0,2}"
_USER = (
    r"(?!(?:root|admin|administrator|system|nobody|daemon|guest|anonymous|unknown|user|password)"
    r"(?![\w.]))[A-Za-z][\w.+-]{1,39}(?<![.+-])"
)
_HANDLE = (  # nobody's word: an underscore in it, or figures at its end
    r"(?!(?:base|utf|sha|aes|rsa|win|python|java|room|level)[-_]?\d)(?=[\w.-]{0,40}_"
    r"|[^\W\d_]{3,24}\d{2,6}(?![\w])|[^\W\d_]{2,20}[.-][^\W\d_]{2,20}\d)"
    r"[A-Za-z0-9_][\w.-]{2,38}\w"
)
_NETWORK = (
    r"(?:skype|telegram|twitter|instagram|insta|ig|snap(?:chat)?|tiktok|git(?:hub|lab)|discord"
    r"|reddit"
    r"|steam|twitch|xbox(?: live)?|psn|playstation|epic|battle\.?net|minecraft|roblox|strava"
    r"|mastodon"
    r"|bluesky|facebook|fb|vinted|ebay|etsy|pinterest|spotify|venmo|cashapp|wechat|kik|linkedin"
    r"|youtube|threads)"
)
_LABEL = (
    r"(?:user[ _-]?(?:name|id)?|log[ -]?in(?:\s(?:name|id))?|log[ -]?on(?:\s(?:name|id))?|handle"
    r"|account name|nick(?:name)?|alias|screen ?name|gamer ?tag|sign(?:ed)?[ -]in as"
    r"|log(?:ged)?[ -]in (?:as|with|using)|known as|benutzer(?:name|kennung)|nutzername|kennung"
    r"|anmeldename|nom d['’]utilisateur|identifiant|pseudo|(?:nombre de )?usuario|(?:nome )?utente"
    r"|utilizador|usuário|gebruikersnaam|użytkownik|användarnamn|brugernavn)"
)
_LOG = (
    r"(?:(?:accepted|failed|postponed) (?:password|publickey|none|hostbased"
    r"|keyboard-interactive(?:/pam)?|gssapi-with-mic) for (?:(?:invalid|illegal) user )?"
    r"|\b(?:invalid|illegal) user |\bsession (?:opened|closed) for user "
    r"|\bsudo(?:\[\d{1,7}\])?: {1,6}"
    r"|\bsu(?:\[\d{1,7}\])?: \(to \w{1,20}\) |\blogin (?:ok|incorrect)[^\[\n]{0,40}: ?\["
    r"|\buid=\d{1,7}\(|\bas user |\b(?:account name|logon account|subject user|target user):\s{1,8}"
    r"|\[pid \d{1,7}\] \[|(?<![\w-])(?:r?user|login|logname|uname|owner|sasl_username|user_?name"
    r"|samaccountname|subjectusername|targetusername|author|committer|assignee|reporter|requester)"
    r"[\"']?\s?[=:]\s?[<\"'\[]{0,2}|\b(?-i:USER) (?=\S{3,40}\r?\n)|\bchown (?:-R )?"
    r"|\blast login (?:by"
    r"|of) "
    r"|\blogin ?\.{3,40} )"
)
_DOES = (
    r"(?:invited|liked|followed|follows|added|messaged|mentioned|tagged|replied|commented|joined"
    r"|left"
    r"|taken|banned|muted|kicked|reported|whispered|pinged|said|says|wrote|posted|logged|signed"
    r"|challenged|accepted|requested|wants|sent|is\styping|started|shared|reacted|rated|reviewed"
    r"|approved|opened|closed|merged|pushed|forked|starred)"
)

ACCOUNT_RULES = (
    Rule(
        "user_name",
        Entity.USERNAME,
        re.compile(
            rf"(?<![^\W_]){_LABEL}(?![^\W_])[\"']?(?:\s(?:is|was|as|will be|ist|est|es"
            rf"|è)\b){{0,2}}\s{{0,12}}[:=]?\s{{0,12}}"
            rf"[\"'“‘]?{NOBODY}(?P<v>@?(?=[\w.+#-]{{0,40}}(?:[\d_@#-]|\.\w)|(?<=[:=]\s)"
            rf"|(?<=[:=@\"'“‘])){_USER}\w)",
            _I,
        ),
    ),
    Rule(
        "network",
        Entity.USERNAME,
        re.compile(
            rf"\b{_NETWORK}\b(?:\s(?:name|id|handle|is|was|as|at|account|under|tag)\b){{0,3}}"
            rf"(?:\s?[:=]\s{{0,2}}{_QUOTE}(?:live:|t\.me/|@)?"
            rf"|\s{{1,2}}{_QUOTE}@?(?={_HANDLE}))(?P<v>{_USER})",
            _I,
        ),
    ),
    Rule(
        "on_network",
        Entity.USERNAME,
        re.compile(
            rf"\b(?:i['’]?m|i am|he['’]?s|she['’]?s|as|is|called"
            rf"|me)\s{_QUOTE}(?P<v>{_USER})[\"'”’]?\s"
            rf"(?:on|over on)\s(?:the\s)?{_NETWORK}\b",
            _I,
        ),
    ),
    Rule(
        "find_me",
        Entity.USERNAME,
        re.compile(
            r"\b(?:find|add|follow|dm|message|friend|look|contact)\s(?:me|us|him|her|them)(?:\sup)?"
            rf"(?:\son\s\w{{2,12}})?(?:\s(?:as|under)|\s?:"
            rf"|\sat(?=\s@?{_HANDLE}))\s{{0,2}}{_QUOTE}@?"
            rf"(?P<v>{_USER})",
            _I,
        ),
    ),
    Rule("handle", Entity.USERNAME, re.compile(r"(?<![\w@./+-])@[A-Za-z_][\w.]{1,30}\w(?!@)")),
    Rule(
        "handle_style",
        Entity.USERNAME,
        re.compile(
            r"(?<![\w@./-])(?:xx_\w{2,30}_xx|the_?real_?\w{3,30}|(?:its|iam|im|mr|mrs|miss|ms|dj"
            r"|dr)_"
            r"\w{3,30}|[a-z][\w-]{2,30}(?:[._](?:official|irl|plays|gaming|gamer|yt|ttv)|_(?:tv"
            r"|xo|xx|ig|photos|art|fit|uk)))(?![\w@-]|\.\w)",
            _I,
        ),
    ),
    Rule(
        "handle_does",
        Entity.USERNAME,
        re.compile(
            rf"(?<![\w@./:`-])(?P<v>{_HANDLE})[\"'”’]?,?\s(?:(?:has|have|just|also|was|is|someone"
            rf"|now)\s)"
            rf"{{0,3}}{_DOES}\b(?!\s(?:to|in|by)\sthe\scode)",
            _I,
        ),
    ),
    Rule(
        "handle_named",
        Entity.USERNAME,
        re.compile(
            r"\b(?:report(?:ed)? (?:about|on|against)|complaint (?:about|against)|against"
            r"|a\.?k\.?a\.?"
            r"|that is|goes by|playing as|dm|follow|unfollow|invite|ban|unban|kick|mute|whisper"
            r"|ping"
            r"|owner|assignee|reviewer|author|committer|failures?(?: for| of| by)?|logged in|online"
            r"(?: now)?|player|streamer|seller|buyer|username)\s?[:=]?\s"
            rf"{_QUOTE}(?P<v>{_HANDLE}(?:,\s{_HANDLE}){{0,9}})",
            _I,
        ),
    ),
    Rule(
        "handle_by",
        Entity.USERNAME,
        re.compile(rf"\b(?:[a-z]{{2,12}}ed|open|[^\s]{{1,60}}\") by {_QUOTE}(?P<v>{_HANDLE})", _I),
    ),
    Rule("log_user", Entity.USERNAME, re.compile(rf"{_LOG}{NOBODY}(?P<v>{_USER})", _I)),
    Rule(
        "user_acts",
        Entity.USERNAME,
        re.compile(
            rf"\buser\s{_QUOTE}(?P<v>{_USER})[\"'”’]?\s(?:logged|signed|connected|disconnected"
            rf"|locked"
            r"|authenticated|unlocked|attempted)\b",
            _I,
        ),
    ),
    Rule(
        "handle_tagged",
        Entity.USERNAME,
        re.compile(r"(?<![\w/])(?:u/[\w-]{3,20}(?![\w/])|[A-Za-z][\w.]{1,30}#\d{4}(?!\w))"),
    ),
    Rule(
        "branch_of",
        Entity.USERNAME,
        re.compile(rf"\bcommits?\s(?:into|to)\s\S{{1,60}}\sfrom\s(?P<v>{_USER})(?=[/:])", _I),
    ),
    Rule(
        "home_folder",
        Entity.USERNAME,
        re.compile(
            r"(?:\\Users\\{1,2}|\\\\Users\\\\|/homes?/|/Users/|\\Documents and Settings\\"
            r"|/var/(?:spool/)?mail/|(?<![\w/])~(?=[A-Za-z][\w-]{2,30}/))(?P<v>[^\\/\s:\"<>"
            r"|]{1,40})"
        ),
    ),
    Rule(
        "domain_user",
        Entity.USERNAME,
        re.compile(r"(?<![\w\\/])[A-Z][A-Z0-9-]{1,15}\\{1,2}(?P<v>[A-Za-z][\w.-]{1,30}\$?)"),
    ),
    Rule(
        "user_at_host",
        Entity.USERNAME,
        re.compile(
            r"(?<![\w.@+-])[a-z_][\w.-]{1,31}@(?=[\w-]{0,40}[\d-]|[\w-]{2,40}(?::|\s?[$#~]))"
            r"[A-Za-z][\w-]{1,40}(?![\w@-]|\.\w)"
        ),
    ),
    Rule(
        "user_of_pair",
        Entity.USERNAME,
        re.compile(
            r"\b(?:portal|log[ -]?in|log[ -]?on|credentials|creds|access|account|user|sign[ -]?in"
            r"|vpn"
            rf"|ftp|router|admin)\b[^\n:]{{0,20}}(?:[:=]|with|as"
            rf"|is)\s?{_QUOTE}(?P<v>{_USER})[\"'”’]?"
            r"\s(?:/|\|)\s",
            _I,
        ),
    ),
    *ACCOUNT_IDIOMS,
    *USER_NAME_RULES,
)
