"""The fields of the feedback part as they may be shown (RFC 5965, 6591, 9991).

In:  ``Feedback``.
Out: ``RedactedFeedback``, whose fields carry the names of those of ``SanitizedReport``.
SECURITY: each field passes by its own grammar or not at all; what has none is dropped.
FAILS: never.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, final

from rufgate.sanitize.addresses import Mailbox, parse_mailboxes, split_address
from rufgate.sanitize.auth_redaction import (
    redact_auth_results,
    redact_domain,
    redact_identity,
    redact_selector,
)
from rufgate.sanitize.context import RedactionContext
from rufgate.sanitize.dns_records import redact_selector_record, redact_spf_record
from rufgate.sanitize.domains import HIDDEN, holds_name
from rufgate.sanitize.ip_redaction import show_ip
from rufgate.sanitize.links import link_host, redact_host_of
from rufgate.sanitize.parsed import Feedback
from rufgate.sanitize.raw import RawText
from rufgate.sanitize.sanitized import (
    DomainRole,
    SanitizedAuthResult,
    SanitizedDomain,
    SanitizedText,
    SanitizedToken,
    TokenLabel,
    TokenRole,
)


def _words(listing: str) -> frozenset[str]:
    return frozenset(listing.split())


_FEEDBACK_TYPES: Final = _words(
    "abuse auth-failure dmarc fraud miscategorized not-spam opt-out other virus xarf"
)
_AUTH_FAILURES: Final = frozenset({"adsp", "bodyhash", "revoked", "signature", "spf", "dmarc"})
_DELIVERY_RESULTS: Final = frozenset({"delivered", "spam", "policy", "reject", "other"})
_ALIGNMENTS: Final = frozenset({"none", "dkim", "spf"})
_PRODUCT = re.compile(r"[A-Za-z][A-Za-z0-9._!-]{0,39}(?:/v?[0-9][A-Za-z0-9._+-]{0,19})?")
_COMMENT = re.compile(r"\([^()]*\)")
_MAX_ITEMS = 20


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class RedactedFeedback:
    """What the feedback part contributes to a ``SanitizedReport``; names and types are its."""

    feedback_type: SanitizedText | None
    user_agent: SanitizedText | None
    reporting_mta: SanitizedText | None
    reported_domain: SanitizedText | None
    source_ip: SanitizedText | None
    source_port: int | None
    auth_failure: SanitizedText | None
    delivery_result: SanitizedText | None
    arrival_at: datetime | None
    incidents_stated: int | None
    identity_alignment: SanitizedText | None
    dkim_domain: SanitizedText | None
    dkim_selector: SanitizedText | None
    dkim_identity: SanitizedText | None
    dkim_selector_dns: SanitizedText | None
    spf_dns: tuple[SanitizedText, ...]
    reported_uris: tuple[SanitizedText, ...]
    original_mail_from: SanitizedText | None
    original_envelope_id: SanitizedText | None
    auth_results: tuple[SanitizedAuthResult, ...]
    recipient_count: int
    tokens: tuple[SanitizedToken, ...]
    domains: tuple[SanitizedDomain, ...]
    fields_dropped: int


def redact_feedback(feedback: Feedback, context: RedactionContext) -> RedactedFeedback:
    """``feedback`` as ``context`` lets it be shown."""
    envelope_id, envelope_token = _envelope_id(feedback, context)
    recipients = recipients_of(feedback)
    source_ip = _source_ip(feedback, context)
    return RedactedFeedback(
        feedback_type=_listed(feedback.feedback_type, _FEEDBACK_TYPES, other="other"),
        user_agent=_user_agent(feedback.user_agent, context),
        reporting_mta=_reporting_mta(feedback.reporting_mta, context),
        reported_domain=_first_domain(feedback, context),
        source_ip=_text(source_ip),
        source_port=feedback.source_port if source_ip == feedback.source_ip else None,
        auth_failure=_auth_failure(feedback.auth_failure),
        delivery_result=_delivery_result(feedback.delivery_result),
        arrival_at=feedback.arrival_at,
        incidents_stated=feedback.incidents,
        identity_alignment=_alignment(feedback.identity_alignment),
        dkim_domain=_dkim_domain(feedback.dkim_domain, context),
        dkim_selector=_text(redact_selector(_plain(feedback.dkim_selector), context)),
        dkim_identity=_identity(feedback.dkim_identity, context),
        dkim_selector_dns=_text(redact_selector_record(_plain(feedback.dkim_selector_dns))),
        spf_dns=_texts(redact_spf_record(raw.reveal(), context) for raw in feedback.spf_dns),
        reported_uris=_uris(feedback, context),
        original_mail_from=_mail_from(feedback.original_mail_from, context),
        original_envelope_id=envelope_id,
        auth_results=redact_auth_results(feedback.auth_results, context, trusted=True),
        recipient_count=len(recipients),
        tokens=(*envelope_token, *_tokens(feedback, recipients, context)),
        domains=_domains(feedback, context),
        fields_dropped=feedback.unknown_fields,
    )


def _plain(raw: RawText | None) -> str:
    """The text without comments, which are prose of the reporter's or a host name."""
    text = "" if raw is None else raw.reveal()[:65_536]
    return _COMMENT.sub(" ", text).strip()


def _text(value: str | None) -> SanitizedText | None:
    return SanitizedText(value) if value else None


def _texts(values: Iterable[str | None]) -> tuple[SanitizedText, ...]:
    kept = [value for value in values if value][:_MAX_ITEMS]
    return tuple(map(SanitizedText, kept))


def _lower_words(raw: RawText | None) -> list[str]:
    return _plain(raw).lower().replace(",", " ").replace(";", " ").split()


def _listed(raw: RawText | None, allowed: frozenset[str], *, other: str) -> SanitizedText | None:
    """The first word if it is of the list, else ``other``; None if there is no word."""
    words = _lower_words(raw)
    if not words:
        return None
    return SanitizedText(words[0] if words[0] in allowed else other)


def _delivery_result(raw: RawText | None) -> SanitizedText | None:
    """One word of RFC 6591 section 3.2.2; a vendor's ``smg-policy-action`` counts as ``policy``."""
    words = _lower_words(raw)
    if not words:
        return None
    parts = words[0].split("-")
    return SanitizedText(next((part for part in parts if part in _DELIVERY_RESULTS), "other"))


def _auth_failure(raw: RawText | None) -> SanitizedText | None:
    """One word by RFC 6591 section 3.3; lists occur. Words of nobody's list become ``unknown``."""
    words = _lower_words(raw)
    known = list(dict.fromkeys(word for word in words if word in _AUTH_FAILURES))
    return _text(", ".join(known) or ("unknown" if words else None))


def _alignment(raw: RawText | None) -> SanitizedText | None:
    words = dict.fromkeys(word for word in _lower_words(raw) if word in _ALIGNMENTS)
    return _text(", ".join(words))


def _user_agent(raw: RawText | None, context: RedactionContext) -> SanitizedText | None:
    if raw is None or "@" in raw.reveal():
        return None
    words = _plain(raw).split()
    if not words or not _PRODUCT.fullmatch(words[0]):
        return None
    return None if holds_name(words[0].lower(), context.names) else SanitizedText(words[0])


def _reporting_mta(raw: RawText | None, context: RedactionContext) -> SanitizedText | None:
    """``dns; host`` (RFC 3464 section 2.2.2); of an address only the domain."""
    name = _plain(raw).rpartition(";")[2].strip()
    _, domain = split_address(name)
    host = context.host(domain or name, trusted=True)
    return None if host == HIDDEN else SanitizedText(f"dns; {host}")


def _first_domain(feedback: Feedback, context: RedactionContext) -> SanitizedText | None:
    stated = feedback.reported_domains[:_MAX_ITEMS]
    shown = (redact_domain(_plain(raw), context, stated=True) for raw in stated)
    return _text(next(filter(None, shown), None))


def _dkim_domain(raw: RawText | None, context: RedactionContext) -> SanitizedText | None:
    """The first of a list: NetEase writes ``a; b``."""
    shown = (redact_domain(word, context) for word in _lower_words(raw)[:_MAX_ITEMS])
    return _text(next(filter(None, shown), None))


def _source_ip(feedback: Feedback, context: RedactionContext) -> str | None:
    if feedback.source_ip is None:
        return None
    keep = context.policy.source_ip == "keep"
    return show_ip(feedback.source_ip, feedback.source_ip, keep=keep)


def _identity(raw: RawText | None, context: RedactionContext) -> SanitizedText | None:
    return _text(redact_identity(_plain(raw), context)) if raw and _plain(raw) else None


def _mail_from(raw: RawText | None, context: RedactionContext) -> SanitizedText | None:
    """The envelope sender; ``<>`` for the null sender; ``<domain>`` of small stacks is one."""
    if raw is None:
        return None
    value = raw.reveal().strip()
    if value in ("", "<>"):
        return SanitizedText("<>")
    box = _first(parse_mailboxes(value))
    if box is not None and box.domain:
        return _text(context.address(box.local, box.domain, sender_side=True))
    domain = redact_domain(value, context)
    return _text(f"@{domain}" if domain else None)


def _envelope_id(
    feedback: Feedback, context: RedactionContext
) -> tuple[SanitizedText | None, tuple[SanitizedToken, ...]]:
    value = feedback.original_envelope_id.reveal().strip() if feedback.original_envelope_id else ""
    if not value:
        return None, ()
    shown, token = context.opaque(TokenLabel.ENVELOPE_ID, TokenRole.ENVELOPE_ID, value)
    return SanitizedText(shown), (token,)


def recipients_of(feedback: Feedback) -> list[Mailbox]:
    """Those of the fields, as reported."""
    boxes = (box for raw in feedback.original_rcpt_to for box in parse_mailboxes(raw.reveal()))
    return [box for box in boxes if box.local]


def _tokens(
    feedback: Feedback, recipients: list[Mailbox], context: RedactionContext
) -> list[SanitizedToken]:
    found = []
    for raw, role in (
        (feedback.original_mail_from, TokenRole.MAIL_FROM),
        (feedback.dkim_identity, TokenRole.DKIM_IDENTITY),
    ):
        box = _first(parse_mailboxes(raw.reveal())) if raw else None
        if box is not None and box.local:
            found.append(context.address_token(box.local, box.domain, role, sender_side=True))
    if context.recipients == "tokens":
        found += [
            context.address_token(box.local, box.domain, TokenRole.RECIPIENT, sender_side=False)
            for box in recipients[:_MAX_ITEMS]
        ]
    return found


def _domains(feedback: Feedback, context: RedactionContext) -> tuple[SanitizedDomain, ...]:
    """Every domain that is kept, with the role in which it stood."""
    pairs = [
        (redact_domain(_plain(raw), context, stated=True), DomainRole.REPORTED)
        for raw in feedback.reported_domains[:_MAX_ITEMS]
    ]
    pairs += [
        (redact_domain(word, context), DomainRole.DKIM)
        for word in _lower_words(feedback.dkim_domain)[:_MAX_ITEMS]
    ]
    if feedback.original_mail_from:
        pairs.append(
            (redact_domain(_plain(feedback.original_mail_from), context), DomainRole.MAIL_FROM)
        )
    pairs += [
        (link_host(raw.reveal(), context.names), DomainRole.LINK)
        for raw in feedback.reported_uris[:_MAX_ITEMS]
    ]
    unique = dict.fromkeys((name, role) for name, role in pairs if name)
    return tuple(SanitizedDomain(name=SanitizedText(name), role=role) for name, role in unique)


def _uris(feedback: Feedback, context: RedactionContext) -> tuple[SanitizedText, ...]:
    return _texts(
        redact_host_of(raw.reveal(), context.rule, context.names, context.pseudonymizer)
        for raw in feedback.reported_uris
    )


def _first(boxes: tuple[Mailbox, ...]) -> Mailbox | None:
    return boxes[0] if boxes else None
