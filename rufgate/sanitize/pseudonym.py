"""Keyed pseudonyms with epochs: the same person is recognised without being known.

Token: HMAC-SHA-256 over ``label NUL value``, first 15 bytes, base32, lower case, 24 characters
(stronger than RFC 6590 section 3; the reasons are in ``docs/privacy.md``). Written as
``p1-<token>``, where ``p1`` names the epoch key: once that key is destroyed, the token is noise.

In:  keys; addresses and identifiers in any of their notations.
Out: tokens, fingerprints and loop marks.
SECURITY: nothing shows a key, and a value cannot be guessed from its token without one.
FAILS: never for an address; a domain that IDNA refuses still gives a token.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import unicodedata
from dataclasses import dataclass

from rufgate.sanitize.sanitized import TokenLabel

_MAX_DOMAIN = 1024  # the codec's time grows with the square of the length; no name is this long


@dataclass(frozen=True, slots=True, repr=False)
class Keyring:
    """The keys of one run, each with one purpose; at least 32 random bytes each."""

    epoch: int
    epoch_key: bytes
    fingerprint_key: bytes
    loop_key: bytes

    def __repr__(self) -> str:
        return f"<Keyring epoch {self.epoch}>"

    @property
    def key_id(self) -> str:
        """``p1`` for epoch 1."""
        return f"p{self.epoch}"

    def pseudonymizer(self, audience: str | None = None) -> Pseudonymizer:
        """The store's tokens, or with ``audience`` one analyst's own, which join with nobody's."""
        if audience is None:
            return Pseudonymizer(self.key_id, self.epoch_key)
        derived = hmac.digest(self.epoch_key, b"audience\0" + audience.encode(), hashlib.sha256)
        return Pseudonymizer(self.key_id, derived)

    def fingerprint(self, content: bytes) -> str:
        """64 hex digits by which a resent report is recognised."""
        return hmac.digest(self.fingerprint_key, content, hashlib.sha256).hex()

    def loop_mark(self, report_id: str) -> str:
        """The value of ``X-Rufgate-Loop`` for one report: ``<id>.<24 hex digits>``."""
        mac = hmac.digest(self.loop_key, report_id.encode(), hashlib.sha256).hex()[:24]
        return f"{report_id}.{mac}"

    def is_own_mark(self, mark: str) -> bool:
        """Whether a loop mark was made under this key."""
        given = mark.strip().encode("utf-8", "replace")  # headers may hold stray bytes
        report_id = given.rpartition(b".")[0].decode()
        return hmac.compare_digest(self.loop_mark(report_id).encode(), given)


@dataclass(frozen=True, slots=True, repr=False)
class Pseudonymizer:
    """Makes tokens under one key."""

    key_id: str
    _key: bytes

    def digest(self, label: TokenLabel, value: str) -> str:
        """24 characters; ``value`` must already be in its canonical form."""
        mac = hmac.digest(self._key, f"{label.value}\0{value}".encode(), hashlib.sha256)
        return base64.b32encode(mac[:15]).decode().lower()

    def token(self, label: TokenLabel, value: str) -> str:
        """``p1-`` and the digest."""
        return f"{self.key_id}-{self.digest(label, value)}"

    def address(self, local: str, domain: str) -> str:
        """The token for an address: ``+tag`` cut, quotes removed, case and form folded."""
        return self.token(TokenLabel.ADDRESS, canonical_address(local, domain))


def canonical_address(local: str, domain: str) -> str:
    """``lower(NFC(local without +tag)) @ lower(A-label domain)``; surrogates are replaced."""
    plain = unicodedata.normalize("NFC", local.strip().strip('"')).lower()
    head, plus, _ = plain.partition("+")
    name = head if plus and head else plain
    return f"{name}@{a_label(domain)}".encode("utf-8", "replace").decode()


def a_label(domain: str) -> str:
    """Lower-case A-label form; what IDNA refuses is only lower-cased."""
    plain = domain.strip().rstrip(".").lower()
    if plain.isascii():  # what the codec makes of it, or refuses to
        return plain
    if len(plain) > _MAX_DOMAIN:
        return plain.encode("utf-8", "replace").decode()
    try:
        return plain.encode("idna").decode("ascii")
    except UnicodeError:
        return plain.encode("utf-8", "replace").decode()
