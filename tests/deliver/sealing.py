"""Copies to seal, keys to seal them with, and the tools that open them."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from rufgate.sanitize.policy import Audience, Sender
from rufgate.sanitize.render import render
from rufgate.sanitize.sanitized import Sanitized, Tier
from tests.store.full_report import full_report

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
DESK = "desk@soc.example.net"
AUDIENCE = Audience(name="desk", address=DESK, tier=Tier.TEXT)
SENDER = Sender(address="gate@ruf.example.org", hostname="gate.example.org")

needs_gpg = pytest.mark.skipif(not shutil.which("gpg"), reason="needs gpg: apt install gnupg")
needs_openssl = pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl")


def with_copy() -> Sanitized:
    """A report with a copy for the desk, as a worker makes them."""
    report = full_report()
    return Sanitized(
        report=report, copies=(render(report, AUDIENCE, SENDER, serial="abc", loop_mark="m"),)
    )


@dataclass
class Gpg:
    """A key ring of its own; ``at`` is the day it believes in."""

    home: Path

    def run(self, *arguments: str, given: bytes = b"") -> bytes:
        done = subprocess.run(
            [
                "gpg",
                "--batch",
                "--quiet",
                "--pinentry-mode",
                "loopback",
                "--passphrase",
                "",
                *arguments,
            ],
            env={**os.environ, "GNUPGHOME": str(self.home)},
            input=given,
            capture_output=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr.decode(errors="replace")
        return done.stdout

    def make(self, user: str, *, expires: str = "0", at: str | None = None) -> bytes:
        """The public key of a new pair: one to sign with, and a subkey to encrypt with."""
        now = ("--faked-system-time", at) if at else ()
        self.run(*now, "--quick-gen-key", user, "ed25519", "default", expires)
        self.run(*now, "--quick-add-key", self.fingerprint(user), "cv25519", "encr", expires)
        return self.export(user)

    def fingerprint(self, user: str) -> str:
        listed = self.run("--with-colons", "--list-keys", user).decode().splitlines()
        return next(line.split(":")[9] for line in listed if line.startswith("fpr:"))

    def export(self, user: str) -> bytes:
        return self.run("--armor", "--export", user)

    def revoke(self, user: str) -> bytes:
        print_ = self.fingerprint(user)
        revocation = self.home / "openpgp-revocs.d" / f"{print_}.rev"
        armed = revocation.read_text().replace(":-----BEGIN", "-----BEGIN")
        self.run("--import", given=armed.encode())
        return self.export(user)

    def stop(self) -> None:
        subprocess.run(
            ["gpgconf", "--kill", "all"],
            env={**os.environ, "GNUPGHOME": str(self.home)},
            check=False,
            timeout=20,
        )


def certificate(
    folder: Path,
    name: str,
    *,
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | None = None,
    begins: datetime = NOW - timedelta(days=10),
    ends: datetime = NOW + timedelta(days=365),
    may_encrypt: bool = True,
    address: str = DESK,
) -> Path:
    """``name.pem`` and its private key ``name.key``."""
    key = key or rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "desk")])
    use = ExtendedKeyUsageOID.EMAIL_PROTECTION if may_encrypt else ExtendedKeyUsageOID.SERVER_AUTH
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.SubjectAlternativeName([x509.RFC822Name(address)]), critical=False)
        .add_extension(x509.ExtendedKeyUsage([use]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{name}.pem"
    path.write_bytes(made.public_bytes(Encoding.PEM))
    path.chmod(0o644)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / f"{name}.key").write_bytes(private)
    return path
