"""A data subject's address: the forms in which it may stand somewhere, and its pseudonyms.

In:  what a person typed; the keys of epochs; the names of analysts.
Out: ``SubjectAddress``; ``SubjectNames``: digests, and byte patterns for a search of files.
SECURITY: the address is kept in memory only; no ``repr`` and no error shows it or a pseudonym.
FAILS: ``NoAddress``, whose text is ours alone.

What stands behind an address in a report has lost its ``+tag``, so sub-addresses are one person's.
"""

from __future__ import annotations

import base64
import quopri
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from email_validator import EmailNotValidError, validate_email

from rufgate.sanitize.pseudonym import Keyring, Pseudonymizer, canonical_address
from rufgate.sanitize.sanitized import TokenLabel

_LABELS: Final = (TokenLabel.ADDRESS, TokenLabel.MESSAGE_ID, TokenLabel.ENVELOPE_ID)
_LONGEST: Final = 1000
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)


class NoAddress(ValueError):  # noqa: N818 - an answer for the operator, not a bug
    """What was given is no mail address; what it was is not said."""

    def __init__(self) -> None:
        super().__init__("this is no mail address: give one, as name@domain, and nothing else")


@dataclass(frozen=True, slots=True, repr=False)
class SubjectAddress:
    """An address in every form under which a report may have had it."""

    canonical: tuple[str, ...]  # as pseudonyms are made of it
    written: tuple[str, ...]  # as it may have been written


@dataclass(frozen=True, slots=True, repr=False)
class SubjectNames:
    """What stands for the address in the store and in copies."""

    digests: frozenset[str]
    plain: tuple[str, ...]  # lower case: role addresses stay readable, see ``[[domains]]``

    def are_of(self, addresses: Iterable[str]) -> bool:
        """Whether one of ``addresses`` is the person's."""
        return any(address.lower() in self.plain for address in addresses)

    def pseudonym_patterns(self) -> tuple[bytes, ...]:
        """Bytes of the pseudonyms.

        Either half of each, since a database cuts long values at the ends of its pages: one half
        is then whole. 60 bits of it meet nothing by chance.
        """
        found: set[bytes] = set()
        for digest in self.digests:
            found |= {digest[:12].encode(), digest[12:].encode(), *_base64_forms(digest.encode())}
        return tuple(sorted(found))

    def plain_patterns(self) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
        """Bytes of the address: those to be found as they are, and those in any case."""
        exact: set[bytes] = set()
        folded: set[bytes] = set()
        for form in self.plain:
            raw = form.encode("utf-8", "replace")
            exact |= _base64_forms(raw)
            folded |= {raw.lower(), quote(form, safe="").lower().encode()}
            folded |= {quopri.encodestring(raw, quotetabs=True).strip().lower()}
            folded |= {form.replace("@", "=40").lower().encode("utf-8", "replace")}
            folded |= {form.encode("ascii", "backslashreplace").lower()}
        return tuple(sorted(exact)), tuple(sorted(folded))


def read_address(text: str) -> SubjectAddress:
    """The address in ``text``; raises ``NoAddress``."""
    given = text.strip().strip("<>").strip()
    if not given or len(given) > _LONGEST:
        raise NoAddress
    try:
        checked = validate_email(
            given,
            check_deliverability=False,
            globally_deliverable=False,
            allow_quoted_local=True,
            allow_domain_literal=True,
        )
    except (EmailNotValidError, UnicodeError, ValueError):
        raise NoAddress from None
    own_local, _, own_domain = given.rpartition("@")
    locals_ = {own_local, checked.local_part, _unquoted(own_local), _unquoted(checked.local_part)}
    # An internationalised domain has two forms, and two standards by which one is made of the
    # other: reports have come with either, so each is tried.
    domains = {own_domain, checked.domain, checked.ascii_domain or own_domain}
    pairs = [(local, domain) for local in locals_ for domain in domains]
    canonical = {canonical_address(local, domain) for local, domain in pairs}
    written = {f"{local}@{domain.lower()}" for local, domain in pairs}
    return SubjectAddress(canonical=tuple(sorted(canonical)), written=tuple(sorted(written)))


def names_of(
    address: SubjectAddress, epochs: Mapping[int, bytes], analysts: Iterable[str]
) -> SubjectNames:
    """Its pseudonyms under every epoch's key: the store's, and each analyst's own."""
    audiences = (None, *sorted(set(analysts)))
    digests = frozenset(
        digest
        for number, key in epochs.items()
        for audience in audiences
        for digest in _digests(address, _pseudonymizer(number, key, audience))
    )
    plain = {form.lower() for form in (*address.canonical, *address.written)}
    return SubjectNames(digests=digests, plain=tuple(sorted(plain)))


def _pseudonymizer(number: int, key: bytes, audience: str | None) -> Pseudonymizer:
    ring = Keyring(epoch=number, epoch_key=key, fingerprint_key=b"", loop_key=b"")
    return ring.pseudonymizer(audience)


def _digests(address: SubjectAddress, pseudonymizer: Pseudonymizer) -> Iterable[str]:
    """As an address; and as the id of a message or an envelope, which some write with one."""
    for label in _LABELS:
        for form in {*address.canonical, *address.written}:
            yield pseudonymizer.digest(label, form.encode("utf-8", "replace").decode())
        if label is TokenLabel.ENVELOPE_ID:
            for form in address.written:
                yield pseudonymizer.digest(label, f"<{form}>")


def _base64_forms(raw: bytes) -> set[bytes]:
    """What base64 makes of it, wherever in a run it begins; without what neighbours decide."""
    found = set()
    for offset in range(3):
        encoded = base64.b64encode(b"\0" * offset + raw)
        first = (0, 2, 3)[offset]
        last = len(encoded) - (0, 3, 2)[(offset + len(raw)) % 3]
        found.add(encoded[first:last])
    return found


def _unquoted(local: str) -> str:
    if len(local) >= 2 and local[0] == local[-1] == '"':
        return _ESCAPED.sub(r"\1", local[1:-1])
    return local
