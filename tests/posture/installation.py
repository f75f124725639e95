"""An installation with keys and certificate, and a name server that says what it should."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import trustme
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from rufgate.audited.dns import look
from rufgate.cli import main
from rufgate.settings.load import load
from tests.dns_server import DnsServer

CONFIG = """\
[smtp]
recipients = ["dmarc-ruf@ruf.example.org"]
hostname = "gate.example.org"
postmaster = "postmaster@example.org"
tls_certificate = "tls.pem"
tls_key = "tls.key"
[[domains]]
name = "example.org"
[[domains]]
name = "brand.example"
[forward]
sender = "rufgate@ruf.example.org"
relay = "mail.example.org:587"
dkim_selector = "ruf1"
dkim_key = "dkim.pem"
"""
BESIDE = "gate.example.org A 192.0.2.25\nmail.example.org A 192.0.2.26"


class Installation:
    """One of them. ``zone`` begins as what ``dns records`` prints."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "config" / "rufgate.toml"
        self.file.parent.mkdir(mode=0o700)
        issued = trustme.CA().issue_cert("gate.example.org")
        issued.cert_chain_pems[0].write_to_path(str(folder / "tls.pem"))
        issued.private_key_pem.write_to_path(str(folder / "tls.key"))
        pem = Ed25519PrivateKey.generate().private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
        )
        (folder / "dkim.pem").write_bytes(pem)
        self.folder = folder
        for name in ("tls.key", "dkim.pem"):
            (folder / name).chmod(0o600)
        self.configure(CONFIG)

    def configure(self, text: str) -> None:
        self.file.write_text(text)

    def run(self, *arguments: str) -> int:
        return main.run(["dns", *arguments, "--config", str(self.file)])

    def check(self, zone: str, *arguments: str) -> int:
        """``dns check`` of a name server that says ``zone``."""
        server = DnsServer(zone)
        self.server = server
        try:
            host, port = server.address
            return self.run("check", "--resolver", f"{host}:{port}", *arguments)
        finally:
            server.close()

    def compare(self, zone: str) -> dict[str, str]:
        """The findings of the same, by code, with their level."""
        server = DnsServer(zone)
        try:
            settings = load(self.file)
            found = look(settings, date(2027, 3, 1), [server.address])
        finally:
            server.close()
        return {one.code: one.level.value for one in found}


def zone_of(printed: str) -> str:
    """The records of zone file lines, as the name server takes them."""
    return "\n".join([BESIDE, *_records(printed)])


def _records(printed: str) -> Iterator[str]:
    for line in filter(None, printed.splitlines()):
        if not line.startswith(";"):
            name, ttl, klass, rest = line.split(" ", 3)
            assert name.endswith(".")
            assert (ttl, klass) == ("3600", "IN")
            yield f"{name} {rest}"
