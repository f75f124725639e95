"""Results of SPF, DKIM and DMARC for the reporter's own message (RFC 8601 section 2.7).

Out: three enumerations; every part of the gate may import them.
"""

from __future__ import annotations

from enum import StrEnum


class SpfResult(StrEnum):
    """RFC 7208 section 2.6."""

    NONE = "none"
    NEUTRAL = "neutral"
    PASS = "pass"  # noqa: S105 - a result
    FAIL = "fail"
    SOFTFAIL = "softfail"
    TEMPERROR = "temperror"
    PERMERROR = "permerror"


class DkimResult(StrEnum):
    """RFC 8601 section 2.7.1."""

    NONE = "none"  # no signature
    PASS = "pass"  # noqa: S105 - a result
    FAIL = "fail"
    POLICY = "policy"  # it may be right, but covers too little, or its key is too weak
    NEUTRAL = "neutral"  # it was not verified: not readable, or over a limit
    TEMPERROR = "temperror"
    PERMERROR = "permerror"


class DmarcResult(StrEnum):
    """RFC 8601 section 2.7.6 (registered by RFC 7489)."""

    NONE = "none"
    PASS = "pass"  # noqa: S105 - a result
    FAIL = "fail"
    TEMPERROR = "temperror"
    PERMERROR = "permerror"
