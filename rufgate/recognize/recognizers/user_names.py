"""User names by the label, the sentence or the record around them, in several languages.

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
NOBODY = (  # what stands where a user name could, and is none
    r"(?!(?:the|an?|your|my|me|you|us|it|its|this|that|these|those|follows?|usual|normal|before"
    r"|after|is|was|are|and|or|for|with|on|in|at|to|of|from|by|not|no|none|null|nil|true|false|yes"
    r"|number|names?|ids?|user|users|username|page|pages|admin|administrator|guest|root|anonymous"
    r"|someone|somebody|anyone|nobody|everyone|they|he|she|we|who|has|have|had|will|can|may|must"
    r"|should|link|links|app|apps|code|codes|now|here|there|below|above|profile|settings|status"
    r"|required|optional|missing|empty|blank|unknown|invalid|incorrect|wrong|correct|valid|taken"
    r"|available|case|unique|also|only|always|never|still|already|different|same|needed|changed"
    r"|email|e-mail|mail|phone|password|login|logins|logged|account|accounts|interface|guide|manual"
    r"|data|experience|input|agents?|groups?|space|mode|errors?|requests?|sessions?|base|story"
    r"|feedback|rights|table|model|class|tests?|records?|details|support|team|sales|finance"
    r"|failed|fails|failure|denied|success|successful|successfully|enabled|disabled|default|broken"
    r"|server|channel|expired|closed|open|locked|savings|current|business|personal|free|premium"
    r"|see|reset|created|updated|deleted|removed|sent|set|up|off|being|longer|too|very|self|system"
    r"|service|unassigned|pending|public|private|string|value|field|file|list|role|roles|type"
    r"|storage|mailbox|everybody|salt|security|reasons|all|any|each|more|new|old|every"
    r"|customers?|staff"
    r"|clients?|members?|phone|mobile|google|facebook|microsoft|apple|single|one|two|three"
    r"|letter|post)"
    r"(?![\w@]))"
)
_NAME = rf"{NOBODY}(?P<v>@?[A-Za-z][\w.+-]{{1,29}}\w)(?![\w@\\]|[.-]\w)"
_QUOTE = r"[\"'“‘«`(]{0,2}"
_NETWORK = (
    r"(?:skype|telegram|twitter|insta(?:gram)?|snap(?:chat)?|tiktok|git(?:hub|lab)|discord|reddit"
    r"|steam|twitch|xbox|psn|mastodon|bluesky|strava|vinted|ebay|etsy|roblox|minecraft|signal"
    r"|whatsapp|facebook|threads|youtube)"
)
_LABEL = (
    r"(?:user[ _-]?(?:name|id)|(?:log[ -]?(?:in|on)|network|windows|staff|student|unix|screen)"
    r"[ -](?:name|id)|gamer ?tag|nick ?name|benutzer(?:name|kennung)|nutzername|anmeldename"
    r"|nom d['’]utilisateur|identifiant(?: de connexion)?|(?:nombre de )?usuario|nome utente"
    r"|nome de (?:utilizador|usuário)|gebruikersnaam|nazwa użytkownika|användarnamn|brugernavn"
    r"|(?:member|profile|display|login|portal|account|membership) ?(?:name|id|login)"
    r"|(?:un|usr)(?=\s?[:=])|pseudo(?=\s?[:=]|\sest)|utilizador|kennung|brukernavn"
    r"|käyttäjätunnus|имя пользователя|логин|用户名|ユーザー名)"
)

USER_NAME_RULES = (
    Rule(
        "user_labelled",
        Entity.USERNAME,
        re.compile(
            rf"(?<![^\W_]){_LABEL}(?![^\W_])(?:\s?\(\w{{1,15}}\))?(?:(?:\s(?:is|was|will be|now"
            r"|still|remains|lautet|ist|est|es|è|é|to|är|er)\b){1,3}(?:\s?[:=]\s{0,3}|\s{1,2})"
            # a label alone is an everyday word: what follows ends the line, or has a sign before it
            r"|\s?[:=]\s{0,3}|\s{1,2}(?=\S{1,64}[ \t]{0,3}(?:\n|\Z)))"
            rf"{_QUOTE}{_NAME}(?=[\"'”’»`)]{{0,2}}[.,;!]?(?:\s|\Z))",
            _I,
        ),
    ),
    Rule(
        "user_below",
        Entity.USERNAME,
        re.compile(
            rf"(?<![^\W_]){_LABEL}[ \t]{{0,3}}[:=]?[ \t]{{0,3}}\n[ \t>*|]{{0,8}}(?:\n[ \t>*"
            rf"|]{{0,8}})?"
            rf"{_NAME}(?=[ \t|]{{0,6}}(?:\n|\Z))",
            _I,
        ),
    ),
    Rule(
        "user_state",
        Entity.USERNAME,
        re.compile(
            rf"\buser\s{_QUOTE}{_NAME}[\"'”’)]{{0,2}}\s(?:(?:could|can) ?not be|was not (?:found"
            r"|authenticated)|not (?:found|known|authenticated|authori[sz]ed)|does(?: not|n['’]t)"
            r"|is not (?:in|a member|authori[sz]ed|allowed|known)|failed to (?:log|sign"
            r"|authenticate)"
            r"|has (?:been )?(?:locked|created|added|removed|suspended|granted|logged|signed|joined"
            r"|changed|deleted|exceeded)|from \d{1,3}\.\d|exceeded|requested)\b",
            _I,
        ),
    ),
    Rule(
        "user_figured",
        Entity.USERNAME,
        re.compile(
            r"\b(?:account|profile|log[ -]?in|log[ -]?on|user)\s"
            rf"{_QUOTE}(?P<v>[a-z]{{3,16}}(?:[._-][a-z]{{1,16}})?\d{{1,6}})(?![\w@.-]\w|\w)",
            _I,
        ),
    ),
    Rule(
        "user_bracketed",
        Entity.USERNAME,
        re.compile(
            r"\b(?:your|my|his|her|their|the|new|staff|student|user)\s(?:\w{2,12}\s)?(?:account"
            rf"|profile|user ?name|log-?in|user)\s[(\[“\"‘'«]{_NAME}[)\]”\"’'»]",
            _I,
        ),
    ),
    Rule(
        "handle_mine",
        Entity.USERNAME,
        re.compile(
            r"\b(?:my|his|her|their|your)\s(?:\w{2,12}\s)?(?:handle|nick|tag|alias|log-?in|ign)\s"
            rf"(?:is|was|will be)\s(?:now\s)?{_QUOTE}{_NAME}(?!\s(?:and|or|because|so|but|at"
            rf"|to)\b)",
            _I,
        ),
    ),
    Rule(
        "gamer_tag",
        Entity.USERNAME,
        re.compile(
            r"\b(?i:gamer ?tag|xbox(?: live)?(?: name| id)?|psn(?: id)?|in-game name|ign)"
            r"(?:\sis|:|\s=)?\s[\"'“‘]?(?P<v>[A-Z][a-z0-9]{2,14}(?:[A-Z][a-z0-9]{2,14}"
            r"| [A-Z][a-z0-9]"
            r"{2,14})\d{0,4})(?!\w)"
        ),
    ),
    Rule(
        "user_greeted",
        Entity.USERNAME,
        re.compile(
            r"(?<![^\W_])(?:dear|hi|hello|hey|welcome(?: back)?|hallo|bonjour|hola|ciao|ol[áa]"
            r"|cze[śs][ćc]"
            r"|hej),?\s(?P<v>(?=\w{0,30}[_\d])[a-z][\w.-]{2,29})(?=[,!.]?\s{0,2}(?:\n|\Z)|[,!]\s)",
            _I,
        ),
    ),
    Rule(
        "user_of_work",
        Entity.USERNAME,
        re.compile(
            r"\b(?:(?:seller|buyer|player|assigned to|assignee|reported by|created by|modified by"
            r"|changed by|posted by|uploaded by|submitted by|edited by|opened by|closed by)\s?:\s?"
            rf"(?-i:(?=@?[a-z]))|commit [0-9a-f]{{6,40}} by ){_NAME}(?=\s?[(<\n]|\s?\Z|[,;.]\s)",
            _I,
        ),
    ),
    Rule(
        "user_of_slash",
        Entity.USERNAME,
        re.compile(
            rf"\b(?:log-?in|log-?on|user(?:name)?|usr|benutzer|usuario|utente"
            rf"|identifiant)\s{{0,2}}[:=]?"
            rf"\s{{0,2}}{_NAME}\s{{0,2}}[/|,;&]\s{{0,2}}(?:pass|pw|kennwort|mot de passe|contraseña"
            r"|clave|wachtwoord|senha|has[łl]o|pin)",
            _I,
        ),
    ),
    Rule(
        "user_of_ssh",
        Entity.USERNAME,
        re.compile(
            r"\b(?:ssh|scp|sftp|mosh|rsync|ssh-copy-id)\s(?:-\w{1,3}\s(?:\S{1,40}\s)?){0,3}"
            r"(?P<v>[a-z_][\w.-]{1,31})@(?=[A-Za-z])"
        ),
    ),
    Rule(
        "user_of_directory",
        Entity.USERNAME,
        re.compile(
            r"(?<![\w-])(?:uid|cn|samaccountname"
            r"|userprincipalname)\s?=\s?(?P<v>[^\s,=\[\]][^,=\n\[\]]"
            r"{0,40}),\s?(?:ou|cn|o|dc)=",
            _I,
        ),
    ),
    Rule(
        "user_of_terminal",
        Entity.USERNAME,
        re.compile(r"(?:^|\n)(?P<v>[a-z_][\w.-]{1,31})[ \t]{1,12}(?:pts/\d|tty\d|console)(?=\s)"),
    ),
    Rule(
        "domain_user_lower",
        Entity.USERNAME,
        re.compile(
            r"(?<![\w\\/.:-])[a-z][a-z0-9-]{1,15}\\(?P<v>[a-z][\w.-]{2,30}\w)(?=\s(?:logged|signed"
            r"|connected|is locked|has logged|was locked|on [A-Z]))"
        ),
    ),
    Rule(
        "handle_of_host",
        Entity.USERNAME,
        re.compile(r"(?<![\w@./])@[\w.-]{2,30}@[\w-]{1,40}(?:\.[\w-]{1,40}){1,4}(?!\w)"),
    ),
    Rule(
        "user_on_network",
        Entity.USERNAME,
        re.compile(
            rf"(?<![^\W_])(?:(?:add|message|dm|find|follow|ping|text)\s{_NAME}\s(?:on"
            rf"|over)\s(?:the\s)?"
            rf"{_NETWORK}(?![^\W_]))",
            _I,
        ),
    ),
    Rule(
        "user_says_so",
        Entity.USERNAME,
        re.compile(
            rf"(?<![^\W_])(?:on\s{_NETWORK},?\s(?:i['’]?m|i am|he['’]?s|she['’]?s|as)|(?:my|his"
            rf"|her)\s"
            rf"{_NETWORK}(?:['’]s|\sis)|under the (?:name|nick|handle|alias)|(?:user ?name"
            rf"|handle|nick"
            rf"|alias) you (?:chose|picked|asked for|requested|wanted),?)\s{_QUOTE}{_NAME}"
            r"(?=[\"'”’»`)]{0,2}(?:[.,;!]|\s?\n|\s?\Z|\s(?:on|in|and|if|is|there)\b))",
            _I,
        ),
    ),
    Rule(
        "user_before_network",
        Entity.USERNAME,
        re.compile(rf"(?:^|[\n,:;(]\s?){_NAME}\s\({_NETWORK}\)", _I),
    ),
    Rule(
        "user_of_event",
        Entity.USERNAME,
        re.compile(
            r"\b(?:account (?:locked|disabled|created|suspended|unlocked):\s|(?:failed|new"
            r"|successful"
            r"|unusual) (?:sign|log)[ -]?(?:in|on)s?(?: attempts?)? (?:for|by|from)\s"
            r"|password (?:reset|change"
            r"d?) (?:for|by|of)\s|(?:mailbox of|quota of|inbox of|home of)\s|(?:requested|raised"
            r"|logged|approved"
            rf"|submitted) by\s)(?-i:(?=[a-z]{{4}})){_NAME}(?=\s(?:is|was|from|has|at|on|via|in)\b"
            r"(?! (?:the|an?|your|our) )|[.;]?\s?(?:\n|\Z))",
            _I,
        ),
    ),
    Rule(
        "user_dashed",
        Entity.USERNAME,
        re.compile(
            rf"(?:^|\n)[ \t>*|]{{0,8}}(?:user(?:name)?|login|u)\s?[-–:]\s{_NAME}(?=[ \t"
            rf"|]{{0,6}}(?:\n|\Z)"
            r"|\s(?:p|pw|pwd|pass)\b)",
            _I,
        ),
    ),
    Rule(
        "user_logs_in",
        Entity.USERNAME,
        re.compile(
            rf"\b(?:log|sign)(?:ged|ging|ing)?[ -]?(?:in|on)\susing\s{_QUOTE}{_NAME}(?=\s(?:and"
            rf"|with|or)\b|[.,;]"
            r"|\s?\n|\s?\Z)",
            _I,
        ),
    ),
)
