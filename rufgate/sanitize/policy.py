"""What is kept, for whom, and within which limits: the rules of one run, as frozen values.

In:  nothing; ``settings`` fills them.
Out: ``Policy``, ``Limits``, ``Audience``, ``Sender``: frozen, and fit to travel to a worker.
SECURITY: unknown means drop: whatever no rule names is left out and counted.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import Literal

from rufgate.sanitize.sanitized import Kind, Tier


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """Bounds of parsing. Past one of them a report becomes a row with the reason."""

    depth: int = 8
    parts: int = 100
    header_bytes: int = 262_144
    field_bytes: int = 65_536
    feedback_fields: int = 200
    received_fields: int = 50
    text_chars: int = 65_536  # longer text is left out, not cut: a cut would hide what it held


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnDomain:
    """A ``[[domains]]`` entry: matches itself and its subdomains."""

    name: str  # A-label, lower case
    role_addresses: tuple[str, ...] = ()  # local parts or addresses that may stay readable


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """The ``[policy]``, ``[[domains]]`` and ``[phrases]`` of the configuration."""

    store_tier: Tier = Tier.HEADERS
    links: Literal["host", "path"] = "host"
    attachment_digest: Literal["keyed", "sha256", "none"] = "keyed"
    source_ip: Literal["keep", "truncate"] = "keep"
    domains: Literal["known", "organizational", "keep"] = "known"
    uncovered_text: Literal["omit", "rules"] = "omit"  # in a language that no detector covers
    own_domains: tuple[OwnDomain, ...] = ()
    allow_phrases: tuple[str, ...] = ()
    deny_phrases: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)

    def digest(self) -> str:
        """16 hex digits that name this policy on every row and copy."""
        canonical = json.dumps(asdict(self), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()[:16]


@dataclass(frozen=True, kw_only=True, slots=True)
class Audience:
    """An analyst as the core sees one. ``domains`` are names or ``"*"``.

    ``kinds`` are the sorts of mail that this audience gets copies of; a gate's analysts get
    failure reports only (an ARF of another type is kept, not forwarded).
    """

    name: str
    address: str
    tier: Tier = Tier.TEXT
    pseudonyms: Literal["own", "store"] = "own"
    domains: tuple[str, ...] = ("*",)
    kinds: tuple[Kind, ...] = (Kind.AUTH_FAILURE,)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sender:
    """Who our copies come from: the From address and the host of their Message-IDs."""

    address: str
    hostname: str
