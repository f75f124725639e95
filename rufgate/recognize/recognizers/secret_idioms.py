"""Passwords and codes by the sentence around them: "use X as the password", "opens with X".

In:  nothing.
Out: rules that complete those of ``credentials`` and ``passwords``, and words for their cues.
SECURITY: every repeat is bounded.
FAILS: never.
"""

from __future__ import annotations

import re

from rufgate.recognize.recognizers.rules import Rule
from rufgate.sanitize.spans import Entity

_I = re.IGNORECASE
CODE_WORD_ABROAD = (
    r"(?:код(?: подтверждения| доступа)?|验证码|驗證碼|認証コード|인증번호"
    r"|رمز(?: التحقق)?|κωδικός|קוד)"
)
WORD_ABROAD = (
    r"(?:парол[ья]|密码|密碼|パスワード|비밀번호|κωδικός πρόσβασης|كلمة (?:المرور|السر)|סיסמה"
    r"|şifreniz|şifre|parola|heslo|jelszó|salasana|lozinka)"
)
FOR_NOW = (
    r"(?:temp\w{2,10}|provv?is\w{2,8}|tijdelijk|tymczasowe|vorläufig|initial\w{0,2}|nou?v\w{2,5}"
    r"|nuev[ao]"
    r"|nuov[ao]|nieuw|neu|new|временный|\(\w{1,15}\))"
)
NO_STATE = (
    r"(?!(?:required|optional|none|null|nil|true|false|yes|no|strong|weak|missing|empty|invalid"
    r"|wrong"
    r"|incorrect|expired|changed|see|unchanged|hidden|disabled|enabled|default|string|str"
    r"|erforderlich"
    r"|requis|obligatoire|obligatorio|vereist)(?![\w!-]))"
)
_WORD = (
    r"(?:pass[ -]?(?:word|phrase|code|key|wort)s?|passwd|psswd|pwd?|psw|kennwort|contraseña"
    r"|mot de passe|mdp"
    r"|wachtwoord|senha|hasło|lösenord|adgangskode|passord|palavra-passe|clave|wi-?fi-?code"
    r"|wlan-?passwort|парол[ья]|heslo|salasana)"
)
_QUOTE = r"[\"'“”‘’«`(<*]{0,2}"
_KEYLIKE = (  # figures or signs in it, an inner capital, or words joined by hyphens
    r"(?=[^\s]{0,60}[\d!#$%&*@^~+]|(?-i:[A-Za-z]{0,30}[a-z][A-Z])"
    r"|[^\W\d_]{2,12}(?:[-.][^\W\d_]{2,12}){2,5}(?![\w-]))"
)
_NO_FIGURE = (
    r"(?![£$€]|v?\d{1,4}(?:[.,:/]\d{1,4}){0,3}(?![\w!])|\S{1,40}@|https?:|(?:aes|rsa|sha|tls|ssl"
    r"|pgp|gpg"
    r"|wpa|md|sse|oauth|utf)-?\d{0,3}(?!\w)|[a-z]{2,12}-\d{1,2}(?!\w))"
)
_NO_WORD = (  # a state, or what a sentence goes on with
    r"(?!(?:the|an?|your|my|me|it|its|this|that|them|one|same|to|of|for|or|and|in|on|at|by|with"
    r"|from"
    r"|is|was|are|be|been|has|have|had|will|can|may|must|should|not|no|none|null|only|never|always"
    r"|expired|expires|wrong|correct|incorrect|invalid|required|missing|reset|changed|change"
    r"|safe|weak"
    r"|strong|below|above|attached|needed|sent|known|private|secret|unchanged|compromised|stored"
    r"|encrypted|protected|hidden|shared|enough|working|ready|blank|empty|there|here|also|still"
    r"|about"
    r"|valid|accepted|rejected|mandatory|optional|requested|updated|generated|created|disabled"
    r"|enabled"
    r"|lost|stolen|unknown|available|secure|exposed|leaked|confidential|policy|policies|manager"
    r"|reminder"
    r"|recovery|protection|settings?|field|box|hash|hashes|length|rules?|please|today|soon|later"
    r"|again"
    r"|follows|instead|assistance|support|help|problems?|issues?|security|login|access|card"
    r"|details|page"
    r"|link|form|request|requests|notification|notice|confirmation|update|options?"
    r"|requirements?)(?![\w!-]))"
)
_PLAIN = rf"{_NO_WORD}(?P<v>[^\W_][^\s\"'”’«»<>\[\](),;/|]{{3,40}}[^\s\"'”’«»<>\[\](),;/|.!?:]!?)"
_TAIL = r"[^\s\"'”’`«»<>\[\]]{3,60}[^\s\"'”’`«»<>.,;:?)\[\]]"
_LINE_ENDS = r"(?=[\"'”’»`)*]{0,2}[.,;!]?[ \t|]{0,6}(?:\n|\Z))"
_ENDS = r"(?=[\"'”’»`)*]{0,2}[.,;!]?(?:\s|\Z))"
_STOP = (
    r"(?!(?:the|a|an|is|are|to|of|and|in|on|your|these|those|you|it|for|or|with|not|be|this|that"
    r"|keep"
    r"|never|please|from|by|we|at|as)\b)"
)

SECRET_IDIOMS = (
    Rule(
        "password_last",
        Entity.SECRET,
        re.compile(
            rf"(?<![^\W_])(?:wi-?fi|wlan|network|router|guest|hotspot|temporary|temp|initial"
            rf"|current|new)"
            rf"\s(?:{_WORD}|key|code|login)\s?[-–→:]?\s{_QUOTE}{_NO_FIGURE}{_PLAIN}{_LINE_ENDS}",
            _I,
        ),
    ),
    Rule(
        "password_becomes",
        Entity.SECRET,
        re.compile(
            rf"(?<![^\W_]){_WORD}(?:\s(?:of|for|del?|do|da|du|van"
            rf"|von)\s(?:\w{{2,12}}\s)?\w{{2,12}})?(?:['’]s|\s(?:stays|remains|is still"
            rf"|for now is|is again|will be"
            r"|(?:has been|was|is) (?:now )?(?:set|changed|reset) to|c['’]est|est|es|è|é|is|to"
            r"|är|er)"
            rf")\s{{1,2}}{_QUOTE}{_PLAIN}{_LINE_ENDS}",
            _I,
        ),
    ),
    Rule(
        "password_for",
        Entity.SECRET,
        re.compile(
            rf"(?<![^\W_]){_WORD}\s(?:for|to|of|on|from|für|pour|para|per|voor|do|du|de|della)\s"
            rf"(?:[^\W_][\w'’.-]{{0,15}}\s){{0,5}}[^\W_][\w'’-]{{0,15}}\s?[:=–→-]\s{{1,2}}{_QUOTE}{_NO_FIGURE}"
            rf"{_NO_WORD}(?P<v>{_KEYLIKE}{_TAIL}|\S{{3,40}}\w{_LINE_ENDS})",
            _I,
        ),
    ),
    Rule(
        "password_below",
        Entity.SECRET,
        re.compile(
            rf"(?<![^\W_]){_WORD}(?![^\W_])(?:[^\n.!?:]{{0,60}}[:=][ \t]{{0,4}}"
            rf"|[^\n.!?]{{0,60}}(?=\n\s{{0,12}}"
            rf"{_QUOTE}{_KEYLIKE}))\n[ \t>*|]{{0,8}}(?:\n[ \t>*"
            rf"|]{{0,8}})?{_QUOTE}{_NO_FIGURE}{_PLAIN}"
            rf"{_LINE_ENDS}",
            _I,
        ),
    ),
    Rule(
        "password_used_as",
        Entity.SECRET,
        re.compile(
            rf"\b(?:use|enter|type|try|have|with)\s{_QUOTE}{_PLAIN}[\"'”’»`)]{{0,2}}\sas\s"
            rf"(?:the|your|a|an|my|our)\s(?:\w{{1,12}}\s){{0,2}}(?:{_WORD}|pin|code)(?![^\W_])",
            _I,
        ),
    ),
    Rule(
        "password_opens",
        Entity.SECRET,
        re.compile(
            r"\b(?:opens?|unlocks?|decrypts?|unzips?|log(?:s|ged)? in|sign(?:s|ed)? in"
            r"|(?:protected|secured"
            r"|encrypted|locked|zipped) )\s?(?:with|by|using)\s(?:the word\s|the key\s|password\s)?"
            rf"{_QUOTE}{_NO_FIGURE}{_NO_WORD}(?P<v>{_KEYLIKE}{_TAIL})",
            _I,
        ),
    ),
    Rule(
        "password_option",
        Entity.SECRET,
        re.compile(
            r"(?<![\w-])(?:--(?:password|passwd|pass|pwd|token"
            r"|secret)[ =][\"']?(?P<v>(?![A-Z_]{1,20}\b)"
            r"[^\s\"'<>\[\]$-][^\s\"'<>\[\]]{3,60})(?=[\"']?\s{0,2}(?:\n|\Z|-)))"
        ),
    ),
    Rule(
        "password_of_mysql",
        Entity.SECRET,
        re.compile(
            r"\bmysql\w{0,5} (?:-{1,2}\w[^\s]{0,30} (?:\w{1,20} )?){0,4}-p(?P<v>[^\s-]\S{3,40})"
        ),
    ),
    Rule(
        "password_tagged",
        Entity.SECRET,
        re.compile(r"<(?:password|passwd|pwd|secret|token|pin)>(?P<v>[^<\s]{3,80})<", _I),
    ),
    Rule(
        "recovery_phrase",
        Entity.SECRET,
        re.compile(
            r"\b(?:recovery|seed|backup|mnemonic|wallet|secret)[ -](?:phrase"
            r"|words?)\b[^\n:.!?]{0,40}[:\n]\s{0,8}"
            rf"(?P<v>{_STOP}[a-z]{{3,10}}(?:[ ,\n]{{1,2}}{_STOP}[a-z]{{3,10}}){{5,23}})"
            r"(?=[.,;]?(?:\n|\Z|\s[A-Z]))"
        ),
    ),
    Rule(
        "secret_answer",
        Entity.SECRET,
        re.compile(
            r"\b(?i:answer to (?:your|my|the|his|her) (?:security|secret) question"
            r"|security answer|secret answer"
            r"|mother['’]s maiden name(?: on file)?|maiden name|first pet|memorable (?:word|name"
            r"|place))"
            r"\s?(?:(?i:is|was)\s|[:=–-]\s{0,2})[\"'“‘]?"
            r"(?P<v>[A-Z][\w'’-]{2,20}(?: [A-Z][\w'’-]{2,20})?)"
        ),
    ),
    Rule(
        "code_short",
        Entity.SECRET,
        re.compile(
            r"\b(?i:(?:collection|pick[ -]?up|door|gate|lock|locker|entry|access|security"
            r"|verification|login"
            r"|one[- ]time|safe|alarm|garage|barrier|padlock|bike lock|key ?safe|cvv2?|cvc)"
            r"(?:\s(?:code|pin|combination|number|no))?(?:\sis)?)\s?[:=]?\s{1,2}[\"'“‘]?"
            r"(?P<v>(?=[A-Z]{1,3}\d)[A-Z\d]{4}|(?<=is )\d{3}|(?<=: )\d{3})(?![\w%/-]|[.,:]\d"
            r"|\s?(?:%|[a-z]{1,12}s\b"
            r"|km|m\b|cm|mm|kg|am|pm))"
        ),
    ),
    Rule(
        "code_of_lock_with",
        Entity.SECRET,
        re.compile(
            r"\b(?:alarm|padlock|locker|safe|gate|door|shed|garage|barrier|key ?safe"
            r"|bike lock)\b[^\n.!?\d]{0,25}"
            r"\b(?:with|using|on|to)\s(?:code\s)?[\"'“‘]?(?P<v>(?!(?:19|20)\d\d(?!\d))\d{4,6}[#*]?)"
            r"(?![\w%/-]|[.,:]\d|\s?(?:%|[a-z]{3,12}s\b|£|€|am\b|pm\b))",
            _I,
        ),
    ),
    Rule(
        "secret_spelled",
        Entity.SECRET,
        re.compile(
            rf"(?<![^\W_])(?:it['’]s|it is|is|key|:)\s{_QUOTE}{_PLAIN}[\"'”’»`)]{{0,2}}(?:,"
            rf"|\s[-–(])\s?"
            r"(?:all\s|and\s|in\s|with\s){0,2}(?:a\s)?(?:one word|lower ?case|upper ?case"
            r"|no (?:spaces?"
            r"|capitals?)|small letters|capitals?\b|case sensitive|without (?:the )?spaces?)",
            _I,
        ),
    ),
    Rule(
        "secret_of_wifi",
        Entity.SECRET,
        re.compile(
            r"(?<![^\W_])(?:(?:wi-?fi|wlan)\s?[:=]|ssid\b[^\n]{1,40}[,;/]\s?key"
            r"|code ?word\s?[:=]?|safe ?word"
            rf"\s?[:=]|parole\s?[:=])\s{{1,2}}{_QUOTE}{_NO_FIGURE}{_PLAIN}{_LINE_ENDS}",
            _I,
        ),
    ),
    Rule(
        "secret_after_slash",
        Entity.SECRET,
        re.compile(
            r"(?<![^\W_])(?:u|un|usr|uid|id|user)\s?[:=]\s?[^\s:=,;/]{2,40}[\s,;/]{1,3}(?:p|pw"
            r"|pwd|pass)\s?[:=]"
            r"\s?(?P<v>[^\s\"'<>\[\]]{3,60}[^\s\"'<>.,;\[\]])",
            _I,
        ),
    ),
    Rule(
        "number_given",
        Entity.SECRET,
        re.compile(
            r"\b(?:give|tell|show|read)\s(?:the|our|your)\s(?:driver|courier|pharmacist|staff"
            r"|reception"
            r"|receptionist|team|nurse|porter|assistant|cashier|chemist|guard|clerk|desk|doorman)\s"
            r"(?:this\s|the\s)?(?:number\s|code\s|pin\s)?[\"'“‘]?(?P<v>\d{4,6}"
            r"|(?-i:(?=[A-Z]{1,3}\d)[A-Z\d]"
            r"{4,8}))(?![\w%/-]|[.,:]\d)",
            _I,
        ),
    ),
    Rule(
        "code_of_box",
        Entity.SECRET,
        re.compile(
            r"\b(?:(?:parcel|key|post|lock|drop|letter) ?(?:box|locker)|please quote|key ?safe"
            r"|smart ?lock)"
            r"\s?[:=–-]?\s{1,2}(?P<v>(?!(?:19|20)\d\d(?!\d))\d{4,6}"
            r"|(?-i:(?=[A-Z]{1,3}\d)[A-Z\d]{4,8}))"
            r"(?![\w%/-]|[.,:]\d|\s?(?:kg|g|cm|mm|km|[a-z]{2,12}s)\b)",
            _I,
        ),
    ),
    Rule(
        "password_of_habit",
        Entity.SECRET,
        re.compile(
            rf"\b(?:always use|still use|try|used"
            rf"|tried)\s{_QUOTE}{_NO_FIGURE}{_NO_WORD}(?P<v>(?=[^\s]{{0,20}}\d)"
            rf"[^\W\d_]{{4,20}}[\d!?#]{{1,6}})(?![\w/-])",
            _I,
        ),
    ),
)
