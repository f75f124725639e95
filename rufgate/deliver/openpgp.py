"""Copies encrypted with OpenPGP, as PGP/MIME (RFC 3156 section 4).

In:  a certificate as ``gpg --export`` writes it, armored or not.
Out: a ``multipart/encrypted`` entity.
SECURITY: the library refuses keys and algorithms that are broken by today's standard. Its errors
     carry traces of the process, so none of their words is passed on.
FAILS: ``NoSeal``; ``NoOpenPgp`` where the extra is not installed.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from rufgate.deliver.seal import NoSeal, PublicKey, Seal
from rufgate.sanitize.vocabulary import Withheld

_LINE_LIMIT: Final = 998  # RFC 5322 section 2.1.1
_SECRET_KEY: Final = 5  # RFC 9580 section 5.5.1.3


class NoOpenPgp(Exception):  # noqa: N818 - an answer for the operator, not a bug
    """The library is not there; ``str()`` says how to get it."""


class OpenPgpSeal(Seal):
    """For one analyst's certificate."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        try:
            import pysequoia  # noqa: PLC0415 - an extra: only where it is used
        except ImportError:
            raise NoOpenPgp("OpenPGP needs an extra: pip install 'rufgate[openpgp]'") from None
        self._library: Any = pysequoia
        self._cert: Any = None
        self._can_encrypt = False

    def _load(self, content: bytes) -> None:
        try:
            self._cert = self._library.Cert.from_bytes(content)
        except Exception:  # noqa: BLE001 - the library raises many kinds, with traces in them
            raise self._unreadable("OpenPGP certificate: export it with `gpg --export`") from None
        if _is_private(content):
            raise self._unfit("is a private key: export the public one, and take this file away")

    def _examine(self, at: datetime) -> PublicKey:
        cert = self._cert
        if cert.is_revoked:
            raise NoSeal(Withheld.KEY_REVOKED, f"the key in {self._path} is revoked")
        ends_at = cert.expiration
        if ends_at is None or ends_at > at:
            self._try()
        return PublicKey(
            ends_at=None if ends_at is None else ends_at.astimezone(UTC),
            addresses=tuple(map(str, cert.user_ids)),
        )

    def _try(self) -> None:
        """Only the library knows which of its subkeys may encrypt."""
        try:
            self._library.encrypt(b"", recipients=[self._cert])
        except Exception:  # noqa: BLE001 - as above
            raise self._unfit(
                "has no subkey that can encrypt now: expired, or of another use"
            ) from None

    def _encrypt(self, entity: bytes) -> bytes:
        try:
            armored = self._library.encrypt(entity, recipients=[self._cert])
        except Exception:  # noqa: BLE001 - as above
            raise self._unfit("could not be used to encrypt") from None
        lines = bytes(armored).splitlines()
        if not lines or any(len(line) > _LINE_LIMIT for line in lines):
            raise self._unfit("could not be used to encrypt")
        boundary = f"rufgate-sealed-{secrets.token_hex(12)}"
        return "\r\n".join(
            (
                'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted";',
                f' boundary="{boundary}"',
                "",
                f"--{boundary}",
                "Content-Type: application/pgp-encrypted",
                "",
                "Version: 1",
                "",
                f"--{boundary}",
                'Content-Type: application/octet-stream; name="encrypted.asc"',
                "",
                *(line.decode("ascii") for line in lines),
                "",
                f"--{boundary}--",
                "",
            )
        ).encode("ascii")


def _is_private(content: bytes) -> bool:
    """Armored, or as packets: their tag stands in the first byte (RFC 9580 section 4.2)."""
    first = content[0] if content else 0
    tag = first & 0x3F if first & 0x40 else (first & 0x3C) >> 2
    return b"PGP PRIVATE KEY BLOCK" in content or (first & 0x80 > 0 and tag == _SECRET_KEY)
