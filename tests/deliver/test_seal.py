"""Sealed copies are opened by the tools that analysts have, and by nobody without the key."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from rufgate.deliver.finish import Finisher, ManifestSigner
from rufgate.deliver.openpgp import OpenPgpSeal
from rufgate.deliver.seal import NoSeal, Seal
from rufgate.deliver.smime import SmimeSeal
from rufgate.sanitize.recut import is_sealed
from rufgate.sanitize.sanitized import SanitizedMessage, Withheld
from tests.deliver.sealing import (
    DESK,
    NOW,
    Gpg,
    certificate,
    needs_gpg,
    needs_openssl,
    with_copy,
)

MARKS = (b"mark-subject", b"mark-text", b"mark-domain", b"mark-header")


@pytest.fixture(scope="module")
def gpg(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gpg]:
    home = tmp_path_factory.mktemp("g")  # short: the agent's socket has a long name
    home.chmod(0o700)
    ring = Gpg(home)
    yield ring
    ring.stop()


def sealed_by(seal: Seal, at: datetime = NOW) -> SanitizedMessage:
    withheld: list[SanitizedMessage] = []
    finisher = Finisher(
        ManifestSigner(key=Ed25519PrivateKey.generate(), models={"m": "1"}),
        seals={"desk": seal},
        dkim=None,
        clock=lambda: at,
        on_withheld=withheld.append,
    )
    (copy,) = finisher.finish(with_copy()).copies
    assert [copy] == withheld or not withheld
    return copy


def plain_parts() -> list[str]:
    return [
        part.get_content_type() for part in message_from_bytes(with_copy().copies[0].content).walk()
    ]


def written(folder: Path, content: bytes) -> Path:
    path = folder / "desk.asc"
    path.write_bytes(content)
    path.chmod(0o644)
    return path


def assert_nothing_in_clear(content: bytes) -> None:
    """The plain copy holds every mark, so that their absence says something."""
    plain = with_copy().copies[0].content
    assert [mark for mark in MARKS if mark not in plain] == []
    assert [mark for mark in MARKS if mark in content] == []
    assert is_sealed(content)
    assert max(map(len, content.split(b"\r\n"))) <= 998
    assert content.isascii()


@needs_gpg
def test_gpg_opens_a_copy_and_finds_the_report_whole(gpg: Gpg, tmp_path: Path) -> None:
    seal = OpenPgpSeal(written(tmp_path, gpg.make(f"Desk <{DESK}>")))
    copy = sealed_by(seal)
    assert_nothing_in_clear(copy.content)
    mail: Any = message_from_bytes(copy.content)
    control, cipher = mail.get_payload()
    assert mail.get_content_type() == "multipart/encrypted"
    assert control.get_content_type() == "application/pgp-encrypted"
    assert control.get_payload().strip() == "Version: 1"  # RFC 3156 section 4
    opened = message_from_bytes(gpg.run("--decrypt", given=cipher.get_payload().encode()))
    assert [part.get_content_type() for part in opened.walk()] == plain_parts()
    assert b"mark-text" in opened.as_bytes()
    assert opened["X-Rufgate-Manifest"] is not None


@needs_openssl
def test_openssl_opens_a_copy_and_finds_the_report_whole(tmp_path: Path) -> None:
    copy = sealed_by(SmimeSeal(certificate(tmp_path, "desk")))
    assert_nothing_in_clear(copy.content)
    command = ["openssl", "cms", "-decrypt", "-inkey", str(tmp_path / "desk.key")]
    opened = subprocess.run(
        command, input=copy.content, capture_output=True, check=True, timeout=60
    )
    mail = message_from_bytes(opened.stdout)
    assert [part.get_content_type() for part in mail.walk()] == plain_parts()
    assert b"mark-text" in opened.stdout
    certificate(tmp_path, "other")
    command[-1] = str(tmp_path / "other.key")
    wrong = subprocess.run(
        command, input=copy.content, capture_output=True, check=False, timeout=60
    )
    assert b"mark-text" not in wrong.stdout


@needs_gpg
def test_a_key_that_has_expired_withholds_the_copy(gpg: Gpg, tmp_path: Path) -> None:
    old = gpg.make("Old <old@soc.example.net>", expires="1y", at="20190101T000000")
    copy = sealed_by(OpenPgpSeal(written(tmp_path, old)))
    assert (copy.withheld, copy.content) == (Withheld.KEY_EXPIRED, b"")
    ends = NOW - timedelta(seconds=1)
    copy = sealed_by(SmimeSeal(certificate(tmp_path, "desk", ends=ends)))
    assert (copy.withheld, copy.content) == (Withheld.KEY_EXPIRED, b"")


@needs_gpg
def test_a_revocation_counts_without_a_restart(gpg: Gpg, tmp_path: Path) -> None:
    user = "Gone <gone@soc.example.net>"
    path = written(tmp_path, gpg.make(user))
    seal = OpenPgpSeal(path)
    assert sealed_by(seal).withheld is None
    written(tmp_path, gpg.revoke(user))
    copy = sealed_by(seal)
    assert (copy.withheld, copy.content) == (Withheld.KEY_REVOKED, b"")


@needs_gpg
@pytest.mark.parametrize(
    ("content", "why", "words"),
    [
        (b"", Withheld.KEY_UNREADABLE, "no OpenPGP certificate"),
        (
            b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n-----END",
            Withheld.KEY_UNREADABLE,
            "no OpenPGP",
        ),
    ],
)
def test_what_is_no_certificate_is_said(
    tmp_path: Path, content: bytes, why: Withheld, words: str
) -> None:
    with pytest.raises(NoSeal, match=words) as found:
        OpenPgpSeal(written(tmp_path, content)).look(NOW)
    assert found.value.reason is why
    assert "Stack backtrace" not in str(found.value)


@needs_gpg
def test_a_private_key_and_one_that_only_signs_are_refused(gpg: Gpg, tmp_path: Path) -> None:
    user = "Signs <signs@soc.example.net>"
    gpg.run("--quick-gen-key", user, "ed25519", "sign", "0")
    with pytest.raises(NoSeal, match="no subkey that can encrypt") as found:
        OpenPgpSeal(written(tmp_path, gpg.export(user))).look(NOW)
    assert found.value.reason is Withheld.KEY_UNFIT
    for armor in (("--armor",), ()):
        private = gpg.run(*armor, "--export-secret-keys", user)
        with pytest.raises(NoSeal, match="is a private key"):
            OpenPgpSeal(written(tmp_path, private)).look(NOW)
    gpg.make(f"Both <{DESK}>")
    plain = gpg.run("--export", f"Both <{DESK}>")
    assert OpenPgpSeal(written(tmp_path, plain)).look(NOW).addresses == (f"Both <{DESK}>",)


def test_a_file_that_others_may_write_decides_nothing(tmp_path: Path) -> None:
    path = certificate(tmp_path, "desk")
    assert SmimeSeal(path).look(NOW).addresses == (DESK,)
    path.chmod(0o666)
    with pytest.raises(NoSeal, match="chmod go-w"):
        SmimeSeal(path).look(NOW)
    with pytest.raises(NoSeal, match="cannot be read"):
        SmimeSeal(tmp_path / "absent.pem").look(NOW)


def test_certificates_that_cannot_encrypt_mail_are_refused(tmp_path: Path) -> None:
    elliptic = ec.generate_private_key(ec.SECP256R1())
    short = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    later = datetime(2027, 1, 1, tzinfo=UTC)
    for path, words in (
        (certificate(tmp_path, "ec", key=elliptic), "is not RSA"),
        (certificate(tmp_path, "short", key=short), "1024 bits"),
        (certificate(tmp_path, "web", may_encrypt=False), "may not encrypt mail"),
        (certificate(tmp_path, "later", begins=later), "not valid before 2027-01-01"),
    ):
        with pytest.raises(NoSeal, match=words) as found:
            SmimeSeal(path).look(NOW)
        assert found.value.reason is Withheld.KEY_UNFIT
        assert sealed_by(SmimeSeal(path)).content == b""
