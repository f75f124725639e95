"""Which names a report's own message goes by: its envelope, its HELO, its outer header.

In:  a ``RawMessage``.
Out: ``ReporterIdentity``: domain names, selectors and the client's address, never a local part.
SECURITY: one linear pass over the first 128 KiB of the outer header; nothing of the report's parts
     is read, so nothing in them is ever looked up.
FAILS: never; what cannot be a name in the public DNS is left out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final, final

from rufgate.sanitize.addresses import parse_mailboxes, split_address
from rufgate.sanitize.auth_results import parse_auth_results
from rufgate.sanitize.authenticity import MAX_SIGNATURES
from rufgate.sanitize.domains import public_name
from rufgate.sanitize.mime import LimitExceeded, normalised, read_fields
from rufgate.sanitize.policy import Limits
from rufgate.sanitize.raw import RawMessage
from rufgate.sanitize.verdicts import SpfResult

_MAX_HEADER: Final = 131_072
_MAX_FROM: Final = 16_384
_MAX_SIGNATURE: Final = 4_096
_SELECTOR = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,61}[a-z0-9_])?")
_BLANKS = re.compile(r"\s+")


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class SpfByFront:
    """What a front says of SPF in its Authentication-Results field."""

    result: SpfResult
    domain: str | None


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class ReporterIdentity:
    """The names of one message, each an A-label name in lower case.

    ``spf_domain`` is that of MAIL FROM, of HELO where MAIL FROM is null. ``author`` is absent where
    there is not exactly one address in exactly one From field.
    """

    client: IPv4Address | IPv6Address | None
    helo: str | None
    spf_domain: str | None
    author: str | None
    signatures: tuple[tuple[str, str], ...]  # domain and selector
    by_front: SpfByFront | None

    @property
    def domains(self) -> frozenset[str]:
        """All of them, selectors aside."""
        front = self.by_front.domain if self.by_front else None
        named = {self.spf_domain, self.author, front, *(domain for domain, _ in self.signatures)}
        return frozenset(name for name in named if name)


def reporter_identity(message: RawMessage, authserv_ids: Collection[str] = ()) -> ReporterIdentity:
    """The names that ``message`` goes by."""
    fields = _outer_fields(message)
    sender, helo = message.mail_from.reveal(), _name(message.helo.reveal())
    return ReporterIdentity(
        client=_address(message.client_ip.reveal()),
        helo=helo,
        spf_domain=_name(sender.rpartition("@")[2]) if sender else helo,
        author=_author([value for name, value in fields if name == "from"]),
        signatures=_signatures([value for name, value in fields if name == "dkim-signature"]),
        by_front=_by_front(
            [value for name, value in fields if name == "authentication-results"], authserv_ids
        ),
    )


def _outer_fields(message: RawMessage) -> Sequence[tuple[str, str]]:
    head = normalised(message.reveal()[:_MAX_HEADER])
    try:
        fields, _ = read_fields(head, 0, len(head), Limits())
    except LimitExceeded:
        return ()
    return [(name.lower(), value) for name, value in fields]


def _name(domain: str) -> str | None:
    return public_name(domain, any_suffix=True)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None


def _author(values: Sequence[str]) -> str | None:
    if len(values) != 1 or len(values[0]) > _MAX_FROM:
        return None
    domains = [box.domain for box in parse_mailboxes(values[0]) if box.domain]
    return _name(domains[0]) if len(domains) == 1 else None


def _signatures(values: Sequence[str]) -> tuple[tuple[str, str], ...]:
    found: dict[tuple[str, str], None] = {}
    for value in values[:MAX_SIGNATURES]:
        tags: dict[str, str] = {}
        for part in value[:_MAX_SIGNATURE].split(";"):
            name, _, text = part.partition("=")
            tags.setdefault(name.strip(), _BLANKS.sub("", text))
        domain, selector = _name(tags.get("d", "")), tags.get("s", "").lower()
        if domain and _SELECTOR.fullmatch(selector) and ".." not in selector:
            found[domain, selector] = None
    return tuple(found)


def _by_front(values: Sequence[str], authserv_ids: Collection[str]) -> SpfByFront | None:
    """Of the topmost field with a configured id: a front puts its own on top (RFC 8601)."""
    if not authserv_ids:
        return None
    for results in map(parse_auth_results, values):
        authserv = results[0].authserv if results else None
        if authserv is None or authserv.reveal().lower() not in authserv_ids:
            continue
        for result in results:
            if result.method.reveal() == "spf":
                said = dict(result.properties)
                named = said.get("smtp.mailfrom") or said.get("smtp.helo")
                text = named.reveal() if named else ""
                domain = _name(split_address(text)[1] or text)
                return SpfByFront(result=_spf(result.result.reveal()), domain=domain)
        return None
    return None


def _spf(word: str) -> SpfResult:
    try:
        return SpfResult(word)
    except ValueError:
        return SpfResult.NONE
