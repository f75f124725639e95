"""The sender's side of a report: the domains that anybody may see of it, and the names in it.

In:  the feedback part and the header block of the reported message.
Out: A-label domains for ``DomainRule``; lower-case words of persons' names for links and hosts.
SECURITY: only places that speak of the sender count: a recipient's domain gets in only if the
     sender shares it.
FAILS: never.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from rufgate.sanitize.addresses import parse_mailboxes, person_behind, split_address
from rufgate.sanitize.domains import organizational, public_name
from rufgate.sanitize.header_fields import signature_domain
from rufgate.sanitize.known_domains import ROLE_LOCAL_PARTS
from rufgate.sanitize.parsed import Feedback, RawHeader


def _words(listing: str) -> frozenset[str]:
    return frozenset(listing.split())


_SENDER_FIELDS: Final = frozenset({"from", "sender", "return-path"})
_SIGNATURES: Final = frozenset({"dkim-signature", "domainkey-signature"})
_PERSON_FIELDS: Final = _words(
    "from sender reply-to to cc bcc return-path resent-from resent-sender resent-to resent-cc"
    " delivered-to x-original-to envelope-to apparently-to x-forwarded-to x-forwarded-for"
    " x-failed-recipients x-hmxmroriginalrecipient x-envelope-from x-envelope-to errors-to"
    " disposition-notification-to return-receipt-to x-sender"
)
_AUTH_NAMES: Final = frozenset({"header.d", "header.from", "smtp.mailfrom", "smtp.mail"})
_WORD = re.compile(r"[^\W\d_]{4,}")
_MAX_VALUE = 65_536
_MAX_ITEMS = 200


def sender_side_domains(
    feedback: Feedback, headers: Sequence[RawHeader], reporter: Sequence[str] = ()
) -> frozenset[str]:
    """Every domain of the sender's side, and of the ``reporter`` (its envelope and host names)."""
    found = [*_from_feedback(feedback), *_from_headers(headers), *_registrable(reporter)]
    return frozenset(name for domain in found if (name := public_name(domain)))


def person_values(feedback: Feedback, headers: Sequence[RawHeader]) -> list[str]:
    """Every raw value in which a person's address or name stands: what the leak check looks for."""
    stated = [feedback.original_mail_from, feedback.dkim_identity, *feedback.original_rcpt_to]
    values = [raw.reveal()[:_MAX_VALUE] for raw in stated if raw]
    values += [
        header.value.reveal()[:_MAX_VALUE]
        for header in headers
        if header.name.reveal().strip().lower() in _PERSON_FIELDS
    ]
    return values


def known_words(values: Sequence[str]) -> frozenset[str]:
    """Words of at least four letters from names and local parts in ``values``, roles excepted."""
    found: set[str] = set()
    for value in values:
        for box in parse_mailboxes(value):
            name = " ".join(word.partition("@")[0] for word in box.name.split())
            local = person_behind(box.local, box.domain).local
            found.update(_WORD.findall(f"{name} {local}".lower()))
    return frozenset(sorted(found - ROLE_LOCAL_PARTS)[:2000])


def _from_feedback(feedback: Feedback) -> Iterator[str]:
    for raw in (*feedback.reported_domains, feedback.dkim_domain):
        if raw:
            yield from raw.reveal()[:_MAX_VALUE].replace(";", " ").replace(",", " ").split()
    for raw in (feedback.original_mail_from, feedback.dkim_identity):
        if raw:
            yield split_address(raw.reveal())[1] or raw.reveal().strip(" <>")
    for result in feedback.auth_results[:_MAX_ITEMS]:
        for name, value in result.properties[:_MAX_ITEMS]:
            if name.lower() in _AUTH_NAMES:
                yield split_address(value.reveal())[1] or value.reveal().strip(' <>"')
    for raw in feedback.spf_dns[:_MAX_ITEMS]:
        yield raw.reveal().split(":", 2)[1].strip() if raw.reveal().count(":") else ""


def _from_headers(headers: Sequence[RawHeader]) -> Iterator[str]:
    for header in headers:
        name = header.name.reveal().strip().lower()
        value = header.value.reveal()[:_MAX_VALUE]
        if name in _SENDER_FIELDS:
            yield from (box.domain for box in parse_mailboxes(value)[:_MAX_ITEMS])
        elif name in _SIGNATURES:
            yield signature_domain(value) or ""


def _registrable(names: Sequence[str]) -> Iterator[str]:
    """The reporter is known by its organization: its hosts may be many."""
    for name in names:
        if public := public_name(name):
            yield public
            yield organizational(public)
