"""Sealed copies through a real gate: ciphertext in the outbox and on the wire, opened by gpg."""

from __future__ import annotations

import json
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests import reports
from tests.deliver.sealing import Gpg, needs_gpg
from tests.deliver.test_finish import _record
from tests.e2e.gate import Gate, Sink, wait_for

pytestmark = needs_gpg
DESK = "desk@soc.example.net"
LATE = "late@soc.example.net"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(scope="module")
def gpg(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gpg]:
    home = tmp_path_factory.mktemp("g")
    home.chmod(0o700)
    ring = Gpg(home)
    yield ring
    ring.stop()


@pytest.fixture(scope="module")
def sent(gpg: Gpg, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Gate, Sink]]:
    """A report at a gate with one analyst whose key holds, and one whose key has expired."""
    folder, sink = tmp_path_factory.mktemp("sealed"), Sink()
    sink.start()
    gate = Gate(folder, sink.port, store_tier="metadata", analysts=())
    (folder / "desk.asc").write_bytes(gpg.make(f"Desk <{DESK}>"))
    late = gpg.make(f"Late <{LATE}>", expires="1y", at="20190101T000000")
    (folder / "late.asc").write_bytes(late)
    private = KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "dkim.pem").write_bytes(private)
    for name in ("desk.asc", "late.asc"):
        (folder / name).chmod(0o644)
    (folder / "dkim.pem").chmod(0o600)
    settings = gate.config.read_text().replace(
        'tls = "none"', 'tls = "none"\ndkim_selector = "s1"\ndkim_key = "dkim.pem"'
    )
    for name, address in (("desk", DESK), ("late", LATE)):
        settings += (
            f'[[analysts]]\nname = "{name}"\naddress = "{address}"\ntier = "metadata"\n'
            f'encrypt = "openpgp"\nkey_file = "{name}.asc"\n'
        )
    gate.config.write_text(settings)
    gate.start()
    assert gate.send(reports.report())[0] == 250
    wait_for(lambda: sink.mails(DESK), seconds=30)
    yield gate, sink
    gate.terminate()
    sink.stop()


def test_the_copy_is_signed_outside_and_readable_only_by_its_analyst(
    sent: tuple[Gate, Sink], gpg: Gpg, tmp_path: Path
) -> None:
    gate, sink = sent
    (mail,) = sink.mails(DESK)
    assert b"Feedback-Type" not in mail
    assert dkim.verify(mail, dnsfunc=lambda *_args, **_named: _record(KEY))
    cipher = message_from_bytes(mail).get_payload(1).get_payload()  # type: ignore[union-attr]
    opened = gpg.run("--decrypt", given=str(cipher).encode())
    assert b"Feedback-Type: auth-failure" in opened
    copy = tmp_path / "copy.eml"
    copy.write_bytes(opened)
    said = gate.command("manifest", "verify", str(copy), "--config", str(gate.config), "--json")
    assert json.loads(said.stdout)["analyst"] == "desk"
    copy.write_bytes(mail)
    refused = gate.command("manifest", "verify", str(copy), "--config", str(gate.config), expect=65)
    assert b"open it first" in refused.stderr


def test_no_byte_of_a_report_stands_in_the_outbox(sent: tuple[Gate, Sink]) -> None:
    """Both copies were queued or withheld in the commit of the row: nothing else was there."""
    gate, _ = sent
    for path in (gate.database, Path(f"{gate.database}-wal")):
        assert b"Feedback-Type" not in path.read_bytes()


def test_a_copy_under_an_expired_key_is_withheld_and_told(sent: tuple[Gate, Sink]) -> None:
    gate, sink = sent
    assert sink.mails(LATE) == []
    rows = gate.rows("SELECT analyst, state, reason, content IS NULL FROM outbox ORDER BY analyst")
    assert rows == [("desk", "delivered", None, 1), ("late", "parked", "key_expired", 1)]
    lines = [json.loads(line) for line in gate.log.read_text().splitlines() if line[:1] == "{"]
    told = [line for line in lines if line["event"] == "copy_withheld"]
    assert [(line["analyst"], line["reason"]) for line in told] == [("late", "key_expired")]


def test_the_manifest_of_the_row_is_shown_and_fits(sent: tuple[Gate, Sink], tmp_path: Path) -> None:
    gate, _ = sent
    config = ("--config", str(gate.config))
    shown = gate.command("reports", "show", str(gate.reports()[0]["id"]), "--json", *config)
    row = tmp_path / "row.json"
    row.write_bytes(shown.stdout)
    public = tmp_path / "public.pem"
    public.write_bytes(gate.command("keys", "export-public", *config).stdout)
    said = gate.command("manifest", "verify", str(row), "--key", str(public), "--json")
    assert json.loads(said.stdout)["report"] == gate.reports()[0]["id"]
    row.write_bytes(shown.stdout.replace(b'"tier": "metadata"', b'"tier": "text"'))
    gate.command("manifest", "verify", str(row), "--key", str(public), expect=65)
