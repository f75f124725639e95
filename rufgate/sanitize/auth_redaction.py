"""Authentication results, re-emitted from their parsed form (RFC 8601 section 2.2).

In:  ``RawAuthResult`` values.
Out: ``SanitizedAuthResult`` values whose methods, results and property names are ours.
SECURITY: a value passes only by the kind of its property: a domain, a selector, an address as
     its pseudonym, an IP address, a word of a list. ``smtp.auth``, ``reason``, ``header.b`` and
     comments have no kind, so they are dropped.
FAILS: never.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from rufgate.sanitize.addresses import split_address
from rufgate.sanitize.context import RedactionContext
from rufgate.sanitize.domains import HIDDEN, is_opaque, public_name
from rufgate.sanitize.ip_redaction import show_ip
from rufgate.sanitize.parsed import RawAuthResult
from rufgate.sanitize.sanitized import SanitizedAuthResult, SanitizedText


def _words(listing: str) -> frozenset[str]:
    return frozenset(listing.split())


HIDDEN_SELECTOR: Final = "[selector]"
UNKNOWN: Final = "unknown"

_METHODS: Final = _words(
    "arc auth bimi compauth dara dkim dkim-adsp dkim-atps dmarc dnswl domainkeys iprev rrvs"
    " sender-id smime spf spf2.0 vbr"
)
_RESULTS: Final = _words(
    "bestguesspass declined discard fail hardfail invalid neutral none nxdomain pass permerror"
    " policy skipped softfail temperror timeout unknown"
)
_POLICY_WORDS: Final = _words("none quarantine reject pass fail yes no default strict relaxed r s")
_ALGORITHM = re.compile(r"(?:rsa|ed25519)-sha(?:1|256)")
_KEY_TYPE = re.compile(r"ed25519|rsa(?:512|768|1024|2048|4096)?")
_SELECTOR = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){0,5}")
_MAX_RESULTS = 50

Kind = Callable[[str, RedactionContext], str | None]


def redact_auth_results(
    results: Sequence[RawAuthResult], context: RedactionContext, *, trusted: bool
) -> tuple[SanitizedAuthResult, ...]:
    """``results`` rebuilt; those of an unknown method are left out.

    ``trusted``: they stand in the feedback part, where the authserv-id is the reporter's host.
    """
    rebuilt = (_redact(result, context, trusted=trusted) for result in results[:_MAX_RESULTS])
    return tuple(result for result in rebuilt if result is not None)


def redact_selector(selector: str, context: RedactionContext) -> str | None:
    """A DKIM selector; one that may be a person's or an identifier becomes ``[selector]``."""
    plain = selector.strip().strip('"').rstrip(".").lower()
    if not plain:
        return None
    rest = _KEY_TYPE.sub("", plain)  # "ed25519a" is no identifier, though all of it is hex
    if not _SELECTOR.fullmatch(plain) or len(plain) > 20 or is_opaque(rest):
        return HIDDEN_SELECTOR
    named = any(len(name) >= 3 and name in plain for name in context.names)
    return HIDDEN_SELECTOR if named else plain


def redact_domain(value: str, context: RedactionContext, *, stated: bool = False) -> str | None:
    """The domain of a value that is a domain or an address; None where it may not be shown."""
    _, domain = split_address(value)
    plain = domain or value.strip().strip("<>\"'.")
    kept = context.rule.keep(plain, sender_side=True, stated=stated)
    return None if kept == HIDDEN else kept


def redact_identity(value: str, context: RedactionContext) -> str | None:
    """``p1-<token>@domain`` for an address, ``@domain`` or the domain for what has no local part.

    Without a domain that may be shown only the pseudonym stays.
    """
    local, domain = split_address(value)
    if not local and not domain:
        return redact_domain(value, context)
    shown = context.address(local, domain, sender_side=True)
    return None if not local and shown == f"@{HIDDEN}" else shown


def _redact(
    raw: RawAuthResult, context: RedactionContext, *, trusted: bool
) -> SanitizedAuthResult | None:
    method = raw.method.reveal().strip().lower()
    if method not in _METHODS:
        return None
    result = raw.result.reveal().strip().lower()
    properties = [
        (SanitizedText(name), SanitizedText(value))
        for name, text in raw.properties[:_MAX_RESULTS]
        if (value := _property(name.lower(), text.reveal(), context)) is not None
    ]
    host = context.host(raw.authserv.reveal().strip(), trusted=trusted) if raw.authserv else HIDDEN
    return SanitizedAuthResult(
        authserv=None if host == HIDDEN else SanitizedText(host),
        method=SanitizedText(method),
        result=SanitizedText(result if result in _RESULTS else UNKNOWN),
        properties=tuple(properties),
    )


def _property(name: str, value: str, context: RedactionContext) -> str | None:
    kind = _KINDS.get(name)
    return kind(value, context) if kind else None


def _recipient(value: str, context: RedactionContext) -> str | None:
    if context.recipients == "count":
        return None
    local, domain = split_address(value)
    return context.address(local, domain, sender_side=False) if local else None


def _host(value: str, context: RedactionContext) -> str | None:
    host = context.host(value.strip().strip('"'))
    return None if host == HIDDEN else host


def _ip(value: str, context: RedactionContext) -> str | None:
    return show_ip(value.strip('"'), context.source_ip, keep=context.policy.source_ip == "keep")


def _word(value: str, _: RedactionContext) -> str | None:
    plain = value.strip().strip('"').lower()
    return plain if plain in _POLICY_WORDS else None


def _algorithm(value: str, _: RedactionContext) -> str | None:
    plain = value.strip().strip('"').lower()
    return plain if _ALGORITHM.fullmatch(plain) else None


def _envelope(value: str, context: RedactionContext) -> str | None:
    """``smtp.mailfrom``: an address, or a domain alone where the reporter left the rest out."""
    plain = value.strip().strip('"').strip("<>")
    return redact_identity(plain, context) if "@" in plain or public_name(plain) else None


_KINDS: Final[Mapping[str, Kind]] = {
    "header.d": redact_domain,
    "header.from": redact_domain,
    "header.s": redact_selector,
    "header.a": _algorithm,
    "header.i": redact_identity,
    "header.sender": redact_identity,
    "smtp.mailfrom": _envelope,
    "smtp.mail": _envelope,
    "smtp.rcptto": _recipient,
    "smtp.helo": _host,
    "smtp.remote-ip": _ip,
    "smtp.client-ip": _ip,
    "policy.iprev": _ip,
    "policy.dmarc": _word,
    "policy.p": _word,
    "policy.published-domain-policy": _word,
    "policy.applied-disposition": _word,
    "policy.evaluated-disposition": _word,
    "policy.arc-aware-result": _word,
}
