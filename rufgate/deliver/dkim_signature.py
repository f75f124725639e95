"""Signs copies with DKIM (RFC 6376; Ed25519: RFC 8463), in the domain of their From.

In:  a finished copy; a private key in PEM form, RSA or Ed25519.
Out: the copy with a DKIM-Signature in front.
SECURITY: the domain is the sender's own, so that the copy passes DMARC by alignment and makes no
     failure report of its own. The key is read once, and is in no error.
FAILS: ``BadDkimKey``.
"""

from __future__ import annotations

import base64
from typing import Final

import dkim
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

_LEAST_BITS: Final = 1024  # RFC 8301 section 3.2: signers use 2048, and never less than 1024
_SIGNED: Final = (  # once more than they occur: none can be added (RFC 6376 section 8.15)
    b"from", b"from", b"to", b"to", b"subject", b"subject", b"date", b"date", b"message-id",
    b"message-id", b"mime-version", b"content-type", b"content-type", b"auto-submitted",
    b"x-rufgate-loop", b"x-rufgate-redaction",
)  # fmt: skip


class BadDkimKey(Exception):  # noqa: N818 - an answer for the operator, not a bug
    """The key cannot sign; ``str()`` ends a sentence about it."""


class DkimSigner:
    """One key under one selector of one domain; ``record`` is what to publish."""

    def __init__(self, domain: str, selector: str, pem: bytes) -> None:
        self._domain = domain.encode("ascii")
        self._selector = selector.encode("ascii")
        self._algorithm, self._key, self.record = _key(pem)

    def sign(self, content: bytes) -> bytes:
        """``content``, signed."""
        field = dkim.sign(
            content,
            self._selector,
            self._domain,
            self._key,
            canonicalize=(b"relaxed", b"relaxed"),
            signature_algorithm=self._algorithm,
            include_headers=list(_SIGNED),
        )
        return bytes(field) + content


def _key(pem: bytes) -> tuple[bytes, bytes, str]:
    """The algorithm's name, the key in the form that the library takes, the record of its half."""
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise BadDkimKey("is no private key in PEM form without a password") from None
    if isinstance(key, RSAPrivateKey):
        if key.key_size < _LEAST_BITS:
            raise BadDkimKey("is too short: make one of 2048 bits")
        plain = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
        public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return b"rsa-sha256", plain, _record("rsa", public)
    if isinstance(key, Ed25519PrivateKey):
        raw = key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
        public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return b"ed25519-sha256", base64.b64encode(raw), _record("ed25519", public)
    raise BadDkimKey("is neither RSA nor Ed25519")


def _record(kind: str, public: bytes) -> str:
    """RFC 6376 section 3.6.1; of Ed25519 the bare key (RFC 8463 section 4)."""
    return f"v=DKIM1; k={kind}; p={base64.b64encode(public).decode()}"
