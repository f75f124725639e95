"""Received fields, rebuilt (RFC 5321 section 4.4).

In:  one Received value of the reported message.
Out: ``from HOST (IP) by HOST with PROTOCOL; DATE in UTC``, of which each part may be missing.
SECURITY: ``for``, ``envelope-from``, ids, comments, ports and TLS subjects are never read into the
     output; a word passes only as a host by the domain rule, a protocol of the list, or a date.
FAILS: never.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Final

from rufgate.sanitize.context import RedactionContext
from rufgate.sanitize.domains import HIDDEN
from rufgate.sanitize.ip_redaction import find_ip, show_ip


def _words(listing: str) -> frozenset[str]:
    return frozenset(listing.split())


_PROTOCOLS: Final = _words(
    "SMTP ESMTP ESMTPA ESMTPS ESMTPSA LMTP LMTPA LMTPS LMTPSA UTF8SMTP UTF8SMTPA UTF8SMTPS"
    " UTF8SMTPSA UTF8LMTP UTF8LMTPA UTF8LMTPS UTF8LMTPSA HTTP HTTPS MMS LOCAL BSMTP"
)
_KEYWORDS: Final = frozenset({"from", "by", "with", "id", "for", "via"})
_PIECE = re.compile(r"[()]|[^\s()]+")
_MAX_INPUT = 8192


def redact_received(value: str, context: RedactionContext) -> str | None:
    """``value`` rebuilt, or None if nothing of it may be shown."""
    route, _, date = value[:_MAX_INPUT].rpartition(";")
    clauses = _clauses(route or date)
    words = [
        *_origin(clauses.get("from", ("", "")), context),
        *_receiver(clauses, context),
    ]
    moment = utc_date(date)
    if not words and moment is None:
        return None
    return "; ".join(filter(None, (" ".join(words), moment)))


def utc_date(text: str) -> str | None:
    """A date of RFC 5322 in UTC: the zone would tell where the sender is."""
    try:
        moment = parsedate_to_datetime(text[:256].strip())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if not isinstance(moment, datetime):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    try:
        return format_datetime(aware.astimezone(UTC))
    except (ValueError, OverflowError):
        return None


def _origin(clause: tuple[str, str], context: RedactionContext) -> list[str]:
    """Who handed the message over: a name by the domain rule, and the source or its network."""
    name, rest = clause
    if not name and not rest:
        return []
    host = context.host(name)
    ip = find_ip(rest) or find_ip(name)
    shown = None
    if ip:
        shown = show_ip(ip, context.source_ip, keep=context.policy.source_ip == "keep")
    words = ["from", host if host != HIDDEN else "", f"({shown})" if shown else ""]
    return [word for word in words if word] if any(words[1:]) else []


def _receiver(clauses: dict[str, tuple[str, str]], context: RedactionContext) -> list[str]:
    words = []
    host = context.host(clauses.get("by", ("", ""))[0])
    if host != HIDDEN:
        words += ["by", host]
    protocol = clauses.get("with", ("", ""))[0].upper()
    if protocol == "MICROSOFT":  # "with Microsoft SMTP Server"
        protocol = "SMTP"
    if protocol in _PROTOCOLS:
        words += ["with", protocol]
    return words


def _clauses(route: str) -> dict[str, tuple[str, str]]:
    """``keyword -> (its word, everything else up to the next keyword, comments included)``."""
    found: dict[str, tuple[str, list[str]]] = {}
    keyword, depth = "", 0
    for piece in _PIECE.findall(route):
        if piece in "()":
            depth = max(0, depth + (1 if piece == "(" else -1))
        elif depth == 0 and piece.lower() in _KEYWORDS:
            keyword = piece.lower()
            found.setdefault(keyword, ("", []))
        elif keyword:
            word, rest = found[keyword]
            if depth == 0 and not word and not rest:
                found[keyword] = (piece, rest)
            else:
                rest.append(piece)
    return {key: (word, " ".join(rest)) for key, (word, rest) in found.items()}
