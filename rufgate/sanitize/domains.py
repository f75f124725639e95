"""Which domains may be shown, and whose report it is.

In:  domain names of the input, in any case and form.
Out: the A-label form in lower case, cut to its organizational domain where the policy says so, or
     ``[domain]``.
SECURITY: a domain is kept or dropped, never hashed: domains can be enumerated. Names that are not
     in the public DNS, and what is no domain at all, never pass.
FAILS: never.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Final

from publicsuffixlist import PublicSuffixList

from rufgate.sanitize.known_domains import (
    DOCUMENTATION_TLDS,
    INTERNAL_SUFFIXES,
    MAILBOX_PROVIDERS,
    PUBLIC_BODY_SUFFIXES,
)
from rufgate.sanitize.policy import OwnDomain, Policy
from rufgate.sanitize.pseudonym import a_label

HIDDEN: Final = "[domain]"
HIDDEN_LABEL: Final = "[label]"

_MAX_INPUT = 1024  # characters; the idna codec is not linear, and no name is longer than 253
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_HEX = re.compile(r"[0-9a-f-]{8,}")
_DEVICE = re.compile(
    r"macbook|imac|macmini|iphone|ipad|laptop|notebook|desktop|thinkpad|android|galaxy|workstation"
    r"|(?:^|-)(?:pc|nb|mbp|win|host)(?:-|\d|$)|-(?:pc|mac|lap|mbp)$"
)
_DIGIT_RUN = re.compile(r"\d{9}")
_LONG_LABEL = 20
_MIN_NAME = 3


@dataclass(frozen=True, slots=True)
class DomainRule:
    """The ``domains`` policy for one report.

    ``sender_side`` holds, as A-labels, every domain of the sender's side (reported, From, DKIM,
    SPF, envelope) and the reporter's own: what anybody may see of the report anyway.
    """

    policy: Policy
    sender_side: frozenset[str]

    def keep(self, domain: str, *, sender_side: bool, stated: bool = False) -> str:
        """``domain`` as it may be shown, or ``[domain]``.

        ``sender_side``: it stands in a place that speaks of the sender, not of a recipient.
        ``stated``: the field holds nothing but domains, so any top-level domain will do.
        """
        name = public_name(domain, any_suffix=stated)
        if name is None:
            return HIDDEN
        if self.policy.domains == "keep":
            return name
        if sender_side or name in self.sender_side:
            return self._sender_form(name)
        return name if self._known(name) else HIDDEN

    def host(self, name: str, *, trusted: bool = False, names: frozenset[str] = frozenset()) -> str:
        """A host name (HELO, by-host, authserv-id) as it may be shown, or ``[domain]``.

        Kept if it is under a domain of the sender's side, or known; ``trusted`` if its place makes
        it the reporter's own. Cut to its organizational domain if a label could be a person's:
        a device, an identifier, an IP address, one of ``names``.
        """
        host = public_name(name)
        if host is None or not (trusted or self._host_known(host)):
            return HIDDEN
        organization = organizational(host)
        labels = host.removesuffix(organization).rstrip(".").split(".")
        personal = any(is_opaque(label) or _is_personal(label, names) for label in labels if label)
        cut = personal or self.policy.domains == "organizational"
        return organization if cut else host

    def _sender_form(self, name: str) -> str:
        return organizational(name) if self.policy.domains == "organizational" else name

    def _host_known(self, host: str) -> bool:
        if self.policy.domains == "keep" or self._known(host):
            return True
        organization = organizational(host)
        if organization in MAILBOX_PROVIDERS:
            return True
        return any(organizational(domain) == organization for domain in self.sender_side)

    def _known(self, name: str) -> bool:
        return (
            own_domain(self.policy, name) is not None
            or name in MAILBOX_PROVIDERS
            or _is_under_any(name, PUBLIC_BODY_SUFFIXES)
        )


def public_name(domain: str, *, any_suffix: bool = False) -> str | None:
    """``domain`` as A-labels in lower case, or None if it cannot be in the public DNS.

    With ``any_suffix`` the top-level domain need not be one that the public suffix list knows.
    """
    if len(domain) > _MAX_INPUT:
        return None
    name = a_label(domain)
    labels = name.split(".")
    if len(labels) < 2 or len(name) > 253 or not all(map(_LABEL.fullmatch, labels)):
        return None
    if _is_under_any(name, INTERNAL_SUFFIXES):
        return None
    known = any_suffix or labels[-1] in DOCUMENTATION_TLDS or has_known_suffix(name)
    return name if known else None  # "jane.doe" has the shape of a domain too


def is_under(name: str, parent: str) -> bool:
    """Whether ``name`` is ``parent`` or one of its subdomains."""
    return name == parent or name.endswith(f".{parent}")


def _is_under_any(name: str, parents: frozenset[str]) -> bool:
    """The same for a whole list, with one look for each label of ``name``."""
    while name not in parents:
        _, dot, name = name.partition(".")
        if not dot:
            return False
    return True


def organizational(name: str) -> str:
    """The registrable domain of ``name``, by the public suffix list; a suffix stays itself."""
    suffixes = _public_suffixes()
    if suffixes.publicsuffix(name) is None:  # an unknown top-level domain counts as a suffix
        return ".".join(name.split(".")[-2:])
    registrable = suffixes.privatesuffix(name)
    return registrable if isinstance(registrable, str) else name


def has_known_suffix(name: str) -> bool:
    """Whether the public suffix list knows the top-level domain of ``name``."""
    return _public_suffixes().publicsuffix(name) is not None


def own_domain(policy: Policy, name: str | None) -> OwnDomain | None:
    """The most specific ``[[domains]]`` entry that covers ``name``."""
    if not name:
        return None
    fits = [own for own in policy.own_domains if is_under(name, own.name)]
    return max(fits, key=lambda own: len(own.name), default=None)


def owner_domain(policy: Policy, reported: str | None, from_domain: str | None) -> str | None:
    """Whose report it is: the name of a ``[[domains]]`` entry; None: only ``*`` sees it.

    The reported domain decides, unless it is absent or disagrees with the From domain of the third
    part, which the reporter did not choose.
    """
    reported, author = _plain(reported), _plain(from_domain)
    owner = own_domain(policy, reported)
    if owner is None or (author and not _agree(reported, author)):
        owner = own_domain(policy, author)
    return owner.name if owner else None


def is_opaque(label: str) -> bool:
    """Whether ``label`` may be an identifier: over 20 characters, hex-like, or a long number.

    A plain number of up to 8 digits is a date more often than not (selectors such as 20230601).
    """
    if len(label) > _LONG_LABEL or _DIGIT_RUN.search(label):
        return True
    digits = sum(char.isdigit() for char in label)
    letters = sum(char.isalpha() for char in label)
    return bool(_HEX.fullmatch(label)) and digits > 0 and letters > 0


def holds_name(label: str, names: frozenset[str]) -> bool:
    """Whether one of ``names`` (lower case) stands anywhere in ``label``."""
    return any(len(name) >= _MIN_NAME and name in label for name in names)


def _is_personal(label: str, names: frozenset[str]) -> bool:
    """Whether a host's label looks like somebody's device, line or name."""
    number_groups = [part for part in label.replace("x", "-").split("-") if part.isdigit()]
    return bool(_DEVICE.search(label)) or len(number_groups) >= 4 or holds_name(label, names)


def _plain(domain: str | None) -> str | None:
    return public_name(domain) if domain else None


def _agree(reported: str | None, author: str) -> bool:
    return reported is not None and organizational(reported) == organizational(author)


@functools.cache
def _public_suffixes() -> PublicSuffixList:
    """The list that comes with the package: a constant, read once, never fetched."""
    return PublicSuffixList(accept_unknown=False)
