"""Whether a reporter hid who a mail was for, before it reported (RFC 6590). Pure.

In:  local parts of recipients, as reported.
Out: whether one of them still looks like somebody.
FAILS: never. It reads the form alone: a name of eight random letters is not told from a token of
     as many, and counts as somebody; a long token as nobody, so that no reporter is wronged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from rufgate.sanitize.addresses import Mailbox

_WORDS: Final = frozenset(
    {
        "anonymous", "anonymized", "deleted", "hidden", "masked", "nobody", "none", "private",
        "recipient", "redacted", "removed", "undisclosed", "undisclosed-recipients", "unknown",
        "withheld",
    }
)  # fmt: skip
_FILLER: Final = re.compile(r"([x*#._-])\1*", re.IGNORECASE)
_HEX: Final = re.compile(r"[0-9a-f]{16,}", re.IGNORECASE)
_BASE64: Final = re.compile(r"(?=.*[A-Z])(?=.*[a-z])[A-Za-z0-9+/_-]{16,}={0,2}")
_BASE32: Final = re.compile(r"(?=.*[2-7])[a-z2-7]{16,}", re.IGNORECASE)
_PADDED: Final = re.compile(r"[A-Za-z0-9+/]{4,}={1,2}")
_LONGEST: Final = 256


def names_somebody(boxes: Iterable[Mailbox]) -> bool:
    """Whether a recipient is reported as it was."""
    return any(not _is_hidden(box.local) for box in boxes if box.local)


def _is_hidden(local: str) -> bool:
    plain = local.strip('"<> ')[:_LONGEST]
    if plain.lower() in _WORDS or not plain:
        return True
    forms = (_FILLER, _HEX, _BASE64, _BASE32, _PADDED)
    return any(form.fullmatch(plain) is not None for form in forms)
