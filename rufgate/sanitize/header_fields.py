"""Single header fields of the reported message, rebuilt.

In:  one decoded field value.
Out: the value to show, or None to drop the field.
SECURITY: nothing is copied: words pass only as a domain, a date, a number, a token, or a word of
     one of the lists below.
FAILS: never.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from rufgate.sanitize.auth_redaction import (
    redact_auth_results,
    redact_domain,
    redact_identity,
    redact_selector,
)
from rufgate.sanitize.auth_results import parse_auth_results
from rufgate.sanitize.context import RedactionContext
from rufgate.sanitize.domains import HIDDEN, holds_name, is_opaque, public_name
from rufgate.sanitize.links import redact_host_of
from rufgate.sanitize.sanitized import SanitizedAuthResult


def _words(listing: str) -> frozenset[str]:
    return frozenset(listing.split())


_SPF_RESULTS: Final = _words("pass fail softfail neutral none temperror permerror error unknown")
_MEDIA_TYPES: Final = _words(
    "text/plain text/html text/calendar multipart/mixed multipart/alternative multipart/related"
    " multipart/signed multipart/encrypted multipart/report application/pdf application/pkcs7-mime"
    " application/ms-tnef application/octet-stream application/zip"
)
_SIGNED_NAMES: Final = _words(
    "arc-authentication-results arc-message-signature arc-seal authentication-results"
    " auto-submitted bcc cc content-description content-disposition content-id"
    " content-language content-type content-transfer-encoding date dkim-signature"
    " errors-to feedback-id from importance in-reply-to"
    " list-archive list-help list-id list-owner list-post list-subscribe list-unsubscribe"
    " list-unsubscribe-post message-id mime-version organization precedence priority received"
    " references reply-to resent-cc resent-date resent-from resent-message-id resent-sender"
    " resent-to return-path sender subject thread-index thread-topic to user-agent x-mailer"
    " x-priority"
)
_WORD_TAGS: Final = {
    "v": re.compile(r"[12]"),
    "a": re.compile(r"(?:rsa|ed25519)-sha(?:1|256)"),
    "c": re.compile(r"(?:simple|relaxed|nofws)(?:/(?:simple|relaxed))?"),
    "q": re.compile(r"dns(?:/txt)?"),
    "t": re.compile(r"\d{1,12}"),
    "x": re.compile(r"\d{1,12}"),
    "l": re.compile(r"\d{1,12}"),
    "cv": re.compile(r"none|pass|fail"),
}
_INSTANCE = re.compile(r"\s*i\s*=\s*(\d{1,3})\s*;")
_ANGLED = re.compile(r"<([^<>]{1,2048})>")
_FEEDBACK_WORD = re.compile(r"[A-Za-z][A-Za-z0-9._-]{0,19}")
_ENVELOPE_FROM = re.compile(r"envelope-from=\"?<?([^\s;\">]{1,320})", re.IGNORECASE)
_DOMAIN_OF = re.compile(r"domain of (?:transitioning )?<?([^\s;\">)]{1,320})", re.IGNORECASE)
_MAX_TAGS = 40
_MAX_LINKS = 5

FieldRule = Callable[[str, RedactionContext], str | None]


def redact_dkim(value: str, context: RedactionContext) -> str | None:
    """A DKIM-Signature (RFC 6376 section 3.5) without ``b``, ``bh`` and ``z``."""
    return "; ".join(_signature(value, context, sender_side=True)) or None


def redact_arc(value: str, context: RedactionContext) -> str | None:
    """ARC-Seal and ARC-Message-Signature (RFC 8617 section 4.1): instance, domain, selector."""
    kept = _signature(value, context, sender_side=False)
    return "; ".join(tag for tag in kept if tag[:2] in ("i=", "d=", "s=", "cv", "t=")) or None


def redact_auth_field(value: str, context: RedactionContext) -> str | None:
    """Authentication-Results, and ARC-Authentication-Results with its instance."""
    instance = _INSTANCE.match(value)
    results = parse_auth_results(value[instance.end() :] if instance else value)
    shown = redact_auth_results(results, context, trusted=False)
    if not shown:
        return None
    host = next((str(item.authserv) for item in shown if item.authserv), "unknown")
    start = f"i={instance[1]}; {host}" if instance else host
    return "; ".join([start, *map(_result_text, shown)])


def redact_received_spf(value: str, context: RedactionContext) -> str | None:
    """Received-SPF (RFC 7208 section 9.1): the result and the domain it is about."""
    words = value[:64].split(None, 1)
    result = words[0].strip(":;,()").lower() if words else ""
    if result not in _SPF_RESULTS:
        return None
    about = _ENVELOPE_FROM.search(value) or _DOMAIN_OF.search(value)
    domain = redact_domain(about[1], context) if about else None
    return f"{result} envelope-from={domain}" if domain else result


def redact_list_id(value: str, context: RedactionContext) -> str | None:
    """List-Id (RFC 2919): the id as a host name, without its phrase."""
    angled = _ANGLED.search(value)
    host = context.host((angled[1] if angled else value).strip(), trusted=True)
    return None if host == HIDDEN else f"<{host}>"


def redact_list_links(value: str, context: RedactionContext) -> str | None:
    """List-Unsubscribe and its like (RFC 2369): hosts only, defanged; a live link is an action."""
    shown = [
        redact_host_of(hit, context.rule, context.names, context.pseudonymizer)
        for hit in _ANGLED.findall(value)[:_MAX_LINKS]
        if hit.strip()[:7].lower() != "mailto:"
    ]
    unique = dict.fromkeys(f"<{link}>" for link in shown if link)
    return ", ".join(unique) or None


def redact_feedback_id(value: str, context: RedactionContext) -> str | None:
    """Feedback-ID: only its last part, which names the sending service."""
    last = value.rpartition(":")[2].strip()
    if not _FEEDBACK_WORD.fullmatch(last) or is_opaque(last.lower()):
        return None
    return None if holds_name(last.lower(), context.names) else last


def redact_media_type(value: str, _: RedactionContext) -> str | None:
    """The media type without parameters: boundaries and names are the sender's words."""
    kind = value.partition(";")[0].strip().lower()
    return kind if kind in _MEDIA_TYPES else None


def redact_mime_version(value: str, _: RedactionContext) -> str | None:
    """There is only one."""
    return "1.0" if value.strip().startswith("1.0") else None


def signature_domain(value: str) -> str | None:
    """The ``d=`` of a signature as a public name."""
    domains = (text for name, text in _tags(value) if name == "d")
    return public_name(next(domains, ""))


def _tags(value: str) -> Iterator[tuple[str, str]]:
    for tag in value.split(";", _MAX_TAGS)[:_MAX_TAGS]:
        name, equals, text = tag.partition("=")
        if equals:
            yield name.strip().lower(), "".join(text.split())


def _signature(value: str, context: RedactionContext, *, sender_side: bool) -> Iterator[str]:
    seen: set[str] = set()
    for name, text in _tags(value):
        if name in seen:
            continue
        seen.add(name)
        shown = _tag(name, text, context, sender_side=sender_side)
        if shown:
            yield f"{name}={shown}"


def _tag(name: str, text: str, context: RedactionContext, *, sender_side: bool) -> str | None:
    match name:
        case "d":
            return context.rule.keep(text, sender_side=sender_side)
        case "s":
            return redact_selector(text, context)
        case "i" if not sender_side:  # the instance of an ARC set
            return text if text.isascii() and text.isdigit() and len(text) <= 3 else None
        case "i":
            return redact_identity(text, context)
        case "h":
            return ":".join(word for word in text.lower().split(":") if word in _SIGNED_NAMES)
        case _:
            grammar = _WORD_TAGS.get(name)
            return text.lower() if grammar and grammar.fullmatch(text.lower()) else None


def _result_text(result: SanitizedAuthResult) -> str:
    properties = "".join(f" {name}={value}" for name, value in result.properties)
    return f"{result.method}={result.result}{properties}"
