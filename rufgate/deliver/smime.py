"""Copies encrypted with S/MIME (RFC 8551 section 3.3).

In:  an X.509 certificate in PEM or DER form, with an RSA key.
Out: an ``application/pkcs7-mime`` entity: AES-256-CBC under that key.
SECURITY: certificates are taken as the file gives them: who put it there vouches for it. Lists of
     revoked certificates are not asked, since that would tell a stranger whom we write to.
FAILS: ``NoSeal``. An elliptic key is refused: the library encrypts to RSA alone.
"""

from __future__ import annotations

import base64
from datetime import datetime
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import (
    PKCS7EnvelopeBuilder,
    PKCS7Options,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from rufgate.deliver.seal import NoSeal, PublicKey, Seal
from rufgate.sanitize.vocabulary import Withheld

_LEAST_BITS: Final = 2048  # NIST SP 800-57 part 1, table 2: below is 112 bits of strength
_LINE: Final = 76  # RFC 2045 section 6.8
_USES: Final = {ExtendedKeyUsageOID.EMAIL_PROTECTION, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE}


class SmimeSeal(Seal):
    """For one analyst's certificate."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._cert: x509.Certificate | None = None

    def _load(self, content: bytes) -> None:
        read = (
            x509.load_pem_x509_certificate
            if b"-----BEGIN" in content
            else x509.load_der_x509_certificate
        )
        try:
            self._cert = read(content)
        except ValueError:
            raise self._unreadable("X.509 certificate in PEM or DER form") from None

    def _examine(self, at: datetime) -> PublicKey:
        cert = self._certificate()
        if cert.not_valid_before_utc > at:
            raise self._unfit(f"is not valid before {cert.not_valid_before_utc:%F}")
        key = cert.public_key()
        if not isinstance(key, RSAPublicKey):
            raise self._unfit("is not RSA: S/MIME needs RSA here; use OpenPGP for elliptic keys")
        if key.key_size < _LEAST_BITS:
            raise self._unfit(f"has {key.key_size} bits: {_LEAST_BITS} are the least")
        if not _may_encrypt(cert):
            raise self._unfit("may not encrypt mail, by its key usage: name another certificate")
        return PublicKey(ends_at=cert.not_valid_after_utc, addresses=_addresses(cert))

    def _encrypt(self, entity: bytes) -> bytes:
        try:
            sealed = (
                PKCS7EnvelopeBuilder()
                .set_data(entity)
                .add_recipient(self._certificate())
                .set_content_encryption_algorithm(AES256)
                .encrypt(Encoding.DER, [PKCS7Options.Binary])
            )
        except (TypeError, ValueError):
            raise self._unfit("could not be used to encrypt") from None
        text = base64.b64encode(sealed).decode("ascii")
        return "\r\n".join(
            (
                "Content-Type: application/pkcs7-mime; smime-type=enveloped-data;",
                ' name="smime.p7m"',
                "Content-Transfer-Encoding: base64",
                'Content-Disposition: attachment; filename="smime.p7m"',
                "",
                *(text[at : at + _LINE] for at in range(0, len(text), _LINE)),
                "",
            )
        ).encode("ascii")

    def _certificate(self) -> x509.Certificate:
        if self._cert is None:
            raise NoSeal(Withheld.KEY_UNREADABLE, f"{self._path} was not read")
        return self._cert


def _may_encrypt(cert: x509.Certificate) -> bool:
    """RFC 8551 section 4.4: what is not stated is allowed."""
    extensions = cert.extensions
    try:
        if not extensions.get_extension_for_class(x509.KeyUsage).value.key_encipherment:
            return False
    except x509.ExtensionNotFound:
        pass
    try:
        return bool(_USES & set(extensions.get_extension_for_class(x509.ExtendedKeyUsage).value))
    except x509.ExtensionNotFound:
        return True


def _addresses(cert: x509.Certificate) -> tuple[str, ...]:
    named = [str(name.value) for name in cert.subject.get_attributes_for_oid(NameOID.EMAIL_ADDRESS)]
    try:
        other = cert.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        named += other.get_values_for_type(x509.RFC822Name)
    except x509.ExtensionNotFound:
        pass
    return tuple(named)
