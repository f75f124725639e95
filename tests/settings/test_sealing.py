"""Seals and signatures are checked before the gate starts; what a day brings is a warning."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from rufgate.settings.load import check_all, load_with_warnings
from rufgate.settings.sealing import dkim_signer, seals
from tests.deliver.sealing import DESK, certificate

Write = Callable[[str], Path]
TODAY = date(2026, 11, 25)
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
BASE = (
    '[smtp]\nrecipients = ["dmarc-ruf@ruf.example.org"]\npostmaster = "p@example.org"\n'
    '[forward]\nsender = "gate@ruf.example.org"\n'
)
ANALYST = f'[[analysts]]\nname = "desk"\naddress = "{DESK}"\n'


def found(path: Path) -> dict[str, tuple[str, str]]:
    return {p.key: (p.level, p.message) for p in check_all(path, TODAY)}


def test_a_certificate_that_will_do_is_taken(written: Write, tmp_path: Path) -> None:
    key = certificate(tmp_path, "desk")
    path = written(BASE + ANALYST + f'encrypt = "smime"\nkey_file = "{key}"\n')
    settings, _ = load_with_warnings(path, TODAY)
    assert "analysts[0].key_file" not in found(path)
    assert b"pkcs7-mime" in seals(settings)["desk"].seal(b"a: b\r\n\r\nc", NOON)


@pytest.mark.parametrize(
    ("keys", "key", "words"),
    [
        ('encrypt = "smime"\n', "analysts[0].key_file", "required"),
        ('encrypt = "openpgp"\nkey_file = "no.asc"\n', "analysts[0].key_file", "cannot be read"),
        ('key_file = "no.asc"\n', "analysts[0].encrypt", "a key is given"),
    ],
)
def test_half_a_promise_is_an_error(written: Write, keys: str, key: str, words: str) -> None:
    level, message = found(written(BASE + ANALYST + keys))[key]
    assert (level, words in message) == ("error", True)


def test_an_expired_key_is_a_warning_since_reports_must_come_in(
    written: Write, tmp_path: Path
) -> None:
    for days, words in ((-1, "expired on 2026-11-24"), (20, "expires on 2026-12-15")):
        key = certificate(tmp_path, "desk", ends=NOON + timedelta(days=days))
        path = written(BASE + ANALYST + f'encrypt = "smime"\nkey_file = "{key}"\n')
        level, message = found(path)["analysts[0].key_file"]
        assert (level, words in message) == ("warning", True)
        load_with_warnings(path, TODAY)


def test_a_key_of_the_wrong_kind_is_an_error(written: Write, tmp_path: Path) -> None:
    key = certificate(tmp_path, "desk", key=ec.generate_private_key(ec.SECP256R1()))
    path = written(BASE + ANALYST + f'encrypt = "smime"\nkey_file = "{key}"\n')
    level, message = found(path)["analysts[0].key_file"]
    assert (level, "is not RSA" in message) == ("error", True)


def test_a_key_of_somebody_else_is_a_warning(written: Write, tmp_path: Path) -> None:
    key = certificate(tmp_path, "desk", address="other@soc.example.net")
    path = written(BASE + ANALYST + f'encrypt = "smime"\nkey_file = "{key}"\n')
    level, message = found(path)["analysts[0].key_file"]
    assert (level, "does not name the analyst's address" in message) == ("warning", True)


def test_the_signature_is_of_the_senders_domain(written: Write, tmp_path: Path) -> None:
    certificate(tmp_path, "dkim")
    (tmp_path / "dkim.key").chmod(0o600)
    dkim = f'dkim_selector = "s1"\ndkim_key = "{tmp_path / "dkim.key"}"\n'
    settings, _ = load_with_warnings(written(BASE + dkim), TODAY)
    signer = dkim_signer(settings)
    assert signer is not None
    signed = signer.sign(b"From: a@ruf.example.org\r\nTo: b@example.net\r\n\r\nx\r\n")
    assert b"d=ruf.example.org" in signed
    assert b"s=s1" in signed


def test_a_key_for_dkim_that_is_open_or_none_is_an_error(written: Write, tmp_path: Path) -> None:
    path = tmp_path / "dkim.key"
    path.write_text("nonsense")
    keys = f'dkim_selector = "s1"\ndkim_key = "{path}"\n'
    path.chmod(0o644)
    assert "chmod 600" in found(written(BASE + keys))["forward.dkim_key"][1]
    path.chmod(0o600)
    level, message = found(written(BASE + keys))["forward.dkim_key"]
    assert (level, "no private key in PEM form" in message) == ("error", True)
    half = found(written(BASE + 'dkim_selector = "s1"\n'))
    assert "go together" in half["forward.dkim_key"][1]
