"""Passwords that look like none: words joined by a sign, or one plain word after "the password is".

In:  nothing.
Out: rules that complete those of ``credentials``.
SECURITY: every repeat is bounded.
FAILS: never.
"""

from __future__ import annotations

import re

from rufgate.recognize.recognizers.rules import Rule
from rufgate.recognize.recognizers.secret_idioms import SECRET_IDIOMS
from rufgate.sanitize.spans import Entity

_I = re.IGNORECASE
_WORD = (
    r"(?:pass[ -]?(?:word|phrase|code|wort)s?|passwd|pwd?|kennwort|contraseña|clave|mot de passe"
    r"|wachtwoord|senha|login|log[ -]?in|credentials|wi-?fi|unlock|sign[ -]?in)"
)
_LINK = (
    r"(?:[\s.]{0,20}[:=]{1,2}|[ ,(]{1,2}(?:is|was|now|will be|to|as|with|lautet|ist|est|es|è|é|of"
    r"|it|for the \w{1,15}|for \w{1,15}|in|and|the|your)(?![^\W_])){0,4}[\s(\"'“‘«*`]{1,4}"
)
_PLAIN_COMPOUND = (
    r"(?!(?:case-?(?:in)?sensitive|sign-?in|log-?in|log-?on|e-?mail|re-?enter|re-?set|up-to-date"
    r"|two-factor|multi-factor|one-time|user-?name|wi-?fi|self-service|time-limited|single-use"
    r"|read-only|on-screen|auto-?fill|pass-?word|and/or|his/her|he/she)\b)"
)
_STATE = (
    r"(?!(?:expired|wrong|correct|incorrect|invalid|required|missing|reset|changed|safe|weak|strong"
    r"|below|above|attached|needed|sent|known|private|secret|unchanged|compromised|stored|encrypted"
    r"|protected|hidden|shared|enough|working|ready|blank|empty|there|here|also|still|about|going"
    r"|being|always|never|only|not|set|off|on|in|important|case|different|valid|accepted|rejected"
    r"|mandatory|optional|visible|requested|updated|generated|created|removed|disabled|enabled"
    r"|lost|stolen|unknown|available|insecure|secure|exposed|leaked|rejected|confidential|yours"
    r"|mine|ours|theirs|abgelaufen|falsch|expirado|expiré|verlopen|scaduta)\b)"
)
_JOINED = r"[^\W_]{2,20}(?:[-?!;&._+*#~^=][^\W_]{2,20}){1,5}[!?*#]?"

PASSWORD_RULES = (
    Rule(
        "password_cell",
        Entity.SECRET,
        re.compile(
            rf"(?<![^\W_]){_WORD}\s{{0,3}}(?:\|\s{{0,20}}|[.·…_]{{3,40}}\s?:?\s{{0,4}})"
            r"(?P<v>[^\s\"'”’<>\[\]|]{4,60})(?![^\s|\"'”’.,;)])",
            _I,
        ),
    ),
    Rule(
        "password_joined",
        Entity.SECRET,
        re.compile(
            rf"(?<![^\W_]){_WORD}{_LINK}{_PLAIN_COMPOUND}(?P<v>{_JOINED})(?![\w@/:]|\.\w)",
            _I,
        ),
    ),
    Rule(
        "password_odd",
        Entity.SECRET,
        re.compile(
            rf"(?<![^\W_]){_WORD}(?![^\W_])[^\n]{{0,40}}?(?<![^\s(\"'“‘:=/])"
            r"(?P<v>(?=[^\s]{0,30}[^\W\d_])[^\W_]{1,20}[!?#$%&*+^~;][^\s\"'”’<>\[\](),:/]{1,30})",
            _I,
        ),
    ),
    Rule(
        "password_word",
        Entity.SECRET,
        re.compile(
            rf"(?<![^\W_])(?:pass[ -]?(?:word|phrase|code|wort)|passwd|pwd?|kennwort)\s"
            rf"(?:is|was|now is|is now|lautet|ist|est|es|è)\s{{1,2}}{_STATE}"
            r"(?P<v>[^\W\d_]{4,20})(?=[.!,;]?(?:\n|\Z)|[.;] )",
            _I,
        ),
    ),
    *SECRET_IDIOMS,
)
