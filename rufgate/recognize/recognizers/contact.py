"""Ways to reach or sign in as a person: phones, user names, devices, secrets."""

from __future__ import annotations

import re

from rufgate.recognize.recognizers.accounts import ACCOUNT_RULES
from rufgate.recognize.recognizers.checks import digits
from rufgate.recognize.recognizers.credentials import CREDENTIAL_RULES
from rufgate.recognize.recognizers.devices import DEVICE_RULES
from rufgate.recognize.recognizers.phones import PHONE_RULES
from rufgate.recognize.recognizers.rules import Rule
from rufgate.sanitize.spans import Entity

_I = re.IGNORECASE


def _mixed(value: str) -> bool:
    """Whether a run is a key and no word: two of digits, lower and upper case, and no path."""
    kinds = (r"\d", r"[a-z]", r"[A-Z]")
    return sum(bool(re.search(kind, value)) for kind in kinds) == 3 and len(digits(value)) >= 3


CONTACT_RULES = (
    *PHONE_RULES,
    Rule(
        "known_key",
        Entity.SECRET,
        re.compile(
            r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\b(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-"
            r"|sk[-_](?:live_|test_|proj-)?|pk_live_|AIza|ya29\.|hf_|npm_|dop_v1_"
            r"|SG\.)[\w.-]{10,200}"
        ),
    ),
    Rule("hex_key", Entity.SECRET, re.compile(r"(?<![\w-])[0-9a-f]{32,128}(?![\w-])", _I)),
    Rule(
        "mixed_key",
        Entity.SECRET,
        re.compile(r"(?<![\w/.+@-])[A-Za-z0-9+/_]{20,200}={0,2}(?![\w@/-])"),
        _mixed,
    ),
    Rule(
        "private_key",
        Entity.SECRET,
        re.compile(
            r"-----BEGIN [A-Z ]{3,30}-----[A-Za-z0-9+/=\s]{20,8000}(?:-----END [A-Z ]{3,30}-----)?"
        ),
    ),
    *ACCOUNT_RULES,
    *DEVICE_RULES,
    *CREDENTIAL_RULES,
)
