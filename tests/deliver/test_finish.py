"""Copies leave with a manifest that can be checked, and a signature that others verify."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from pathlib import Path

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from rufgate.deliver.dkim_signature import BadDkimKey, DkimSigner
from rufgate.deliver.finish import Finisher, ManifestSigner
from rufgate.deliver.manifest_check import ManifestProblem, checked
from rufgate.sanitize.sanitized import Sanitized, Tier
from tests.deliver.sealing import NOW, with_copy

KEY = Ed25519PrivateKey.generate()
MODELS = {"a-model": "3.8.0"}


def finished(given: Sanitized | None = None, signer: DkimSigner | None = None) -> Sanitized:
    finisher = Finisher(
        ManifestSigner(key=KEY, models=MODELS),
        seals={},
        dkim=signer,
        clock=lambda: NOW,
        on_withheld=lambda copy: pytest.fail(f"{copy.analyst} got nothing"),
    )
    return finisher.finish(given or with_copy())


def at_tier(tier: Tier) -> Sanitized:
    given = with_copy()
    copies = tuple(replace(copy, tier=tier) for copy in given.copies)
    return replace(given, report=replace(given.report, tier=tier), copies=copies)


def row_of(given: Sanitized) -> bytes:
    assert given.manifest is not None
    said = {
        "statement": json.loads(str(given.manifest.statement)),
        "signature": str(given.manifest.signature),
    }
    return json.dumps({"id": str(given.report.id), "manifest": said}).encode()


def test_a_copy_says_by_what_it_was_redacted() -> None:
    given = finished()
    said = checked(given.copies[0].content, KEY.public_key())
    report = given.report
    assert said["report"] == str(report.id)
    assert said["analyst"] == "desk"
    assert said["policy"] == str(report.policy)
    assert said["models"] == MODELS
    assert said["removed"] == sorted(
        [str(c.entity), str(c.recognizer), str(c.part), c.count] for c in report.counts
    )
    assert report.counts


def test_at_tier_metadata_only_a_total_is_said() -> None:
    given = finished(at_tier(Tier.METADATA))
    total = sum(count.count for count in given.report.counts)
    for content in (given.copies[0].content, row_of(given)):
        assert checked(content, KEY.public_key())["removed"] == total > 0


@pytest.mark.parametrize("ends", [b"\n", b"\r\n", b"\r"])
def test_line_ends_and_last_lines_may_change_on_the_way(ends: bytes) -> None:
    content = finished().copies[0].content
    assert checked(content.replace(b"\r\n", ends) + ends * 3, KEY.public_key())


def test_one_changed_character_of_body_or_manifest_is_seen() -> None:
    content = finished().copies[0].content
    changed = content.replace(b"mark-text", b"mark-texT")
    assert changed != content
    with pytest.raises(ManifestProblem, match="the copy was changed"):
        checked(changed, KEY.public_key())
    with pytest.raises(ManifestProblem, match="not signed by that key"):
        checked(content.replace(b'"3.8.0"', b'"3.8.1"'), KEY.public_key())
    with pytest.raises(ManifestProblem, match="not signed by that key"):
        checked(content, Ed25519PrivateKey.generate().public_key())
    with pytest.raises(ManifestProblem, match="no manifest in it"):
        checked(with_copy().copies[0].content, KEY.public_key())


def test_the_manifest_of_a_row_is_checked_too() -> None:
    row = row_of(finished())
    assert "analyst" not in checked(row, KEY.public_key())
    changed = row.replace(b'"fields_dropped": ', b'"fields_dropped": 1')
    assert changed != row
    with pytest.raises(ManifestProblem, match="not signed"):
        checked(changed, KEY.public_key())


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[]", b"{", b'{"manifest": 3}', b'{"manifest": {"statement": {}}}', b"a: b\n\nc",
     b"X-Rufgate-Manifest: {\nX-Rufgate-Manifest-Signature: 00\n\nx", b'{"a":' * 50_000],
)  # fmt: skip
def test_nonsense_is_no_manifest(content: bytes) -> None:
    with pytest.raises(ManifestProblem):
        checked(content, KEY.public_key())


def _pem(key: rsa.RSAPrivateKey | Ed25519PrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _record(key: rsa.RSAPrivateKey | Ed25519PrivateKey) -> bytes:
    if isinstance(key, rsa.RSAPrivateKey):
        public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)
    raw = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return b"v=DKIM1; k=ed25519; p=" + base64.b64encode(raw)


@pytest.mark.parametrize("kind", ["rsa", "ed25519"])
def test_a_verifier_takes_the_signature_and_sees_a_change(kind: str) -> None:
    key = (
        rsa.generate_private_key(public_exponent=65537, key_size=2048)
        if kind == "rsa"
        else Ed25519PrivateKey.generate()
    )
    copy = finished(signer=DkimSigner("ruf.example.org", "s1", _pem(key))).copies[0]
    asked: list[bytes] = []

    def dns(name: bytes, timeout: float = 5) -> bytes:
        del timeout
        asked.append(name)
        return _record(key)

    assert dkim.verify(copy.content, dnsfunc=dns)
    assert asked == [b"s1._domainkey.ruf.example.org."]
    assert not dkim.verify(copy.content.replace(b"mark-text", b"mark-texT"), dnsfunc=dns)
    again = copy.content.replace(b"\r\nTo: ", b"\r\nSubject: another\r\nTo: ", 1)
    assert not dkim.verify(again, dnsfunc=dns)  # none can be added
    assert b"mark" not in copy.content.partition(b"\r\nX-Rufgate-Redaction")[0]


def test_keys_that_cannot_sign_are_said(tmp_path: Path) -> None:
    short = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    DkimSigner("ruf.example.org", "s1", _pem(short))
    with pytest.raises(BadDkimKey, match="neither RSA nor Ed25519"):
        DkimSigner("ruf.example.org", "s1", _pem(ec.generate_private_key(ec.SECP256R1())))
    with pytest.raises(BadDkimKey, match="no private key"):
        DkimSigner("ruf.example.org", "s1", b"nonsense")
